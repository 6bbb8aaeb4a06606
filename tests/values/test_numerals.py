"""Numerals without any parse."""
from __future__ import annotations

import time

import pytest

from consistency.values.numerals import read_numeral

CARDINALS = [
    ("0", 0), ("7", 7), ("1,234", 1234), ("1,234,567", 1234567), ("12.5", 12.5), (".5", 0.5), ("1,00,000", 100000),
    ("5k", 5000), ("3bn", 3e9), ("1.2 million", 1.2e6), ("1.2-million", 1.2e6), ("4 hundred", 400), ("2 lakh", 2e5),
    ("500 crore", 5e9), ("2 1/2", 2.5), ("3½", 3.5), ("6 million", 6e6), ("9 trillion", 9e12), ("20 dozen", 240),
    ("seven", 7), ("twenty-one", 21), ("twenty one", 21), ("ninety-nine", 99), ("a hundred", 100),
    ("one hundred and five", 105), ("three hundred twelve", 312), ("two thousand", 2000),
    ("two hundred and fifty thousand", 250000), ("three million two hundred thousand", 3.2e6), ("a dozen", 12),
    ("half a dozen", 6), ("two dozen", 24), ("half a million", 5e5), ("a quarter of a million", 2.5e5),
    ("two and a half", 2.5), ("a thousand", 1000), ("a million", 1e6), ("nineteen", 19),
]  # fmt: skip
ORDINALS = [("21st", 21), ("third", 3), ("twenty-third", 23), ("tenth", 10), ("102nd", 102), ("one hundredth", 100)]
FRACTIONS = [("two-thirds of", 2 / 3), ("a third of", 1 / 3), ("three quarters of", 0.75), ("one-fifth", 0.2)]
OPEN = [
    ("dozens", 24, None), ("hundreds", 200, None), ("tens of thousands", 20000, None), ("a couple of", 2, 3),
    ("hundreds of thousands", 200000, None), ("scores of", 40, None), ("several hundred", 200, 1000),
    ("a few thousand", 2000, 10000), ("millions", 2e6, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), CARDINALS)
def test_cardinals(text: str, value: float) -> None:
    numeral = read_numeral(text, 0)
    assert numeral is not None
    assert numeral.kind == "cardinal"
    assert numeral.low == numeral.high == pytest.approx(value)
    assert numeral.end == len(text)


@pytest.mark.parametrize(("text", "value"), ORDINALS)
def test_ordinals(text: str, value: int) -> None:
    numeral = read_numeral(text, 0)
    assert numeral is not None
    assert (numeral.kind, numeral.low, numeral.end) == ("ordinal", value, len(text))


@pytest.mark.parametrize(("text", "value"), FRACTIONS)
def test_fractions(text: str, value: float) -> None:
    numeral = read_numeral(text, 0)
    assert numeral is not None
    assert numeral.kind == "fraction"
    assert numeral.low == pytest.approx(value)


@pytest.mark.parametrize(("text", "low", "high"), OPEN)
def test_vague_plurals(text: str, low: float, high: float | None) -> None:
    numeral = read_numeral(text, 0)
    assert numeral is not None
    assert (numeral.low, numeral.high) == (low, high)


@pytest.mark.parametrize(("text", "end"), [("one and two", 3), ("six seven", 3), ("nineteen eighty", 8)])
def test_numbers_side_by_side_stay_apart(text: str, end: int) -> None:
    numeral = read_numeral(text, 0)
    assert numeral is not None
    assert numeral.end == end


@pytest.mark.parametrize("text", ["a third man", "a few people", "half-brother", "scores rose", "tens column"])
def test_words_that_are_no_number(text: str) -> None:
    assert read_numeral(text, 0) is None


def test_suffix_of_money_is_a_magnitude() -> None:
    money, length = read_numeral("40m", 0, money=True), read_numeral("40m", 0)
    assert money is not None
    assert length is not None
    assert (money.low, length.low) == (4e7, 40)


@pytest.mark.parametrize("junk", ["1,", "twenty-", "hundred and ", "9", "1 1/", "a half ", "tens of "])
def test_long_junk_takes_linear_time(junk: str) -> None:
    start = time.perf_counter()
    read_numeral(junk * 20000, 0)
    assert time.perf_counter() - start < 2
