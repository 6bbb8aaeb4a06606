"""Reasons: why a pair has its relation, in plain words, with the deciding words on both sides."""
from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from consistency.article import Article
from consistency.claim import Claim, Span
from consistency.finding import Reason, ReasonKind
from consistency.pair import normalise
from consistency.relate.evidence import Evidence, Values, differing_words, grows, join_spans, sides
from consistency.relate.features import content_scores, moods_differ, polarity_differs
from consistency.relate.frame import PLACES, Frame
from consistency.relate.opposites import opposites
from consistency.values import FIXED_UNITS

WORD = re.compile(r"\w+(?:['’-]\w+)*")
# Words that carry neither a denial nor what it denies.
FILLERS = frozenset(
    {"a", "an", "the", "of", "on", "in", "to", "that", "was", "were", "is", "are", "be", "been", "there", "it",
     "report", "reports", "claim", "claims"}
)  # fmt: skip
# Words of a count that goes on.
RUNNING = re.compile(
    r"\b(so far|still|now|to date|as of|(have|has) (now |already |since )?been|toll|tally|already|"
    r"(rose|risen|climbed|grown|down|up) to|stands at|contained)\b",
    re.IGNORECASE,
)
# Entailment after substitution from which the values are said to be all that differs.
ALONE = 0.5


def source_text(claim: Claim, articles: Mapping[str, Article]) -> str:
    """The text that a claim's offsets count in."""
    article = articles[claim.article_id]
    return (article.title or "") if claim.field == "title" else article.text


def conflict_reasons(evidence: Evidence, articles: Mapping[str, Article]) -> tuple[Reason, ...]:
    """What sets the two sides against each other, strongest first."""
    pair = evidence.pair
    alone = (evidence.substituted or 0.0) >= ALONE
    of_one_thing = evidence.cored is not None and evidence.cored[0] >= ALONE
    valued: list[Reason] = []
    kinds: tuple[tuple[ReasonKind, Values], ...] = (("figure", evidence.figures), ("date", evidence.dates))
    for kind, values in kinds:
        if conflicts := values.conflicts or (values.others if alone else ()):
            a_spans, b_spans = sides(conflicts)
            note = f'a: "{_words(a_spans)}"; b: "{_words(b_spans)}"'
            if alone:
                note += "; nothing else sets them apart"
            elif of_one_thing:
                note += "; both tell it of the same"
            valued.append(Reason(kind, note, a_spans, b_spans))
    # Values decide where nothing else differs, or both tell them of one thing; otherwise a denial or a negation says
    # more.
    found = valued if alone or of_one_thing else []
    denier = next((c for c in (pair.a, pair.b) if c.stance == "denies"), None)
    if denier is not None and pair.a.stance != pair.b.stance:
        who = denier.speaker or denier.source or "one side"
        spans = _denial_spans(evidence, denier, articles)
        found.append(Reason("denial", f"{who} denies what the other side says", *spans))
    elif polarity_differs(evidence):
        found.append(Reason("negation", "one side negates what the other affirms", *_negations(evidence, articles)))
    if not (alone or of_one_thing):
        found.extend(valued)
    for x, y in evidence.alignment.clashing_names[:1]:
        kind = "place" if {x.label, y.label} <= PLACES else "entity"
        named = [
            _located(claim, frame, name.start, name.end, articles)
            for claim, frame, name in zip((pair.a, pair.b), evidence.frames, (x, y), strict=True)
        ]
        if all(named):
            found.append(Reason(kind, f'a: "{_words(named[0])}"; b: "{_words(named[1])}"', *named))
    found.extend(_opposed(evidence, articles))
    ab, ba = content_scores(evidence)
    only = [
        differing_words(claim, frame, lemmas, source_text(claim, articles)) or claim.spans
        for claim, frame, lemmas in zip(
            (pair.a, pair.b), evidence.frames, (evidence.alignment.only_a, evidence.alignment.only_b), strict=True
        )
    ]
    read = [row.contradiction for row in evidence.sentences]
    if read and sum(read) / len(read) >= 0.5:
        note = f"their sentences are read as in conflict ({' and '.join(f'{p:.2f}' for p in read)})"
        found.append(Reason("model", note, *only))
    elif max(ab.contradiction, ba.contradiction) >= 0.5 or not found:
        note = f"read as contradictory by the NLI model ({ab.contradiction:.2f} and {ba.contradiction:.2f})"
        found.append(Reason("model", note, *only))
    if moods_differ(evidence):
        found.append(Reason("modality", "one side states a fact, the other a plan, a condition or a possibility"))
    return tuple(found)


# What opposed words are told as.
_OPPOSED = {
    "antonym": '"{}" is the opposite of "{}"',
    "quantifier": 'how much or how many: "{}" against "{}"',
    "order": 'which came first: "{}" against "{}"',
    "cause": "they give different causes",
}


def _opposed(evidence: Evidence, articles: Mapping[str, Article]) -> list[Reason]:
    """Words that mean the opposite of each other, and words that tell amount, order or cause apart; one of a kind."""
    pair, told = evidence.pair, dict[str, Reason]()
    for opposite in opposites(*evidence.frames, evidence.alignment):
        a_spans = _located(pair.a, evidence.frames[0], *opposite.a, articles)
        b_spans = _located(pair.b, evidence.frames[1], *opposite.b, articles)
        if opposite.kind not in told and a_spans and b_spans:
            note = _OPPOSED[opposite.kind].format(_words(a_spans), _words(b_spans))
            told[opposite.kind] = Reason(opposite.kind, note, a_spans, b_spans)
    return list(told.values())


def support_reasons(evidence: Evidence, articles: Mapping[str, Article]) -> tuple[Reason, ...]:
    """What the two sides have in common, strongest first."""
    found: list[Reason] = []
    pair = evidence.pair
    kinds: tuple[tuple[ReasonKind, Values], ...] = (("figure", evidence.figures), ("date", evidence.dates))
    for kind, values in kinds:
        held = values.equal + values.compatible
        if held:
            a_spans, b_spans = sides(held)
            same = "the same value" if values.equal else "values that can both hold"
            found.append(Reason(kind, f'{same}: "{_words(a_spans)}" and "{_words(b_spans)}"', a_spans, b_spans))
    denier = next((c for c in (pair.a, pair.b) if c.stance == "denies"), None)
    if denier is not None and pair.a.stance != pair.b.stance:
        who = denier.speaker or denier.source or "one side"
        note = f"what {who} denies, the other side says is not so"
        found.append(Reason("denial", note, *_denial_spans(evidence, denier, articles)))
    ab, ba = content_scores(evidence)
    read = [row.entailment for row in evidence.sentences]
    if max(ab.entailment, ba.entailment) < 0.5 <= sum(read) / max(1, len(read)):
        note = f"their sentences are read as in agreement ({' and '.join(f'{p:.2f}' for p in read)})"
    elif min(ab.entailment, ba.entailment) >= 0.5:
        note = f"each follows from the other ({ab.entailment:.2f} and {ba.entailment:.2f})"
    elif ab.entailment >= ba.entailment:
        note = f"b follows from a ({ab.entailment:.2f})"
    else:
        note = f"a follows from b ({ba.entailment:.2f})"
    only = (evidence.alignment.only_a, evidence.alignment.only_b)
    found.append(
        Reason("model", note, *map(_shared, (pair.a, pair.b), evidence.frames, only, (articles, articles)))
    )
    return tuple(found)


def grows_apart(evidence: Evidence) -> bool:
    """Whether the figures in conflict are of a kind that changes as news develops, or are told as a running count."""
    conflicts = evidence.figures.conflicts
    running = any(RUNNING.search(frame.text) or frame.running for frame in evidence.frames)
    return bool(conflicts) and all(
        (grows(x) and grows(y)) or (running and x.unit not in FIXED_UNITS) for x, y in conflicts
    )


def moved_on(evidence: Evidence, earlier: Literal[0, 1]) -> bool:
    """Whether what was so may have changed since: the claims tell of two times, and of more than when something
    happened; or the earlier one tells how things stood as it was written.

    Args:
        evidence: of a pair whose articles are of different days.
        earlier: which side is the earlier one.
    """
    if any(claim.stance == "denies" for claim in (evidence.pair.a, evidence.pair.b)):
        return False
    if evidence.dates.conflicts and not evidence.figures.conflicts and (evidence.substituted or 0.0) < ALONE:
        return True
    frame, claim = evidence.frames[earlier], (evidence.pair.a, evidence.pair.b)[earlier]
    if not frame.lasting or claim.field == "title":  # headlines tell what is past in the present
        return False
    if frame.running and not frame.negated and polarity_differs(evidence):
        return False  # what has happened is not undone by another day
    fixed = any(x.unit in FIXED_UNITS for x, _ in evidence.figures.conflicts)
    return not evidence.dates.conflicts and not fixed


def _denial_spans(
    evidence: Evidence, denier: Claim, articles: Mapping[str, Article]
) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The denying words on one side, and what they deny on the other."""
    out = []
    only = (evidence.alignment.only_a, evidence.alignment.only_b)
    for claim, frame, lemmas in zip((evidence.pair.a, evidence.pair.b), evidence.frames, only, strict=True):
        out.append(_denying(claim, articles) if claim is denier else _shared(claim, frame, lemmas, articles))
    return out[0], out[1]


def _words(spans: tuple[Span, ...]) -> str:
    return '", "'.join(" ".join(span.text.split()) for span in spans)


def _denying(claim: Claim, articles: Mapping[str, Article]) -> tuple[Span, ...]:
    """The words that deny: what the text says beyond the proposition it denies ("not true"), or the cue ("denied")."""
    kept = set(normalise(claim.proposition).split())
    places = [
        place
        for match in WORD.finditer(claim.text)
        if normalise(match.group()) not in kept | FILLERS
        for place in claim.locate(match.start(), match.end())
    ]
    said = claim.attribution
    if not places and said is not None and said.cue_span is not None:
        return (said.cue_span,)
    return join_spans(places, source_text(claim, articles)) or claim.spans


def _shared(
    claim: Claim, frame: Frame, only: frozenset[str], articles: Mapping[str, Article]
) -> tuple[Span, ...]:
    """The claim's words that stand on the other side too."""
    return differing_words(claim, frame, frame.lemmas - only, source_text(claim, articles)) or claim.spans


def _located(
    claim: Claim, frame: Frame, start: int, end: int, articles: Mapping[str, Article]
) -> tuple[Span, ...]:
    if frame.text != claim.text:
        # What a denial denies stands in other words; the words looked for may stand in its own.
        words = frame.text[start:end]
        start = claim.text.find(words)
        end = start + len(words)
    return join_spans(claim.locate(start, end), source_text(claim, articles)) if start >= 0 else ()


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
