"""What stands around a number: its modifiers, and whether it is a figure at all or part of a name, rank, time or id."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Token

from consistency.values.numerals import Numeral
from consistency.values.units import DURATIONS
from consistency.values.wordlists import words

_MODIFIERS = {
    "at least": "at least|no (?:fewer|less) than|not (?:fewer|less) than|minimum of|as few as|as little as|upwards of",
    "more": "more than|over|well over|greater than|larger than|in excess of|exceeding|exceeded|above|surpassing",
    "less": "fewer than|less than|under|below|lower than|smaller than|well under",
    "up to": "up to|as many as|as much as|as high as|at most|no more than|not more than|a maximum of|at the most",
    "nearly": "nearly|almost|close to|just under|just short of|just below|approaching|not quite|practically",
    "just over": "just over|slightly more than|slightly over|a little over|a little more than|just above",
    "about": "about|around|approximately|approx\\.?|roughly|some|an estimated|estimated|circa|something like"
    "|in the region of|an average of|on average",
    "exact": "exactly|only|just|precisely|a total of|a record|a full|all|all of|a combined",
    "between": "(?:anywhere |somewhere )?between",
    "from": "from",
}
_KIND = {i: kind for i, kind in enumerate(_MODIFIERS)}
# The longest wording first: "no more than" must not be read as "more than".
_WORDINGS = sorted(
    ((words, kind) for kind, group in _MODIFIERS.items() for words in group.split("|") if "(" not in group),
    key=lambda w: -len(w[0]),
)
_BEFORE = re.compile(
    r"\b(?:"
    + "|".join(
        rf"(?P<k{i}>{group.replace(' ', '[ ]')})"
        for i, group in sorted(enumerate(_MODIFIERS.values()), key=lambda g: _MODIFIERS.get("more") == g[1])
    )
    + r")\s+(?:(?:the|an?|another|an additional|its|their)\s+)?$",
    re.I,
)
_SCORE = re.compile(
    r"(\d{1,3})(?P<join>\s?[-–—]\s?|\s+to\s+|-to-)(\d{1,3})(?![\d,.-]*\d)(?!\s?%)(?![\s-](?:year|day|month|hour|week|mile|million|billion|foot|point)s?\b)",
    re.I,
)
_SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
_WORD_SCORE = re.compile(rf"\b({'|'.join(_SMALL)})(?:\s+to\s+|-to-)({'|'.join(_SMALL)})\b", re.I)
_SCORE_AFTER = re.compile(
    r"[\s,-]*(?:\w+[\s-]){0,2}?(?:votes?|win|victory|loss|defeat|decision|ruling|rout|thrashing|draw|tie|lead|score|overtime|record|margin|majority|triumph|verdict|split|party-line)\b",
    re.I,
)
_SCORE_BEFORE = re.compile(
    r"\b(?:won|win|wins|winning|beat|beats|beating|defeated|defeats|lost|lose|loses|led|leads|leading|draw|drew|tied|score|scored|vote|voted|votes|voting|ruled"
    r"|passed|approved|rejected|final|record|trailed|thrashed|downed|routed|edged|agreed|confirmed|split|by)\b[^.;]{0,40}$",
    re.I,
)
_SKIPS = (
    # Each takes a whole shape that holds digits and is no figure.
    re.compile(r"(?:\+?\d{1,3}[\s.-])?(?:\(\d{2,4}\)\s?)?\d{2,4}[-.\s]\d{3,4}[-.\s]\d{3,6}(?![\d,])"),  # phone
    re.compile(r"\d{3}-\d{4}(?!\d)"),
    re.compile(r"\d+(?:[.-]\d+){3,}"),  # addresses, long ids
    re.compile(r"\d{1,2}:\d{1,2}(?::\d{1,2})?(?:\.\d+)?(?!\d)"),  # times of a race, verses
    re.compile(r"(?:24/7|20/20|50/50|50-50|4x4|360-degree|7-Eleven|9-1-1|9-11)\b"),
    re.compile(r"\d+\.\d+\.\d+"),  # versions
    re.compile(r"\d+[A-Za-z]+\d[\w-]*"),  # ids such as 4A12
    re.compile(r"0\d+(?![.,]?\d)"),  # leading zeros
    re.compile(r"\d{8,}"),
    re.compile(r"\d{1,3}-\d{1,3}-\d{1,3}(?![\d-])"),  # a boxer's record
    re.compile(r"\d{1,2}K(?=\sgold|\srun|\srace)"),
)
_ATTACHED = re.compile(r"(?:[A-Za-z_#@&°]|[A-Za-z]['’./-]|\d[.,:/-]|\d[–—])$")
_LABEL = re.compile(
    r"(?:\b(?:no|nos|number|numbers|section|sections|article|articles|chapter|paragraph|para|clause|schedule|flight|route|highway|interstate"
    r"|motorway|exit|page|pages|pp|p|line|item|figure|table|room|gate|platform|channel|phase|level|tier|grade|category|type|class|model|version"
    r"|resolution|proposition|prop|measure|amendment|title|rule|form|bill|act|case|docket|appendix|volume|vol|issue|episode|season|step|part|unit"
    r"|district|ward|precinct|pier|terminal|track|lane|lot|box|suite|apartment|apt|floor|day|week|game|round|stage|lap|hole|area|zone|block|sector|camp"
    r"|ps|psalm|verse|apollo|windows|android|ios|iphone|galaxy|boeing|airbus|formula|covid|top)\b\.?|[§#])\s?-?$",
    re.I,
)
_ONE_BEFORE = re.compile(r"\bone$", re.I)
_ONE_MEASURED = re.compile(r"\b(?:for|in|within|after|only|just|least|than|about|took|lasted|last|every)\s+one$", re.I)
_ARTICLE = re.compile(r"\s+(?:of\s+)?an?(?=\s)", re.I)
_SHARE_AFTER = re.compile(r"\s+(?:of\b|the\s+(?:\w+)\b|its\b|his\b|her\b|their\b|our\b|all\b|majority\b)", re.I)
_ONE_NOUNS = words("day hand thing time way point another side more other such end part reason word step")
_DEAD_AFTER = frozenset(["dead", "injured", "missing", "wounded", "killed", "hurt", "arrested"])
_ROADS = words(
    "avenue ave street st road rd lane drive boulevard blvd court circuit district amendment congress lady "
    "minister nation world"
)
_PERSONS = words(
    "man woman boy girl wife husband son daughter brother sister father mother actor actress singer rapper teacher"
    " student teenager teen suspect victim driver officer soldier pilot player star comedian journalist doctor nurse"
    " lawyer writer author model musician president leader politician lawmaker priest farmer widow cousin uncle aunt"
)
_RANK_NAMES = words("lady minister name aid responder responders hand")
_HYPHEN_NAMES = words("party hand class rate person world ever")
# The number of a list's item: at the head of a line or behind a gap.
_MARKER_BEFORE = re.compile(r"(?:^|\n|\s{2})$")
_MARKER_AFTER = re.compile(r"[.)](?:\s|$)")
_AGE_VERBS = frozenset({"be", "turn"})
_PLACES = _ROADS | words("center centre plaza square way place highway")
_ADVERBIAL = frozenset(["first", "second", "third"])


@dataclass(frozen=True, slots=True)
class Modifier:
    """Words before a number that widen or bound it."""

    kind: str
    start: int
    words: str


def modifier_before(text: str, start: int, floor: int) -> Modifier | None:
    """The modifier that ends right before an offset, not reaching below `floor`."""
    low = max(start - 40, floor)
    match = _BEFORE.search(text[low:start])
    if match is None or match.lastgroup is None:
        return None
    kind = _KIND[int(match.lastgroup[1:])]
    words = match.group(match.lastgroup)
    if kind == "about" and words == "Some" and low == start:
        return None
    return Modifier(kind, low + match.start(), words.lower())


def skip_to(text: str, at: int) -> int:
    """End of a shape at an offset that is no figure (phone number, id, attached digits), 0 when there is none."""
    before = text[max(at - 3, 0) : at]
    if text[at].isdigit():
        for pattern in _SKIPS:
            if match := pattern.match(text, at):
                return match.end()
        if _ATTACHED.search(before) and not re.search(
            r"(?:US|AU?|CA?|NZ|HK|S|R)?\$$|\b(?:Rs\.?|USD|EUR|GBP|INR|CHF|CNY|RMB)$|\b(?:mid|the|a|an|non|pre|post|about|magnitude)[-/]$",
            text[max(at - 10, 0) : at],
            re.I,
        ):
            end = at
            while end < len(text) and (
                text[end].isalnum() or (text[end] in ".,-" and end + 1 < len(text) and text[end + 1].isalnum())
            ):
                end += 1
            return end
        # "747s", "5G", "3D", "1080p": a letter glued on that is no magnitude, unit or ordinal.
        glued = re.compile(r"\d+(?:s|G|D|p|x|v|C|GS|XL|[a-z]?/[a-z]+|[A-Z]-?[A-Z]?)\b(?!-old)").match(text, at)
        if glued and not re.match(r"\d+(?:K|M|B|C|F)\b", text[at : at + 12]):
            return glued.end()
    elif before.endswith(("-", "‑")) and len(before) > 1 and before[-2].isalpha():
        # "forty-something", "mid-thirties" and "Catch-Two" hang from a word; "twenty-one" was read from its start.
        return at + 1
    return 0


def is_labelled(text: str, numeral: Numeral) -> bool:
    """Whether a word before a number makes it a name's: "Boeing 747-400"."""
    return bool(_LABEL.search(text[max(numeral.start - 14, 0) : numeral.start]))


def is_name(text: str, numeral: Numeral, first: Token, last: Token, money: bool) -> bool:
    """Whether a number is part of a name: "Flight 370", "Boeing 747", "No. 10", "Six Flags"."""
    if money:
        return False
    if _MARKER_AFTER.match(text, numeral.end) and _MARKER_BEFORE.search(
        text[max(numeral.start - 2, 0) : numeral.start]
    ):
        return True
    before = text[max(numeral.start - 14, 0) : numeral.start]
    if numeral.kind == "cardinal" and numeral.digits and numeral.scale == 1:
        label = _LABEL.search(before)
        if label and not (first.head.i > last.i and first.dep_ == "nummod" and label.group().strip().islower()):
            return True
        if first.i > 0 and numeral.start and text[numeral.start - 1] in " -":
            previous = first.nbor(-1)
            if (
                previous.pos_ == "PROPN"
                and previous.text[:1].isupper()
                and previous.lower_ not in ("percent",)
                and (first.head.i < first.i or first.head.i == first.i)
                and first.dep_ in ("nummod", "appos", "npadvmod", "compound", "nmod", "punct", "pobj", "ROOT", "conj")
                and previous.ent_type_ not in ("DATE", "TIME")
                and (first.head == previous or first.ent_iob_ == "I")
            ):
                return True
    following = _next(last)
    if following is None:
        return False
    if numeral.low == 0 and following.text[0] in "-" and not numeral.digits:
        return True
    named = (
        following.pos_ == "PROPN" and following.text[:1].isupper() and text[numeral.end : numeral.end + 1] in (" ", "-")
    )
    if not numeral.digits and text[numeral.start].isupper() and named and first.i > first.sent.start:
        return True
    if (
        numeral.kind == "ordinal"
        and named
        and (following.lower_ in _ROADS or text[numeral.start].isupper() or following.ent_type_ == last.ent_type_ != "")
    ):
        return True
    # A house number: "7 West 34th Street", "1 World Trade Center".
    place = last.head if last.head.i > last.i and last.head.pos_ == "PROPN" else following
    return numeral.kind != "fraction" and named and place.lower_.rstrip(".") in _PLACES


def _next(token: Token) -> Token | None:
    return token.nbor(1) if token.i + 1 < len(token.doc) else None


def read_score(text: str, numeral: Numeral) -> tuple[float, float, int] | None:
    """A score or vote: (smaller, larger, end), or None."""
    if not numeral.digits and (words := _WORD_SCORE.match(text, numeral.start)):
        # In words only a vote is told this way: "by a vote of six to three", "a six-to-three ruling".
        if "vot" in text[max(numeral.start - 30, 0) : numeral.start] or _SCORE_AFTER.match(text, words.end()):
            less, more = sorted(float(_SMALL.index(word.lower())) for word in words.groups())
            return less, more, words.end()
        return None
    if not numeral.digits or numeral.scale != 1 or numeral.kind != "cardinal":
        return None
    match = _SCORE.match(text, numeral.start)
    if match is None:
        return None
    one, two = float(match.group(1)), float(match.group(3))
    dash = not match.group("join").isspace() and " to " not in match.group("join").lower()
    before = text[max(numeral.start - 60, 0) : numeral.start]
    after = _SCORE_AFTER.match(text, match.end())
    told = after or (_SCORE_BEFORE.search(before) and (dash or "vot" in before))
    # A falling pair is no range; a rising one is a score only where words tell so.
    if (dash and one >= two) or (told and (dash or after or "vot" in before)):
        if re.match(
            r"[\s-](?:people|percent|per cent|percentage|inch|feet|kg|metre|meter|kilomet)",
            text[match.end() : match.end() + 12],
        ):
            return None
        return min(one, two), max(one, two), match.end()
    return None


def article_after(text: str, end: int) -> int:
    """Where the unit of "half an hour" begins (before its white space)."""
    match = _ARTICLE.match(text, end)
    return match.end() if match else end


def is_share(text: str, end: int, last: Token) -> bool:
    """Whether a fraction is a share of something."""
    return bool(_SHARE_AFTER.match(text, end)) or (last.head.i > last.i and last.head.pos_ == "NOUN")


def is_age(text: str, at: int, end: int, first: Token, numeral: Numeral) -> bool:
    """ "aged 12", "at the age of 43", "Smith, 43, said", "is 43 years old" (the last is read by its unit)."""
    if numeral.scale != 1 or not 0 < numeral.low < 120 or numeral.low != int(numeral.low):
        return False
    before = text[max(at - 16, 0) : at]
    if re.search(r"\bage[ds]?\s+(?:of\s+)?(?:just\s+|only\s+|about\s+)?$", before, re.I):
        return True
    if _is_of_person(text, end, first, numeral):
        return True
    if not numeral.digits or not before.endswith(", ") or not re.match(r"\s?[,.;)]", text[end : end + 2]):
        return False
    previous = first.nbor(-2) if first.i > 1 else None
    return (
        previous is not None
        and (previous.pos_ == "PROPN" or previous.lemma_.lower() in _PERSONS)
        and (previous.ent_type_ in ("PERSON", "") or first.dep_ in ("appos", "nummod"))
        and re.match(r"\s?,\s*(?:\d|[A-Z][a-z]+,\s*\d)", text[end : end + 20]) is None
    )


def _is_of_person(text: str, end: int, number: Token, numeral: Numeral) -> bool:
    """ "He is 43.", "who turned 18 in May"."""
    if not re.match(r"\s?(?:[.,;]|and\b|when\b|in\b|at the time\b|years?\b|$)", text[end : end + 12]) or re.match(
        r"\s(?:years? (?!old)|in the)", text[end : end + 9]
    ):
        return False
    verb = number.head
    if verb.lemma_ not in _AGE_VERBS or number.i < verb.i or numeral.low < 2:
        return False
    subject = next((c for c in verb.lefts if c.dep_ == "nsubj"), None)
    return subject is not None and (subject.lower_ in ("he", "she", "i", "who") or subject.ent_type_ == "PERSON")


def is_unit(text: str, match: re.Match[str], name: str) -> bool:
    """Whether letters after a number are its unit there."""
    glued = match.start("unit") == match.start()
    words = match.group("unit")
    if len(words) == 1:
        return name == "m" and not words.isupper()
    if name in ("mb", "gb", "tb", "mw", "gw", "kw"):
        return words.isupper() or words in ("kW", "Mb", "Gb")
    if name in ("ft", "mg", "ml", "cm", "mm", "km", "kg", "lb", "lbs", "oz", "mph", "kph"):
        return True
    # "one day we will" is no duration, "for one day" is.
    if name in ("day", "night", "second", "minute") and _ONE_BEFORE.search(
        text[max(match.start() - 16, 0) : match.start()]
    ):
        return text[match.start()] == "-" or bool(
            _ONE_MEASURED.search(text[max(match.start() - 16, 0) : match.start()])
        )
    return not glued or name in DURATIONS


def is_rank(first: Token, last: Token) -> bool:
    """Whether an ordinal ranks a noun, and is no adverb ("first of all", "at first") or clock unit."""
    following = _next(last)
    after = following.nbor(1) if following is not None and following.i + 1 < len(last.doc) else None
    if following is not None and following.text[0] in "-–" and after is not None and after.lower_ in _HYPHEN_NAMES:
        return False
    if following is not None and following.lower_ in _RANK_NAMES:
        return False
    if after is not None and after.tag_ == "JJS":
        return True
    if last.dep_ == "advmod" or first.nbor(-1).lower_ == "at" if first.i else last.dep_ == "advmod":
        return False
    if following is None or following.lower_ in ("of", "time", ",", "things", "thing"):
        return following is not None and following.lower_ == "of" and last.lower_ not in ("first", "second")
    if last.lower_ in _ADVERBIAL and last.head.i < last.i and last.dep_ not in ("amod", "attr", "pobj", "dobj"):
        return False
    return last.head.i != last.i


def is_count(text: str, numeral: Numeral, second: Numeral | None, first: Token, last: Token) -> bool:
    """Whether a bare number counts something; "one" seldom does."""
    if first.like_url or "@" in first.text:
        return False
    if numeral.low == 1 and second is None and not numeral.digits and numeral.scale == 1:
        return _one_counts(text, numeral, last)
    # A bare four-digit year that the dates module did not take is still no count.
    bare = numeral.digits and second is None and text[numeral.start : numeral.end].isdigit()
    return not (bare and 1800 <= numeral.low <= 2100 and last.ent_type_ == "DATE")


def _one_counts(text: str, numeral: Numeral, last: Token) -> bool:
    if last.tag_ != "CD" and last.pos_ != "NUM":
        return False
    following = _next(last)
    if following is None:
        return False
    if following.lower_ in _DEAD_AFTER:
        return True
    if text[numeral.end : numeral.end + 1] == "-":
        return False
    before = text[max(numeral.start - 8, 0) : numeral.start].lower().split()
    if before and before[-1] in ("no", "any", "every", "each", "this", "that", "the", "by", "-"):
        return False
    if last.dep_ in ("dobj", "obj") and last.head.lemma_.lower() in ("kill", "injure", "wound", "arrest"):
        return following.lower_ not in ("of", "another")
    head = last.head
    return (
        last.dep_ == "nummod"
        and head.i > last.i
        and head.pos_ == "NOUN"
        and head.lemma_.lower() not in _ONE_NOUNS
        and following.lower_ not in _ONE_NOUNS
    )
