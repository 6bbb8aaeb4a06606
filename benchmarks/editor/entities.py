"""Changed names: a person, place, organisation or nationality becomes another of its kind."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Span, Token

from editor.edit import Change, Edit
from editor.sentences import after_article, fits_article, in_parentheses, reports
from editor.words import words

TITLES = {"mr.": "male", "mr": "male", "ms.": "female", "ms": "female", "mrs.": "female", "mrs": "female"}
PRONOUNS = {"he": "male", "him": "male", "his": "male", "himself": "male", "she": "female", "her": "female",
            "hers": "female", "herself": "female"}  # fmt: skip
ROLES = frozenset(["nsubj", "nsubjpass", "dobj", "pobj", "attr", "dative"])
PREPOSITIONS = frozenset(
    ["in", "at", "near", "from", "to", "by", "against", "with", "for", "on", "outside", "inside", "into", "across",
    "over"]
)


def surnames(docs: Sequence[Doc]) -> frozenset[str]:
    """Last words of the full names of an article: a bare name is taken for a person only when it is one of them."""
    return frozenset(
        ent[-1].text
        for doc in docs
        for ent in doc.ents
        if ent.label_ == "PERSON" and len(ent) > 1 and all(t.text.isalpha() for t in ent)
    )


def entities(sentence: Span, chance: random.Random, known: frozenset[str]) -> Iterator[Edit]:
    """Edits of all names of a sentence that can be changed without doubt.

    Args:
        sentence: a parsed sentence.
        chance: source of choices.
        known: surnames of the article, from `surnames`.
    """
    for ent in sentence.ents:
        if not _plain(ent, sentence):
            continue
        made = _person(ent, chance, known) if ent.label_ == "PERSON" else _listed(ent, chance)
        if made is not None:
            detail, start, new = made
            yield Edit(
                "entity",
                detail,
                (Change(start, ent.end_char, new),),
                (sentence.start_char, sentence.end_char),
                (ent[-1].lower_,),
            )


def _plain(ent: Span, sentence: Span) -> bool:
    """A name that takes part in what is told, and stands in the sentence once."""
    root = ent.root
    if in_parentheses(root) or any(token.text in ("'s", "’s", "-", "/") for token in ent):
        return False
    if sum(token.text == ent[-1].text for token in sentence) > 1:
        return False
    after = ent.doc[ent.end] if ent.end < sentence.end else None
    before = ent.doc[ent.start - 1] if ent.start > sentence.start else None
    if after is not None and (after.text in ("'s", "’s", "'", "-", "/", "&") or after.pos_ == "PROPN"):
        return False
    if before is not None and (before.text in ("-", "/", "&", "of") or (before.pos_ == "PROPN" and not _title(before))):
        return False
    if ent.label_ == "NORP":
        return root.dep_ == "amod" or (root.dep_ in ("nsubj", "nsubjpass", "dobj") and not reports(root))
    # "Brooklyn, New York" names one place by two names.
    place = ("GPE", "LOC", "FAC")
    if ent.label_ in place and (
        (after is not None and after.text == "," and _type(ent.doc, ent.end + 1) in place)
        or (before is not None and before.text == "," and _type(ent.doc, ent.start - 2) in place)
    ):  # fmt: skip
        return False
    if root.dep_ not in ROLES or reports(root) or any(child.dep_ == "conj" for child in root.children):
        return False
    return root.dep_ != "pobj" or root.head.lower_ in PREPOSITIONS


def _type(doc: Doc, at: int) -> str:
    return doc[at].ent_type_ if 0 <= at < len(doc) else ""


def _title(token: Token) -> bool:
    return token.lower_ in TITLES or token.text in words()["titles"]


def _person(ent: Span, chance: random.Random, known: frozenset[str]) -> tuple[str, int, str] | None:
    tokens = list(ent)
    if not all(t.text.isalpha() and t.text[:1].isupper() and not t.text.isupper() for t in tokens) or len(tokens) > 3:
        return None
    before = ent.doc[ent.start - 1] if ent.start > ent.sent.start else None
    if len(tokens) == 1 and tokens[0].text not in known and not (before is not None and _title(before)):
        return None
    surname = chance.choice([s for s in words()["surnames"] if s not in known])
    gender = TITLES.get(before.lower_) if before is not None else None
    told = {PRONOUNS[t.lower_] for t in ent.sent if t.lower_ in PRONOUNS}
    gender = gender or (told.pop() if len(told) == 1 else None)
    if len(tokens) == 1 or gender is None:
        # Without a sign of gender the first name stays: Tara Reid becomes Tara Novak.
        return "person", tokens[-1].idx, surname
    return "person", ent.start_char, f"{chance.choice(words()[gender])} {surname}"


def _listed(ent: Span, chance: random.Random) -> tuple[str, int, str] | None:
    """Another name of the same list: a city for a city, an airline for an airline."""
    for detail, lists in words()["names"].items():
        for names in lists:
            if ent.text in names:
                article = after_article(ent[0])
                others = [n for n in names if n != ent.text and fits_article(article, n) and n not in ent.sent.text]
                return (detail, ent.start_char, chance.choice(others)) if others else None
    return None
