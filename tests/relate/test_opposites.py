"""Words that set two claims against each other, found in the claims' own text."""
from __future__ import annotations

import pytest

from consistency.relate.align import align
from consistency.relate.frame import analyse
from consistency.relate.opposites import antonyms, opposites


@pytest.mark.parametrize(
    ("a", "b", "kind", "words"),
    [
        ("Exports rose in May.", "Exports fell in May.", "antonym", ("rose", "fell")),
        ("The port stayed open on Friday.", "The port stayed closed on Friday.", "antonym", ("open", "closed")),
        ("All the miners came up.", "None of the miners came up.", "quantifier", ("All", "None")),
        ("Most members backed him.", "Few members backed him.", "quantifier", ("Most", "Few")),
        ("She left before the vote.", "She left after the vote.", "order", ("before", "after")),
        ("The fire was caused by a candle.", "The fire was due to a short circuit.", "cause", ("caused", "due to")),
    ],
)
def test_deciding_words_are_found(nlp, a, b, kind, words):
    one, other = analyse([a, b], nlp)
    found = {o.kind: (a[slice(*o.a)], b[slice(*o.b)]) for o in opposites(one, other, align(one, other, {}))}
    assert found[kind] == words


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("All the miners came up.", "All the miners are safe."),
        ("She left before the vote.", "She spoke before the vote."),
        ("Exports rose and imports fell.", "Imports fell and exports rose."),
    ],
)
def test_words_on_both_sides_tell_nothing(nlp, a, b):
    one, other = analyse([a, b], nlp)
    assert opposites(one, other, align(one, other, {})) == ()


def test_antonyms_go_both_ways():
    assert "fall" in antonyms()["rise"]
    assert "rise" in antonyms()["fall"]
