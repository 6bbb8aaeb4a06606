"""Attributions whose content is no clause: "called for calm", "accused X of fraud", "his support for the law".

They tell how someone stands to something. Such a sentence stays one claim, so they do not take part in splitting;
they are listed by `find_attributions`. Which word takes which content is decided by a logistic regression over the
word, the way its content hangs on it, and what stands around; its weights were fitted on the training part of PolNeAR
(Newell et al. 2018) by `scripts/fit_attitudes.py`.
"""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Iterable
from importlib import resources

from consistency.split import cues
from consistency.split.cues import words as word_set
from consistency.split.frames import Frame, source_of
from consistency.split.tree import FINITE, Tree

HANGING = word_set("ccomp xcomp dobj oprd acomp attr advcl acl dative agent relcl")
CLAUSES = word_set("ccomp xcomp acl advcl relcl")
THINGS = word_set("dobj oprd attr dative")
SEEMING = word_set("seem appear look prove tend")
LIGHT = word_set("be have do")
THRESHOLD = 0.3


def options(tree: Tree, i: int) -> dict[str, frozenset[int]]:
    """What the content of a cue word could be, by the way it hangs on the word."""
    found: dict[str, frozenset[int]] = {}
    pos = tree.doc[i].pos_
    if pos not in {"VERB", "NOUN", "ADJ", "AUX"} or tree.lemma[i] in LIGHT:
        return found
    after = [kid for kid in tree.kids[i] if kid > i and tree.dep[kid] not in {"conj", "cc", "punct", "prt"}]
    for position, kid in enumerate(after):
        dep = tree.dep[kid]
        if dep == "advcl" and tree.low.get(min(tree.subtree(kid)) - 1) == ",":
            continue
        if dep == "prep" and pos == "VERB" and any(tree.dep[other] in THINGS for other in after[:position]):
            continue  # "described the plan as a trap": the content begins with the plan
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
    passive, subject = tree.kid(i, "nsubjpass"), tree.kid(i, "nsubj")
    if passive is not None:
        found["V:nsubjpass"] = frozenset(_unpunctuated(tree, tree.subtree(passive)))
    raised, below = passive if passive is not None else subject, tree.kid(i, "xcomp", "oprd")
    if raised is not None and below is not None and below > i and (passive is not None or tree.lemma[i] in SEEMING):
        words = tree.subtree(raised) | tree.subtree(below)  # "Hill is expected to win": that Hill wins
        found["V:raised"] = frozenset(_unpunctuated(tree, words))
    return {key: words for key, words in found.items() if words}


def features(tree: Tree, i: int, key: str, words: frozenset[int], quoted: frozenset[int]) -> list[str]:
    """What the decision rests on.

    Args:
        tree: the sentence.
        i: the word that may be a cue.
        key: how its content hangs on it, from `options`.
        words: the content.
        quoted: indices between quotation marks.

    Returns:
        Names of the features that hold.
    """
    lemma, how = tree.lemma[i], key.split(":", 1)[1]
    kind = "clause" if how in CLAUSES else how.split(":")[0]
    who = _kind_of(tree, holder(tree, i))
    head = next((j for j in sorted(words) if tree.head[j] not in words), min(words))
    helpers = [tree.low[j] for j in tree.all(i, "aux", "auxpass", "neg")]
    found = [
        f"{lemma}|{key}",
        f"{lemma}|{kind}",
        f"{lemma}|{key[0]}",
        f"{lemma}|{who}",
        key,
        f"{key}|{who}",
        f"{key}|{tree.tag[i]}",
        f"{lemma[-4:]}|{kind}",
        f"dep={tree.dep[i]}|{kind}",
        f"head={tree.tag[head][:2]}|{kind}",
        f"to={tree.lemma[head]}|{kind}",
        f"long={min(len(words), 24) // 4}|{kind}",
        *(f"helper={word}" for word in helpers),
        *(f"class={name}|{kind}" for name, known in CLASSES.items() if lemma in known),
    ]
    if words & quoted and i not in quoted:
        found.append(f"quotes|{kind}")
    if i in quoted:
        found.append(f"quoted|{kind}")
    if any(tree.tag[j] in FINITE for j in words):
        found.append(f"finite|{kind}")
    if tree.dep[i] == "xcomp":
        found.append(f"after={tree.lemma[tree.head[i]]}")
    return found


CLASSES = {"speech": cues.SPEECH, "thought": cues.THOUGHT, "denial": cues.DENIAL, "rumour": cues.RUMOUR}


def _kind_of(tree: Tree, words: tuple[int, ...]) -> str:
    """What kind of holder it is."""
    if not words:
        return "nobody"
    entities = {tree.doc[j].ent_type_ for j in words[:8]}
    for label in ("PERSON", "NORP", "ORG", "GPE"):
        if label in entities:
            return label
    return tree.low[words[0]] if tree.tag[words[0]] == "PRP" else tree.tag[words[-1]][:3]


def chance(found: Iterable[str]) -> float:
    """How likely something with these features is an attribution, between 0 and 1."""
    weights = _weights()
    return 1 / (1 + math.exp(-weights[""] - sum(weights.get(name, 0.0) for name in found)))


def find_attitudes(tree: Tree, frames: Iterable[Frame], quotes: list[tuple[int, int]]) -> list[Frame]:
    """Attributions beside the reported speech of a sentence.

    Args:
        tree: the sentence.
        frames: its reported speech.
        quotes: the paragraph's quotations.
    """
    taken = {i for frame in frames for i in frame.cue}
    quoted = frozenset(i for i in tree.order if any(start < i < end for start, end in quotes))
    found = []
    for i in tree.order:
        if i in taken:
            continue
        rated = [(chance(features(tree, i, key, words, quoted)), key, words) for key, words in options(tree, i).items()]
        best = max(rated, default=None, key=lambda one: one[0])
        if best is not None and best[0] >= THRESHOLD:
            who = () if best[1] == "V:raised" else holder(tree, i)
            found.append(Frame(i, cue_of(tree, i, best[1]), (who,) if who else (), (), best[2]))
    return found


def cue_of(tree: Tree, i: int, key: str) -> tuple[int, ...]:
    """The cue with its auxiliaries, its particle, and the preposition of its content."""
    words = {i, *tree.all(i, "aux", "auxpass", "prt", "neg")}
    if ":prep:" in key:
        words |= {kid for kid in tree.all(i, "prep") if tree.low[kid] == key.rsplit(":", 1)[1]}
    return tuple(sorted(words))


def holder(tree: Tree, i: int) -> tuple[int, ...]:
    """Whose attitude it is: the subject of a verb, the owner of a noun, or whoever makes or has it."""
    if tree.doc[i].pos_ == "NOUN":
        owner = tree.kid(i, "poss")
        if owner is None:
            by = next((k for k in tree.all(i, "prep") if tree.low[k] in {"by", "from"}), None)
            owner = tree.kid(by, "pobj") if by is not None else None
        if owner is None:
            above = tree.head[i]
            return tuple(source_of(tree, above)) if tree.dep[i] == "dobj" and tree.is_verb(above) else ()
        return tuple(sorted(k for k in tree.subtree(owner)))
    if tree.doc[i].pos_ == "ADJ":
        verb = tree.head[i]
        return tuple(source_of(tree, verb)) if tree.is_verb(verb) else ()
    if tree.kid(i, "auxpass") is not None and tree.kid(i, "agent") is None:
        return ()
    return tuple(source_of(tree, i))


def _unpunctuated(tree: Tree, words: set[int]) -> list[int]:
    ordered = sorted(words)
    while ordered and tree.low[ordered[-1]] in {",", ".", "-", "—", "–", "--", ":", ";"}:
        ordered.pop()
    while ordered and tree.low[ordered[0]] in {",", ":", "-", "—", "–", "--", ";"}:
        ordered.pop(0)
    return ordered


@functools.cache
def _weights() -> dict[str, float]:
    """Each feature's weight; the one of "" always counts."""
    text = resources.files("consistency.split").joinpath("attitudes.json").read_text(encoding="utf-8")
    return json.loads(text)["weights"]
