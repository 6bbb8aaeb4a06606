"""`consistency verify` as a user types it."""
from __future__ import annotations

import json

import pytest

from tests.cli.test_commands import command  # noqa: F401
from tests.verification.conftest import fixed_weights  # noqa: F401

WIRE = "---\nsource: Wire\n---\nThe plan costs 12 million dollars. Seven people were hurt in the fire.\n"
GOOD, BAD, NEW = (
    "The plan costs 12 million dollars.",
    "The plan does not cost 12 million dollars.",
    "A dragon was seen over Geneva.",
)


@pytest.fixture
def folder(tmp_path, monkeypatch, doubled):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "wire.md").write_text(WIRE, encoding="utf-8")
    (tmp_path / "sources" / "post.md").write_text("Nothing else is known yet.\n", encoding="utf-8")
    (tmp_path / "draft.txt").write_text(f"{GOOD} {NEW}", encoding="utf-8")
    return tmp_path


def test_a_draft_against_a_folder(command, folder):  # noqa: F811
    code, out, _ = command("verify", "draft.txt", "--against", "sources")
    assert code == 0
    assert "1 supported" in out
    assert "1 not found" in out
    assert "Wire" in out


def test_several_paths_may_follow_against(command, folder):  # noqa: F811
    code, out, _ = command("verify", GOOD, "--against", "sources/post.md", "sources/wire.md", "--json")
    made = json.loads(out)
    assert code == 0
    assert made["verdict"] == "supported"
    assert len(made["sources"]) == 2


def test_the_page_and_tables(command, folder):  # noqa: F811
    code, _, err = command("verify", "draft.txt", "--against", "sources", "--output", "out/draft.html")
    assert code == 0
    assert {path.name for path in (folder / "out").iterdir()} == {"draft.html", "claims.csv", "verify.json"}
    assert "draft.html" in err


@pytest.mark.parametrize(
    ("text", "fail_on", "code"),
    [
        (GOOD, "not_found", 0), (NEW, "contradicted", 0), (NEW, "not_found", 1), (BAD, "contradicted", 1),
        (BAD, "not_found", 1),
    ],
)  # fmt: skip
def test_fail_on(command, folder, text, fail_on, code):  # noqa: F811
    assert command("verify", text, "--against", "sources", "--fail-on", fail_on)[0] == code


@pytest.mark.parametrize("ending", ["jsonl", "csv"])
def test_many_pairs(command, folder, ending):  # noqa: F811
    rows = [{"id": n, "document": WIRE, "text": text} for n, text in enumerate((GOOD, NEW))]
    (folder / "pairs.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    output = folder / f"scored.{ending}"
    code, _, err = command("verify", "--input", "pairs.jsonl", "--output", output, "--fail-on", "not_found")
    assert code == 1
    assert "2 texts" in err
    if ending == "jsonl":
        made = [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]
        assert [row["verdict"] for row in made] == ["supported", "not_found"]
        assert {"id", "document", "text", "score", "verdict", "claims"} == set(made[0])
    else:
        assert output.read_text(encoding="utf-8").startswith("id,document,text,score,verdict,claims\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("verify",), "a text and its sources are needed"),
        (("verify", GOOD), "a text and its sources are needed"),
        (("verify", "missing.txt", "--against", "sources"), "missing.txt"),
        (("verify", GOOD, "--against", "nowhere"), "nowhere"),
        (("verify", GOOD, "--against", "sources", "--fail-on", "uncertain"), "--fail-on"),
        (("verify", GOOD, "--against", "sources", "--input", "pairs.jsonl"), "not both"),
        (("verify", "--input", "empty.jsonl"), "empty.jsonl"),
        (("verify", "--input", "bad.jsonl"), "row 1"),
    ],
)
def test_what_is_wrong_is_one_line_and_exit_code_2(command, folder, words, said):  # noqa: F811
    (folder / "empty.jsonl").write_text("", encoding="utf-8")
    (folder / "bad.jsonl").write_text('{"text": "x"}\n', encoding="utf-8")
    code, _, err = command(*words)
    assert code == 2
    assert said in err
    assert "Traceback" not in err


def test_a_text_from_stdin(command, folder, monkeypatch):  # noqa: F811
    import io

    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(GOOD.encode()), encoding="utf-8"))
    code, out, _ = command("verify", "-", "--against", "sources", "--json")
    assert code == 0
    assert json.loads(out)["verdict"] == "supported"


def test_a_skipped_source_fails_under_strict(command, folder):  # noqa: F811
    (folder / "sources" / "broken.json").write_text("{", encoding="utf-8")
    code, _, err = command("verify", GOOD, "--against", "sources")
    assert code == 0
    assert "broken.json" in err
    assert command("verify", GOOD, "--against", "sources", "--strict")[0] == 2
