"""A parsed stretch of an article, and where its words stand in the source."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

from spacy.tokens import Doc

from consistency.claim import DateMention, Quantity, Span
from consistency.split.tree import Tree
from consistency.split.wording import Word, spans_of

Field = Literal["title", "text"]
Mention = TypeVar("Mention", DateMention, Quantity)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A parsed stretch of an article.

    Attributes:
        doc: its parse; `doc.text` has the length of the source's stretch.
        offset: where it begins in the source.
        field: `title` or `text`.
        source: the whole field that offsets count in.
        quotes: its quotations as token indices.
        cut: what stood glued before it, a headline or a date, and is left out; None where it does not open the text.
    """

    doc: Doc
    offset: int
    field: Field
    source: str
    quotes: list[tuple[int, int]] = dataclasses.field(default_factory=list)
    cut: str | None = None

    def slice(self, indices: Iterable[int]) -> Span:
        """The stretch of the source from the first to the last of some tokens."""
        known = list(indices)
        first, last = self.doc[min(known)], self.doc[max(known)]
        start, end = self.offset + first.idx, self.offset + last.idx + len(last)
        return Span(start, end, self.source[start:end])

    def spans(self, indices: Iterable[int]) -> tuple[Span, ...]:
        """The stretches of the source that some tokens cover."""
        places = [(self.offset + self.doc[i].idx, self.offset + self.doc[i].idx + len(self.doc[i])) for i in indices]
        return spans_of(places, self.source)

    def word(self, i: int) -> Word:
        """A token as a word of a claim."""
        token = self.doc[i]
        start = self.offset + token.idx
        end = start + len(token)
        return Word(self.source[start:end], start, end, bool(token.whitespace_), (start, end))

    def shifted(self, found: Mention) -> Mention:
        """A date or figure found in `doc`, with its offsets in the source."""
        start, end = found.span.start + self.offset, found.span.end + self.offset
        return replace(found, span=Span(start, end, self.source[start:end]))

    def is_quoted(self, tree: Tree) -> bool:
        """Whether a sentence stands between quotation marks as a whole."""
        words = [i for i in tree.order if any(c.isalnum() for c in self.doc[i].text)]
        return bool(words) and any(start < words[0] and words[-1] < end for start, end in self.quotes)

    def opens_quoted(self) -> bool:
        """Whether its first word stands between quotation marks."""
        first = next((token.i for token in self.doc if any(c.isalnum() for c in token.text)), -1)
        return any(start < first < end for start, end in self.quotes)
