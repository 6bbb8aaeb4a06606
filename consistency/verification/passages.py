"""Passages: the sentences of a source, cheaply, so that a long one costs nothing where nothing in it is asked for."""
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from consistency.article import Article
from consistency.split.sentences import TITLES, dateline, paragraphs
from consistency.values.numerals import CANDIDATE, read_numeral
from consistency.values.wordlists import words

if TYPE_CHECKING:
    from snowballstemmer.basestemmer import BaseStemmer

WORD = re.compile(r"\w+(?:[.,]\d+)*")
# An end mark before white space, unless the next word is in lower case; text made of tokens sets its full stops apart.
BREAK = re.compile(r"[.!?…][\"'”’)\]]*\s+(?=[^\sa-z])|\s[.!?]\s+(?=\S)")
BEFORE = re.compile(r"\S+$")
INITIALS = re.compile(r"^\W*(?:[A-Za-z]\.)+$")
# Longer stretches without an end mark (tables, lists) are cut at white space.
LONGEST = 600
# Words that tell two sentences apart in nothing.
EMPTY = words(
    "a an the and or but nor so yet of to in on at by for with from as into onto over under about after before between "
    "during through than then there here this that these those it its he she they them his her their him we us our i "
    "you your my me who whom whose which what when where why how is are was were be been being am has have had having "
    "do does did doing will would shall should can could may might must also just only very s t"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a source.

    Attributes:
        start: offset in the source's text.
        end: offset, exclusive.
        text: its words with single spaces.
        stems: stems of its content words; figures stand as their values.
    """

    start: int
    end: int
    text: str
    stems: frozenset[str]


@cache
def _stemmer() -> BaseStemmer:
    import snowballstemmer

    return snowballstemmer.stemmer("english")


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Snowball stem of a word in lower case."""
    return _stemmer().stemWord(word)


def stemmed(text: str) -> list[tuple[int, int, str]]:
    """Content words of a text: start, end and stem, or the value of a figure ("seven" and "7" are one).

    >>> [stem for _, _, stem in stemmed("Seven mayors resigned on Monday.")]
    ['=7', 'mayor', 'resign', 'monday']
    """
    figures = numbers(text)
    inside = [(start, end) for start, end, _ in figures]
    found = [(start, end, f"={value:.10g}") for start, end, value in figures]
    for match in WORD.finditer(text):
        word = match.group().lower()
        if word in EMPTY or len(word) < 2 or any(a < match.end() and match.start() < b for a, b in inside):
            continue
        found.append((match.start(), match.end(), stem(word)))
    return sorted(found)


def numbers(text: str) -> list[tuple[int, int, float]]:
    """Numerals of a text in figures or words: start, end, value."""
    found = []
    at = 0
    while (match := CANDIDATE.search(text, at)) is not None:
        numeral = read_numeral(text, match.start(), match.start() > 0 and text[match.start() - 1] in "$£€¥₹")
        if numeral is None:
            at = match.end()
            continue
        found.append((match.start(), numeral.end, numeral.low))
        at = max(numeral.end, match.end())
    return found


def sentences(article: Article) -> tuple[Sentence, ...]:
    """The sentences of a source by its punctuation alone, in order; together they hold every word of its body."""
    made = []
    for begin, end in paragraphs(article.text, article.start):
        for start, stop in _cut(article.text, begin + dateline(article.text[begin:end]), end):
            text = " ".join(article.text[start:stop].split())
            if WORD.search(text):
                made.append(Sentence(start, stop, text, frozenset(key for _, _, key in stemmed(text))))
    return tuple(made)


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in BREAK.finditer(text, start, end):
        before = BEFORE.search(text, start, match.start() + 1)
        if before is not None and (before.group().lower() in TITLES or INITIALS.match(before.group())):
            continue
        yield from _pieces(text, start, match.start() + len(match.group().rstrip()))
        start = match.end()
    if start < end:
        yield from _pieces(text, start, end)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST:
        space = text.rfind(" ", start, start + LONGEST)
        cut = space if space > start else start + LONGEST
        yield start, cut
        start = cut + 1 if space > start else cut
    if start < end:
        yield start, end


def excerpt(article: Article, kept: Sequence[Sentence]) -> str:
    """The article's text with everything but some sentences blanked out; offsets stay what they were."""
    parts, at = [], 0
    for sentence in sorted(kept, key=lambda s: s.start):
        if sentence.start > at:
            # A blank line keeps the parser from joining what stood apart.
            parts.append("\n\n".ljust(sentence.start - at) if sentence.start - at >= 2 else " ")
        parts.append(article.text[max(at, sentence.start) : sentence.end])
        at = max(at, sentence.end)
    parts.append(" " * (len(article.text) - at))
    return "".join(parts)
