"""What a clause takes over from the one that it is joined to: its subject, its helpers, its doubts."""

from __future__ import annotations

import pytest

DOUBTED = [
    (
        "The man allegedly broke into the shop and took the cash.",
        ["The man allegedly broke into the shop.", "The man allegedly took the cash."],
    ),
    (
        "The guard was reportedly dismissed in May and barred from the site.",
        ["The guard was reportedly dismissed in May.", "The guard was reportedly barred from the site."],
    ),
    (
        "The lorry apparently hit a wall in the fog, killing two pupils.",
        ["The lorry apparently hit a wall in the fog.", "The lorry apparently killed two pupils."],
    ),
    (
        "Reportedly, the pier was sold in June and the owner left the town.",
        ["Reportedly, the pier was sold in June.", "Reportedly the owner left the town."],
    ),
]


@pytest.mark.parametrize(("text", "claims"), DOUBTED, ids=[text[:40] for text, _ in DOUBTED])
def test_a_doubt_holds_for_all_that_is_joined(read, text, claims):
    found = read(text).claims
    assert [claim.text for claim in found] == claims
    assert {claim.stance for claim in found} == {"reports"}


def test_a_doubt_does_not_pass_a_change_of_time(read):
    claims = read("The thief allegedly broke a window and is now in custody.").claims
    assert [(claim.text, claim.stance) for claim in claims] == [
        ("The thief allegedly broke a window.", "reports"),
        ("The thief is now in custody.", "asserts"),
    ]


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("The mayor reportedly told aides that the road was closed.", "reportedly told"),
        ("The road was closed, the mayor allegedly said.", "allegedly said"),
    ],
)
def test_a_doubt_beside_the_cue_stays_with_it(read, text, cue):
    said = read(text).claims[0].attribution
    assert (said.speaker, said.cue, said.stance) == ("the mayor", cue, "reports")


CARRIED = [
    (
        "The group's leader, Ann Reed, resigned on Monday and left the country.",
        [
            "Ann Reed is the group's leader.",
            "The group's leader, Ann Reed, resigned on Monday.",
            "Ann Reed left the country.",
        ],
    ),
    (
        "The village near Ostle, on the coast, lost its pier and shut the school.",
        [
            "The village near Ostle, on the coast, lost its pier.",
            "The village near Ostle, on the coast, shut the school.",
        ],
    ),
    (
        "Some women have been caught near the border and held in camps since May.",
        [
            "Some women have been caught near the border.",
            "Some women have been held in camps since May.",
        ],
    ),
    (
        "The clerk was held on Monday, accused of theft.",
        ["The clerk was held on Monday.", "The clerk was accused of theft."],
    ),
    (
        "Ostle is a small town located in the north.",
        ["Ostle is a small town.", "Ostle is located in the north."],
    ),
    (
        "The crew welcomed the news but also kept calm.",
        ["The crew welcomed the news.", "The crew also kept calm."],
    ),
    # a clause before the second verb goes ahead of the subject
    (
        "The captain checked the hull and, because the sea was calm, turned the ship around.",
        [
            "The captain checked the hull.",
            "The sea was calm.",
            "Because the sea was calm, the captain turned the ship around.",
        ],
    ),
    (
        "Mark Reed felt the rope was to blame and because it was wet decided to cut it.",
        ["The rope was to blame.", "It was wet.", "Because it was wet, Mark Reed decided to cut it."],
    ),
    ("The clubs were closed and have been sold.", ["The clubs were closed.", "The clubs have been sold."]),
]


@pytest.mark.parametrize(("text", "claims"), CARRIED, ids=[text[:40] for text, _ in CARRIED])
def test_a_subject_is_carried_with_its_name_and_its_commas(read, text, claims):
    assert [claim.text for claim in read(text).claims] == claims


@pytest.mark.parametrize(
    "text",
    [
        # no link and no mark before the second clause
        "Divers were sent to prove it was safe.",
        # the participle tells which aid, and who
        "The aid dropped by planes was good.",
        "Anyone found guilty can expect a fine.",
        # part of a question
        "It is good to stop and see what we have, why we have it and how lucky we are.",
        # what is told of the noun before the comma
        "The monks reached the fort, built in 1610.",
        "The mayor stood with a wreath in his hands, decorated with ribbons.",
        "The chapel, with its tall windows, decorated with flowers, drew crowds.",
        # a list
        "The town lies on the rim, a chain of peaks and faults that run to the sea.",
        "Tom and Ann, the driver, were hurt.",
        # no "one" is said to refuse
        '"One of the themes was that men would look down on us, refuse to help us, and beat us."',
        # "instead of" sets one against the other
        "Most drivers will get warned instead of arrested.",
    ],
)
def test_an_unsure_cut_is_not_made(read, text):
    assert [claim.text for claim in read(text).claims] == [text.strip('"')]


def test_a_verb_that_may_have_another_subject_is_not_cut_off(read):
    text = "The court was minutes away from closing when Hill came in, and at one point sat on the steps."
    assert [claim.text for claim in read(text).claims] == [text, "Hill came in."]
