"""What the editor changes, and what it must leave alone."""

from __future__ import annotations

from collections import Counter

import pytest
from editor import KINDS, apply, choose, find_edits, read


@pytest.fixture(scope="module")
def edits_of(nlp):
    """All edits of a text."""

    def find(text, seed="0"):
        (passages,) = read([text], nlp)
        return find_edits(passages, seed)

    return find


def made(text, edits, kind):
    """The texts that edits of one kind make, one edit at a time."""
    return [apply(text, [edit]).text for edit in edits if edit.kind == kind]


@pytest.mark.parametrize(
    ("kind", "text", "before", "after"),
    [
        ("negation", "The council approved the new budget on Tuesday.", "approved", "did not approve"),
        ("negation", "The minister has signed the trade agreement.", "has signed", "has not signed"),
        ("negation", "The bridge was closed by the police on Friday.", "was closed", "was not closed"),
        ("negation", "The company will open a second factory in Leeds.", "will open", "will not open"),
        ("negation", "The company did not sign the contract with Boeing.", "did not sign", "signed"),
        ("negation", "The judge said the company didn't pay the fine.", "didn't pay", "paid"),
        ("negation", "The senator has never visited the flooded town.", "has never visited", "has visited"),
        ("negation", "Officials won't release the name of the victim.", "won't", "will"),
        ("antonym", "The central bank raised interest rates last week.", "raised", "lowered"),
        ("antonym", "Oil prices rose sharply in early trading there.", "rose", "fell"),
        ("antonym", "The jury convicted the former mayor of fraud.", "convicted", "acquitted"),
        ("antonym", "The court found that the new law is legal.", "legal", "illegal"),
        ("antonym", "Most members voted against the bill in the chamber.", "against", "for"),
        ("quantifier", "All passengers survived the crash near the airport.", "All", "No"),
        ("quantifier", "Most voters opposed the plan to close the mine.", "Most", "Few"),
        ("quantifier", "The fire destroyed more than 40 houses in the village.", "more than", "fewer than"),
        ("quantifier", "The mayor always answers letters from the residents.", "always", "never"),
        ("role", "Apple sued Samsung in a California court last year.", "Apple sued Samsung", "Samsung sued Apple"),
    ],
)
def test_changes_exactly_the_fact(edits_of, kind, text, before, after):
    assert text.replace(before, after, 1) in made(text, edits_of(text), kind)


@pytest.mark.parametrize(
    ("text", "old"),
    [
        ("The explosion killed 14 workers at the refinery.", "14"),
        ("The company paid $2.5 million for the building.", "2.5"),
        ("Unemployment fell to 7.4 percent in the region.", "7.4"),
        ("The 33-year-old driver was taken to the hospital.", "33"),
        ("The council received 1,200 letters from angry residents.", "1,200"),
        ("The storm damaged seven schools in the county.", "seven"),
    ],
)
def test_a_figure_stays_a_figure_of_its_form(edits_of, text, old):
    (edit,) = [edit for edit in edits_of(text) if edit.kind == "figure"]
    (change,) = edit.changes
    assert text[change.start : change.end] == old
    assert change.new != old
    assert change.new.replace(",", "").replace(".", "").isdigit() == old[0].isdigit()
    assert ("." in change.new) == ("." in old)
    if old[0].isdigit():
        assert float(change.new.replace(",", "")) not in (float(old.replace(",", "")), 1.0)


@pytest.mark.parametrize(
    "text",
    [
        "At least 14 workers died in the explosion there.",  # a bound: 20 may be true as well
        "The police expect between 10 and 20 arrests this week.",
        "The agency grounded every Boeing 737 in the country.",  # names
        "He lives at 473 East Street near the old station.",
        "The party won 52-48 in the second round there.",
        "The attacks of 9/11 changed the agency for good.",
        "One man was arrested after the match in the city.",
    ],
)
def test_figures_that_are_left_alone(edits_of, text):
    assert not [edit for edit in edits_of(text) if edit.kind == "figure"]


@pytest.mark.parametrize(
    ("text", "detail", "old"),
    [
        ("The talks began on Tuesday in the capital.", "weekday", "Tuesday"),
        ("The treaty was signed on March 14 in the capital.", "day", "14"),
        ("The company moved its office to Leeds in December.", "month", "December"),
        ("The company was founded by two brothers in 1998.", "year", "1998"),
    ],
)
def test_dates(edits_of, text, detail, old):
    (edit,) = [edit for edit in edits_of(text) if edit.kind == "date"]
    assert edit.detail == detail
    assert text[edit.changes[0].start : edit.changes[0].end] == old
    assert edit.changes[0].new != old


@pytest.mark.parametrize(
    "text",
    [
        "Shops were crowded early on Black Friday this year.",
        "The choir meets every Tuesday in the parish hall.",
        "He writes a column for the Sunday Times in London.",
        "The crash happened on Monday, March 11, 2013, near the bridge.",  # the weekday belongs to the date
        "The mayor of the town said on Saturday that he will resign.",  # when it was said, not what
    ],
)
def test_weekdays_that_are_left_alone(edits_of, text):
    assert not [edit for edit in edits_of(text) if edit.detail == "weekday"]


def test_names_become_others_of_their_kind(edits_of):
    text = "The prime minister met Angela Merkel in Berlin for talks."
    found = {edit.detail: edit for edit in edits_of(text) if edit.kind == "entity"}
    assert set(found) >= {"person", "place"}
    (place,) = found["place"].changes
    assert text[place.start : place.end] == "Berlin"
    assert place.new[0].isupper()
    (person,) = found["person"].changes
    assert text[person.start : person.end] == "Merkel"  # without a sign of gender the first name stays


@pytest.mark.parametrize(
    "text",
    [
        "Angela Merkel said that the talks would go on.",  # who said it is not what is said
        "According to Angela Merkel the talks would go on.",
        "The trial in Brooklyn, New York went on for a week.",  # one place by two names
        "Supporters of the Berlin-based firm cheered the ruling.",
    ],
)
def test_names_that_are_left_alone(edits_of, text):
    assert not [edit for edit in edits_of(text) if edit.kind == "entity"]


@pytest.mark.parametrize(
    "text",
    [
        "If the council approved the budget, the school would stay.",
        "The council has already approved the new budget.",  # "has not already"
        "All members approved the budget that he proposed.",  # "All ... did not": none or not all?
        "He left the party because the leader lied to him.",
        "The minister may sign the agreement later this week.",
        "She came to the capital and won the election.",
    ],
)
def test_statements_that_are_not_negated(edits_of, text):
    assert not [edit for edit in edits_of(text) if edit.kind == "negation"]


@pytest.mark.parametrize(
    "text",
    [
        "Has the council approved the new budget for schools?",
        "Mayor approves budget for 14 new schools in Leeds",  # a headline
        "14 schools.",
    ],
)
def test_what_is_no_statement_is_left_alone(edits_of, text):
    assert edits_of(text) == []


TEXT = (
    "The explosion killed 14 workers at the refinery near Houston on Tuesday.\n\n"
    "The company did not pay the $2.5 million fine. The council approved the budget in December.\r\n"
    "Oil prices rose in early trading. All passengers survived the crash near the airport.\n"
)


def test_same_seed_same_edits(edits_of):
    assert edits_of(TEXT) == edits_of(TEXT)
    assert edits_of(TEXT, "another") != edits_of(TEXT)


def test_every_edit_keeps_all_other_words(edits_of):
    for edit in edits_of(TEXT):
        edited = apply(TEXT, [edit])
        (place,) = edited.places
        start, end = edit.sentence
        assert edited.text[: edit.changes[0].start] == TEXT[: edit.changes[0].start]
        assert edited.text[place.sentence[1] :] == TEXT[end:]
        assert [edited.text[a:b] for a, b in place.spans] == [change.new for change in edit.changes]
        assert edited.text[place.sentence[0] : place.sentence[1]] != TEXT[start:end]


def test_several_edits_at_once_keep_their_places(edits_of):
    chosen = choose(edits_of(TEXT), 4, Counter())
    edited = apply(TEXT, chosen)
    assert len({edit.sentence for edit in chosen}) == len(chosen) == 4
    for place in edited.places:
        assert [edited.text[a:b] for a, b in place.spans] == [change.new for change in place.edit.changes]
        assert edited.text[place.sentence[0]].isupper()
        assert edited.text[place.sentence[1] - 1] == "."


def test_edits_of_one_sentence_are_not_made_together(edits_of):
    (one, other) = [edit for edit in edits_of(TEXT) if edit.sentence[0] == 0][:2]
    with pytest.raises(ValueError, match="overlap"):
        apply(TEXT, [one, other])


def test_rare_kinds_are_chosen_first(edits_of):
    edits = edits_of(TEXT)
    used = Counter({kind: 5 for kind in KINDS if kind != "quantifier"})
    assert [edit.kind for edit in choose(edits, 1, used)] == ["quantifier"]
    assert used["quantifier"] == 1


def test_a_headline_run_into_the_first_sentence_is_left_alone(nlp):
    (passages,) = read([TEXT], nlp)
    assert all(edit.sentence[0] > 0 for edit in find_edits(passages, skip_first=True))
