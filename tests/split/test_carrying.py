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
        "Reportedly, the pier was sold in June and the harbor was closed.",
        ["Reportedly, the pier was sold in June.", "Reportedly the harbor was closed."],
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
