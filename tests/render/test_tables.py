"""Tables: exact round trips, no formulas, whole files or none."""

from __future__ import annotations

import io
import os
import sys

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.errors import ConsistencyError, InputError, MissingExtraError
from consistency.render import files, tables
from tests.render.factory import FINDINGS, make_report

TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=30) | st.from_regex(
    r"'{0,3}[=+@\t\r-].{0,9}", fullmatch=True
)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("+49 30 123", "'+49 30 123"),
        ("-5 degrees", "'-5 degrees"),
        ("@home", "'@home"),
        ("\t=1", "'\t=1"),
        ("'=1", "''=1"),
        ("''@", "'''@"),
        ("'tis", "'tis"),
        ("-5", "-5"),
        ("-0.5e3", "-0.5e3"),
        ("plain", "plain"),
        ("", ""),
        (-5, -5),
        (-0.25, -0.25),
        (None, None),
    ],
)
def test_formulas_become_text_and_numbers_stay_numbers(value, shown):
    assert tables.guard(value) == shown
    assert tables.unguard(shown) == value


@given(TEXTS)
def test_guard_is_undone_exactly(text):
    assert tables.unguard(tables.guard(text)) == text
    assert not tables.guard(text).startswith(("=", "@", "\t", "\r"))


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=5))
def test_csv_is_read_back_exactly(values):
    rows = [{"a": f"x{one}", "b": two} for one, two in values]
    assert tables.from_csv(tables.to_csv(rows, ("a", "b"))) == rows


def test_csv_saved_by_a_spreadsheet_is_read_too():
    assert tables.from_csv('\ufeffid;review;review_note\r\nx;confirmed;"a; b"\r\n') == [
        {"id": "x", "review": "confirmed", "review_note": "a; b"}
    ]


def test_pandas_reads_the_csv():
    text = tables.to_csv([{"a": "é, “quoted”\nline", "b": -0.5, "c": None}], ("a", "b", "c"))
    read = pd.read_csv(io.StringIO(text))
    assert read.a[0] == "é, “quoted”\nline"
    assert read.b[0] == -0.5


def test_xlsx_is_read_back_and_has_no_formula(tmp_path):
    rows = [
        {"text": "=HYPERLINK(1)", "n": -0.5, "url": "https://x.example.org/", "bad": "a\x00b"},
        {"text": "'-x", "n": 3},
    ]
    path = tmp_path / "t.xlsx"
    path.write_bytes(tables.to_xlsx({"findings": (rows, ("text", "n", "url", "bad"))}, "2026-01-02T03:04:05+00:00"))
    assert tables.read(path) == [
        {"text": "=HYPERLINK(1)", "n": -0.5, "url": "https://x.example.org/", "bad": "a\ufffdb"},
        {"text": "'-x", "n": 3, "url": "", "bad": ""},
    ]
    sheet = openpyxl.load_workbook(path)["findings"]
    assert sheet.freeze_panes == "B2"
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert sheet["C2"].hyperlink.target == "https://x.example.org/"


def test_the_workbook_leads_to_articles_and_findings_and_offers_review_words(tmp_path):
    make_report().save(tmp_path / "my report.html")
    sheet = openpyxl.load_workbook(tmp_path / "findings.xlsx")["findings"]
    at = {cell.value: cell.column - 1 for cell in sheet[1]}
    first = next(row for row in sheet.iter_rows(min_row=2) if row[at["id"]].value == FINDINGS[0].id)
    assert first[at["id"]].hyperlink.target == f"my%20report.html#f-{FINDINGS[0].id}"
    assert first[at["a_source"]].hyperlink.target.startswith("https://meridian-dispatch.example.org/")
    # An article without a web address leads nowhere, one with another scheme neither.
    assert first[at["b_source"]].hyperlink is None
    hostile = next(row for row in sheet.iter_rows(min_row=2) if row[at["id"]].value == FINDINGS[6].id)
    assert hostile[at["a_source"]].hyperlink is None
    (rule,) = sheet.data_validations.dataValidation
    assert rule.formula1 == '"confirmed,false_alarm,not_important,unsure"'
    assert f"{first[at['review']].column_letter}2" in rule.sqref


def test_without_openpyxl_the_error_names_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'fact-consistency\[xlsx\]'"):
        tables.to_xlsx({})


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("x.csv", "é".encode("latin-1"), "not UTF-8"),
        ("x.jsonl", b"{", "invalid JSON"),
        ("x.json", b"3", "not a list"),
        ("x.xlsx", b"PK", "not an Excel workbook"),
        ("x.doc", b"", "not a table"),
    ],
)
def test_what_is_no_table_is_an_error_with_its_name(tmp_path, name, content, message):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError, match=message) as caught:
        tables.read(path)
    assert name in str(caught.value)


def test_a_missing_file_is_an_error(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        tables.read(tmp_path / "x.csv")


def test_files_are_written_whole_or_not_at_all(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("old")

    def fail(number):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        with pytest.raises(ConsistencyError, match="No space left"):
            files.write_all({tmp_path / "a.txt": "new", tmp_path / "b.txt": "new"})
    assert (tmp_path / "a.txt").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
    files.write_all({tmp_path / "deep" / "b.txt": "new \ud800"})
    assert (tmp_path / "deep" / "b.txt").read_text(encoding="utf-8") == "new \ufffd"


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ConsistencyError, match="file"):
        files.write(tmp_path / "file" / "x.txt", "x")
