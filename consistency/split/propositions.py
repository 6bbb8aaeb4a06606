"""The small propositions inside one clause: each member of a list, each place and time by itself.

"The army closed the port in May after the storm" holds "The army closed the port", "... in May" and "... after the
storm". They follow from the clause only where nothing in it is denied, conditional, counted or compared, so such
clauses stay as they are. Finer than what is paired and scored; for coverage and for comparison with gold propositions.
"""

from __future__ import annotations

from dataclasses import replace

from consistency.split import cues
from consistency.split.clauses import Clause, is_condition
from consistency.split.cues import words as word_set
from consistency.split.tree import Tree

BLOCKING = word_set(
    "not n't no never nobody nothing none neither nor only few most than or if unless between both each all"
)
LISTED = {"dobj", "attr", "pobj", "oprd", "appos"}
LOOSE = {"prep", "npadvmod", "advcl"}
MOST = 12


def refine(tree: Tree, clause: Clause) -> list[Clause]:
    """A clause as its small propositions, the fullest ones first.

    Args:
        tree: its sentence.
        clause: the clause.

    Returns:
        Clauses whose words are among its words; the clause itself when it cannot be refined.
    """
    own = frozenset(word for word in clause.words if isinstance(word, int))
    if any(tree.low[i] in BLOCKING for i in own) or any(tree.low[i] in cues.FUTURE for i in own):
        return [clause]
    if any(is_condition(tree, kid) for kid in tree.kids[clause.head]):
        return [clause]
    found: list[frozenset[int]] = []
    for words in _members(tree, own):
        for smaller in _adjuncts(tree, clause.head, words):
            if smaller not in found:
                found.append(smaller)
    kept = [words for words in found if sum(tree.doc[i].is_alpha for i in words) >= 2][:MOST]
    if not kept:
        return [clause]
    return [
        replace(clause, words=tuple(word for word in clause.words if isinstance(word, str) or word in words))
        for words in kept
    ] + _told_of_names(tree, clause, own)


def _members(tree: Tree, words: frozenset[int]) -> list[frozenset[int]]:
    """One set of words for each member of the first list of nouns ("A, B and C")."""
    for top in sorted(words):
        joined = _joined(tree, top) if tree.dep[top] in LISTED and tree.tag[top][:2] == "NN" else []
        joined = [i for i in joined if i in words]
        if not joined:
            continue
        parts = [_alone(tree, i) & words for i in (top, *joined)]
        links = {i for member in (top, *joined) for i in tree.all(member, "cc", "punct")} & words
        rest = words - set().union(*parts) - links
        return [other for part in parts for other in _members(tree, rest | part)]
    return [words]


def _joined(tree: Tree, top: int) -> list[int]:
    direct = [i for i in tree.all(top, "conj") if tree.tag[i][:2] == "NN"]
    return [member for i in direct for member in (i, *_joined(tree, i))]


def _alone(tree: Tree, member: int) -> frozenset[int]:
    """A list's member with its own words."""
    return frozenset(tree.subtree(member, tree.all(member, "conj", "cc", "punct")))


def _adjuncts(tree: Tree, head: int, words: frozenset[int]) -> list[frozenset[int]]:
    """The clause with each of its loose parts alone, and without any."""
    hosts = [head, *(i for i in tree.kids[head] if tree.dep[i] in {"dobj", "attr", "oprd"})]
    loose = [frozenset(tree.subtree(i)) & words for host in hosts for i in tree.kids[host] if tree.dep[i] in LOOSE]
    loose = [part for part in loose if part]
    if not loose:
        return [words]
    core = words - frozenset().union(*loose)
    has_more = any(tree.dep[i] in {"dobj", "attr", "oprd", "acomp", "xcomp", "ccomp"} for i in tree.kids[head])
    return [core | part for part in loose] + ([core] if has_more else [])


def _told_of_names(tree: Tree, clause: Clause, own: frozenset[int]) -> list[Clause]:
    """ "production designer Robert Stromberg", "Kezar Stadium in San Francisco"."""
    found = []
    for name in sorted(own):
        if tree.tag[name] != "NNP":
            continue
        titles = [i for i in tree.all(name, "compound", "nmod") if tree.tag[i] == "NN" and i in own]
        rest = sorted(j for i in tree.all(name, "compound") if tree.tag[i] == "NNP" for j in tree.subtree(i))
        if titles and tree.doc[name].ent_type_ == "PERSON":
            title = sorted(j for i in titles for j in tree.subtree(i))
            article = "an" if tree.low[title[0]][0] in "aeiou" else "a"
            found.append(replace(clause, words=(*rest, name, "is", article, *title), subject=()))
        for inside in tree.all(name, "prep"):
            place = tree.kid(inside, "pobj")
            if tree.low[inside] == "in" and place in own and tree.doc[place].ent_type_ in {"GPE", "LOC"}:
                found.append(replace(clause, words=(*rest, name, "is", *sorted(tree.subtree(inside))), subject=()))
    return found
