"""Comparing figures and dates."""
from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from consistency.claim import DateMention, Quantity, Span
from consistency.values import can_grow, compare_dates, compare_quantities, counted_key, find_quantities, split_of

SENTENCES = [
    # Same toll in other words.
    ("The blast killed 12 people.", "Twelve people were killed.", "equal"),
    ("The blast killed 12 people.", "The death toll rose to 12.", "equal"),
    ("The blast left 12 dead.", "There were 12 deaths.", "equal"),
    ("The blast killed 12 soldiers.", "The blast left 12 dead.", "equal"),
    ("The blast killed 12 people.", "The blast killed 15 people.", "conflict"),
    ("The blast killed 12 people.", "The blast wounded 12 people.", "incomparable"),
    ("At least 12 people were killed.", "The blast killed 15 people.", "compatible"),
    ("More than 12 people were killed.", "The blast killed 12 people.", "conflict"),
    ("Up to 12 people were killed.", "The blast killed 15 people.", "conflict"),
    ("Dozens of people were killed.", "The blast killed 30 people.", "compatible"),
    ("Dozens of people were killed.", "The blast killed 12 people.", "conflict"),
    ("The blast killed 3 children.", "The blast killed 12 people.", "incomparable"),
    # Other things counted.
    ("It sent 12 ships.", "It sent 15 tanks.", "incomparable"),
    ("It sent 12 ships.", "It sent 15 ships.", "conflict"),
    ("It drew 200 demonstrators.", "It drew 200 protesters.", "equal"),
    ("12 of the passengers survived.", "The bus carried 40 passengers.", "incomparable"),
    # Rounding.
    ("It employs 1.2 million workers.", "It employs 1,234,567 workers.", "compatible"),
    ("It employs 1.2 million workers.", "It employs 1.4 million workers.", "conflict"),
    ("It drew about 500 fans.", "It drew 480 fans.", "compatible"),
    ("It drew nearly 500 fans.", "It drew 520 fans.", "conflict"),
    ("Turnout was almost 90 percent.", "Turnout was 93.87 percent.", "conflict"),
    ("Turnout was almost 90 percent.", "Turnout was 89.4 percent.", "compatible"),
    ("Damage was put at $1 million.", "Damage was put at $US1 million.", "equal"),
    ("Damage was put at $1 million.", "Damage was put at $A1 million.", "incomparable"),
    ("A magnitude 6.1 quake struck.", "The quake had a magnitude of 6.3.", "conflict"),
    ("Turnout was 67 percent.", "Turnout was 66.7 percent.", "compatible"),
    ("Turnout was 67 percent.", "Turnout was 66 percent.", "conflict"),
    ("Two-thirds of voters agreed.", "67 percent of voters agreed.", "compatible"),
    # Money and measures.
    ("It signed a $2 billion deal.", "It signed a $2bn deal.", "equal"),
    ("It signed a $2 billion deal.", "It signed a €2 billion deal.", "incomparable"),
    ("It signed a $2 billion deal.", "It signed a $3 billion contract.", "conflict"),
    ("It signed a $2 billion deal.", "It paid a $3 billion penalty.", "incomparable"),
    ("It was a two-week trip.", "It was a 14-day trip.", "equal"),
    ("It was a two-week trip.", "It was a three-week trip.", "conflict"),
    ("It was a 60-mile ride.", "It was a 100-km ride.", "compatible"),
    # Votes, ranks, ages.
    ("They won by 219-212 votes.", "They won by 219-212 votes.", "equal"),
    ("They won by 219-212 votes.", "They won by 219-215 votes.", "conflict"),
    ("A 43-year-old man died.", "A 44-year-old man died.", "conflict"),
    ("John Smith, 43, died.", "Jane Brown, 44, died.", "incomparable"),
    ("He was the third man there.", "He was the fourth man there.", "conflict"),
    ("Shares fell 3 percent.", "Shares fell 5 percent.", "conflict"),
    ("Unemployment fell 3 percent.", "Unemployment fell to 5 percent.", "incomparable"),
]

DATES = [
    ("2019-01-28", "2019-01-28", "same"), ("2019-01-28", "2019-01-29", "conflict"),
    ("2019-01", "2019-01-28", "compatible"),
    ("2019-02", "2019-01-28", "conflict"), ("2019", "2019-01", "compatible"), ("2018", "2019-01", "conflict"),
    ("2019-01-21/2019-01-27", "2019-01-24", "compatible"), ("2019-01-21/2019-01-27", "2019-01-28", "conflict"),
    ("1990/1999", "1995", "compatible"), ("1990/1999", "2005", "conflict"), ("2001/..", "2005", "compatible"),
    ("2001/..", "1999", "conflict"), ("1992/..", "1985/..", "conflict"),
    ("1992/..", "1992-05/..", "compatible"), ("../2019-01-28", "2019-01-28", "compatible"),
    ("../2019-01-28", "2019-02", "conflict"),
    ("-W-1", "2019-01-28", "compatible"), ("-W-2", "2019-01-28", "conflict"), ("-W-1", "-W-1", "same"),
    ("-W-1", "-W-3", "conflict"), ("-W-3", "2019-01", "compatible"), ("-W-7", "2019-01-21/2019-01-25", "conflict"),
    ("--01-28", "2019-01-28", "compatible"), ("--01-28", "2019-01-29", "conflict"), ("--01", "--01-28", "compatible"),
    ("--01-28", "--01-29", "conflict"), ("--02", "2019", "compatible"), ("T06:30", "T06:30", "same"),
    ("T06:30", "T07:30", "conflict"), ("T06:30", "2019-01-28T06:30", "compatible"),
    ("T06:45", "2019-01-28T06:30", "conflict"), ("T06:30", "2019-01-28", "incomparable"),
    ("2019-01-28T06:30", "2019-01-28", "compatible"), ("2019-01-28T06:30", "2019-01-28T08:30", "conflict"),
    ("2019-01-28T14:30Z", "2019-01-28T09:30-05:00", "same"), ("2019-01-28T14:30Z", "2019-01-28T09:30", "compatible"),
    ("T14:30Z", "T09:30-05:00", "same"), ("T14:30Z", "T09:30", "incomparable"), ("-W-1T06:30", "-W-1", "compatible"),
    ("-W-1T06:30", "-W-1T08:30", "conflict"), ("-P1D", "P0D", "incomparable"), ("-P1D", "2019-01-28", "incomparable"),
    ("nonsense", "2019", "incomparable"),
]  # fmt: skip


def _date(value: str) -> DateMention:
    return DateMention(Span(0, 0, ""), value)


@pytest.mark.parametrize(("one", "two", "relation"), SENTENCES)
def test_sentences(parse: Callable[[str], Doc], one: str, two: str, relation: str) -> None:
    (a,), (b,) = find_quantities(parse(one)), find_quantities(parse(two))
    assert compare_quantities(a, b) == compare_quantities(b, a) == relation


@pytest.mark.parametrize(("one", "two", "relation"), DATES)
def test_date_values(one: str, two: str, relation: str) -> None:
    assert compare_dates(_date(one), _date(two)) == compare_dates(_date(two), _date(one)) == relation


def test_relative_dates_of_one_article() -> None:
    assert compare_dates(_date("-P1D"), _date("-P1D"), same_article=True) == "same"
    assert compare_dates(_date("-P1D"), _date("P0D"), same_article=True) == "conflict"
    assert compare_dates(_date("-P1D"), _date("-P1W"), same_article=True) == "incomparable"


@pytest.mark.parametrize(("of", "unit", "grows"), [
    ("dead", None, True), ("dead soldier", None, True), ("injured", None, True), ("arrested", None, True),
    ("cost", "USD", True), ("damage", "USD", True), ("price", "USD", False), ("man", "age", False),
    ("vote", "score", False), ("passenger", None, False), (None, None, False), ("town", "meter", False),
])  # fmt: skip
def test_what_can_grow(of: str | None, unit: str | None, grows: bool) -> None:
    assert can_grow(of, unit) is grows


def test_role_and_noun() -> None:
    assert split_of("dead soldier") == ("dead", "soldier")
    assert split_of("dead") == ("dead", None)
    assert split_of("passenger") == (None, "passenger")
    assert split_of(None) == (None, None)
    assert counted_key("Demonstrator") == counted_key("protester")


_values = st.one_of(st.none(), st.floats(0, 1e9).map(lambda v: round(v, 3)))
_quantities = st.builds(
    lambda low, high, unit, of, text: Quantity(
        Span(0, len(text), text), *(sorted((low, high)) if None not in (low, high) else (low, high)), unit, of
    ),
    _values,
    _values,
    st.sampled_from([None, "%", "USD", "age", "score", "second", "ordinal"]),
    st.sampled_from([None, "dead", "dead soldier", "people", "person", "Smith"]),
    st.sampled_from(["", "12", "1.2 million", "about 40", "12 of the", "67 percent"]),
)
_dates = st.one_of(
    st.dates().map(lambda d: d.isoformat()),
    st.dates().map(lambda d: d.isoformat()[:7]),
    st.datetimes().map(lambda d: d.isoformat()[:16]),
    st.integers(1, 7).map(lambda d: f"-W-{d}"),
    st.dates().map(lambda d: f"--{d.isoformat()[5:]}"),
    st.times().map(lambda t: f"T{t.isoformat()[:5]}"),
    st.tuples(st.dates(), st.dates()).map(lambda p: f"{min(p).isoformat()}/{max(p).isoformat()}"),
    st.dates().map(lambda d: f"{d.isoformat()}/.."),
    st.text(max_size=12),
).map(_date)


@given(_quantities, _quantities)
def test_figures_compare_the_same_both_ways(a: Quantity, b: Quantity) -> None:
    assert compare_quantities(a, b) == compare_quantities(b, a)


@given(_quantities)
def test_a_figure_equals_itself(a: Quantity) -> None:
    assert compare_quantities(a, a) == "equal"


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(1, 1000))
def test_scaling_both_sides_changes_nothing(one: int, two: int, factor: int) -> None:
    def figure(value: float) -> Quantity:
        return Quantity(Span(0, 0, ""), value, value, "meter", "road")

    plain = compare_quantities(figure(one), figure(two))
    assert plain == compare_quantities(figure(one * factor), figure(two * factor))


@given(_dates, _dates, st.booleans())
def test_dates_compare_the_same_both_ways(a: DateMention, b: DateMention, same_article: bool) -> None:
    assert compare_dates(a, b, same_article) == compare_dates(b, a, same_article)


@given(_dates)
def test_a_date_is_the_same_as_itself(a: DateMention) -> None:
    assert compare_dates(a, a, same_article=True) == "same"
