"""Fitting the verdicts: slopes keep their sign, the least supported claim answers for its text."""
from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

import numpy as np
import pytest
from fit_verify import AGAINST, FOR, SETS, Logistic, Text, cross_validated, expected, fit_supported, fitted, read, texts

from consistency.verification.search import Library
from consistency.verification.signals import Found, signals
from tests.verification.test_signals import NOTHING

NAMES = ["entailed", "length"]


def text(consistent, rows, **more):
    given = {"set": "cliff", "kinds": (), "fold": 0} | more
    return Text(given["set"], consistent, given["kinds"], given["fold"], np.array(rows, dtype=float))


def test_every_sign_names_a_signal():
    names = set(signals(Found((), (), frozenset()), Library([]), NOTHING, 0))
    assert names >= set(FOR) | set(AGAINST)


def test_a_slope_never_turns_round():
    rows = np.array([[1.0, 0], [0.9, 1], [0.1, 0], [0, 1]])
    labels = np.array([0, 0, 1, 1])
    assert Logistic(NAMES, {"entailed": 1}).fit(rows, labels, np.ones(4)).slopes[0] == 0
    assert Logistic(NAMES, {"entailed": 0}).fit(rows, labels, np.ones(4)).slopes[0] < 0
    assert Logistic(NAMES, {"length": 0}).fit(rows, labels, np.ones(4)).slopes[0] == 0


def test_classes_weigh_the_same():
    rows = np.array([[1.0, 0]] * 9 + [[1.0, 0]])
    model = Logistic(NAMES, FOR).fit(rows, np.array([1] * 9 + [0]), np.ones(10))
    assert model.logits(rows)[0] == pytest.approx(0, abs=1e-4)


def test_the_least_supported_claim_answers_for_its_text():
    some = [text(True, [[3, 1], [2, 1]]) for _ in range(10)] + [text(False, [[3, 1], [-3, 1]]) for _ in range(10)]
    model = fit_supported(some, NAMES)
    assert model.logits(np.array([[3.0, 1]]))[0] > 1
    assert model.logits(np.array([[-3.0, 1]]))[0] < -0.5


@pytest.mark.parametrize(
    ("made", "label"),
    [
        (text(True, [[1, 1]]), None),
        (text(False, [[1, 1]], kinds=("antonym_swap",)), 1),
        (text(False, [[1, 1]], kinds=("antonym_swap", "negation_insertion_removal")), 1),
        (text(False, [[1, 1]], kinds=("hallucinated_fact_insertion",)), 0),
        (text(False, [[1, 1]], kinds=("hallucinated_fact_insertion", "antonym_swap")), None),
        (text(False, [[1, 1]], set="wice_dev"), 0),
        (text(False, [[1, 1]]), None),
    ],
)
def test_what_a_set_tells_of_contradicted_and_not_found(made, label):
    assert expected(made) == label


def test_cross_validation_holds_folds_apart():
    random = np.random.default_rng(1)
    some = []
    for n in range(60):
        good = n % 2 == 0
        kinds = () if good else (("antonym_swap",) if n % 4 == 1 else ("hallucinated_fact_insertion",))
        some.append(text(good, [[random.normal(1 if good else -1), 1]], fold=n % 5, kinds=kinds))
    figures = cross_validated(some, NAMES)
    assert figures["cliff"]["roc_auc"] > 80
    assert figures["mean_roc_auc"] == figures["cliff"]["roc_auc"]


@pytest.fixture
def data(tmp_path):
    for name in SETS:
        with gzip.open(tmp_path / f"{name}.jsonl.gz", "wt", encoding="utf-8") as out:
            for n in range(24):
                text = f"The plan costs {12 + n % 2} million dollars."
                document = f"The plan costs 12 million dollars. Note {n}."
                out.write(json.dumps({"document": document, "text": text, "consistent": n % 2 == 0}) + "\n")
    return tmp_path


def test_signals_of_labelled_texts(data, models):
    rows = read(data, 6)
    assert rows
    assert all(map(fitted, rows))
    made, names = texts(rows, models)
    assert len(made) == len(rows)
    assert all(one.rows.shape == (1, len(names)) for one in made)
    other = [one for one in made if not one.consistent]
    assert all(one.rows[0][names.index("figure_differs")] == 1 for one in other)


def test_the_fit_and_the_benchmark_share_no_document():
    sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
    import verify

    rows = [{"document": f"Document {n}", "text": ""} for n in range(50)]
    assert [fitted(row) for row in rows] == [verify.fitted(row) for row in rows]
