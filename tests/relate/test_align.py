"""Alignment: shared content, subjects and names."""
from __future__ import annotations

import pytest

from consistency.relate.align import align, alike, same_name
from consistency.relate.frame import frame_of
from consistency.relate.substitute import replace_words


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("zalmay khalilzad", "khalilzad", True),
        ("united nations", "un", True),
        ("u.s.", "united states", True),
        ("ada lind", "ben lind", True),
        ("ada lind", "ada stone", False),
        ("geneva", "genoa", False),
        ("corbel", "vantor", False),
    ],
)
def test_names(a, b, same):
    assert same_name(a, b) is same_name(b, a) is same


def aligned(nlp, a, b):
    return align(frame_of(nlp(a)), frame_of(nlp(b)), {})


def test_equal_claims_cover_each_other(nlp):
    found = aligned(nlp, "The council approved the tram.", "The council approved the tram.")
    assert (found.covered_a, found.covered_b, found.subjects, found.predicates) == (1.0, 1.0, 1, 1)
    assert not found.only_a | found.only_b


def test_word_forms_are_one(nlp):
    found = aligned(nlp, "An agreement on withdrawal was reached.", "They agreed to withdraw.")
    assert found.covered_b > 0.9


def test_names_of_one_role_that_differ_clash(nlp):
    found = aligned(nlp, "Anna Berg opened the bridge in Oldcastle.", "Tom Hale opened the bridge in Oldcastle.")
    assert [(x.key, y.key) for x, y in found.clashing_names] == [("anna berg", "tom hale")]
    assert found.subjects == -1


def test_coverage_is_weighed_by_rarity(nlp):
    a, b = frame_of(nlp("The senator visited Paris.")), frame_of(nlp("The senator visited Rome."))
    common = {"senator": 0.2, "visit": 0.2, "paris": 3.0, "rome": 3.0}
    assert align(a, b, common).covered_a < align(a, b, {}).covered_a


@pytest.mark.parametrize(
    ("a", "b", "one"),
    [
        ("agreement", "agree", True),
        ("withdrawal", "withdraw", True),
        ("vote", "voters", True),
        ("vote", "vote", True),
        ("meet", "meetingless", False),
        ("nationalisation", "nation", False),
        ("trade", "tram", False),
        ("election", "elevator", False),
        ("cat", "cats", False),
        ("", "tram", False),
    ],
)
def test_forms_of_one_word(a, b, one):
    assert alike(a, b) is alike(b, a) is one


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("At least 12 people died.", [("12", "seven")], "At least seven people died."),
        ("It was 2012 and 12 died.", [("12", "7")], "It was 2012 and 7 died."),
        ("It cost $1.2 million.", [("$1.2 million", "$3 million")], "It cost $3 million."),
        ("Nothing here.", [("12", "7")], None),
        ("Twelve died on Monday.", [("twelve", "Nine"), ("Monday", "Friday")], "Nine died on Friday."),
        ("Any text.", [], None),
        ("It cost 5.", [("5", r"\1")], r"It cost \1."),
    ],
)
def test_replacing_words(text, values, expected):
    assert replace_words(text, values) == expected


@pytest.mark.parametrize(
    ("a", "b", "words"),
    [
        ("The Supreme Court of Norway upheld the ban.", "The Supreme Court of Sweden struck down the ban.",
         [("Norway", "Sweden")]),
        ("Schools in the east were closed.", "Schools in the west were open.", [("the east", "the west")]),
        ("The tennis player lost.", "The chess player lost.", [("tennis", "chess")]),
        ("A crane fell at a building site.", "A crane fell at a power plant.", []),
        ("The court upheld the ban.", "The court of Sweden struck down the ban.", []),
        ("The court of Sweden upheld the ban.", "Sweden's court struck down the ban.", []),
    ],
)  # fmt: skip
def test_qualifiers_of_one_head_tell_two_things_apart(nlp, a, b, words):
    one, other = frame_of(nlp(a)), frame_of(nlp(b))
    found = align(one, other, {}).other_ones
    assert [(a[x.start : x.end], b[y.start : y.end]) for x, y in found if x.head] == words
