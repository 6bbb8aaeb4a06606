"""Who goes on speaking: speakers handed on to quotations, and to paragraphs, that name none of their own."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Span as TokenSpan

from consistency.claim import Span, Speaker
from consistency.split.antecedent import Antecedent, Focus
from consistency.split.cues import ANNOUNCING, HEADING
from consistency.split.frames import Frame
from consistency.split.paragraph import Paragraph
from consistency.split.tree import Tree

NO_FOCUS = Focus()


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker with everything that a claim's attribution tells, in offsets of the source."""

    speakers: tuple[Speaker, ...]
    antecedent: Antecedent | None
    cue: str
    cue_span: Span | None
    content_spans: tuple[Span, ...]
    content: frozenset[int]
    relays: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Who says it and who passes it on, nearest first."""
        joined = " and ".join(speaker.name for speaker in self.speakers)
        return (joined, *self.relays) if joined else self.relays


@dataclass(slots=True)
class Sentence:
    """A sentence on its way: its parse, its frames, and the speaker of a quotation that it goes on with."""

    span: TokenSpan
    tree: Tree
    frames: dict[int, Frame]
    voices: dict[int, Voice]
    focus: Focus = NO_FOCUS
    inherited: Voice | None = None
    announced: Voice | None = None  # of "From the Daily Star:" in a paragraph before
    partly: Voice | None = None  # of "She called it "a sham"": a quotation that follows is hers too


class HandedOn:
    """The voices that a later paragraph of one article may go on with."""

    def __init__(self) -> None:
        self._last_voice: Voice | None = None
        self._announced: Voice | None = None

    def pass_on(self, paragraph: Paragraph, sentences: list[Sentence]) -> None:
        """Gives the sentences of a paragraph, in reading order, the speakers that they go on with."""
        self._pass_on_quotations(paragraph, sentences)
        if paragraph.field == "text":
            self._pass_on_announcement(paragraph, sentences)

    def _pass_on_quotations(self, paragraph: Paragraph, sentences: list[Sentence]) -> None:
        """Gives quoted sentences without a cue the speaker of the quotation that they go on with."""
        spoken: list[Voice | None] = []
        for sentence in sentences:
            outer = [v for verb, v in sentence.voices.items() if verb == -1 or not _is_inner(verb, sentence)]
            spoken.append(outer[0] if outer else sentence.partly)
        quoted = [paragraph.is_quoted(sentence.tree) and not sentence.frames for sentence in sentences]
        heard = list(spoken)
        for at, sentence in enumerate(sentences):
            if not quoted[at]:
                continue
            same = _speaker_of_same_quotation(paragraph, sentence, sentences, spoken)
            before = next((v for v in reversed(heard[max(0, at - 2) : at]) if v is not None), None)
            if before is None or _goes_on_from_unknown(paragraph, sentence, sentences[:at]):
                before = None
            after = next((heard[i] for i in range(at + 1, len(heard)) if not quoted[i]), None)
            last = self._last_voice if all(quoted[:at]) and paragraph.opens_quoted() else None
            sentence.inherited = heard[at] = same or before or after or last
        said = [v for v in spoken if v is not None and v.speakers]
        if said:
            self._last_voice = said[-1]
        elif sentences and not any(s.inherited for s in sentences):
            self._last_voice = None

    def _pass_on_announcement(self, paragraph: Paragraph, sentences: list[Sentence]) -> None:
        """Gives what follows "He said:" or "From the Daily Star:", without marks of its own, whoever it announces.

        After a cue that is one paragraph; after a heading all of them, until the next announcement or until the
        article speaks of whoever it named.
        """
        told = self._announced
        if told is not None:
            names = {speaker.name.removeprefix("the ") for speaker in told.speakers}
            if paragraph.quotes and (paragraph.opens_quoted() or told.cue.lower() not in HEADING):
                told = None  # its own marks tell what is quoted
            elif told.cue.lower() in HEADING and any(name in paragraph.doc.text for name in names):
                told = self._announced = None
        for sentence in sentences:
            sentence.announced = told if -1 not in sentence.voices else None
        last = sentences[-1].voices.get(-1) if sentences else None
        if last is not None and last.cue.lower() not in HEADING | ANNOUNCING:
            last = None
        if last is not None or (self._announced is not None and self._announced.cue.lower() not in HEADING):
            self._announced = last


def _is_inner(verb: int, sentence: Sentence) -> bool:
    return any(verb in frame.content for frame in sentence.frames.values())


def _goes_on_from_unknown(paragraph: Paragraph, sentence: Sentence, before: list[Sentence]) -> bool:
    """Whether its quotation began in an earlier sentence that tells no speaker."""
    first = sentence.tree.order[0]
    begun = next((a for a, b in paragraph.quotes if a < first < b), first)
    host = next((s for s in before if begun in s.tree), None)
    return host is not None and host.inherited is None and not host.frames


def _speaker_of_same_quotation(
    paragraph: Paragraph, sentence: Sentence, sentences: list[Sentence], spoken: list[Voice | None]
) -> Voice | None:
    start, end = next((a, b) for a, b in paragraph.quotes if a < sentence.tree.order[-1] and sentence.tree.order[0] < b)
    for _, voice in zip(sentences, spoken, strict=True):
        if voice is not None and any(start < i < end for i in voice.content):
            return voice
    return None
