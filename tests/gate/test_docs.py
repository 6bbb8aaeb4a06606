"""The sets in docs/claim-sets.md are sets, and the examples beside it fit the command line.

Its commands and its Python run in tests/test_docs.py, as those of all pages do.
"""
from __future__ import annotations

import re
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
