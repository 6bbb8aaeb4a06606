"""Values of two claims, compared: what conflicts, what may, and what dates are dates of."""
from __future__ import annotations

import pytest

from consistency.finding import Probabilities
from consistency.relate.align import align
from consistency.relate.evidence import Evidence, Values, compare_figures
from consistency.relate.frame import analyse
from consistency.relate.substitute import cored_pairs, reconciled_text
from consistency.values import find_quantities
from tests.making import claim, pair


def figures(nlp, a, b):
    sides = [claim(text, key, quantities=tuple(find_quantities(nlp(text)))) for text, key in ((a, "a"), (b, "b"))]
    return compare_figures(*sides)


@pytest.mark.parametrize(
    ("a", "b", "words"),
    [
        ("Quillmark bought the firm for 2.4 billion euros in cash.", "The price was 1.7 billion euros.",
         ("2.4 billion euros", "1.7 billion euros")),
        ("The match drew a crowd of 48,300.", "Just 31,000 spectators came.", ("48,300", "Just 31,000")),
    ],
)  # fmt: skip
def test_figures_of_one_unit_may_be_the_same_value(nlp, a, b, words):
    found = figures(nlp, a, b)
    assert found.conflicts == ()
    assert [(x.span.text, y.span.text) for x, y in found.others] == [words]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("The price was 2.4 billion euros.", "The price was 1.7 billion euros."),  # a conflict already
        ("The fire killed 12 people.", "A crowd of 48,300 came."),  # a toll counts what it counts
        ("They paid 3 euros and 9 euros.", "They paid 5 euros for two hats."),  # which of the two is not known
        ("It cost 100 euros in cash.", "The price was 101 euros."),  # one value, rounded
    ],
)
def test_others_are_only_those_that_are_left_over_alone(nlp, a, b):
    assert figures(nlp, a, b).others == ()


@pytest.mark.parametrize(
    ("text", "words", "of"),
    [
        ("The start of the campaign will be announced on October 5, 2013.", "October 5, 2013", "announce"),
        ("Elections that are scheduled for December 15 will be held.", "December 15", "schedule"),
        ("Sunday's referendum was cancelled.", "Sunday", "referendum"),
        ("He was mayor in 2010.", "2010", "mayor"),
    ],
)
def test_a_date_is_told_with_what_it_is_the_date_of(nlp, text, words, of):
    (frame,) = analyse([text], nlp)
    assert [(text[t.start : t.end], t.of) for t in frame.times] == [(words, of)]


@pytest.mark.parametrize("text", ["In July 2013.", "July 2, 2013", "On Tuesday, on Tuesday.", "2013"])
def test_a_date_that_hangs_on_nothing_ends_the_search(nlp, text):
    (frame,) = analyse([text], nlp)
    assert all(text[t.start : t.end] for t in frame.times)


def with_figures(nlp, a, b):
    """Evidence of two texts with their figures compared, before any model reads them."""
    sides = [claim(text, key, quantities=tuple(find_quantities(nlp(text)))) for text, key in ((a, "a"), (b, "b"))]
    frames = tuple(analyse([a, b], nlp))
    neutral = Probabilities(0, 1, 0)
    return Evidence(pair(*sides), frames, align(*frames, {}), compare_figures(*sides), Values(), neutral, neutral)


@pytest.mark.parametrize(
    ("a", "b", "reworded"),
    [
        ("No less than one million crowns were paid.", "1,250,000 crowns were paid.",
         "1,250,000 crowns were paid."),
        ("It was worth nearly 3 billion euros.", "It was worth 2.94 billion euros.",
         "It was worth 2.94 billion euros."),
        ("12 people were hurt.", "Twelve people were hurt.", "Twelve people were hurt."),
        ("12 people were hurt.", "12 people were hurt.", None),
        ("12 people were hurt.", "15 people were hurt.", None),
    ],
)  # fmt: skip
def test_values_that_both_can_hold_are_worded_alike(nlp, a, b, reworded):
    assert reconciled_text(with_figures(nlp, a, b)) == reworded


@pytest.mark.parametrize(
    ("a", "b", "scored"),
    [
        (
            "Some 30 people were killed when shells landed at a school in the camp.",
            "More than 40 people died, which shook the whole town.",
            [("More than 40 people were killed", "More than 40 people died"),
             ("Some 30 people died", "Some 30 people were killed")],
        ),
        # both cores are all that there is: the whole texts are read with the figures made equal
        ("Some 30 people were killed.", "More than 40 people died.", []),
        # an ordinal says which one
        ("The second bomb fell while they slept.", "The first bomb fell while they ate.", []),
        ("Some 30 people were killed when shells landed.", "Some 30 people died.", []),
    ],
)  # fmt: skip
def test_values_are_read_in_their_cores(nlp, a, b, scored):
    assert [pair for pairs in cored_pairs(with_figures(nlp, a, b)) for pair in pairs] == scored
