"""Dates of publication, normalised to ISO."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from email.utils import parsedate_to_datetime

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
CLOCK = r"(?:,?\s+(?:at\s+)?(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?\s*(?P<half>[ap]\.?m\.?)?)?"
MONTH_FIRST = re.compile(
    WEEKDAY + r"(?P<month>[a-z]+)\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})" + CLOCK, re.I
)
DAY_FIRST = re.compile(
    WEEKDAY + r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+(?P<month>[a-z]+)\.?,?\s+(?P<year>\d{4})" + CLOCK, re.I
)
COMPACT = re.compile(r"(?:19|20)\d{6}")
ISO_LIKE = re.compile(r"\d{4}[-/]\d{1,2}[-/]\d{1,2}(?!\d)")


def iso_date(value: object) -> str | None:
    """Normalise a date of publication.

    Understands ISO, RFC 2822 ("Mon, 28 Jan 2019 10:30:00 +0000"), English dates with the month as a word, and date
    and datetime objects (pandas Timestamps are datetimes). A clock time of exactly midnight without a zone is how
    tables write a plain date, and is read as one. Dates such as 01/02/2019 mean different days in different
    countries and are not guessed.

    Args:
        value: text, number, date or datetime.

    Returns:
        `YYYY-MM-DD`, or `YYYY-MM-DDTHH:MM:SS` with its offset if one is stated; None when it cannot be read.
    """
    if isinstance(value, datetime):
        return _iso(value)
    if isinstance(value, date):
        return value.isoformat()
    if type(value).__name__ == "datetime64":  # numpy
        return iso_date(str(value))
    text = re.sub(r"\s+", " ", str(value)).strip()
    try:
        return _from_iso(text) or _from_words(text) or _from_rfc(text)
    except (ValueError, OverflowError):
        return None


def _iso(moment: datetime) -> str:
    if moment.tzinfo is None and moment.time() == time():
        return moment.date().isoformat()
    # Not moment.isoformat(): a pandas Timestamp would add nanoseconds of its own.
    return moment.replace(microsecond=0).isoformat()[:19] + _offset(moment)


def _offset(moment: datetime) -> str:
    offset = moment.utcoffset()
    if offset is None:
        return ""
    seconds = int(offset.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("+", seconds)
    return f"{sign}{seconds // 3600:02d}:{seconds % 3600 // 60:02d}"


def _from_iso(text: str) -> str | None:
    if COMPACT.fullmatch(text):
        return date.fromisoformat(text).isoformat()
    match = ISO_LIKE.match(text)
    if match is None:
        return None
    day = date(*(int(part) for part in re.split("[-/]", match.group())))
    rest = re.sub(r" ?(?:UTC|GMT)$", "+00:00", text[match.end() :])
    if not rest:
        return day.isoformat()
    # "2019-01-28 10:30:00 +0100" is common in feeds; fromisoformat wants no blank before the zone.
    clock = re.sub(r" (?=[+-]\d)", "", rest.lstrip("Tt ").replace(",", "."))
    return _iso(datetime.fromisoformat(f"{day.isoformat()}T{clock}"))


def _from_words(text: str) -> str | None:
    match = MONTH_FIRST.fullmatch(text) or DAY_FIRST.fullmatch(text)
    if match is None:
        return None
    month = MONTHS.get(match["month"].casefold())
    if month is None:
        return None
    day = date(int(match["year"]), month, int(match["day"]))
    if match["hour"] is None:
        return day.isoformat()
    hour = int(match["hour"])
    if match["half"]:
        hour = hour % 12 + (12 if match["half"][0] in "pP" else 0)
    return _iso(datetime.combine(day, time(hour, int(match["minute"]), int(match["second"] or 0))))


def _from_rfc(text: str) -> str | None:
    # The standard parser accepts almost anything with a number in it, so the shape is checked first.
    if not re.match(r"(?:[A-Za-z]{3},? )?\d{1,2} [A-Za-z]{3} \d{4} \d{1,2}:\d{2}", text):
        return None
    return _iso(parsedate_to_datetime(text))
