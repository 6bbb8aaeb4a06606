"""How much or how many, turned around: all and none, most and few, more than and fewer than."""

from __future__ import annotations

import random
from collections.abc import Iterator

from spacy.tokens import Span, Token

from editor.edit import Change, Edit
from editor.sentences import like, negated, open_condition

# Only words that can be exchanged without touching the verb, and that cannot hold at the same time.
SINGLE = {
    "everyone": "no one", "everybody": "nobody", "everything": "nothing", "nobody": "everybody",
    "nothing": "everything", "always": "never", "often": "rarely", "rarely": "often", "frequently": "seldom",
    "many": "few",
}  # fmt: skip

GRADED = frozenset(["not", "n't", "almost", "nearly", "so", "as", "how", "too", "else", "very"])


def quantifiers(sentence: Span, chance: random.Random) -> Iterator[Edit]:
    """Edits of all quantities in words of a sentence that can be turned around without doubt."""
    for token in sentence:
        if open_condition(token):
            continue
        made = _single(token) or _determiner(token) or _bound(token)
        if made is not None:
            detail, end, new = made
            yield Edit(
                "quantifier",
                detail,
                (Change(token.idx, end, like(token.text, new)),),
                (sentence.start_char, sentence.end_char),
                (token.lower_, token.head.lemma_.lower()),
            )


def _next(token: Token) -> Token | None:
    return token.nbor(1) if token.i + 1 < token.sent.end else None


def _before(token: Token) -> str:
    return token.nbor(-1).lower_ if token.i > token.sent.start else ""


def _single(token: Token) -> tuple[str, int, str] | None:
    word = token.lower_
    if word not in SINGLE or _before(token) in GRADED:
        return None
    after = _next(token)
    if after is not None and after.lower_ == "else":
        return None
    if word in ("nobody", "nothing"):
        if any(t.lower_ in ("any", "anyone", "anything", "ever", "but", "before", "more", "to") for t in token.sent):
            return None
    elif negated(token.head):
        return None
    if word == "many" and (token.dep_ != "amod" or token.head.tag_ != "NNS"):
        return None
    if word.endswith(("thing", "one", "body")) and token.dep_ not in ("nsubj", "nsubjpass"):
        return None
    return "whole", token.idx + len(token.text), SINGLE[word]


def _determiner(token: Token) -> tuple[str, int, str] | None:
    after = _next(token)
    if after is None or negated(token.head) or negated(token.head.head):
        return None
    if _before(token) in ("at", "not", "of", "in"):
        return None
    word = token.lower_
    if word == "all" and after.lower_ == "of" and token.dep_ in ("nsubj", "nsubjpass", "dobj"):
        return "whole", token.idx + 3, "none"
    subject = token.head.dep_ in ("nsubj", "nsubjpass") and token.head.tag_ == "NNS"
    if word == "all" and token.dep_ == "det" and subject and after.lower_ not in ("the", "but"):
        return "whole", token.idx + 3, "no"
    if word == "most" and token.dep_ == "amod" and subject and after.tag_ in ("NNS", "JJ"):
        return "share", token.idx + 4, "few"
    if word == "most" and after.lower_ == "of" and token.dep_ in ("nsubj", "nsubjpass"):
        return "share", token.idx + 4, "few"
    return None


def _bound(token: Token) -> tuple[str, int, str] | None:
    """ "more than 70" becomes "fewer than 70"."""
    than = _next(token)
    if than is None or than.lower_ != "than" or _before(token) in ("no", "not", "n't", "much", "far"):
        return None
    figure = _next(than)
    if figure is None or not (figure.like_num or figure.text == "$" or figure.lower_ in ("a", "half")):
        return None
    if figure.lower_ in ("a", "half", "one"):
        return None
    counted = figure.head.tag_ == "NNS" and figure.dep_ == "nummod" and figure.head.lower_ not in ("percent", "years")
    new = {"more": "fewer" if counted else "less", "fewer": "more", "less": "more"}.get(token.lower_)
    return ("bound", token.idx + len(token.text), new) if new else None
