"""What is glued before the first sentence: found where a sign is certain, told in the funnel, else left alone."""

from __future__ import annotations

import pytest

from consistency.split.headline import length, sentence_case
from consistency.split.sentences import dateline

GLUED = [
    ("Ferry sinks off coast Updated: May 02, 2013 15:50 IST ", "A ferry sank off the coast."),
    ("Ferry Sinks Off Coast March 12, 2014 ", "The ferry had 40 people aboard."),
    ("Two hurt in ferry fire Last updated 15:48 15 / 09 / 2013 ", "Two men were hurt in a fire."),
    ("March 3, 2012 | 5:00 PM ", "“The ferry was old,” the captain said."),
    ("16 September 2013 Last updated at 12:42 GMT ", "Divers found the wreck."),
    ("Ferry sinks off northern coast ", "The ferry had left the port at noon."),
    ("Harbour firm to repair its old ferry ", "Harbour said the work would take a year."),
    ("Port under fire over safety ", "Despite the complaints the port stays open."),
]


@pytest.mark.parametrize(("head", "sentence"), GLUED, ids=lambda text: text[:30])
def test_a_headline_before_the_first_sentence_ends_where_the_sentence_begins(head, sentence):
    assert length(head + sentence, head + sentence + " They fear that complaints and the wreck matter.") == len(head)


@pytest.mark.parametrize(
    "text",
    [
        "On March 12, 2014 Anna Berg left the city of Marlow.",
        "The fire of May 2, 2013 Anna Berg remembers well.",
        "Police arrested two men in the Home Alone house on Friday.",
        "The mayor of the town told The Marlow Post that he would resign.",
        "Someone with a fever was seen by the staff of a Care Now clinic in Frisco.",
        "By Friday morning Anna Berg had closed the road.",
        "The ferry sank. The captain was saved.",
    ],
)
def test_a_plain_sentence_keeps_all_its_words(text):
    assert length(text) == 0


def test_what_was_cut_off_is_told(read):
    found = read("Ferry sinks off coast Updated: May 02, 2013 15:50 IST A ferry sank off the coast of Marlow.")
    assert [claim.text for claim in found.claims] == ["A ferry sank off the coast of Marlow."]
    assert [(skipped.kind, skipped.what) for skipped in found.skipped] == [
        ("headline", "a: Ferry sinks off coast Updated: May 02, 2013 15:50 IST")
    ]


def test_a_headline_without_an_end_is_left_out_with_its_sentence(read):
    found = read("Marlow Ferry Sinks After Fire On Board Ann Reed watched the ferry sink. The captain was saved.")
    assert [claim.text for claim in found.claims] == ["The captain was saved."]
    assert [skipped.kind for skipped in found.skipped] == ["headline"]


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("By Ann Reed MARLOW, Nov 1 (Reuters) - The ferry sank.", "The ferry sank."),
        ("By Ann Reed and Tom Hill MARLOW/OSTLE, Oct 9 (Reuters) - Divers left.", "Divers left."),
        ("By Ann Reed The ferry sank.", "By Ann Reed The ferry sank."),
    ],
)
def test_a_byline_goes_with_its_dateline(text, rest):
    assert text[dateline(text) :] == rest


@pytest.mark.parametrize(
    ("title", "read_as"),
    [
        ("Weaver Denies Sending Photo", "Weaver denies sending photo"),
        ("Weaver Denies Selling Boat, Mocks Rumor", "Weaver denies Selling Boat, Mocks Rumor"),
        ("Marlow Mayor Says Bridge Is Safe", "Marlow Mayor says bridge is safe"),
        ("Mayor resigns after probe", "Mayor resigns after probe"),
    ],
)
def test_a_headline_is_parsed_with_small_letters_where_the_article_has_them(title, read_as):
    body = "The bridge of Marlow is safe. In Marlow, Mayor Weaver denied sending the photo, and Weaver left."
    assert sentence_case(title, body) == read_as
