"""Findings: candidate pairs judged, typed, and gathered so that one dispute is one row."""
from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from consistency.article import Article
from consistency.claim import Claim, Quantity
from consistency.finding import Finding, Probabilities, Reason, Relation, Scores
from consistency.nli import NLIScorer
from consistency.pair import Pair, between, vocabulary
from consistency.relate.align import align
from consistency.relate.context import Contexts
from consistency.relate.evidence import Evidence, compare_days, compare_figures
from consistency.relate.features import content_scores, features
from consistency.relate.frame import Frame
from consistency.relate.judge import confidence
from consistency.relate.reading import UNREAD, inputs_of, read_again, read_both_ways
from consistency.relate.reasons import conflict_reasons, grows_apart, moved_on, support_reasons
from consistency.screen import Read, Screen, read_screened
from consistency.values import counted_key, split_of

# Findings below this confidence are not kept at all: no threshold that a user would set shows them.
FLOOR = 0.2
# Detail of an agreement between copies of one text: it is no finding, but tells which claims are one.
COPIED = "copied"
# Share of the surest pair's confidence from which another may stand for its group.
ABOUT_AS_SURE = 0.75
# Reasons that name values, which tell one dispute from another.
VALUES = {"figure", "date", "place", "entity"}
# Confidence from which two claims that follow from each other are taken to say one thing.
EQUIVALENT = 0.6


@dataclass(frozen=True, slots=True)
class Judged:
    """What judging gave.

    Attributes:
        findings: one a pair, unmerged, those at or above the floor.
        evidence: of every judged pair, in the order of the pairs.
        scored: NLI inputs scored, substituted ones counted.
        screened: pairs that screening dropped, so that the model never read them.
        one_way: pairs of which only the sentences were read, as the claims can change nothing, with what was made of
            them.
    """

    findings: tuple[Finding, ...]
    evidence: tuple[Evidence, ...]
    scored: int
    screened: tuple[Pair, ...] = ()
    one_way: tuple[tuple[Pair, Probabilities], ...] = ()


def rarities(frames: Sequence[Frame]) -> dict[str, float]:
    """Inverse document frequency of each lemma over the frames, at least 0.2."""
    import math

    counts: dict[str, int] = {}
    for frame in frames:
        for word in frame.lemmas:
            counts[word] = counts.get(word, 0) + 1
    return {word: max(0.2, math.log((1 + len(frames)) / (1 + n))) for word, n in counts.items()}


def judge_pairs(
    pairs: Sequence[Pair],
    frames: Mapping[str, Frame],
    scorer: NLIScorer,
    reader: NLIScorer,
    articles: Mapping[str, Article],
    copies: Mapping[str, int],
    progress: Callable[[int], None] | None = None,
    context: Contexts | None = None,
    rarity: Mapping[str, float] | None = None,
    screen: Screen | None = None,
) -> Judged:
    """Scores and judges pairs, all in a few batches.

    Args:
        pairs: candidates.
        frames: analysis of what is scored for each claim, by claim id.
        scorer: the NLI model.
        reader: what reads the sentences of the claims.
        articles: by id.
        copies: group of near-copies of each article id.
        progress: called with the number of NLI inputs just scored, or spared.
        context: names of the articles; None for claims that stand for themselves.
        rarity: weight of each lemma, 1 for those not in it; None for inverse document frequency over the frames.
        screen: what drops pairs that cannot be findings; None to read all of them.
    """
    rarity = rarities([frames[key] for key in sorted(frames)]) if rarity is None else rarity
    compared = (unread(pair, frames, context, rarity) for pair in pairs)
    if screen is None:
        evidence = read_both_ways(list(compared), scorer, reader, progress)
        read = Read(evidence, (), (), inputs_of(evidence, evidence))
    else:
        read = read_screened(compared, scorer, reader, screen, progress)
        evidence = read.evidence
    evidence, again = read_again(evidence, scorer, progress)
    findings = [finding for item in evidence if (finding := decide(item, articles, copies)) is not None]
    return Judged(tuple(findings), tuple(evidence), read.inputs + again, read.screened, read.one_way)


def unread(
    pair: Pair, frames: Mapping[str, Frame], context: Contexts | None, rarity: Mapping[str, float]
) -> Evidence:
    """What is known of a pair before any model reads it."""
    a, b = frames[pair.a.id], frames[pair.b.id]
    return Evidence(
        pair=pair,
        frames=(a, b),
        alignment=align(a, b, rarity),
        figures=compare_figures(pair.a, pair.b),
        dates=compare_days(pair.a, pair.b),
        a_to_b=UNREAD,
        b_to_a=UNREAD,
        apart=context.apart(pair.a.article_id, pair.b.article_id) if context else 0.0,
    )


def decide(evidence: Evidence, articles: Mapping[str, Article], copies: Mapping[str, int]) -> Finding | None:
    """The finding of one pair, None when it is none.

    An agreement never hides a contradiction: the contradiction is looked at first.
    """
    pair = evidence.pair
    values = features(evidence)
    against, support = confidence("contradiction", values), confidence("agreement", values)
    if max(against, support) < FLOOR:
        return None
    if against >= FLOOR and (against >= 0.5 or against >= support):
        relation, detail, later, extra = conflict_type(evidence, articles)
        reasons = (*conflict_reasons(evidence, articles), *extra)
        return _finding(evidence, relation, detail, against, later, reasons)
    ab, ba = content_scores(evidence)
    detail = "equivalent" if min(ab.entailment, ba.entailment) >= 0.5 else "more_specific"
    if copies[pair.a.article_id] == copies[pair.b.article_id] and pair.a.article_id != pair.b.article_id:
        detail = COPIED
    return _finding(evidence, "agreement", detail, support, None, support_reasons(evidence, articles))


def conflict_type(
    evidence: Evidence, articles: Mapping[str, Article]
) -> tuple[Relation, str, Literal["a", "b"] | None, tuple[Reason, ...]]:
    """Whether a conflict is a contradiction, an update, or cannot be told for want of dates.

    Returns:
        Relation, detail, the later side of an update, and reasons to add.
    """
    a, b = evidence.pair.a, evidence.pair.b
    versions = _later_version(articles[a.article_id], articles[b.article_id])
    if versions is not None:
        return "update", "new version", versions, ()
    later: Literal["a", "b"] = "b" if (a.date or "") < (b.date or "") else "a"
    if not grows_apart(evidence):
        if a.date and b.date and a.date[:10] != b.date[:10] and moved_on(evidence, 1 if later == "a" else 0):
            return "update", "state", later, ()
        return "contradiction", "", None, ()
    if a.date and b.date and a.date[:10] != b.date[:10]:
        return "update", "figure", later, ()
    if a.date and b.date and len(a.date) > 10 and len(b.date) > 10:
        if a.date == b.date:
            return "contradiction", "", None, ()
        return "update", "figure", later, ()
    missing = "no date is known for one side" if not (a.date and b.date) else "both are of one day, without a time"
    note = f"a figure that can grow, and {missing}: it may be an update"
    return "uncertain", "undated", None, (Reason("undated", note),)


def _later_version(a: Article, b: Article) -> Literal["a", "b"] | None:
    """Which of two versions of one page is the later one; None when they are not versions of one page."""
    if not a.url or a.url != b.url or a.text == b.text or not (a.date and b.date) or a.date == b.date:
        return None
    return "b" if a.date < b.date else "a"


def _finding(
    evidence: Evidence,
    relation: Relation,
    detail: str,
    sure: float,
    later: Literal["a", "b"] | None,
    reasons: tuple[Reason, ...],
) -> Finding:
    pair = evidence.pair
    return Finding(
        id=pair.id,
        pair_ids=(pair.id,),
        relation=relation,
        detail=detail,
        between=between(pair.a, pair.b),
        confidence=sure,
        later=later,
        storyline=None,
        scores=Scores(
            evidence.a_to_b, evidence.b_to_a, (evidence.frames[0].text, evidence.frames[1].text), evidence.sentences
        ),
        reasons=reasons,
        places=((pair.a.id, pair.b.id),),
        a=pair.a,
        b=pair.b,
    )


class Classes:
    """Claims that say one thing, by union of equivalent ones; never two that contradict each other."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}
        self._opposed: dict[str, set[str]] = {}

    def find(self, claim: str) -> str:
        """The class of a claim: the id of one of its members."""
        while (parent := self._parent.get(claim, claim)) != claim:
            claim = parent
        return claim

    def oppose(self, a: str, b: str) -> None:
        """Keeps two claims apart for good."""
        a, b = self.find(a), self.find(b)
        self._opposed.setdefault(a, set()).add(b)
        self._opposed.setdefault(b, set()).add(a)

    def join(self, a: str, b: str) -> None:
        """Makes two claims one class, unless they are opposed."""
        a, b = sorted((self.find(a), self.find(b)))
        if a == b or any(self.find(other) == b for other in self._opposed.get(a, ())):
            return
        self._parent[b] = a
        for other in self._opposed.pop(b, set()):
            self._opposed.setdefault(a, set()).add(other)
            self._opposed.setdefault(self.find(other), set()).add(a)


def claim_classes(findings: Sequence[Finding]) -> Classes:
    """Joins claims that follow from each other, surest first, keeping contradicting ones apart."""
    classes = Classes()
    for finding in findings:
        if finding.relation in ("contradiction", "update", "uncertain"):
            classes.oppose(finding.a.id, finding.b.id)
    equivalent = [f for f in findings if f.relation == "agreement" and f.detail in ("equivalent", COPIED)]
    same = [f for f in equivalent if f.confidence >= EQUIVALENT]
    for finding in sorted(same, key=lambda f: (-f.confidence, f.a.id, f.b.id)):
        classes.join(finding.a.id, finding.b.id)
    return classes


def merge(findings: Sequence[Finding], order: Mapping[str, int]) -> list[Finding]:
    """Gathers pairs that restate one conflict or one statement into one finding with all its places.

    A conflict stands between two classes of equivalent claims; what stands against one class in several wordings
    ("There is no emergency" against "Trump declares one", "We will have an emergency") is one dispute about it. An
    agreement stands for the statement that all its claims affirm: one value of one thing within a storyline, or the
    class of the side that follows from the other.

    Args:
        findings: one a pair.
        order: position of each claim id in the canonical order, for choosing the earliest pair.
    """
    classes = claim_classes(findings)
    hubs = _hubs(findings, classes, order)
    leading = _leading(findings, order)
    groups: dict[tuple, list[Finding]] = {}
    for finding in findings:
        if finding.detail == COPIED:
            continue
        if finding.relation == "agreement":
            a, b = classes.find(finding.a.id), classes.find(finding.b.id)
            key: tuple = ("agreement", *(_shared_value(finding) or (_affirmed(finding, a, b),)))
        else:
            place = leading.get(finding.places[0], finding.places[0])
            sides = sorted(classes.find(claim) for claim in place)
            key = (finding.relation, *(_disputed(finding) or hubs.get(place) or sides))
        groups.setdefault(key, []).append(finding)
    merged = [_gather(group, order) for group in groups.values()]
    used: dict[str, int] = {}
    unique = []
    for finding in sorted(merged, key=lambda f: (order[f.a.id], order[f.b.id], f.relation)):
        used[finding.id] = used.get(finding.id, 0) + 1
        # Two findings of one pair of sentences: the id stays recognisable, and reviews match on the pair ids.
        unique.append(finding if used[finding.id] == 1 else replace(finding, id=f"{finding.id}-{used[finding.id]}"))
    return unique


def _leading(findings: Sequence[Finding], order: Mapping[str, int]) -> dict[tuple[str, str], tuple[str, str]]:
    """By place, the place of the surest conflict of the same two sentences, where no value is in dispute: several of
    their claims may stand against each other, and it is one conflict."""
    surest: dict[str, tuple[str, str]] = {}
    found = {}
    for finding in sorted(findings, key=lambda f: (-f.confidence, order[f.a.id], order[f.b.id])):
        if finding.relation != "agreement" and finding.reasons[0].kind not in VALUES:
            found[finding.places[0]] = surest.setdefault(finding.id, finding.places[0])
    return found


def _hubs(
    findings: Sequence[Finding], classes: Classes, order: Mapping[str, int]
) -> dict[tuple[str, str], tuple[str, str]]:
    """By place, the class of claims that a conflict is about, for those that several others stand against. Values in
    dispute tell disputes apart, and so do storylines."""
    against: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        if finding.relation != "agreement" and finding.storyline and finding.reasons[0].kind not in VALUES:
            for claim in (finding.a, finding.b):
                against.setdefault((finding.relation, finding.storyline, classes.find(claim.id)), []).append(finding)
    found: dict[tuple[str, str], tuple[str, str]] = {}

    def rank(item: tuple[tuple[str, str, str], list[Finding]]) -> tuple:
        (relation, _, name), own = item
        return -len(own), relation, order[name]

    for (_, _, name), own in sorted(against.items(), key=rank):
        free = [finding for finding in own if finding.places[0] not in found]
        if len(free) > 1:
            found |= {finding.places[0]: ("about", name) for finding in free}
    return found


def _disputed(finding: Finding) -> tuple | None:
    """The values in dispute within a storyline, when it is a toll or a date that is disputed: however it is worded and
    wherever it stands, it is one dispute. None for other conflicts."""
    if finding.storyline is None or finding.reasons[0].kind not in ("figure", "date"):
        return None
    figures = compare_figures(finding.a, finding.b).conflicts
    if finding.reasons[0].kind == "figure":
        tolls = [(x, y) for x, y in figures if split_of(x.of)[0]]
        values = [tuple(sorted(str((q.low, q.high)) for q in pair)) for pair in tolls]
        kinds = [str(counted_key(x.of)) for x, _ in tolls]
    else:
        dates = compare_days(finding.a, finding.b).conflicts
        values = [tuple(sorted(d.value for d in pair)) for pair in dates]
        kinds = ["date"] * len(dates)
    if not values:
        return None
    return (finding.storyline, *min(zip(kinds, values, strict=True)))


def _shared_value(finding: Finding) -> tuple | None:
    """The toll or sum of money that both sides of an agreement state, within a storyline: however it is worded, it is
    one agreement. None for other agreements."""
    if finding.storyline is None or finding.reasons[0].kind != "figure":
        return None
    figures = compare_figures(finding.a, finding.b)
    stated = [
        (x.unit or split_of(x.of)[0] or "", _middle(x))
        for x, y in (*figures.equal, *figures.compatible)
        if _middle(x) == _middle(y) and ((x.unit or "").isupper() or split_of(x.of)[0])
    ]
    return (finding.storyline, *min(stated)) if stated else None


def _middle(figure: Quantity) -> float:
    """What a figure is about: "an estimated $1 million" as much as "$1 million"."""
    bounds = [bound for bound in (figure.low, figure.high) if bound is not None]
    return sum(bounds) / len(bounds) if bounds else 0.0


def _affirmed(finding: Finding, a: str, b: str) -> str:
    """Class of the side that follows from the other; of the first in order when both do."""
    if finding.detail == "equivalent":
        return min(a, b)
    forward, backward = finding.scores.a_to_b, finding.scores.b_to_a
    return b if forward and backward and forward.entailment >= backward.entailment else a


def _gather(group: list[Finding], order: Mapping[str, int]) -> Finding:
    """One finding for all of a group, as sure as its surest pair. It shows the pair whose sides have most words in
    common among those that are about as sure: there a reader sees at a glance what is disputed or shared."""
    by_place = sorted(group, key=lambda f: (order[f.a.id], order[f.b.id]))
    surest = max(f.confidence for f in group)
    plain = [f for f in by_place if f.confidence >= ABOUT_AS_SURE * surest]
    best = max(plain, key=lambda f: (_common(f), f.confidence, -order[f.a.id], -order[f.b.id]))
    return replace(
        best,
        confidence=surest,
        id=by_place[0].id,
        pair_ids=tuple(dict.fromkeys(f.id for f in by_place)),
        places=tuple(place for f in by_place for place in f.places),
    )


def _common(finding: Finding) -> float:
    """Share of the words of both sides that stand on both, 0 to 1."""
    a, b = (vocabulary(claim.text) for claim in (finding.a, finding.b))
    return round(2 * len(a & b) / max(1, len(a) + len(b)), 3)


def claims_of(findings: Sequence[Finding]) -> dict[str, Claim]:
    """All claims that stand in findings, by id."""
    return {claim.id: claim for f in findings for claim in (f.a, f.b)}
