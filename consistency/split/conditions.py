"""Whether a clause is asserted: conditions, tense, and helpers that stand for a verb of the sentence before."""

from __future__ import annotations

from consistency.split import cues
from consistency.split.tree import FINITE, Tree

SUBORDINATE = (cues.ASSERTED | cues.CONTRASTS | cues.CONDITIONS | {"before"}) - {"once"}  # "Once it was a road."


def is_condition(tree: Tree, kid: int) -> bool:
    """Whether an adverbial clause states a condition ("if", "unless"; "until", "once" of what is not past)."""
    if tree.dep[kid] not in {"advcl", "dep"} or tree.lemma[tree.head[kid]] in {"ask", "wonder"}:
        return False
    marks = {tree.low[i] for i in tree.all(kid, "mark", "advmod") if i < kid and tree.low.get(i - 1) != "even"}
    return bool(marks & (cues.CONDITIONS - cues.LIMITS)) or (
        bool(marks & cues.LIMITS) and not is_past(tree, _tensed(tree, tree.head[kid]))
    )


def _tensed(tree: Tree, verb: int) -> int:
    """The verb that gives a participle or an infinitive its tense."""
    if tree.is_finite(verb):
        return verb
    return next((i for i in tree.above(verb) if tree.is_verb(i) and tree.is_finite(i)), verb)


def is_past(tree: Tree, verb: int) -> bool:
    """ "stayed", "had stayed", "did not stay"."""
    return tree.tag[verb] == "VBD" or any(tree.tag[i] == "VBD" for i in tree.all(verb, "aux", "auxpass"))


def lacks_main_verb(tree: Tree, head: int) -> bool:
    """A helper that stands for a verb of the sentence before."""
    if tree.lemma[head] == "do" and any(tree.low[i] == "so" for i in tree.all(head, "advmod")):
        return True
    if tree.tag[head] == "IN" and any(tree.low.get(i) == "," for i in range(tree.order[0], head)):
        return bool(tree.all(head, "aux"))  # "He hasn't, by the way", with "by" for the verb
    if tree.lemma[head] not in {"do", "have", "be"} and tree.tag[head] != "MD":
        return False
    told = {"dobj", "attr", "acomp", "advcl", "prep", "xcomp", "ccomp", "nsubjpass", "oprd", "pobj", "npadvmod"}
    told |= {"csubj", "expl"} | ({"advmod"} if tree.lemma[head] == "be" else set())
    return not any(tree.dep[i] in told and not _is_aside(tree, i) for i in tree.kids[head])


def _is_aside(tree: Tree, phrase: int) -> bool:
    """ "He hasn't, by the way": a phrase behind a comma at the end helps no verb."""
    words = {i for i in tree.subtree(phrase) if tree.doc[i].is_alpha} or {phrase}
    spoken = [i for i in tree.order if tree.doc[i].is_alpha]
    behind = tree.low.get(min(words) - 1) == "," and max(words) == spoken[-1]
    return behind and tree.dep[phrase] in {"prep", "advmod", "npadvmod"}


def is_clause_alone(tree: Tree, head: int) -> bool:
    """ "Particularly when prices are high.": a sentence that is nothing but a clause of time, cause or contrast."""
    first = next((i for i in tree.order if tree.doc[i].is_alpha and tree.tag[i] not in {"RB", "CC"}), -1)
    if head != tree.root or first not in tree or tree.head[first] != head or tree.dep[first] not in {"mark", "advmod"}:
        return False
    subject = tree.subject(head)
    if tree.low[first] not in SUBORDINATE or subject is None or not first < subject < head:
        return False
    # "When Hill was 18 he got in trouble": another verb with tense may be the main one
    return sum(tree.tag[i] in FINITE for i in tree.order) == 1


def opens_condition(tree: Tree, clause: int) -> bool:
    """ "In the event they fail, ...", "Any time it rains, ...", "Had she known, ...": the next clause hangs on it."""
    first = min(tree.subtree(clause))
    pair = f"{tree.low[first]} {tree.low.get(first + 1, '')}"
    inverted = tree.low[first] in {"had", "should", "were"} and tree.dep[first] in {"aux", "auxpass", "ccomp"}
    return tree.tag[first] in {"IN", "WRB"} or inverted or tree.low[first] == "anytime" or pair in cues.WHENEVER


def is_bound(tree: Tree, head: int, other: int) -> bool:
    """Whether a coordinated clause cannot leave the first: "not only X but Y", an aside in brackets."""
    first = min(tree.subtree(other))
    for i in range(min(tree.subtree(head)), first):
        if tree.low.get(i) == "not" and tree.low.get(i + 1) in {"only", "just", "merely"}:
            return True
    return any(tree.low.get(i) == "(" for i in (first, first - 1, first - 2))
