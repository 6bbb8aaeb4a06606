"""Highlights: exact words, sentences around, hostile texts."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.article import Article
from consistency.claim import Claim, Span
from consistency.render.highlight import Highlighter, Segment, segments, shorten
from consistency.render.highlight import deciding as marks
from tests.render.factory import ARTICLES, CLAIMS, FINDINGS, HEADLINE, LONG, NOT_TRUE, span

HIGHLIGHTER = Highlighter({article.id: article for article in ARTICLES}, CLAIMS)


def joined(parts):
    return "".join(part.text for part in parts)


def deciding(parts):
    return [part.text for part in parts if part.deciding]


def make_claim(text, sentence, spans=(), **changed):
    at = text.index(sentence)
    made = tuple(Span(text.index(words), text.index(words) + len(words), words) for words in spans)
    parts = {
        "id": "c",
        "article_id": "x",
        "source": None,
        "date": None,
        "field": "text",
        "text": sentence,
        "proposition": sentence,
    }
    return Claim(**parts | changed, spans=made, sentence=Span(at, at + len(sentence), sentence))


def test_a_sentence_is_cut_where_marks_begin_and_end():
    passage = HIGHLIGHTER.side(FINDINGS[0], "b")
    assert passage.sentence == (
        Segment(
            'Taliban spokesman Zabihullah Mujahid said that while there was "progress" at the meetings, ', False, False
        ),
        Segment("reports of an agreement on a cease-fire were", True, False),
        Segment(' "', False, False),
        Segment("not true", True, True),
        Segment('."', False, False),
    )
    assert joined(passage.before).endswith("latest set of talks in Qatar.")
    assert joined(passage.after).startswith("Mujahid also said in a statement")


@pytest.mark.parametrize("finding", FINDINGS, ids=lambda f: f.id)
@pytest.mark.parametrize("side", ["a", "b"])
def test_segments_join_to_the_sentence_and_mark_exactly_the_deciding_words(finding, side):
    claim = getattr(finding, side)
    passage = HIGHLIGHTER.side(finding, side)
    assert joined(passage.sentence) == claim.sentence.text
    spans = {span.text for reason in finding.reasons for span in getattr(reason, f"{side}_spans")}
    assert {" ".join(deciding(passage.sentence))} <= {" ".join(sorted(spans, key=claim.sentence.text.index)), ""}
    text = next(article for article in ARTICLES if article.id == claim.article_id).text
    assert joined(passage.before) in text
    assert joined(passage.after) in text


def test_the_model_marks_words_only_where_no_rule_names_any():
    figure, model = FINDINGS[1].reasons[0], FINDINGS[7].reasons[0]
    both = replace(FINDINGS[1], reasons=(replace(model, a_spans=(span("coastline", "ferry"),)), figure))
    assert [found.text for found in marks(both, "a")] == ["214"]
    assert [found.text for found in marks(FINDINGS[7], "a")] == ["progress"]


def test_a_lone_quotation_mark_is_not_marked():
    quote = replace(FINDINGS[1].reasons[0], a_spans=(span("coastline", "214"), span("coastline", '"')))
    assert [found.text for found in marks(replace(FINDINGS[1], reasons=(quote,)), "a")] == ["214"]


def test_a_headline_is_found_in_the_title_and_has_no_neighbours():
    passage = HIGHLIGHTER.passage(HEADLINE)
    assert joined(passage.sentence) == HEADLINE.sentence.text
    assert passage.before == passage.after == ()


def test_the_date_line_is_never_context():
    first = make_claim(
        ARTICLES[0].text, "U.S. special envoy Zalmay Khalilzad has shared details", article_id="khalilzad"
    )
    assert HIGHLIGHTER.passage(first).before == ()


@pytest.mark.parametrize(
    ("text", "sentence", "before", "after"),
    [
        ("One. Two. Three.", "Two.", "One.", "Three."),
        ("One.", "One.", "", ""),
        ("He met Lt. Gen. Hale on Jan. 5. Nobody spoke. Dr. Wu of the U.S. Army left. End.", "Nobody spoke.",
         "He met Lt. Gen. Hale on Jan. 5.", "Dr. Wu of the U.S. Army left."),
        ('"Stop!" he said. "Go." They went.', '"Go."', '"Stop!" he said.', "They went."),
        ("A heading without a stop\n\nTwo. Three.", "Two.", "A heading without a stop", "Three."),
        ("A\r\n\r\nTwo.\r\n\r\nB", "Two.", "A", "B"),
    ],
)  # fmt: skip
def test_sentences_around_are_found_without_a_parser(text, sentence, before, after):
    passage = Highlighter({"x": Article("x", text)}).passage(make_claim(text, sentence))
    assert (joined(passage.before), joined(passage.after)) == (before, after)


def test_known_sentences_are_boundaries():
    text = "Mr. A. B. Smith and co. etc. Left early. Then he slept"
    known = [make_claim(text, words) for words in ("Mr. A. B. Smith and co. etc.", "Left early.", "Then he slept")]
    passage = Highlighter({"x": Article("x", text)}, known).passage(known[1])
    assert (joined(passage.before), joined(passage.after)) == ("Mr. A. B. Smith and co. etc.", "Then he slept")


def test_words_from_further_away_are_told_apart():
    text = "Khalilzad came. One. Two. He said that nothing was agreed. Three."
    claim = make_claim(text, "He said that nothing was agreed.", ["Khalilzad", "nothing was agreed"])
    passage = Highlighter({"x": Article("x", text)}).passage(claim, [Span(16, 20, "One.")])
    assert passage.elsewhere == (("Khalilzad", False), ("One.", True))


def test_without_the_article_or_with_another_version_the_sentence_stands_alone():
    for articles in ({}, {"khalilzad": Article("khalilzad", "changed since")}):
        passage = Highlighter(articles).passage(NOT_TRUE, FINDINGS[0].reasons[0].b_spans)
        assert joined(passage.sentence) == NOT_TRUE.sentence.text
        assert deciding(passage.sentence) == ["not true"]
        assert passage.before == passage.after == ()


def test_long_sentences_lose_their_middle_not_their_deciding_words():
    parts = shorten(HIGHLIGHTER.side(FINDINGS[10], "a").sentence, 300)
    assert len(joined(parts)) < 320 < len(LONG)
    assert " … " in joined(parts)
    assert deciding(parts) == ["nothing"]


def test_short_sentences_stay_whole():
    parts = (Segment("Nobody came.", True, False),)
    assert shorten(parts, 100) == parts


@given(st.text(max_size=60), st.data())
def test_segments_always_join_to_the_text(text, data):
    spot = st.tuples(st.integers(0, 70), st.integers(0, 70)).map(sorted).map(lambda pair: Span(*pair, ""))
    claim, strong = (data.draw(st.lists(spot, max_size=4)) for _ in range(2))
    start, end = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    parts = segments(text, start, end, claim, strong)
    assert joined(parts) == text[start:end]
    at = start
    for part in parts:
        for offset, char in enumerate(part.text, at):
            inside = any(span.start <= offset < span.end for span in strong)
            assert part.deciding == inside or (char == " " and part.deciding)
        at += len(part.text)
    assert all(one[1:] != two[1:] for one, two in pairwise(parts))
