"""The store: the same findings as without it, nothing computed twice, removal, reviews, what is new."""
from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
import pytest

import consistency
from consistency.article import Article
from consistency.errors import InputError
from consistency.options import Options
from consistency.pipeline import Models
from consistency.store import Store
from tests.doubles import WordEncoder, WordScorer
from tests.test_pipeline import ARTICLES

LATE = Article(
    "late",
    "The harbour bridge in Oldcastle was closed on Monday after a crack was found in a cable. "
    "Engineers inspected 90 cables during the night.",
    source="The Evening Post",
    date="2024-05-06",
)


class CountingEncoder(WordEncoder):
    """Keeps what it was asked."""

    def __init__(self):
        self.asked = []

    def encode(self, texts, progress=None):
        """See `Encoder.encode`."""
        self.asked.extend(texts)
        return super().encode(texts, progress)


@pytest.fixture
def counting(nlp):
    """Models that keep what they were asked, and a parser that counts what it parses."""
    return Models(Options(), nlp, CountingEncoder(), WordScorer())


@pytest.fixture
def store(tmp_path):
    """A store with the three articles."""
    with Store(tmp_path / "corpus.db") as made:
        made.add(ARTICLES)
        yield made


def rows(report):
    """All that a report says, but for when it was made and how long that took."""
    found = report.to_json()
    for name in ("created", "seconds"):
        found.pop(name)
    return found, [c.to_dict() for c in report.claim_list], list(report.pair_list)


def test_findings_are_the_same_as_without_a_store(store, models, nlp):
    plain = consistency.report(ARTICLES, models=models)
    assert plain.items
    assert rows(store.report(models=models)) == rows(plain)
    again = Models(Options(), nlp, WordEncoder(), WordScorer())
    assert rows(store.report(models=again)) == rows(plain)


def test_the_order_of_adding_decides_nothing(tmp_path, models):
    plain = rows(consistency.report([*ARTICLES, LATE], models=models))
    for seed in range(3):
        articles = [*ARTICLES, LATE]
        random.Random(seed).shuffle(articles)
        with Store(tmp_path / f"{seed}.db") as store:
            for article in articles:
                store.add([article])
                found = rows(store.report(models=models))
        assert found == plain


@pytest.mark.parametrize(
    "settings",
    [{"scope": "all"}, {"scope": "outlets"}, {"threshold": 0.25}, {"screen": "off"}, {"about": "cable"}],
)
def test_other_options_find_the_same_as_without_a_store(store, models, settings):
    before = rows(store.report(models=models))
    store.add([LATE])
    assert rows(store.report(models=models, **settings)) == rows(
        consistency.report([*ARTICLES, LATE], models=models, **settings)
    )
    store.remove(["late"])
    assert rows(store.report(models=models)) == before


def test_a_second_run_computes_nothing(store, counting, nlp, monkeypatch):
    store.report(models=counting)
    asked = len(counting.scorer.asked), len(counting.encoder.asked)
    assert all(asked)
    monkeypatch.setattr(type(nlp), "pipe", lambda *a, **k: pytest.fail("parsed again"))
    store.report(models=counting)
    assert (len(counting.scorer.asked), len(counting.encoder.asked)) == asked


def test_one_more_article_costs_its_own_pairs_alone(store, counting):
    store.report(models=counting)
    before = set(counting.scorer.asked)
    counting.scorer.asked.clear()
    counting.encoder.asked.clear()
    store.add([LATE])
    report = store.report(models=counting)
    own = {c.proposition for c in report.claim_list if c.article_id == "late"}
    assert counting.scorer.asked
    assert not before & set(counting.scorer.asked)
    assert len(set(counting.scorer.asked)) == len(counting.scorer.asked)
    assert set(counting.encoder.asked) <= own


def test_another_model_precision_or_unknown_model_is_not_answered_from_memory(store, nlp):
    def asked(**attributes):
        scorer = WordScorer()
        for name, value in attributes.items():
            setattr(scorer, name, value)
        store.report(models=Models(Options(), nlp, WordEncoder(), scorer))
        return len(scorer.asked)

    first = asked()
    assert first
    assert asked() == 0
    assert asked(fingerprint="double, half precision") == first
    assert asked(fingerprint=None) >= first
    assert asked(fingerprint=None) >= first


def test_changed_code_or_parser_splits_again(store, models, monkeypatch):
    store.report(models=models)
    calls = []
    monkeypatch.setattr(
        "consistency.store.models.split_each", lambda articles, nlp: calls.extend(articles) or iter(())
    )
    store.report(models=models)
    assert calls == []
    monkeypatch.setattr("consistency.store.models.stage_version", lambda: "another")
    with pytest.raises(ValueError, match="shorter"):
        store.report(models=models)
    assert len(calls) == len(ARTICLES)


@pytest.mark.parametrize("table", ["frames", "splits"])
def test_what_another_version_kept_in_another_form_is_made_anew(store, models, table):
    plain = rows(store.report(models=models))
    column = table.removesuffix("s")
    with store._database.writing() as db:
        db.execute(f"UPDATE {table} SET version = 'older', {column} = ?", (b'{"words": 1}',))
    assert rows(store.report(models=models)) == plain
    assert rows(store.report(models=models)) == plain


def test_removing_an_article_removes_its_findings_and_its_words(store, models):
    assert any("other" in r.articles_of(f) for r in [store.report(models=models)] for f in r.items)
    store.remove(["other"])
    plain = consistency.report(ARTICLES[:2], models=models)
    assert rows(store.report(models=models)) == rows(plain)
    store._database._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert b"weather was mild" not in store.path.read_bytes()


def test_removing_leaves_what_others_hold(store, counting):
    store.report(models=counting)
    counting.scorer.asked.clear()
    counting.encoder.asked.clear()
    store.remove(["copy"])
    store.report(models=counting)
    assert counting.scorer.asked == []
    assert counting.encoder.asked == []


def test_an_unknown_id_removes_nothing(store):
    with pytest.raises(InputError, match="is it wire"):
        store.remove(["other", "wires"])
    assert store.status().articles == 3


def test_adding_again(store):
    again = store.add(ARTICLES)
    assert (again.new, again.known, again.changed) == ((), 3, ())
    dated = store.add([replace(ARTICLES[0], date="2024-05-07")])
    assert (dated.changed, dated.known) == (("wire",), 0)
    assert {a.id: a.date for a in store.articles()}["wire"] == "2024-05-07"
    less = store.add([replace(ARTICLES[0], date=None)])
    assert (less.changed, less.known) == ((), 1)


def test_a_new_text_under_an_id_stays_beside_the_old_one_or_replaces_it(store):
    fresh = replace(ARTICLES[2], text="The harbour bridge in Oldcastle was open on Monday. It rained.")
    beside = store.add([fresh])
    assert beside.new == ("other-2",)
    assert "other-2" in beside.warnings[0]
    assert store.add([fresh]).known == 1
    newest = replace(fresh, text="The harbour bridge in Oldcastle was open on Tuesday. It rained.")
    assert store.add([newest], replace=True).replaced == ("other",)
    assert {a.id: a.text for a in store.articles()}["other"] == newest.text
    assert store.status().articles == 4


def test_since_shows_what_new_articles_take_part_in(store, models):
    first = store.report(models=models, since="last")
    assert len(first) == len(store.report(models=models))
    store.mark_reported()
    assert len(store.report(models=models, since="last")) == 0
    store.add([LATE])
    report = store.report(models=models, since="last")
    assert report.items
    assert all("late" in report.articles_of(f) for f in report.items)
    assert "left out" in report.meta["warnings"][-1]
    assert {key for line in report.storyline_list for key in line.findings} <= {f.id for f in report.items}
    assert len(report) < len(store.report(models=models))


def test_since_a_date(store, models):
    tomorrow = (datetime.now() + timedelta(days=1)).date().isoformat()
    assert len(store.report(models=models, since=tomorrow)) == 0
    assert len(store.report(models=models, since="2024-05-06")) > 0
    with pytest.raises(InputError, match="yesterday-ish"):
        store.report(models=models, since="yesterday-ish")


def test_reviews_stay(store, models):
    finding = store.report(models=models).items[0]
    store.review([{"id": finding.id, "review": "confirmed", "review_note": "seen", "relation": finding.relation}])
    store.add([LATE])
    reviewed = [f for f in store.report(models=models).items if f.review]
    assert finding.id in {key for f in reviewed for key in f.pair_ids}
    assert {f.review_note for f in reviewed} == {"seen"}


def test_an_empty_store_says_so(tmp_path, models):
    with Store(tmp_path / "empty.db") as store, pytest.raises(InputError, match="no articles"):
        store.report(models=models)


def test_status(store, models):
    assert (store.status().articles, store.status().read, store.status().last_report) == (3, 0, None)
    store.report(models=models)
    store.mark_reported()
    status = store.status()
    assert (status.read, status.new, status.sources) == (3, 0, 3)
    assert status.vectors
    assert list(status.scores) == ["table (double)"]


def test_truncated_inputs_are_told_on_every_run(store, nlp):
    class Cutting(WordScorer):
        """Cuts what is longer than 160 characters."""

        def score(self, pairs, progress=None):
            """See `NLIScorer.score`."""
            self.truncated += sum(len(a) + len(b) > 160 for a, b in pairs)
            return super().score(pairs, progress)

    first = store.report(models=Models(Options(), nlp, WordEncoder(), Cutting())).meta["warnings"]
    assert any("were longer" in warning for warning in first)
    assert store.report(models=Models(Options(), nlp, WordEncoder(), Cutting())).meta["warnings"] == first


@pytest.mark.parametrize("mapped_from", [0, 2**20])
def test_vectors_come_back_bit_by_bit(store, monkeypatch, mapped_from):
    from consistency.store.models import RememberingEncoder

    monkeypatch.setattr("consistency.store.models.MAPPED_FROM", mapped_from)
    monkeypatch.setattr("consistency.store.models.ROWS_AT_ONCE", 2)

    texts = ["a crack was found", "the cable", "a crack was found"]
    encoder = CountingEncoder()
    remembering = RememberingEncoder(encoder, store._kept)
    first = remembering.encode(texts)
    second = remembering.encode(texts)
    assert np.array_equal(first, WordEncoder().encode(texts))
    assert np.array_equal(first, second)
    assert first.dtype == second.dtype == np.float32
    assert isinstance(second, np.memmap) == (mapped_from == 0)
    assert len(encoder.asked) == 2


def test_looking_into_a_store_loads_no_model_library():
    import subprocess
    import sys

    code = "import sys, consistency.store; print([m for m in ('torch', 'spacy', 'pandas') if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.strip() == "[]"
