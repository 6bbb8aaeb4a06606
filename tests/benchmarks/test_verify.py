"""The figures of the verify benchmark, on scores whose figures are known."""
from __future__ import annotations

import gzip
import json

import numpy as np
import pytest
from verify import CLAIMS, auc, balanced, fitted, kinds_of_edit, read, sample, split_half, summac

GOLD = np.array([True, True, False, False])


@pytest.mark.parametrize(
    ("score", "area"), [([0.9, 0.8, 0.2, 0.1], 100), ([0.1, 0.2, 0.8, 0.9], 0), ([1, 1, 1, 1], 50), ([3, 1, 2, 0], 75)]
)
def test_area_under_the_curve(score, area):
    assert auc(GOLD, np.array(score)) == area


def test_balanced_accuracy_does_not_reward_the_larger_class():
    gold = np.array([True] * 9 + [False])
    assert balanced(gold, np.ones(10, bool)) == 0.5


def test_a_threshold_is_never_measured_where_it_was_chosen():
    gold = np.array([True, False, True, False])
    score = np.array([0.9, 0.8, 0.3, 0.2])  # each half is told apart, but by thresholds that fail on the other
    assert split_half(gold, score, np.array([False, False, True, True])) == 50


def test_zero_shot_takes_every_sentence_pair(models):
    row = {"document": "The plan costs much. The sun shone.", "text": "The plan costs much. The sun never shone."}
    scores = summac([row], models)
    assert len(set(models.scorer.asked)) == 4
    assert scores["entailment"][0] == pytest.approx((0.96 + 0.02) / 2, abs=0.02)
    assert scores["entailment_minus_contradiction"][0] < scores["entailment"][0]


def test_only_documents_that_were_not_fitted_on_are_read(tmp_path):
    rows = [{"document": f"Document {n}.", "text": "A text.", "consistent": n % 3 > 0} for n in range(40)]
    path = tmp_path / "cliff.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(row) + "\n" for row in rows)
    found = read(path)
    assert 0 < len(found) < 40
    assert not any(map(fitted, found))
    assert [row["consistent"] for row in sample(found, 4)] == [True, True, False, False]


def test_claims_with_labels_of_nli_are_read_too(tmp_path):
    path = tmp_path / f"{CLAIMS}.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as out:
        for n in range(8):
            out.write(json.dumps({"premise": f"Text {n}.", "hypothesis": "A claim.", "label": "neutral"}) + "\n")
    assert all(row["consistent"] is False and row["text"] == "A claim." for row in read(path))


def test_edits_are_counted_by_kind(models):
    document = "The plan costs 12 million dollars."
    rows = [
        {"document": document, "text": document, "consistent": True, "edit_types": []},
        {"document": document, "text": "A dragon flew over.", "consistent": False, "edit_types": ["inserted"]},
        {"document": document, "text": "A dragon flew.", "consistent": False, "edit_types": ["inserted", "swapped"]},
    ]
    found = kinds_of_edit(rows, models, 5)
    assert {kind: sum(counts.values()) for kind, counts in found.items()} == {"unedited": 1, "inserted": 1}
