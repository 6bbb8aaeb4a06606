"""Screening: what is dropped before a model reads it, and of what only the sentences are read."""
from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations, product

import pytest

import consistency
from consistency.claim import Quantity, Span
from consistency.errors import ConsistencyError
from consistency.options import Options
from consistency.pipeline import Models
from consistency.relate.features import features
from consistency.relate.findings import judge_pairs, unread
from consistency.relate.frame import analyse
from consistency.relate.reading import sentences_of
from consistency.screen import Screen, fitted, foretold
from tests.doubles import TableScorer, WordEncoder, WordScorer
from tests.making import article, claim, pair
from tests.test_pipeline import ARTICLES

NEVER = {"bias": -9.0}
# Steps by hand: a pair passes when it is alike enough, and when it is not neutral.
ALIKE = {"cut": 0.0, "contradiction": NEVER, "agreement": {"bias": -0.5, "similarity": 1.0}}
ENTAILED = {"cut": 0.0, "contradiction": NEVER, "agreement": {"bias": 0.0, "read_agreement": 1.0}}
SENTENCES = ("The mayor opened the new bridge on Monday.", "The bridge was opened.", "Farmers sold their maize.")


def pairs_of(nlp, similarities=(0.9, 0.9, 0.2)):
    """Three claims, their pairs, and frames: (0, 1), (0, 2), (1, 2)."""
    claims = [claim(text, key) for text, key in zip(SENTENCES, "abc", strict=True)]
    frames = dict(zip((c.id for c in claims), analyse(SENTENCES, nlp), strict=True))
    made = [pair(claims[i], claims[j], s) for (i, j), s in zip(((0, 1), (0, 2), (1, 2)), similarities, strict=True)]
    return made, frames


def judged(nlp, screen, scorer, order=(0, 1, 2), reader=None):
    """The three pairs judged behind a screen."""
    pairs, frames = pairs_of(nlp)
    articles = {key: article(key, text) for key, text in zip("abc", SENTENCES, strict=True)}
    copies = {key: i for i, key in enumerate(articles)}
    ordered = [pairs[i] for i in order]
    return judge_pairs(ordered, frames, scorer, reader or scorer, articles, copies, rarity={}, screen=screen)


def test_what_features_drop_is_never_read(nlp):
    base = TableScorer()
    made = judged(nlp, Screen({"features": ALIKE}), base)
    assert [(p.a.text, p.b.text) for p in made.screened] == [(SENTENCES[1], SENTENCES[2])]
    assert (SENTENCES[1], SENTENCES[2]) not in base.asked
    assert len(made.evidence) == 2


def test_claims_are_read_only_where_their_sentences_may_have_to_do_with_each_other(nlp):
    base, reader = TableScorer(), TableScorer({SENTENCES[:2]: "entailment"})
    made = judged(nlp, Screen({"sentences": ENTAILED}), base, reader=reader)
    # Each pair of sentences in one order, and those of the pair that passes in the other as well.
    assert reader.asked == [*combinations(SENTENCES, 2), SENTENCES[1::-1]]
    assert base.asked == [SENTENCES[:2], SENTENCES[1::-1]]
    assert [len(made.evidence), len(made.one_way), len(made.screened)] == [1, 2, 0]
    assert [row.neutral for _, row in made.one_way] == [0.96, 0.96]
    assert [len(item.sentences) for item in made.evidence] == [2]
    assert made.scored == 6


def test_claims_of_one_sentence_are_read_as_they_are(nlp):
    one = unread(pairs_of(nlp)[0][0], pairs_of(nlp)[1], None, {})
    apart = sentences_of(one)
    sentence = one.pair.a.sentence
    same = replace(one.pair.b, article_id=one.pair.a.article_id, sentence=sentence)
    assert apart == SENTENCES[:2]
    assert sentences_of(replace(one, pair=replace(one.pair, b=same))) == SENTENCES[:2]
    longer = replace(one.pair.a, sentence=Span(0, 99, "He said: the mayor\n opened it."))
    assert sentences_of(replace(one, pair=replace(one.pair, a=longer)))[0] == "He said: the mayor opened it."


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
def test_order_of_pairs_decides_nothing(nlp, order):
    table = {(SENTENCES[0], SENTENCES[1]): "entailment"}
    made = judged(nlp, Screen({"features": ALIKE, "sentences": ENTAILED}), TableScorer(table), order)
    kept = {(e.pair.a.id, e.pair.b.id, e.a_to_b, e.b_to_a) for e in made.evidence}
    assert {key[:2] for key in kept} == {("a:1", "b:1")}
    assert {(p.a.id, p.b.id) for p in made.screened} == {("b:1", "c:1")}


def test_a_screen_that_lets_all_pass_changes_nothing(nlp):
    through = {"cut": -99.0, "contradiction": NEVER, "agreement": NEVER}
    table = {(SENTENCES[0], SENTENCES[1]): "entailment"}
    plain = judged(nlp, None, TableScorer(table))
    made = judged(nlp, Screen({"features": through, "sentences": through}), TableScorer(table))
    assert made == plain


def test_values_that_differ_are_always_read(nlp):
    pairs, frames = pairs_of(nlp)
    one = unread(pairs[2], frames, None, {})
    assert not Screen({"features": ALIKE}).passes_unread(one)
    figures = replace(one.figures, conflicts=((Quantity(Span(0, 1, "1"), 1.0, 1.0, None, None),) * 2,))
    assert Screen({"features": ALIKE}).passes_unread(replace(one, figures=figures))


def test_fitted_steps_use_features_that_there_are(nlp):
    pairs, frames = pairs_of(nlp)
    known = features(unread(pairs[0], frames, None, {}))
    steps = {name: step for name, step in fitted().items() if name != "measured"}
    assert set(steps) == {"features", "sentences"}
    for step, relation in product(steps.values(), ("contradiction", "agreement")):
        assert set(step[relation]) - {"bias"} <= set(known)
        assert isinstance(foretold(step, known), float)


def test_the_option_turns_screening_off(models):
    assert models.get_screen(Options(screen="off")) is None
    assert models.get_screen(Options()).steps is fitted()
    with pytest.raises(ConsistencyError, match="'some/folder' is not one of auto, off"):
        Options(screen="some/folder")


def test_a_report_tells_what_was_screened(nlp, monkeypatch):
    step = {"cut": 99.0, "contradiction": NEVER, "agreement": NEVER}
    nothing = {"features": step, "measured": {"shown_kept": 0.997}}
    monkeypatch.setattr("consistency.pipeline.fitted", lambda: nothing)
    models = Models(Options(), nlp, WordEncoder(), WordScorer())
    report = consistency.report(ARTICLES, models=models)
    # Copies differ in one figure, which is always read.
    assert report.funnel["screened_out"] == report.funnel["candidate_pairs"] - 1 > 0
    assert report.funnel["scored"] == 1
    assert (report.pairs.screened == report.pairs.p_entailment.isna()).all()
    assert report.pairs.screened.sum() == report.funnel["screened_out"]
    assert report.meta["screening"] == {"shown_kept": 0.997}
    unscreened = consistency.report(ARTICLES, models=models, screen="off")
    assert unscreened.meta["screening"] is None
    assert unscreened.funnel["screened_out"] == 0
    assert not unscreened.pairs.screened.any()


@pytest.mark.parametrize("call", ["compare", "compare_many"])
def test_given_pairs_are_never_screened(nlp, monkeypatch, call):
    monkeypatch.setattr("consistency.pipeline.fitted", lambda: {"features": ALIKE | {"cut": 99.0}})
    models = Models(Options(), nlp, WordEncoder(), WordScorer())
    if call == "compare":
        assert consistency.compare(SENTENCES[1], SENTENCES[1], models=models).p_entailment > 0.9
    else:
        rows = [{"a": SENTENCES[1], "b": SENTENCES[1]}]
        assert consistency.compare_many(rows, models=models).p_entailment[0] > 0.9


def test_screened_findings_are_the_same_in_any_order(models):
    ids = []
    for seed in range(2):
        shuffled = random.Random(seed).sample(ARTICLES, len(ARTICLES))
        report = consistency.report(shuffled, models=models)
        ids.append(([f.id for f in report.items], report.funnel["screened_out"], report.funnel["scored_one_way"]))
    assert ids[0] == ids[1]
