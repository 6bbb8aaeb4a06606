"""Formats that hold several articles: JSON, JSON lines, CSV, Parquet, DataFrames."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from consistency.errors import MissingExtraError
from consistency.load import record
from consistency.load.record import Notes, Record, RejectedError, column_names, missing_text

Row = tuple[int, Mapping[str, object]]
"""The number by which a row is named, and its cells."""


def rows_to_records(
    rows: list[Row], what: str, unit: str, stem: str, columns: Mapping[str, str], notes: Notes, path: str | None = None
) -> Iterator[Record]:
    """Turn the rows of one table into records with our field names.

    Args:
        rows: numbered rows.
        what: how messages name the table.
        unit: how messages name a row (`row`, `line`, `item`).
        stem: default ids are `stem#number`.
        columns: the user's own names, field to column.
        notes: takes rows without a text column and named columns that are not there.
        path: the file.

    Raises:
        RejectedError: no row has a text column.
    """
    named = [(number, row, column_names(row, columns)) for number, row in rows]
    if named and not any("text" in names for _, _, names in named):
        raise RejectedError("columns", missing_text(list(named[0][1]), columns))
    for name, wanted in columns.items():
        if named and not any(name in names for _, _, names in named):
            notes.warn(f"{what}: no column {wanted!r} for {name}; it stays unknown")
    for number, row, names in named:
        where = f"{what} {unit} {number}"
        if "text" not in names:
            notes.skip("columns", where, missing_text(list(row), columns))
            continue
        yield Record({name: row[key] for name, key in names.items()}, where, f"{stem}#{number}", path)


def parse_json(text: str) -> tuple[list[Row], bool]:
    """Read one object, a list of objects, or an object with a list `articles`.

    Returns:
        The rows, numbered from 1, and whether the file is one single article. Items that are no objects come as rows
        without cells.

    Raises:
        RejectedError: no valid JSON, or another shape.
    """
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise RejectedError(
            "json", f"not valid JSON: {error.msg} in line {error.lineno}, column {error.colno}; correct it there"
        ) from error
    except (ValueError, RecursionError) as error:
        raise RejectedError("json", f"not usable JSON: {error}; simplify it") from error
    if isinstance(value, dict) and isinstance(value.get("articles"), list):
        value = value["articles"]
    if isinstance(value, dict):
        return [(1, value)], True
    if not isinstance(value, list):
        raise RejectedError("json", "JSON of another shape; expected an object, or a list of objects, with a text")
    if not value:
        raise RejectedError("empty", "the list of articles is empty")
    return [(number, item if isinstance(item, dict) else {}) for number, item in enumerate(value, start=1)], False


def parse_jsonl(text: str, what: str, notes: Notes) -> list[Row]:
    """Read one JSON object per line; a bad line is skipped by its number and the rest goes on."""
    rows: list[Row] = []
    for number, line in enumerate(io.StringIO(text), start=1):
        if not line.strip():
            continue
        where = f"{what} line {number}"
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            reason = getattr(error, "msg", str(error))
            notes.skip("json", where, f"not valid JSON: {reason}; each line must hold one whole object")
            continue
        if isinstance(value, dict):
            rows.append((number, value))
        else:
            notes.skip("json", where, "not an object; each line must hold one object with a text")
    return rows


def parse_csv(text: str, what: str, notes: Notes, *, delimiter: str | None = None) -> list[Row]:
    """Read a table with a header line.

    A row of the wrong length or with broken quoting is skipped and named, and reading goes on at the next line that
    is a good row again, so that one forgotten quote does not swallow the rest of the file.

    Args:
        text: the decoded file.
        what: how messages name it.
        notes: takes the skipped rows.
        delimiter: None tells it from the header line.

    Raises:
        RejectedError: the header line itself is broken.
    """
    lines = list(io.StringIO(text, newline=""))
    first = next(index for index, line in enumerate(lines) if line.strip())  # decoding refuses a blank file
    if delimiter is None:
        delimiter = max(",;\t|", key=lambda mark: lines[first].count(mark))
    header, used = _csv_record(lines, first, delimiter)
    if not header:
        raise RejectedError("csv", "the header line has broken quoting; correct its quotes")
    rows: list[Row] = []
    line, number = first + used, 0
    while line < len(lines):
        if not lines[line].strip("\r\n"):
            line += 1
            continue
        number += 1
        cells, used = _csv_record(lines, line, delimiter)
        if cells is not None and len(cells) == len(header):
            rows.append((number, dict(zip(header, cells, strict=True))))
            line += used
            continue
        if cells is None:
            end = line + 1
            while end < len(lines) and not _is_good(lines, end, delimiter, len(header)):
                end += 1
            fault = "broken quoting; double each quote inside a quoted cell and close the cell"
        else:
            end = line + used
            fault = f"{len(cells)} cells where the header has {len(header)}; quote cells that hold {delimiter!r}"
        span = f"line {line + 1}" if end == line + 1 else f"lines {line + 1} to {end}"
        notes.skip("row", f"{what} row {number}", f"{span}: {fault}")
        line = end
    return rows


def _is_good(lines: list[str], line: int, delimiter: str, width: int) -> bool:
    cells, used = _csv_record(lines, line, delimiter)
    # A single line with an odd number of quotes is the tail of a broken cell, whatever it parses as.
    whole = used > 1 or lines[line].count('"') % 2 == 0
    return cells is not None and len(cells) == width and whole


def _csv_record(lines: list[str], start: int, delimiter: str) -> tuple[list[str] | None, int]:
    """The cells of the record that begins at a line (None if its quoting is broken) and how many lines it takes."""
    # The limit on a cell is a setting of the whole process: raise it for this record and put it back.
    limit = csv.field_size_limit(record.MAX_FILE_BYTES)
    try:
        reader = csv.reader((lines[index] for index in range(start, len(lines))), delimiter=delimiter, strict=True)
        try:
            return next(reader), reader.line_num
        except csv.Error:
            return None, reader.line_num
    finally:
        csv.field_size_limit(limit)


def parse_parquet(data: bytes, columns: Mapping[str, str]) -> list[Row]:
    """Read the columns of a Parquet file that hold our fields.

    Raises:
        MissingExtraError: pyarrow is not installed.
        RejectedError: no Parquet file, too large, or no text column.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise MissingExtraError("reading Parquet files", "parquet") from error
    try:
        file = pq.ParquetFile(io.BytesIO(data))
        groups = (file.metadata.row_group(index) for index in range(file.metadata.num_row_groups))
        if sum(group.total_byte_size for group in groups) > record.MAX_FILE_BYTES:
            raise RejectedError("too_large", "the table is too large to read at once; split it into smaller files")
        names = column_names(list(file.schema_arrow.names), columns)
        if "text" not in names:
            raise RejectedError("columns", missing_text(list(file.schema_arrow.names), columns))
        table = file.read(columns=list(dict.fromkeys(names.values())))
    except (pa.ArrowException, OSError) as error:
        raise RejectedError("parquet", f"not a readable Parquet file: {str(error).splitlines()[0]}") from error
    if not table.num_rows:
        raise RejectedError("empty", "the table has no rows")
    return list(enumerate(table.to_pylist(), start=1))


def frame_rows(frame: Any, columns: Mapping[str, str]) -> list[Row]:
    """The rows of a pandas DataFrame, only the columns that hold our fields.

    Raises:
        RejectedError: no rows or no text column.
    """
    available = [str(name) for name in frame.columns]
    names = column_names(available, columns)
    if "text" not in names:
        raise RejectedError("columns", missing_text(available, columns))
    if not len(frame):
        raise RejectedError("empty", "the table has no rows")
    wanted = list(dict.fromkeys(names.values()))
    cells = [frame.iloc[:, available.index(name)].tolist() for name in wanted]
    return [(number, dict(zip(wanted, row, strict=True))) for number, row in enumerate(zip(*cells, strict=True), 1)]
