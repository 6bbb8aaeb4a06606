"""What stands glued before the first sentence of an article: a headline, a date stamp, a byline.

Texts scraped from pages often run them into the first sentence without a mark between. They are cut off where the
place is certain, by one of these signs: a date stamp ("Updated: July 2, 2013 15:50 IST"), a byline, a new sentence
opening in mid-line ("... in region hit by tsunami AN earthquake killed"), or a name said twice in a row. A headline
in title case that runs on without such a sign is left out whole by `runs_in`.
"""

from __future__ import annotations

import re

from consistency.split import cues
from consistency.split.cues import words as word_set
from consistency.split.tree import Tree

MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?"
    r"|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
DAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,? )?"
DATE = (
    rf"{DAY}(?:{MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|\d{{1,2}}(?:st|nd|rd|th)? {MONTH},? \d{{4}}"
    r"|\d{1,2} ?[/.-] ?\d{1,2} ?[/.-] ?\d{4})"
)
ZONE = r"(?: \(?(?:[ECMP][SD]?T|GMT|BST|IST|UTC|UK|CES?T|hrs)\)?)?"
TIME = rf"\d{{1,2}}[:.]\d{{2}}(?:[:.]\d{{2}})?(?: ?[ap]\.? ?m?\b\.?)?{ZONE}|\d{{1,2}} [ap]\. ?m\.{ZONE}"
LABEL = r"(?:(?:Last |First |Edited )?(?:Posted|Published|Updated|Modified|Created|time)(?: time)?(?: on| at)?\s?:?\s)"
BETWEEN = r"[\s,|–—-]*(?:at )?"
STAMP = re.compile(
    rf"{LABEL}?(?:on )?(?:(?:{TIME}){BETWEEN})?{DATE}(?:{BETWEEN}(?:{TIME}))?[\s,|–—-]*|{LABEL}(?:{TIME})[\s,|–—-]*",
    re.IGNORECASE,
)
BYLINE = re.compile(
    r"\bBy (?:[A-Z][\w.'’-]+ ){1,2}[A-Z][\w.'’-]+(?:,? [A-Z][\w ]{2,30}(?:Writer|Editor|Reporter|Correspondent))?"
    r"[\s,|–—-]+(?=[A-Z“\"])"
)
TWICE = re.compile(r"\b([A-Z][\w.'’-]+) (?=\1 [a-z])")
OPENS = re.compile(r"(?<=[\w'’)\]]) (?=([^\W\d_]+(?:['’][a-z]+)?),? [a-z])")
END = re.compile(r"[.!?][\"”’')]* +[\"“]?[A-Z]")
ABBREVIATED = re.compile(
    r"\b(?:[A-Z]|vs|Vs|v|No|St|Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|[ap]\.m)\."
)
BEFORE_DATE = word_set("on in at by since of until till from before after the and to for during this that a")
NO_END = BEFORE_DATE | word_set("with as or but than says said say told an his her its their under over into near")
LONGEST, SHORT = 40, 12  # words of a headline, and of one that is known by a repeated name only
SMALL = word_set("With Against After Before From For Over As In At To By Into Amid Despite Following Near Under On")
OPENERS = word_set(
    "the a an in at on as it he she they there after when with two three four five six seven eight nine ten police "
    "dozens hundreds thousands despite yesterday this for not running wide"
)


def length(text: str, body: str = "") -> int:
    """How much of an article's first stretch stands before its first sentence, in characters; 0 when nothing does.

    Args:
        text: the stretch.
        body: the whole text, which tells names from other words.
    """
    start, has_headline = _stamped(text)
    byline = BYLINE.search(text, start, start + 160) if start or _title_case(text) else None
    if byline and byline.end() > 40 and not _ends(text[start : byline.start()]):
        start, has_headline = byline.end(), True
    return start if has_headline else start + _opened(text[start:], body or text)


def _stamped(text: str) -> tuple[int, bool]:
    """Up to the last of the date stamps at the head, and whether a headline stands before it."""
    end, has_headline = 0, False
    while (match := STAMP.search(text, end, end + 260)) is not None:
        before, rest = text[end : match.start()], text[match.end() :]
        words = before.split()
        labelled = re.match(LABEL, match.group(), re.IGNORECASE) or re.search(r"\d[:.]\d\d", match.group())
        told = match.group()[:3].lower() == "on " or (bool(words) and words[-1].lower() in BEFORE_DATE)
        if _ends(before) or len(words) > LONGEST or (told and not labelled) or not re.match(r"[A-Z\d“\"'‘]", rest):
            break
        if has_headline and len(words) > 3:
            break
        end, has_headline = match.end(), has_headline or bool(words)
    return end, has_headline


def _title_case(text: str) -> bool:
    words = [word for word in text.split()[:8] if word[:1].isalpha()]
    return len(words) > 3 and sum(word[:1].isupper() for word in words) >= 0.75 * len(words)


def _opened(text: str, body: str) -> int:
    """Up to where a sentence opens in mid-line: at a capital on a common word, or at the first name said again."""
    first = re.match(r"[A-Z][\w]{3,}", text)
    names = set(re.findall(r"(?<=[a-z,] )[A-Z][\w]+", body.replace(text[:250], "")))
    common = set(re.findall(r"(?<![\w.@#])[a-z]+", body)) | OPENERS
    places = [match.end() for match in TWICE.finditer(text, 0, 250)][:1]
    for match in OPENS.finditer(text, 0, 250) if not places else ():
        word = match.group(1)
        words = text[: match.start()].split()
        stem = re.split("['’]", word)[0]
        small, before = stem.lower() in OPENERS, words[-1].lstrip("\"'“‘(")
        if not small and (len(words) > SHORT or not (before.islower() or before.isupper())):
            continue  # "Home Alone", "Islamic State": part of a name
        again = first is not None and word == first.group()
        plain = word[:1].isupper() and stem not in {"I", *names} and stem.lower() in common
        if again or (plain and (small or before.islower())):
            places.append(match.end())
    if _title_case(text):  # any word may have a capital there: only a small one is a sign
        places = [at for at in places if text[at:].split()[0].lower() in OPENERS and text[at:].split()[0] not in SMALL]
    for at in places:
        words = text[:at].split()
        if (
            3 < len(words) <= LONGEST
            and words[-1].lower() not in NO_END
            and not _ends(text[:at])
            and "“" not in text[:at]
        ):
            return at
    return 0


def _ends(text: str) -> bool:
    """Whether a sentence ends in it."""
    return END.search(ABBREVIATED.sub("X", text) + " X") is not None


def runs_in(tree: Tree) -> bool:
    """Whether a headline in title case runs into a sentence: capitals throughout, on small words and verbs too."""
    words = [i for i in tree.order if tree.doc[i].is_alpha][:8]
    if len(words) < 8:
        return False
    capital = [i for i in words if tree.doc[i].text[:1].isupper()]
    odd = [i for i in words[1:] if tree.doc[i].text in SMALL or (tree.doc[i].is_title and tree.tag[i][:2] == "VB")]
    goes_on = any(tree.doc[i].text.islower() for i in tree.order[8:])
    return goes_on and len(capital) >= 6 and bool(odd)


def _is_told(word: str) -> bool:
    """A form of a verb that headlines tell with: "denies", "warned"."""
    verbs = cues.SPEECH | cues.THOUGHT | cues.DENIAL
    return any(stem in verbs for stem in (word, word[:-1], word[:-2], word[:-3] + "y"))


def sentence_case(title: str, body: str) -> str:
    """A headline in title case as a parser reads it best: same length, words small that the article writes small.

    Args:
        title: the headline.
        body: the article's text, which tells names from other words.
    """
    words = [match for match in re.finditer(r"[^\W\d_]+(?:['’][^\W\d_]+)?", title) if len(match.group()) > 1]
    high = [match for match in words if match.group()[:1].isupper()]
    if len(words) < 3 or len(high) < 0.7 * len(words):
        return title
    small = set(re.findall(r"(?<![\w.@#])[a-z]+(?:['’][a-z]+)?", body))
    stems = {word[:5] for word in small if len(word) > 4} | {word for word in small if len(word) > 2}
    names = set(re.findall(r"(?<=[a-z,] )[A-Z][\w]+", body))
    out = list(title)
    for match in words[1:] if words[0].start() == 0 else words:
        word, low = match.group(), match.group().lower()
        if len(low) != len(word) or word in names or (word.isupper() and word.title() in names):
            continue
        if low in small or low[:5] in stems or low.rstrip("s") in small or low in FUNCTION or _is_told(low):
            out[match.start() : match.end()] = low
    return "".join(out)


FUNCTION = word_set(
    "a an the and or but nor of in on at by for to from with over after before into under as is are was were be has "
    "have had will would may can could not it its his her their says said say amid against off out up"
)
