"""Numerals as news writes them: digits, number words, magnitudes, ordinals and fractions, read into intervals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from consistency.values.wordlists import either

SMALL = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
MAGNITUDES = {
    "hundred": 1e2, "thousand": 1e3, "lakh": 1e5, "million": 1e6, "crore": 1e7, "billion": 1e9, "trillion": 1e12,
}  # fmt: skip
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
    "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30, "fortieth": 40,
    "fiftieth": 50, "sixtieth": 60, "seventieth": 70, "eightieth": 80, "ninetieth": 90, "hundredth": 100,
}  # fmt: skip
DENOMINATORS = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4,
    "fifth": 5, "fifths": 5, "sixth": 6, "sixths": 6, "seventh": 7, "sevenths": 7, "eighth": 8, "eighths": 8,
    "ninth": 9, "ninths": 9, "tenth": 10, "tenths": 10,
}  # fmt: skip
# Plurals are open above: "dozens" says at least two dozen, and nothing of the most.
PLURALS = {
    "dozens": 12, "scores": 20, "tens": 10, "hundreds": 1e2, "thousands": 1e3, "lakhs": 1e5, "millions": 1e6,
    "crores": 1e7, "billions": 1e9, "trillions": 1e12,
}  # fmt: skip
SUFFIXES = {
    "k": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "mln": 1e6,
    "b": 1e9,
    "bn": 1e9,
    "bln": 1e9,
    "t": 1e12,
    "tn": 1e12,
    "trn": 1e12,
}
GLYPHS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}


_MAGNITUDE = either([*MAGNITUDES, "dozen", "score"])
_WORD = either([*SMALL, *TENS, *MAGNITUDES, "dozen", *ORDINALS])
_DIGITS = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})+,\d{3}|\d+)(?!\d)(\.\d+)?|\.\d+")
_ORDINAL_SUFFIX = re.compile(r"(?:st|nd|rd|th)\b", re.I)
_SUFFIX = re.compile(rf"\s?(?P<s>{either(SUFFIXES)})(?![\w'’])", re.I)
_MAGNITUDE_AFTER = re.compile(rf"[\s-](?:(?P<s>mn|mln|bn|bln|tn|trn)|(?P<w>{either([*MAGNITUDES, 'dozen'])}))\b", re.I)
_MIXED = re.compile(r"[\s-]([1-9])/([2-9])(?![\d/])")
_SLASH = re.compile(r"/([2-9]|10)(?![\d/])")
_AND_A_HALF = re.compile(r"[\s-]and[\s-]a[\s-](half|quarter)\b", re.I)
_LEAD = re.compile(
    rf"(half\s+an?|a\s+half|a\s+quarter\s+of\s+a|a\s+quarter|an?|several|(?:a\s+)?few|a\s+couple(?:\s+of)?)[\s-]+({_MAGNITUDE})\b",
    re.I,
)
_PLURAL = re.compile(
    rf"({either(PLURALS)})(?:\s+(?:of|and|upon)\s+(?:(?:the|several)\s+)?({either(PLURALS)}))?\b", re.I
)
_COUPLE = re.compile(r"a\s+couple(?=\s+(?:of|more|dozen|hundred)\b)", re.I)
_FRACTION = re.compile(
    rf"(?:(?P<n>one|two|three|four|five|six|seven|eight|nine)(?P<j>[\s-])|(?P<a>a)\s+)(?P<d>{either(DENOMINATORS)})\b",
    re.I,
)
_HALF = re.compile(
    r"half(?=\s+(?:of\b|the\b|its\b|his\b|her\b|their\b|our\b|all\b|an\s+hour\b|a\s+(?:mile|kilomet|day|century|percent)))",
    re.I,
)
_OF_NEXT = re.compile(r"\s+of\b", re.I)
_NEXT_WORD = re.compile(rf"(?P<join>\s+and\s+|[\s-])(?P<word>{_WORD})\b", re.I)
_FIRST_WORD = re.compile(rf"(?:{_WORD})\b", re.I)

# Where a numeral may begin: articles only before a word that makes them one.
CANDIDATE = re.compile(
    rf"\d|(?<!\w)\.\d|[{''.join(GLYPHS)}]|\b(?:{_WORD}|{either(PLURALS)}|half|several(?=\s(?:{_MAGNITUDE})\b)|few(?=\s(?:{_MAGNITUDE})\b)"
    rf"|an?(?=[\s-]+(?:half|quarter|few|couple|{either(DENOMINATORS)}|{_MAGNITUDE})\b))\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in a text.

    Attributes:
        start: offset of its first character.
        end: offset after its last.
        low: smallest value.
        high: largest value, None for an open plural ("dozens").
        kind: cardinal, ordinal, or a fraction of one ("two-thirds" is 0.667).
        step: the place its last digit stands for ("1.2 million": 100,000); 0 for number words without magnitude.
        digits: whether it is written with digits.
        scale: the magnitude that belongs to it ("15 million": 1,000,000), else 1.
    """

    start: int
    end: int
    low: float
    high: float | None
    kind: Literal["cardinal", "ordinal", "fraction"] = "cardinal"
    step: float = 0.0
    digits: bool = False
    scale: float = 1.0


def read_numeral(text: str, at: int, money: bool = False) -> Numeral | None:
    """The longest numeral that begins at an offset.

    Args:
        text: the text.
        at: offset, best one of `CANDIDATE`'s matches.
        money: whether a currency sign stands before it, which makes the suffix of "40m" millions and not metres.

    Returns:
        The numeral, or None when the words there are none.
    """
    if text[at] in GLYPHS:
        return Numeral(at, at + 1, GLYPHS[text[at]], GLYPHS[text[at]], "fraction")
    if text[at].isdigit() or text[at] == ".":
        return _read_digits(text, at, money)
    return _read_lead(text, at) or _read_fraction(text, at) or _read_words(text, at)


def _read_digits(text: str, at: int, money: bool) -> Numeral | None:
    match = _DIGITS.match(text, at)
    if match is None:
        return None
    plain = match.group().replace(",", "")
    value, end = float(plain), match.end()
    if len(plain) > 15:
        return None
    whole, _, decimals = plain.partition(".")
    step = 10.0 ** -len(decimals) if decimals else 10.0 ** (len(whole) - len(whole.rstrip("0")) if value else 0)
    if ordinal := _ORDINAL_SUFFIX.match(text, end):
        return Numeral(at, ordinal.end(), value, value, "ordinal", 0.0, True)
    if not decimals and (slash := _SLASH.match(text, end)) and value < float(slash.group(1)):
        part = value / float(slash.group(1))
        return Numeral(at, slash.end(), part, part, "fraction", 0.02, True)
    if not decimals and end < len(text) and text[end] in GLYPHS:
        value, end, step = value + GLYPHS[text[end]], end + 1, 0.0
    elif not decimals and (mixed := _MIXED.match(text, end)) and mixed.group(1) < mixed.group(2):
        value, end, step = value + int(mixed.group(1)) / int(mixed.group(2)), mixed.end(), 0.0
    elif half := _AND_A_HALF.match(text, end):
        value, end, step = value + (0.5 if half.group(1).lower() == "half" else 0.25), half.end(), 0.0
    factor, end = _magnitudes(text, end, money)
    if factor != 1:
        step = (10.0 ** -len(decimals) if decimals else 1.0) * factor
    return Numeral(at, end, value * factor, value * factor, "cardinal", step, True, factor)


def _magnitudes(text: str, end: int, money: bool) -> tuple[float, int]:
    """Product of the magnitudes that follow a number, and where they end."""
    factor = 1.0
    suffix = _SUFFIX.match(text, end)
    # A lone letter apart from its number, and "m" without a currency, are units or other things.
    if suffix:
        letter, apart = suffix.group("s"), suffix.start("s") > end
        plain = letter in ("k", "K", "bn", "BN", "mn", "tn", "mln", "bln", "trn", "Bn", "Mn")
        if (plain and not (apart and len(letter) == 1)) or (money and not apart) or (letter in "MB" and not apart):
            return SUFFIXES[letter.lower()], suffix.end()
    while match := _MAGNITUDE_AFTER.match(text, end):
        word = (match.group("w") or "").lower()
        factor *= 12 if word == "dozen" else MAGNITUDES[word] if word else SUFFIXES[match.group("s").lower()]
        end = match.end()
    return factor, end


def _read_lead(text: str, at: int) -> Numeral | None:
    """ "half a million", "a dozen", "several hundred", "dozens", "tens of thousands", "a couple"."""
    if match := _LEAD.match(text, at):
        lead, word = match.group(1).lower(), match.group(2).lower()
        unit = {"dozen": 12, "score": 20}.get(word) or MAGNITUDES[word]
        if "few" in lead or lead == "several":
            return Numeral(at, match.end(), 2 * unit, 10 * unit, scale=unit)
        if "couple" in lead:
            return Numeral(at, match.end(), 2 * unit, 3 * unit, scale=unit)
        factor = 0.5 if "half" in lead else 0.25 if "quarter" in lead else 1
        if factor == 1 and word != "dozen" and (longer := _read_words(text, match.start(2))):
            return Numeral(at, longer.end, longer.low, longer.high, longer.kind, longer.step, scale=longer.scale)
        return Numeral(at, match.end(), factor * unit, factor * unit, step=factor * unit, scale=unit)
    if match := _PLURAL.match(text, at):
        low = 2 * PLURALS[match.group(1).lower()]
        if match.group(2):
            low *= PLURALS[match.group(2).lower()]
        # Words that have other senses count only before "of": "scores of people", not "test scores".
        if (
            match.group(1).lower() in ("scores", "tens")
            and not match.group(2)
            and not _OF_NEXT.match(text, match.end())
        ):
            return None
        return Numeral(at, match.end(), low, None, scale=low / 2)
    if match := _COUPLE.match(text, at):
        return Numeral(at, match.end(), 2, 3)
    return None


def _read_fraction(text: str, at: int) -> Numeral | None:
    if match := _HALF.match(text, at):
        return Numeral(at, match.end(), 0.5, 0.5, "fraction", 0.02)
    match = _FRACTION.match(text, at)
    if match is None:
        return None
    top = SMALL[match.group("n").lower()] if match.group("n") else 1
    word = match.group("d").lower()
    below = DENOMINATORS[word]
    if ((top > 1) != word.endswith("s") and word != "halves") or top >= below:
        return None
    # "a third man", "three quarters of growth": a hyphen or "of" tells the fraction.
    if match.group("j") != "-" and not _OF_NEXT.match(text, match.end()):
        return None
    return Numeral(at, match.end(), top / below, top / below, "fraction", 0.02)


def _read_words(text: str, at: int) -> Numeral | None:
    first = _FIRST_WORD.match(text, at)
    if first is None:
        return None
    current: float | None = None
    total, scale, last, step = 0.0, float("inf"), "", 0.0
    word, join, end, new_end, kind, seen = first.group().lower(), "", at, first.end(), "cardinal", 0
    while True:
        # A value may follow tens ("twenty-one"), a hundred ("hundred and five") or a larger magnitude, nothing else.
        room = current is None if last in ("", "scale") else last == "hundred"
        if join.strip() == "and" and last not in ("hundred", "scale"):
            break
        if word in SMALL:
            value: float = SMALL[word]
            if not (room or (last == "tens" and 0 < value < 10 and "and" not in join)):
                break
            current, last, step = (current or 0) + value, "small", 0.0
        elif word in TENS:
            if not room:
                break
            current, last, step = (current or 0) + TENS[word], "tens", 0.0
        elif word in ORDINALS:
            value = ORDINALS[word]
            if word == "hundredth" and last in ("small", "tens"):
                current = (current or 1) * 100
            elif (room and (not seen or last in ("hundred", "scale"))) or (last == "tens" and value < 10):
                current = (current or 0) + value
            else:
                break
            kind, end, seen = "ordinal", new_end, seen + 1
            break
        elif word == "hundred" or word == "dozen":
            if join.strip() == "and" or last in ("hundred", "dozen") or (current or 0) >= 100:
                break
            factor = 100.0 if word == "hundred" else 12.0
            current, last, step = (current if current is not None else 1) * factor, word, factor
        else:
            factor = MAGNITUDES[word]
            if join.strip() == "and" or factor >= scale or last == "scale":
                break
            total += (current if current is not None else 1) * factor
            current, scale, last, step = None, factor, "scale", factor
        end, seen = new_end, seen + 1
        if current is not None and last == "small" and (half := _AND_A_HALF.match(text, end)):
            current, end = current + (0.5 if half.group(1).lower() == "half" else 0.25), half.end()
        following = _NEXT_WORD.match(text, end)
        if following is None:
            break
        word, join, new_end = following.group("word").lower(), following.group("join"), following.end()
    if not seen:
        return None
    value = total + (current or 0)
    return Numeral(at, end, value, value, "ordinal" if kind == "ordinal" else "cardinal", step, False, max(step, 1.0))
