"""Sentences of a source, their words as stems, and excerpts at unchanged offsets."""
from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.article import Article
from consistency.verification.passages import LONGEST, excerpt, sentences, stemmed


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mr. Smith left. He was tired.", ["Mr. Smith left.", "He was tired."]),
        ("U.S. Rep. Jones agreed. Nobody else did.", ["U.S. Rep. Jones agreed.", "Nobody else did."]),
        ('"It was bad." He left.', ['"It was bad."', "He left."]),
        ("It cost 3.5 million. That is much.", ["It cost 3.5 million.", "That is much."]),
        ("a man was seen . he left .", ["a man was seen .", "he left ."]),
        ("No full stop\n\nAnother paragraph", ["No full stop", "Another paragraph"]),
        ("date 2019-01-28\nTalks went on.", ["Talks went on."]),
        ("...", []),
    ],
)
def test_sentences(text, found):
    start = len("date 2019-01-28\n") if text.startswith("date") else 0
    assert [s.text for s in sentences(Article("x", text, start=start))] == found


@given(st.text(alphabet="Aab .!?\n\"'1", max_size=300))
def test_sentences_hold_every_word_once_and_in_order(text):
    found = sentences(Article("x", text))
    assert all(text[s.start : s.end].split() == s.text.split() for s in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert "".join(c for s in found for c in s.text if c.isalnum()) == "".join(c for c in text if c.isalnum())


def test_a_text_without_an_end_mark_is_cut():
    text = "word " * 1000
    found = sentences(Article("x", text))
    assert max(s.end - s.start for s in found) <= LONGEST
    assert sum(len(s.text.split()) for s in found) == 1000


def test_figures_are_one_in_words_and_digits():
    assert {key for _, _, key in stemmed("Seven mayors")} == {key for _, _, key in stemmed("7 mayor")}
    assert {"=1200000"} <= {key for _, _, key in stemmed("It cost $1.2 million.")}


def test_offsets_of_stems():
    text = "The mayors of three towns resigned."
    assert [text[a:b] for a, b, _ in stemmed(text)] == ["mayors", "three", "towns", "resigned"]


def test_an_excerpt_keeps_offsets_and_blanks_the_rest():
    article = Article("x", "One is here. Two is not. Three is here.")
    kept = [s for s in sentences(article) if "Two" not in s.text]
    text = excerpt(article, kept)
    assert len(text) == len(article.text)
    assert all(text[s.start : s.end] == article.text[s.start : s.end] for s in kept)
    assert "Two" not in text
