"""Quantities in a parsed text: counts, money, percentages, measures, ages, ordinals and scores, as intervals.

Conventions:
    - "more than N" begins just over N: at N + 1 for a whole count, at N * (1 + 1e-6) for anything else;
      "fewer than N" ends just under N in the same way, and has no lower bound, like "up to N".
    - "nearly N" is 0.9 N to N, "about N" 0.9 N to 1.1 N, "just over N" N to 1.1 N; "dozens" is 24 and more,
      "a couple" 2 to 3.
    - A share ("two-thirds of voters") is given in per cent. A score or vote holds its smaller figure in `low`, its
      larger in `high`. A change ("fell 3 percent") has no sign.
    - The span covers modifiers, currency, number and unit ("at least 1.2 million dollars"), not the counted noun;
      before a part ("12 of the 40 passengers") it takes in "of the", by which comparing knows a part from a total.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from spacy.tokens import Doc, Span, Token

from consistency import claim
from consistency.values import context, units
from consistency.values.counted import counted_by
from consistency.values.dates import date_extents
from consistency.values.numerals import CANDIDATE, Numeral, read_numeral

EPSILON = 1e-6
_RANGE = re.compile(r"\s?(?:-|–|—)\s?|\s+(?:to|or)\s+", re.I)
_AND = re.compile(r"\s+(?:and|to)\s+", re.I)
_MAGNITUDE_BEFORE = re.compile(r"\b(?:magnitude|magnitude of|magnitude-)[\s-]?$", re.I)
_MEASURED = re.compile(r"\b(?:measuring|measured|registered)\s$", re.I)
_MAGNITUDE_AFTER = re.compile(r"[\s-]magnitude\b", re.I)
_PART = re.compile(r"\s+of\s+(?:the|its|his|her|their|our|those|these|them)\b", re.I)
# "5 feet 9 inches", "6-foot-2", "two hours and 20 minutes".
_REST = re.compile(
    r"(?:,?\s(?:and\s)?|-)(?P<n>\d{1,2})(?:(?:[\s-]?(?P<unit>inch(?:es)?|ins|minutes?|seconds?|ounces?|days?|months?))\b|(?!\w|[.,:]\d|%|-))"
)
# "one in five Americans", "nine out of ten": shares; the second figure is no count of its own.
# "40m albums" are millions, "a 100m race" is none.
_MILLIONS = re.compile(r"\d+(?:\.\d+)?m\s(?!hurdles|metres|meters|sprints|races|is\b|was\b|has\b)[a-z]{2,}[^s\W]s\b")
_RATIO = re.compile(r"\s+(?:in|out\s+of)\s+(?:every\s+)?(?=\w)", re.I)
_PLUS = re.compile(r"\+|-plus\b|\s+(?:or\s+(?:more|so|fewer|less)|plus)\b", re.I)


class _Tokens:
    """Tokens of a doc or span by character offset."""

    def __init__(self, doc: Doc | Span, base: int) -> None:
        self._tokens = list(doc)
        self._starts = [token.idx - base for token in self._tokens]

    def at(self, offset: int) -> Token:
        """The token at, or the last before, an offset of the scanned text."""
        return self._tokens[max(bisect_right(self._starts, offset) - 1, 0)]


def find_quantities(doc: Doc | Span) -> list[claim.Quantity]:
    """Figures of a text, in the order of the text.

    Args:
        doc: a parsed doc (tagger, parser, lemmatizer), or a span of one.

    Returns:
        Quantities with offsets in the doc's text, also for a span. Dates, clock times, names and numbers that
        identify ("Flight 370", "Section 230") are left out.
    """
    text = doc.text
    match = CANDIDATE.search(text)
    if match is None:
        return []
    base = doc.start_char if isinstance(doc, Span) else 0
    taken = date_extents(doc, text, base)
    tokens = _Tokens(doc, base)
    found: list[claim.Quantity] = []
    floor = passed = 0
    while match is not None:
        at = match.start()
        while passed < len(taken) and taken[passed][1] <= at:
            passed += 1
        if passed < len(taken) and taken[passed][0] <= at:
            match = CANDIDATE.search(text, taken[passed][1])
            continue
        quantity, end = _read(text, at, floor, base, tokens)
        if quantity is not None:
            found.append(quantity)
            floor = end
        match = CANDIDATE.search(text, max(end, at + 1))
    return found


def _read(text: str, at: int, floor: int, base: int, tokens: _Tokens) -> tuple[claim.Quantity | None, int]:
    """The quantity whose number begins at an offset, and where to go on."""
    head = text[max(at - 6, floor) : at]
    sign = units.MONEY_BEFORE.search(head) if text[at] in "0123456789." else None
    # "$US1" ends in letters and is no identifier such as "B12".
    if not (sign and sign.group("sign")[-1].isalpha() and "$" in sign.group("sign")) and (
        skip := context.skip_to(text, at)
    ):
        return None, skip
    numeral = read_numeral(text, at, sign is not None or _MILLIONS.match(text, at) is not None)
    if numeral is None:
        return None, at + 1
    start = at - (len(head) - sign.start()) if sign else at
    score = None if sign or context.is_labelled(text, numeral) else context.read_score(text, numeral)
    if score is None and context.is_name(text, numeral, tokens.at(at), tokens.at(numeral.end - 1), sign is not None):
        return None, numeral.end
    if score is not None:
        least, most, end = score
        token = tokens.at(at)
        of = counted_by(token, tokens.at(end - 1), "score")
        return _quantity(text, start, end, least, most, "score", of, base), end
    before = context.modifier_before(text, start, floor)
    # "information about two programs", "over four nights": there the word is a preposition of its own.
    if before and before.words in ("about", "over", "around", "under", "above", "below"):
        token = tokens.at(before.start)
        if token.dep_ == "prep" and (token.head.pos_ in ("NOUN", "PROPN") or token.lower_ == "over"):
            before = None
    if (share := _ratio(text, numeral)) is not None:
        start = before.start if before else start
        bounds = _modified(share[0], share[0], before.kind if before else None, False)
        of = counted_by(tokens.at(share[1] - 1), tokens.at(share[1] - 1), None)
        return _quantity(text, start, share[1], *bounds, "%", of, base), share[1]
    second = _second(text, numeral, sign is not None, before)
    number_end = second.end if second else numeral.end
    measure = _measure(text, at, numeral, second, number_end, sign, tokens)
    if measure is None:
        return None, number_end
    unit, factor, end = measure
    last = tokens.at((end if unit else number_end) - 1)
    if unit is None and not context.is_count(text, numeral, second, tokens.at(at), last):
        return None, number_end
    low: float
    high: float | None
    low, high, end = _values(text, numeral, second, unit, factor, end)
    if second is None and unit in units.BASES and (upper := _repeated(text, end, unit, sign, tokens, before)):
        high, end = upper
        second = numeral
    kind = before.kind if before else None
    if kind == "between" and second is None:
        before = kind = None
    after = _PLUS.match(text, end)
    if after and kind is None:
        words = after.group().lower()
        kind = "about" if words.endswith("so") else "up to" if words.endswith(("fewer", "less")) else "at least"
        end = after.end()
    bounds = _modified(low, high, kind, whole=unit is None and low == int(low))
    if before and before.kind != "from":
        start = before.start
    of = _age_of(tokens.at(at), last) if unit == "age" else counted_by(tokens.at(start), last, unit)
    go_on = end
    if unit is None and (part := _PART.match(text, end)):
        end = part.end()
    return _quantity(text, start, end, *bounds, unit, of, base), go_on


def _ratio(text: str, first: Numeral) -> tuple[float, int] | None:
    """Per cent and end of "one in five" or "9 out of 10"."""
    match = _RATIO.match(text, first.end)
    if match is None or first.kind != "cardinal" or first.high is None or not CANDIDATE.match(text, match.end()):
        return None
    second = read_numeral(text, match.end())
    if second is None or second.kind != "cardinal" or second.high is None or not first.low < second.low:
        return None
    # "12 in 2,000 races" counts; only "one in N" and "out of" are shares.
    if first.low != 1 and "out" not in match.group().lower():
        return None
    return 100 * first.low / second.low, second.end


def _values(
    text: str, first: Numeral, second: Numeral | None, unit: str | None, factor: float, end: int
) -> tuple[float, float | None, int]:
    """Low and high in the unit's base, and where the words end ("5 feet 9 inches" goes on behind its first unit)."""
    low, high = (first.low, first.high) if second is None else (_low_end(first, second), second.high)
    if unit == "kelvin":
        scale = "f" if factor < 1 else "c"
        return units.to_kelvin(low, scale), None if high is None else units.to_kelvin(high, scale), end
    if unit in ("meter", "second", "kilogram") and second is None and high is not None:
        more = _REST.match(text, end)
        base, small = units.UNITS[_unit_key(more.group("unit") or "inch")] if more else ("", 0.0)
        if more and base == unit and small < factor and (more.group("unit") or units.UNITS["foot"][1] == factor):
            low = high = low + float(more.group("n")) * small / factor
            end = more.end()
    return low * factor, None if high is None else high * factor, end


def _repeated(
    text: str,
    end: int,
    unit: str,
    sign: re.Match[str] | None,
    tokens: _Tokens,
    before: context.Modifier | None,
) -> tuple[float, int] | None:
    """Upper end and end of a range that names its unit twice: "between two weeks and two months"."""
    join = _AND.match(text, end)
    if join is None or before is None or before.kind != "between" or join.end() >= len(text):
        return None
    numeral = read_numeral(text, join.end()) if CANDIDATE.match(text, join.end()) else None
    if numeral is None or numeral.kind != "cardinal" or numeral.high is None:
        return None
    measure = _measure(text, numeral.start, numeral, None, numeral.end, sign, tokens)
    if measure is None or measure[0] != unit or unit == "kelvin":
        return None
    return numeral.high * measure[1], measure[2]


def _quantity(
    text: str, start: int, end: int, low: float | None, high: float | None, unit: str | None, of: str | None, base: int
) -> claim.Quantity:
    return claim.Quantity(claim.Span(start + base, end + base, text[start:end]), low, high, unit, of)


def _second(text: str, first: Numeral, money: bool, before: context.Modifier | None) -> Numeral | None:
    """The upper end of a range."""
    between = before is not None and before.kind == "between"
    if first.kind != "cardinal" or first.high is None:
        return None
    # A currency or per cent sign may stand on both sides: "$3-$5 million", "10%-15%".
    at = first.end
    percent = units.PERCENT_AFTER.match(text, at)
    if percent and percent.group("percent"):
        at = percent.end()
    join = (_AND if between else _RANGE).match(text, at)
    if join is None or (before is not None and before.kind == "from"):
        return None
    at = join.end()
    if money and text[at : at + 1] in units.CURRENCY_SIGNS:
        at += 2 if text[at + 1 : at + 2] == " " else 1
    if at >= len(text) or not CANDIDATE.match(text, at):
        return None
    second = read_numeral(text, at, money)
    if second is None or second.kind != "cardinal" or second.high is None:
        return None
    return second if _low_end(first, second) < second.low else None


def _low_end(first: Numeral, second: Numeral) -> float:
    """Lower end of a range; in "10 to 15 million" it takes the upper end's magnitude."""
    scaled = first.low * second.scale
    return scaled if first.scale == 1 < second.scale and scaled < second.low else first.low


def _modified(low: float, high: float | None, kind: str | None, whole: bool) -> tuple[float | None, float | None]:
    """Interval of a number under its modifier."""
    if high is None:
        return low, None
    if kind == "at least":
        return low, None
    if kind == "more":
        return (low + 1 if whole else low * (1 + EPSILON)), None
    if kind == "less":
        return None, (high - 1 if whole else high * (1 - EPSILON))
    if kind == "up to":
        return None, high
    if kind == "nearly":
        return 0.9 * low, high
    if kind == "just over":
        return low, 1.1 * high
    if kind == "about":
        return 0.9 * low, 1.1 * high
    return low, high


def _measure(
    text: str,
    at: int,
    first: Numeral,
    second: Numeral | None,
    end: int,
    sign: re.Match[str] | None,
    tokens: _Tokens,
) -> tuple[str | None, float, int] | None:
    """Unit, factor to its base and end of the words; (None, 1, end) for a plain count, None for no quantity."""
    if sign:
        code = units.CURRENCY_SIGNS[sign.group("sign").lower()]
        name = units.MONEY_AFTER.match(text, end)
        return code, 1.0, name.end() if name and name.group("name").lower() in units.CURRENCY_WORDS else end
    if first.low != first.high and text[end : end + 4] == " of ":
        # "millions of dollars", "a couple of miles"; "dozens of people" counts as before.
        unit = units.MONEY_AFTER.match(text, end + 3) or units.UNIT_AFTER.match(text, end + 3)
        if unit and len(unit.group(1)) > 2:
            end += 3
    if match := units.PERCENT_AFTER.match(text, end):
        word = (match.group("word") or "").lower()
        if "basis" in word:
            return "percentage point", 0.01, match.end()
        return ("percentage point" if "point" in word else "%"), 1.0, match.end()
    if first.kind == "ordinal":
        return ("ordinal", 1.0, end) if context.is_rank(tokens.at(at), tokens.at(end - 1)) else None
    if first.kind == "fraction" and (match := units.UNIT_AFTER.match(text, context.article_after(text, end))):
        base, factor = units.UNITS[_unit_key(match.group("unit"))]
        return base, factor, match.end()
    if first.kind == "fraction":
        return ("%", 100.0, end) if context.is_share(text, end, tokens.at(end - 1)) else None
    if match := units.AGE_AFTER.match(text, end):
        years = units.UNITS[match.group("unit").lower()][1] / units.UNITS["year"][1]
        return "age", 1.0 if years == 1 else years, match.end()
    if context.is_age(text, at, end, tokens.at(at), first):
        if (match := units.UNIT_AFTER.match(text, end)) and match.group("unit").lower() in units.DURATIONS:
            return "age", units.UNITS[match.group("unit").lower()][1] / units.UNITS["year"][1], match.end()
        return "age", 1.0, end
    if match := units.DEGREES_AFTER.match(text, end):
        scale = match.group("scale") or match.group("bare")
        return ("kelvin", 0.5 if scale.lower().startswith("f") else 1.0, match.end()) if scale else None
    if match := units.MONEY_AFTER.match(text, end):
        currency = _unit_key(match.group("name"))
        if currency in units.SMALL_MONEY:
            return *units.SMALL_MONEY[currency], match.end()
        if currency != "won" or tokens.at(match.start("name")).pos_ == "NOUN":
            return units.CURRENCY_WORDS[currency], 1.0, match.end()
    if _MAGNITUDE_AFTER.match(text, end) or _MAGNITUDE_BEFORE.search(text[max(0, at - 14) : at]):
        return ("magnitude", 1.0, end) if first.low < 10 else None
    if match := units.UNIT_AFTER.match(text, end):
        form = _unit_key(match.group("unit"))
        # "5 million pounds" are money, "5 pounds" a weight.
        if form in ("pound", "pounds") and (second or first).scale >= 1e5:
            return "GBP", 1.0, match.end()
        if context.is_unit(text, match, form):
            base, factor = units.UNITS[form]
            return base, factor, match.end()
    if _MEASURED.search(text[max(0, at - 14) : at]) and 1 < first.low < 10 and first.step < 1:
        return "magnitude", 1.0, end
    # Letters glued on that are no unit make it a name: "10News".
    return None if text[end : end + 1].isalpha() else (None, 1.0, end)


def _unit_key(words: str) -> str:
    return re.sub(r"[\s-]+", " ", words.lower())


def _age_of(token: Token, last: Token) -> str | None:
    """The person whose age it is."""
    at, seen = last, 0
    while seen < 5 and at.head != at:
        at, seen = at.head, seen + 1
        if (
            at.pos_ in ("NOUN", "PROPN")
            and at.lower_ not in ("age", "old", "year", "years", "olds", "aged")
            and not at.lower_.endswith("old")
        ):
            return at.text if at.pos_ == "PROPN" else at.lemma_.lower()
        if at.pos_ in ("VERB", "AUX") and at.lower_ != "aged":
            subject = next((c for c in at.lefts if c.dep_ in ("nsubj", "nsubjpass")), None)
            if subject is None or subject.pos_ == "PRON" or subject.lower_.endswith("old") or at.dep_ == "relcl":
                return None
            return subject.text if subject.pos_ == "PROPN" else subject.lemma_.lower()
    return None
