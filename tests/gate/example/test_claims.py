"""A project that tests its claims: what a user would write."""
import pytest

CLOSED = "The harbour bridge in Oldcastle was closed on Monday."
OPEN = "The harbour bridge in Oldcastle was not closed on Monday."


def test_agreement(claim_checker):
    claim_checker.assert_agrees(CLOSED, "On Monday the harbour bridge in Oldcastle was closed.")


def test_contradiction(claim_checker):
    claim_checker.assert_contradicts(CLOSED, OPEN, a_source="Harbour Wire", b_source="Daily Courier")


def test_no_contradictions(claim_checker):
    claim_checker.assert_no_contradictions([{"text": CLOSED, "source": "Wire"}, {"text": CLOSED, "source": "Courier"}])


def test_agreement_that_is_none(claim_checker):
    claim_checker.assert_agrees(CLOSED, OPEN)


def test_contradictions_that_are_there(claim_checker):
    claim_checker.assert_no_contradictions([{"text": CLOSED, "source": "Wire"}, {"text": OPEN, "source": "Courier"}])


@pytest.mark.claim_sets("claims/*.yaml", tags=["denial"])
def test_denials(claim_item):
    claim_item.check()
