"""A raw record to an Article: where the body begins, dates, fallbacks, and the checks that every article must pass."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from consistency.article import Article
from consistency.load.dates import iso_date
from consistency.load.documents import first_line, plain_heading
from consistency.load.language import other_language
from consistency.load.record import WARN_TEXT_BYTES, Notes, Record, RejectedError, is_missing

DATE_LINE = re.compile(
    r"\s*date:?[ \t]+(?P<date>\d{4}-\d{2}-\d{2}(?:T[\d:]+(?:Z|[+-]\d{2}:?\d{2})?)?)(?=\s|\Z)\s*", re.IGNORECASE
)
NAME_DATE = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")
NAME_SOURCE = (
    re.compile(r"(?:\d{4}-\d{2}-\d{2}_)?(?P<source>[^_]+)__.+"),
    re.compile(r"\d{4}-\d{2}-\d{2}_(?P<source>[^_]+)_.+"),
)
SURROGATE = re.compile("[\ud800-\udfff]")
WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Limits:
    """What an article must be to be taken.

    Attributes:
        max_chars: longest text, in code points.
        languages: ISO 639 codes that are welcome; None takes every language.
    """

    max_chars: int
    languages: tuple[str, ...] | None


def build(record: Record, limits: Limits, notes: Notes) -> Article:
    """Make an Article of a record.

    Source and date are what the document states, else what its file name tells, else unknown; `fallbacks` says which.
    The file name tells the date if it has one in ISO form anywhere (`reuters-2019-01-28.txt`), and the source in the
    patterns `source__rest` and `date_source_rest` only (`2019-01-28_reuters_talks.txt`).

    Raises:
        RejectedError: the text is missing, too short, too long, or in another language.
    """
    values = record.values
    text = _text(values.get("text"), record.where, notes)
    stated = {name: _string(values.get(name)) for name in ("id", "source", "title", "url")}
    start, line_date = body_start(text, stated["title"])
    day = None
    if not is_missing(values.get("date")):
        day = iso_date(values["date"])
        if day is None:
            notes.warn(
                f"{record.where}: the date {str(values['date'])[:60]!r} cannot be read and is ignored; "
                "write it as YYYY-MM-DD",
                group=f"{record.path or 'input'}: unreadable dates",
            )
    article_date = day or line_date
    source, fallbacks = stated["source"], {}
    if source is None:
        source = source_of_name(record.name)
        fallbacks["source"] = "file name" if source else "unknown"
    if article_date is None:
        article_date = date_of_name(record.name)
        fallbacks["date"] = "file name" if article_date else "unknown"
    if stated["title"] is None:
        fallbacks["title"] = "unknown"
    article = Article(
        id=stated["id"] or record.default_id,
        text=text,
        source=source,
        date=article_date,
        title=stated["title"],
        url=stated["url"],
        start=start,
        path=record.path,
        fallbacks=fallbacks,
    )
    check(article, record.where, limits, notes)
    return article


def check(article: Article, where: str, limits: Limits, notes: Notes) -> None:
    """Reject an article that is no article, and warn of one that is oddly large.

    Raises:
        RejectedError: too short, too long, or in another language.
    """
    text = article.text
    if not text[article.start :].strip():
        raise RejectedError("empty", "no text; remove it or fill it")
    if len(text) > limits.max_chars:
        raise RejectedError(
            "too_large",
            f"{len(text):,} characters, more than the limit of {limits.max_chars:,}; "
            "split it, or raise the limit with max_chars",
        )
    words = WORD.finditer(text, article.start)
    if next(words, None) is None or next(words, None) is None:
        raise RejectedError("too_short", "fewer than two words; there is no assertion in it")
    if len(text) > WARN_TEXT_BYTES or len(text.encode("utf-8", "replace")) > WARN_TEXT_BYTES:
        notes.warn(f"{where}: {len(text):,} characters is very long for one article; is it several in one?")
    if limits.languages is not None:
        language = other_language(text[article.start :], limits.languages)
        if language is not None:
            raise RejectedError(
                "language",
                f"the text looks like {language!r}, and the models read {', '.join(limits.languages)}; "
                "translate it, or include every language with languages=None",
            )


def body_start(text: str, title: str | None) -> tuple[int, str | None]:
    """Where the body begins, after a `date YYYY-MM-DD` line and a first line that repeats the title.

    Args:
        text: the text of the article.
        title: its title, if known.

    Returns:
        The offset, and the date of the line if there is one. The offset is 0 when nothing comes before the body.
    """
    start, day = 0, None
    for _ in range(2):  # the two may stand in either order
        match = DATE_LINE.match(text, start) if day is None else None
        if match is not None and (found := iso_date(match["date"])) is not None:
            start, day = match.end(), found
        line, end = first_line(text, start)
        if title is not None and _folded(plain_heading(line)) == _folded(title):
            start, title = end, None
    return start, day


def _folded(line: str) -> str:
    return " ".join(line.split()).casefold()


def date_of_name(name: str | None) -> str | None:
    """The first ISO date in a file name that exists in the calendar."""
    for match in NAME_DATE.finditer(name or ""):
        try:
            return date.fromisoformat(match.group()).isoformat()
        except ValueError:
            continue
    return None


def source_of_name(name: str | None) -> str | None:
    """The source in a file name of the form `source__rest` or `date_source_rest`."""
    stem = stem_of(name or "")
    for pattern in NAME_SOURCE:
        match = pattern.fullmatch(stem)
        if match is not None and any(char.isalpha() for char in match["source"]):
            return match["source"]
    return None


def stem_of(name: str) -> str:
    """A file name without its ending, and without `.gz`."""
    stem = PurePath(name.removesuffix(".gz")).name
    return PurePath(stem).stem


def _text(value: object, where: str, notes: Notes) -> str:
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if is_missing(value):
        raise RejectedError("empty", "no text; remove it or fill it")
    if not isinstance(value, str):
        raise RejectedError("text", f"the text is a {type(value).__name__}, not a string; give it as one string")
    if SURROGATE.search(value):
        # Half of a character cannot be written to any file later; one for one, so that offsets do not move.
        notes.warn(f"{where}: damaged characters, shown as \ufffd; write the file again as UTF-8")
        value = SURROGATE.sub("\ufffd", value)
    return value


def _string(value: object) -> str | None:
    if is_missing(value) or isinstance(value, (dict, list)):
        return None
    if isinstance(value, float) and math.isfinite(value) and value.is_integer():
        value = int(value)  # a column of numbers with gaps is read as 3.0
    return SURROGATE.sub("\ufffd", " ".join(str(value).split()))
