"""The examples of docs/claim-sets.md, run."""
from __future__ import annotations

import re
import runpy
import shlex
from pathlib import Path

import pytest
import yaml

from consistency.gate.reading import read_sets
from tests.cli.test_commands import command  # noqa: F401

DOCS = Path(__file__).parents[2] / "docs"
TEXT = (DOCS / "claim-sets.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", TEXT, re.DOTALL)


def blocks(kind):
    """The code blocks of one language."""
    return [text for name, text in BLOCKS if name == kind]


@pytest.mark.parametrize("text", blocks("yaml"))
def test_the_sets_are_sets(tmp_path, text):
    path = tmp_path / "a.yaml"
    path.write_text(text, encoding="utf-8")
    (made,) = read_sets(path)
    assert made.items
    assert not made.unknown


def test_the_table_is_a_set(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(blocks("csv")[0], encoding="utf-8")
    assert read_sets(path)[0].items[0].tags == ("denial", "talks")


def test_the_commands_run_as_they_stand(tmp_path, monkeypatch, doubled, command):  # noqa: F811
    monkeypatch.chdir(tmp_path)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "findings.csv").write_text("id,a,b,relation,review\nx,It rained.,It did not.,contradiction,\n")
    lines = [line for text in blocks("sh") for line in text.splitlines() if line]
    assert len(lines) >= 6
    for line in lines:
        words = shlex.split(line, comments=True)
        assert words[0] == "consistency"
        assert command(*words[1:])[0] in (0, 1), line


def test_the_python_runs(tmp_path, monkeypatch, doubled):
    monkeypatch.chdir(tmp_path)
    text = next(text for text in blocks("python") if "consistency.check" in text)
    Path("example.py").write_text(text, encoding="utf-8")
    runpy.run_path("example.py")
    assert (tmp_path / "baseline.json").is_file()


def test_every_key_of_the_schema_is_described():
    from consistency.gate.schema import schema

    parts = schema()["$defs"]
    for name in ("common", "pair", "articles", "verify", "wanted"):
        for key in parts[name]["properties"]:
            assert f"`{key}`" in TEXT or f"{key}:" in TEXT or f"`{key}:" in TEXT or key.startswith("b_"), key


def options_in(text):
    """The options of the consistency commands in a text, by command."""
    for line in re.findall(r"consistency (check|claimset \w+)([^\n]*(?:\n +--[^\n]*)*)", text):
        yield line[0].split(), re.findall(r"--[a-z-]+", line[1])


@pytest.mark.parametrize("name", ["claim-sets.yml", "pre-commit-config.yaml"])
def test_the_examples_are_yaml_and_their_options_exist(command, monkeypatch, name):  # noqa: F811
    monkeypatch.setenv("COLUMNS", "200")
    text = (DOCS / "examples" / name).read_text(encoding="utf-8")
    assert yaml.safe_load(text)
    found = list(options_in(text))
    assert found
    for words, options in found:
        code, out, _ = command(*words, "--help")
        assert code == 0
        for option in options:
            assert option in out
