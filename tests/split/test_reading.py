"""Claims as an editor reads them: whole thoughts with their own subject, named once, never more than was said."""

from __future__ import annotations

import pytest

READS = [
    # a name, then pronouns
    (
        'Ann Reed spoke. "I know that my boat was sold and I want it back," Ann Reed said.',
        ["Ann Reed spoke.", "Ann Reed knows that her boat was sold.", "Ann Reed wants it back."],
    ),
    # the object shows that the participle is a verb of its own
    (
        "The quake which hit Ostle on Monday killed a child, injured dozens and destroyed homes.",
        [
            "The quake which hit Ostle on Monday killed a child.",
            "The quake which hit Ostle on Monday injured dozens.",
            "The quake which hit Ostle on Monday destroyed homes.",
        ],
    ),
    # a comma stays between what opens a sentence and its subject
    (
        "As for the ferry, although it was repaired in May, the port has banned it.",
        ["It was repaired in May.", "As for the ferry, the port has banned it."],
    ),
    # "who" is nobody's place
    (
        "A student at the Marlow march, who gave only her first name, threw a stone.",
        ["A student at the Marlow march gave only her first name.", "A student at the Marlow march threw a stone."],
    ),
    # a phrase belongs to the clause that it opens
    (
        "The fund will run out in 2036 and under current law, retired people would lose a fifth.",
        ["The fund will run out in 2036.", "Under current law, retired people would lose a fifth."],
    ),
]


@pytest.mark.parametrize(("text", "claims"), READS, ids=[text[:40] for text, _ in READS])
def test_claims_read_as_sentences_of_their_own(read, text, claims):
    assert [claim.text for claim in read(text).claims] == claims


@pytest.mark.parametrize(
    "text",
    [
        "Harry Stone did not pay but his aides did.",
        "Any time the bell rings, the guards run out.",
        "The captain would like to leave the navy and find work ashore.",
        "These are songs that not only children know, but adults sing them too.",
        "I promise to learn and rest (and I assure you I will) from now on.",
        "After the park reopens, the office will sell passes.",
        "The office can sell passes after the park reopens.",
        "Ann Reed doubted her brother was at home.",
        "Nobody said that the bridge was safe.",
        "The paper reported incorrectly that the bridge was safe.",
        "“I had been paralyzed by the loss,” Reed remembered of the long winter.",
    ],
)
def test_what_belongs_together_stays_together(read, text):
    assert [claim.text for claim in read(text).claims] == [text]


def test_a_time_before_a_clause_goes_with_it(read):
    text = "The mayor left on Friday, hours after the bridge was closed."
    assert [claim.text for claim in read(text).claims] == [text, "The bridge was closed."]


@pytest.mark.parametrize("text", ["The mayor had not.", "They did so on Monday.", "Ann Reed does too."])
def test_a_helper_without_its_verb_is_a_fragment(read, text):
    found = read(text)
    assert found.claims == ()
    assert [skipped.kind for skipped in found.skipped] == ["fragment"]


@pytest.mark.parametrize(
    "text", ["If the bill, which cuts taxes, passed, rates would fall.", "Did the man, who lives in Ostle, leave?"]
)
def test_nothing_is_cut_from_a_condition_or_a_question(read, text):
    assert len(read(text).claims) <= 1


SAYS = [
    (
        'Hill told the paper: "We have counted 24 dead", adding that 300 homes were lost.',
        "300 homes were lost.",
        "Hill",
    ),
    (
        "The clerk's spokesman said that the account was stolen and dismissed the story, but this week the clerk "
        "hired a lawyer.",
        "This week the clerk hired a lawyer.",
        None,
    ),
    (
        "Rebels have claimed that a nurse held hostage by the group has been killed in a raid.",
        "A nurse held hostage by the group has been killed in a raid.",
        "Rebels",
    ),
    (
        'The draft said the bank "knew that the men took part in the raid," because at that time it was too early.',
        'The bank "knew that the men took part in the raid".',
        "the draft",
    ),
    (
        "Managers, Reed went on, “are told by the firm how to choose.”",
        "Managers “are told by the firm how to choose”.",
        "Reed",
    ),
    (
        "Although it will be free at first, the service is a bid to win people, said one person close to the firm.",
        "It will be free at first.",
        "one person close to the firm",
    ),
    ("He put it in 'the high eight figures'.", "He put it in 'the high eight figures'.", None),
]


@pytest.mark.parametrize(("text", "claim", "speaker"), SAYS, ids=[text[:40] for text, _, _ in SAYS])
def test_who_says_it(read, text, claim, speaker):
    assert {made.text: made.speaker for made in read(text).claims}.get(claim, "no such claim") == speaker
