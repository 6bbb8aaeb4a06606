"""Pronouns, surnames and roles: replaced where plain, listed where not."""

from __future__ import annotations

import pytest

RESOLVED = [
    ("Anna Berg said she had closed the road.", "Anna Berg had closed the road."),
    ("The militants said they would attack again.", "The militants would attack again."),
    ("The company said it had fired the manager.", "The company had fired the manager."),
    ('"I closed the road myself," said Anna Berg.', "Anna Berg closed the road myself."),
    ('"I am tired of waiting," said Anna Berg.', "Anna Berg is tired of waiting."),
    ('"I\'ve never met the man," said Anna Berg.', "Anna Berg has never met the man."),
    ('"My son lives in Rome," said Anna Berg.', "Anna Berg's son lives in Rome."),
    ("Anna Berg opened the museum. She thanked the donors.", "Anna Berg thanked the donors."),
    ("The ship sank after it hit a reef.", "The ship hit a reef."),
    ("Anna Berg opened the museum. Berg thanked the donors.", "Anna Berg thanked the donors."),
    ("Anna Berg opened the museum. Ms. Berg thanked the donors.", "Anna Berg thanked the donors."),
]


@pytest.mark.parametrize(("text", "last"), RESOLVED, ids=[text[:45] for text, _ in RESOLVED])
def test_plain_references_are_replaced(read, text, last):
    claim = read(text).claims[-1]
    assert claim.text == last
    assert not set(claim.unresolved) & {"she", "i", "my", "they", "it"}


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("They closed the road at noon.", "they"),
        ("Mark Hill met Paul Stone. He left early.", "he"),
        ("This surprised the whole town.", "this"),
        ('"We closed the road," said Anna Berg.', "we"),
        ("It was sold to a bank.", "it"),
    ],
)
def test_what_is_not_plain_is_listed(read, text, word):
    claim = read(text).claims[-1]
    assert word in claim.unresolved
    assert word in claim.text.lower().split()


def test_a_pronoun_of_the_other_gender_is_left(read):
    assert "she" in read("Mark Hill opened the museum. She thanked the donors.").claims[-1].unresolved


def test_a_role_that_one_person_holds_is_that_person(read):
    claims = read("U.S. envoy Zalmay Khalilzad landed in Doha.\n\nThe envoy said the talks went well.").claims
    assert claims[-1].speaker == "Zalmay Khalilzad"


def test_an_empty_it_is_no_reference(read):
    assert read("It is clear that the road was closed.").claims[0].unresolved == ()


def test_an_antecedent_has_its_own_place_in_the_source(read):
    text = "Anna Berg opened the museum. She thanked the donors."
    claim = read(text).claims[-1]
    assert claim.locate(0, len("Anna Berg")) == [(0, len("Anna Berg"))]
    assert [span.text for span in claim.spans] == ["She thanked the donors"]
