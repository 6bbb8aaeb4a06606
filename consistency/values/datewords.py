"""Finding the words of dates and clock times: patterns only, no meaning that needs an anchor."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from consistency.values.wordlists import either

MONTHS = {
    name: i
    for i, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS = {
    name: i
    for i, names in enumerate(
        (
            "monday mon",
            "tuesday tues tue",
            "wednesday wed",
            "thursday thurs thur thu",
            "friday fri",
            "saturday sat",
            "sunday sun",
        ),
        1,
    )
    for name in names.split()
}
_LONG_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_SHORT_MONTHS = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
_MONTH = rf"(?:{_LONG_MONTHS}|{_LONG_MONTHS.upper()}|(?:{_SHORT_MONTHS}|{_SHORT_MONTHS.upper()})\b\.?)"
_WEEKDAY = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_YEAR = r"(?:1[5-9]|20)\d\d"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_TH = r"(?:st|nd|rd|th)?"
_TO_TWELVE = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS = {w: i for i, w in enumerate(["zero", *_TO_TWELVE])} | {
    "a": 1,
    "an": 1,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "a couple of": 2,
}
ZONES = {
    "gmt": "Z", "utc": "Z", "bst": "+01:00", "cet": "+01:00", "cest": "+02:00", "est": "-05:00", "edt": "-04:00",
    "cst": "-06:00", "cdt": "-05:00", "mst": "-07:00", "mdt": "-06:00", "pst": "-08:00",
    "pdt": "-07:00", "ist": "+05:30", "jst": "+09:00",
}  # fmt: skip

Kind = Literal["calendar", "weekday", "relative", "time", "value"]


@dataclass(frozen=True, slots=True)
class DateWords:
    """Words of one date.

    Attributes:
        start: offset of the first character.
        end: offset after the last.
        kind: `calendar` (year, month, day as far as given), `weekday`, `relative` (count of units from the anchor),
            `time`, or `value` (already ISO).
        year: year, or None.
        month: month, or None.
        day: day of the month, or None.
        until: last day of a range inside one month ("May 3-5"), or None.
        weekday: 1 Monday to 7 Sunday, or None.
        which: "last", "next", "this", "" for a weekday or a relative period.
        unit: D, W, M or Y for a relative date.
        count: units from the anchor, negative into the past.
        time: `14:30`, with its offset ("14:30Z") where a zone is named.
        value: ISO value of kind `value`.
    """

    start: int
    end: int
    kind: Kind
    year: int | None = None
    month: int | None = None
    day: int | None = None
    until: int | None = None
    weekday: int | None = None
    which: str = ""
    unit: str = ""
    count: int = 0
    time: str | None = None
    value: str = ""


_ISO = re.compile(
    rf"\b({_YEAR})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?:[T ]([01]\d|2[0-3]):([0-5]\d)(?::\d\d)?(Z)?)?(?![\w-])"
)
_MDY = re.compile(
    rf"\b({_MONTH})\s+({_DAY}){_TH}(?![\d:,]\d)(?!\s?(?:percent|per\s+cent|%|[ap]\.?m))(?:\s?(?:-|–|—|to|through)\s?({_DAY}){_TH}(?![\d:%]))?(?:\s*,?\s+({_YEAR})\b)?"
)
_DMY = re.compile(
    rf"(?<![\d.,:$£€])\b({_DAY}){_TH}(?:\s?(?:-|–|—|to)\s?({_DAY}){_TH})?(?:\s+day)?(?:\s+of)?[\s-]({_MONTH})(?![a-z])(?:\s*,?[\s-]({_YEAR})\b)?"
)
_MY = re.compile(rf"\b({_MONTH})(?:\s+of)?(?:\s*,)?\s+({_YEAR})\b")
_SLASH = re.compile(r"(?<![\d/.-])(\d{1,2})( ?[/.] ?)(\d{1,2})\2((?:19|20)\d\d|\d\d)(?![\d/]|\.\d)")
_NINE_ELEVEN = re.compile(r"(?<![\d/])9/11(?![\d/])")
_MONTH_ALONE = re.compile(rf"\b({_LONG_MONTHS})(?![\w'’-]*\w)|\b({_LONG_MONTHS})(?=['’]s\b)")
_YEARS = re.compile(
    rf"(?<![\d.,:$£€/#-])\b({_YEAR})(?:(?:\s?(?:-|–|/)\s?)(\d\d|{_YEAR}))?(?![\d%/:-])(?!,\d)(?!\.\d)(?!s\b)"
)
_DECADE = re.compile(r"(?<![\w$£€.,])(?:(1[5-9]|20)(\d)0s|['’‘](\d)0s)\b")
_CENTURY = re.compile(
    r"\b(?:(\d{1,2})(?:st|nd|rd|th)|(nineteenth|twentieth|twenty-first|eighteenth|seventeenth|sixteenth))[\s-]century\b",
    re.I,
)
_CENTURIES = {
    "sixteenth": 16,
    "seventeenth": 17,
    "eighteenth": 18,
    "nineteenth": 19,
    "twentieth": 20,
    "twenty-first": 21,
}
_PART_OF_DAY = r"(?:early\s+|late\s+)?(?:morning|afternoon|evening|night)"
_DAY_OF_WEEK = re.compile(
    rf"\b(?:(last|next|this|coming|past|previous|following)\s+)?(?:({_WEEKDAY})(?![a-z])|(Mon|Tues?|Wed|Thurs?|Thur|Fri|Sat|Sun)\b\.?(?=,?\s+{_MONTH}))"
    rf"(?:\s+{_PART_OF_DAY}\b)?"
)
_NO_WEEKDAY_BEFORE = re.compile(
    r"\b(?:Black|Good|Super|Ash|Bloody|Cyber|Easter|Palm|Holy|Ruby|Fat|Giving|Throwback|Sheffield|Shrove|Maundy)\s$"
)
_NO_WEEKDAY_AFTER = re.compile(
    r"(?:\s(?:Times|Telegraph|Mail|Express|Mirror|Herald|Post|Tribune|Night\s+(?:Live|Football|Lights))\b|-Thursday\b)"
)
_NEAR = re.compile(
    rf"\b(?:(the\s+day\s+before\s+yesterday)|(the\s+day\s+after\s+tomorrow)|(yesterday)|(tomorrow)|(today|tonight|(?:earlier|later)\s+today)"
    rf"|(last\s+night)|(this\s+{_PART_OF_DAY}))(?:\s+{_PART_OF_DAY})?\b",
    re.I,
)
_NEAR_DAYS = (-2, 2, -1, 1, 0, -1, 0)
_PERIOD = re.compile(
    r"\b(last|past|previous|this|current|next|coming)\s+(weekend|week|month|year)\b(?!-)(?!['’]?-?old)", re.I
)
_AGO = re.compile(
    rf"\b(?:(?:about|around|some|almost|nearly|more\s+than|over|just)\s+)?({either(_NUMBERS)}|\d{{1,3}})"
    r"\s+(day|week|month|year)s?\s+ago\b",
    re.I,
)
_TIME = re.compile(
    r"(?<![\d.,:$£€/-])(?:(\d{1,2})(?::|\.)([0-5]\d)(?::[0-5]\d)?(?![\d:]|\.\d)(?:\s?([ap])(?:\.\s?m\.?|m)(?!\w))?|(\d{1,2})\s?([ap])(?:\.\s?m\.?|m)(?!\w)|([01]\d|2[0-3])([0-5]\d)\s(?=GMT|UTC|hours|hrs|local))"
    r"(?:\s?(GMT|UTC|BST|CES?T|E[SD]T|C[SD]T|M[SD]T|P[SD]T|IST|JST)\b|\s(?:local\s+time|Eastern|Pacific|hours|hrs))?",
    re.I,
)
_NOON = re.compile(
    r"\b(?:(?:at|by|around|about|before|after|until|from|since)\s+(?:around\s+|about\s+)?)(noon|midday|midnight)\b",
    re.I,
)
_TIME_BEFORE = re.compile(
    r"\b(?:at|by|around|about|before|after|until|till|from|since|between|and|to|is|was|on|shortly)\s$|^\s*$|[(,]\s?$",
    re.I,
)
_LOWER_YEAR_BEFORE = re.compile(
    r"\b(?:in|since|until|by|of|during|from|to|between|before|after|early|late|mid|year|for|through|till|and|the|this|a|than)[\s-](?:the\s)?$",
    re.I,
)
_PEOPLE_AFTER = re.compile(
    r"\s+(?:\w+\s)?(?:people|troops|soldiers|men|women|children|police|jobs|workers|homes|houses|miles|km|kilomet|met(?:er|re)s|feet|acres|tons|tonnes|dollars"
    r"|euros|pounds|votes|students|employees|protesters|members|others|families|patients|cases|degrees|hours|days|dead|injured|calories)\b",
    re.I,
)
_AMOUNT_BEFORE = re.compile(
    r"\b(?:about|around|some|nearly|almost|over|than|least|up to|as many as|roughly|total of|estimated)\s$",
    re.I,
)


_ENDS = re.compile(r"\s?[.,;)](?!\d)")


def scan(text: str) -> list[DateWords]:
    """All dates of a text, in the order of the text, none overlapping; nothing is resolved or joined yet."""
    found: list[DateWords] = []
    taken = bytearray(len(text))  # one mark a character: linear however many dates there are

    def add(words: DateWords) -> None:
        if taken.find(1, words.start, words.end) < 0:
            taken[words.start : words.end] = b"\x01" * (words.end - words.start)
            found.append(words)

    digits = any(c.isdigit() for c in text)
    if digits:
        _scan_figures(text, add)
    for match in _MONTH_ALONE.finditer(text):
        if _month_stands(text, match):
            add(
                DateWords(
                    match.start(), match.end(), "calendar", month=MONTHS[(match.group(1) or match.group(2)).lower()]
                )
            )
    if "day" in text or "." in text:
        for match in _DAY_OF_WEEK.finditer(text):
            if _NO_WEEKDAY_BEFORE.search(text[max(match.start() - 12, 0) : match.start()]) or _NO_WEEKDAY_AFTER.match(
                text, match.end()
            ):
                continue
            weekday = WEEKDAYS[(match.group(2) or match.group(3)).lower()]
            which = (match.group(1) or "").lower()
            add(DateWords(match.start(), match.end(), "weekday", weekday=weekday, which=_which(which)))
    _scan_relative(text, add)
    if digits:
        for match in _YEARS.finditer(text):
            if words := _years(text, match):
                add(words)
    return sorted(found, key=lambda words: words.start)


def _scan_figures(text: str, add) -> None:  # type: ignore[no-untyped-def]
    """Dates and times that hold digits."""
    for match in _ISO.finditer(text):
        year, month, day, hour, minute, zone = match.groups()
        time = f"{hour}:{minute}{zone or ''}" if hour else None
        add(DateWords(*match.span(), "calendar", int(year), int(month), int(day), time=time))
    for match in _MDY.finditer(text):
        month, day, until, year = match.groups()
        if text[match.start() : match.end()].islower():
            continue
        add(_calendar(match, year, month, day, until))
    for match in _DMY.finditer(text):
        day, until, month, year = match.groups()
        add(_calendar(match, year, month, day, until))
    for match in _MY.finditer(text):
        add(_calendar(match, match.group(2), match.group(1)))
    for match in _SLASH.finditer(text):
        one, sign, two, year = int(match.group(1)), match.group(2).strip(), int(match.group(3)), match.group(4)
        if sign == "." and len(year) == 2:
            continue
        # Dots are the European order, slashes the American one unless the first figure can be no month.
        month, day = (two, one) if sign == "." or one > 12 else (one, two)
        if 1 <= month <= 12 and 1 <= day <= 31:
            full = int(year) if len(year) == 4 else int(year) + (2000 if int(year) < 70 else 1900)
            add(DateWords(*match.span(), "calendar", full, month, day))
    for match in _NINE_ELEVEN.finditer(text):
        add(DateWords(*match.span(), "value", value="2001-09-11"))
    for match in _TIME.finditer(text):
        if words := _time(text, match):
            add(words)
    for match in _DECADE.finditer(text):
        century, ten, short = match.groups()
        first = int(century + ten + "0") if century else (2000 if int(short) < 3 else 1900) + int(short) * 10
        if not (
            short
            and re.search(
                r"\b(?:his|her|their)\s(?:early\s|mid-?\s?|late\s)?$", text[max(match.start() - 12, 0) : match.start()]
            )
        ):
            # "the 1600s" are a century, "the 2000s" mostly ten years.
            last = first + (99 if first % 100 == 0 and first < 2000 else 9)
            add(DateWords(*match.span(), "value", value=f"{first}/{last}"))


def _scan_relative(text: str, add) -> None:  # type: ignore[no-untyped-def]
    for match in _CENTURY.finditer(text):
        number = int(match.group(1)) if match.group(1) else _CENTURIES[match.group(2).lower()]
        if 10 < number < 22:
            add(DateWords(*match.span(), "value", value=f"{(number - 1) * 100 + 1}/{number * 100}"))
    for match in _AGO.finditer(text):
        many, unit = match.group(1).lower(), match.group(2)[0].upper()
        count = int(many) if many.isdigit() else _NUMBERS[many]
        add(DateWords(*match.span(), "relative", unit=unit, count=-count, which="ago"))
    for match in _NEAR.finditer(text):
        word = match.group()
        if (
            word[0].isupper()
            and match.start()
            and text[match.start() - 1] == " "
            and text[max(match.start() - 2, 0)] not in ".!?:—–"
        ):
            continue
        days = next(n for n, group in zip(_NEAR_DAYS, match.groups(), strict=True) if group)
        add(DateWords(*match.span(), "relative", unit="D", count=days))
    for match in _PERIOD.finditer(text):
        which, unit = _which(match.group(1).lower()), match.group(2).lower()
        count = {"last": -1, "this": 0, "next": 1}[which]
        add(
            DateWords(
                *match.span(),
                "relative",
                unit="E" if unit == "weekend" else unit[0].upper(),
                count=count,
                which=match.group(1).lower(),
            )
        )
    for match in _NOON.finditer(text):
        time = "00:00" if match.group(1).lower() == "midnight" else "12:00"
        add(DateWords(match.start(1), match.end(1), "time", time=time))


def _which(word: str) -> str:
    return {"past": "last", "previous": "last", "coming": "next", "following": "next", "current": "this"}.get(
        word, word
    )


def _calendar(
    match: re.Match[str], year: str | None, month: str, day: str | None = None, until: str | None = None
) -> DateWords:
    number = MONTHS[month.rstrip(".").lower()]
    last = int(until) if until and day and int(until) > int(day) else None
    words = DateWords(*match.span(), "calendar", int(year) if year else None, number, int(day) if day else None, last)
    # The stop of "Jan. 28" belongs to the date, the one that ends a sentence after the day does not.
    return replace(words, end=match.end()) if not match.group().endswith(",") else replace(words, end=match.end() - 1)


def _month_stands(text: str, match: re.Match[str]) -> bool:
    """Whether a bare month is one: "May" and "March" are verbs too, and months are names of women."""
    name = match.group(1) or match.group(2)
    before = text[max(match.start() - 14, 0) : match.start()]
    led = re.search(
        r"\b(?:in|since|until|till|by|of|from|to|through|during|between|and|before|after|last|next|this|early|late|mid|for|every|each|a|the)[\s-]$",
        before,
        re.I,
    )
    if led:
        return not (led.group().strip().lower() == "to" and name == "March")
    return name not in ("May", "March", "April", "June", "August")


def _years(text: str, match: re.Match[str]) -> DateWords | None:
    before = text[max(match.start() - 16, 0) : match.start()]
    if _PEOPLE_AFTER.match(text, match.end()) or (_AMOUNT_BEFORE.search(before) and not _ENDS.match(text, match.end())):
        return None
    first, second = int(match.group(1)), match.group(2)
    if second:
        last = int(second) if len(second) == 4 else first - first % 100 + int(second)
        if not first < last <= first + 100:
            return None
        return DateWords(*match.span(), "value", value=f"{first}/{last}")
    # Outside the years of living memory a preposition must tell that it is a year.
    if not (1900 <= first <= 2049 or _LOWER_YEAR_BEFORE.search(before)):
        return None
    return DateWords(*match.span(), "calendar", year=first)


def _time(text: str, match: re.Match[str]) -> DateWords | None:
    hour, minute, half, hour_alone, half_alone, hh, mm, zone = match.groups()
    half = half or half_alone
    number, minutes = int(hour or hour_alone or hh), int(minute or mm or 0)
    if number > 23 or (half and not 1 <= number <= 12):
        return None
    tail = text[match.start() : match.end()]
    if not half and not hh:
        dotted = tail[len(hour) : len(hour) + 1] == "."
        before = text[max(match.start() - 10, 0) : match.start()]
        if (dotted and not zone and "local" not in tail) or (
            not zone and "local" not in tail and not _TIME_BEFORE.search(before)
        ):
            return None
    if half:
        number = number % 12 + (12 if half.lower() == "p" else 0)
    value = f"{number:02}:{minutes:02}{ZONES[zone.lower()] if zone else ''}"
    end = match.end()
    # "at 6 p.m. He said": the stop stays with the abbreviation.
    return DateWords(match.start(), end, "time", time=value)
