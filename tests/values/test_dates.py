"""Dates in parsed sentences; the anchor is a Monday."""
from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from consistency.values import find_dates

ANCHOR = "2019-01-28"

CASES: list[tuple[str, list[tuple[str, str]]]] = [
    # Absolute.
    ("It began on January 28.", [("January 28", "2019-01-28")]),
    ("It began on 28 January 2019.", [("28 January 2019", "2019-01-28")]),
    ("It began on Jan. 28, 2019.", [("Jan. 28, 2019", "2019-01-28")]),
    ("It began on the 28th of January.", [("28th of January", "2019-01-28")]),
    ("It began on 2019-01-28.", [("2019-01-28", "2019-01-28")]),
    ("It began on 01/28/2019.", [("01/28/2019", "2019-01-28")]),
    ("It began on 28/01/2019.", [("28/01/2019", "2019-01-28")]),
    ("It began on 28.01.2019.", [("28.01.2019", "2019-01-28")]),
    ("It began on Dec 12, 2003.", [("Dec 12, 2003", "2003-12-12")]),
    ("FEB. 5, 2015 was cold.", [("FEB. 5, 2015", "2015-02-05")]),
    ("It began on Monday, January 21.", [("Monday, January 21", "2019-01-21")]),
    ("It began in January 2011.", [("January 2011", "2011-01")]),
    ("It began in December.", [("December", "2018-12")]),
    ("It began in 2016.", [("2016", "2016")]),
    ("The 2016 campaign was long.", [("2016", "2016")]),
    ("It began in the 1990s.", [("1990s", "1990/1999")]),
    ("It was hidden in the 1600s.", [("1600s", "1600/1699")]),
    ("It began in or around 2012.", [("2012", "2012")]),
    ("It began in the '60s.", [("'60s", "1960/1969")]),
    ("It began in the 19th century.", [("19th century", "1801/1900")]),
    ("The 9/11 attacks came first.", [("9/11", "2001-09-11")]),
    ("The 2018-19 season ended.", [("2018-19", "2018/2019")]),
    # The year by the verb's tense.
    ("The strike began on March 5.", [("March 5", "2018-03-05")]),
    ("The talks will resume on March 5.", [("March 5", "2019-03-05")]),
    ("He spoke on Tuesday, January 29.", [("Tuesday, January 29", "2019-01-29")]),
    ("He spoke on Friday, March 8.", [("Friday, March 8", "2019-03-08")]),
    ("A second round was set for February 25.", [("February 25", "2019-02-25")]),
    # Weekdays.
    ("He left on Monday.", [("Monday", "2019-01-28")]),
    ("He left on Thursday.", [("Thursday", "2019-01-24")]),
    ("They will meet on Thursday.", [("Thursday", "2019-01-31")]),
    ("They are expected to meet on Thursday.", [("Thursday", "2019-01-31")]),
    ("They meet next Monday.", [("next Monday", "2019-02-04")]),
    ("He left last Friday.", [("last Friday", "2019-01-25")]),
    ("He left last Monday.", [("last Monday", "2019-01-21")]),
    ("He left on Friday afternoon.", [("Friday afternoon", "2019-01-25")]),
    ("Monday's attack shook the town.", [("Monday", "2019-01-28")]),
    # Relative.
    ("He left yesterday.", [("yesterday", "2019-01-27")]),
    ("He left today.", [("today", "2019-01-28")]),
    ("He leaves tomorrow.", [("tomorrow", "2019-01-29")]),
    ("He left last night.", [("last night", "2019-01-27")]),
    ("He leaves tonight.", [("tonight", "2019-01-28")]),
    ("He left the day before yesterday.", [("the day before yesterday", "2019-01-26")]),
    ("He left last week.", [("last week", "2019-01-21/2019-01-27")]),
    ("He left last month.", [("last month", "2018-12")]),
    ("He left this month.", [("this month", "2019-01")]),
    ("He left last year.", [("last year", "2018")]),
    ("He leaves next year.", [("next year", "2020")]),
    ("He left last weekend.", [("last weekend", "2019-01-26/2019-01-27")]),
    ("He left two days ago.", [("two days ago", "2019-01-26")]),
    ("He left 10 days ago.", [("10 days ago", "2019-01-18")]),
    ("He left three weeks ago.", [("three weeks ago", "2019-01-04/2019-01-10")]),
    ("He left two months ago.", [("two months ago", "2018-11")]),
    ("He left five years ago.", [("five years ago", "2014")]),
    # Intervals.
    ("It ran from May 3 to May 5, 2018.", [("May 3 to May 5, 2018", "2018-05-03/2018-05-05")]),
    ("It ran May 3-5, 2018.", [("May 3-5, 2018", "2018-05-03/2018-05-05")]),
    ("It ran 3-5 May 2018.", [("3-5 May 2018", "2018-05-03/2018-05-05")]),
    ("It ran from January to March 2018.", [("January to March 2018", "2018-01/2018-03")]),
    ("It ran between Monday and Friday.", [("Monday and Friday", "2019-01-21/2019-01-25")]),
    ("It has run since 2001.", [("2001", "2001/..")]),
    ("It ran until March 2018.", [("March 2018", "../2018-03")]),
    # Clock times.
    ("It shut at 6:30 a.m. on Tuesday.", [("6:30 a.m. on Tuesday", "2019-01-22T06:30")]),
    ("It shut on Friday at 6:30 p.m. sharp.", [("Friday at 6:30 p.m.", "2019-01-25T18:30")]),
    ("It shut at 18:00 GMT.", [("18:00 GMT", "T18:00Z")]),
    ("It shut at 9 p.m. EST on Jan. 5.", [("9 p.m. EST on Jan. 5", "2019-01-05T21:00-05:00")]),
    ("It shut shortly before 2 a.m. on Sunday.", [("2 a.m. on Sunday", "2019-01-27T02:00")]),
    ("It shut at 10am.", [("10am", "T10:00")]),
    ("It shut at noon on Wednesday.", [("noon on Wednesday", "2019-01-23T12:00")]),
    ("It shut at 12:00 a.m. sharp.", [("12:00 a.m.", "T00:00")]),
    ("On Sunday the doors of the old hall shut at 5:15 p.m. sharp.",
     [("Sunday", "2019-01-27"), ("5:15 p.m.", "2019-01-27T17:15")]),
]  # fmt: skip

UNANCHORED = [
    ("It began on January 28.", "--01-28"), ("It began in December.", "--12"), ("He left on Monday.", "-W-1"),
    ("He left on Sunday.", "-W-7"), ("He left yesterday.", "-P1D"), ("He left today.", "P0D"),
    ("He leaves tomorrow.", "P1D"), ("He left last week.", "-P1W"), ("He left last month.", "-P1M"),
    ("He left two days ago.", "-P2D"), ("He leaves next year.", "P1Y"),
    ("It shut at 6:30 a.m. on Monday.", "-W-1T06:30"),
    ("It began on Jan. 28, 2019.", "2019-01-28"),
]  # fmt: skip

NO_DATE = [
    "He may march on.", "June Smith left.", "It was Black Friday.", "The Sunday Times said so.", "He won 3-1.",
    "It seats 2000 people.", "He is in his 40s.", "Two people left.", "He read USA Today.", "It costs $2019.",
]  # fmt: skip


@pytest.mark.parametrize(("text", "rows"), CASES, ids=[case[0] for case in CASES])
def test_dates(parse: Callable[[str], Doc], text: str, rows: list[tuple[str, str]]) -> None:
    found = find_dates(parse(text), ANCHOR)
    assert [(d.span.text, d.value) for d in found] == rows
    assert all(text[d.span.start : d.span.end] == d.span.text for d in found)


@pytest.mark.parametrize(("text", "value"), UNANCHORED)
def test_without_an_anchor_values_stay_relative(parse: Callable[[str], Doc], text: str, value: str) -> None:
    assert [d.value for d in find_dates(parse(text), None)] == [value]


@pytest.mark.parametrize("text", NO_DATE)
def test_words_that_are_no_date(parse: Callable[[str], Doc], text: str) -> None:
    assert find_dates(parse(text), ANCHOR) == []


def test_an_anchor_that_is_no_day_counts_as_none(parse: Callable[[str], Doc]) -> None:
    assert find_dates(parse("He left on Monday."), "2019")[0].value == "-W-1"
    assert find_dates(parse("He left on Monday."), "2019-01-28T10:00")[0].value == "2019-01-28"


def test_offsets_of_a_span_count_in_the_doc(parse: Callable[[str], Doc]) -> None:
    doc = parse("Nothing happened. The talks ended on Jan. 28 in Doha.")
    (found,) = find_dates(list(doc.sents)[1], ANCHOR)
    assert doc.text[found.span.start : found.span.end] == "Jan. 28"


@pytest.mark.parametrize("junk", ["1/", "May ", "12:30 ", "Monday to ", "1990-", "last ", "3 May ", "a.m. ", "2019 "])
def test_long_junk_takes_linear_time(parse: Callable[[str], Doc], junk: str) -> None:
    doc = Doc(parse("x").vocab, words=(junk * 2000).split())
    start = time.perf_counter()
    find_dates(doc, ANCHOR)
    assert time.perf_counter() - start < 3
