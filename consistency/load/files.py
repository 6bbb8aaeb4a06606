"""One file, or standard input, to the records in it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from consistency.load.build import stem_of
from consistency.load.decode import decode, read_bytes, read_stream
from consistency.load.documents import read_html, read_text
from consistency.load.ids import id_from_stem
from consistency.load.paths import format_of
from consistency.load.record import Notes, Record, RejectedError
from consistency.load.tables import Row, parse_csv, parse_json, parse_jsonl, parse_parquet, rows_to_records

PARQUET_MAGIC = b"PAR1"


def read_file(path: Path, columns: Mapping[str, str], notes: Notes) -> Iterator[Record]:
    """The records of one file.

    Raises:
        RejectedError: nothing in it can be used.
        MissingExtraError: it is Parquet and pyarrow is not installed.
    """
    data = read_bytes(path)
    return _records(data, format_of(path), str(path), path.name, columns, notes)


def read_stdin(columns: Mapping[str, str], notes: Notes) -> Iterator[Record]:
    """The records on standard input; its format is told from its content.

    Raises:
        RejectedError: nothing in it can be used.
    """
    return _records(read_stream(sys.stdin.buffer), None, "stdin", None, columns, notes)


def _records(
    data: bytes, form: str | None, what: str, name: str | None, columns: Mapping[str, str], notes: Notes
) -> Iterator[Record]:
    path = None if name is None else what
    stem = "stdin" if name is None else id_from_stem(stem_of(name))
    if form == "parquet" or (form is None and data.startswith(PARQUET_MAGIC)):
        yield from rows_to_records(parse_parquet(data, columns), what, "row", stem, columns, notes, path)
        return
    text = decode(data, what, notes, html=form in ("html", None))
    if form is None:
        form = sniff(text)
    rows: list[Row]
    if form in ("text", "markdown", "html"):
        if form == "html":
            values = read_html(text)
        else:
            values = read_text(text, what, notes, markdown=form == "markdown", columns=columns)
        yield Record(values, what, stem, path, name)
        return
    if form == "json":
        rows, single = parse_json(text)
        for record in rows_to_records(rows, what, "item", stem, columns, notes, path):
            if single:
                record.where, record.default_id, record.name = what, stem, name
            yield record
        return
    if form == "jsonl":
        rows, unit = parse_jsonl(text, what, notes), "line"
    else:
        rows, unit = parse_csv(text, what, notes, delimiter="\t" if form == "tsv" else None), "row"
        if not rows:
            raise RejectedError("empty", "the table has no usable rows under its header")
    yield from rows_to_records(rows, what, unit, stem, columns, notes, path)


def sniff(text: str) -> str:
    """Tell the format of a text without a name: `json`, `jsonl`, `html` or `text`."""
    head = text.lstrip()
    if head.startswith(("{", "[")):
        lines = [line for line in head.split("\n", 2)[:2] if line.strip()]
        closed = len(lines) == 2 and lines[0].rstrip().endswith("}") and lines[1].lstrip().startswith("{")
        return "jsonl" if head.startswith("{") and closed else "json"
    start = head[:1000].lower()
    if start.startswith(("<!doctype html", "<html")) or (start.startswith(("<?xml", "<!--")) and "<html" in start):
        return "html"
    return "text"
