"""Who did it to whom, exchanged."""

from __future__ import annotations

import random
from collections.abc import Iterator

from spacy.tokens import Span, Token

from editor.edit import Change, Edit
from editor.sentences import negated, open_condition
from editor.words import words

ACTORS = frozenset(["PERSON", "ORG", "GPE", "NORP"])
PLURAL = frozenset(["NNS", "NNPS"])


def roles(sentence: Span, chance: random.Random) -> Iterator[Edit]:
    """Edits of all verbs of a sentence whose two named sides can be exchanged."""
    for verb in sentence:
        if verb.pos_ != "VERB" or verb.lemma_ not in words()["roles"]["verbs"] or negated(verb) or open_condition(verb):
            continue
        sides = _sides(verb)
        if sides is None:
            continue
        one, other = sides
        if verb.tag_ in ("VBZ", "VBP") and (one.root.tag_ in PLURAL) != (other.root.tag_ in PLURAL):
            continue
        yield Edit(
            "role",
            verb.lemma_,
            (Change(one.start_char, one.end_char, other.text), Change(other.start_char, other.end_char, one.text)),
            (sentence.start_char, sentence.end_char),
            (one[-1].lower_, verb.lemma_.lower(), other[-1].lower_),
        )


def _sides(verb: Token) -> tuple[Span, Span] | None:
    """The names of who does it and to whom, in the order of the text."""
    subject = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass") and c.i < verb.i]
    objects = [c for c in verb.children if c.dep_ == "dobj"]
    for agent in (c for c in verb.children if c.dep_ == "agent"):
        objects += [c for c in agent.children if c.dep_ == "pobj"]
    if len(subject) != 1 or len(objects) != 1 or (subject[0].dep_ == "nsubjpass" and objects[0].dep_ == "dobj"):
        return None
    names = _name(subject[0]), _name(objects[0])
    if names[0] is None or names[1] is None or names[0].text.casefold() == names[1].text.casefold():
        return None
    kinds = {names[0].label_, names[1].label_}
    # A person and a company can do some of this to each other, a person and a nationality hardly.
    if len(kinds) > 1 and not kinds <= {"ORG", "GPE"}:
        return None
    return names[0], names[1]


def _name(token: Token) -> Span | None:
    """The whole phrase of a head word, when it is a bare name."""
    for ent in token.sent.ents:
        if ent.start <= token.i < ent.end and ent.label_ in ACTORS:
            modifiers = [c for c in token.children if not ent.start <= c.i < ent.end and c.dep_ != "punct"]
            if modifiers or (ent[0].lower_ in ("the", "a") and ent.start == token.sent.start):
                return None
            return ent
    return None
