"""Claim sets from YAML, JSON lines, CSV and Python: one meaning, and every fault with its place."""
from __future__ import annotations

import json

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.errors import InputError
from consistency.gate.faults import ClaimSetError
from consistency.gate.items import Xfail
from consistency.gate.reading import read_sets
from consistency.gate.schema import schema
from consistency.pair import Statement
from tests.gate.conftest import GOOD, pair

YAML = """\
schema: 1
name: bridge
description: One bridge.
items:
- id: 007
  a: The bridge was closed.
  a_source: Wire
  a_date: 2024-05-06
  b: The bridge was not closed.
  b_speaker: Ada Lind
  expected: [contradiction, uncertain]
  tags: [denial, bridge]
  weight: 2
  min_confidence: 0.6
  xfail: {reason: hard, until: 2030-01-01}
  note: seen twice
"""
CSV = (
    "id,a,a_source,a_date,b,b_speaker,expected,tags,weight,min_confidence,xfail,xfail_until,note\n"
    '007,The bridge was closed.,Wire,2024-05-06,The bridge was not closed.,Ada Lind,contradiction|uncertain,'
    '"denial, bridge",2,0.6,hard,2030-01-01,seen twice\n'
)
JSONL = (
    '{"schema": 1, "name": "bridge"}\n\n'
    '{"id": "007", "a": "The bridge was closed.", "a_source": "Wire", "a_date": "2024-05-06", "b": "The bridge was not '
    'closed.", "b_speaker": "Ada Lind", "expected": ["contradiction", "uncertain"], "tags": ["denial", "bridge"], '
    '"weight": 2, "min_confidence": 0.6, "xfail": {"reason": "hard", "until": "2030-01-01"}, "note": "seen twice"}\n'
)


@pytest.mark.parametrize(
    ("name", "text", "line"), [("bridge.yaml", YAML, 5), ("bridge.csv", CSV, 2), ("bridge.jsonl", JSONL, 3)]
)
def test_the_formats_have_one_meaning(tmp_path, name, text, line):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    (made,) = read_sets(path)
    (item,) = made.items
    assert made.name == item.set == "bridge"
    assert (item.id, item.key, item.line, item.path) == ("007", "bridge/007", line, str(path))
    assert item.a == Statement("The bridge was closed.", "Wire", "2024-05-06", None)
    assert item.b == Statement("The bridge was not closed.", None, None, "Ada Lind")
    assert item.expected == ("contradiction", "uncertain")
    assert item.tags == ("denial", "bridge")
    assert (item.weight, item.min_confidence, item.note) == (2.0, 0.6, "seen twice")
    assert item.xfail == Xfail("hard", "2030-01-01")


def test_rows_and_frames():
    (made,) = read_sets(GOOD)
    assert [item.id for item in made.items] == ["denied", "same", "apart"]
    frame = pd.DataFrame([{k: v for k, v in row.items() if k != "tags"} for row in GOOD])
    frame["a_source"] = [None, float("nan"), "Wire"]
    (again,) = read_sets(frame)
    assert [item.a.source for item in again.items] == [None, None, "Wire"]
    (named,) = read_sets({"schema": 1, "name": "mine", "items": GOOD})
    assert named.name == "mine"


def test_folders_and_globs_are_sorted_and_read_once(tmp_path):
    for name in ("b.yaml", "a.jsonl", ".hidden.yaml", "notes.txt"):
        (tmp_path / name).write_text(json.dumps(pair()) if name == "a.jsonl" else YAML, encoding="utf-8")
    assert [made.name for made in read_sets([tmp_path, tmp_path / "*.yaml", str(tmp_path / "a.jsonl")])] == [
        "a", "bridge",
    ]  # fmt: skip
    with pytest.raises(InputError, match="no such file"):
        read_sets(tmp_path / "missing.yaml")
    with pytest.raises(InputError, match="no claim set"):
        read_sets(tmp_path / "notes.txt")
    with pytest.raises(InputError, match="no claim sets were given"):
        read_sets([])


FAULTY = """\
schema: 1
items:
- id: one
  a: "A ferry sank."
  b: ""
  expected: contradicts
- id: one
  a: 7
  b: x
  expected: [none, no]
  weight: -1
  tags: denial
- id: two
  articles: [{source: x}, {path: gone.md}]
  must_find: [{relation: contradiction, b: xx}]
- id: three
  a: x
  b: y
  expected: none
  b_date: 1/2/03
  xfail: {until: soon}
- 7
- id: four
  articles: [{text: "The ferry sank on Monday off Averil, police said."}, {path: nowhere.md}]
  must_find:
  - {relation: contradiction, a: "not there"}
- id: five
  a: x
  b: y
  expected: none
  a_date: 01/02/2019
  xfail: {reason: z, until: 2019-13-01}
- id: six
  articles: ["The ferry sank on Monday off Averil, police said."]
- id: seven
  text: The ferry sank.
  sources: ["The ferry sank on Monday off Averil, police said."]
  expected: contradiction
"""


def test_every_fault_is_told_with_file_line_and_item(tmp_path):
    path = tmp_path / "bad.yaml"
    path.write_text(FAULTY, encoding="utf-8")
    with pytest.raises(ClaimSetError) as caught:
        read_sets(path)
    told = [(fault.line, fault.item, fault.what.split(":")[0]) for fault in caught.value.faults]
    assert told == [
        (5, "one", "b"), (6, "one", "expected"), (7, "one", "the id stands at line 3 too"), (8, "one", "a"),
        (10, "one", "expected[1]"), (11, "one", "weight"), (12, "one", "tags"), (14, "two", "articles[0]"),
        (14, "two", "no such file or folder"), (15, "two", "must_find[0]"), (20, "three", "b_date"),
        (21, "three", "xfail"), (21, "three", "xfail.until"), (22, "number 5", "7 is not a mapping"),
        (24, "four", "no such file or folder"), (26, "four", "must_find"), (31, "five", "a_date"),
        (32, "five", "xfail.until"), (33, "six", "nothing is expected of the articles"), (38, "seven", "expected"),
    ]  # fmt: skip
    said = str(caught.value)
    assert said.startswith("20 faults")
    assert f"{path}:6: item one: expected: 'contradicts' is none of" in said
    assert "did you mean contradiction?" in said


@pytest.mark.parametrize(
    ("name", "text", "line", "said"),
    [
        ("a.yaml", "schema: 1\nitems: [\n", 3, "not YAML"),
        ("a.yaml", "schema: 2\nitems:\n- {id: a, a: x, b: y, expected: none}\n", 1, "version"),
        ("a.yaml", "items:\n- {id: a, a: x, b: y, expected: none}\n", 1, "'schema' is missing"),
        ("a.yaml", "schema: 1\n", 1, "'items' is missing"),
        ("a.yaml", "schema: 1\nitems: []\n", 1, "no items"),
        ("a.yaml", "- 1\n", 1, "not a claim set"),
        ("a.yaml", "", 1, "not a claim set"),
        ("a.yaml", "schema: 1\nitems:\n- id: a\n  a: x\n  a: z\n  b: y\n  expected: none\n", 5, "stands twice"),
        ("a.yaml", "schema: 1\nitems: !!python/object:os.system [x]\n", 2, "not YAML"),
        ("a.yaml", "schema: 1\nname: a/b\nitems:\n- {id: a, a: x, b: y, expected: none}\n", 1, "slash"),
        ("a.jsonl", '{"id": "a"\n', 1, "not JSON"),
        ("a.jsonl", '\n[1]\n', 2, "not a mapping"),
        ("a.csv", "name,a\nx,y\n", 1, "no column 'id'"),
        ("a.csv", "id,a,a,b\n", 1, "stands twice"),
        ("a.csv", 'id,a,b,expected\n1,"two\nlines",y,none\n2,x,y,none,5\n', 4, "5 cells under 4 columns"),
        ("a.csv", "id,a,b,expected,weight\n1,x,y,none,much\n", 2, "'much' is not a number"),
        ("a.csv", "id,a,b,expected,xfail_until\n1,x,y,none,2030-01-01\n", 2, "'reason' is missing"),
        ("a.csv", "id,a,b,expected\n", 1, "no items"),
    ],
)
def test_files_that_cannot_be_used(tmp_path, name, text, line, said):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ClaimSetError, match=said) as caught:
        read_sets(path)
    assert caught.value.faults[0].line == line
    assert caught.value.faults[0].path == str(path)


def test_a_file_that_is_not_utf8(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"id,a,b,expected\n1,caf\xe9,y,none\n")
    with pytest.raises(ClaimSetError, match="UTF-8"):
        read_sets(path)


def test_two_sets_of_one_name(tmp_path):
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.yaml").write_text(YAML, encoding="utf-8")
    with pytest.raises(ClaimSetError, match="another name"):
        read_sets(tmp_path)


def test_unknown_keys_are_ignored_and_kept_for_lint():
    (made,) = read_sets([pair(sorce="x", xfail={"reason": "r", "untill": "2030-01-01"})])
    assert made.unknown == ((1, "one", "sorce"), (1, "one", "untill"))


def test_articles_come_inline_and_from_files(tmp_path):
    (tmp_path / "wire.md").write_text("---\nsource: Wire\ndate: 2024-05-06\n---\nThe bridge was\nclosed.\n", "utf-8")
    path = tmp_path / "a.yaml"
    path.write_text(
        "schema: 1\nitems:\n- id: x\n  articles: [{path: wire.md}, The bridge was not closed.]\n"
        "  must_find: [{relation: [contradiction, update], a: bridge was closed, b: not closed}]\n"
        "  must_not_find: [{relation: agreement}]\n",
        encoding="utf-8",
    )
    item = read_sets(path)[0].items[0]
    assert [(a.source, a.date) for a in item.articles] == [("Wire", "2024-05-06"), (None, None)]
    assert item.expectations == (
        "contradiction or update at “bridge was closed” / “not closed”", "no agreement",
    )  # fmt: skip


def test_the_digest_changes_with_texts_and_expectations_alone():
    base = read_sets([pair()])[0].items[0]
    same = read_sets([pair(tags=["x"], note="n", weight=3)])[0].items[0]
    assert base.digest == same.digest
    for other in (pair(b="Else."), pair(expected="update"), pair(a_date="2024-01-01"), pair(min_confidence=0.7)):
        assert read_sets([other])[0].items[0].digest != base.digest


# What lies beyond the first plane is written as two escapes in JSON, which YAML does not join.
_TEXT = st.text(st.characters(max_codepoint=0xD7FF, exclude_categories=("Cc", "Cn")), min_size=1).filter(str.strip)
_SHARE = st.integers(0, 1000).map(lambda n: n / 1000)


@given(
    st.lists(
        st.fixed_dictionaries(
            {"a": _TEXT, "b": _TEXT, "expected": st.sampled_from(schema()["$defs"]["relation"]["enum"])},
            optional={"a_source": _TEXT, "b_speaker": _TEXT, "note": _TEXT, "min_confidence": _SHARE},
        ),
        min_size=1,
        max_size=4,
    )
)
def test_what_is_written_is_read(tmp_path_factory, rows):
    folder = tmp_path_factory.mktemp("sets")
    rows = [{"id": f"i{n}", **row} for n, row in enumerate(rows)]
    (folder / "set.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    # JSON is YAML.
    (folder / "set.yaml").write_text(json.dumps({"schema": 1, "name": "y", "items": rows}), encoding="utf-8")
    lines, whole = (read_sets(folder / name)[0].items for name in ("set.jsonl", "set.yaml"))
    assert [(i.id, i.a, i.b, i.expected, i.note, i.min_confidence) for i in lines] == [
        (i.id, i.a, i.b, i.expected, i.note, i.min_confidence) for i in whole
    ]
    assert [i.a.text for i in lines] == [row["a"] for row in rows]


def test_the_schema_is_one_and_valid():
    from jsonschema import Draft202012Validator

    Draft202012Validator.check_schema(schema())
    whole = Draft202012Validator(schema())
    assert whole.is_valid({"schema": 1, "items": GOOD})
    assert not whole.is_valid({"schema": 1, "items": [pair(expected="maybe")]})
    assert not whole.is_valid({"items": GOOD})
