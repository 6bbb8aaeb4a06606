"""Changed figures: counts, tolls, money, shares, ages, durations."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from spacy.tokens import Span, Token

from editor.edit import Change, Edit
from editor.sentences import in_parentheses, like
from editor.words import word_set

NUMBER = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?$")
SMALL = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
SCALES = frozenset(["hundred", "thousand", "million", "billion", "trillion"])
# Beside these a change would contradict nothing: a larger figure may hold as well.
BOUNDS = word_set("bounds")
TIMES = frozenset(["year", "month", "week", "day", "hour", "minute", "second", "decade"])
TOLL = word_set("toll")
# A figure inside a name or a clock time is part of it.
NAMES = frozenset(["ORDINAL", "TIME", "LAW", "FAC", "PRODUCT", "WORK_OF_ART", "EVENT", "ORG", "PERSON", "GPE"])
FACTORS = (0.3, 0.45, 0.6, 1.7, 2.2, 3.1)


def figures(sentence: Span, chance: random.Random) -> Iterator[Edit]:
    """Edits of all figures of a sentence that can be changed without doubt."""
    for token in sentence:
        if not _changeable(token):
            continue
        detail = _detail(token)
        new = _another(token, detail, chance)
        if new is not None and new != token.text:
            yield Edit(
                "figure",
                detail,
                (Change(token.idx, token.idx + len(token.text), new),),
                (sentence.start_char, sentence.end_char),
                (token.lower_, _counted(token).lemma_.lower()),
            )


def _changeable(token: Token) -> bool:
    text = token.lower_
    if not (NUMBER.match(text) or text in SMALL or text in TENS) or text in ("0", "1") or in_parentheses(token):
        return False
    if token.ent_type_ in NAMES:
        return False
    doc = token.doc
    before = doc[token.i - 1] if token.i > token.sent.start else None
    after = doc[token.i + 1] if token.i + 1 < token.sent.end else None
    if after is None or (after.text in ("-", "–", "—", "/", ":", "'s", "’s") and not _is_age(token)):
        return False
    if after.lower_ in ("to", "or") or (after.like_num and after.lower_ not in SCALES) or after.pos_ == "PROPN":
        return False
    if after.lower_ in ("of", "in", "out") and doc[min(token.i + 2, len(doc) - 1)].like_num:
        return False
    if before is not None:
        money = before.text in ("$", "£", "€", "#") or before.text.endswith("$")
        if before.text in ("-", "–", "—", "/", ":", ".", "#", "'") or (before.pos_ == "PROPN" and not money):
            return False
        near = doc[max(token.sent.start, token.i - 4) : token.i]
        if before.like_num or any(word.lower_ in BOUNDS for word in near[-3:]):
            return False
        if before.lower_ in ("no.", "number", "page", "chapter", "section"):
            return False
        if before.lower_ in ("to", "and") and any(word.like_num for word in near):
            return False  # the end of a range
    if re.match(r"(19|20)\d\d$", text) and not (before is not None and before.text == "$"):
        return False
    counted = _counted(token)
    if token.ent_type_ == "DATE" and not _is_age(token) and counted.lemma_ not in TIMES:
        return False
    return _is_age(token) or token.ent_type_ in ("MONEY", "PERCENT") or (
        token.dep_ == "nummod" and counted.tag_ == "NNS" and token.i < counted.i <= token.i + 4
    )  # fmt: skip


def _is_age(token: Token) -> bool:
    return token.doc[token.i : token.i + 5].text.replace(" ", "").lower().startswith(f"{token.lower_}-year-old")


def _counted(token: Token) -> Token:
    head = token.head
    return head.head if head.lower_ in SCALES and head.head.pos_ == "NOUN" else head


def _detail(token: Token) -> str:
    if _is_age(token):
        return "age"
    if token.ent_type_ in ("MONEY", "PERCENT"):
        return token.ent_type_.lower()
    counted = _counted(token)
    if counted.lemma_ in TIMES:
        return "duration"
    if counted.lemma_.lower() in TOLL or counted.head.lemma_.lower() in TOLL:
        return "toll"
    if any(child.lemma_.lower() in TOLL for child in (*counted.children, *counted.head.children)):
        return "toll"
    return "count"


def _another(token: Token, detail: str, chance: random.Random) -> str | None:
    text = token.lower_
    for words in (SMALL, TENS):
        if text in words:
            at = words.index(text) + 2
            far = [w for i, w in enumerate(words, 2) if i >= 1.5 * at or i <= 0.6 * at]
            return like(token.text, chance.choice(far)) if far else None
    value = float(text.replace(",", ""))
    decimals = len(text.partition(".")[2])
    if detail == "age":
        new = value + chance.choice((-1, 1)) * max(2, round(value * chance.uniform(0.15, 0.35)))
    elif value <= 10 and not decimals:
        new = chance.choice([n for n in range(2, 20) if n >= 1.5 * value or n <= 0.6 * value])
    else:
        factors = [f for f in FACTORS if not (detail == "percent" and value < 100 <= value * f)]
        new = value * chance.choice(factors)
    if not decimals:
        # Round figures stay round: 500 becomes 850, never 853.
        zeros = len(text) - len(text.rstrip("0")) if value >= 100 else 0
        unit = 10 ** max(0, zeros - (1 if zeros > 1 else 0))
        new = max(2, round(new / unit) * unit)
    made = f"{new:,.{decimals}f}" if "," in text or new >= 10_000 else f"{new:.{decimals}f}"
    return None if float(made.replace(",", "")) == value else made
