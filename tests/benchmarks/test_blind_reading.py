"""Marks of readers, counted."""

from __future__ import annotations

import json

import pytest
from blind_reading import flagged, noted_found, share, shown, tally


@pytest.fixture
def reports(tmp_path):
    """A folder with the report of one cluster: two contradictions and an agreement."""
    folder = tmp_path / "7-cluster"
    folder.mkdir()
    findings = [
        {"id": "f1", "relation": "contradiction", "a": {"text": "Nine died."}, "b": {"text": "Six died."},
         "places": [["c1", "c2"]], "confidence": 0.93},
        {"id": "f2", "relation": "contradiction", "a": {"text": "It burned."}, "b": {"text": "It sank."},
         "places": [["c3", "c2"]], "confidence": 0.61},
        {"id": "f3", "relation": "agreement", "a": {"text": "It burned."}, "b": {"text": "It burned."},
         "places": [["c3", "c4"]], "confidence": 0.9},
    ]  # fmt: skip
    claims = [
        {"claim_id": "c1", "article_id": "x", "field": "text", "sentence": {"start": 0, "end": 20}},
        {"claim_id": "c2", "article_id": "y", "field": "text", "sentence": {"start": 0, "end": 20}},
        {"claim_id": "c3", "article_id": "x", "field": "text", "sentence": {"start": 21, "end": 40}},
        {"claim_id": "c4", "article_id": "y", "field": "text", "sentence": {"start": 21, "end": 40}},
    ]
    for name, table in (("findings", findings), ("claims", claims)):
        (folder / f"{name}.jsonl").write_text("\n".join(map(json.dumps, table)), encoding="utf-8")
    return tmp_path


def test_readers_see_two_texts_and_an_id_and_nothing_that_tells(reports):
    pairs = shown([reports / "7-cluster"])
    assert {pair["id"] for pair in pairs} == {"7-cluster:f1", "7-cluster:f2"}
    assert all(set(pair) == {"id", "one", "other"} for pair in pairs)
    assert {frozenset((p["one"], p["other"])) for p in pairs} == {
        frozenset(("Nine died.", "Six died.")), frozenset(("It burned.", "It sank."))
    }  # fmt: skip
    assert [row["id"] for row in flagged(reports / "7-cluster")] == ["f1", "f2"]
    assert [pair["id"] for pair in shown([reports / "7-cluster"], "agreement")] == ["7-cluster:f3"]


def test_a_pair_is_real_or_false_only_when_all_readers_say_so():
    marks = [
        {"p": "real", "q": "real", "r": "false", "s": "arguable"},
        {"p": "real", "q": "false", "r": "false", "s": "arguable"},
    ]
    counted = tally(["p", "q", "r", "s"], marks)
    assert counted["marks"] == {"real": 1, "arguable": 2, "false": 1}
    assert counted["real"]["share"] == 25.0
    assert counted["real_or_arguable"]["share"] == 75.0
    assert counted["readers_agree"]["share"] == 75.0


@pytest.mark.parametrize("marks", [[{"p": "real"}, {}], [{"p": "true"}, {"p": "real"}]])
def test_missing_and_unknown_marks_are_named(marks):
    with pytest.raises(SystemExit, match=r"p: marks are .* every reader gives one of real, arguable, false"):
        tally(["p"], marks)


def test_the_interval_is_wilsons():
    # Wilson (1927) for 8 of 10.
    assert share(8, 10) == {"n": 10, "share": 80.0, "interval": [49.0, 94.3]}
    assert share(0, 0) == {"n": 0, "share": None, "interval": None}


def conflict(a, b):
    """A noted conflict between quotes of x and y."""
    return {"id": "n", "a": {"article": "x", "quote": a}, "b": {"article": "y", "quote": b}}


def test_a_noted_conflict_is_found_where_a_finding_joins_its_two_quotes(reports):
    texts = {"x": "Nine people died now. The ship burned out", "y": "Six people died now.. The ship burned out"}
    folder = reports / "7-cluster"

    def found(*conflicts, relations=("contradiction",)):
        return noted_found(folder, conflicts, texts, relations)

    assert found(conflict("Nine people", "Six people")) == 1
    assert found(conflict("ship burned", "Six people")) == 1
    assert found(conflict("ship burned", "ship burned")) == 0  # an agreement
    assert found(conflict("ship burned", "ship burned"), relations=("agreement",)) == 1
    with pytest.raises(SystemExit, match="'Ten people' does not stand in article 'x'"):
        found(conflict("Ten people", "Six people"))
