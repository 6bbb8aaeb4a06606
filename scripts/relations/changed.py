"""Conflicts in natural words: two articles state one figure or date, and in one of them it is changed."""
from __future__ import annotations

import re

from consistency.relate.evidence import Evidence

# Follows from the other side with at least this probability: the pair does state one fact.
AGREED = 0.3
_WORDS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "fifteen")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_NUMERAL = re.compile(r"\d[\d,]*(?:\.\d+)?|\b(?:" + "|".join(_WORDS) + r")\b", re.IGNORECASE)


def changed_pair(evidence: Evidence) -> dict[str, str] | None:
    """The two texts with one value of the first changed, or None where they state no common value."""
    if max(evidence.a_to_b.entailment, evidence.b_to_a.entailment) < AGREED:
        return None
    a, b = (frame.text for frame in evidence.frames)
    for kind, values in (("figure", evidence.figures.equal), ("date", evidence.dates.equal)):
        for x, _ in values:
            words = x.span.text
            new = _other_date(words) if kind == "date" else _other_figure(words)
            if new is not None and a.count(words) == 1:
                return {"kind": f"changed {kind}", "a": a.replace(words, new), "b": b}
    return None


def other_value(words: str) -> str | None:
    """Another day, month, year or figure in the place of one; None for other words."""
    if words in _DAYS or words in _MONTHS or re.fullmatch(r"(19|20)\d\d", words):
        return _other_date(words)
    return _other_figure(words) if _NUMERAL.fullmatch(words) else None


def _other_figure(words: str) -> str | None:
    """Another figure of the same make, far enough away to be no rounding of the first."""
    match = _NUMERAL.search(words)
    if match is None:
        return None
    old = match.group()
    if old.lower() in _WORDS:
        new = _WORDS[(_WORDS.index(old.lower()) + 4) % len(_WORDS)]
    elif "." in old:
        new = f"{float(old.replace(',', '')) * 1.7:.1f}"
    else:
        value = int(old.replace(",", ""))
        new = f"{value + 3 if value < 20 else round(value * 1.6):{',' if ',' in old else ''}}"
    return words[: match.start()] + new + words[match.end() :]


def _other_date(words: str) -> str | None:
    for names, step in ((_DAYS, 2), (_MONTHS, 5)):
        for i, name in enumerate(names):
            if re.search(rf"\b{name}\b", words):
                return re.sub(rf"\b{name}\b", names[(i + step) % len(names)], words)
    year = re.search(r"\b(19|20)\d\d\b", words)
    return words.replace(year.group(), str(int(year.group()) - 3)) if year else None
