"""Change the weekday, the month, the day of the month or the year."""

from __future__ import annotations

import random
import re

from spacy.tokens import Doc

from nli.generators.edit import Edit, contradiction, in_quotes, replace

WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
MONTHS = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
]  # fmt: skip
_SHORT = {
    "Jan.": "Oct.",
    "Feb.": "Nov.",
    "Aug.": "Jan.",
    "Sept.": "Feb.",
    "Oct.": "Feb.",
    "Nov.": "Aug.",
    "Dec.": "Aug.",
}
_YEAR = re.compile(r"^(?:19[5-9]\d|20[01]\d)$")
_PLACES = {"in", "since", "until", "by", "of"}
_RECURRING = {
    "every",
    "each",
    "until",
    "after",
    "before",
    "since",
    "by",
    "through",
    "black",
    "super",
    "or",
    "to",
    "and",
    "between",
}


def date_edits(doc: Doc, rng: random.Random) -> list[Edit]:
    """Change one part of a date.

    Recurring days (`every Friday`, `Fridays`), bounds (`by Friday`, `before June`), names (`Black Friday`,
    `May` the person or verb) and years within names (`the 2012 campaign`) are left alone.
    """
    edits = []
    for token in doc:
        before = doc[token.i - 1] if token.i else None
        after = doc[token.i + 1] if token.i + 1 < len(doc) else None
        if in_quotes(token) or (before is not None and before.lower_ in _RECURRING):
            continue
        if after is not None and after.text in {"'s", "’s", "-", "–", "/"}:
            continue
        in_date = token.ent_type_ == "DATE"
        if (
            token.text in WEEKDAYS
            and in_date
            and not (after is not None and after.lower_ in {"and", "to", "or", "through"})
        ):
            new = rng.choice([day for day in WEEKDAYS if day != token.text])
            edits.append(contradiction("weekday", [replace(token, new)], f"{token.text} -> {new}"))
        elif token.text in MONTHS and in_date and (after is None or after.lower_ not in {"and", "to", "or", "through"}):
            new = rng.choice([month for month in MONTHS if month not in {token.text, "May"}])
            edits.append(contradiction("month", [replace(token, new)], f"{token.text} -> {new}"))
        elif token.text in _SHORT and in_date:
            edits.append(
                contradiction("month", [replace(token, _SHORT[token.text])], f"{token.text} -> {_SHORT[token.text]}")
            )
        elif (
            token.text.isdigit() and in_date and before is not None and (before.text in MONTHS or before.text in _SHORT)
        ):
            if int(token.text) <= 31:
                new = str(rng.choice([day for day in range(1, 29) if abs(day - int(token.text)) > 1]))
                edits.append(contradiction("date", [replace(token, new)], f"{token.text} -> {new}"))
        elif _YEAR.match(token.text) and in_date and before is not None and before.lower_ in _PLACES | {","}:
            if before.lower_ in {"by", "until", "since"} or (after is not None and after.pos_ in {"NOUN", "PROPN"}):
                continue
            if before.text == "," and not (token.i > 1 and doc[token.i - 2].text.isdigit()):
                continue
            new = str(int(token.text) + rng.choice([-9, -7, -5, -4, -3, -2]))
            edits.append(contradiction("year", [replace(token, new)], f"{token.text} -> {new}"))
    return edits
