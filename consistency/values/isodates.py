"""The stretches of time that the date values of `consistency.values.dates` stand for."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

FIRST, LAST = datetime(1, 1, 2), datetime(9999, 12, 30)
_POINT = re.compile(
    r"(?P<y>\d{4})(?:-(?P<m>\d\d)(?:-(?P<d>\d\d)(?:T(?P<h>\d\d):(?P<min>\d\d)(?::\d\d(?:\.\d+)?)?(?P<z>Z|[+-]\d\d:\d\d)?)?)?)?"
)
_YEARLESS = re.compile(r"--(\d\d)(?:-(\d\d))?(?:T\d\d:\d\d)?")
_WEEKDAY = re.compile(r"-W-([1-7])(?:T\d\d:\d\d)?")
_RELATIVE = re.compile(r"(-?)P(\d+)([DWMY])")
_TIME = re.compile(r"T(\d\d):(\d\d)(Z|[+-]\d\d:\d\d)?")


@dataclass(frozen=True, slots=True)
class Stretch:
    """From `start` up to, not including, `end`; `zoned`: both are in UTC; `timed`: a clock time is given."""

    start: datetime
    end: datetime
    zoned: bool = False
    timed: bool = False


def read_stretch(value: str) -> Stretch | None:
    """The stretch of an absolute value ("2019", "2019-01-28T06:30", "2019-01-01/.."), None for any other form."""
    first, slash, last = value.partition("/")
    if not slash:
        return _point(value)
    start = Stretch(FIRST, FIRST) if first == ".." else _point(first)
    end = Stretch(LAST, LAST) if last == ".." else _point(last)
    if start is None or end is None or end.end < start.start:
        return None
    return Stretch(start.start, end.end, start.zoned or end.zoned, start.timed and end.timed)


def _point(value: str) -> Stretch | None:
    match = _POINT.fullmatch(value)
    if match is None:
        return None
    year, month, day = int(match["y"]), int(match["m"] or 1), int(match["d"] or 1)
    try:
        start = datetime(year, month, day, int(match["h"] or 0), int(match["min"] or 0))
        if match["h"]:
            if match["z"]:
                start = start.replace(tzinfo=offset(match["z"])).astimezone(UTC).replace(tzinfo=None)
            return Stretch(start, start + timedelta(minutes=1), bool(match["z"]), True)
        if match["d"]:
            return Stretch(start, start + timedelta(days=1))
        if match["m"]:
            return Stretch(start, start + timedelta(days=monthrange(year, month)[1]))
        return Stretch(start, datetime(year + 1, 1, 1))
    except (ValueError, OverflowError):
        return None


def offset(zone: str) -> timezone:
    """Time zone of `Z` or `+05:30`."""
    if zone == "Z":
        return UTC
    sign = -1 if zone[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(zone[1:3]), minutes=int(zone[4:6])))


def read_yearless(value: str) -> tuple[int, int | None] | None:
    """(month, day or None) of `--01-28`."""
    match = _YEARLESS.fullmatch(value)
    return (int(match[1]), int(match[2]) if match[2] else None) if match else None


def read_weekday(value: str) -> int | None:
    """1 to 7 of `-W-1`."""
    match = _WEEKDAY.fullmatch(value)
    return int(match[1]) if match else None


def read_relative(value: str) -> tuple[int, str] | None:
    """(count, unit) of `-P2D`."""
    match = _RELATIVE.fullmatch(value)
    return (int(match[2]) * (-1 if match[1] else 1), match[3]) if match else None


def read_time(value: str) -> tuple[int, str | None] | None:
    """(minute of the day, zone) of `T06:30`; in UTC, zone `Z`, where a zone is given."""
    match = _TIME.fullmatch(value)
    if match is None:
        return None
    minute = int(match[1]) * 60 + int(match[2])
    if match[3]:
        shift = offset(match[3]).utcoffset(None)
        return int(minute - shift.total_seconds() // 60) % 1440, "Z"
    return minute, None


def days_of(stretch: Stretch) -> list[datetime]:
    """Days that a stretch touches, at most eight: enough to tell which weekdays it holds."""
    day = stretch.start.replace(hour=0, minute=0)
    days: list[datetime] = []
    while day < stretch.end and len(days) < 8:
        days.append(day)
        day += timedelta(days=1)
    return days
