"""Dates and clock times in a parsed text, resolved against the article's date.

Values (see `consistency.claim.DateMention`), beside plain ISO dates, months, years, date-times and intervals:
    - `2019-01-01/..` and `../2019-01-28`: open intervals ("since January 1", "by January 28"), both ends included.
    - `--01-28`, `--01`: a date, a month, whose year nothing settles.
    - `-W-1` to `-W-7`: Monday to Sunday of an unknown week (without an anchor).
    - `T06:30`, `2019-01-28T06:30Z`, `...-05:00`: a clock time, with its offset where a zone is named.
    - `P0D`, `-P1D`, `P1W`, `-P1M`, `-P2Y`: counted from an article's unknown date ("yesterday" is `-P1D`).
    - Decades are `1990/1999`, centuries `1901/2000`.
    "two weeks ago" is the week around that day, "last week" Monday to Sunday. Slashed dates are read the American way
    unless the first figure is above 12.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

from spacy.tokens import Doc, Span, Token

from consistency import claim
from consistency.values.datewords import DateWords, scan
from consistency.values.wordlists import words as word_list

Tense = Literal["past", "future", "present"]
_TRIGGER = re.compile(
    r"\d|day\b|days\b|day['’]s|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)|yesterday|today|tomorrow|tonight"
    r"|\b(?:last|past|previous|this|current|next|coming)\s|\bago\b|century|noon|midnight",
    re.I,
)
_TIME_JOIN = re.compile(r",?\s+(?:(?:on|in the (?:morning|afternoon|evening)(?: (?:on|of))?|of)\s+)?|,?\s+", re.I)
_DATE_JOIN = re.compile(
    r",?\s+(?:(?:at|around|about|by|(?:shortly|just) (?:after|before)|before|after|from|until)\s+){0,3}",
    re.I,
)
_RANGE_JOIN = re.compile(r"\s+(?:to|through|until|till)\s+|\s?[-–—]\s?", re.I)
_WEEKDAY_JOIN = re.compile(r"\s*[,(]?\s+(?:the\s+)?|\s\(")
_AND = re.compile(r"\s+and\s+", re.I)
_BETWEEN = re.compile(r"\bbetween\s+$", re.I)
_OPEN = re.compile(
    r"\b(since|after|until|till|before|by|from|through)\s+(?:early\s+|late\s+|mid-?\s?|at least\s+|about\s+)?$", re.I
)
_FUTURE_HEADS = word_list(
    "plan expect schedule set due hope intend want ask order agree vow promise pledge need slate prepare aim"
)
_ARRANGED = word_list("plan expect schedule set due hope intend want need slate prepare aim")
_DAY = timedelta(days=1)


def find_dates(doc: Doc | Span, anchor: str | None) -> list[claim.DateMention]:
    """Dates of a text, in the order of the text.

    Args:
        doc: a parsed doc, or a span of one.
        anchor: the article's ISO date (a date-time's date is taken), or None when it is unknown.

    Returns:
        Mentions with offsets in the doc's text, also for a span; see the module's docstring for their values.
    """
    text = doc.text
    if not _TRIGGER.search(text):
        return []
    base = doc.start_char if isinstance(doc, Span) else 0
    day = _parse_anchor(anchor)
    found = []
    for words in _join_weekdays(text, _share_years(text, _drop_names(scan(text), doc, base))):
        tense = _tense(doc, words.start) if words.kind in ("calendar", "weekday") else "past"
        found.append((words, _resolve(words, day, tense)))
    joined = _join_ranges(_join_times(text, found), text)
    mentions = []
    for start, end, value in joined:
        value = _open(text, start, end, value)
        mentions.append(claim.DateMention(claim.Span(start + base, end + base, text[start:end]), value))
    return mentions


def date_extents(doc: Doc | Span, text: str, base: int) -> list[tuple[int, int]]:
    """Character extents of dates and times within a text, so that their figures are not counted as quantities."""
    if not _TRIGGER.search(text):
        return []
    return [(words.start, words.end) for words in _drop_names(scan(text), doc, base)]


def _drop_names(found: list[DateWords], doc: Doc | Span, base: int) -> list[DateWords]:
    """Without months and years that are names or figures by the parse ("June Smith")."""
    kept = []
    for words in found:
        if words.kind == "calendar" and words.month and not words.day and not words.year:
            token = _token_at(doc, words.start)
            if token.ent_type_ in ("PERSON", "ORG") or token.pos_ in ("AUX", "VERB"):
                continue
        elif words.kind == "calendar" and words.year and not words.month and words.end - words.start == 4:
            token = _token_at(doc, words.start)
            if (
                token.ent_type_ in ("CARDINAL", "QUANTITY", "MONEY")
                and token.dep_ == "nummod"
                and token.head.tag_ == "NNS"
            ):
                continue
        kept.append(words)
    return kept


def _share_years(text: str, found: list[DateWords]) -> list[DateWords]:
    """ "from January to March 2018": the year stands for both."""
    for i in range(len(found) - 2, -1, -1):
        one, two = found[i], found[i + 1]
        if one.month and not one.year and two.year and two.month and one.month <= two.month:
            gap = text[one.end : two.start]
            if _RANGE_JOIN.fullmatch(gap) or _AND.fullmatch(gap):
                found[i] = replace(one, year=two.year)
    return found


def _token_at(doc: Doc | Span, offset: int) -> Token:
    """The token that holds a character offset of the doc's or span's own text."""
    base = doc.start_char if isinstance(doc, Span) else 0
    low, high = 0, len(doc) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if doc[middle].idx - base <= offset:
            low = middle
        else:
            high = middle - 1
    return doc[low]


def _parse_anchor(anchor: str | None) -> date | None:
    try:
        return date.fromisoformat(anchor[:10]) if anchor else None
    except ValueError:
        return None


def _tense(doc: Doc | Span, offset: int) -> Tense:
    """Tense of the verb that governs the token at an offset."""
    at = _token_at(doc, offset)
    for _ in range(8):
        if at.pos_ in ("VERB", "AUX"):
            helpers = {c.lower_ for c in at.lefts if c.dep_ in ("aux", "auxpass")}
            if helpers & {"will", "'ll", "’ll", "would", "shall", "wo"}:
                return "future"
            above = at.head
            if (
                at.tag_ == "VB"
                and "to" in helpers
                and (above.lemma_ in _FUTURE_HEADS or above.lemma_ == "be" or above.lemma_ == "go")
            ):
                return "future"
            if at.tag_ == "VBN" and at.lemma_ in _ARRANGED and (at.lemma_ != "set" or _is_ahead(at)):
                return "future"
            if at.tag_ in ("VBD", "VBN") or helpers & {"has", "have", "had", "did"}:
                return "past"
            if at.tag_ in ("VBZ", "VBP") and at.lemma_ in ("be", "have", "say"):
                return "past" if at.lemma_ == "say" else "present"
        if at.head.i == at.i:
            break
        at = at.head
    return "present"


def _is_ahead(verb: Token) -> bool:
    """ "set for February 25", "set to resume": arranged, not put in place."""
    return any(child.lower_ == "for" or child.dep_ == "xcomp" for child in verb.rights)


def _resolve(words: DateWords, anchor: date | None, tense: Tense) -> str:
    """ISO value of one date."""
    if words.kind == "value":
        return words.value
    if words.kind == "time":
        return f"T{words.time}"
    if words.kind == "weekday":
        return _weekday(words, anchor, tense)
    if words.kind == "relative":
        return _relative(words, anchor)
    year, month, day = words.year, words.month, words.day
    if month is None:
        return f"{year:04}"
    if day is not None and day > (
        monthrange(year, month)[1] if year else 29 if month == 2 else monthrange(2001, month)[1]
    ):
        return f"{year:04}-{month:02}" if year else f"--{month:02}"
    if year is None and anchor is not None:
        year = _year_near(anchor, month, day, tense, words.weekday)
    head = f"{year:04}" if year else "-"
    value = f"{head}-{month:02}" if day is None else f"{head}-{month:02}-{day:02}"
    if words.until is not None:
        return f"{value}/{head}-{month:02}-{words.until:02}"
    return f"{value}T{words.time}" if words.time else value


def _year_near(anchor: date, month: int, day: int | None, tense: Tense, weekday: int | None = None) -> int:
    """The year of a date given without one: behind the anchor for the past, ahead for the future, else the nearest."""

    def at(year: int) -> date:
        return date(year, month, min(day or 15, monthrange(year, month)[1]))

    if day is None and month == anchor.month:
        return anchor.year
    years: tuple[int, ...] = (anchor.year - 1, anchor.year, anchor.year + 1)
    if day is not None and weekday is not None:
        years = tuple(year for year in years if at(year).isoweekday() == weekday) or years
        return min(years, key=lambda year: abs((at(year) - anchor).days))
    if tense == "past":
        # Two days of grace: an article's date may be the day before its last line was written.
        return max(year for year in years if at(year) <= anchor + 2 * _DAY)
    if tense == "future":
        return min(year for year in years if at(year) >= anchor)
    return min(years, key=lambda year: abs((at(year) - anchor).days))


def _weekday(words: DateWords, anchor: date | None, tense: Tense) -> str:
    assert words.weekday is not None
    if anchor is None:
        return f"-W-{words.weekday}"
    back = (anchor.isoweekday() - words.weekday) % 7
    ahead = (words.weekday - anchor.isoweekday()) % 7
    if words.which == "next" or (words.which != "last" and tense == "future"):
        return (anchor + _DAY * ((ahead or 7) if words.which == "next" else ahead)).isoformat()
    return (anchor - _DAY * ((back or 7) if words.which == "last" else back)).isoformat()


def _relative(words: DateWords, anchor: date | None) -> str:
    count, unit = words.count, words.unit
    if anchor is None:
        sign = "-" if count < 0 else ""
        return f"{sign}P{abs(count)}{'W' if unit == 'E' else unit}"
    if unit == "D":
        return (anchor + _DAY * count).isoformat()
    if unit in "WE":
        if words.which == "ago":
            middle = anchor + _DAY * 7 * count
            return f"{(middle - 3 * _DAY).isoformat()}/{(middle + 3 * _DAY).isoformat()}"
        monday = anchor - _DAY * (anchor.isoweekday() - 1) + _DAY * 7 * count
        if words.which == "past" and unit == "W":
            return f"{(anchor - 7 * _DAY).isoformat()}/{anchor.isoformat()}"
        first = monday + 5 * _DAY if unit == "E" else monday
        return f"{first.isoformat()}/{(monday + 6 * _DAY).isoformat()}"
    if unit == "M":
        months = anchor.year * 12 + anchor.month - 1 + count
        return f"{months // 12:04}-{months % 12 + 1:02}"
    if words.which == "past":
        return f"{(anchor - 365 * _DAY).isoformat()}/{anchor.isoformat()}"
    return f"{anchor.year + count:04}"


_Found = list[tuple[DateWords, str]]


def _join_weekdays(text: str, found: list[DateWords]) -> list[DateWords]:
    """ "Monday, January 28" is one date, whose weekday tells the year."""
    out: list[DateWords] = []
    for words in found:
        gap = text[out[-1].end : words.start] if out else ""
        if (
            words.kind == "calendar"
            and words.day
            and out
            and out[-1].kind == "weekday"
            and _WEEKDAY_JOIN.fullmatch(gap)
        ):
            before = out.pop()
            words = replace(words, start=before.start, weekday=before.weekday)
        elif words.kind == "weekday" and out and out[-1].unit == "D" and re.fullmatch(r",?\s\(?", gap):
            # "yesterday, Sunday": the relative word is the surer one.
            continue
        out.append(words)
    return out


def _join_times(text: str, found: _Found) -> list[tuple[int, int, str]]:
    """A clock time takes the date beside it, else the only date of its sentence, else it stays a time."""
    out: list[tuple[int, int, str]] = []
    used: set[int] = set()
    days = {i for i, (words, value) in enumerate(found) if words.kind != "time" and _is_day(value)}
    for i, (words, value) in enumerate(found):
        if i in used:
            continue
        if words.kind == "time":
            beside = found[i + 1] if i + 1 < len(found) else None
            if (
                beside
                and i + 1 in days
                and len(beside[0].time or "") == 0
                and _TIME_JOIN.fullmatch(text[words.end : beside[0].start])
            ):
                used.add(i + 1)
                out.append((words.start, beside[0].end, beside[1] + value))
                continue
            if (
                i
                and i - 1 in days
                and out
                and out[-1][1] == found[i - 1][0].end
                and _DATE_JOIN.fullmatch(text[found[i - 1][0].end : words.start])
            ):
                start, _, day = out.pop()
                out.append((start, words.end, day + value))
                continue
            near = (found[j] for j in range(max(i - 4, 0), min(i + 5, len(found))) if j in days)
            same = [day for beside_it, day in near if _same_sentence(text, beside_it, words)]
            if len(same) == 1:
                value = same[0] + value
        out.append((words.start, words.end, value))
    return out


def _is_day(value: str) -> bool:
    return value.startswith("-W") or (len(value) == 10 and value[4] == "-") or (len(value) == 7 and value[:2] == "--")


def _same_sentence(text: str, one: DateWords, two: DateWords) -> bool:
    # From the last character on: "9 p.m." may end its sentence.
    between = text[min(one.end, two.end) - 1 : max(one.start, two.start)]
    return not re.search(r"[.!?]['’”\")]?\s+[A-Z\"“]|\n", between)


def _join_ranges(found: list[tuple[int, int, str]], text: str) -> list[tuple[int, int, str]]:
    """ "from May 3 to May 5", "between Monday and Friday"."""
    out: list[tuple[int, int, str]] = []
    for start, end, value in found:
        if out and "/" not in value and "/" not in out[-1][2]:
            first, middle, earlier = out[-1]
            gap, before = text[middle:start], text[max(first - 9, 0) : first]
            if _is_week(earlier, value):
                # "Monday to Friday", told on a Sunday after: both ends were resolved on their own.
                earlier = (date.fromisoformat(earlier) - 7 * _DAY).isoformat()
            both = _BETWEEN.search(before) and _AND.fullmatch(gap)
            if (both or _RANGE_JOIN.fullmatch(gap)) and _ordered(earlier, value):
                out[-1] = (first, end, f"{earlier}/{value}")
                continue
        out.append((start, end, value))
    return out


def _is_week(one: str, two: str) -> bool:
    """Whether two days follow in the wrong order within one week."""
    return (
        len(one) == len(two) == 10
        and one[0].isdigit()
        and two[0].isdigit()
        and (0 < (date.fromisoformat(one) - date.fromisoformat(two)).days < 7)
    )


def _ordered(one: str, two: str) -> bool:
    """Whether two values can bound an interval: of one form, the first before the second."""
    if one.startswith("-W") and two.startswith("-W"):
        return one != two
    if one[0] in "P-T" or two[0] in "P-T":
        return one[:2] == two[:2] == "--" or (one[0] == two[0] == "T" and one < two)
    return one < two


def _open(text: str, start: int, end: int, value: str) -> str:
    """An open interval for "since", "until", "by" and the like right before a date."""
    match = _OPEN.search(text[max(start - 24, 0) : start])
    if match is None or "/" in value or not value[0].isdigit() or text[end : end + 2] in ("'s", "’s"):
        return value
    word = match.group(1).lower()
    # "shortly before 2 a.m. on Sunday" tells the time.
    if "T" in value and word not in ("since", "until", "till"):
        return value
    if word in ("since", "after"):
        return f"{value}/.."
    return value if word == "from" else f"../{value}"
