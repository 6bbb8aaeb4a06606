"""Every span is exact, whatever the text: messy Unicode, no text at all, long text; and the order does not matter."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consistency.article import Article
from consistency.claim import Claim
from consistency.split import find_attributions, split

WORDS = [
    "Anna Berg",
    "said",
    "that",
    "the",
    "road",
    "was",
    "closed",
    ",",
    ".",
    "and",
    "“",
    "”",
    '"',
    "he",
    "who",
    "\n\n",
    "\n",
    "  ",
    "\u00a0",
    "\u200b",
    "it’s",
    "🙂",
    "سلام",
    "\t",
    "according to",
    "police",
    "U.S.",
    "Lt. Gen.",
    "while",
    "(",
    ")",
    "—",
    "not true",
    "reports of",
    "\r\n",
    "\x00",
    "?",
    "e-mail",
    "12",
    "ﬁ",
    "I",
    "denied",
    ":",
    "İ",
    "ß",
    "\u2028",
    "e\u0301",
    "’",
    "...",
    "adding",
]
MESSY = (
    st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)
    | st.lists(st.sampled_from(WORDS), max_size=25).map("".join)
    | st.text(max_size=60)
)


def check(claim: Claim, source: str) -> None:
    """All offsets of a claim point at their words."""
    spans = [*claim.spans, claim.sentence, *(d.span for d in claim.dates), *(q.span for q in claim.quantities)]
    if claim.attribution is not None:
        spans += [*claim.attribution.content_spans, *(s.span for s in claim.attribution.speakers)]
        spans += [claim.attribution.cue_span] if claim.attribution.cue_span else []
    for span in spans:
        assert source[span.start : span.end] == span.text
        assert span.start < span.end
    reached = 0
    for run in claim.runs:
        shown, stands = claim.text[run.at : run.at + run.end - run.start], source[run.start : run.end]
        assert run.at >= reached
        assert shown[1:].split() == stands[1:].split()
        assert shown[:1].lower() == stands[:1].lower()
        assert len(shown) == len(stands)
        reached = run.at + run.end - run.start
    assert claim.text.strip() == claim.text


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=MESSY, title=st.none() | MESSY, start=st.integers(0, 5))
def test_offsets_are_exact_on_messy_text(nlp, text, title, start):
    found = split([Article("a", text, title=title, date="2019-01-28", start=min(start, len(text)))], nlp)
    for claim in found.claims:
        check(claim, text if claim.field == "text" else title)
        assert claim.field == "title" or claim.sentence.start >= min(start, len(text))


ARTICLE = (
    "PARIS (AP) — “The road is closed,” said Anna Berg, the mayor.  She said\u00a0that U.S. troops left on Monday, "
    "and that Lt. Gen. Paul Stone, who led them, was ill.\n\nBerg denied that she had met him. "
    'Reports of a deal were "not true."\n'
)


def test_offsets_are_exact_on_an_article(nlp):
    found = split([Article("a", ARTICLE, date="2019-01-28")], nlp)
    assert len(found.claims) >= 5
    for claim in found.claims:
        check(claim, ARTICLE)


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n\n", "Yes", "🙂🙂", "\x00\x01", "سلام عليكم ورحمة الله", '"', "“", "a" * 5000, ". . ."]
)
def test_no_text_is_too_odd(nlp, text):
    found = split([Article("a", text, title=text)], nlp)
    assert all(skipped.what and skipped.kind for skipped in found.skipped)


def test_nothing_is_taken_from_before_the_body(nlp):
    text = "date 2019-01-28 The road was closed."
    assert [claim.text for claim in split([Article("a", text, start=16)], nlp).claims] == ["The road was closed."]


def test_long_text_is_read_in_stretches(nlp):
    text = "The road was closed. " * 1500
    found = split([Article("a", text)], nlp)
    assert found.sentences == 1500
    assert {claim.text for claim in found.claims} == {"The road was closed."}


@pytest.mark.parametrize("text", ["word, and " * 2000, "he said that " * 1500, '"he said, "' * 1500, "x" * 50_000])
def test_text_without_sentences_is_left_out(nlp, text):
    found = split([Article("a", text)], nlp)
    assert found.claims == ()
    assert found.skipped


def test_order_and_batches_change_nothing(nlp):
    articles = [Article(str(n), text) for n, text in enumerate([ARTICLE, "", "He left.", "Anna Berg fell and got up."])]
    one = split(articles, nlp, batch_size=1)
    other = split(list(reversed(articles)), nlp, batch_size=100)
    assert sorted(one.claims, key=lambda claim: claim.id) == sorted(other.claims, key=lambda claim: claim.id)


def test_ids_number_the_claims_of_an_article(nlp):
    found = split([Article("x", "The road was closed. The bridge fell.")], nlp)
    assert [claim.id for claim in found.claims] == ["x:0", "x:1"]


def test_progress_counts_articles(nlp):
    seen: list[int] = []
    split([Article("a", "The road was closed."), Article("b", "")], nlp, progress=seen.append)
    assert seen == [1, 2]


def test_attributions_are_listed_with_exact_spans(nlp):
    text = "The mayor called for calm. Police said the road was closed."
    found = find_attributions(Article("a", text), nlp)
    assert ("Police", "said") in [(said.speaker, said.cue) for said in found]
    for said in found:
        for span in (*said.content_spans, *(speaker.span for speaker in said.speakers)):
            assert text[span.start : span.end] == span.text


def test_claims_are_plain_data(nlp):
    claim = split([Article("a", ARTICLE)], nlp).claims[0]
    assert dataclasses.asdict(claim)["text"] == claim.text
