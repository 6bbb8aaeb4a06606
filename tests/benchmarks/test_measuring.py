"""The parts of the findings benchmark, on small texts with doubles for the models."""

from __future__ import annotations

import numpy as np
import pytest
from measuring.alarms import alarms
from measuring.baselines import Method, compared, notebook
from measuring.corruption import clustered, copied, outcomes, summary
from measuring.judging import RememberingScorer, run
from measuring.news import Cluster
from measuring.suites import by_suite, read_suites, tell
from same_article import lowest_threshold

from consistency.article import Article
from tests.doubles import WordScorer

STORY = (
    "The explosion at the Marrow refinery injured 14 workers.\n\n"
    "The company paid a fine of 300 dollars for the leak.\n\n"
    "Engineers repaired the long pipeline near the harbour wall.\n\n"
    "The mayor of the town opened a new school for sailors.\n\n"
    "Divers from the coast searched the wreck for old coins.\n\n"
    "The bakery on the square sold cakes to many visitors.\n"
)
ANOTHER = (
    "In other news the weather was fine.\n\nThe explosion at the Marrow refinery injured 14 workers, a doctor said.\n"
)


@pytest.fixture
def trial(models):
    """An article and its copy with changed facts."""
    (made,) = copied([Article("x", STORY)], models, 1, 6, run_in=frozenset())
    return made


def test_a_copy_differs_in_the_changed_facts_alone(trial):
    first, copy = trial.articles
    assert first.text == STORY
    assert (first.source, first.date) != (copy.source, copy.date)
    assert first.date == copy.date
    assert len(trial.cases) > 3
    old, new = first.text, copy.text
    for case in reversed(trial.cases):
        (before,) = case.stated
        assert case.article_id == copy.id
        assert old[before[1] : before[2]] == first.text[slice(*case.place.edit.sentence)]
        new = new[: case.place.sentence[0]] + old[before[1] : before[2]] + new[case.place.sentence[1] :]
    assert new == old


def test_what_became_of_each_changed_fact(trial, models):
    found = {o.case.place.edit.kind: o for o in outcomes(trial, run(trial.articles, models))}
    figure = found["figure"]
    assert (figure.relation, figure.right_spans) == ("contradiction", True)
    assert figure.rank is not None
    assert figure.pairs
    # The double knows figures and negations; an opposite is nothing to it.
    assert (found["antonym"].relation, found["antonym"].rank) == ("none", None)
    table = summary(list(found.values()), 0, 12)
    assert table["kinds"]["figure"]["recall"] == 100.0
    assert table["kinds"]["figure"]["facts"] == 1
    assert table["all"]["facts"] == len(found)


def test_in_clusters_only_facts_that_are_stated_twice_are_changed(models):
    cluster = Cluster("c", "basil", (Article("x", STORY), Article("y", ANOTHER)))
    (trial,) = clustered([cluster], models, 0, 6)
    assert trial.cases
    texts = {article.id: article.text for article in trial.articles}
    for case in trial.cases:
        for key, start, end in case.stated:
            assert key != case.article_id
            assert texts[key][start:end] in (STORY + ANOTHER)
            assert "refinery" in texts[key][start:end]
    # The sentence that states the fact is not changed as well.
    assert len(trial.cases) == 1
    alone = Cluster("d", "basil", (Article("x", STORY),))
    assert clustered([alone], models, 0, 6)[0].cases == ()


def test_alarms_count_findings_by_source_sentence(models):
    text = "The blast injured 14 workers on the ship.\n\nThe blast injured 20 workers on the ship.\n"
    counted = alarms([run([Article("x", text)], models, "same-article")])
    assert counted["sentences"] == 2
    assert sum(counted["findings"].values()) == 1
    assert sum(counted["per_1000_sentences"].values()) == 500.0


def test_a_scorer_that_remembers_pays_once(tmp_path):
    inner = WordScorer()
    scorer = RememberingScorer(inner, tmp_path / "scores.sqlite")
    first = scorer.score([("a b c", "a b"), ("a b c", "a b"), ("x", "y")])
    again = RememberingScorer(WordScorer(), tmp_path / "scores.sqlite")
    np.testing.assert_array_equal(again.score([("x", "y"), ("a b c", "a b")]), first[[2, 0]])
    assert (len(inner.asked), scorer.asked, again.asked) == (2, 2, 0)
    assert scorer.score([]).shape == (0, 3)


def test_suites_judge_pairs_that_blocking_would_not_make(models, tmp_path):
    (tmp_path / "s.tune.yaml").write_text(
        """
schema: 1
name: s
items:
- {id: one, a: The blast injured 14 workers., b: The blast injured 20 workers., a_date: 2020-01-02, b_date: 2020-01-03,
   expected: update}
- {id: two, a: Bread is cheap in spring., b: The blast injured 20 workers., expected: none}
""",
        encoding="utf-8",
    )
    (items,) = read_suites(tmp_path, "tune")
    told = tell(items, models)
    assert [one.relation for one in told] == ["update", "none"]
    figures = by_suite([told])
    assert figures["suites"]["s"]["as_expected"] == 100.0
    assert figures["suites"]["s"]["called"]["update"] == 50.0
    assert set(figures["groups"]) == {"false-alarm shapes"}
    assert read_suites(tmp_path, "report") == []


def test_the_notebook_pairs_whole_sentences(models):
    text = "The blast injured 14 workers there.\n"
    same = [Article("x", text), Article("y", text.replace("14", "20"))]
    across = notebook(same, models)
    assert across.scores == (0.96,)
    assert {place[0] for place in across.pairs[0]} == {"x", "y"}
    assert notebook(same, models, within=True).pairs == ()


def test_methods_are_compared_at_equal_recall():
    shipped = Method(facts=[0.9, 0.8, 0.2, 0.0])
    shipped.untouched("single articles", [0.6, 0.1, 0.1, 0.1], 1000)
    raw = Method(facts=[0.9, 0.4, 0.3, 0.2])
    raw.untouched("single articles", [0.9, 0.7, 0.5, 0.1], 1000)
    poor = Method(facts=[0.9, 0.0, 0.0, 0.0])
    poor.untouched("single articles", [0.1], 1000)
    figures = compared({"shipped": shipped, "raw": raw, "poor": poor}, 0.5)
    assert figures["recall"] == 50.0
    rates = {name: row["alarms_per_1000_sentences"] for name, row in figures["at_equal_recall"].items()}
    assert rates == {"shipped": {"single articles": 1.0}, "raw": {"single articles": 3.0}, "poor": None}
    assert figures["at_equal_recall"]["raw"]["threshold"] == 0.4


@pytest.mark.parametrize("share", [0.0, 0.01, 0.1])
def test_the_threshold_keeps_the_alarms_within_their_share(share):
    alarms_at = np.linspace(0, 0.999, 200).round(3)
    threshold = lowest_threshold(alarms_at, share)
    assert (alarms_at >= threshold).mean() <= share
    assert (alarms_at >= threshold - 0.002).mean() > share
