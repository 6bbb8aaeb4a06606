"""Curating: what lint doubts, the example to begin with, and items from reviewed findings."""
from __future__ import annotations

import json

import pytest

import consistency
from consistency.errors import ConsistencyError, InputError
from consistency.gate.curate import add_reviewed, write_example, write_schema
from consistency.gate.lint import lint
from consistency.gate.reading import read_sets
from tests.gate.conftest import CLOSED, GOOD, OPEN, pair
from tests.test_pipeline import ARTICLES

TODAY = "2026-01-01"


@pytest.mark.parametrize(
    ("rows", "kinds"),
    [
        (GOOD, []),
        ([pair("x"), pair("y", a=OPEN.upper(), b=CLOSED)], ["duplicate"]),
        ([pair("x"), pair("y", expected=["none", "update"])], ["contradictory"]),
        ([pair("x"), pair("y", a_date="2024-01-01", expected="update")], []),
        ([pair("x", sorce="Wire")], ["unknown-key"]),
        ([pair("x", b=CLOSED, expected="contradiction")], ["same-text"]),
        ([pair("x", expected="none", min_confidence=0.5)], ["min-confidence"]),
        ([pair("x", xfail={"reason": "r", "until": "2025-12-31"})], ["xfail-expired"]),
        ([pair("x", expected=["none", "update", "agreement", "uncertain"])], ["vacuous"]),
        ([pair(f"i{n}", a=f"Ship {n} sank.") for n in range(10)], ["imbalance"]),
        ([pair(f"i{n}", a=f"Ship {n} sank.") for n in range(9)], []),
    ],
)
def test_doubts(rows, kinds):
    assert [doubt.kind for doubt in lint(read_sets(rows), TODAY)] == kinds


def test_doubts_stand_in_the_order_of_the_lines_and_name_them(tmp_path):
    path = tmp_path / "a.jsonl"
    rows = [pair("x", weigth=2), pair("y", expected="none"), pair("z", expected="contradiction")]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    told = [str(doubt) for doubt in lint(read_sets(path), TODAY)]
    assert told == [
        f"{path}:1: warning: item x: unknown key 'weigth' is ignored; did you mean 'weight'?",
        f"{path}:2: error: item y: expects none of the same texts of which x at line 1 expects contradiction",
        f"{path}:3: error: item z: the same texts as x at line 1",
    ]


def test_the_example_is_read_without_doubts_and_never_written_over(tmp_path, make_models):
    path = write_example(tmp_path / "sets" / "my talks.yaml")
    text = path.read_text(encoding="utf-8")
    sets = read_sets(path)
    assert lint(sets, TODAY) == []
    assert sets[0].name == "my-talks"
    assert {item.kind for item in sets[0].items} == {"pair", "articles"}
    assert text.count("#") > 10
    assert len(consistency.check(path, models=make_models()).items) == len(sets[0].items)
    with pytest.raises(ConsistencyError, match="--force"):
        write_example(path)
    assert write_example(path, force=True) == path
    with pytest.raises(ConsistencyError, match="comments"):
        write_example(tmp_path / "a.csv")
    assert json.loads(write_schema(tmp_path).read_text(encoding="utf-8"))["title"]


@pytest.fixture
def reviewed(models, tmp_path):
    """A reviewed table: one finding confirmed, one a false alarm, the rest left alone."""
    report = consistency.report(ARTICLES, models=models, threshold=0.3)
    words = ["confirmed", "false_alarm", "unsure"]
    rows = [{"id": f.id, "review": word, "review_note": f"note {n}"} for n, (f, word) in
            enumerate(zip(report.items, words, strict=False))]  # fmt: skip
    assert len(rows) == 3
    report.with_review(rows).save(tmp_path / "out")
    return tmp_path / "out"


@pytest.mark.parametrize("table", ["findings.csv", "findings.jsonl", "findings.xlsx"])
@pytest.mark.parametrize("name", ["new.yaml", "new.jsonl", "new.csv"])
def test_reviewed_findings_become_items(reviewed, models, tmp_path, table, name):
    target = tmp_path / name
    added = add_reviewed(target, reviewed / table)
    items = read_sets(target)[0].items
    assert [item.id for item in items] == list(added.ids)
    assert len(items) == 2
    first, second = (next(i for i in items if tag in i.tags) for tag in ("confirmed", "false-alarm"))
    assert len(first.expected) == 1
    assert second.expected[0] == "none"
    assert len(second.expected) == 4
    assert first.note == "note 0"
    assert first.a.source
    assert sum(added.left.values()) >= 1
    again = add_reviewed(target, reviewed / table)
    assert (again.ids, again.known) == ((), 2)
    checked = consistency.check(target, models=models)
    assert next(r for r in checked.items if r.item.id == first.id).status == "passed", "what was found is found again"


def test_adding_keeps_comments_and_what_was_there(reviewed, tmp_path):
    target = write_example(tmp_path / "a.yaml")
    before = target.read_text(encoding="utf-8")
    count = len(read_sets(target)[0].items)
    add_reviewed(target, reviewed / "findings.csv")
    assert target.read_text(encoding="utf-8").startswith(before)
    assert len(read_sets(target)[0].items) == count + 2


def test_adding_to_csv_keeps_its_columns_and_rows(reviewed, tmp_path):
    target = tmp_path / "a.csv"
    target.write_text("id;a;b;expected;mine\n1;x y;\"z; w\";none;kept\n", encoding="utf-8")
    add_reviewed(target, reviewed / "findings.csv")
    lines = target.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("id;a;b;expected;mine;a_source")
    assert lines[1].startswith('1;x y;"z; w";none;kept;')
    assert len(read_sets(target)[0].items) == 3


def test_a_set_that_cannot_be_added_to_is_left_alone(reviewed, tmp_path):
    target = tmp_path / "a.yaml"
    text = f'items: [{json.dumps(pair())}]\nschema: 1\n'
    target.write_text(text, encoding="utf-8")
    with pytest.raises(ConsistencyError, match="last key"):
        add_reviewed(target, reviewed / "findings.csv")
    assert target.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id,a,b,relation\n1,x,y,update\n", "no column review"),
        ("id,a,b,relation,review\n1,x,y,update,maybe\n", "row 2.*no review word"),
        ("id,a,b,relation,review\n1,x,y,best,confirmed\n", "row 2.*no relation"),
        ("id,a,b,relation,review\n1,x,,update,confirmed\n", "row 2.*empty"),
    ],
)
def test_tables_that_are_not_reviewed_findings(tmp_path, text, said):
    path = tmp_path / "f.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        add_reviewed(tmp_path / "new.yaml", path)
    assert not (tmp_path / "new.yaml").exists()
