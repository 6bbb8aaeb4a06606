"""Change a count, an amount of money, a percentage or a unit."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from nli.generators.edit import Edit, Replacement, contradiction, in_quotes, replace

_BELOW_TWENTY = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
NUMBER_WORDS = {word: value for value, word in enumerate(_BELOW_TWENTY)}
NUMBER_WORDS |= {word: 10 * (value + 2) for value, word in enumerate(_TENS)}
WORD_OF = {value: word for word, value in NUMBER_WORDS.items()}
_DIGITS = re.compile(r"^\d{1,3}(,\d{3})+(\.\d+)?$|^\d+(\.\d+)?$")
_COMPOUND_AGE = re.compile(r"\b(\d{1,2})(?=-year-old\b|-foot\b|-mile\b|-day\b|-hour\b|-minute\b|-week\b|-month\b)")
_SCALES = {"million": "billion", "billion": "million", "thousand": "million", "trillion": "billion"}
_UNITS = {
    "miles": "feet", "feet": "inches", "inches": "feet", "kilometers": "meters", "meters": "kilometers",
    "hours": "days", "days": "weeks", "weeks": "months", "months": "years", "years": "months", "minutes": "hours",
    "seconds": "minutes", "pounds": "tons", "tons": "pounds", "kilograms": "tons", "gallons": "ounces",
    "metres": "kilometres", "kilometres": "metres", "yards": "miles", "acres": "square miles", "decades": "years",
}  # fmt: skip
_BOUNDS = {
    "least", "most", "more", "less", "fewer", "than", "about", "around", "nearly", "almost", "approximately", "roughly",
    "over", "under", "up", "some", "only", "just", "estimated", "between", "another", "every", "top", "first", "last",
    "next", "past", "previous", "within", "or", "minimum", "maximum", "below", "above", "exceed", "no", "other",
    "these", "those", "to", "half",
}  # fmt: skip


@dataclass(frozen=True)
class Figure:
    """A number in a sentence: its token, its value and whether it is written as a word."""

    token: Token
    value: float
    worded: bool
    unit: str  # count, money, percent


def value_of(text: str) -> float | None:
    """Read a number word or digits; None for anything else."""
    if text.lower() in NUMBER_WORDS:
        return float(NUMBER_WORDS[text.lower()])
    return float(text.replace(",", "")) if _DIGITS.match(text) else None


def write(value: float, like: Figure) -> str:
    """Write a value in the way the figure is written."""
    if like.worded and value in WORD_OF:
        return WORD_OF[int(value)]
    if "." in like.token.text:
        return f"{value:.{len(like.token.text.split('.')[1])}f}"
    if "," in like.token.text or value >= 10000:
        return f"{int(value):,}"
    return str(int(value))


def figures(doc: Doc) -> list[Figure]:
    """Find the figures that count something, cost something or are a share.

    Years, dates, ordinals, scores, ranges, labels (`No. 5`, `iPhone 6`) and `one` are left out.
    """
    found = []
    for token in doc:
        value = value_of(token.text)
        if value is None or token.lower_ in {"one", "zero"} or token.ent_type_ in {"DATE", "TIME", "PRODUCT", "LAW"}:
            continue
        after = doc[token.i + 1] if token.i + 1 < len(doc) else None
        before = doc[token.i - 1] if token.i else None
        if (
            after is None
            or after.text in {"dozen", "-", "/", ":", "–", "to", "and"}
            or (before and before.text in {"-", "/", "–", "#"})
        ):
            continue
        if before is not None and (before.tag_ == "NNP" or before.lower_ in {"to", "and", "or"} or before.like_num):
            continue
        if before is not None and before.text in {"$", "£", "€"}:
            if after.lower_ in {"million", "billion", "trillion"} or value >= 100:
                found.append(Figure(token, value, False, "money"))
        elif after.text == "%" or after.lower_ == "percent":
            found.append(Figure(token, value, token.lower_ in NUMBER_WORDS, "percent"))
        elif (
            token.dep_ == "nummod"
            and token.head.tag_ == "NNS"
            and token.head.text.islower()
            and token.head.i > token.i
            and not after.like_num
        ):
            looks_year = 1800 <= value <= 2100 and "," not in token.text
            if not looks_year and token.head.lower_ not in {"times", "percent", "thirds", "quarters", "points"}:
                found.append(Figure(token, value, token.lower_ in NUMBER_WORDS, "count"))
    return found


def is_exact(figure: Figure) -> bool:
    """Tell whether nothing around a figure bounds or softens it, or makes it a part of a sequence."""
    doc, place = figure.token.doc, figure.token.i
    window = doc[max(0, place - 3) : place]
    following = {t.lower_ for t in doc[place + 1 : place + 5]}
    return not any(t.lower_ in _BOUNDS for t in window) and not {"more", "fewer", "less", "other"} & following


def other_value(figure: Figure, rng: random.Random) -> float:
    """Draw a clearly different value of the same look."""
    value = figure.value
    if figure.unit == "percent":
        choices = [v for v in (value - 35, value - 20, value + 18, value + 30) if 1 <= v < 99]
        choices = choices or [value / 2]
    elif value <= 12 and value == int(value):
        choices = [float(v) for v in range(2, 20) if abs(v - value) >= 2 and v != value]
    else:
        choices = [value * f for f in (0.3, 0.5, 0.6, 1.6, 2, 2.5, 3)]
    drawn = rng.choice(choices)
    if "." in figure.token.text:
        return drawn
    zeros = len(str(int(value))) - len(str(int(value)).rstrip("0"))
    rounded = round(drawn / 10**zeros) * 10**zeros
    if figure.worded and rounded not in WORD_OF:
        rounded = min(WORD_OF, key=lambda n: (abs(n - rounded), n))
    return float(rounded if rounded > 1 and abs(rounded - value) > 0.1 * value else value + max(2, 10**zeros))


def figure_edits(doc: Doc, rng: random.Random) -> list[Edit]:
    """Change each exact figure to a clearly different one."""
    edits = []
    conditional = any(token.lower_ in {"if", "some", "any", "unless"} for token in doc)
    for figure in figures(doc):
        if not is_exact(figure) or conditional:
            continue
        text = write(other_value(figure, rng), figure)
        if text.lower() != figure.token.lower_:
            kind = "figure" if figure.unit == "count" else figure.unit
            edits.append(contradiction(kind, [replace(figure.token, text)], f"{figure.token.text} -> {text}"))
    for match in _COMPOUND_AGE.finditer(doc.text):
        value = int(match.group(1))
        new = rng.choice(
            [n for n in range(max(2, value - 30), value + 40) if abs(n - value) > max(2, value // 8) and n < 99]
        )
        change = Replacement(match.start(1), match.end(1), str(new))
        edits.append(contradiction("age", [change], f"{value} -> {new}"))
    return edits


def unit_edits(doc: Doc) -> list[Edit]:
    """Change the unit or the scale of a figure, the number staying as it is."""
    edits = []
    for token in doc[1:]:
        before = doc[token.i - 1]
        if value_of(before.text) is None or before.lower_ == "one" or in_quotes(token):
            continue
        new = _SCALES.get(token.lower_) or _UNITS.get(token.lower_)
        guarded = {t.lower_ for t in doc[max(0, before.i - 3) : before.i]} & {
            "every",
            "least",
            "than",
            "last",
            "past",
            "next",
        }
        # "5 years in prison" and "5 months ago" are fine; "5 years old" reads oddly as months.
        following = doc[token.i + 1].lower_ if token.i + 1 < len(doc) else ""
        if new and not guarded and following not in {"old", "of", "-"}:
            edits.append(contradiction("unit", [replace(token, new)], f"{token.text} -> {new}"))
    return edits
