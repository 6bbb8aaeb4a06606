"""Dates, sources from file names, ids."""

from __future__ import annotations

import datetime as dt
import itertools

import numpy as np
import pandas as pd
import pytest

from consistency.article import Article
from consistency.load import load
from consistency.load.dates import iso_date

GOOD = "The envoy briefed the president on Monday."


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2019-01-28", "2019-01-28"),
        (" 2019-1-8 ", "2019-01-08"),
        ("2019/01/28", "2019-01-28"),
        ("20190128", "2019-01-28"),
        (20190128, "2019-01-28"),
        ("2019-01-28T10:30:00Z", "2019-01-28T10:30:00+00:00"),
        ("2019-01-28 10:30", "2019-01-28T10:30:00"),
        ("2019-01-28 10:30:00 UTC", "2019-01-28T10:30:00+00:00"),
        ("2019-01-28 10:30:00 -0500", "2019-01-28T10:30:00-05:00"),
        ("2019-01-28T10:30:00.123456+05:30", "2019-01-28T10:30:00+05:30"),
        ("2019-01-28 00:00:00", "2019-01-28"),
        ("2019-01-28T00:00:00Z", "2019-01-28T00:00:00+00:00"),
        ("Mon, 28 Jan 2019 10:30:00 +0000", "2019-01-28T10:30:00+00:00"),
        ("Mon, 28 Jan 2019 10:30:00 EST", "2019-01-28T10:30:00-05:00"),
        ("January 28, 2019", "2019-01-28"),
        ("Monday, Jan. 28th, 2019", "2019-01-28"),
        ("28 January 2019", "2019-01-28"),
        ("Sept. 3, 2019 at 3:05 p.m.", "2019-09-03T15:05:00"),
        ("May 5, 2019, 12:30 AM", "2019-05-05T00:30:00"),
        (dt.date(2019, 1, 28), "2019-01-28"),
        (dt.datetime(2019, 1, 28, 10, 30, 5, 7), "2019-01-28T10:30:05"),
        (pd.Timestamp("2019-01-28"), "2019-01-28"),
        (pd.Timestamp("2019-01-28 10:30:00.123456789", tz="Asia/Kabul"), "2019-01-28T10:30:00+04:30"),
        (np.datetime64("2019-01-28T10:30:00"), "2019-01-28T10:30:00"),
        ("01/02/2019", None),
        ("2019-02-30", None),
        ("2019-01", None),
        ("2019", None),
        (1548633600, None),
        ("yesterday", None),
        ("Foo 28, 2019", None),
        ("2019-01-28 25:00", None),
        ("2019-01-28 or so", None),
        ("99 Jan 2019 10:30:00", None),
        ([2019], None),
    ],
    ids=str,
)
def test_dates(value, expected):
    assert iso_date(value) == expected


def test_an_unreadable_date_is_a_warning_and_many_are_counted():
    loaded = load(pd.DataFrame({"text": [f"{GOOD} {number}" for number in range(9)], "date": "01/02/2019"}))
    assert all(article.date is None for article in loaded.articles)
    assert "DataFrame row 1: the date '01/02/2019' cannot be read" in loaded.warnings[0]
    assert len(loaded.warnings) == 4
    assert "6 more" in loaded.warnings[-1]


@pytest.mark.parametrize(
    ("name", "source", "date"),
    [
        ("2019-01-28_reuters_title.txt", "reuters", "2019-01-28"),
        ("reuters__talks-end.txt", "reuters", None),
        ("new-york-times__talks_2019-01-28.txt", "new-york-times", "2019-01-28"),
        ("2019-01-28_ap__talks.txt", "ap", "2019-01-28"),
        ("2019-01-28_17_title.txt", None, "2019-01-28"),
        ("reuters-2019-01-28.txt", None, "2019-01-28"),
        ("2019-01-28_reuters.txt", None, "2019-01-28"),
        ("talks_end.txt", None, None),
        ("reuters.txt", None, None),
        ("9992019-01-288.txt", None, None),
        ("2019-13-28.txt", None, None),
        ("2019-01-28_reuters_title.json", "reuters", "2019-01-28"),
        ("2019-01-28_reuters_title.txt.gz", "reuters", "2019-01-28"),
    ],
)
def test_source_and_date_of_a_file_name(tmp_path, name, source, date):
    content = f'{{"text": "{GOOD}"}}' if name.endswith("json") else GOOD
    (tmp_path / name).write_text(content)
    (article,) = load(tmp_path).articles
    assert (article.source, article.date) == (source, date)
    assert article.fallbacks == {
        "source": "file name" if source else "unknown",
        "date": "file name" if date else "unknown",
        "title": "unknown",
    }


def test_what_the_document_states_goes_before_its_file_name(tmp_path):
    (tmp_path / "2019-01-28_reuters_x.txt").write_text(f"---\nsource: AP\ndate: 2019-01-29\ntitle: T\n---\n{GOOD}")
    (article,) = load(tmp_path).articles
    assert (article.source, article.date, article.fallbacks) == ("AP", "2019-01-29", {})


def test_the_name_of_a_table_tells_nothing_about_its_rows(tmp_path):
    (tmp_path / "2019-01-28_reuters_dump.csv").write_text(f"text\n{GOOD}\n")
    (article,) = load(tmp_path).articles
    assert (article.source, article.date) == (None, None)


def test_default_ids(tmp_path):
    (tmp_path / "talks end.txt").write_text(GOOD)
    (tmp_path / f"{'x' * 200}.txt").write_text(GOOD + " More.")
    (tmp_path / "rows.csv").write_text(f"text\n{GOOD}\n{GOOD} Two.\n")
    (tmp_path / "gap.csv").write_text(f"id,text\n7,{GOOD} Three.\n,{GOOD} Four.\n")
    ids = [article.id for article in load(tmp_path).articles]
    assert ids[:5] == ["7", "gap#2", "rows#1", "rows#2", "talks-end"]
    assert ids[5].startswith("x" * 60 + "-")
    assert len(ids[5]) < 80
    assert load(pd.DataFrame({"id": [7.0, None], "text": [GOOD, GOOD]})).articles[0].id == "7"


A = {"id": "a", "text": GOOD, "source": "AP"}


@pytest.mark.parametrize(
    ("items", "expected", "warning"),
    [
        ([A, A], [("a", GOOD)], "taken as one"),
        ([A, {**A, "source": None}], [("a", GOOD)], "taken as one"),
        ([A, {**A, "text": "Other words here."}], [("a", "Other words here."), ("a-2", GOOD)], "now 'a-2'"),
        ([A, {**A, "id": "b", "source": "Reuters"}], [("a", GOOD), ("b", GOOD)], None),
        (
            [A, {**A, "text": "Other words here."}, {**A, "id": "a-2", "text": "Third text."}],
            [("a", "Other words here."), ("a-2", "Third text."), ("a-3", GOOD)],
            "now 'a-3'",
        ),
    ],
)
def test_ids_given_twice_whatever_the_order(items, expected, warning):
    for order in itertools.permutations(items):
        loaded = load(list(order))
        assert sorted((article.id, article.text) for article in loaded.articles) == expected
        assert loaded.articles[0].source == "AP" or len(expected) > 1
        assert any(warning in line for line in loaded.warnings) if warning else loaded.warnings == ()


def test_suffixes_do_not_depend_on_the_order():
    items = [{"id": "a", "text": f"Some words {name}.", "date": f"2019-01-0{name}"} for name in range(1, 5)]
    outcomes = {
        frozenset((article.id, article.text) for article in load(list(order)).articles)
        for order in itertools.permutations(items)
    }
    assert len(outcomes) == 1


def test_files_of_one_name_in_two_folders(tmp_path):
    for folder, source in (("ap", "AP"), ("reuters", "Reuters")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "talks.txt").write_text(f"---\nsource: {source}\n---\n{GOOD}")
    assert {(article.id, article.source) for article in load(tmp_path).articles} == {
        ("talks", "AP"),
        ("talks-2", "Reuters"),
    }


def test_a_file_named_twice_is_read_once(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text(GOOD)
    monkeypatch.chdir(tmp_path)
    loaded = load([tmp_path, tmp_path / "*.txt", "a.txt", "./a.txt"])
    assert len(loaded.articles) == 1
    assert loaded.warnings == ()


def test_folders_are_read_in_a_fixed_order(tmp_path):
    for name in ("b/1.txt", "a/2.txt", "c.txt", "a/1.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"{GOOD} {name}")
    names = [article.path.removeprefix(str(tmp_path)) for article in load(tmp_path).articles]
    assert names == ["/c.txt", "/a/1.txt", "/a/2.txt", "/b/1.txt"]


def test_a_string_is_a_text_or_a_path(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a file with spaces").write_text(GOOD)
    assert load("a file with spaces").articles[0].path == "a file with spaces"
    assert load("a text with spaces").articles[0].text == "a text with spaces"
    assert load("Two\nwords").articles[0].text == "Two\nwords"
    assert isinstance(load("x " * 5000).articles[0], Article)
