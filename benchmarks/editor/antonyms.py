"""A word replaced by its opposite."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache

from lemminflect import getInflection
from spacy.tokens import Span, Token

from editor.edit import Change, Edit
from editor.sentences import after_article, fits_article, like, negated, open_condition
from editor.words import words

VOTES = frozenset(["vote", "rule", "decide", "campaign", "testify"])
GRADED = frozenset(["so", "too", "as", "how", "no", "not", "less", "more", "most", "least"])
OF_TIME = frozenset(["noon", "midnight", "dawn", "dusk", "sunrise", "sunset"])


@cache
def _table(name: str) -> dict[str, str]:
    """Both ways; where a word has several opposites the first stands."""
    table: dict[str, str] = {}
    for one, other in words()["antonyms"][name]:
        table.setdefault(one, other)
        table.setdefault(other, one)
    return table


def antonyms(sentence: Span, chance: random.Random) -> Iterator[Edit]:
    """Edits of all words of a sentence that have an opposite which fits their place."""
    for token in sentence:
        if token.pos_ == "PROPN" or token.text != token.lower_ or open_condition(token) or _in_name(token):
            continue
        new = _verb(token) or _other(token)
        if new is None or not fits_article(after_article(token), new):
            continue
        detail = {"VERB": "verb", "NOUN": "noun", "ADJ": "adjective"}.get(token.pos_, "adverb")
        yield Edit(
            "antonym",
            detail,
            (Change(token.idx, token.idx + len(token.text), like(token.text, new)),),
            (sentence.start_char, sentence.end_char),
            (token.lemma_.lower(),),
        )


def _in_name(token: Token) -> bool:
    if token.ent_type_ in ("ORG", "PERSON", "GPE", "FAC", "WORK_OF_ART", "EVENT", "LAW", "PRODUCT", "LOC"):
        return True
    near = token.doc[max(token.sent.start, token.i - 1) : token.i + 2]
    return any(t.text in ("-", "–") for t in near)


def _verb(token: Token) -> str | None:
    if token.pos_ != "VERB" or negated(token) or token.dep_ in ("amod", "compound", "csubj", "pcomp"):
        return None
    if any(child.dep_ in ("prt", "xcomp", "ccomp", "oprd") for child in token.children):
        return None
    if token.tag_ not in ("VBD", "VBZ", "VBP", "VB", "VBN"):
        return None
    passive = any(child.dep_ in ("nsubjpass", "auxpass") for child in token.children)
    objects = [child for child in token.children if child.dep_ == "dobj"]
    if token.tag_ == "VB" and token.head.lemma_ in ("try", "plan", "seek", "want", "refuse", "fail", "hope", "help"):
        return None
    opposite = _table("with_object" if passive or objects else "without").get(token.lemma_)
    if opposite is None:
        return None
    forms = getInflection(opposite, token.tag_)
    return forms[0] if forms else None


def _other(token: Token) -> str | None:
    head = token.head
    if token.pos_ == "ADJ":
        # "shot dead", "very likely the", "so large that": only plain uses.
        near = (*token.children, *head.children)
        if token.dep_ not in ("amod", "acomp") or any(child.dep_ in ("neg", "ccomp") for child in near):
            return None
        if token.dep_ == "amod" and (token.i > head.i or head.pos_ != "NOUN"):
            return None
        if any(child.lower_ in GRADED for child in token.children):
            return None
        return None if head.lemma_ == "force" else _table("adjectives").get(token.text)
    if token.pos_ == "NOUN" and token.tag_ in ("NN", "NNS") and token.dep_ in ("dobj", "pobj", "nsubj", "attr"):
        after = token.nbor(1) if token.i + 1 < token.sent.end else None
        if any(child.lower_ in ("no", "any") for child in token.children):
            return None
        # Part of a longer name for a thing; "in support of" is "in opposition to".
        longer = after is not None and after.pos_ in ("NOUN", "PROPN")
        if longer or (after is not None and token.lemma_ == "support" and after.text == "of"):
            return None
        opposite = _table("nouns").get(token.lemma_)
        forms = getInflection(opposite, token.tag_) if opposite else None
        return forms[0] if forms else None
    if token.lower_ in ("for", "against") and head.lemma_ in VOTES and token.dep_ == "prep":
        return "against" if token.lower_ == "for" else "for"
    if token.lower_ in ("before", "after"):
        return _when(token)
    if token.lower_ in ("up", "down"):
        # "up 3 percent": a direction only beside a figure.
        after = token.nbor(1) if token.i + 1 < token.sent.end else None
        measured = after is not None and (after.like_num or after.text == "$" or after.lower_ in ("about", "nearly"))
        return _table("adverbs").get(token.lower_) if measured and token.dep_ in ("advmod", "prep", "acomp") else None
    if token.lower_ in ("inside", "outside", "above", "below"):
        return _table("adverbs").get(token.lower_) if token.dep_ == "prep" else None
    if token.pos_ == "ADV" and token.dep_ == "advmod" and head.pos_ == "VERB" and not negated(head):
        return _table("adverbs").get(token.lower_)
    return None


def _when(token: Token) -> str | None:
    """ "before" and "after" beside an event or an hour; "before the court" is no time."""
    if token.dep_ == "mark":
        return _table("adverbs").get(token.lower_)
    held = [child for child in token.children if child.dep_ == "pobj"]
    if token.dep_ == "prep" and held and (held[0].ent_type_ in ("TIME", "DATE", "EVENT") or held[0].lower_ in OF_TIME):
        return _table("adverbs").get(token.lower_)
    return None
