"""Claim sets and scorers for the tests of the gate."""
from __future__ import annotations

import pytest

from consistency.options import Options
from consistency.pipeline import Models
from tests.doubles import WordEncoder, WordScorer

# A project of its own, which the tests of the plugin run.
collect_ignore = ["example"]

CLOSED = "The harbour bridge in Oldcastle was closed on Monday."
OPEN = "The harbour bridge in Oldcastle was not closed on Monday."
WEATHER = "A choir sang in the northern tunnel."


def pair(key: str = "one", a: str = CLOSED, b: str = OPEN, expected="contradiction", **more):
    """A row of a claim set."""
    return {"id": key, "a": a, "b": b, "expected": expected, **more}


GOOD = [
    pair("denied", tags=["denial"]),
    pair("same", b="On Monday the harbour bridge in Oldcastle was closed.", expected="agreement", tags=["same"]),
    pair("apart", b=WEATHER, expected="none"),
]


class CountingScorer(WordScorer):
    """Counts how often it is called."""

    calls = 0

    def score(self, pairs, progress=None):
        """See `WordScorer.score`."""
        type(self).calls += 1
        return super().score(pairs, progress)


class Deaf(WordScorer):
    """Hears no contradiction: a model that has got worse."""

    name = "deaf"

    def label(self, premise, hypothesis):
        """The label of one pair."""
        label = super().label(premise, hypothesis)
        return "neutral" if label == "contradiction" else label


@pytest.fixture
def make_models(nlp):
    """Models with the real parser, and doubles for the rest."""

    def make(scorer=None, **options):
        return Models(Options(**options), nlp, WordEncoder(), scorer or WordScorer())

    return make
