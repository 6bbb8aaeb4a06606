"""From words of the source to one grammatical sentence, knowing where each of its characters stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from consistency.claim import Run, Span
from consistency.split.sentences import CLOSING, FINAL, OPENING, readable

NO_SPACE_BEFORE = {",", ".", ";", ":", "!", "?", ")", "]", "%", "'s", "'", "n't", "'re", "'ve", "'ll", "'d", "'m", "…"}
NO_SPACE_AFTER = {"(", "[", "$", "£", "€", "#", "-"} | OPENING
EDGE = {",", ";", ":", "-", "–", "—", "--", ".", "…", "...", "•", "*", "|", "/", "_"}
BRACKETS = {"(": ")", "[": "]"}
LINKS = {"and", "but", "or", "so", "yet", "nor", "&", "then,"}


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a claim.

    Attributes:
        text: as it is shown.
        start: where it stands in the source, or -1 for a word that the wording adds ("is").
        end: its end there.
        space: white space follows it in the source.
        own: the words of the sentence it stands for (of the pronoun, when it is the antecedent's), or None.
    """

    text: str
    start: int = -1
    end: int = -1
    space: bool = True
    own: tuple[int, int] | None = None

    @property
    def added(self) -> bool:
        return self.start < 0


@dataclass(frozen=True, slots=True)
class Wording:
    """A claim's text, and where it comes from."""

    text: str
    runs: tuple[Run, ...]
    spans: tuple[Span, ...]


def tidy(words: Iterable[Word]) -> list[Word]:
    """Without dangling marks and conjunctions at either end, lone brackets and lone quotation marks."""
    kept = _paired(list(words))
    while kept and (_mark(kept[0]) in EDGE or kept[0].text.lower() in LINKS):
        if kept[0].text.lower() == "so" and kept[1:] and kept[1].text.lower() in {"far", "many", "much", "few"}:
            break
        kept.pop(0)
    closers: list[Word] = []
    while kept:
        mark = _mark(kept[-1])
        if mark in CLOSING or mark == '"':
            closers.insert(0, kept.pop())
        elif (mark in EDGE | FINAL and not (mark in {"!"} and closers)) or (
            kept[-1].text.lower() in LINKS - {"so", "yet"} and not closers
        ):
            kept.pop()
        else:
            break
    paired = _paired(kept + closers)
    if len(paired) < len(kept + closers):
        return tidy(paired)  # a mark that lost its partner may have hidden another one
    kept = paired
    if len(kept) > 2 and _wraps_all(kept):
        return tidy(kept[1:-1])
    return [word for i, word in enumerate(kept) if not (_mark(word) == "," and i and _mark(kept[i - 1]) == ",")]


def write(words: Sequence[Word], source: str, *, stop: bool = True) -> Wording:
    """Joins words into a sentence with a capital and a full stop.

    Args:
        words: as `tidy` leaves them.
        source: the text that offsets count in.
        stop: whether a full stop is due at the end.

    Returns:
        The text with its runs and its spans in the source.
    """
    text = ""
    runs: list[Run] = []
    for i, word in enumerate(words):
        if i and _spaced(words, i):
            text += " "
        shown = _capital(word.text) if all(_mark(w) == '"' or w.text in OPENING for w in words[:i]) else word.text
        if not word.added:
            joined = runs[-1] if runs else None
            gap = len(text) - (joined.at + joined.end - joined.start) if joined else -1
            blank = joined is not None and source[joined.end : word.start].isspace()
            same = shown == source[word.start : word.end]  # a run may differ in its first letter only
            if joined and same and word.start - joined.end == gap and (gap == 0 or (gap == 1 and blank)):
                runs[-1] = Run(joined.at, joined.start, word.end)
            else:
                runs.append(Run(len(text), word.start, word.end))
        text += shown
    if stop and text and text[-1] not in ".!?" and not (text[-1] in "\"”'" and text[-2:-1] in {"!", "?"}):
        text += "."
    return Wording(text, tuple(runs), spans_of([word.own for word in words if word.own], source))


def spans_of(places: Iterable[tuple[int, int]], source: str) -> tuple[Span, ...]:
    """Stretches of the source, neighbours joined."""
    merged: list[list[int]] = []
    for start, end in sorted(set(places)):
        if merged and (start <= merged[-1][1] or not source[merged[-1][1] : start].strip()):
            merged[-1][1] = max(end, merged[-1][1])
        else:
            merged.append([start, end])
    return tuple(Span(start, end, source[start:end]) for start, end in merged)


def _mark(word: Word) -> str:
    return readable(word.text)


def _capital(text: str) -> str:
    upper = text[:1].upper()
    return upper + text[1:] if len(upper) == 1 and not any(c.isupper() for c in text[1:2]) else text


def _spaced(words: Sequence[Word], i: int) -> bool:
    """Whether a space stands between word i - 1 and word i."""
    before, word = words[i - 1], words[i]
    if not before.added and word.start == before.end:
        return False
    if not before.added and before.space and 0 < word.start - before.end <= 3:
        return True  # as the source has it
    mark, last = _mark(word), _mark(before)
    if mark in NO_SPACE_BEFORE or mark in CLOSING or last in NO_SPACE_AFTER:
        return False
    if mark == '"' or last == '"':
        return not _is_open(words[:i])
    return True


def _is_open(words: Sequence[Word]) -> bool:
    """Whether a quotation is open after some words; a straight mark closes what a curled one opened, and so on."""
    opened = False
    for word in words:
        mark = _mark(word)
        opened = True if mark in OPENING else False if mark in CLOSING else opened ^ (mark == '"')
    return opened


def _paired(words: list[Word]) -> list[Word]:
    """Without quotation marks and brackets that have no partner."""
    lone: set[int] = set()
    open_quote: int | None = None
    brackets: list[int] = []
    for i, word in enumerate(words):
        mark = _mark(word)
        if mark in OPENING or (mark == '"' and open_quote is None):
            if open_quote is not None:
                lone.add(open_quote)
            open_quote = i
        elif mark in CLOSING or mark == '"':
            if open_quote is None:
                lone.add(i)
            elif open_quote == i - 1:
                lone |= {open_quote, i}
            open_quote = None
        elif mark in BRACKETS:
            # "[I]n general": the other bracket is part of the next token.
            if i + 1 == len(words) or BRACKETS[mark] not in words[i + 1].text[:-1]:
                brackets.append(i)
        elif mark in BRACKETS.values():
            if brackets and BRACKETS[_mark(words[brackets[-1]])] == mark:
                brackets.pop()
            else:
                lone.add(i)
    lone |= set(brackets) | ({open_quote} if open_quote is not None else set())
    return [word for i, word in enumerate(words) if i not in lone] if lone else words


def _wraps_all(words: list[Word]) -> bool:
    first, last = _mark(words[0]), _mark(words[-1])
    inside = {_mark(word) for word in words[1:-1]}
    if first in BRACKETS and BRACKETS[first] == last and not inside & {first, last}:
        return True
    if not (first in OPENING or first == '"') or not (last in CLOSING or last == '"'):
        return False
    return not any(_mark(word) == '"' or word.text in OPENING | CLOSING for word in words[1:-1])
