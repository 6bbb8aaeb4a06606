"""Offsets are exact whatever the text."""
from __future__ import annotations

from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from consistency.values import find_dates, find_quantities

_WORDS = (
    "12|twelve|1.2 million|$3bn|£40m|at least|about|up to|between|and|to|-|people|killed|injured|percent|%|of the"
    "|dozens|half|a|a dozen|of|43-year-old|, 43,|third|21st|3-1|votes|January 28|2019|Monday|yesterday|last week"
    "|6:30 a.m.|GMT|since|on|in|May|“|”|é|\n|\n\n|  |.|,|one|two-thirds|miles|°C|40 degrees Celsius|No.|Boeing 747"
    "|9/11|the|town|rose|fell|\u00a0|😀|from|1990s"
)
_PIECES = st.sampled_from(_WORDS.split("|"))
_TEXTS = st.lists(_PIECES, max_size=14).map(" ".join)
_ANCHORS = st.one_of(st.none(), st.dates().map(lambda d: d.isoformat()), st.just("2019"))


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_TEXTS, _ANCHORS)
def test_offsets_are_exact(parse: Callable[[str], Doc], text: str, anchor: str | None) -> None:
    doc = parse(text)
    for found in (find_quantities(doc), find_dates(doc, anchor)):
        ends = 0
        for item in found:
            assert text[item.span.start : item.span.end] == item.span.text
            assert item.span.text.strip() == item.span.text != ""
            assert item.span.start >= ends
            ends = item.span.end
    for quantity in find_quantities(doc):
        assert quantity.low is not None or quantity.high is not None
        assert quantity.low is None or quantity.high is None or quantity.low <= quantity.high


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_TEXTS)
def test_sentences_have_the_offsets_of_the_doc(parse: Callable[[str], Doc], text: str) -> None:
    doc = parse("Before it all. " + text)
    for sentence in doc.sents:
        for quantity in find_quantities(sentence):
            assert doc.text[quantity.span.start : quantity.span.end] == quantity.span.text
            assert sentence.start_char <= quantity.span.start
        for mention in find_dates(sentence, "2019-01-28"):
            assert doc.text[mention.span.start : mention.span.end] == mention.span.text
