"""Claim: one atomic, self-contained assertion, where its words stand, and who says it."""
from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

Stance = Literal["asserts", "denies", "reports", "conditional", "future", "opinion"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of an article's text (of its title for a claim of field `title`): `text[start:end] == span.text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Run:
    """Words of a claim's text that stand in the source.

    `claim.text[at : at + end - start]` is `article.text[start:end]`, but for the case of a first letter and for white
    space (line breaks are spaces).
    """

    at: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in the source.

    Attributes:
        span: the words.
        value: ISO 8601: `2019-01-28`, `2019-01`, `2019`, a time `2019-01-28T14:30` (with its zone if named), or an
            interval `2019-01-21/2019-01-27`, open ones with `..`. What the article's date does not settle stays
            relative: `--01-28` without a year, `-W-1` a Monday, `T06:30` a clock time, `-P1D` yesterday.
    """

    span: Span
    value: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure in the source, as an interval.

    Attributes:
        span: the words, with modifiers ("at least 1.2 million").
        low: smallest value that the words allow, None for no bound.
        high: largest value that the words allow, None for no bound. Exact figures have low == high.
        unit: None for a plain count; `%`, `percentage point`, an ISO currency (`USD`), `ordinal`, `age`, or a unit's
            singular name in a base that makes values comparable (`meter`, `second`, `kilogram`, `kelvin`...).
        of: lemma of the head noun that is counted or measured ("people", "troops"), or None.
    """

    span: Span
    low: float | None
    high: float | None
    unit: str | None = None
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """One who says something: full name as far as the article gives it, and the words that name them here."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says a claim and how.

    Attributes:
        speakers: all who say it (two for "both the Taliban and Khalilzad said").
        cue: the words that mark the attribution ("said", "according to"), "" when there are none (a bare quote).
        cue_span: where the cue stands.
        content_spans: the reported content.
        stance: how the speaker stands to the content.
        chain: names from the nearest source outwards, in order: who says it first, then who passes it on
            ("Khalilzad", "the president's office").
    """

    speakers: tuple[Speaker, ...]
    cue: str
    cue_span: Span | None
    content_spans: tuple[Span, ...]
    stance: Stance = "asserts"
    chain: tuple[str, ...] = ()

    @property
    def speaker(self) -> str | None:
        """The speakers' names in one string, None when nobody is named."""
        return " and ".join(s.name for s in self.speakers) or None

    @property
    def speaker_span(self) -> Span | None:
        """Where the first speaker is named."""
        return self.speakers[0].span if self.speakers else None


@dataclass(frozen=True, slots=True)
class Claim:
    """One atomic assertion.

    Attributes:
        id: unique within one run.
        article_id: the article it stands in.
        source: the article's outlet, or None.
        date: the article's date, or None.
        field: `title` or `text`; offsets count in that field.
        text: what its speaker affirms, as one grammatical sentence, polarity kept.
        proposition: what serves pairing and scoring: `text`, or for a denial what is denied. Never shown without its
            stance.
        spans: its words in the source, without speaker and cue.
        sentence: the sentence it was taken from.
        runs: which stretches of `text` stand where in the source.
        attribution: who says it; None for the outlet's own voice.
        dates: dates among its words or governing it.
        quantities: figures among its words.
        unresolved: words whose antecedent is not plain ("they").
    """

    id: str
    article_id: str
    source: str | None
    date: str | None
    field: Literal["title", "text"]
    text: str
    proposition: str
    spans: tuple[Span, ...]
    sentence: Span
    runs: tuple[Run, ...] = ()
    attribution: Attribution | None = None
    dates: tuple[DateMention, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    unresolved: tuple[str, ...] = ()

    @property
    def stance(self) -> Stance:
        """The speaker's stance; the outlet's own voice asserts."""
        return self.attribution.stance if self.attribution else "asserts"

    @property
    def speaker(self) -> str | None:
        """Who says it, None for the outlet's own voice."""
        return self.attribution.speaker if self.attribution else None

    @property
    def around(self) -> str:
        """What the claim was cut from, on one line: the reported content when somebody says it, else the sentence."""
        said = self.attribution
        spans = said.content_spans if said is not None and said.content_spans else (self.sentence,)
        return " ".join(" ".join(span.text for span in spans).split())

    def locate(self, start: int, end: int) -> list[tuple[int, int]]:
        """Source offsets of `text[start:end]`.

        Args:
            start: offset in `text`.
            end: offset in `text`, exclusive.

        Returns:
            (start, end) pairs in the source, in the order of the text; empty for words that stand in no run.
        """
        found = []
        for run in self.runs:
            length = run.end - run.start
            first, last = max(start, run.at), min(end, run.at + length)
            if first < last:
                found.append((run.start + first - run.at, run.start + last - run.at))
        return found

    def to_dict(self) -> dict[str, Any]:
        """The claim as a row of `claims.jsonl` (schema 1)."""
        row = asdict(self)
        row = {"schema": 1, "claim_id": row.pop("id"), **row}
        row["sentence"] = {"start": self.sentence.start, "end": self.sentence.end}
        row["runs"] = [[run.at, run.start, run.end] for run in self.runs]
        if self.attribution is not None:
            said = self.attribution
            row["attribution"] |= {
                "speaker": said.speaker,
                "speaker_span": asdict(said.speaker_span) if said.speaker_span else None,
            }
        return row
