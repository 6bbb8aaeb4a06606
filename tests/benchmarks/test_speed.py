"""The speed benchmark's own arithmetic: clocks, growth, sizes."""
from __future__ import annotations

import numpy as np
import pytest

from benchmarks import speed
from consistency.article import Article
from consistency.options import Options
from consistency.pipeline import Models
from tests.doubles import WordEncoder

TEXT = "The mayor of Oldcastle, Ada Lind, opened 3 bridges in Novello on Monday. The council praised 12 engineers."


def test_an_inner_stage_is_not_counted_twice(monkeypatch):
    clock = speed.Clock("wall")
    times = iter(range(0, 100, 10))
    clock.now = lambda: next(times)
    with clock.stage("block"), clock.stage("encode"):
        pass
    assert (clock.seconds["block"], clock.seconds["encode"]) == (20, 10)
    with clock.stage("block"):
        pass
    assert clock.seconds["block"] == 30


@pytest.mark.parametrize(("power", "told"), [(1.0, 1.0), (2.0, 2.0)])
def test_growth(power, told):
    sizes = [100.0, 1000.0, 10000.0]
    assert speed.exponent(sizes, [3 * n**power for n in sizes]) == told
    assert speed.exponent([100.0], [1.0]) is None


def test_a_repeated_article_has_other_names_and_figures():
    names = ["Alder", "Birch", "Cedar"]
    fresh = speed.varied(Article("x", TEXT, source="A"), 2, names)
    assert fresh.id == "x-2"
    assert "5 bridges" in fresh.text
    assert "14 engineers" in fresh.text
    assert "Novello" not in fresh.text
    assert fresh.text == speed.varied(Article("x", TEXT, source="A"), 2, names).text


def test_a_size_is_reached_by_whole_articles_and_repetitions_are_counted(nlp):
    models = Models(Options(), nlp, WordEncoder())
    few = [Article(f"a{i}", TEXT) for i in range(2)]
    one = len(models.split(few[:1]).claims)
    assert one
    articles, repeated = speed.of_size(few, 2 * one, models)
    assert (len(articles), repeated) == (2, 0)
    articles, repeated = speed.of_size(few, 3 * one, models)
    assert (len(articles), repeated) == (3, 1)
    assert len({article.id for article in articles}) == 3


def test_an_even_sample():
    assert speed.sampled(list(range(10)), 5) == [0, 2, 4, 6, 8]
    assert speed.sampled([1, 2], 5) == [1, 2]


def test_the_stand_in_gives_probabilities():
    rows = speed.StandIn().score([("a", "b")] * 200)
    assert rows.shape == (200, 3)
    assert np.allclose(rows.sum(axis=1), 1)
