"""Everything the user gave, read, checked and with unique ids."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from consistency.article import Article, Skipped
from consistency.errors import InputError
from consistency.load.build import Limits, build, check
from consistency.load.files import read_file, read_stdin
from consistency.load.ids import unique
from consistency.load.paths import find_files, format_of
from consistency.load.record import FIELDS, Notes, Record, RejectedError, is_missing
from consistency.load.tables import Row, frame_rows, rows_to_records

TEXT_WORDS = 4


@dataclass(frozen=True, slots=True)
class Loaded:
    """The outcome of `load`.

    Attributes:
        articles: what was read, in the order of the input, ids unique.
        skipped: what was left out, and why.
        warnings: what was read but deserves a look, one line each.
    """

    articles: tuple[Article, ...]
    skipped: tuple[Skipped, ...]
    warnings: tuple[str, ...]


def load(
    inputs: Any,
    *,
    columns: Mapping[str, str] | None = None,
    on_skip: Callable[[Skipped], object] | None = None,
    languages: Iterable[str] | None = ("en",),
    max_chars: int = 20_000_000,
) -> Loaded:
    """Read articles.

    Args:
        inputs: one of, or a list that may mix: a path, folder (with its sub-folders) or pattern, as `Path` or `str`;
            `-` for standard input; an `Article`; a dict with the keys `text` and, optionally, `id`, `source`, `date`,
            `title`, `url`; a text as `str`; a pandas DataFrame with such columns. A `str` is a text if it has a line
            break or at least four words, and names no file; a `Path` is never a text.
        columns: other names for the columns of tables and the keys of JSON and front matter, field to name:
            `{"text": "body"}`.
        on_skip: called with each `Skipped` as it happens.
        languages: ISO 639 codes of the languages to take; None takes all.
        max_chars: longest text of one article, in code points; longer ones are skipped.

    Returns:
        The articles, what was skipped and why, and warnings. One bad file or row never stops the others.

    Raises:
        InputError: nothing readable at all, or `columns` names a field that does not exist.
        MissingExtraError: a Parquet file without pyarrow.

    Example:
        >>> load(["The minister resigned on Monday, his office said."]).articles[0].id
        'text#1'
    """
    columns = dict(columns or {})
    unknown = sorted(set(columns) - set(FIELDS))
    if unknown:
        raise InputError(
            f"unknown field {unknown[0]!r}", where="columns", how=f"fields are {', '.join(FIELDS)}: {{'text': 'body'}}"
        )
    limits = Limits(max_chars, None if languages is None else tuple(languages))
    notes = Notes(on_skip)
    articles: list[Article] = []
    given: list[bool] = []
    for item in _items(inputs, columns, notes):
        where = item.id if isinstance(item, Article) else item.where
        try:
            if isinstance(item, Article):
                check(item, where, limits, notes)
                article = item
            else:
                article = build(item, limits, notes)
        except RejectedError as error:
            notes.skip(error.kind, error.where or where, error.why)
            continue
        articles.append(article)
        given.append(isinstance(item, Article) or not is_missing(item.values.get("id")))
    kept = unique(articles, given, notes)
    if not kept:
        raise _nothing(notes)
    return Loaded(tuple(kept), tuple(notes.skipped), notes.warnings())


def _items(inputs: Any, columns: Mapping[str, str], notes: Notes) -> Iterator[Record | Article]:
    single = isinstance(inputs, (str, Path, Article, Mapping)) or _is_frame(inputs)
    seen: set[str] = set()
    for number, item in enumerate([inputs] if single else inputs, start=1):
        if isinstance(item, Article):
            yield item
        elif isinstance(item, Mapping):
            row: list[Row] = [(number, {str(key): value for key, value in item.items()})]
            read = partial(rows_to_records, row, "list", "item", "item", columns, notes)
            yield from _safely(read, f"list item {number}", notes)
        elif _is_frame(item):
            name = "frame" if single else f"frame{number}"
            yield from _safely(partial(_frame, item, name, columns, notes), "DataFrame", notes)
        elif str(item) == "-":
            if "-" not in seen:
                seen.add("-")
                yield from _safely(partial(read_stdin, columns, notes), "stdin", notes)
        elif isinstance(item, str) and not item.strip():
            notes.skip("empty", f"item {number}", "an empty string; give a path or a text")
        elif isinstance(item, str) and _is_text(item):
            yield Record({"text": item}, f"text {number}", f"text#{number}")
        elif isinstance(item, (str, Path)):
            for path in find_files(Path(item), notes):
                # A file that is named twice, by a folder and by a pattern, is still one file.
                real = os.path.realpath(path)  # Path.resolve raises on a link to itself
                if real not in seen:
                    seen.add(real)
                    yield from _safely(partial(read_file, path, columns, notes), str(path), notes)
        else:
            notes.skip(
                "unsupported", f"item {number}", f"a {type(item).__name__}; give a path, a text, a dict or an Article"
            )


def _frame(frame: Any, name: str, columns: Mapping[str, str], notes: Notes) -> Iterator[Record]:
    return rows_to_records(frame_rows(frame, columns), "DataFrame", "row", name, columns, notes)


def _safely(read: Callable[[], Iterator[Record]], what: str, notes: Notes) -> Iterator[Record]:
    """The records of one input; a rejection of the whole of it is noted and ends only this input."""
    try:
        yield from read()
    except RejectedError as error:
        notes.skip(error.kind, error.where or what, error.why)


def _is_frame(item: Any) -> bool:
    return hasattr(item, "columns") and hasattr(item, "iloc")


def _is_text(item: str) -> bool:
    if "\n" in item or "\r" in item:
        return True
    if len(item.split()) < TEXT_WORDS or format_of(Path(item)) is not None:
        return False
    try:
        return not Path(item).exists()
    except (OSError, ValueError):  # too long for a path, or with characters that none can have
        return True


def _nothing(notes: Notes) -> InputError:
    skipped = notes.skipped
    if not skipped:
        return InputError("no articles were given", how="name files or folders, or - for standard input")
    if len(skipped) == 1:
        return InputError(skipped[0].why, where=skipped[0].what)
    shown = "; ".join(f"{item.what}: {item.why}" for item in skipped[:3])
    more = f"; and {len(skipped) - 3:,} more" if len(skipped) > 3 else ""
    return InputError(f"none of the {len(skipped):,} inputs can be read: {shown}{more}")
