"""The fit of the relate stage: what found pairs lose, and which sentences a reader's notes name."""

from __future__ import annotations

import json

from relations.examples import Example, sentence_key
from relations.fit import stricter
from relations.noted import keys_of

from consistency.options import Options
from consistency.pipeline import Models
from tests.doubles import WordEncoder


def example(label, source="noted"):
    """A pair whose label is known."""
    return Example(source, "kind", "group", "key", {"given": 0.0}, label, label, ("a", "b"))


def test_found_pairs_lose_nothing_when_those_called_are_right():
    assert stricter([example(True), example(False)], [0.8, 0.2], "contradiction", 1.0) == 0.0


def test_found_pairs_lose_what_sets_the_false_ones_apart():
    right, wrong = [example(True)] * 4, [example(False)] * 20
    shift = stricter([*right, *wrong], [0.9] * 4 + [0.6] * 20, "contradiction", 1.0)
    assert 0.41 <= shift <= 2.19  # between the log-odds of 0.6 and of 0.9


def test_pairs_put_side_by_side_have_no_say_in_it():
    given = [example(False, "claim_sets")] * 20
    assert stricter([example(True), *given], [0.8] + [0.7] * 20, "contradiction", 1.0) == 0.0


def test_a_conflict_of_two_sentences_is_kept_over_their_agreement(tmp_path, nlp):
    texts = {"x": "The ferry sank in Tarn Sound on Monday.", "y": "The ferry sank in Tarn Sound on Tuesday."}
    sides = {"a": {"article": "x", "quote": texts["x"]}, "b": {"article": "y", "quote": texts["y"]}}
    notes = [{"type": kind, "clear": "clear", "kind": "date", **sides} for kind in ("agreement", "conflict")]
    path = tmp_path / "notes.json"
    path.write_text(json.dumps(notes))
    models = Models(Options(), parser=nlp, encoder=WordEncoder())
    rows = [{"id": key, "text": text} for key, text in texts.items()]
    assert keys_of([path], rows, models) == {sentence_key(*texts.values()): "contradiction"}
    assert keys_of([path], rows[:1], models) == {}
