"""Alignment: do two claims speak of the same event, quantity or state?"""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from consistency.relate.frame import PLACES, STEM, Frame, Name, Qualifier

# Labels whose names can stand in for one another in one role ("the council", "Reykjavik", "the Danes").
KINDS = {
    "PERSON": "person", "ORG": "body", "NORP": "group", "GPE": "place", "LOC": "place", "FAC": "place",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Alignment:
    """What two frames have in common, as numbers that a reader can check.

    Attributes:
        covered_a: share of a's content (by rarity) that stands in b, 0 to 1.
        covered_b: share of b's content that stands in a.
        subjects: 1 same subject, -1 both named and different, 0 not known.
        predicates: 1 same main predicate, 0 otherwise.
        shared_names: names in both.
        clashing_names: names of one kind and role, of which neither stands on the other side.
        other_ones: qualifiers of one head that share nothing: "of Castria" and "of Lorvia" with a court in both.
        only_a: lemmas of a's content that b lacks.
        only_b: lemmas of b's content that a lacks.
    """

    covered_a: float
    covered_b: float
    subjects: int
    predicates: int
    shared_names: tuple[tuple[Name, Name], ...]
    clashing_names: tuple[tuple[Name, Name], ...]
    other_ones: tuple[tuple[Qualifier, Qualifier], ...]
    only_a: frozenset[str]
    only_b: frozenset[str]


def align(a: Frame, b: Frame, rarity: Mapping[str, float]) -> Alignment:
    """Aligns two frames.

    Args:
        a: one claim's frame.
        b: the other's.
        rarity: weight of each lemma, inverse document frequency over all claims of the run.
    """
    only_a, only_b = _only(a, b), _only(b, a)
    pairs = tuple((x, y) for x in a.names for y in b.names if same_name(x.key, y.key))
    clashing = tuple(
        (x, y)
        for x in _unmatched(a, b, {x.key for x, _ in pairs})
        for y in _unmatched(b, a, {y.key for _, y in pairs})
        if KINDS[x.label] == KINDS[y.label] and (x.role == y.role or x.label in PLACES)
    )
    return Alignment(
        covered_a=_covered(a, only_a, rarity),
        covered_b=_covered(b, only_b, rarity),
        subjects=_subjects(a, b),
        predicates=int(a.predicate is not None and b.predicate is not None and a.predicate.lemma == b.predicate.lemma),
        shared_names=pairs,
        clashing_names=clashing,
        other_ones=_other_ones(a, b, only_a, only_b),
        only_a=only_a,
        only_b=only_b,
    )


def _only(frame: Frame, other: Frame) -> frozenset[str]:
    """Lemmas of a frame of which the other holds no form."""
    return frozenset(
        lemma
        for lemma in frame.lemmas - other.lemmas
        if lemma[:STEM] not in other.stems or not any(_of_one_stem(lemma, word) for word in other.lemmas)
    )


def _unmatched(frame: Frame, other: Frame, matched: set[str]) -> list[Name]:
    """Names of a known kind of which nothing stands on the other side."""
    return [
        name
        for name in frame.names
        if name.label in KINDS and name.key not in matched and other.lemmas.isdisjoint(name.key.split())
    ]


def _other_ones(
    a: Frame, b: Frame, only_a: frozenset[str], only_b: frozenset[str]
) -> tuple[tuple[Qualifier, Qualifier], ...]:
    """See `Alignment.other_ones`."""
    found = []
    theirs = [y for y in b.qualifiers if y.lemmas <= only_b]
    for x in a.qualifiers:
        for y in theirs if x.lemmas <= only_a else ():
            one_head = x.head == y.head if not (x.head and y.head) else alike(x.head, y.head)
            # Where the predicate's phrases stand beside each other, the preposition says which answer which.
            if one_head and (x.head or x.link == y.link):
                found.append((x, y))
    return tuple(found)


def same_name(a: str, b: str) -> bool:
    """Whether two normalised names can be one: equal, a surname of the other, or initials of the other's words."""
    if a == b:
        return True
    words_a, words_b = a.split(), b.split()
    one, other = set(words_a), set(words_b)
    if words_a and words_b and (words_a[-1] == words_b[-1] or one <= other or other <= one):
        return True
    for short, words in ((a, words_b), (b, words_a)):
        letters = short.replace(".", "")
        if len(words) > 1 and len(letters) == len(words) and letters == "".join(w[0] for w in words):
            return True
    return False


def alike(a: str, b: str) -> bool:
    """Whether two lemmas are one or forms of one word."""
    return a == b or _of_one_stem(a, b) or _of_one_stem(b, a)


def _of_one_stem(lemma: str, other: str) -> bool:
    """Whether another lemma is a form of the word: "agree" of "agreement", "withdraw" of "withdrawal"."""
    if lemma[:STEM] != other[:STEM] or len(lemma) < STEM:
        return False
    if len(lemma) == STEM:
        return len(other) <= 2 * STEM
    return abs(len(other) - len(lemma)) <= 5 and (len(other) == STEM or other[STEM] == lemma[STEM])


def _covered(frame: Frame, only: frozenset[str], rarity: Mapping[str, float]) -> float:
    """Share of a frame's content, by rarity, that is not its alone."""
    weights = [rarity.get(word, 1.0) for word in frame.ordered_lemmas]
    total = sum(weights)
    if not only or not total:
        return float(bool(total))
    held = [weight for weight, word in zip(weights, frame.ordered_lemmas, strict=True) if word not in only]
    return round(sum(held) / total, 3)


def _subjects(a: Frame, b: Frame) -> int:
    if not a.subjects or not b.subjects:
        return 0
    if a.subjects & b.subjects or any(_of_one_stem(word, other) for word in a.subjects for other in b.subjects):
        return 1
    named_a = [n for n in a.names if n.role == "subject"]
    named_b = [n for n in b.names if n.role == "subject"]
    if any(same_name(x.key, y.key) for x in named_a for y in named_b):
        return 1
    return -1 if named_a and named_b else 0
