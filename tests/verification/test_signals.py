"""Signals and what the judge makes of them."""
from __future__ import annotations

import json
from importlib.resources import files

import pytest

from consistency.article import Article
from consistency.finding import Probabilities
from consistency.relate.evidence import Values
from consistency.verification import judge
from consistency.verification.comparison import Comparison
from consistency.verification.passages import sentences
from consistency.verification.search import Library, Passage, Place, stems_of
from consistency.verification.signals import Found, signals

NOTHING = Comparison(None, Values(), Values(), None, False, (None, None))
SHELF = Library([sentences(Article("x", "The mayor resigned. Seven aides left with him."))])


def found(*scores, claim="The mayor resigned."):
    passages = tuple(
        Passage((Place(0, n),), 0.8 - 0.6 * n, 0.8, SHELF.sentence(Place(0, n)).text) for n in range(len(scores))
    )
    return Found(passages, tuple(Probabilities(*row) for row in scores), stems_of(claim))


def test_a_close_contradiction_outweighs_a_far_one():
    assert found((0.1, 0.1, 0.8), (0.0, 0.1, 0.9)).best_against == 0
    assert found((0.9, 0.1, 0.0), (0.2, 0.7, 0.1)).best_for == 0


def test_without_passages_there_is_no_evidence():
    empty = Found((), (), stems_of("The mayor resigned."))
    assert (empty.best_for, empty.best_against, empty.chosen) == (None, None, ())
    assert signals(empty, Library([]), NOTHING, 0)["entailed"] == -4


def test_missing_words_are_told_from_words_elsewhere():
    some = found((0.5, 0.5, 0.0), claim="The mayor resigned with seven dragons.")
    values = signals(some, SHELF, NOTHING, 0)
    assert values["words_missing"] > 0
    assert values["words_elsewhere"] > 0
    assert values["figures_elsewhere"] == 1
    assert values["figures_missing"] == 0


@pytest.mark.parametrize(
    ("entailed", "contradicted", "verdict"),
    [(4, -4, "supported"), (-4, 4, "contradicted"), (-4, -4, "not_found"), (-0.5, 0, "uncertain")],
)
def test_verdicts(entailed, contradicted, verdict):
    values = dict.fromkeys(judge.weights()["supported"] | judge.weights()["contradicted"], 0.0)
    values |= {"entailed": float(entailed), "contradicted": float(contradicted)}
    assert judge.judge(values)[0] == verdict


def test_the_weights_that_are_shipped_fit_the_signals():
    shipped = json.loads((files("consistency.verification") / "weights.json").read_text(encoding="utf-8"))
    names = set(signals(found(), SHELF, NOTHING, 0))
    for model in ("supported", "contradicted"):
        assert set(shipped[model]) - {"bias"} <= names
    assert shipped["supported"].get("words_missing", 0) <= 0
    assert shipped["contradicted"].get("figure_differs", 0) >= 0
