"""Negations added to a statement, and taken out of one."""

from __future__ import annotations

import random
from collections.abc import Iterator

from lemminflect import getInflection
from spacy.tokens import Span, Token

from editor.edit import Change, Edit
from editor.sentences import SPEECH, like, negated, open_condition, states, subject
from editor.words import word_set

BE = frozenset(["is", "are", "was", "were", "am", "'s", "'re"])
# "may" and "may not" hold together; "must not" is no plain denial of "must".
AUXILIARIES = frozenset(["will", "would", "can", "has", "have", "had", "does", "do", "did"]) | BE
FOCUS = word_set("focus")
CAUSES = frozenset(["because", "if", "unless", "as", "since"])
NOT = frozenset(["not", "n't", "n’t"])
FULL = {"wo": "will", "ca": "can", "sha": "shall"}


def negations(sentence: Span, chance: random.Random) -> Iterator[Edit]:
    """Edits of all statements of a sentence that can be negated, or whose negation can be taken out."""
    for verb in sentence:
        if verb.pos_ not in ("VERB", "AUX") or verb.lemma_ in SPEECH or not states(verb) or open_condition(verb):
            continue
        marks = [child for child in verb.children if child.dep_ == "neg"]
        made = _removed(verb, marks[0]) if len(marks) == 1 else _added(verb) if not marks else None
        if made is not None:
            detail, change = made
            facts = [verb.lemma_.lower()]
            own = subject(verb)
            if own is not None:
                facts.append(own.lemma_.lower())
            yield Edit("negation", detail, (change,), (sentence.start_char, sentence.end_char), tuple(facts))


def _blocked(verb: Token) -> bool:
    """Whether the verb's clause holds what makes a negation doubtful."""
    own = subject(verb)
    if own is None or own.i > verb.i or own.lower_ in ("that", "which", "who", "what", "there"):
        return True
    if any(child.dep_ == "conj" and subject(child) is None for child in verb.children):
        return True  # "came and won": the negation would reach over both
    for child in verb.children:
        # "He did not leave because ...": what is denied, the leaving or the cause?
        if child.dep_ == "advcl" and any(word.lower_ in CAUSES for word in child.children):
            return True
        # "what she is treated for" is a question, not a statement.
        if child.i < verb.i and child.tag_ in ("WP", "WRB", "WDT"):
            return True
        if child.dep_ == "expl" or (child.dep_ == "advmod" and own.i < child.i < verb.i):
            return True
    arguments = ("dobj", "attr", "acomp", "advmod", "prep", "npadvmod", "dative")
    inside = [word for child in verb.children if child.dep_ in arguments for word in child.children]
    return any(token.lower_ in FOCUS for token in (verb, *verb.children, *own.subtree, *inside))


def _added(verb: Token) -> tuple[str, Change] | None:
    if _blocked(verb) or negated(verb) or verb.text != verb.lower_:
        return None
    auxiliaries = [c for c in verb.children if c.dep_ in ("aux", "auxpass") and c.i < verb.i]
    own = subject(verb)
    assert own is not None
    if auxiliaries:
        first = auxiliaries[0]
        if first.lower_ not in AUXILIARIES - {"'s", "'re"} or first.i < own.i or first.nbor(1).text in ("'", "’", ","):
            return None
        return "added", Change(first.idx + len(first.text), first.idx + len(first.text), " not")
    if verb.lower_ in BE and verb.lemma_ == "be":
        if verb.lower_ in ("'s", "'re"):
            return None
        return "added", Change(verb.idx + len(verb.text), verb.idx + len(verb.text), " not")
    if verb.tag_ not in ("VBD", "VBZ", "VBP") or verb.lemma_ == "be":
        return None
    support = {"VBD": "did", "VBZ": "does", "VBP": "do"}[verb.tag_]
    # The base must be the verb's own: lemmas of misparsed words ("found" of "find") give it away.
    if verb.text not in getInflection(verb.lemma_, verb.tag_) and verb.lemma_ != "have":
        return None
    return "added", Change(verb.idx, verb.idx + len(verb.text), f"{support} not {verb.lemma_}")


def _removed(verb: Token, mark: Token) -> tuple[str, Change] | None:
    doc = verb.doc
    own = subject(verb)
    if own is None or own.i > verb.i or own.lower_ in ("no", "nobody", "nothing", "none", "neither", "there"):
        return None
    leaning = frozenset(
        ["any", "anyone", "anything", "either", "nor", "yet", "anymore", "until", "but", "only", "ever", "at",
        "single", "much", "long", "because"]
    )
    if any(t.lower_ in leaning | (FOCUS - {"never"}) for t in verb.subtree if t.i != mark.i):
        return None
    if mark.lower_ == "never":
        before = doc[mark.i - 1]
        if before.lower_ not in ("has", "have", "had", "was", "were", "is", "are", "will", "would"):
            return None
        return "removed", Change(before.idx + len(before.text), mark.idx + len(mark.text), "")
    if mark.lower_ not in NOT or mark.i == mark.sent.start:
        return None
    helper = doc[mark.i - 1]
    if helper.lower_ in ("do", "does", "did"):
        if doc[mark.i + 1].i != verb.i or verb.tag_ != "VB":
            return None
        tag = {"do": "VBP", "does": "VBZ", "did": "VBD"}[helper.lower_]
        forms = getInflection(verb.lemma_, tag)
        if not forms:
            return None
        return "removed", Change(helper.idx, verb.idx + len(verb.text), like(helper.text, forms[0]))
    plain = FULL.get(helper.lower_, helper.lower_)
    if plain not in AUXILIARIES - {"'s", "'re"} | {"shall"}:
        return None
    return "removed", Change(helper.idx, mark.idx + len(mark.text), like(helper.text, plain))
