"""check and claimset as a user types them: exit codes, output, files."""
from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest

from tests.cli.test_commands import command  # noqa: F401
from tests.doubles import WordScorer
from tests.gate.conftest import GOOD, pair


@pytest.fixture
def sets(tmp_path, monkeypatch, doubled):
    """A working folder with a claim set."""
    monkeypatch.chdir(tmp_path)
    write(GOOD)
    return tmp_path


def write(rows, name="bridge.jsonl"):
    """Writes rows as JSON lines into the working folder."""
    with open(name, "w", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)


WRONG = pair("wrong", expected="agreement")
BASELINE = ("--baseline", "baseline.json")


def test_the_life_of_a_baseline(command, sets):  # noqa: F811
    assert command("check", "bridge.jsonl")[0] == 0
    write([*GOOD, WRONG])
    code, out, _ = command("check", "bridge.jsonl")
    assert code == 1
    assert "bridge/wrong bridge.jsonl:4" in out
    assert "FAILED" in out
    code, _, err = command("check", "bridge.jsonl", *BASELINE, "--update-baseline")
    assert code == 0, "locking what fails is no failure"
    assert "4 items" in err
    assert command("check", "bridge.jsonl", *BASELINE)[0] == 0
    write([*GOOD, WRONG, {**WRONG, "id": "more"}])
    assert command("check", "bridge.jsonl", *BASELINE)[0] == 1
    assert command("check", "bridge.jsonl", *BASELINE, "--max-regressions", "1")[0] == 0
    assert command("check", ".", *BASELINE, "--max-regressions", "1", "--fail-under", "accuracy=0.99")[0] == 1
    write(GOOD)
    code, _, err = command("check", "bridge.jsonl", *BASELINE, "--update-baseline")
    assert code == 2
    assert "bridge/wrong" in err
    assert "--allow-removed" in err
    assert command("check", "bridge.jsonl", *BASELINE, "--update-baseline", "--allow-removed")[0] == 0
    assert set(json.loads((sets / "baseline.json").read_text())["items"]) == {
        "bridge/denied", "bridge/same", "bridge/apart",
    }  # fmt: skip


def test_reports_are_written_whole(command, sets, monkeypatch):  # noqa: F811
    write([*GOOD, WRONG])
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(sets / "summary.md"))
    code, out, err = command("check", ".", "--junit", "out/j.xml", "--sarif", "out/s.sarif", "--github", "--json")
    assert code == 1
    found = json.loads(out)
    assert found["counts"]["failed"] == 1
    assert found["items"][0]["got"] == ["contradiction"]
    assert "::error file=bridge.jsonl,line=4" in err, "beside JSON, annotations go to stderr, which GitHub reads too"
    assert ElementTree.parse(sets / "out" / "j.xml").getroot().tag == "testsuites"
    assert json.loads((sets / "out" / "s.sarif").read_text())["version"] == "2.1.0"
    assert "FAILED" in (sets / "summary.md").read_text()
    assert sorted(p.name for p in (sets / "out").iterdir()) == ["j.xml", "s.sarif"]
    code, out, err = command("check", ".", "--github", "--quiet")
    assert out.startswith("::error")


def test_an_interrupt_leaves_no_report(command, sets, monkeypatch):  # noqa: F811
    command("check", ".", *BASELINE, "--update-baseline")
    before = (sets / "baseline.json").read_bytes()

    def interrupted(self, pairs, progress=None):
        raise KeyboardInterrupt

    monkeypatch.setattr(WordScorer, "score", interrupted)
    assert command("check", ".", *BASELINE, "--update-baseline", "--junit", "j.xml")[0] == 130
    assert (sets / "baseline.json").read_bytes() == before
    assert sorted(p.name for p in sets.iterdir()) == ["baseline.json", "bridge.jsonl"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("missing.yaml",), "no such file"),
        ((".", "--update-baseline"), "needs --baseline"),
        ((".", *BASELINE), "no such baseline"),
        ((".", "--tag", "nothing"), "no item has the tag"),
        ((".", "--fail-under", "accuracy"), "--fail-under"),
        ((".", "--allow-removed"), "--update-baseline"),
        ((".", *BASELINE, "--update-baseline", "--tag", "denial"), "--tag"),
        ((".", "--precision", "int8"), "precision"),
        ((".", "--max-regressions", "-1"), "max-regressions"),
    ],
)
def test_wrong_use(command, sets, words, said):  # noqa: F811
    code, _, err = command("check", *words)
    assert code == 2
    assert said in err
    assert "Traceback" not in err


def test_all_faults_at_once(command, sets):  # noqa: F811
    write([pair("x", expected="no"), pair("y", a="")])
    code, _, err = command("check", "bridge.jsonl")
    assert code == 2
    assert "bridge.jsonl:1: item x: expected" in err
    assert "bridge.jsonl:2: item y: a: it is empty" in err


def test_tags(command, sets):  # noqa: F811
    write([*GOOD, WRONG])
    assert command("check", ".", "--tag", "denial", "--tag", "same")[0] == 0


def test_claimset_commands(command, sets):  # noqa: F811
    code, _, err = command("claimset", "init", "new.yaml", "--schema")
    assert code == 0
    assert (sets / "claim-set.schema.json").is_file()
    assert command("claimset", "init", "new.yaml")[0] == 2
    code, out, err = command("claimset", "lint", "new.yaml")
    assert (code, out) == (0, "")
    assert "0 errors, 0 warnings" in err
    write([pair("x"), pair("y", sorce="Wire")])
    code, out, _ = command("claimset", "lint", "bridge.jsonl")
    assert code == 1
    assert "bridge.jsonl:2: error: item y: the same texts as x at line 1" in out
    write([pair("x", sorce="Wire")])
    assert command("claimset", "lint", "bridge.jsonl")[0] == 0
    assert command("claimset", "lint", "bridge.jsonl", "--strict")[0] == 1
    code, out, _ = command("claimset", "lint", "bridge.jsonl", "--json")
    assert json.loads(out)["kind"] == "unknown-key"
    (sets / "f.csv").write_text("id,a,b,relation,review\n1,It rained.,It did not rain.,contradiction,confirmed\n")
    code, _, err = command("claimset", "add", "mine.yaml", "--from", "f.csv")
    assert code == 0
    assert "1 items added" in err
    assert command("claimset", "lint", "mine.yaml")[0] == 0


def test_help(command):  # noqa: F811
    for words in (["check"], ["claimset"], ["claimset", "init"], ["claimset", "lint"], ["claimset", "add"]):
        code, out, err = command(*words, "--help")
        assert code == 0
        assert "Usage" in out + err
