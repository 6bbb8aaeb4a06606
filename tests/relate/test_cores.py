"""Cores: the least clause or phrase that says what a value is of."""
from __future__ import annotations

import pytest

from consistency.relate.frame import frame_of


@pytest.mark.parametrize(
    ("text", "value", "core"),
    [
        (
            "Nine people were killed and 31 others injured when a train hit a bus at a crossing near Tolmin.",
            "Nine", "Nine people were killed",
        ),
        (
            "Nine people were killed when a train, which carried 140 passengers, hit a bus.",
            "140", "a train carried 140 passengers",
        ),
        ("A bomb hit the market, killing 12 and wounding at least 30.", "12", "A bomb killing 12"),
        ("Two gunmen opened fire and wounded 14 guests.", "14", "Two gunmen wounded 14 guests"),
        ("The firm, which was founded in 1998, said it would close.", "1998", "The firm was founded in 1998"),
        ("Marta Ruiz, 47, of Cadiz was arrested on Monday.", "47", "Marta Ruiz 47 of Cadiz"),
        ("Former champion Ivo Petrak (43-1) lost to Sven Dahl.", "43-1", "Former champion Ivo Petrak 43-1"),
        (
            "The 26-year-old driver was unhurt after the crash, which closed the road.",
            "26", "The 26-year-old driver",
        ),
        ("The vote, which was close, took place on Tuesday.", "Tuesday", "The vote took place on Tuesday"),
    ],
)  # fmt: skip
def test_a_core_holds_the_value_and_what_it_is_of(nlp, text, value, core):
    at = text.index(value)
    found = [c.text for c in frame_of(nlp(text)).cores if at <= c.at < at + len(value)]
    assert found
    assert found[0] == core


@pytest.mark.parametrize("text", ["Nine people were killed.", "The vote took place on Tuesday.", "Nobody was hurt."])
def test_a_text_that_is_its_own_core_has_none(nlp, text):
    assert frame_of(nlp(text)).cores == ()
