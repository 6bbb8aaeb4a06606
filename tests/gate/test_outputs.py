"""JUnit, SARIF, GitHub, Markdown and terminal: they agree with the exit code, and nothing in a set can break them."""
from __future__ import annotations

import io
import json
from xml.etree import ElementTree

import pytest
from rich.console import Console

import consistency
from consistency.gate.outputs.github import write_summary
from consistency.gate.outputs.terminal import print_check
from tests.gate.conftest import GOOD, Deaf, pair

NASTY = "The bridge <script>&\"|` was ]]> \x07 closed\n::error::x %0A, [a](b) on *Monday* \x1b[31m."


@pytest.fixture
def result(make_models, tmp_path, monkeypatch):
    """A check of a file in the working folder, with every way an item can stand."""
    monkeypatch.chdir(tmp_path)
    rows = [
        *GOOD, pair("known", expected="agreement"),
        pair("excused", expected="agreement", xfail={"reason": "two <hard> ones"}),
        {**GOOD[1], "id": "mended", "xfail": {"reason": "was hard"}}, pair("nasty", a=NASTY, expected="update"),
    ]  # fmt: skip
    (tmp_path / "my sets").mkdir()
    path = tmp_path / "my sets" / "bridge.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    models = make_models()
    baseline = tmp_path / "baseline.json"
    consistency.check([r for r in rows if r["id"] != "nasty"], models=models).save_baseline(baseline)
    text = baseline.read_text().replace('"items/', '"bridge/')
    baseline.write_text(text)
    return consistency.check("my sets", models=make_models(Deaf()), baseline=baseline,
                             fail_under="contradiction.recall=0.9")  # fmt: skip


def test_the_fixture_is_what_it_says(result):
    assert {r.item.id for r in result.failures} == {"denied", "nasty"}
    assert [r.item.id for r in result.comparison.known] == ["known"]
    assert result.exit_code == 1


def test_junit(result, tmp_path):
    text = result.to_junit(tmp_path / "junit.xml")
    assert (tmp_path / "junit.xml").read_text(encoding="utf-8") == text
    root = ElementTree.fromstring(text)
    suites = {suite.get("name"): suite for suite in root}
    assert set(suites) == {"bridge", "fail-under"}
    suite = suites["bridge"]
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("7", "2", "2")
    cases = {case.get("name"): case for case in suite}
    assert cases["denied"].get("file") == "my sets/bridge.jsonl"
    assert cases["denied"].get("line") == "1"
    assert cases["denied"].find("failure").get("message").startswith("expected contradiction, found ")
    assert "two <hard> ones" in cases["excused"].find("skipped").get("message")
    assert cases["known"].find("skipped") is not None
    assert len(cases["same"]) == 0


def test_sarif(result, tmp_path):
    found = json.loads(result.to_sarif(tmp_path / "check.sarif"))
    assert found["version"] == "2.1.0"
    (run,) = found["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    by_item = {r["partialFingerprints"].get("claimItem/v1"): r for r in run["results"]}
    assert set(by_item) == {"bridge/denied", "bridge/known", "bridge/excused", "bridge/nasty", None}
    for made in run["results"]:
        assert rules[made["ruleIndex"]] == made["ruleId"]
        assert made["message"]["text"]
    place = by_item["bridge/denied"]["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "my%20sets/bridge.jsonl", "uriBaseId": "%SRCROOT%"},
                     "region": {"startLine": 1}}  # fmt: skip
    states = {key: r.get("baselineState") for key, r in by_item.items()}
    assert states == {"bridge/denied": "updated", "bridge/known": "unchanged", "bridge/excused": "unchanged",
                      "bridge/nasty": "new", None: "new"}  # fmt: skip
    assert by_item["bridge/denied"]["level"] == "error"
    assert by_item["bridge/known"]["level"] == "note"
    assert by_item["bridge/excused"]["suppressions"] == [{"kind": "inSource", "justification": "two <hard> ones"}]


def test_github(result, tmp_path, monkeypatch):
    lines = result.annotations()
    errors = [line for line in lines if line.startswith("::error")]
    assert lines[: len(errors)] == errors, "failures first: GitHub shows ten of a kind"
    assert len(errors) == 3
    assert errors[0].startswith("::error file=my sets/bridge.jsonl,line=1,title=claim item fails::bridge/denied")
    assert all("\n" not in line and "\r" not in line for line in lines)
    assert not any(line.count("::error") > 1 and "%0A::error" not in line for line in lines)
    assert any(line.startswith("::warning title=baseline::another nli model") for line in lines)

    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    assert not write_summary(result)
    target = tmp_path / "summary.md"
    target.write_text("before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(target))
    assert write_summary(result)
    assert target.read_text(encoding="utf-8").startswith("before\n## Claim sets: FAILED")


def test_markdown(result):
    text = result.to_markdown()
    assert "### New failures (1)" in text
    assert "### New items that fail (1)" in text
    assert "exact McNemar p = " in text
    assert "<script>" not in text
    rows = [line for line in text.splitlines() if "bridge/nasty" in line]
    assert len(rows) == 1, "one row, whatever the text holds"
    assert rows[0].replace("\\|", "").count("|") == 6


def test_terminal(result):
    out = io.StringIO()
    print_check(result, Console(file=out, width=100, force_terminal=False, color_system=None))
    text = out.getvalue()
    lines = text.splitlines()
    assert lines[0].startswith("Note: another nli model"), "a changed model is said first"
    assert lines[-1].startswith("FAILED")
    for said in ("New failures: 1", "bridge/denied my sets/bridge.jsonl:1", "Excused: 1", "Added: 1: bridge/nasty"):
        assert said in text
    assert "\x1b" not in text
    assert "\x07" not in text


def test_an_item_without_a_file_has_no_place(make_models):
    made = consistency.check([pair(expected="agreement")], models=make_models())
    assert "file=" not in made.annotations()[0]
    assert "locations" not in json.loads(made.to_sarif())["runs"][0]["results"][0]
    assert "file=" not in made.to_junit()


def test_long_lists_are_cut_and_said(make_models):
    rows = [pair(f"i{n}", a=f"The bridge in Oldcastle was closed on day {n}.", expected="update") for n in range(4)]
    made = consistency.check(rows, models=make_models())
    out = io.StringIO()
    print_check(made, Console(file=out, width=100), limit=3)
    assert "and 1 more" in out.getvalue()
    out = io.StringIO()
    print_check(made, Console(file=out, width=100), limit=0)
    assert "more (" not in out.getvalue()
