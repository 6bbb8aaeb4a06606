"""Comparison: a claim of the text beside what the source says in the passage found, word by word and value by value."""
from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from consistency.claim import Claim, DateMention, Quantity, Span
from consistency.finding import Reason, ReasonKind
from consistency.relate.align import Alignment, align
from consistency.relate.evidence import Values, compare_days, compare_figures, join_spans
from consistency.relate.frame import PLACES, Frame, Name
from consistency.relate.opposites import Opposite, opposites
from consistency.relate.substitute import replace_words
from consistency.verification.passages import stemmed
from consistency.verification.result import Unsupported

# Words that belong to the date or figure after them ("on Monday", "at least 12").
LEADING = re.compile(
    r"(?:\b(?:on|in|at|by|since|until|from|last|next|this|early|late|about|around|nearly|at least|more than|over) )+$",
    re.IGNORECASE,
)
PREPOSITION = re.compile(r"(?:on|in|at|by|since|until|from) ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A claim of the text and the source's own claims in one passage.

    Attributes:
        source_claim: the source's claim that shares most of its words, None when the passage holds none.
        figures: figures compared; the text's first.
        dates: dates compared; the text's first.
        alignment: names and words in common, None without a source claim.
        negation_differs: exactly one of both negates its main predicate.
        frames: of the claim and of the source's claim.
        opposites: words of opposite meaning, the text's first.
    """

    source_claim: Claim | None
    figures: Values
    dates: Values
    alignment: Alignment | None
    negation_differs: bool
    frames: tuple[Frame, Frame | None]
    opposites: tuple[Opposite, ...] = ()


def closest(claim: Claim, found: Sequence[Claim]) -> Claim | None:
    """The source's claim that shares most words with a claim of the text; the earlier one of equals."""
    stems = {key for _, _, key in stemmed(claim.text)}

    def shared(other: Claim) -> float:
        words = {key for _, _, key in stemmed(other.text)}
        return len(stems & words) / (len(stems | words) or 1)

    return max(found, key=shared, default=None)


def compare_with(claim: Claim, found: Sequence[Claim], frames: Mapping[str, Frame]) -> Comparison:
    """Compares a claim with the source's claims of a passage, or of several.

    Args:
        claim: of the text.
        found: the source's claims that stand there.
        frames: analyses of the claim's text and of the closest of these claims' texts, by text.
    """
    frame = frames[claim.text]
    other = closest(claim, found)
    if other is None:
        return Comparison(None, Values(), Values(), None, False, (frame, None))
    # A figure may stand in any of the passage's claims.
    whole = replace(
        other,
        quantities=tuple(dict.fromkeys(q for c in found for q in c.quantities)),
        dates=tuple(dict.fromkeys(d for c in found for d in c.dates)),
    )
    there = frames[other.text]
    alignment = align(frame, there, {})
    return Comparison(
        source_claim=other,
        figures=compare_figures(claim, whole),
        dates=compare_days(claim, whole),
        alignment=alignment,
        negation_differs=frame.negated != there.negated,
        frames=(frame, there),
        opposites=opposites(frame, there, alignment),
    )


def located(claim: Claim, start: int, end: int, text: str) -> tuple[Span, ...]:
    """Spans in the document of `claim.text[start:end]`; its own spans for words that it only carries."""
    return join_spans(claim.locate(start, end), text)


def unsupported_words(
    claim: Claim, text: str, held: frozenset[str], near: frozenset[str], compared: Comparison
) -> tuple[Unsupported, ...]:
    """The words of a claim that its sources do not hold.

    Figures and dates must stand in the evidence itself, names and other words anywhere in the sources: a passage says
    "he", and says much of it in other sentences.

    Args:
        claim: of the text.
        text: the whole text.
        held: stems of everything the sources say.
        near: stems of the evidence.
        compared: the claim beside its evidence.
    """
    found: list[Unsupported] = []
    taken: list[Span] = []

    def add(span: Span, kind: ReasonKind, instead: str = "") -> None:
        if any(span.start < other.end and other.start < span.end for other in taken):
            return
        taken.append(span)
        found.append(Unsupported(span, kind, instead))

    mentioned: tuple[tuple[ReasonKind, Values, Iterable[DateMention | Quantity]], ...] = (
        ("date", compared.dates, claim.dates),
        ("figure", compared.figures, claim.quantities),
    )
    for kind, values, own in mentioned:
        for span, instead in _values(values, own, near):
            add(_led(span, text), kind, instead)
    frame, alignment = compared.frames[0], compared.alignment
    clashing = {x: y for x, y in alignment.clashing_names} if alignment is not None else {}
    words = stemmed(frame.text)
    for name in frame.names:
        keys = {key for start, end, key in words if name.start <= start < name.end}
        if keys and not keys & held:
            for span in located(claim, name.start, name.end, text):
                add(span, "entity", _named(clashing.get(name), compared.frames[1]))
    for speaker in claim.attribution.speakers if claim.attribution else ():
        keys = {key for _, _, key in stemmed(speaker.span.text)}
        if keys and not keys & held and text[speaker.span.start : speaker.span.end] == speaker.span.text:
            add(speaker.span, "entity")
    lost = [place for start, end, key in words if key not in held for place in claim.locate(start, end)]
    for span in join_spans(lost, text):
        add(span, "model")
    return tuple(sorted(found, key=lambda item: item.span.start))


def mended(text: str, unsupported: Iterable[Unsupported]) -> str | None:
    """A claim with the source's figures, dates and names in the place of its own, and without those of which the
    source has none; None when it has no such words.

    When the mended claim follows from the source, these words are all that is wrong with it.

    >>> span = Span(21, 28, "on Monday")
    >>> mended("The mayor resigned on Monday.", [Unsupported(span, "date")])
    'The mayor resigned.'
    """
    values = [(" ".join(words.span.text.split()), words) for words in unsupported if words.kind != "model"]
    made = text
    for own, words in values:
        led = PREPOSITION.match(own) if words.found and words.kind == "date" else None
        changed = replace_words(made, [(own, f"{led.group() if led else ''}{words.found}")])
        if changed is None:
            return None
        made = changed
    made = re.sub(r"\s+([.,;])", r"\1", " ".join(made.split()))
    return made if values and made != text else None


def _values(
    values: Values, mentioned: Iterable[DateMention | Quantity], near: frozenset[str]
) -> Iterable[tuple[Span, str]]:
    """Figures or dates that have no equal in the evidence, and what conflicts with them there."""
    settled = {x for x, _ in (*values.equal, *values.compatible)}
    against = {x: y.span.text for x, y in values.conflicts}
    for item in mentioned:
        if item in settled:
            continue
        if item in against:
            yield item.span, " ".join(against[item].split())
        elif not {key for _, _, key in stemmed(item.span.text)} <= near:
            yield item.span, ""


def _led(span: Span, text: str) -> Span:
    """The words with the preposition before them."""
    before = LEADING.search(text, max(0, span.start - 40), span.start)
    start = before.start() if before is not None else span.start
    return Span(start, span.end, text[start : span.end])


def _named(name: Name | None, frame: Frame | None) -> str:
    return frame.text[name.start : name.end] if name is not None and frame is not None else ""


def reasons_against(
    claim: Claim, text: str, source_text: str, passage: Span, compared: Comparison, contradiction: float
) -> tuple[Reason, ...]:
    """What sets a claim against its evidence, strongest first; a-spans in the text, b-spans in the source."""
    made: list[Reason] = []
    kinds: tuple[tuple[ReasonKind, Values], ...] = (("figure", compared.figures), ("date", compared.dates))
    for kind, values in kinds:
        for x, y in values.conflicts:
            note = f'the text has "{_flat(x.span)}", the source "{_flat(y.span)}"'
            made.append(Reason(kind, note, (x.span,), (y.span,)))
    other, (frame, there) = compared.source_claim, compared.frames
    if other is not None and there is not None:
        if compared.negation_differs:
            who = "the text" if frame.negated else "the source"
            made.append(
                Reason(
                    "negation",
                    f"only {who} negates it",
                    _negation(claim, frame, text) or claim.spans,
                    _negation(other, there, source_text) or other.spans,
                )
            )
        for opposite in compared.opposites[:1]:
            spans = located(claim, *opposite.a, text), located(other, *opposite.b, source_text)
            if all(spans):
                note = f'the text has "{_flat(spans[0][0])}", the source "{_flat(spans[1][0])}"'
                made.append(Reason(opposite.kind, note, *spans))
        for x, y in compared.alignment.clashing_names[:1] if compared.alignment is not None else ():
            kind = "place" if {x.label, y.label} <= PLACES else "entity"
            spans = located(claim, x.start, x.end, text), located(other, y.start, y.end, source_text)
            if all(spans):
                note = f'the text has "{_flat(spans[0][0])}", the source "{_flat(spans[1][0])}"'
                made.append(Reason(kind, note, *spans))
    if contradiction >= 0.5 or not made:
        only = compared.alignment
        mine = _of_lemmas(claim, frame, only.only_a, text) if only else ()
        theirs = _of_lemmas(other, there, only.only_b, source_text) if only and other and there else ()
        note = f"read as contradictory by the NLI model ({contradiction:.2f})"
        made.append(Reason("model", note, mine or claim.spans, theirs or (passage,)))
    return tuple(made)


def reasons_for(
    claim: Claim, text: str, source_text: str, passage: Span, compared: Comparison, entailment: float
) -> tuple[Reason, ...]:
    """What a claim and its evidence have in common, strongest first."""
    made: list[Reason] = []
    kinds: tuple[tuple[ReasonKind, Values], ...] = (("figure", compared.figures), ("date", compared.dates))
    for kind, values in kinds:
        held = values.equal + values.compatible
        if held:
            note = f'the source has "{_flat(held[0][1].span)}"'
            a, b = (tuple(dict.fromkeys(pair[side].span for pair in held)) for side in (0, 1))
            made.append(Reason(kind, note, a, b))
    note = f"follows from the source by the NLI model ({entailment:.2f})"
    other, (frame, there), only = compared.source_claim, compared.frames, compared.alignment
    mine: tuple[Span, ...] = ()
    theirs: tuple[Span, ...] = ()
    if other is not None and there is not None and only is not None:
        mine = _of_lemmas(claim, frame, frame.lemmas - only.only_a, text)
        theirs = _of_lemmas(other, there, there.lemmas - only.only_b, source_text)
    made.append(Reason("model", note, mine or claim.spans, theirs or (passage,)))
    return tuple(made)


def _negation(claim: Claim, frame: Frame, text: str) -> tuple[Span, ...]:
    """The negating words, or the predicate where there are none."""
    places = frame.negations or (((frame.predicate.start, frame.predicate.end),) if frame.predicate else ())
    return tuple(span for start, end in places for span in located(claim, start, end, text))


def _of_lemmas(claim: Claim, frame: Frame, lemmas: frozenset[str], text: str) -> tuple[Span, ...]:
    places = [place for w in frame.words if w.lemma in lemmas for place in claim.locate(w.start, w.end)]
    return join_spans(places, text)


def _flat(span: Span) -> str:
    return " ".join(span.text.split())
