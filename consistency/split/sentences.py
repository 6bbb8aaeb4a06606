"""Paragraphs and sentences with exact offsets: what ends a sentence, and what only looks like it.

The parser finds sentence boundaries by itself. This module tells it, before it parses, what news text makes certain: a
blank line ends a sentence, a closing quotation mark never begins one, "Lt." and "Gen." never end one. Parsing with that
knowledge gives better trees than cutting them afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from consistency.split.cues import words as word_set

LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
MAX_CHUNK = 8_000
# One character for one character, so that offsets stay: typographic apostrophes and odd white space confuse the parser.
READABLE = {ord("’"): "'", ord("‘"): "'", ord("`"): "'", ord("\u00a0"): " ", ord("\u202f"): " ", ord("\u2009"): " "}
READABLE |= {code: " " for code in (*range(0x20), 0x7F, *range(0x80, 0xA0), 0x2028, 0x2029, 0x2060, 0xFEFF, 0x200B)}

OPENING = {"“", "``", "«", "„"}
CLOSING = {"”", "''", "»"}
FINAL = {".", "!", "?", "…", "...", "?!", "!!", "??", "!?", ".."}
CLOSERS = {")", "]", "}", "'", '"'} | CLOSING
TITLES = word_set(
    "mr. mrs. ms. dr. prof. lt. gen. col. sgt. maj. capt. cmdr. adm. cpl. pvt. sen. rep. gov. pres. rev. hon. fr. st. "
    "sens. reps. govs. gens. messrs. supt. insp. det. atty. amb. sec. no. vs. v. jan. feb. mar. apr. jun. jul. aug. "
    "sept. sep. oct. nov. dec. approx. est. fig. vol. dept. lt. mt. ft. e.g. i.e. cf. brig. spc. ofc."
)
INITIAL = re.compile(r"^(?:[A-Z]\.)+$")


SAID = word_set(
    "said says asked asks told tells wrote writes added adds replied tweeted shouted cried exclaimed yelled declared "
    "continued responded joked quipped recalled remarked explained"
)
DATELINE = re.compile(
    r"(?:(?:UPDATE|BREAKING|EXCLUSIVE|CORRECTION|Update|Breaking)\d?\s*:\s+(?=\S))?"
    r"(?:(?:By (?:(?:[A-Z][\w.'’-]+|and) ){2,9})?"
    r"(?:[A-Z][A-Z.'’/-]+(?: [A-Z][A-Z.'’-]+)*(?:, [A-Z][\w.]+(?: [A-Z][\w.]+)?)?(?:, [A-Z][a-z]+\.? \d{1,2})?"
    r"(?: \([A-Za-z. /]{2,20}\))?|\((?:[A-Z]{2,6}|Reuters|Bloomberg)\))\s*(?:—|–|―|--|-)+\s+(?=\S))?"
)


def dateline(text: str) -> int:
    """Length of the place and agency that open a report ("WASHINGTON (AP) — "), 0 when there are none."""
    match = DATELINE.match(text)
    return match.end() if match else 0


def readable(text: str) -> str:
    """The text as the parser is given it: same length, typographic apostrophes and control characters made plain."""
    return text.translate(READABLE)


def paragraphs(text: str, start: int = 0) -> Iterator[tuple[int, int]]:
    """Offsets of the stretches that are parsed on their own.

    A blank line always ends a paragraph. A single line break does too, unless the text is wrapped at a fixed width
    or the sentence plainly goes on in the next line. Very long stretches are cut at white space, so that memory
    stays bounded.

    Args:
        text: the whole article.
        start: offset at which the body begins.

    Yields:
        (start, end) without white space at either end, in order.
    """
    lines = [match.span() for match in LINE.finditer(text, start) if not text[slice(*match.span())].isspace()]
    wrapped = _is_wrapped([end - begin for begin, end in lines])
    current: tuple[int, int] | None = None
    for begin, end in lines:
        if current is not None and _continues(text, current, (begin, end), wrapped):
            current = (current[0], end)
            continue
        if current is not None:
            yield from _chunks(text, *current)
        current = (begin, end)
    if current is not None:
        yield from _chunks(text, *current)


def _is_wrapped(lengths: list[int]) -> bool:
    """Lines broken at a fixed width: none long, most near the longest."""
    if len(lengths) < 4 or max(lengths) > 110:
        return False
    return sorted(lengths)[len(lengths) // 2] >= 50


def _continues(text: str, before: tuple[int, int], after: tuple[int, int], wrapped: bool) -> bool:
    gap = text[before[1] : after[0]].replace("\r\n", "\n")
    if len(re.findall(r"[\n\r\x0b\x0c\x85\u2028\u2029]", gap)) > 1:
        return False
    last = text[before[0] : before[1]].rstrip()[-1:]
    return wrapped or last == "," or text[after[0] : after[1]].lstrip()[:1].islower()


def _chunks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cuts an overlong stretch, at the end of a sentence where there is one."""
    while end - start > MAX_CHUNK:
        window = text[start : start + MAX_CHUNK]
        ends = [match.end() for match in re.finditer(r"[.!?][\"”')]*\s", window)] or [
            match.end() for match in re.finditer(r"\s", window)
        ]
        cut = start + (ends[-1] if ends else MAX_CHUNK)
        yield from _trimmed(text, start, cut)
        start = cut
    yield from _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and readable(text[start]).isspace():
        start += 1
    while end > start and readable(text[end - 1]).isspace():
        end -= 1
    if start < end:
        yield start, end


def quotations(doc: Doc) -> list[tuple[int, int]]:
    """Token indices of the opening and closing mark of each quotation, in order.

    A quotation that is never closed ends with the paragraph: newspapers close only the last of several paragraphs.
    One that was opened in an earlier paragraph, without a mark here, begins at -1.
    """
    found: list[tuple[int, int]] = []
    opened = None
    for token in doc:
        mark = token.text
        if mark not in OPENING and mark not in CLOSING and mark != '"':
            continue
        if opened is None and (mark in CLOSING or _only_closes(token)):
            if not found and mark != "''" and not (token.i and doc[token.i - 1].text[-1:].isdigit()):
                found.append((-1, token.i))  # it was opened in an earlier paragraph
            continue
        opens = mark in OPENING or (mark == '"' and opened is None)
        if opened is None and opens:
            opened = token.i
        elif opened is not None and mark not in OPENING:
            found.append((opened, token.i))
            opened = None
    if opened is not None and opened < len(doc) - 1:
        found.append((opened, len(doc)))
    return found or _single_quotations(doc)


def _only_closes(token: Token) -> bool:
    """A straight mark written right behind a word."""
    if token.text != '"' or not token.i or token.doc[token.i - 1].is_space or token.doc[token.i - 1].whitespace_:
        return False
    return bool(token.whitespace_) or token.i + 1 == len(token.doc) or token.doc[token.i + 1].is_space


def _single_quotations(doc: Doc) -> list[tuple[int, int]]:
    """Quotations between single marks, as British papers set them; only those that end like a clause, since the same
    mark is an apostrophe."""
    found, opened = [], None
    for token in doc:
        if token.text != "'":
            continue
        before = doc[token.i - 1] if token.i else None
        if opened is None and (before is None or before.whitespace_) and not token.whitespace_:
            opened = token.i
        elif opened is not None and before is not None and before.text in FINAL | {","} and not before.whitespace_:
            found.append((opened, token.i))
            opened = None
    return found


def mark_boundaries(doc: Doc, quotes: list[tuple[int, int]]) -> None:
    """Tells the parser where a sentence must and must not begin; what is uncertain is left to it.

    Args:
        doc: a tokenised paragraph, not parsed yet.
        quotes: its quotations, from `quotations`.
    """
    closing = {end for _, end in quotes}
    opening = {start for start, _ in quotes}
    for token in doc[1:]:
        before = _word_before(token)
        if token.is_space or before is None or token.i in closing or token.text in CLOSERS - {'"', "'"}:
            token.is_sent_start = False
        elif before.i in closing:
            _after_quotation(token, before)
        elif before.text in FINAL:
            if token.text[0].islower():
                token.is_sent_start = False
            elif before.text in {"!", "?"} and token.text[0].isupper():
                token.is_sent_start = True
        elif before.text.lower() in TITLES or (INITIAL.match(before.text) and len(before.text) == 2):
            token.is_sent_start = False
        elif before.text.endswith(".") and not before.text.isupper():
            token.is_sent_start = None if token.text[0].isupper() or token.i in opening else False
        elif before.text.endswith("."):
            token.is_sent_start = None if token.text[0].isupper() else False
        elif (
            (before.text not in CLOSERS | {":", ";", "•", "|"} and before.i not in opening)
            or before.text in {";", ":"}
            or before.i in opening
        ):
            token.is_sent_start = False


def _after_quotation(token: Token, closing: Token) -> None:
    """A word after a closing mark begins a sentence if the quotation ended one and no "Smith said" follows."""
    inside = _word_before(closing)
    ended = inside is not None and inside.text in FINAL
    if (
        not ended
        or token.text[0].islower()
        or not (token.text[0].isalnum() or token.text in OPENING | {'"'})
        or (inside is not None and inside.text in {"?", "!"} and _speaker_follows(token))
    ):
        token.is_sent_start = False
    else:
        token.is_sent_start = True


def _speaker_follows(token: Token) -> bool:
    """ "Never!" Smith said: the words after the quotation name its speaker."""
    for near in token.doc[token.i : token.i + 9]:
        if near.lower_ in SAID:
            return True
        if near.text in {",", ".", ";", ":", '"', "“", "!", "?"}:
            return False
    return False


def _word_before(token: Token) -> Token | None:
    index = token.i - 1
    while index >= 0 and token.doc[index].is_space:
        index -= 1
    return token.doc[index] if index >= 0 else None
