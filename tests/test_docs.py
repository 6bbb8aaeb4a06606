"""What the documentation says works: every command and every Python block is run, links lead somewhere, and what is
written from docstrings is up to date."""
from __future__ import annotations

import csv
import json
import re
import shlex
import shutil
from pathlib import Path

import pytest

from consistency.cli.app import main

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
WRITTEN = {"commands.md", "reference.md"}  # by scripts/build_reference.py
BLOCK = re.compile(r"^```(\w+)(?: (\w+))?\n(.*?)^```", re.MULTILINE | re.DOTALL)
# Files that stand for the reader's own; rows of findings and scored pairs are written by the commands themselves.
PAIRS = [{"premise": "Seven people died.", "hypothesis": "Nobody was hurt."}]
DUMP = [
    {"body": "Seven people died in the cease-fire talks.", "outlet": "One", "date": "2023-03-14"},
    {"body": "Nobody died in the cease-fire talks.", "outlet": "Two", "date": "2023-03-14"},
]
# A few articles are enough to see that a command works.
ARTICLES = (
    "coastline-ferry-fire.md", "tidewater-ferry-fire.txt", "meridian-ceasefire-agreed.md",
    "reference-khalilzad-talks.txt",
)  # fmt: skip
REVIEWED = [{"id": "0123456789abcdef", "review": "confirmed", "review_note": ""}]
FINDINGS = [{**REVIEWED[0], "relation": "contradiction", "a": "It rained.", "b": "It did not rain."}]
CLAIMS = {"id": "bridge", "a": "The bridge was closed.", "b": "The bridge was not closed.", "expected": "contradiction"}
BASELINE = {"schema": 1, "version": "0.0.1", "models": {}, "settings": {}, "items": {}}


def blocks(kind: str) -> list:
    """All fenced blocks of a language, but those marked as set-up."""
    found = []
    for page in PAGES:
        if page.name not in WRITTEN:
            for match in BLOCK.finditer(page.read_text(encoding="utf-8")):
                language, mark, text = match.groups()
                if language == kind and mark != "setup":
                    found.append(pytest.param(text, id=f"{page.name}-{len(found)}"))
    return found


def commands() -> list:
    """All lines of shell blocks that call the command."""
    lines = (line for block in blocks("sh") for line in block.values[0].splitlines())
    return list(dict.fromkeys(line for line in lines if line.startswith("consistency ")))


def table(path: Path, rows: list[dict[str, str]]) -> None:
    """A CSV file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture
def desk(tmp_path, monkeypatch, doubled):
    """A working folder with what a reader has: the repository's data and files of their own."""
    for folder in (tmp_path / "data" / "articles", tmp_path / "articles"):
        folder.mkdir(parents=True)
        for name in ARTICLES:
            shutil.copy(ROOT / "data" / "articles" / name, folder / name)
    table(tmp_path / "dump.csv", DUMP)
    table(tmp_path / "pairs.csv", PAIRS)
    table(tmp_path / "reviewed.csv", REVIEWED)
    (tmp_path / "out").mkdir()
    table(tmp_path / "out" / "findings.csv", FINDINGS)
    (tmp_path / "claims").mkdir()
    (tmp_path / "claims" / "bridge.jsonl").write_text(json.dumps(CLAIMS) + "\n", encoding="utf-8")
    (tmp_path / "claims-baseline.json").write_text(json.dumps(BASELINE), encoding="utf-8")
    (tmp_path / "draft.txt").write_text("Seven people died in the fire.\n", encoding="utf-8")
    for folder, suffix in (("sources", "md"), ("agency", "html"), (".", "md")):
        (tmp_path / folder).mkdir(exist_ok=True)
        text = "<p>" * (suffix == "html") + "Twelve people died in the fire on the ferry, the Coast Guard said. " * 3
        (tmp_path / folder / f"wire.{suffix}").write_text(text + "\n", encoding="utf-8")
    pair = {"document": "Seven people died in the fire.", "text": "Seven people died."}
    (tmp_path / "pairs.jsonl").write_text(json.dumps(pair) + "\n", encoding="utf-8")
    (tmp_path / "consistency").mkdir()
    (tmp_path / "consistency" / "models").symlink_to(ROOT / "consistency" / "models")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_there_are_commands_and_code_to_run():
    assert len(commands()) >= 10
    assert len(blocks("python")) >= 3


@pytest.mark.parametrize("line", commands())
def test_a_command_does_what_it_is_said_to(line, desk, monkeypatch, capsys):
    words = shlex.split(line, comments=True)
    monkeypatch.setattr("sys.argv", words)
    try:
        main()
        code = 0
    except SystemExit as end:
        code = end.code or 0
    out, err = capsys.readouterr()
    # What was asked to fail may fail.
    assert code == 0 or (code == 1 and "--fail-on" in words), err
    if "--output" in words:
        assert (desk / words[words.index("--output") + 1]).is_file()
    else:
        assert out or err


@pytest.mark.parametrize("text", blocks("python"))
def test_python_runs(text, desk):
    exec(compile(text, "documentation", "exec"), {})


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\((?!https?://)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_every_command_has_an_example():
    shown = {line.split()[1] for line in commands()}
    names = set(re.findall(r"^## `consistency ([\w-]+)`", (ROOT / "docs" / "commands.md").read_text(), re.MULTILINE))
    assert names <= shown


def test_what_is_written_from_docstrings_is_up_to_date():
    build_reference = pytest.importorskip("scripts.build_reference", exc_type=ImportError)
    hint = "the docstrings changed: run `make reference`"
    assert build_reference.REFERENCE.read_text(encoding="utf-8") == build_reference.reference(), hint
    assert build_reference.COMMANDS.read_text(encoding="utf-8") == build_reference.commands(), hint
