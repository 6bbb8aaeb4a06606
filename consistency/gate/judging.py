"""Items to outcomes, through the stages of the report: the only module of the gate that knows them.

Both statements of a pair are read as an article of one text is: split into claims, with who says them. Every claim of
one is judged against every claim of the other, whether or not blocking would have paired them. Articles go through the
whole report. Each item is judged as if it were alone, and their pairs are scored together.
"""
from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from consistency.article import Article
from consistency.claim import Claim
from consistency.errors import InputError
from consistency.finding import Finding
from consistency.gate.deferred import Deferred, judge_together
from consistency.gate.items import Item, Wanted
from consistency.gate.outcome import STRONGEST, Outcome, Scores, Why
from consistency.gate.reading import quoted
from consistency.pipeline import Candidates, Models, canonical, judge, pair_claims, split_articles
from consistency.relate.abstain import shown_at
from consistency.relate.context import contexts
from consistency.relate.findings import judge_pairs
from consistency.results import Report
from consistency.statements import Prepared, read_split

# Items judged at a time: many enough to fill batches, few enough that a set of any size fits in memory.
CHUNK = 256
_CONFLICTS = ("contradiction", "update", "uncertain")


def judge_items(
    items: Sequence[Item], models: Models, progress: Callable[[int], None] | None = None
) -> dict[str, Outcome]:
    """Judges items.

    Args:
        items: with distinct keys.
        models: parser, encoder and NLI model; their options hold the threshold.
        progress: called with the number of items done.

    Returns:
        Outcome by the item's key. It does not depend on the order of the items.

    Raises:
        InputError: a text or sources in which nothing can be read.
    """
    # Sorted, so that whatever order they were given in, the same batches reach the models.
    ordered = sorted(items, key=lambda item: item.key)
    outcomes: dict[str, Outcome] = {}
    for start in range(0, len(ordered), CHUNK):
        part = ordered[start : start + CHUNK]

        def share(done: float, start: int = start, part: Sequence[Item] = part) -> None:
            if progress is not None:
                progress(start + int(done * len(part)))

        outcomes |= _judge_chunk(part, models, share)
        share(1.0)
    return outcomes


def _judge_chunk(items: Sequence[Item], models: Models, progress: Callable[[float], None]) -> dict[str, Outcome]:
    scorer, reader = Deferred(models.get_scorer()), Deferred(models.get_reader())
    threshold = models.options.threshold
    judgements: dict[str, Callable[[], Outcome]] = {}
    pairs = [item for item in items if item.kind == "pair"]
    sides = [(item.a, item.b) for item in pairs if item.a is not None and item.b is not None]
    for item, made in zip(pairs, read_split(sides, models), strict=True):
        judgements[item.key] = partial(_judge_pair, item, made, scorer, reader, threshold)
    deferring = Models(models.options, models.parser, models.encoder, scorer, reader)  # type: ignore[arg-type]
    for item in items:
        if item.kind == "articles":
            articles = canonical(item.articles)
            claims = split_articles(articles, models).claims
            candidates = pair_claims(articles, claims, models, models.options)
            judgements[item.key] = partial(_judge_articles, item, candidates, deferring)
    # The parser and the encoder are quick beside scoring: most of the bar is for that.
    judged = judge_together(list(judgements.values()), (scorer, reader), lambda done: progress(0.1 + 0.8 * done))
    outcomes = dict(zip(judgements, judged, strict=True))
    outcomes |= {item.key: _verified(item, models) for item in items if item.kind == "verify"}
    return outcomes


def _judge_pair(item: Item, made: Prepared, scorer: Deferred, reader: Deferred, threshold: float) -> Outcome:
    judged = judge_pairs(
        made.pairs,
        made.frames,
        scorer,  # type: ignore[arg-type]
        reader,  # type: ignore[arg-type]
        made.articles,
        made.copies,
        context=contexts(made.claims, made.frames),
        # Two statements are no corpus that could tell rare words from common ones.
        rarity={},
    )
    shown = [seen for finding in judged.findings if (seen := shown_at(finding, threshold)) is not None]
    best = strongest(shown)
    relation = best.relation if best else "none"
    confidence = best.confidence if best else 0.0
    directions = [row for seen in judged.evidence for row in (seen.a_to_b, seen.b_to_a)]
    least = item.min_confidence
    return Outcome(
        got=(relation,),
        met=(relation in item.expected and (best is None or least is None or confidence >= least),),
        scores=Scores(
            confidence=confidence,
            conflict=max((f.confidence for f in judged.findings if f.relation in _CONFLICTS), default=0.0),
            agreement=max((f.confidence for f in judged.findings if f.relation == "agreement"), default=0.0),
            p_contradiction=max((row.contradiction for row in directions), default=0.0),
            p_entailment=max((row.entailment for row in directions), default=0.0),
        ),
        why=_whys(best, swapped=best is not None and best.a.article_id != next(iter(made.articles))),
        notes=made.notes,
    )


def strongest(findings: Sequence[Finding]) -> Finding | None:
    """The finding that says what two statements are to each other, None when there is none."""
    return min(findings, key=lambda f: (STRONGEST.index(f.relation), -f.confidence, f.places), default=None)


def _whys(finding: Finding | None, *, swapped: bool = False) -> tuple[Why, ...]:
    if finding is None:
        return ()
    made = []
    for reason in finding.reasons:
        sides = [tuple(span.text for span in spans) for spans in (reason.a_spans, reason.b_spans)]
        made.append(Why(reason.kind, reason.note, *(sides[::-1] if swapped else sides)))
    return tuple(made)


def _judge_articles(item: Item, candidates: Candidates, models: Models) -> Outcome:
    report = judge(candidates, models.options, models)
    got: list[str] = []
    met: list[bool] = []
    why: list[Why] = []
    deciding: list[Finding] = []
    for wanted in item.must_find:
        there = [f for f in report.items if matches(report, f, wanted)]
        right = [f for f in there if f.relation in wanted.relations]
        sure = [f for f in right if item.min_confidence is None or f.confidence >= item.min_confidence]
        best = strongest(sure or right or there)
        got.append(best.relation if best else "none")
        met.append(bool(sure))
        deciding.extend([best] if best else [])
        why.extend(_whys(best))
    for wanted in item.must_not_find:
        best = strongest([f for f in report.items if f.relation in wanted.relations and matches(report, f, wanted)])
        got.append(best.relation if best else "none")
        met.append(best is None)
        if best is not None:
            deciding.append(best)
            why.append(Why("finding", f"{best.relation}: {best.a.text} / {best.b.text}"))
            why.extend(_whys(best))
    return Outcome(
        got=tuple(got),
        met=tuple(met),
        scores=Scores(confidence=min((f.confidence for f in deciding), default=0.0)),
        why=tuple(dict.fromkeys(why)),
    )


def matches(report: Report, finding: Finding, wanted: Wanted) -> bool:
    """Whether one of a finding's places touches the words of each quote, one on each side."""
    for place in finding.places:
        sides = [report.claim(key) for key in place]
        if any(side is None for side in sides):
            continue
        hits = [[_touches(report, side, quote) for side in sides if side] for quote in wanted.quotes]
        if all(map(any, hits)) and (len(hits) < 2 or any(hits[0][i] and hits[1][1 - i] for i in (0, 1))):
            return True
    return False


def _touches(report: Report, claim: Claim, quote: str) -> bool:
    article = report.article(claim.article_id)
    places = quoted(quote, article) if article else []
    return any(
        field == claim.field and span.start < end and start < span.end
        for field, start, end in places
        for span in claim.spans
    )


def _verified(item: Item, models: Models) -> Outcome:
    import consistency

    try:
        # As an article, because a text that happens to name a file is taken for the file.
        result = consistency.verify(Article("text", item.text), list(item.articles), models=models)
    except InputError as error:
        raise InputError(f"item {item.id}: {error}", where=item.where) from error
    return Outcome(
        got=(result.verdict,),
        met=(result.verdict in item.expected,),
        scores=Scores(confidence=round(float(result.score), 3)),
    )
