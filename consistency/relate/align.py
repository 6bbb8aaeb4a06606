"""Alignment: do two claims speak of the same event, quantity or state?"""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from consistency.relate.frame import PLACES, Frame, Name, Qualifier

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
    words_a, words_b = a.lemmas, b.lemmas
    shared = {lemma for lemma in words_a if lemma in words_b or _stem_in(lemma, words_b)}
    shared_b = {lemma for lemma in words_b if lemma in words_a or _stem_in(lemma, words_a)}
    pairs = tuple((x, y) for x in a.names for y in b.names if same_name(x.key, y.key))
    matched_a, matched_b = {x for x, _ in pairs}, {y for _, y in pairs}
    clashing = tuple(
        (x, y)
        for x in a.names
        for y in b.names
        if x not in matched_a
        and y not in matched_b
        and KINDS.get(x.label) is not None
        and KINDS.get(x.label) == KINDS.get(y.label)
        and (x.role == y.role or x.label in PLACES)
        and not set(x.key.split()) & words_b
        and not set(y.key.split()) & words_a
    )
    only_a, only_b = frozenset(words_a - shared), frozenset(words_b - shared_b)
    return Alignment(
        covered_a=_covered(shared, words_a, rarity),
        covered_b=_covered(shared_b, words_b, rarity),
        subjects=_subjects(a, b),
        predicates=int(a.predicate is not None and b.predicate is not None and a.predicate.lemma == b.predicate.lemma),
        shared_names=pairs,
        clashing_names=clashing,
        other_ones=_other_ones(a, b, only_a, only_b),
        only_a=only_a,
        only_b=only_b,
    )


def _other_ones(
    a: Frame, b: Frame, only_a: frozenset[str], only_b: frozenset[str]
) -> tuple[tuple[Qualifier, Qualifier], ...]:
    """See `Alignment.other_ones`."""
    found = []
    for x in a.qualifiers:
        for y in b.qualifiers:
            one_head = x.head == y.head if not (x.head and y.head) else alike(x.head, y.head)
            # Where the predicate's phrases stand beside each other, the preposition says which answer which.
            if one_head and (x.head or x.link == y.link) and x.lemmas <= only_a and y.lemmas <= only_b:
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
    return a == b or _stem_in(a, frozenset({b})) or _stem_in(b, frozenset({a}))


def _stem_in(lemma: str, others: frozenset[str]) -> bool:
    """Whether another form of the word is there: "agreement" beside "agree", "withdrawal" beside "withdraw"."""
    if len(lemma) < 5:
        return any(len(lemma) >= 4 and other.startswith(lemma) and len(other) - len(lemma) <= 4 for other in others)
    return any(
        len(other) >= 4 and (other.startswith(lemma[:5]) if len(other) >= 5 else lemma.startswith(other))
        and abs(len(other) - len(lemma)) <= 5
        for other in others
    )


def _covered(shared: set[str], words: frozenset[str], rarity: Mapping[str, float]) -> float:
    total = sum(rarity.get(word, 1.0) for word in sorted(words))
    return round(sum(rarity.get(word, 1.0) for word in sorted(shared)) / total, 3) if total else 0.0


def _subjects(a: Frame, b: Frame) -> int:
    if not a.subjects or not b.subjects:
        return 0
    if a.subjects & b.subjects or any(_stem_in(word, b.subjects) for word in a.subjects):
        return 1
    named_a = [n for n in a.names if n.role == "subject"]
    named_b = [n for n in b.names if n.role == "subject"]
    if any(same_name(x.key, y.key) for x in named_a for y in named_b):
        return 1
    return -1 if named_a and named_b else 0
