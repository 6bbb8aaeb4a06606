"""Tables as csv, jsonl and xlsx, safe to open in a spreadsheet and exact when read back."""
from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from consistency.errors import InputError, MissingExtraError
from consistency.render import words

# A spreadsheet takes a cell that begins so for a formula. Apostrophes before it are counted in, so that taking one
# off again is exact whatever the text was.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_QUOTED = re.compile(r'[",\r\n]|^\s|\s$')
_CELL = 32_000
# Web addresses, and places in the page beside the table: no other scheme is ever made a link.
_LINK = re.compile(r"https?://|[^:/]+\.html?#")


def guard(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula: texts that begin with = + - @ get an apostrophe, numbers do not.

    >>> guard("=1+1"), guard("-5"), guard(-5), guard("-5 degrees")
    ("'=1+1", '-5', -5, "'-5 degrees")
    """
    if isinstance(value, str) and _FORMULA.match(value) and not _NUMBER.fullmatch(value):
        return f"'{value}"
    return value


def unguard(value: Any) -> Any:
    """The cell before `guard`: takes off the apostrophe that guard put there.

    >>> unguard("'=1+1"), unguard("'tis so")
    ('=1+1', "'tis so")
    """
    return value[1:] if isinstance(value, str) and _GUARDED.match(value) else value


def to_csv(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> str:
    """Rows as CSV text: header, `\\n` line ends, missing values empty, formulas guarded."""
    lines = [",".join(map(_cell, columns))]
    lines.extend(",".join(_cell(guard(row.get(name))) for name in columns) for row in rows)
    return "\n".join(lines) + "\n"


def _cell(value: Any) -> str:
    # Not csv.writer: with \n as line end it leaves a lone \r unquoted, which readers take for a line end.
    text = "" if value is None else str(value)
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text


def to_jsonl(rows: Iterable[Mapping[str, Any]]) -> str:
    """Rows as JSON lines."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def from_csv(text: str) -> list[dict[str, str]]:
    """Rows of a CSV text that this module or a spreadsheet wrote, all values as texts, guards taken off."""
    sample = text.removeprefix("\ufeff")
    head = sample.split("\n", 1)[0]
    # Spreadsheets save with the separator of the country they run in.
    separator = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
    header = next(reader, [])
    return [
        {name: unguard(value) for name, value in zip(header, line, strict=False)} for line in reader if any(line)
    ]


# Where a cell leads: its row to an address, None for nowhere.
Link = Callable[[Mapping[str, Any]], str | None]


def to_xlsx(
    sheets: Mapping[str, tuple[Sequence[Mapping[str, Any]], Sequence[str]]],
    created: str = "",
    links: Mapping[str, Mapping[str, Link]] | None = None,
    choices: Mapping[str, Sequence[str]] | None = None,
) -> bytes:
    """An Excel workbook: frozen bold header, filters, sensible widths, links.

    Args:
        sheets: rows and columns by the sheet's name.
        created: ISO date-time to write as the time of making, so that the same report gives the same bytes.
        links: by sheet and column, where its cells lead; a column `url` leads to what stands in it.
        choices: by column, the words that its cells offer to choose from.

    Raises:
        MissingExtraError: openpyxl is not installed.
    """
    try:
        from openpyxl import Workbook
        from openpyxl.styles import Alignment, Font
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.datavalidation import DataValidation
    except ImportError as error:
        raise MissingExtraError("xlsx output", "xlsx") from error
    book = Workbook()
    book.remove(book.active)
    for title, (rows, columns) in sheets.items():
        sheet = book.create_sheet(title)
        leads = (links or {}).get(title, {})
        sheet.append(list(columns))
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        sheet.freeze_panes = "B2"
        widest = [len(name) for name in columns]
        for number, row in enumerate(rows, 2):
            for at, name in enumerate(columns, 1):
                value = guard(row.get(name))
                if isinstance(value, str):
                    value = words.clip(_NOT_XML.sub("\ufffd", value), _CELL)
                    widest[at - 1] = max(widest[at - 1], min(len(value), 60))
                elif value is not None and not isinstance(value, bool | int | float):
                    value = str(value)
                cell = sheet.cell(number, at, value)
                cell.alignment = Alignment(vertical="top", wrap_text=isinstance(value, str) and len(value) > 40)
                target = row.get(name) if name == "url" else leads.get(name, _nowhere)(row)
                if value and isinstance(target, str) and _LINK.match(target):
                    cell.hyperlink = target
                    cell.font = Font(color="1D4F7C", underline="single")
        for at, width in enumerate(widest, 1):
            sheet.column_dimensions[get_column_letter(at)].width = min(60, width + 2)
        sheet.auto_filter.ref = sheet.dimensions
        for name, offered in (choices or {}).items():
            if name in columns and rows:
                letter = get_column_letter(list(columns).index(name) + 1)
                rule = DataValidation(type="list", formula1=f'"{",".join(offered)}"', allow_blank=True)
                rule.error, rule.errorTitle = f"one of {', '.join(offered)}", name
                rule.add(f"{letter}2:{letter}{len(rows) + 1}")
                sheet.add_data_validation(rule)
    if created:
        moment = datetime.fromisoformat(created).replace(tzinfo=None)
        book.properties.created = book.properties.modified = moment
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _nowhere(row: Mapping[str, Any]) -> None:
    """The link of a cell that has none."""


def from_xlsx(path: Path, sheet: str | None = None) -> list[dict[str, Any]]:
    """Rows of one sheet of a workbook, the first one by default, guards taken off; empty cells are "".

    Raises:
        MissingExtraError: openpyxl is not installed.
        InputError: not a workbook.
    """
    try:
        from openpyxl import load_workbook
    except ImportError as error:
        raise MissingExtraError("reading xlsx", "xlsx") from error
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except Exception as error:  # openpyxl raises whatever zip and XML parsing raise
        raise InputError("not an Excel workbook", where=str(path), how="save it as .xlsx or .csv") from error
    chosen = book[sheet] if sheet in book.sheetnames else book.worksheets[0]
    lines = chosen.iter_rows(values_only=True)
    header = [str(name) if name is not None else "" for name in next(lines, ())]
    rows = [{n: "" if v is None else unguard(v) for n, v in zip(header, line, strict=False)} for line in lines]
    book.close()
    return rows


def read(path: Path) -> list[dict[str, Any]]:
    """Rows of a csv, tsv, jsonl, json or xlsx file.

    Raises:
        InputError: missing, unreadable, or of another kind.
    """
    if not path.is_file():
        raise InputError("no such file", where=str(path))
    kind = path.suffix.lower()
    if kind == ".xlsx":
        return from_xlsx(path, "findings")
    if kind not in (".csv", ".tsv", ".jsonl", ".json"):
        raise InputError(f"{kind or 'no ending'} is not a table", where=str(path), how="give .csv, .xlsx or .jsonl")
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("not UTF-8", where=str(path), how="save it as CSV UTF-8") from error
    if kind in (".csv", ".tsv"):
        return from_csv(text)
    try:
        # Not splitlines: U+2028 may stand inside a JSON string.
        found = json.loads(text) if kind == ".json" else [json.loads(x) for x in text.split("\n") if x.strip()]
    except json.JSONDecodeError as error:
        raise InputError(f"invalid JSON: {error}", where=str(path)) from error
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise InputError("not a list of objects", where=str(path))
    return found
