"""Cores: the least clause or phrase that says what a value is of, without the story around it.

"Some 30 people were killed, five of them critically wounded, when shells landed at a school" tells of 30 with "Some 30
people were killed". Two long sentences never follow from each other; their cores do once the value is made equal.
"""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

VALUES = {"CARDINAL", "ORDINAL", "QUANTITY", "MONEY", "PERCENT", "DATE", "TIME"}
SUBJECTS = {"nsubj", "nsubjpass", "csubj", "csubjpass"}
# What hangs on a word and tells another story.
ASIDE = {"advcl", "relcl", "acl", "parataxis", "appos", "mark", "preconj", "punct", "dep", "intj"}
AUXILIARIES = {"aux", "auxpass"}
WHO = {"who", "which", "that", "whom"}


@dataclass(frozen=True, slots=True)
class Core:
    """The core of one value.

    Attributes:
        at: offset in the frame's text of a word of the value.
        text: the core.
    """

    at: int
    text: str


def cores(doc: Doc) -> Iterator[Core]:
    """The core of every number, date and time of a parsed text whose core is not all of it."""
    whole = {t.i for t in doc if not t.is_punct}
    for token in doc:
        if token.like_num or token.ent_type_ in VALUES or any(c.isdigit() for c in token.text):
            kept, first = _core(token)
            if kept and set(kept) != whole:
                yield Core(token.idx, _text(doc, first, kept))


def _core(value: Token) -> tuple[list[int], list[int]]:
    """Indices of the tokens of a core, and of those that are carried to its front."""
    dated = [ent for ent in value.doc.ents if ent.start <= value.i < ent.end and ent.label_ in {"DATE", "TIME"}]
    path = [dated[0].root if dated else value]
    while path[-1].head != path[-1] and path[-1].pos_ not in {"VERB", "AUX"}:
        if _describes(path[-1]):
            noun = path[-1].head
            return sorted({*_phrase(noun, {*path}), *_phrase(path[-1], {*path})}), []
        path.append(path[-1].head)
    verb = path[-1]
    kept = set(_phrase(verb, {*path}))
    if any(child.dep_ in SUBJECTS and child.lower_ not in WHO for child in verb.children):
        return sorted(kept), []
    kept -= {child.i for child in verb.children if child.lower_ in WHO}
    return sorted(kept), _carried(verb)


def _describes(token: Token) -> bool:
    """Whether a token, on the way up from a value, tells of a noun rather than counts it: "Ada Lind, 26, won",
    "26-year-old Ada Lind"."""
    behind = token.dep_ == "appos" or (token.dep_ == "nummod" and token.i > token.head.i)
    return token.head.pos_ in {"NOUN", "PROPN"} and (behind or (token.dep_ == "amod" and token.lower_ == "old"))


def _phrase(head: Token, path: set[Token]) -> list[int]:
    """Indices of a word and of what hangs on it, without asides; what is on the path stays."""
    found = [head.i]
    for child in head.children:
        other = child.dep_ == "conj" and child.pos_ in {"VERB", "AUX"} and child not in path
        joins = child.dep_ == "cc" and any(c.dep_ == "conj" and c.pos_ in {"VERB", "AUX"} for c in head.children)
        # "in what appears to be the worst storm of the year"
        clause = child.dep_ == "prep" and any(c.dep_ == "pcomp" for c in child.children)
        if child in path or not (child.dep_ in ASIDE or other or joins or clause):
            found.extend(_phrase(child, path))
    return found


def _carried(verb: Token) -> list[int]:
    """The subject of a verb that has none of its own, with the auxiliary of a passive."""
    above = verb
    for _ in range(4):
        if above.dep_ in {"acl", "relcl"}:
            return _phrase(above.head, {above.head})
        if above.head == above or above.dep_ not in {"conj", "advcl", "xcomp"}:
            return []
        above = above.head
        subject = next((c for c in above.children if c.dep_ in SUBJECTS and c.lower_ not in WHO), None)
        if subject is not None:
            bare = verb.dep_ == "conj" and verb.tag_ == "VBN" and not any(c.dep_ in AUXILIARIES for c in verb.children)
            auxiliaries = [c.i for c in above.children if bare and c.dep_ in AUXILIARIES]
            return [*_phrase(subject, {subject}), *auxiliaries]
    return []


def _text(doc: Doc, first: list[int], kept: list[int]) -> str:
    parts: list[str] = []
    # What joins words, as a hyphen does, stays between them.
    joints = {i + 1 for i in kept if i + 2 in kept and not (doc[i].whitespace_ or doc[i + 1].whitespace_)}
    kept = sorted({*kept, *joints})
    for run in (sorted(set(first) - set(kept)), kept):
        for i, following in zip(run, [*run[1:], -1], strict=False):
            # Words that stood apart are set apart by a space.
            parts.append(doc[i].text_with_ws if following == i + 1 else f"{doc[i].text} ")
    return "".join(parts).strip()
