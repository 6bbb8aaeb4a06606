"""Swap who did it and to whom it was done."""

from __future__ import annotations

import random
from collections.abc import Sequence

from spacy.tokens import Doc, Token

from nli.generators.edit import (
    CONTRADICTION,
    ENTAILMENT,
    NOT_ENTAILMENT,
    Edit,
    Replacement,
    in_quotes,
    is_hedged,
    is_negative,
)

# Acts that the other side did not do back in the same event.
_ONE_WAY = {
    "defeat", "beat", "succeed", "replace", "acquire", "buy", "sue", "arrest", "hire", "shoot", "kill", "murder",
    "stab",
    "outspend", "overtake", "lead", "own", "father", "raise", "rescue", "charge", "appoint", "nominate", "fire",
    "employ",
    "adopt", "abduct", "kidnap", "follow", "inherit", "behead", "execute", "detain", "pay", "convict", "sentence",
    "treat",
    "find", "discover", "release", "free", "save", "rob", "chase", "bite", "give", "send", "elect", "invade", "capture",
    "edge", "oust", "assault", "attack", "stop", "question", "interview", "hit", "injure", "wound", "threaten", "punch",
    "slap", "push", "pull", "rape", "bomb", "raid", "coach", "bury", "fund", "sell", "steal",
}  # fmt: skip
_EVEN = {
    "meet", "marry", "date", "join", "resemble", "face", "play", "fight", "divorce", "know", "be", "have",
    "become", "hug", "kiss", "visit", "see", "include", "make", "want", "like", "share", "leave", "need", "take",
    "call", "name",
}  # fmt: skip
_PEOPLE = {
    "actor", "agents", "army", "attacker", "bank", "boy", "brother", "candidate", "child", "coach", "company",
    "court", "daughter", "dealer", "doctor", "doctors", "driver", "father", "firm", "girl", "governor", "guard",
    "guards", "gunman", "gunmen", "husband", "judge", "king", "lawyer", "man", "mayor", "militants", "minister",
    "mother", "nurse", "officer", "officers", "owner", "pilot", "player", "police", "president", "prosecutors",
    "protesters", "queen", "rebels", "reporter", "senator", "singer", "sister", "soldiers", "son", "spokesman",
    "students", "suspect", "teacher", "team", "teenager", "troops", "victim", "wife", "woman",
}  # fmt: skip


def _phrase(token: Token) -> tuple[int, int, str] | None:
    """Give the span and text of a short phrase for a bearer of a role; None for anything else."""
    first, last = token.left_edge, token.right_edge
    inside = token.doc[first.i : last.i + 1]
    named = token.ent_type_ in {"PERSON", "ORG", "GPE"} and token.tag_ in {"NNP", "NNPS"}
    definite = token.lower_ in _PEOPLE and (
        first.lower_ in {"the", "a", "an", "two", "three", "police"} or first.ent_type_ == "PERSON"
    )
    if (
        len(inside) > 6
        or not (named or definite)
        or any(t.text in {",", "'s", "’s"} or t.dep_ in {"poss", "cc"} or in_quotes(t) for t in inside)
    ):
        return None
    return first.idx, last.idx + len(last.text), inside.text


def _between(text: str, at_start: bool, first: Token) -> str:
    """Set the capital of a phrase for its new place."""
    proper = first.ent_type_ != "" or first.tag_ in {"NNP", "NNPS"}
    if first.lower_ in {"the", "a", "an"} or not proper:
        text = text[0].lower() + text[1:]
    return text[0].upper() + text[1:] if at_start else text


def role_edits(doc: Doc) -> list[Edit]:
    """Swap subject and object of a past-tense verb, or patient and agent of a passive one.

    One-way acts (`defeated`, `arrested`) contradict; others (`criticized`) may well be mutual and are only not
    entailed; symmetric verbs are left alone.
    """
    edits: list[Edit] = []
    if is_negative(doc) or is_hedged(doc):
        return edits
    for verb in doc:
        if (
            verb.tag_ not in {"VBD", "VBN"}
            or verb.lemma_ in _EVEN
            or in_quotes(verb)
            or verb.dep_ not in {"ROOT", "ccomp", "advcl"}
        ):
            continue
        children = list(verb.children)
        doer = next((c for c in children if c.dep_ in {"nsubj", "nsubjpass"} and c.i < verb.i), None)
        goal = next((c for c in children if c.dep_ == "dobj" and c.i > verb.i), None)
        if goal is None:
            agent = next((c for c in children if c.dep_ == "agent"), None)
            goal = next((c for c in agent.children if c.dep_ == "pobj"), None) if agent is not None else None
        helpers = {c.lower_ for c in children if c.dep_ in {"aux", "auxpass"}}
        plural = {t.tag_ in {"NNS", "NNPS"} or t.lower_ == "police" for t in (doer, goal) if t is not None}
        if doer is None or goal is None or helpers - {"was", "had", "were"} or (helpers and len(plural) > 1):
            continue
        left, right = _phrase(doer), _phrase(goal)
        same = doer.ent_type_ == goal.ent_type_ or (
            "PERSON" in {doer.ent_type_, goal.ent_type_} and "" in {doer.ent_type_, goal.ent_type_}
        )
        if left is None or right is None or not same or left[2] == right[2]:
            continue
        # A pronoun would point back at the wrong one.
        if any(
            t.lower_ in {"he", "she", "his", "her", "him", "their", "they", "himself", "herself", "who"} for t in doc
        ):
            continue
        label = CONTRADICTION if verb.lemma_ in _ONE_WAY else NOT_ENTAILMENT
        changes = (
            Replacement(left[0], left[1], _between(right[2], left[0] == 0, goal.left_edge)),
            Replacement(right[0], right[1], _between(left[2], False, doer.left_edge)),
        )
        edits.append(Edit("role", changes, label, label, f"{left[2]} <-> {right[2]} ({verb.lemma_})"))
    return edits


# Past tense and participle are one form, so that active and passive voice need no other word.
_PERSONAL = (
    "defeated", "arrested", "replaced", "sued", "hired", "rescued", "questioned", "fired", "appointed", "succeeded",
    "attacked", "shot", "nominated", "robbed", "treated", "convicted", "interviewed", "kidnapped", "blackmailed",
)  # fmt: skip
_SETTINGS = (
    "in the second round of the contest", "after a long dispute over money", "in {city} on {day}", "last {day}",
    "near the main station of {city}", "in the weeks before the election", "shortly after the hearing in {city}",
    "while the cameras were running", "two years after the first trial", "at the end of a tense week",
)  # fmt: skip


def role_templates(
    names: Sequence[str], cities: Sequence[str], count: int, rng: random.Random
) -> list[tuple[str, str, str]]:
    """Write one-way acts between two people in active and passive voice, straight and swapped.

    Real sentences with two names around a one-way verb are few; these make up for them.

    Args:
        names: Full names to draw from.
        cities: Places to draw from.
        count: How many triples of premise, hypothesis and label to make; half of them contradict.
        rng: Where chance comes from.
    """
    found = []
    days = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
    for number in range(count):
        one, two = rng.sample(list(names), 2)
        verb = rng.choice(_PERSONAL)
        setting = rng.choice(_SETTINGS).format(city=rng.choice(list(cities)), day=rng.choice(days))
        active, passive = "{0} {2} {1}", "{1} was {2} by {0}"
        premise = rng.choice((active, passive)).format(one, two, verb)
        label = CONTRADICTION if number % 2 else ENTAILMENT
        doer, goal = (two, one) if label == CONTRADICTION else (one, two)
        hypothesis = rng.choice((active, passive)).format(doer, goal, verb)
        detail = rng.random() < 0.3
        found.append((f"{premise} {setting}.", f"{hypothesis} {setting}." if detail else f"{hypothesis}.", label))
    return found
