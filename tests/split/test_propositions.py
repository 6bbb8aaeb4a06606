"""Small propositions: each member of a list, each place and time by itself, only where they follow."""

from __future__ import annotations

import pytest

from consistency.article import Article
from consistency.split import split


@pytest.mark.parametrize(
    ("text", "propositions"),
    [
        (
            "The film stars Ann Reed and Tom Hill.",
            ["The film stars Ann Reed.", "The film stars Tom Hill."],
        ),
        (
            "The army closed the port in May after the storm.",
            [
                "The army closed the port in May.",
                "The army closed the port after the storm.",
                "The army closed the port.",
            ],
        ),
    ],
)
def test_lists_and_places_stand_alone(nlp, text, propositions):
    found = split([Article("a", text)], nlp, fine=True)
    assert [claim.text for claim in found.claims] == propositions


@pytest.mark.parametrize(
    "text",
    [
        "The army did not close the port in May.",
        "The army will close the port in May.",
        "If it rains, the army closes the port in May.",
        "Nobody saw the ship in May.",
    ],
)
def test_what_would_not_follow_stays_whole(nlp, text):
    assert [claim.text for claim in split([Article("a", text)], nlp, fine=True).claims] == [text]
