"""Swap who did it and to whom it was done."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from nli.generators.edit import CONTRADICTION, NOT_ENTAILMENT, Edit, Replacement, in_quotes, is_hedged, is_negative

# Acts that the other side did not do back in the same event.
_ONE_WAY = {
    "defeat", "beat", "succeed", "replace", "acquire", "buy", "sue", "arrest", "hire", "shoot", "kill", "murder",
    "stab",
    "outspend", "overtake", "lead", "own", "father", "raise", "rescue", "charge", "appoint", "nominate", "fire",
    "employ",
    "adopt", "abduct", "kidnap", "follow", "inherit", "behead", "execute", "detain", "pay", "convict", "sentence",
    "treat",
    "find", "discover", "release", "free", "save", "rob", "chase", "bite", "give", "send", "elect", "invade", "capture",
}  # fmt: skip
_EVEN = {
    "meet", "marry", "date", "join", "resemble", "face", "play", "fight", "divorce", "know", "be", "have",
    "become", "hug", "kiss", "visit", "see", "include", "make", "want", "like", "share", "leave", "need", "take",
    "call", "name",
}  # fmt: skip
_PEOPLE = {
    "police", "officer", "officers", "man", "woman", "president", "senator", "boy", "girl", "mother", "father",
    "driver", "judge", "prosecutors", "suspect", "victim", "soldiers", "militants", "gunman", "company", "lawyer",
    "reporter", "governor", "mayor", "teacher", "students", "wife", "husband", "protesters", "doctors",
}  # fmt: skip


def _phrase(token: Token) -> tuple[int, int, str] | None:
    """Give the span and text of a short phrase for a bearer of a role; None for anything else."""
    first, last = token.left_edge, token.right_edge
    inside = token.doc[first.i : last.i + 1]
    named = token.ent_type_ in {"PERSON", "ORG", "GPE"} and token.tag_ in {"NNP", "NNPS"}
    definite = token.lower_ in _PEOPLE and (first.lower_ in {"the", "police"} or first.ent_type_ == "PERSON")
    if (
        len(inside) > 4
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
