"""How a speaker stands to a clause: plainly, as a denial, as hearsay, under a condition, for the time to come, as
a view."""

from __future__ import annotations

from consistency.claim import Stance
from consistency.split import cues
from consistency.split.clauses import Clause
from consistency.split.conditions import is_condition
from consistency.split.tree import Tree

ORDER: tuple[Stance, ...] = ("denies", "conditional", "future", "opinion", "reports")


def stance(tree: Tree, clause: Clause, *, is_denial: bool) -> Stance:
    """The stance of a clause; where several fit, the first of denies, conditional, future, opinion, reports.

    Args:
        tree: its sentence.
        clause: the clause.
        is_denial: it denies something, from `denial`.
    """
    words = {i for i in clause.words if isinstance(i, int)}
    found: set[Stance] = set()
    frame_stances = {frame.stance for frame in clause.frames[:1]}
    if is_denial or "denies" in frame_stances:
        found.add("denies")
    head = clause.head
    if any(
        is_condition(tree, kid)
        for i in (head, *tree.all(head, "xcomp", "ccomp"))
        for kid in tree.kids[i]
        if kid in words
    ):
        found.add("conditional")
    if _is_future(tree, clause):
        found.add("future")
    own = tree.subtree(head)
    helpers = {i for i in words if tree.dep[i] == "aux" and (tree.head[i] == head or i not in own)}  # own and carried
    if "opinion" in frame_stances or any(tree.low[i] in cues.OPINION_MODALS for i in helpers):
        found.add("opinion")
    doubted = {i for i in words if tree.head[i] == head or (i not in own and tree.is_verb(tree.head[i]))}
    doubted |= {i for frame in clause.frames for i in (*frame.cue, *tree.kids[frame.verb])}  # "allegedly said that ..."
    if any(tree.low[i] in cues.HEDGES for i in doubted) or _is_hearsay(tree, head):
        found.add("reports")
    return next((kind for kind in ORDER if kind in found), "asserts")


def _is_future(tree: Tree, clause: Clause) -> bool:
    head = clause.head
    helpers = {tree.low[i] for i in tree.all(head, "aux")} | {w for w in clause.words if isinstance(w, str)}
    helpers |= {
        tree.low[i]
        for i in clause.words[:12]
        if isinstance(i, int) and tree.dep[i] == "aux" and tree.head[i] != head and i not in tree.subtree(head)
    }
    if helpers & cues.FUTURE or ("would" in helpers and clause.frames and not _has_perfect(tree, head)):
        return True
    complement = tree.kid(head, "xcomp")
    if complement is None or not any(tree.low[i] == "to" for i in tree.all(complement, "aux")):
        return False
    return tree.lemma[head] in cues.FUTURE_VERBS or (tree.lemma[head] == "go" and tree.tag[head] == "VBG")


def _has_perfect(tree: Tree, head: int) -> bool:
    return any(tree.low[i] == "have" for i in tree.all(head, "aux"))


def _is_hearsay(tree: Tree, head: int) -> bool:
    """ "is said to have ...", "is believed to be ..."."""
    passive = tree.kid(head, "auxpass") is not None and tree.kid(head, "xcomp") is not None
    return passive and tree.lemma[head] in {
        "say",
        "believe",
        "report",
        "rumor",
        "think",
        "allege",
        "understand",
        "claim",
    }
