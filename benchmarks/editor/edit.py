"""Edit: one changed fact, and a text with some of them made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

KINDS = ("figure", "date", "entity", "negation", "antonym", "quantifier", "role")


@dataclass(frozen=True, slots=True)
class Change:
    """One replaced stretch of a text.

    Attributes:
        start: offset in the text.
        end: offset in the text, exclusive; equal to `start` where words are only added.
        new: what stands there afterwards.
    """

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Edit:
    """One changed fact.

    Attributes:
        kind: one of `KINDS`.
        detail: finer kind: `toll`, `money`, `weekday`, `person`, `added`, ...
        changes: replaced stretches in order; two for swapped roles.
        sentence: (start, end) of the sentence in the text.
        facts: the lower-cased words that carry the fact, for telling whether another text states it too.
    """

    kind: str
    detail: str
    changes: tuple[Change, ...]
    sentence: tuple[int, int]
    facts: tuple[str, ...]

    @property
    def id(self) -> str:
        """Kind and place: unique among the edits of one text."""
        return f"{self.kind}@{self.changes[0].start}"


@dataclass(frozen=True, slots=True)
class Place:
    """Where an edit stands in the text that it was made in.

    Attributes:
        edit: the edit, with its offsets in the old text.
        spans: the changed words in the new text.
        sentence: (start, end) of the changed sentence in the new text.
    """

    edit: Edit
    spans: tuple[tuple[int, int], ...]
    sentence: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Edited:
    """A text with some facts changed.

    Attributes:
        text: the new text.
        places: one for each edit, in the order of the text.
    """

    text: str
    places: tuple[Place, ...]


def apply(text: str, edits: Sequence[Edit]) -> Edited:
    """Makes edits in a text.

    Args:
        text: the text that the edits were found in.
        edits: in any order, of different sentences.

    Raises:
        ValueError: two edits stand in one sentence.
    """
    ordered = sorted(edits, key=lambda edit: edit.sentence)
    pieces: list[str] = []
    places = []
    at = shift = 0
    for edit in ordered:
        if edit.sentence[0] < at:
            raise ValueError(f"two edits overlap at {edit.sentence[0]}")
        begin = edit.sentence[0] + shift
        spans = []
        for change in sorted(edit.changes, key=lambda change: change.start):
            pieces += [text[at : change.start], change.new]
            spans.append((change.start + shift, change.start + shift + len(change.new)))
            shift += len(change.new) - (change.end - change.start)
            at = change.end
        pieces.append(text[at : edit.sentence[1]])
        at = edit.sentence[1]
        places.append(Place(edit, tuple(spans), (begin, edit.sentence[1] + shift)))
    return Edited("".join([*pieces, text[at:]]), tuple(places))
