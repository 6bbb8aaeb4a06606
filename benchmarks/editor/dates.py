"""Changed dates: weekdays, days of a month, months, years."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from spacy.tokens import Span, Token

from editor.edit import Change, Edit
from editor.sentences import SPEECH, in_parentheses, open_condition

WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
MONTHS = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
]
SHORT = {m[:3] + ".": m for m in MONTHS} | {"Sept.": "September"}
# Days that are names, and days that come again every week.
NAMED = frozenset(
    ["black", "super", "good", "ash", "palm", "easter", "cyber", "bloody", "giving", "every", "each", "most", "all",
    "between"]
)
BEFORE_MONTH = frozenset(
    ["in", "last", "since", "during", "early", "late", "mid", "next", "this", "by", "until", "through"]
)
YEAR = re.compile(r"(?:19[5-9]|20[0-4])\d$")


def dates(sentence: Span, chance: random.Random) -> Iterator[Edit]:
    """Edits of all dates of a sentence that can be changed without doubt."""
    for token in sentence:
        if in_parentheses(token) or open_condition(token) or _of_saying(token):
            continue
        made = _weekday(token, chance) or _day(token, chance) or _month(token, chance) or _year(token, chance)
        if made is not None:
            detail, new = made
            yield Edit(
                "date",
                detail,
                (Change(token.idx, token.idx + len(token.text), new),),
                (sentence.start_char, sentence.end_char),
                (token.lower_,),
            )


def _of_saying(token: Token) -> bool:
    """Whether it dates what was said, not what happened ("Howard said Saturday")."""
    verb = next((word for word in token.ancestors if word.pos_ in ("VERB", "AUX")), None)
    return verb is not None and verb.lemma_ in SPEECH


def _near(token: Token, step: int) -> str:
    at = token.i + step
    return token.doc[at].text if token.sent.start <= at < token.sent.end else ""


def _weekday(token: Token, chance: random.Random) -> tuple[str, str] | None:
    if token.text not in WEEKDAYS or _near(token, -1).lower() in NAMED | {"and", "or", "to", "-"}:
        return None
    after = _near(token, 1)
    # "Sunday Times", "Friday's", "Monday and Tuesday", and a day with its date, which would no longer fit it.
    if after[:1].isupper() or after in ("'s", "’s", "and", "or", "to", "through", "-", "–"):
        return None
    second = _near(token, 2)
    if _month_of(second) or second.isdigit() or (after == "," and second[:1].isupper()):
        return None
    at = WEEKDAYS.index(token.text)
    return "weekday", WEEKDAYS[(at + chance.choice((2, 3, 4, 5))) % 7]


def _month_of(text: str) -> str | None:
    return text if text in MONTHS else SHORT.get(text)


def _beside_weekday(token: Token) -> bool:
    return any(_near(token, step) in WEEKDAYS for step in (-3, -2, -1, 1, 2, 3))


def _day(token: Token, chance: random.Random) -> tuple[str, str] | None:
    if not re.match(r"\d{1,2}$", token.text) or not 1 <= int(token.text) <= 31 or _beside_weekday(token):
        return None
    before, after = _near(token, -1), _near(token, 1)
    if after in ("-", "–", "/", "to", "and", "or", ":"):
        return None
    if not (_month_of(before) or (_month_of(after) and before.lower() in ("on", "of", "since", "the"))):
        return None
    day = int(token.text)
    return "day", str(chance.choice([d for d in range(2, 29) if abs(d - day) >= 4]))


def _month(token: Token, chance: random.Random) -> tuple[str, str] | None:
    month = _month_of(token.text)
    if month is None or _beside_weekday(token) or token.ent_type_ != "DATE":
        return None
    if _near(token, -1).lower() not in BEFORE_MONTH or _near(token, 1)[:2].rstrip(",").isdigit():
        return None
    if _near(token, 1) in ("and", "or", "to", "through", "-", "–") or _near(token, 1)[:1].isupper():
        return None
    at = MONTHS.index(month)
    return "month", MONTHS[(at + chance.choice((3, 4, 5, 6, 7, 8))) % 12]


def _year(token: Token, chance: random.Random) -> tuple[str, str] | None:
    before, after = _near(token, -1), _near(token, 1)
    if not YEAR.match(token.text) or token.ent_type_ != "DATE":
        return None
    if before.lower() not in ("in", "since", "of", "the", "during", "before", "after", "by") and not (
        before == "," or _month_of(before)
    ):
        return None
    if after in ("-", "–", "/", "and", "or", "to", "s") or (after[:1].isupper() and before == "the"):
        return None
    # Past years stay past, coming ones stay to come.
    step = chance.choice((2, 3, 4, 6, 7))
    return "year", str(int(token.text) + (step if before.lower() == "by" else -step))
