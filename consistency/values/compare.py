"""Comparing figures and dates as values."""

from __future__ import annotations

import re
from typing import Literal

from consistency.claim import DateMention, Quantity
from consistency.values.counted import counted_key, split_of
from consistency.values.isodates import (
    Stretch,
    days_of,
    read_relative,
    read_stretch,
    read_time,
    read_weekday,
    read_yearless,
)
from consistency.values.numerals import CANDIDATE, read_numeral
from consistency.values.wordlists import words

QuantityRelation = Literal["equal", "compatible", "conflict", "incomparable"]
DateRelation = Literal["same", "compatible", "conflict", "incomparable"]

_GROWING = words(
    "dead injured missing arrested evacuated rescued homeless infected casualty case patient cost damage loss "
    "bill toll victim body survivor aftershock claim complaint signature donation debt acre hectare home "
    "house building customer outage refugee charge lawsuit download view fan follower subscriber"
)
FIXED_UNITS = frozenset({"age", "score", "ordinal", "magnitude", "meter", "kelvin", "meter per second"})
OPEN_END = "/.."
_RELATIVE_SPREAD = 0.1
_FALLS_SHORT = re.compile(r"(nearly|almost|just (under|below|short of)|not quite|close to)\b", re.IGNORECASE)


def can_grow(of: str | None, unit: str | None = None) -> bool:
    """Whether a figure changes as the news develops (a toll, a cost), against one that is fixed once told (age, score).

    Args:
        of: `Quantity.of`.
        unit: `Quantity.unit`.
    """
    if unit in FIXED_UNITS or of is None:
        return False
    role, noun = split_of(of)
    return role in _GROWING or (noun or "") in _GROWING


def compare_quantities(a: Quantity, b: Quantity) -> QuantityRelation:
    """How two figures stand to each other; symmetric.

    A rounded figure agrees with what rounds to it: "1.2 million" with 1,234,567, "67 percent" with 66.7. At most a
    tenth of the value is given for that (percentages: half of the last place).

    Returns:
        `incomparable` for another unit or another counted thing, a part beside a total, or plain counts of nothing
        named; `equal` for the same interval (to rounding of conversions); `compatible` for intervals that overlap;
        `conflict` for intervals that do not.
    """
    if a.unit != b.unit:
        return "incomparable"
    same = _near(a.low, b.low) and _near(a.high, b.high)
    if not _same_thing(a, b, same):
        return "incomparable"
    if same:
        return "equal"
    if a.unit == "score":
        return "conflict"
    return "conflict" if _below(a, b) or _below(b, a) else "compatible"


def _below(a: Quantity, b: Quantity) -> bool:
    """Whether a's values all lie below b's, roundings allowed for. "Nearly 90" is no rounding of 93."""
    slack = _slack(b) if _FALLS_SHORT.match(a.span.text) else max(_slack(a), _slack(b))
    return a.high is not None and b.low is not None and a.high + slack < b.low


def _same_thing(a: Quantity, b: Quantity, same: bool) -> bool:
    if a.unit == "magnitude":
        return True
    one, two = counted_key(a.of), counted_key(b.of)
    if _is_part(a) != _is_part(b):
        return False
    if one == two:
        return one is not None or a.unit is not None or same
    if a.unit is None or (one is not None and two is not None):
        # "12 soldiers died" beside "12 dead": the narrower group may be the whole, if the figures are the same.
        (role, noun), (other, thing) = split_of(one), split_of(two)
        return same and role is not None and role == other and (noun is None or thing is None)
    return a.unit != "age"


def _is_part(quantity: Quantity) -> bool:
    tail = quantity.span.text.split()
    return len(tail) > 2 and tail[-2].lower() == "of"


def _near(one: float | None, two: float | None) -> bool:
    if one is None or two is None:
        return one is two
    return abs(one - two) <= 1e-9 * max(abs(one), abs(two))


def _slack(quantity: Quantity) -> float:
    """How far from a figure a value may lie that rounds to it, in the figure's unit."""
    values = [abs(v) for v in (quantity.low, quantity.high) if v is not None]
    if not values or quantity.unit in ("age", "score", "ordinal"):
        return 0.0
    step, value = _last_place(quantity.span.text)
    if not step or not value:
        return 0.0
    if quantity.unit in ("%", "percentage point"):
        return step / 2 * (100 if value < 1 < max(values) else 1) * (1 + 1e-9)
    # Small counts are told to the unit: "10 people" is not 11.
    if quantity.unit is None and value < 1000:
        return 0.0
    largest = max(values)
    return min(step / value / 2, _RELATIVE_SPREAD) * largest if quantity.unit != "kelvin" else 1.0


def _last_place(text: str) -> tuple[float, float]:
    """Step and value of the last numeral in a figure's words."""
    best = (0.0, 0.0)
    match = CANDIDATE.search(text)
    while match is not None:
        money = match.start() > 0 and text[match.start() - 1] in "$£€¥₹"
        numeral = read_numeral(text, match.start(), money)
        if numeral is not None:
            best = (numeral.step, numeral.low)
        match = CANDIDATE.search(text, numeral.end if numeral is not None else match.end())
    return best


def compare_dates(a: DateMention, b: DateMention, same_article: bool = False) -> DateRelation:
    """How two dates stand to each other; symmetric.

    Args:
        a: a date.
        b: another.
        same_article: whether both count from one article's date, which makes `-P1D` and `P0D` comparable.

    Returns:
        `same` for the same stretch of time; `compatible` where one holds the other or they overlap (a month and its
        day, a weekday and a date that falls on it); `conflict` where they cannot both be; `incomparable` for forms
        that say nothing of each other (a clock time and a date, dates relative to unknown days).
    """
    one, two = a.value, b.value
    if one.endswith(OPEN_END) and two.endswith(OPEN_END):  # "since 1992" and "since 1985" tell two beginnings
        one, two = one.removesuffix(OPEN_END), two.removesuffix(OPEN_END)
    first, second = read_stretch(one), read_stretch(two)
    if first is not None and second is not None:
        return _stretches(first, second)
    if one == two:
        return "same" if same_article or read_relative(one) is None else "incomparable"
    if first is not None or second is not None:
        stretch, other = (first, two) if first is not None else (second, one)
        assert stretch is not None
        return _stretch_and(stretch, other)
    one, clock, two, other_clock = *_clock_apart(one), *_clock_apart(two)
    if one and one == two and clock != other_clock:
        return "compatible" if None in (clock, other_clock) else "conflict"
    for read in (read_weekday, read_time, read_relative, read_yearless):
        left, right = read(one), read(two)
        if left is None or right is None:
            continue
        if read is read_yearless:
            return "conflict" if left[0] != right[0] or None not in (left[1], right[1]) else "compatible"  # type: ignore[index]
        if read is read_time and left[1] != right[1]:  # type: ignore[index]
            return "incomparable"
        if read is read_relative and not (same_article and left[1] == right[1]):  # type: ignore[index]
            return "incomparable"
        return "same" if left == right else "conflict"
    return "incomparable"


def _clock_apart(value: str) -> tuple[str, str | None]:
    """`-W-1T06:30` as weekday and time; other values stay whole."""
    day, sign, clock = value.partition("T")
    return (day, clock) if day and sign else (value, None)


def _stretches(a: Stretch, b: Stretch) -> DateRelation:
    if a.zoned != b.zoned:
        # One clock's zone is unknown: only the day, give or take one, can be told.
        apart = max(a.start - b.end, b.start - a.end).total_seconds()
        return "compatible" if apart < 14 * 3600 else "conflict"
    if (a.start, a.end) == (b.start, b.end):
        return "same"
    return "compatible" if a.start < b.end and b.start < a.end else "conflict"


def _stretch_and(stretch: Stretch, other: str) -> DateRelation:
    """A stretch beside a weekday, a date without its year, or a clock time."""
    if (weekday := read_weekday(other)) is not None:
        return "compatible" if any(day.isoweekday() == weekday for day in days_of(stretch)) else "conflict"
    if (yearless := read_yearless(other)) is not None:
        month, day = yearless
        for year in range(stretch.start.year, min(stretch.end.year, stretch.start.year + 1) + 1):
            point = read_stretch(f"{year:04}-{month:02}" + (f"-{day:02}" if day else ""))
            if point is not None and point.start < stretch.end and stretch.start < point.end:
                return "compatible"
        return "conflict"
    if (clock := read_time(other)) is not None and stretch.timed:
        minute, zone = clock
        if (zone is not None) != stretch.zoned:
            return "incomparable"
        at = stretch.start.hour * 60 + stretch.start.minute
        length = (stretch.end - stretch.start).total_seconds() / 60
        return "compatible" if (minute - at) % 1440 < length else "conflict"
    return "incomparable"
