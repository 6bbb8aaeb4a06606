"""Attributions whose content is no clause: "called for calm", "accused X of fraud", "his support for the law".

They tell how someone stands to something. Such a sentence stays one claim, so they do not take part in splitting;
they are listed by `find_attributions`. Which word takes which content was counted on the training part of PolNeAR
(Newell et al. 2018) by `scripts/build_attitudes.py`: for each lemma and each way its content may hang on it, the share
that annotators marked.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable
from importlib import resources

from consistency.split.cues import words as word_set
from consistency.split.frames import Frame, source_of
from consistency.split.tree import Tree

HANGING = word_set("ccomp xcomp dobj oprd acomp attr advcl acl dative agent relcl")
THRESHOLD = 0.45


def options(tree: Tree, i: int) -> dict[str, frozenset[int]]:
    """What the content of a cue word could be, by the way it hangs on the word."""
    found: dict[str, frozenset[int]] = {}
    pos = tree.doc[i].pos_
    if pos not in {"VERB", "NOUN", "ADJ", "AUX"} or tree.lemma[i] in {"be", "have", "do"}:
        return found
    after = [kid for kid in tree.kids[i] if kid > i and tree.dep[kid] not in {"conj", "cc", "punct", "prt"}]
    for position, kid in enumerate(after):
        dep = tree.dep[kid]
        if dep == "advcl" and tree.low.get(min(tree.subtree(kid)) - 1) == ",":
            continue
        if dep == "prep":
            key, skipped = f"prep:{tree.low[kid]}", {kid}
        elif dep in HANGING:
            key, skipped = dep, set()
        else:
            continue
        if pos in {"NOUN", "ADJ"} and dep not in {"prep", "acl", "ccomp", "xcomp"}:
            continue
        words = (
            set().union(*(tree.subtree(other) for other in after[position:])) if pos == "VERB" else tree.subtree(kid)
        )
        found.setdefault(f"{pos[0]}:{key}", frozenset(_unpunctuated(tree, words - skipped)))
    return {key: words for key, words in found.items() if words}


def find_attitudes(tree: Tree, frames: Iterable[Frame]) -> list[Frame]:
    """Attributions beside the reported speech of a sentence.

    Args:
        tree: the sentence.
        frames: its reported speech.
    """
    taken = {i for frame in frames for i in frame.cue}
    found = []
    for i in tree.order:
        if i in taken:
            continue
        shares = _shares().get(tree.lemma[i])
        if not shares:
            continue
        best = max(((shares.get(key, 0.0), key, words) for key, words in options(tree, i).items()), default=None)
        if best is not None and best[0] >= THRESHOLD:
            found.append(Frame(i, cue_of(tree, i, best[1]), tuple(filter(None, [holder(tree, i)])), (), best[2]))
    return found


def cue_of(tree: Tree, i: int, key: str) -> tuple[int, ...]:
    """The cue with its auxiliaries, its particle, and the preposition of its content."""
    words = {i, *tree.all(i, "aux", "auxpass", "prt", "neg")}
    if ":prep:" in key:
        words |= {kid for kid in tree.all(i, "prep") if tree.low[kid] == key.rsplit(":", 1)[1]}
    return tuple(sorted(words))


def holder(tree: Tree, i: int) -> tuple[int, ...]:
    """Whose attitude it is: the subject of a verb, the owner of a noun."""
    if tree.doc[i].pos_ == "NOUN":
        owner = tree.kid(i, "poss")
        if owner is None:
            by = next((k for k in tree.all(i, "prep") if tree.low[k] in {"by", "from"}), None)
            owner = tree.kid(by, "pobj") if by is not None else None
        if owner is None:
            return ()
        return tuple(sorted(k for k in tree.subtree(owner)))
    if tree.doc[i].pos_ == "ADJ":
        verb = tree.head[i]
        return tuple(source_of(tree, verb)) if tree.is_verb(verb) else ()
    return tuple(source_of(tree, i))


def _unpunctuated(tree: Tree, words: set[int]) -> list[int]:
    ordered = sorted(words)
    while ordered and tree.low[ordered[-1]] in {",", ".", "-", "—", "–", "--", ":", ";"}:
        ordered.pop()
    while ordered and tree.low[ordered[0]] in {",", ":", "-", "—", "–", "--", ";"}:
        ordered.pop(0)
    return ordered


@functools.cache
def _shares() -> dict[str, dict[str, float]]:
    text = resources.files("consistency.split").joinpath("attitudes.json").read_text(encoding="utf-8")
    return json.loads(text)["shares"]
