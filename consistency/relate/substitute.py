"""Substitution: put one side's value into the other's words, to see whether anything else differs.

When "Seven people were killed in the fire" follows from "Twelve people were killed in the fire" once the figures are
made equal, the figure is all that sets them apart; when it still does not follow, they tell of different things.
"""
from __future__ import annotations

import re
from collections.abc import Sequence

from consistency.relate.evidence import Evidence

# Names are tried only when one clashes: with two, the claims hardly speak of one event.
MAX_NAMES = 1


def differing_values(evidence: Evidence) -> list[tuple[str, str]]:
    """The words of both sides that differ in value: figures, dates, figures that may count one thing, a name."""
    found = [(x.span.text, y.span.text) for x, y in (*evidence.figures.conflicts, *evidence.dates.conflicts)]
    found = found or [(x.span.text, y.span.text) for x, y in evidence.figures.others]
    names = evidence.alignment.clashing_names
    if not found and 0 < len(names) <= MAX_NAMES:
        a, b = evidence.frames
        found = [(a.text[x.start : x.end], b.text[y.start : y.end]) for x, y in names]
    return found


def substituted_pairs(evidence: Evidence) -> list[tuple[str, str]]:
    """Pairs to score: a with b's values against b, and b with a's values against a; [] when nothing differs."""
    values = differing_values(evidence)
    a, b = evidence.frames[0].text, evidence.frames[1].text
    swapped_a = replace_words(a, values)
    swapped_b = replace_words(b, [(y, x) for x, y in values])
    tries = ((swapped_a, b, a), (swapped_b, a, b))
    return [(swapped, other) for swapped, other, was in tries if swapped is not None and swapped != was]


def replace_words(text: str, values: Sequence[tuple[str, str]]) -> str | None:
    """The text with each first of two wordings replaced by the second, None when one does not stand in it.

    >>> replace_words("At least 12 people died in 2012.", [("12", "seven")])
    'At least seven people died in 2012.'
    """
    if not values:
        return None
    for old, new in values:
        pattern = rf"(?<!\w){re.escape(old)}(?!\w)"
        # Backslashes in the words are no group references.
        text, count = re.subn(pattern, new.replace("\\", r"\\"), text, count=1, flags=re.IGNORECASE)
        if not count:
            return None
    return text
