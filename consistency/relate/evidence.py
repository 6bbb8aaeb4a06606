"""Evidence: everything that speaks for or against a relation, per pair, with the words that say so."""
from __future__ import annotations

from dataclasses import dataclass, replace

from consistency.claim import Claim, DateMention, Quantity, Span
from consistency.finding import Probabilities
from consistency.pair import Pair
from consistency.relate.align import Alignment
from consistency.relate.frame import Frame
from consistency.values import can_grow, compare_dates, compare_quantities, split_of

Valued = DateMention | Quantity


@dataclass(frozen=True, slots=True)
class Values:
    """Figures or dates of both claims, compared.

    Attributes:
        equal: pairs with one value.
        compatible: pairs whose intervals overlap ("at least 3", 5).
        conflicts: pairs of one unit and one counted thing that cannot both hold.
        others: figures of one unit that cannot be the same value, each the only one left over on its side, of which
            it is not known whether they count one thing ("2.4 billion euros in cash", "a price of 1.7 billion euros").
    """

    equal: tuple = ()
    compatible: tuple = ()
    conflicts: tuple = ()
    others: tuple = ()


# One side holds no value, as in most pairs.
NO_VALUES = Values()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a pair before it is judged.

    Attributes:
        pair: the pair.
        frames: analyses of both propositions.
        alignment: what they have in common.
        figures: figures compared.
        dates: dates compared.
        a_to_b: NLI of the propositions, a as premise.
        b_to_a: NLI the other way round.
        sentences: what the sentence reader makes of the sentences that both claims were taken from, a's first and b's
            first; of one order alone when the other was not read, empty when neither was.
        apart: how far the two articles are from telling of one event, 0 to 1.
        substituted: for the values or names that differ, the entailment once a's words are put into b and b's into a:
            high when nothing but them differs. None when nothing was substituted.
        cored: as `substituted`, of the cores that hold the values, the surer way and the other: both are high when both
            sides tell one thing of one thing, whatever else each tells; one is when one side tells it of less. None
            when no figure or date differs, or the cores are all that there is.
        requalified: as `substituted`, with the qualifiers of `Alignment.other_ones` put in too. None when there are
            none, or when the pair is not suspected of a conflict.
        reconciled: NLI both ways once values that can both hold are worded alike ("no less than one million" and
            "1,250,000"): they are compared as values, and the model judges the rest. None when none differ in wording.
        around_a: NLI of what a was cut from against b: a claim cut short must not say more than its sentence. None
            when it was not scored.
        around_b: the same of what b was cut from against a.
    """

    pair: Pair
    frames: tuple[Frame, Frame]
    alignment: Alignment
    figures: Values
    dates: Values
    a_to_b: Probabilities
    b_to_a: Probabilities
    sentences: tuple[Probabilities, ...] = ()
    apart: float = 0.0
    substituted: float | None = None
    cored: tuple[float, float] | None = None
    requalified: float | None = None
    reconciled: tuple[Probabilities, Probabilities] | None = None
    around_a: Probabilities | None = None
    around_b: Probabilities | None = None


def compare_figures(a: Claim, b: Claim) -> Values:
    """Compares every figure of one claim with every figure of the other.

    A figure that has an equal or compatible partner is in no conflict: claims that hold several figures of one kind
    conflict only in those that are left over on both sides.
    """
    found = _compare(a.quantities, b.quantities, compare_quantities)
    if found.conflicts or found is NO_VALUES:
        return found
    return replace(found, others=_others(a.quantities, b.quantities, found))


def _others(left: tuple[Quantity, ...], right: tuple[Quantity, ...], found: Values) -> tuple:
    """See `Values.others`. Tolls are left out: what they count is plain."""
    settled = {figure for pair in (*found.equal, *found.compatible) for figure in pair}
    sides = []
    for figures in (left, right):
        by_unit: dict[str | None, list[Quantity]] = {}
        for figure in figures:
            if figure not in settled and figure.unit != "ordinal" and split_of(figure.of)[0] is None:
                by_unit.setdefault(figure.unit, []).append(figure)
        sides.append({unit: own[0] for unit, own in by_unit.items() if len(own) == 1})
    pairs = [(x, sides[1][unit]) for unit, x in sides[0].items() if unit in sides[1]]
    return tuple((x, y) for x, y in pairs if _disjoint(x, y) or _disjoint(y, x))


def _disjoint(low: Quantity, high: Quantity) -> bool:
    """Whether the first ends well below where the second begins; roundings of one value do not."""
    return low.high is not None and high.low is not None and low.high < 0.95 * high.low


def compare_days(a: Claim, b: Claim) -> Values:
    """Compares the dates of two claims, as `compare_figures` does figures."""
    return _compare(a.dates, b.dates, lambda x, y: compare_dates(x, y, a.article_id == b.article_id))


def _compare(left: tuple, right: tuple, verdict_of) -> Values:
    if not (left and right):
        return NO_VALUES
    equal: list[tuple] = []
    compatible: list[tuple] = []
    conflicts: list[tuple] = []
    settled_left, settled_right = set(), set()
    for x in left:
        for y in right:
            verdict = verdict_of(x, y)
            if verdict in ("equal", "same", "compatible"):
                (equal if verdict != "compatible" else compatible).append((x, y))
                settled_left.add(x)
                settled_right.add(y)
    for x in left:
        for y in right:
            if x not in settled_left and y not in settled_right and verdict_of(x, y) == "conflict":
                conflicts.append((x, y))
    return Values(tuple(equal), tuple(compatible), tuple(conflicts))


def grows(figure: Quantity) -> bool:
    """Whether a figure of this kind changes as news develops."""
    return can_grow(figure.of, figure.unit)


def differing_words(claim: Claim, frame: Frame, lemmas: frozenset[str], article_text: str) -> tuple[Span, ...]:
    """Source spans of the claim's words with the given lemmas, neighbours joined.

    Frames are made of propositions; where a denial's proposition is not its text the claim's own spans serve.
    """
    if frame.text != claim.text:
        return claim.spans
    places = [place for w in frame.words if w.lemma in lemmas for place in claim.locate(w.start, w.end)]
    return join_spans(places, article_text)


def join_spans(places: list[tuple[int, int]], text: str) -> tuple[Span, ...]:
    """Spans in order, those with nothing but a space or hyphen between them joined."""
    joined: list[list[int]] = []
    for start, end in sorted(set(places)):
        if joined and start <= joined[-1][1]:
            joined[-1][1] = max(end, joined[-1][1])
        elif joined and text[joined[-1][1] : start] in (" ", "-", "'"):
            joined[-1][1] = end
        else:
            joined.append([start, end])
    return tuple(Span(start, end, text[start:end]) for start, end in joined)


def sides(values: tuple[tuple[Valued, Valued], ...]) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The words of both sides of compared values, each once."""
    return tuple(dict.fromkeys(x.span for x, _ in values)), tuple(dict.fromkeys(y.span for _, y in values))
