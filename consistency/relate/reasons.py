"""Reasons: why a pair has its relation, in plain words, with the deciding words on both sides."""
from __future__ import annotations

from collections.abc import Mapping

from consistency.article import Article
from consistency.claim import Claim, Span
from consistency.finding import Reason, ReasonKind
from consistency.relate.evidence import Evidence, differing_words, grows, join_spans, sides
from consistency.relate.frame import PLACES, Frame
from consistency.relate.judge import content_scores, moods_differ, polarity_differs

# Entailment after substitution from which the values are said to be all that differs.
ALONE = 0.5


def source_text(claim: Claim, articles: Mapping[str, Article]) -> str:
    """The text that a claim's offsets count in."""
    article = articles[claim.article_id]
    return (article.title or "") if claim.field == "title" else article.text


def conflict_reasons(evidence: Evidence, articles: Mapping[str, Article]) -> tuple[Reason, ...]:
    """What sets the two sides against each other, strongest first."""
    found: list[Reason] = []
    pair = evidence.pair
    alone = (evidence.substituted or 0.0) >= ALONE
    for kind, values in (("figure", evidence.figures), ("date", evidence.dates)):
        if values.conflicts:
            a_spans, b_spans = sides(values.conflicts)
            note = f'a: "{_words(a_spans)}"; b: "{_words(b_spans)}"'
            if alone:
                note += "; nothing else sets them apart"
            found.append(Reason(kind, note, a_spans, b_spans))  # type: ignore[arg-type]
    denier = next((c for c in (pair.a, pair.b) if c.stance == "denies"), None)
    if denier is not None and pair.a.stance != pair.b.stance:
        cues = [_cue(claim) if claim is denier else claim.spans for claim in (pair.a, pair.b)]
        who = denier.speaker or denier.source or "one side"
        found.append(Reason("denial", f"{who} denies what the other side says", *cues))
    elif polarity_differs(evidence):
        found.append(Reason("negation", "one side negates what the other affirms", *_negations(evidence, articles)))
    for x, y in evidence.alignment.clashing_names[:1]:
        kind: ReasonKind = "place" if {x.label, y.label} <= PLACES else "entity"
        spans = [
            _located(claim, frame, name.start, name.end, articles)
            for claim, frame, name in zip((pair.a, pair.b), evidence.frames, (x, y), strict=True)
        ]
        found.append(Reason(kind, f'a: "{_words(spans[0])}"; b: "{_words(spans[1])}"', *spans))
    ab, ba = content_scores(evidence)
    only = [
        differing_words(claim, frame, lemmas, source_text(claim, articles)) or claim.spans
        for claim, frame, lemmas in zip(
            (pair.a, pair.b), evidence.frames, (evidence.alignment.only_a, evidence.alignment.only_b), strict=True
        )
    ]
    if max(ab.contradiction, ba.contradiction) >= 0.5 or not found:
        note = f"read as contradictory by the NLI model ({ab.contradiction:.2f} and {ba.contradiction:.2f})"
        found.append(Reason("model", note, *only))
    if moods_differ(evidence):
        found.append(Reason("modality", "one side states a fact, the other a plan, a condition or a possibility"))
    return tuple(found)


def support_reasons(evidence: Evidence, articles: Mapping[str, Article]) -> tuple[Reason, ...]:
    """What the two sides have in common, strongest first."""
    found: list[Reason] = []
    pair = evidence.pair
    for kind, values in (("figure", evidence.figures), ("date", evidence.dates)):
        held = values.equal + values.compatible
        if held:
            a_spans, b_spans = sides(held)
            same = "the same value" if values.equal else "values that can both hold"
            found.append(Reason(kind, f'{same}: "{_words(a_spans)}" and "{_words(b_spans)}"', a_spans, b_spans))  # type: ignore[arg-type]
    denier = next((c for c in (pair.a, pair.b) if c.stance == "denies"), None)
    if denier is not None and pair.a.stance != pair.b.stance:
        who = denier.speaker or denier.source or "one side"
        spans = [_cue(claim) if claim is denier else claim.spans for claim in (pair.a, pair.b)]
        found.append(Reason("denial", f"what {who} denies, the other side says is not so", *spans))
    ab, ba = content_scores(evidence)
    if min(ab.entailment, ba.entailment) >= 0.5:
        note = f"each follows from the other ({ab.entailment:.2f} and {ba.entailment:.2f})"
    elif ab.entailment >= ba.entailment:
        note = f"b follows from a ({ab.entailment:.2f})"
    else:
        note = f"a follows from b ({ba.entailment:.2f})"
    shared = [
        differing_words(claim, frame, frame.lemmas - only, source_text(claim, articles)) or claim.spans
        for claim, frame, only in zip(
            (pair.a, pair.b), evidence.frames, (evidence.alignment.only_a, evidence.alignment.only_b), strict=True
        )
    ]
    found.append(Reason("model", note, *shared))
    return tuple(found)


def grows_apart(evidence: Evidence) -> bool:
    """Whether all that conflicts are figures that change as news develops."""
    conflicts = evidence.figures.conflicts
    return bool(conflicts) and not evidence.dates.conflicts and all(grows(x) and grows(y) for x, y in conflicts)


def _words(spans: tuple[Span, ...]) -> str:
    return '", "'.join(" ".join(span.text.split()) for span in spans)


def _cue(claim: Claim) -> tuple[Span, ...]:
    said = claim.attribution
    return (said.cue_span,) if said is not None and said.cue_span is not None else claim.spans


def _located(
    claim: Claim, frame: Frame, start: int, end: int, articles: Mapping[str, Article]
) -> tuple[Span, ...]:
    if frame.text != claim.text:
        return claim.spans
    return join_spans(claim.locate(start, end), source_text(claim, articles))


def _negations(
    evidence: Evidence, articles: Mapping[str, Article]
) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The negating words of each side; the predicate where there are none."""
    out = []
    for claim, frame in zip((evidence.pair.a, evidence.pair.b), evidence.frames, strict=True):
        places = frame.negations or (
            ((frame.predicate.start, frame.predicate.end),) if frame.predicate is not None else ()
        )
        spans = tuple(span for start, end in places for span in _located(claim, frame, start, end, articles))
        out.append(spans or claim.spans)
    return out[0], out[1]
