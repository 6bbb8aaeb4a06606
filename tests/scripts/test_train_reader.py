"""The training of the sentence reader: folds, what teaches it, that what is saved is what was trained."""
from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import torch
from reader.lora import Adapted, planned, train
from reader.measure import curve
from reader.pairs import (
    FOLDS,
    MOST,
    SHARE,
    TARGETS,
    Taught,
    _changed,
    _few,
    _of_cluster,
    fold_of_item,
    folds_of,
    from_claim_sets,
    from_contrast_sets,
)
from relations.changed import other_value
from relations.examples import contrasts, reading_key_of, sentence_key

from consistency.nli.scorer import TransformerScorer
from consistency.options import Options
from consistency.pipeline import Models
from tests.doubles import WordEncoder
from tests.nli.making import small_mpnet

WORDS = ["the", "ferry", "bridge", "was", "not", "sank", "opened", "on", "monday", "tuesday", "seven", "nobody", "hurt"]
PAIRS = [("the ferry sank", "the ferry was not hurt"), ("nobody was hurt", "seven hurt on tuesday")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A small model on disk."""
    return small_mpnet(tmp_path_factory.mktemp("base"), WORDS)


def scorer_of(folder):
    """The small model, loaded anew."""
    return TransformerScorer(folder, "cpu", allow_unverified=True, precision="float32")


def test_folds_hold_about_as_many_conflicts_and_do_not_depend_on_the_order():
    noted = {f"c{i}": i for i in range(20)}
    found = folds_of(noted)
    held = Counter()
    for name, fold in found.items():
        held[fold] += noted[name]
    assert set(held) == set(range(FOLDS))
    assert max(held.values()) - min(held.values()) <= 5
    assert folds_of(dict(reversed(noted.items()))) == found
    assert 0 <= fold_of_item("some-01") < FOLDS


@pytest.mark.parametrize(
    ("words", "new"),
    [("Monday", "Wednesday"), ("May", "October"), ("2014", "2011"), ("seven", "eleven"), ("40", "64"),
     ("1,500", "2,400"), ("ferry", None), ("may", None)],
)  # fmt: skip
def test_values_are_changed_and_other_words_are_not(words, new):
    assert other_value(words) == new


def test_a_value_that_both_state_is_changed_on_one_side():
    made = list(_changed("The ferry sank on Monday with 40 cars.", "On Monday a ferry with 40 cars went down."))
    assert {pair.a for pair in made} == {
        "The ferry sank on Wednesday with 40 cars.", "The ferry sank on Monday with 64 cars.",
    }  # fmt: skip
    assert all(pair.target == TARGETS["contradiction"] for pair in made)
    assert not list(_changed("The ferry sank with 40 cars.", "It carried 1,405 people."))


def test_noted_sentences_teach_whether_or_not_they_were_paired(nlp):
    texts = {"x": "The ferry sank in Tarn Sound on Monday.", "y": "Nobody heard a word from the harbour office."}
    key = sentence_key(*texts.values())
    models = Models(Options(), parser=nlp, encoder=WordEncoder())
    rows = [{"id": name, "text": text} for name, text in texts.items()]
    made = list(_of_cluster(rows, models, {key: "contradiction"}, {}))
    assert [(p.kind, {p.a, p.b}, p.target) for p in made] == [("noted", set(texts.values()), (0, 0, 1))]
    assert list(_of_cluster(rows, models, {key: "unsure"}, {})) == []


def test_both_keys_are_those_of_the_files():
    assert sentence_key("A b.", "C d!") == sentence_key("c D", "a, B") == reading_key_of("A b", "c d")


def test_claim_sets_teach_with_their_tuning_halves(tmp_path):
    (tmp_path / "x.tune.yaml").write_text(
        "items:\n- {id: x-1, a: A sank., b: A floats., expected: contradiction}\n"
        "- {id: x-4, a: Two died., b: Six died., expected: [update, uncertain]}\n"
        "- {id: x-2, a: A sank., b: B sank., expected: [none, uncertain]}\n"
        "- {id: x-3, a: A sank., b: B sank., expected: [none, contradiction]}\n"
    )
    (tmp_path / "x.yaml").write_text("items:\n- {id: x-9, a: A sank., b: A floats., expected: contradiction}\n")
    assert [(p.label, p.target) for p in from_claim_sets(tmp_path)] == [
        ("contradiction", (0, 0, 1)), ("update", (0, 1, 1)), ("not noted", (1, 1, 0)),
    ]  # fmt: skip


def test_contrast_sets_teach_with_each_other_of_their_anchor(tmp_path):
    others = [{"text": f"{text}.", "relation": relation, "shape": "x"} for text, relation in
              (("It floats", "contradiction"), ("It could sink", "none"), ("It went down", "agreement"))]  # fmt: skip
    (tmp_path / "sea.jsonl").write_text(json.dumps({"anchor": "It sank.", "others": others}) + "\n")
    made = list(from_contrast_sets(tmp_path))
    assert [(p.kind, p.a, p.b, p.target) for p in made] == [
        ("contrast", "It sank.", "It floats.", (0, 0, 1)), ("contrast", "It sank.", "It could sink.", (0, 1, 0)),
        ("contrast", "It sank.", "It went down.", (1, 0, 0)),
    ]  # fmt: skip
    assert len({p.fold for p in made}) == 1


def test_the_contrast_sets_are_well_formed():
    found = list(contrasts(Path("data/contrast_sets")))
    assert len(found) > 4000
    assert {other["relation"] for _, _, other in found} == {"contradiction", "none", "agreement"}
    assert all(set(other) == {"text", "relation", "shape"} and other["text"] != anchor for _, anchor, other in found)


def test_of_many_sentences_of_one_dispute_some_teach():
    disputed = [Taught("noted", f"a{i}", f"b{i}", (0, 0, 1), -1, "contradiction") for i in range(100)]
    others = [Taught("not noted", f"c{i}", f"d{i}", (1, 1, 0), -1) for i in range(100)]
    kept = _few([*disputed, *others])
    assert Counter(p.kind for p in kept) == {"noted": MOST["noted"], "not noted": 100}
    assert set(kept) == set(_few([*others, *disputed[::-1]]))


def test_training_begins_at_the_model_and_what_is_saved_is_what_was_trained(folder, tmp_path):
    base = scorer_of(folder)
    plain = base.score(PAIRS)
    adapted = Adapted(base, seed=0)
    lower = adapted.lower(PAIRS)
    begun = torch.softmax(adapted.logits(lower, training=False), -1).detach().numpy()
    assert np.allclose(begun, plain, atol=1e-4)
    items = [((0, 0), (0, 0, 1), 1.0), ((1, 1), (1, 0, 0), 1.0)]
    train(adapted, lower, list(planned(items, [len(row) for row in lower], epochs=60, seed=0)))
    taught = torch.softmax(adapted.logits(lower, training=False), -1).detach().numpy()
    assert taught.argmax(axis=1).tolist() == [2, 0]
    adapted.save(tmp_path, {"name": "reader"})
    assert np.allclose(scorer_of(folder).adapted(tmp_path).score(PAIRS), taught, atol=5e-3)


def test_each_pass_sees_every_pair_in_one_of_its_orders():
    items = [((i, i + 50), (1, 0, 0), 1.0) for i in range(50)]
    seen = [row % 50 for batch in planned(items, [1] * 100, epochs=2, seed=3) for row, _, _ in batch]
    assert Counter(seen) == dict.fromkeys(range(50), 2)


def test_pairs_drawn_from_many_count_for_many():
    right = Taught("noted", "a", "b", (0, 0, 1), 0)
    drawn = Taught("not noted", "a", "b", (1, 1, 0), 0)
    figures = curve([(3.0, True, right), (2.0, False, drawn), (1.0, True, right)])
    assert figures["pairs"] == 2
    assert figures["recall_at_precision_0.5"] == 0.5
    assert figures["average_precision"] == pytest.approx((1 + 2 / (2 + 1 / SHARE)) / 2, abs=1e-3)
