"""Quantities in parsed sentences of this project's own wording."""
from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from consistency.values import find_quantities

Row = tuple[str, float | None, float | None, str | None, str | None]
DAY, YEAR = 86400.0, 365.2425 * 86400

CASES: list[tuple[str, list[Row]]] = [
    # Tolls and roles: many wordings, one thing counted.
    ("At least 12 people were killed in the blast.", [("At least 12", 12, None, None, "dead")]),
    ("The explosion killed 12 people.", [("12", 12, 12, None, "dead")]),
    ("Twelve people died.", [("Twelve", 12, 12, None, "dead")]),
    ("The collapse left 12 people dead.", [("12", 12, 12, None, "dead")]),
    ("The death toll rose to 12.", [("12", 12, 12, None, "dead")]),
    ("The hospital reported 12 deaths.", [("12", 12, 12, None, "dead")]),
    ("Officials put the death toll at 85.", [("85", 85, 85, None, "dead")]),
    ("The toll stands at more than 1,200.", [("more than 1,200", 1201, None, None, "dead")]),
    ("The fire has now claimed 9 lives.", [("9", 9, 9, None, "dead")]),
    ("Nine people lost their lives.", [("Nine", 9, 9, None, "dead")]),
    ("Fourteen miners were confirmed dead.", [("Fourteen", 14, 14, None, "dead miner")]),
    ("Floods have killed nearly 400 people.", [("nearly 400", 360, 400, None, "dead")]),
    ("The bomb killed six and wounded 15.", [("six", 6, 6, None, "dead"), ("15", 15, 15, None, "injured")]),
    ("The storm left 30 others hurt.", [("30", 30, 30, None, "injured")]),
    ("The number of injured climbed to 57.", [("57", 57, 57, None, "injured")]),
    ("Authorities said that 16 are still missing.", [("16", 16, 16, None, "missing")]),
    ("Police arrested 12 people.", [("12", 12, 12, None, "arrested")]),
    ("In all, 40 were detained.", [("40", 40, 40, None, "arrested")]),
    ("Some 300 residents were evacuated.", [("Some 300", 270, 330, None, "evacuated resident")]),
    ("Two of the wounded soldiers died.", [("Two of the", 2, 2, None, "dead soldier")]),
    ("At least 12 people, including 3 children, were killed.",
     [("At least 12", 12, None, None, "dead"), ("3", 3, 3, None, "dead child")]),
    ("Three gunmen killed a guard.", [("Three", 3, 3, None, "gunman")]),
    # Plain counts.
    ("12 of the 40 passengers survived.",
     [("12 of the", 12, 12, None, "passenger"), ("40", 40, 40, None, "passenger")]),
    ("Dozens of people gathered.", [("Dozens", 24, None, None, "people")]),
    ("Hundreds of thousands of voters stayed home.", [("Hundreds of thousands", 2e5, None, None, "voter")]),
    ("About a dozen protesters gathered.", [("About a dozen", 10.8, 13.2, None, "protester")]),
    ("Between 20 and 30 houses burned.", [("Between 20 and 30", 20, 30, None, "house")]),
    ("It will build 10 to 15 million homes.", [("10 to 15 million", 1e7, 1.5e7, None, "home")]),
    ("They saw 10-15 cars.", [("10-15", 10, 15, None, "car")]),
    ("Up to 50,000 troops may leave.", [("Up to 50,000", None, 50000, None, "troop")]),
    ("As many as 60 tanks crossed.", [("As many as 60", None, 60, None, "tank")]),
    ("There were no more than 7 planes.", [("no more than 7", None, 7, None, "plane")]),
    ("There were no fewer than 7 planes.", [("no fewer than 7", 7, None, None, "plane")]),
    ("Fewer than 100 tickets remain.", [("Fewer than 100", None, 99, None, "ticket")]),
    ("Exactly 12 jurors sat.", [("Exactly 12", 12, 12, None, "juror")]),
    ("Just over 200 fans came.", [("Just over 200", 200, 220, None, "fan")]),
    ("A total of 288 candidates are running.", [("A total of 288", 288, 288, None, "candidate")]),
    ("The club has 50 or more members.", [("50 or more", 50, None, None, "member")]),
    ("The club has 12,000-plus members.", [("12,000-plus", 12000, None, None, "member")]),
    ("The three-member panel met.", [("three", 3, 3, None, "member")]),
    ("One person was hurt.", [("One", 1, 1, None, "injured")]),
    ("The band sold 40m albums.", [("40m", 4e7, 4e7, None, "album")]),
    ("She covered two programs.", [("two", 2, 2, None, "program")]),
    ("About 2000 people marched.", [("About 2000", 1800, 2200, None, "people")]),
    # Money.
    ("The firm paid $3bn.", [("$3bn", 3e9, 3e9, "USD", None)]),
    ("It raised 1.2 million dollars.", [("1.2 million dollars", 1.2e6, 1.2e6, "USD", None)]),
    ("They lost £40m.", [("£40m", 4e7, 4e7, "GBP", None)]),
    ("The state gave Rs 500 crore.", [("Rs 500 crore", 5e9, 5e9, "INR", None)]),
    ("A loan of €3bn was agreed.", [("€3bn", 3e9, 3e9, "EUR", "loan")]),
    ("A fine of $3 million was imposed.", [("$3 million", 3e6, 3e6, "USD", "fine")]),
    ("The storm caused $5 billion in damage.", [("$5 billion", 5e9, 5e9, "USD", "damage")]),
    ("They signed a $2bn deal.", [("$2bn", 2e9, 2e9, "USD", "deal")]),
    ("She bought the house for $1.5 million.", [("$1.5 million", 1.5e6, 1.5e6, "USD", "price")]),
    ("The bridge cost 45 million euros.", [("45 million euros", 4.5e7, 4.5e7, "EUR", "cost")]),
    ("The budget gap is $3-5 billion.", [("$3-5 billion", 3e9, 5e9, "USD", "gap")]),
    ("It sells for between $4,000 and $5,000.", [("between $4,000 and $5,000", 4000, 5000, "USD", "price")]),
    ("Donations have topped $50,000.", [("$50,000", 50000, 50000, "USD", "donation")]),
    ("It would take 5 million pounds.", [("5 million pounds", 5e6, 5e6, "GBP", None)]),
    ("The fire cost millions of dollars.", [("millions of dollars", 2e6, None, "USD", "cost")]),
    # Shares.
    ("Unemployment rose to 5.2 percent.", [("5.2 percent", 5.2, 5.2, "%", "unemployment")]),
    ("Unemployment rose 5.2 percent.", [("5.2 percent", 5.2, 5.2, "%", "change unemployment")]),
    ("Inflation stood at 2.1 per cent.", [("2.1 per cent", 2.1, 2.1, "%", "inflation")]),
    ("Roughly 12% of voters agreed.", [("Roughly 12%", 10.8, 13.2, "%", "voter")]),
    ("The turnout was up 0.3 percentage points.",
     [("0.3 percentage points", 0.3, 0.3, "percentage point", "change turnout")]),
    ("Rates fell by 25 basis points.", [("25 basis points", 0.25, 0.25, "percentage point", "change rate")]),
    ("Two-thirds of voters agreed.", [("Two-thirds", 200 / 3, 200 / 3, "%", "voter")]),
    ("Nine out of ten people agreed.", [("Nine out of ten", 90, 90, "%", "people")]),
    # Ages.
    ("A 43-year-old man fled.", [("43-year-old", 43, 43, "age", "man")]),
    ("John Smith, 43, fled.", [("43", 43, 43, "age", "Smith")]),
    ("The girl, aged 12, fled.", [("12", 12, 12, "age", "girl")]),
    ("He was 43 when he died.", [("43", 43, 43, "age", None)]),
    ("A 6-month-old baby was found.", [("6-month-old", 0.5, 0.5, "age", "baby")]),
    ("The 16 - year - old pupil left.", [("16 - year - old", 16, 16, "age", "pupil")]),
    # Measures.
    ("He ended the 17-year conflict.", [("17-year", 17 * YEAR, 17 * YEAR, "second", "conflict")]),
    ("They held six days of talks.", [("six days", 6 * DAY, 6 * DAY, "second", "talk")]),
    ("It could take between two weeks and three weeks.",
     [("between two weeks and three weeks", 14 * DAY, 21 * DAY, "second", None)]),
    ("He ran for two hours and 20 minutes.", [("two hours and 20 minutes", 8400, 8400, "second", None)]),
    ("It lies 10 miles north of town.", [("10 miles", 16093.44, 16093.44, "meter", None)]),
    ("They drove for a couple of miles.", [("a couple of miles", 3218.688, 4828.032, "meter", None)]),
    ("They drove for 16 km.", [("16 km", 16000, 16000, "meter", None)]),
    ("He is 5 feet 9 inches tall.", [("5 feet 9 inches", 1.7526, 1.7526, "meter", None)]),
    ("She walked 10 miles and 2 in the rain.",
     [("10 miles", 16093.44, 16093.44, "meter", None), ("2", 2, 2, None, None)]),
    ("Winds of 120 mph hit the coast.", [("120 mph", 53.6448, 53.6448, "meter per second", "wind")]),
    ("Police seized 5 kg of cocaine.", [("5 kg", 5, 5, "kilogram", "cocaine")]),
    ("Temperatures hit 40 degrees Celsius.", [("40 degrees Celsius", 313.15, 313.15, "kelvin", "temperature")]),
    ("The quake, measuring 6.4, struck at sea.", [("6.4", 6.4, 6.4, "magnitude", None)]),
    ("A 7.8-magnitude quake struck.", [("7.8", 7.8, 7.8, "magnitude", "quake")]),
    ("It burned 100 hectares of forest.", [("100 hectares", 1e6, 1e6, "square meter", "forest")]),
    # Ranks, scores, votes.
    ("He was the 21st person to sign.", [("21st", 21, 21, "ordinal", "person")]),
    ("She was the second woman to win.", [("second", 2, 2, "ordinal", "woman")]),
    ("It was the third-largest deal.", [("third", 3, 3, "ordinal", "deal")]),
    ("The bill passed by 219-212 votes.", [("219-212", 212, 219, "score", "vote")]),
    ("They won 3-1.", [("3-1", 1, 3, "score", None)]),
    ("The court issued a 5-4 ruling.", [("5-4", 4, 5, "score", "ruling")]),
    ("The Senate voted 52 to 48.", [("52 to 48", 48, 52, "score", None)]),
]  # fmt: skip

NO_COUNT = [
    "No one was there.", "One of the men smiled.", "On the one hand, he agreed.", "They love one another.",
    "This one is better.", "Flight 370 vanished.", "A Boeing 747 landed.", "He lives at No. 10.", "The G20 met.",
    "After 9/11, it changed.", "Section 230 stays.", "Take Route 66.", "Under Article 50, they left.",
    "It happened on January 28, 2019.", "It happened in 2019.", "It opened at 6:30 a.m. on Tuesday.",
    "Call 555-1234 now.", "Call 1-800-555-0199 now.", "In the 1990s it grew.", "It opened on 01/28/2019.",
    "At first, he agreed.", "She met the first lady.", "He lives on 5th Avenue.", "It was the First World War.",
    "He left two days ago.", "It runs 24/7.", "She flew an F-16.", "COVID-19 spread.", "One day we will see.",
    "Internet Explorer 8 was hit.", "It was in the 21st century.", "Use version 2.4.1 today.", "She read John 3:16.",
    "He is third-party insured.", "1. Take a seat.", "Take a seat.\n2. Stay there.",
]  # fmt: skip


@pytest.mark.parametrize(("text", "rows"), CASES, ids=[case[0] for case in CASES])
def test_quantities(parse: Callable[[str], Doc], text: str, rows: list[Row]) -> None:
    found = find_quantities(parse(text))
    assert [(q.span.text, q.unit, q.of) for q in found] == [(span, unit, of) for span, _, _, unit, of in rows]
    for quantity, (_, low, high, _, _) in zip(found, rows, strict=True):
        assert text[quantity.span.start : quantity.span.end] == quantity.span.text
        assert quantity.low == (None if low is None else pytest.approx(low))
        assert quantity.high == (None if high is None else pytest.approx(high))


@pytest.mark.parametrize("text", NO_COUNT)
def test_numbers_that_are_no_figures(parse: Callable[[str], Doc], text: str) -> None:
    assert find_quantities(parse(text)) == []


def test_more_than_a_measure_begins_just_over_it(parse: Callable[[str], Doc]) -> None:
    (quantity,) = find_quantities(parse("It costs more than $10,000."))
    assert quantity.low == pytest.approx(10000 * (1 + 1e-6))
    assert quantity.low is not None
    assert quantity.low > 10000
    assert quantity.high is None


def test_offsets_of_a_span_count_in_the_doc(parse: Callable[[str], Doc]) -> None:
    doc = parse("Nothing happened. The explosion killed 12 people on Monday.")
    second = list(doc.sents)[1]
    (quantity,) = find_quantities(second)
    assert doc.text[quantity.span.start : quantity.span.end] == "12"
    assert find_quantities(second) == find_quantities(doc)


@pytest.mark.parametrize("junk", ["1-", "12 ", "one and ", "$", "a hundred ", "3,", "-to ", "more than ", "9 to "])
def test_long_junk_takes_linear_time(parse: Callable[[str], Doc], junk: str) -> None:
    doc = Doc(parse("x").vocab, words=(junk * 3000).split() or [junk * 3000])
    start = time.perf_counter()
    find_quantities(doc)
    assert time.perf_counter() - start < 3
