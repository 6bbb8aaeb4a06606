"""Substitution: put one side's value into the other's words, to see whether anything else differs.

When "Seven people were killed in the fire" follows from "Twelve people were killed in the fire" once the figures are
made equal, the figure is all that sets them apart; when it still does not follow, they tell of different things.
"""
from __future__ import annotations

import re
from collections.abc import Sequence

from consistency.relate.evidence import Evidence
from consistency.relate.frame import Frame

# Names are tried only when one clashes: with two, the claims hardly speak of one event.
MAX_NAMES = 1
# Claims that differ in more of these are about different things whatever the model says.
MAX_QUALIFIERS = 3


def differing_values(evidence: Evidence) -> list[tuple[str, str]]:
    """The words of both sides that differ in value: figures, dates, figures that may count one thing, a name."""
    found = [(x.span.text, y.span.text) for x, y in (*evidence.figures.conflicts, *evidence.dates.conflicts)]
    found = found or [(x.span.text, y.span.text) for x, y in evidence.figures.others]
    names = evidence.alignment.clashing_names
    if not found and 0 < len(names) <= MAX_NAMES:
        a, b = evidence.frames
        found = [(a.text[x.start : x.end], b.text[y.start : y.end]) for x, y in names]
    return found


def differing_qualifiers(evidence: Evidence) -> list[tuple[str, str]]:
    """The words of both sides that say which one of a kind is meant, where they differ."""
    a, b = evidence.frames
    found: list[tuple[str, str]] = []
    for x, y in evidence.alignment.other_ones:
        one, other = a.text[x.start : x.end], b.text[y.start : y.end]
        if len(found) < MAX_QUALIFIERS and all(one != was and other != new for was, new in found):
            found.append((one, other))
    return found


def requalified_pairs(evidence: Evidence) -> list[tuple[str, str]]:
    """Pairs to score as `substituted_pairs` gives, with the qualifiers that differ put in too; [] when none differs."""
    qualifiers = differing_qualifiers(evidence)
    return _swapped(evidence, [*differing_values(evidence), *qualifiers]) if qualifiers else []


def substituted_pairs(evidence: Evidence) -> list[tuple[str, str]]:
    """Pairs to score: a with b's values against b, and b with a's values against a; [] when nothing differs."""
    return _swapped(evidence, differing_values(evidence))


def cored_pairs(evidence: Evidence) -> list[list[tuple[str, str]]]:
    """Pairs to score as `substituted_pairs` gives, of the cores of two values that cannot both hold; a list for each
    two values whose cores are not the whole texts. An ordinal says which one is meant: it is no value of a thing."""
    a, b = evidence.frames
    figures = [(x, y) for x, y in evidence.figures.conflicts if x.unit != "ordinal"]
    found = []
    for x, y in (*figures, *evidence.dates.conflicts):
        one, other = _core(a, x.span.text), _core(b, y.span.text)
        if (one, other) != (a.text, b.text):
            found.append(_tried(one, other, [(x.span.text, y.span.text)]))
    return [pairs for pairs in found if pairs]


def _core(frame: Frame, words: str) -> str:
    """The core of a value in a frame, the frame's text where that is one."""
    at = frame.text.find(words)
    return next((c.text for c in frame.cores if at <= c.at < at + len(words)), frame.text)


def reconciled_text(evidence: Evidence) -> str | None:
    """a's text with b's wording of the values that both can hold; None when no wording differs."""
    figures, dates = evidence.figures, evidence.dates
    held = (*figures.equal, *figures.compatible, *dates.equal, *dates.compatible)
    values = [(x.span.text, y.span.text) for x, y in held if x.span.text.lower() != y.span.text.lower()]
    text = replace_words(evidence.frames[0].text, values) if len({x for x, _ in values}) == len(values) else None
    return text if text != evidence.frames[0].text else None


def _swapped(evidence: Evidence, values: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return _tried(evidence.frames[0].text, evidence.frames[1].text, values)


def _tried(a: str, b: str, values: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
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
