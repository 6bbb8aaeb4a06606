"""A claim's words in their sentence, and the sentences around it."""
from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal, NamedTuple

from consistency.article import Article
from consistency.claim import Claim, Span
from consistency.finding import Finding

# A full stop after one of these ends no sentence.
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Lt|Gen|Col|Maj|Capt|Cmdr|Sgt|Sen|Rep|Gov|Rev|St|Jr|Sr|No|vs|Inc|Co|Corp|Ltd|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|[ap]\.m)|\b[A-Z])\.$"
)
_BREAK = re.compile(r"[.!?…][\"'”’)\]]*\s+(?=[^\sa-z])|\n\s*\n")
_AROUND = 500
_WORDLESS = re.compile(r"[\s.,;:!?\"'“”‘’()\[\]–—-]*")


class Segment(NamedTuple):
    """A stretch of text.

    Attributes:
        text: the words.
        claim: they are the claim's own words.
        deciding: they decide the relation.
    """

    text: str
    claim: bool
    deciding: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """One side of a finding in its place.

    Attributes:
        before: the sentence before, in segments; empty at the beginning.
        sentence: the claim's sentence; the texts of its segments join to `claim.sentence.text`.
        after: the sentence after; empty at the end.
        elsewhere: deciding or carried words that stand further away in the article, as (words, deciding).
    """

    before: tuple[Segment, ...]
    sentence: tuple[Segment, ...]
    after: tuple[Segment, ...]
    elsewhere: tuple[tuple[str, bool], ...] = ()


def deciding(finding: Finding, side: Literal["a", "b"]) -> list[Span]:
    """The words of one side that decide a finding.

    The model's own words are those in which the sides differ (or which they share). They count only where no rule names
    words, and only as long as they are less than half of the claim: marking most of a sentence tells nothing.
    """
    rules = [reason for reason in finding.reasons if reason.kind != "model" and (reason.a_spans or reason.b_spans)]
    spans = [span for r in rules or finding.reasons for span in (r.a_spans if side == "a" else r.b_spans)]
    if not rules:
        whole = (finding.a if side == "a" else finding.b).spans
        marked, length = (sum(span.end - span.start for span in found) for found in (spans, whole))
        if 2 * marked >= length:
            return []
    return [span for span in spans if not _WORDLESS.fullmatch(span.text)]


def segments(text: str, start: int, end: int, claim: Iterable[Span], deciding: Iterable[Span]) -> tuple[Segment, ...]:
    """`text[start:end]` cut where marked words begin and end.

    Args:
        text: the field's text.
        start: offset at which the stretch begins.
        end: offset at which it ends, exclusive.
        claim: the claim's spans; those outside the stretch are ignored.
        deciding: spans of the deciding words.

    Returns:
        Segments that join to `text[start:end]`, neighbours differing in their marks.
    """
    marked = [[(span.start, span.end) for span in spans] for spans in (claim, deciding)]
    cuts = {start, end}
    for ranges in marked:
        for first, last in ranges:
            cuts |= {min(max(first, start), end), min(max(last, start), end)}
    found: list[Segment] = []
    for first, last in pairwise(sorted(cuts)):
        flags = [any(a <= first and last <= b for a, b in ranges) for ranges in marked]
        if found and (found[-1].claim, found[-1].deciding) == tuple(flags):
            found[-1] = found[-1]._replace(text=found[-1].text + text[first:last])
        else:
            found.append(Segment(text[first:last], flags[0], flags[1]))
    # White space between two marked words is marked too: one stroke reads better than many.
    return tuple(_bridge(found))


def _bridge(found: list[Segment]) -> list[Segment]:
    for at in range(1, len(found) - 1):
        left, here, right = found[at - 1 : at + 2]
        if here.text == " " and not here.deciding:
            found[at] = here._replace(claim=left.claim and right.claim, deciding=left.deciding and right.deciding)
    merged: list[Segment] = []
    for segment in found:
        if merged and merged[-1][1:] == segment[1:]:
            merged[-1] = merged[-1]._replace(text=merged[-1].text + segment.text)
        else:
            merged.append(segment)
    return merged


def by_weight(parts: Iterable[Segment]) -> list[Segment]:
    """Segments joined where only the lighter mark changes, for output that shows deciding words alone."""
    made: list[Segment] = []
    for part in parts:
        if made and made[-1].deciding == part.deciding:
            made[-1] = Segment(made[-1].text + part.text, made[-1].claim or part.claim, part.deciding)
        else:
            made.append(part)
    return made


def shorten(parts: Iterable[Segment], limit: int) -> tuple[Segment, ...]:
    """Long unmarked stretches cut in their middle, then long marked ones, until about `limit` characters are left.

    Args:
        parts: segments.
        limit: characters to keep, roughly; every marked stretch keeps its beginning and end.

    Returns:
        Segments with `…` where words are left out; unchanged when they fit.
    """
    parts = tuple(parts)
    for marked in (False, True):
        total = sum(len(part.text) for part in parts)
        if total <= limit:
            return parts
        chosen = [part for part in parts if (part.claim or part.deciding) == marked]
        if not chosen:
            continue
        rest = total - sum(len(part.text) for part in chosen)
        each = max(40, (limit - rest) // len(chosen))
        parts = tuple(
            part._replace(text=_middle_out(part.text, each)) if (part.claim or part.deciding) == marked else part
            for part in parts
        )
    return parts


def _middle_out(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    half = (limit - 3) // 2
    head, tail = text[:half], text[-half:]
    # Cut between words where there is a space near the cut.
    head = head[: head.rfind(" ")] if head.rfind(" ") > half // 2 else head
    tail = tail[tail.find(" ") + 1 :] if -1 < tail.find(" ") < half // 2 else tail
    return f"{head} … {tail}"


@dataclass(slots=True)
class Highlighter:
    """Finds passages; knows where sentences begin from the claims, and guesses between them.

    Args:
        articles: by id.
        claims: claims of the run, whose sentences are known boundaries.
    """

    articles: Mapping[str, Article]
    claims: Iterable[Claim] = ()
    _known: dict[tuple[str, str], list[tuple[int, int]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        spots: dict[tuple[str, str], set[tuple[int, int]]] = {}
        for claim in self.claims:
            spots.setdefault((claim.article_id, claim.field), set()).add((claim.sentence.start, claim.sentence.end))
        self._known = {key: sorted(places) for key, places in spots.items()}

    def side(self, finding: Finding, side: Literal["a", "b"]) -> Passage:
        """The passage of one side of a finding, with its deciding words."""
        return self.passage(finding.a if side == "a" else finding.b, deciding(finding, side))

    def passage(self, claim: Claim, deciding: Iterable[Span] = ()) -> Passage:
        """A claim's sentence with its words marked, and the sentences before and after.

        Args:
            claim: the claim.
            deciding: spans of the words to mark more strongly, in the claim's field.

        Returns:
            The passage. Without the article only the claim's sentence.
        """
        strong = tuple(deciding)
        start, end = claim.sentence.start, claim.sentence.end
        article = self.articles.get(claim.article_id)
        whole = (article.title if claim.field == "title" else article.text) if article else None
        if whole is None or whole[start:end] != claim.sentence.text:
            # The article is not at hand (or another version of it): the sentence alone, its offsets made its own.
            spans = [tuple(_moved(span, -start) for span in spans) for spans in (claim.spans, strong)]
            return Passage((), segments(claim.sentence.text, 0, len(claim.sentence.text), *spans), ())
        known = self._known.get((claim.article_id, claim.field), [])
        floor = article.start if article and claim.field == "text" else 0
        before, after = _before(whole, start, known, floor), _after(whole, end, known)
        low = before[0] if before else start
        high = after[1] if after else end
        # The dict keeps order and drops what is both; deciding words win.
        away = {span.text: False for span in claim.spans if span.end <= low or span.start >= high}
        away |= {span.text: True for span in strong if span.end <= low or span.start >= high}
        return Passage(
            segments(whole, *before, claim.spans, strong) if before else (),
            segments(whole, start, end, claim.spans, strong),
            segments(whole, *after, claim.spans, strong) if after else (),
            tuple(away.items()),
        )


def _moved(span: Span, by: int) -> Span:
    return Span(max(0, span.start + by), max(0, span.end + by), span.text)


def _before(text: str, start: int, known: list[tuple[int, int]], floor: int) -> tuple[int, int] | None:
    end = len(text[floor:start].rstrip()) + floor
    if end <= floor:
        return None
    at = bisect_left(known, (start, start))
    if at and known[at - 1][0] < end <= known[at - 1][1]:
        return known[at - 1]
    low = max(floor, end - _AROUND)
    low = max([low] + [stop for first, stop in known[:at] if low < stop < end])
    ends = [m.end() for m in _BREAK.finditer(text, low, end) if not _ABBREVIATION.search(text, low, m.start() + 1)]
    begin = ends[-1] if ends else low
    while begin < end and text[begin].isspace():
        begin += 1
    return (begin, end) if begin < end else None


def _after(text: str, end: int, known: list[tuple[int, int]]) -> tuple[int, int] | None:
    begin = end
    while begin < len(text) and text[begin].isspace():
        begin += 1
    if begin >= len(text):
        return None
    at = bisect_left(known, (begin, begin))
    if at < len(known) and known[at][0] == begin:
        return known[at]
    high = min(len(text), begin + _AROUND)
    if at < len(known):
        high = min(high, known[at][0])
    stops = (m for m in _BREAK.finditer(text, begin, high) if not _ABBREVIATION.search(text, begin, m.start() + 1))
    stop = next(stops, None)
    return begin, begin + len(text[begin : stop.end() if stop else high].rstrip())
