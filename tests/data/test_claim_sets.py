"""The claim sets in data/claim_sets: well formed, answers within the contract, no frame twice in a suite."""
from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml

FOLDER = Path(__file__).resolve().parents[2] / "data" / "claim_sets"
FILES = sorted(FOLDER.glob("*.yaml"))
SUITES = sorted({path.name.split(".")[0] for path in FILES})
HALVES = {"tune": "t", "report": "r"}
RELATIONS = {"agreement", "contradiction", "update", "uncertain", "none"}
TOPICS = {"politics", "disasters", "business", "courts", "health", "sport", "science"}
KINDS = {"false-alarm", "true-conflict"}
NEEDED = {"id", "a", "b", "expected", "tags"}
OPTIONAL = {"note"} | {f"{side}_{field}" for side in "ab" for field in ("source", "date", "speaker")}
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?)?")


@cache
def read(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def items(suite: str) -> list[dict[str, Any]]:
    return [item for half in HALVES for item in read(FOLDER / f"{suite}.{half}.yaml")["items"]]


def expected(item: dict[str, Any]) -> set[str]:
    answers = item["expected"]
    return {answers} if isinstance(answers, str) else set(answers)


def frame(sentence: str) -> tuple[str, ...]:
    """The sentence's words, with one mark for every run of figures and capitalised words.

    The first word of a sentence counts as a name only before another capitalised word.
    """
    words = re.findall(r"[^\W_][\w'’.,:-]*", sentence)
    masked: list[str] = []
    for place, word in enumerate(words):
        follows = words[place + 1][0].isupper() if place + 1 < len(words) else False
        named = any(c.isdigit() for c in word) or (word[0].isupper() and (place > 0 or follows))
        mark = "_" if named else word.strip(".,:").lower()
        if mark != "_" or masked[-1:] != ["_"]:
            masked.append(mark)
    return tuple(masked)


def runs(words: tuple[str, ...], length: int = 3) -> set[tuple[str, ...]]:
    return {words[i : i + length] for i in range(len(words) - length + 1)}


def test_there_are_suites() -> None:
    assert FILES


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_file_is_well_formed(path: Path) -> None:
    suite, half, _ = path.name.split(".")
    content = read(path)
    assert set(content) == {"schema", "name", "description", "items"}
    assert content["schema"] == 1
    assert content["name"] == suite
    assert content["description"].strip()
    assert len(content["items"]) >= 30
    for item in content["items"]:
        assert NEEDED <= set(item) <= NEEDED | OPTIONAL, item["id"]
        assert re.fullmatch(rf"{suite}-{HALVES[half]}\d\d+", item["id"])
        assert all(isinstance(value, str) and value.strip() for key, value in item.items() if key in OPTIONAL), item
        assert item["a"] != item["b"]
        for side in "ab":
            assert 6 <= len(item[side].split()) <= 45, item[side]
            assert ISO_DATE.fullmatch(item.get(f"{side}_date", "2000-01-01")), item["id"]


@pytest.mark.parametrize("suite", SUITES)
def test_suite_has_both_halves(suite: str) -> None:
    found = {path.name for path in FILES if path.name.split(".")[0] == suite}
    assert found == {f"{suite}.{half}.yaml" for half in HALVES}


@pytest.mark.parametrize("suite", SUITES)
def test_expected_answers_follow_the_kind_of_suite(suite: str) -> None:
    for item in items(suite):
        answers = expected(item)
        assert answers
        assert answers <= RELATIONS, item["id"]
        kinds = KINDS & set(item["tags"])
        assert len(kinds) == 1, item["id"]
        assert suite in item["tags"], item["id"]
        if kinds == {"true-conflict"}:
            assert answers == {"contradiction"}, item["id"]
        else:
            assert "contradiction" not in answers, item["id"]


@pytest.mark.parametrize("suite", SUITES)
def test_topics_are_spread_alike_over_both_halves(suite: str) -> None:
    for half in HALVES:
        found = [TOPICS & set(item["tags"]) for item in read(FOLDER / f"{suite}.{half}.yaml")["items"]]
        assert all(len(topics) == 1 for topics in found)
        assert set().union(*found) == TOPICS


def test_no_id_and_no_sentence_twice() -> None:
    ids = [item["id"] for suite in SUITES for item in items(suite)]
    assert len(ids) == len(set(ids))
    seen: dict[str, str] = {}
    for suite in SUITES:
        for item in items(suite):
            for side in "ab":
                text = re.sub(r"\W+", " ", item[side]).casefold().strip()
                assert text not in seen, f"{item['id']} and {seen[text]}: {item[side]}"
                seen[text] = item["id"]


@pytest.mark.parametrize("suite", SUITES)
def test_no_frame_twice(suite: str) -> None:
    """Neither a whole frame in two items of a suite, nor half of one: the sides of a pair may share theirs."""
    frames = {item["id"]: [frame(item["a"]), frame(item["b"])] for item in items(suite)}
    owners = defaultdict(set)
    for name, pair in frames.items():
        for one in pair:
            owners[one].add(name)
    assert not {one: names for one, names in owners.items() if len(names) > 1}
    pieces = {name: [runs(one) for one in pair] for name, pair in frames.items()}
    for first, second in combinations(pieces, 2):
        for a in pieces[first]:
            for b in pieces[second]:
                assert 2 * len(a & b) < min(len(a), len(b)), f"{first} and {second}: {a & b}"


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("The quake in Holm killed 12.", "The quake in Port Aldis killed 7.", True),
        ("Mayor Ann Lee resigned on Monday.", "Mayor Bo Ek Holt resigned on Friday.", True),
        ("The quake in Holm killed 12.", "The flood in Holm killed 12.", False),
    ],
)
def test_frames_mask_names_and_figures(one: str, two: str, same: bool) -> None:
    assert (frame(one) == frame(two)) is same
