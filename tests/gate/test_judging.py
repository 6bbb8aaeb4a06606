"""Items are judged as the report judges, each as if it were alone, and scored together."""
from __future__ import annotations

import random
from types import SimpleNamespace

import numpy as np
import pytest

import consistency
from consistency.errors import InputError
from consistency.gate import judging
from consistency.gate.deferred import Deferred, judge_together
from consistency.gate.judging import judge_items, strongest
from consistency.gate.outcome import STRONGEST
from consistency.gate.reading import read_sets
from tests.doubles import TableScorer
from tests.gate.conftest import CLOSED, GOOD, OPEN, WEATHER, CountingScorer, pair
from tests.test_pipeline import ARTICLES


def items_of(rows):
    """Items from rows."""
    return read_sets(rows)[0].items


def test_pairs_are_judged(make_models):
    got = judge_items(items_of(GOOD), make_models())
    assert {key: out.got for key, out in got.items()} == {
        "items/denied": ("contradiction",), "items/same": ("agreement",), "items/apart": ("none",),
    }  # fmt: skip
    assert all(all(out.met) for out in got.values())
    denied = got["items/denied"]
    assert denied.scores.confidence == denied.scores.conflict >= 0.5
    assert denied.why[0].kind
    assert any("not" in words for why in denied.why for words in why.b_words)


def test_the_deciding_words_stand_on_the_side_that_was_given(make_models):
    # The later article's claim is side b of the finding, wherever the set puts it.
    rows = [pair("x", a=OPEN, b=CLOSED, a_date="2024-05-07", b_date="2024-05-06")]
    why = judge_items(items_of(rows), make_models())["items/x"].why
    assert any("not" in words for w in why for words in w.a_words)
    assert not any("not" in words for w in why for words in w.b_words)


def test_the_report_finds_the_same(make_models):
    models = make_models()
    articles = [{"text": CLOSED, "source": "Wire"}, {"text": OPEN, "source": "Courier"}]
    report = consistency.report(articles, models=models)
    (finding,) = report.items
    out = judge_items(items_of([pair(a_source="Wire", b_source="Courier")]), models)["items/one"]
    assert out.got == (finding.relation,)
    assert [w.kind for w in out.why] == [r.kind for r in finding.reasons]


def test_several_claims_of_one_statement_and_the_strongest_relation(make_models):
    both = f"{CLOSED} {WEATHER}"
    out = judge_items(items_of([pair(a=both, b=f"{WEATHER} {OPEN}")]), make_models())["items/one"]
    assert out.got == ("contradiction",)
    assert out.scores.agreement >= 0.5, "the agreement is there, and hides nothing"


@pytest.mark.parametrize(
    ("relations", "wins"),
    [
        (["agreement", "contradiction", "update"], "contradiction"),
        (["agreement", "update", "uncertain"], "update"),
        (["agreement", "uncertain"], "uncertain"),
        (["agreement"], "agreement"),
    ],
)
def test_no_agreement_hides_a_conflict(relations, wins):
    findings = [SimpleNamespace(relation=r, confidence=0.9, places=()) for r in relations]
    assert strongest(findings).relation == wins
    assert strongest([]) is None


def test_a_fragment_is_read_whole_and_said_so(make_models):
    out = judge_items(items_of([pair(a="Bridge closed", expected="none")]), make_models())["items/one"]
    assert out.notes == ("no claim was found in a; it was read whole",)


def test_a_given_speaker_says_it(make_models, monkeypatch):
    seen = []
    real = judging.judge_pairs
    monkeypatch.setattr(judging, "judge_pairs", lambda pairs, *a, **k: seen.extend(pairs) or real(pairs, *a, **k))
    rows = [pair(a_speaker="Ada Lind", b=f"{OPEN[:-1]}, Bo Vik said.", b_speaker="Harbour Wire")]
    judge_items(items_of(rows), make_models())
    speakers = {tuple(s.name for s in c.attribution.speakers): c.attribution.chain for p in seen for c in (p.a, p.b)}
    assert ("Ada Lind",) in speakers
    assert speakers["Bo Vik",][-1] == "Harbour Wire"


def test_min_confidence(make_models):
    toll = pair(a="The harbor is closed.", b="The harbor is not closed in Oldcastle.", expected=list(STRONGEST))
    sure = judge_items(items_of([toll]), make_models())["items/one"].scores.confidence
    assert 0 < sure < 1
    rows = [{**toll, "id": "low", "min_confidence": sure}, {**toll, "id": "high", "min_confidence": sure + 0.001},
            pair("none", b=WEATHER, expected="none", min_confidence=0.9)]  # fmt: skip
    got = judge_items(items_of(rows), make_models())
    assert [got[f"items/{k}"].met for k in ("low", "high", "none")] == [(True,), (False,), (True,)]


def test_all_items_are_scored_in_a_few_batches(make_models):
    CountingScorer.calls = 0
    rows = [pair(f"i{n}", a=CLOSED.replace("Monday", f"Monday {n}")) for n in range(30)]
    judge_items(items_of(rows), make_models(CountingScorer()))
    assert CountingScorer.calls <= 3


@pytest.mark.parametrize("chunk", [1, 2, 256])
def test_order_and_company_of_items_change_nothing(make_models, monkeypatch, chunk):
    rows = [*GOOD, *(pair(f"n{n}", a=f"{n} people died in the fire.", b=f"{n + 1} people died in the fire.") for n in
                     range(5))]  # fmt: skip
    alone = {}
    for row in rows:
        alone |= judge_items(items_of([row]), make_models())
    monkeypatch.setattr(judging, "CHUNK", chunk)
    random.Random(chunk).shuffle(rows)
    done = []
    assert judge_items(items_of(rows), make_models(), done.append) == alone
    assert done == sorted(done)
    assert done[-1] == len(rows)


def article_item(**more):
    """An item of two articles that disagree."""
    articles = [{"text": a.text, "source": a.source, "date": a.date} for a in (ARTICLES[0], ARTICLES[2])]
    return {"id": "bridge", "articles": articles, **more}


def test_articles(make_models):
    contradiction = {"relation": "contradiction"}
    rows = [
        article_item(
            must_find=[
                contradiction,
                {**contradiction, "a": "was not closed on Monday", "b": "was closed\n on Monday"},
                {**contradiction, "a": "Engineers inspected 14 cables"},
                {**contradiction, "a": "closed on Monday", "b": "Engineers inspected"},
            ],
            must_not_find=[contradiction, {**contradiction, "a": "The weather was mild"}, {"relation": "update"}],
        )
    ]
    out = judge_items(items_of(rows), make_models())["items/bridge"]
    assert out.met == (True, True, False, False, False, True, True)
    assert out.got[:2] == ("contradiction", "contradiction")
    assert out.got[4:] == ("contradiction", "none", "none")
    assert any(why.kind == "finding" for why in out.why)


def test_verify_items(make_models):
    sources = [f"{CLOSED} Engineers inspected 14 cables during the night.", "The choir of Oldcastle sang on Sunday."]
    rows = [
        {"id": "right", "text": CLOSED, "sources": sources, "expected": "supported"},
        {"id": "wrong", "text": OPEN, "sources": sources, "expected": ["not_found", "supported"]},
    ]
    got = judge_items(items_of(rows), make_models())
    assert {key: (out.got, out.met) for key, out in got.items()} == {
        "items/right": (("supported",), (True,)), "items/wrong": (("contradicted",), (False,)),
    }  # fmt: skip
    assert got["items/right"].scores.confidence > got["items/wrong"].scores.confidence


def test_a_text_that_cannot_be_verified_is_named(make_models, monkeypatch):
    def verify(*given, **more):
        raise InputError("nothing to read")

    monkeypatch.setattr(consistency, "verify", verify)
    rows = [{"id": "v", "text": CLOSED, "sources": [OPEN], "expected": "supported"}]
    with pytest.raises(InputError, match="item v: nothing to read"):
        judge_items(items_of(rows), make_models())


def test_judgements_share_their_scoring_and_are_made_until_all_is_known():
    scorer = TableScorer({("a", "b"): "entailment", ("c", "d"): "contradiction"})
    deferred = Deferred(scorer)
    assert deferred.name == "table"
    made = []

    def judgement(first, second):
        def judge():
            made.append(first)
            one = deferred.score([first])[0].argmax()
            # What is asked next depends on the answer.
            return one, deferred.score([second])[0].argmax() if one == 0 else None

        return judge

    done = []
    results = judge_together(
        [judgement(("a", "b"), ("c", "d")), judgement(("c", "d"), ("a", "b")), lambda: 7], [deferred], done.append
    )
    assert results == [(0, 2), (2, None), 7]
    assert scorer.asked == [("a", "b"), ("c", "d")], "each pair once, in one call"
    assert made == [("a", "b"), ("c", "d")] * 2
    assert done[-1] == 1.0
    assert np.array_equal(deferred.score([]), np.zeros((0, 3)))
