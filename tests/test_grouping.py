"""Near-copies, storylines and the abstain band."""
from __future__ import annotations

import pytest

from consistency.copies import copy_groups
from consistency.finding import Finding, Probabilities, Scores
from consistency.group import storylines
from consistency.pair import between, claim_key, different_speakers
from consistency.relate.abstain import shown_at
from tests.making import article, claim, pair

WIRE = (
    "A ferry caught fire off the northern coast on Tuesday night and sank before dawn, the coast guard said. "
    "Rescue boats from three harbours took part in the search. Passengers were brought to a school in the old town, "
    "where nurses and volunteers looked after them until buses arrived in the morning. The owner said that an inquiry "
    "had begun."
)
OTHER = (
    "Passengers of a ferry that burned on Tuesday night told of smoke on the car deck. The ship went down before dawn. "
    "The coast guard sent boats, and many were taken to a school, where volunteers served tea."
)


def found(a, b, relation, confidence=0.9, detail=""):
    """A finding of two claims."""
    p = pair(a, b)
    row = Probabilities(0.9, 0.05, 0.05)
    return Finding(p.id, (p.id,), relation, detail, between(a, b), confidence, None, None,
                   Scores(row, row, (a.text, b.text)), (), ((a.id, b.id),), a, b)  # fmt: skip


def test_copies_of_one_text_are_one_group_and_own_reports_are_not():
    groups = copy_groups([article("wire", WIRE), article("copy", WIRE.replace("three", "four")), article("own", OTHER)])
    assert groups["wire"] == groups["copy"] != groups["own"]


def test_very_short_articles_have_groups():
    assert len(set(copy_groups([article("a", "Fire."), article("b", "Water.")]).values())) == 2


@pytest.mark.parametrize(
    ("one", "other", "different"),
    [
        ("Ashraf Ghani", "Ghani", False),
        ("Ashraf Ghani", "Zalmay Khalilzad", True),
        ("Ashraf Ghani", None, False),
        ("Ada Lind", "Ada Linde", True),
    ],
)
def test_speakers(one, other, different):
    a, b = claim("x y z", "a", speaker=one), claim("x y z", "b", speaker=other)
    assert different_speakers(a, b) is different_speakers(b, a) is different


def test_the_same_words_are_one_claim_whoever_says_them():
    assert claim_key(claim("The plan passed.", "a", speaker="X")) == claim_key(claim("the  plan passed", "b"))
    assert claim_key(claim("The plan passed.", "a")) != claim_key(claim("The plan passed.", "a", denies="It passed."))


def test_a_storyline_has_opposed_positions_and_counts_copies_once():
    yes = [claim("The plan passed.", key, source=key, date=f"2024-01-0{i}") for i, key in enumerate("abc", 1)]
    no = claim("The plan failed.", "d", source="d", date="2024-01-09")
    findings = [
        found(yes[0], yes[1], "agreement", detail="equivalent"),
        found(yes[1], yes[2], "agreement", detail="equivalent"),
        found(yes[0], no, "contradiction"),
    ]
    order = {c.id: i for i, c in enumerate([*yes, no])}
    lines, named = storylines(findings, order, {"a": 0, "b": 0, "c": 2, "d": 3})
    (line,) = lines
    assert [(len(p.claims), p.independent_sources, p.first, p.last) for p in line.positions] == [
        (3, 2, "2024-01-01", "2024-01-03"),
        (1, 1, "2024-01-09", "2024-01-09"),
    ]
    assert {f.storyline for f in named} == {line.id}


def test_unsure_findings_tie_nothing():
    a, b = claim("The plan passed.", "a"), claim("The plan failed.", "b")
    lines, named = storylines([found(a, b, "contradiction", 0.3)], {a.id: 0, b.id: 1}, {"a": 0, "b": 1})
    assert lines == ()
    assert named[0].storyline is None


@pytest.mark.parametrize(
    ("relation", "confidence", "shown"),
    [
        ("contradiction", 0.5, "contradiction"),
        ("contradiction", 0.42, "uncertain"),
        ("contradiction", 0.34, None),
        ("update", 0.42, "uncertain"),
        ("agreement", 0.42, None),
        ("agreement", 0.61, "agreement"),
        ("uncertain", 0.61, "uncertain"),
    ],
)
def test_the_abstain_band(relation, confidence, shown):
    a, b = claim("The plan passed.", "a"), claim("The plan failed.", "b")
    seen = shown_at(found(a, b, relation, confidence), 0.5)
    assert (seen.relation if seen else None) == shown
