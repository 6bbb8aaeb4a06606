"""From scored pairs to findings: figures that grow, denials, versions, merging of restatements."""
from __future__ import annotations

from dataclasses import replace

import pytest

from consistency.claim import Span
from consistency.finding import Reason
from consistency.relate.abstain import shown_at
from consistency.relate.findings import judge_pairs, merge
from consistency.relate.frame import analyse
from consistency.values import find_dates, find_quantities
from tests.doubles import TableScorer
from tests.making import article, claim, pair


def both(a, b, label):
    """A table in which two strings stand in one relation both ways."""
    return {(a, b): label, (b, a): label}


def valued(nlp, text, key, **more):
    """A claim with its figures and dates found in its text."""
    doc = nlp(text)
    dates = tuple(find_dates(doc, more.get("date")))
    return claim(text, key, quantities=tuple(find_quantities(doc)), dates=dates, **more)


class ReadAsConflict(TableScorer):
    """Reads any two sentences as in conflict."""

    def label(self, premise, hypothesis):
        """See `TableScorer.label`."""
        return "contradiction"


def judged(nlp, pairs, table, articles=None, reader=None):
    """Findings of pairs under a table of NLI answers."""
    sides = {c.id: c for p in pairs for c in (p.a, p.b)}
    frames = dict(zip(sides, analyse([c.proposition for c in sides.values()], nlp), strict=True))
    by_id = {c.article_id: article(c.article_id, c.text) for c in sides.values()} | (articles or {})
    copies = {key: i for i, key in enumerate(by_id)}
    return list(judge_pairs(pairs, frames, TableScorer(table), reader or TableScorer(table), by_id, copies).findings)


TOLL = ("The fire killed seven people in Harl.", "The fire killed 12 people in Harl.")


@pytest.mark.parametrize(
    ("date_a", "date_b", "relation", "later"),
    [
        ("2024-03-01", "2024-03-02", "update", "b"),
        ("2024-03-02", "2024-03-01", "update", "a"),
        ("2024-03-01", "2024-03-01", "uncertain", None),
        ("2024-03-01", None, "uncertain", None),
        (None, None, "uncertain", None),
        ("2024-03-01T09:00", "2024-03-01T09:00", "contradiction", None),
        ("2024-03-01T09:00", "2024-03-01T15:00", "update", "b"),
    ],
)
def test_a_figure_that_can_grow_depends_on_the_dates(nlp, date_a, date_b, relation, later):
    a, b = valued(nlp, TOLL[0], "a", date=date_a), valued(nlp, TOLL[1], "b", date=date_b)
    table = both(*TOLL, "contradiction")
    table |= both(TOLL[0], TOLL[0], "entailment") | both(TOLL[1], TOLL[1], "entailment")
    table |= both("The fire killed 12 people in Harl.", TOLL[1], "entailment")
    (finding,) = judged(nlp, [pair(a, b)], table)
    assert (finding.relation, finding.later) == (relation, later)
    figure = next(reason for reason in finding.reasons if reason.kind == "figure")
    assert (figure.a_spans[0].text, figure.b_spans[0].text) == ("seven people", "12 people") or (
        "seven" in figure.a_spans[0].text and "12" in figure.b_spans[0].text
    )
    assert (relation == "uncertain") == any(reason.kind == "undated" for reason in finding.reasons)


def test_a_figure_that_cannot_change_contradicts_whatever_the_dates(nlp):
    line = "The council approved the tram line by a vote of"
    texts = (f"{line} 7-2.", f"{line} 6-3.")
    a, b = valued(nlp, texts[0], "a", date="2024-03-01"), valued(nlp, texts[1], "b", date="2024-03-09")
    table = both(*texts, "contradiction") | {(t, t): "entailment" for t in texts}
    (finding,) = judged(nlp, [pair(a, b)], table)
    assert finding.relation == "contradiction"


def test_a_denial_contradicts_what_it_denies_and_keeps_its_words(nlp):
    asserted = "A cease-fire agreement was reached in Doha."
    denied = "There was an agreement on a cease-fire."
    a = claim(asserted, "a", source="One", date="2024-01-01")
    text = "Reports of an agreement on a cease-fire were not true."
    b = claim(text, "b", speaker="Zabihullah Mujahid", denies=denied)
    (finding,) = judged(nlp, [pair(a, b)], both(asserted, denied, "entailment"), reader=ReadAsConflict({}))
    assert finding.relation == "contradiction"
    assert finding.b.text.endswith("were not true.")
    assert any(reason.kind == "denial" and "Mujahid" in reason.note for reason in finding.reasons)


def test_a_denial_agrees_with_what_contradicts_the_denied(nlp):
    said = "No cease-fire was agreed upon in the talks."
    denied = "There was an agreement on a cease-fire."
    a = claim(said, "a", speaker="Zalmay Khalilzad")
    text = "Reports of an agreement on a cease-fire were not true."
    b = claim(text, "b", speaker="Zabihullah Mujahid", denies=denied)
    (finding,) = judged(nlp, [pair(a, b)], both(said, denied, "contradiction"))
    assert finding.relation == "agreement"
    assert finding.between == "speakers"


def test_a_later_version_of_one_page_is_an_update(nlp):
    texts = ("The mayor met the builder in May.", "The mayor never met the builder in May.")
    a, b = claim(texts[0], "a", date="2024-05-01"), claim(texts[1], "b", date="2024-05-02")
    pages = {
        "a": article("a", texts[0], url="https://example.org/1", date="2024-05-01"),
        "b": article("b", texts[1], url="https://example.org/1", date="2024-05-02"),
    }
    (finding,) = judged(nlp, [pair(a, b)], both(*texts, "contradiction"), pages)
    assert (finding.relation, finding.later) == ("update", "b")


def test_neutral_pairs_are_no_findings(nlp):
    a, b = claim("The mayor visited Paris.", "a"), claim("The mayor visited Rome.", "b")
    assert [f for f in judged(nlp, [pair(a, b)], {}) if shown_at(f, 0.5)] == []


def test_restatements_become_one_finding_with_all_its_places(nlp):
    yes = ["The council approved the tram line.", "The tram line was approved by the council."]
    no = "The council did not approve the tram line."
    a, b, c = claim(yes[0], "a", source="A"), claim(yes[1], "b", source="B"), claim(no, "c", source="C")
    table = both(yes[0], no, "contradiction") | both(yes[1], no, "contradiction") | both(*yes, "entailment")
    found = judged(nlp, [pair(a, b), pair(a, c), pair(b, c)], table)
    merged = merge(found, {"a:1": 0, "b:1": 1, "c:1": 2})
    assert sorted((f.relation, len(f.places)) for f in merged) == [("agreement", 1), ("contradiction", 2)]
    conflict = next(f for f in merged if f.relation == "contradiction")
    assert conflict.id == conflict.pair_ids[0] == pair(a, c).id


def test_one_sum_that_several_sources_state_is_one_agreement(nlp):
    texts = ["The fire did an estimated $1 million damage.", "The fire did $1 million damage to the old hall.",
             "The fire did damage of $1 million."]  # fmt: skip
    claims = [valued(nlp, text, str(i)) for i, text in enumerate(texts)]
    table = {(texts[1], texts[2]): "entailment"}
    (first,) = judged(nlp, [pair(claims[1], claims[2])], table)
    assert (first.relation, first.detail) == ("agreement", "more_specific")
    other = pair(claims[1], claims[0])
    second = replace(first, id=other.id, pair_ids=(other.id,), b=claims[0], places=((claims[1].id, claims[0].id),))
    made = [replace(f, storyline="s1") for f in (first, second)]
    order = {c.id: i for i, c in enumerate(claims)}
    (one,) = merge(made, order)
    assert len(one.places) == 2
    # Outside a storyline nothing says that it is one sum.
    assert len(merge([replace(f, storyline=None) for f in made], order)) == 2


def test_claims_of_two_sentences_that_conflict_are_one_conflict(nlp):
    texts = ["The tram line was approved.", "Work starts in May.", "The council dropped the tram line."]
    claims = [valued(nlp, text, key) for text, key in zip(texts, "aab", strict=True)]
    sentence = Span(0, 60, "The tram line was approved, and work starts in May.")
    claims = [replace(c, id=f"{c.article_id}:{i}", sentence=sentence if i < 2 else c.sentence)
              for i, c in enumerate(claims)]  # fmt: skip
    table = both(texts[0], texts[2], "contradiction") | both(texts[1], texts[2], "contradiction")
    made = judged(nlp, [pair(claims[0], claims[2]), pair(claims[1], claims[2])], table, reader=ReadAsConflict())
    assert [f.relation for f in made] == ["contradiction"] * 2
    (one,) = merge(made, {c.id: i for i, c in enumerate(claims)})
    assert len(one.places) == 2


def test_what_is_read_in_sentences_is_told(nlp):
    texts = ("The council approved the tram line.", "The mayor said that the line would never be built.")
    a, b = (valued(nlp, text, key) for text, key in zip(texts, "ab", strict=True))
    (finding,) = judged(nlp, [pair(a, b)], both(*texts, "contradiction"), reader=ReadAsConflict())
    assert "their sentences are read as in conflict (0.96 and 0.96)" in [reason.note for reason in finding.reasons]
    assert [row.contradiction for row in finding.scores.sentences] == [0.96, 0.96]


def test_findings_do_not_depend_on_the_order_of_pairs(nlp):
    yes, no = "The council approved the tram line.", "The council did not approve the tram line."
    a, b, c = claim(yes, "a", source="A"), claim(yes, "b", source="B"), claim(no, "c", source="C")
    table = both(yes, no, "contradiction") | both(yes, yes, "entailment")
    pairs, order = [pair(a, b), pair(a, c), pair(b, c)], {"a:1": 0, "b:1": 1, "c:1": 2}
    one, other = (merge(judged(nlp, p, table), order) for p in (pairs, pairs[::-1]))
    assert one == other


def test_what_several_claims_stand_against_is_one_dispute(nlp):
    texts = ["The country has no emergency.", "The president declared an emergency.", "It will have an emergency."]
    claims = [valued(nlp, text, str(i)) for i, text in enumerate(texts)]
    pairs = [pair(claims[0], other) for other in claims[1:]]
    table = both(*texts[:2], "contradiction") | both(texts[0], texts[2], "contradiction")
    made = [replace(f, storyline="s1") for f in judged(nlp, pairs, table)]
    order = {c.id: i for i, c in enumerate(claims)}
    (one,) = merge(made, order)
    assert len(one.places) == 2
    # Other storylines are disputes of their own, and so are values.
    assert len(merge([made[0], replace(made[1], storyline="s2")], order)) == 2
    assert len(merge([replace(f, reasons=(Reason("date", "", (), ()),)) for f in made], order)) == 2


@pytest.mark.parametrize(
    ("a", "b", "dates", "relation"),
    [
        ("Tarn Foods is in talks to buy it.", "Tarn Foods walked away from it.", (3, 5), "update"),
        ("Tarn Foods walked away from it.", "Tarn Foods is in talks to buy it.", (5, 3), "update"),
        ("Tarn Foods is in talks to buy it.", "Tarn Foods walked away from it.", (3, 3), "contradiction"),
        ("Tarn Foods bought it.", "Tarn Foods walked away from it.", (3, 5), "contradiction"),
        ("Tarn Foods has bought the bakery.", "Tarn Foods did not buy the bakery.", (3, 5), "contradiction"),
        ("Tarn Foods has not bought the bakery.", "Tarn Foods bought the bakery.", (3, 5), "update"),
    ],
)
def test_what_was_so_may_have_changed_by_another_day(nlp, a, b, dates, relation):
    sides = [
        claim(text, key, date=f"2024-03-0{day}")
        for text, key, day in zip((a, b), "xy", dates, strict=True)
    ]
    table = both(a, b, "contradiction")
    (finding,) = judged(nlp, [pair(*sides)], table, reader=ReadAsConflict({}))
    assert finding.relation == relation


def test_a_denial_is_no_later_state(nlp):
    bought = "Tarn Foods has bought the bakery."
    a = claim(bought, "x", date="2024-03-03")
    b = claim("Tarn Foods has not bought the bakery.", "y", date="2024-03-05", denies=bought)
    (finding,) = judged(nlp, [pair(a, b)], both(bought, bought, "entailment"), reader=ReadAsConflict({}))
    assert finding.relation == "contradiction"
