"""Known slips of the parser around words of saying, mended in the tree before anything reads it."""

from __future__ import annotations

from consistency.split import cues
from consistency.split.sentences import CLOSING, OPENING
from consistency.split.tree import SUBJECTS, Tree
from consistency.split.verbs import is_participle

MARKS = {'"', *OPENING, *CLOSING}


def mend_around_cue(tree: Tree, verb: int) -> None:
    """Puts right what the parser hangs on the wrong side of a cue: on what is said, or on who says it."""
    _infinitive_after_colon(tree, verb)
    _clause_beside_quoting(tree, verb)
    _cue_inside_content(tree, verb)
    _cue_of_another_tense(tree, verb)
    _participle_inside_content(tree, verb)
    _clause_after_quotation(tree, verb)
    _time_behind_cue(tree, verb)


def mend_noun_for_cue(tree: Tree) -> None:
    """ "The policy states: "...", with "states" taken for a noun."""
    for colon in tree.order:
        cue = colon - 1
        if tree.low[colon] != ":" or tree.low.get(colon + 1) not in {'"', "“", "``"} or cue not in tree:
            continue
        if tree.tag[cue] == "NNS" and tree.lemma[cue] in cues.TAIL and tree.kid(cue, "compound", "amod") == cue - 1:
            noun = cue - 1
            said = tree.root if tree.root > colon else next((i for i in tree.kids[cue] if i > colon), None)
            before = {i: (noun, tree.dep[i]) for i in tree.kids[cue] if i < noun}
            after = {i: (cue, tree.dep[i]) for i in tree.kids[cue] if i > cue and i != said}
            moved = {cue: (cue, "ROOT"), noun: (cue, "nsubj"), **before, **after}
            if said is not None and tree.move({**moved, said: (cue, "ccomp")}):
                tree.tag.update({cue: "VBZ", noun: "NN"})


def _infinitive_after_colon(tree: Tree, verb: int) -> None:
    """ "faced a choice: to stand or be used": the infinitive goes with the clause, not with the cue above it."""
    said = tree.all(verb, "ccomp")
    for i in said[1:]:
        if tree.tag[i] == "VB" and tree.subject(i) is None and any(tree.low[k] == "to" for k in tree.all(i, "aux")):
            before = max((j for j in said if j < i), default=None)
            if before is not None and tree.is_finite(before):
                tree.move({i: (before, "xcomp")})


def _clause_beside_quoting(tree: Tree, verb: int) -> None:
    """ "quoted X as saying P, but Q": Q is said too."""
    if tree.dep[verb] != "pcomp" or tree.low[tree.head[verb]] != "as":
        return
    quoting, said = tree.head[tree.head[verb]], tree.kid(verb, "ccomp")
    if said is None or tree.lemma[quoting] not in {"quote", "cite"}:
        return
    for i in tree.all(quoting, "conj"):
        if any(tree.dep[k] in SUBJECTS for k in tree.kids[i]) and i > said:
            linkers = [k for k in tree.all(quoting, "cc", "punct") if said < k < i]
            tree.move({i: (said, "conj"), **{k: (said, tree.dep[k]) for k in linkers}})


def _cue_inside_content(tree: Tree, verb: int) -> None:
    """ "said it was early but added ...", "said P, and called him Q": both cues have one subject."""
    if tree.lemma[verb] not in cues.SPEECH or tree.tag[verb] not in {"VBD", "VBZ"} or tree.subject(verb) is None:
        return
    for said in tree.all(verb, "ccomp"):
        for other in tree.all(said, "conj"):
            same = tree.tag[other] == tree.tag[verb] and tree.subject(other) is None
            cue = tree.lemma[other] in cues.SPEECH | cues.SECOND_CUE | cues.DENIAL
            tenses = {tree.tag[i] for i in (said, *tree.all(said, "aux"))}  # "said it is early but left"
            apart = bool(tenses & {"VBZ", "VBP", "MD"}) and not any(
                tree.low.get(i) in MARKS for i in range(verb, other)
            )
            plain = tree.tag[other] == "VBD" and not is_participle(tree.low[other])
            if said > verb and same and (cue or (apart and plain)):
                linkers = [k for k in tree.all(said, "cc", "punct") if said < k < other]
                tree.move({other: (verb, "conj"), **{k: (verb, tree.dep[k]) for k in linkers}})


def _cue_of_another_tense(tree: Tree, verb: int) -> None:
    """ "called the law that allows it harsh and said P": "said" goes on with "called", not with "allows"."""
    if tree.dep[verb] != "conj" or tree.tag[verb] != "VBD" or tree.subject(verb) is not None:
        return
    joined = tree.head[verb]
    if tree.lemma[verb] not in cues.SPEECH or tree.tag[joined] not in {"VBZ", "VBP"} or tree.dep[joined] == "ROOT":
        return
    above = next((i for i in tree.above(joined) if tree.tag[i] == "VBD" and tree.subject(i) is not None), None)
    if above is not None:
        linkers = [k for k in tree.all(joined, "cc", "punct") if joined < k < verb]
        tree.move({verb: (above, "conj"), **{k: (above, tree.dep[k]) for k in linkers}})


def _participle_inside_content(tree: Tree, verb: int) -> None:
    """ "said requests went unanswered, adding P": whoever said the first thing adds the second."""
    if tree.dep[verb] not in {"advcl", "dep"} or tree.tag[verb] != "VBG" or tree.lemma[verb] not in cues.CONTINUING:
        return
    said = tree.head[verb]
    cue = tree.head[said]
    before = tree.low.get(min(tree.subtree(verb)) - 1)
    is_said = tree.dep[said] == "ccomp" and cue < said < verb and tree.lemma[said] not in cues.SPEECH
    if before == "," and tree.lemma[verb] in cues.IMPLYING:
        return  # what happened suggests it
    if is_said and before in {",", '"', "”", "''"} and tree.lemma[cue] in cues.SPEECH and tree.is_finite(cue):
        tree.move({verb: (cue, "advcl")})


def _clause_after_quotation(tree: Tree, verb: int) -> None:
    """ "said it "knows the risk," because it was too early": what follows the quotation goes with the cue."""
    first = min(tree.subtree(verb))
    if tree.dep[verb] != "advcl" or tree.low.get(first - 1) not in {'"', "”", "''"} or tree.low.get(first - 2) != ",":
        return
    cue = next((i for i in tree.above(verb) if tree.lemma[i] in cues.SPEECH and tree.is_finite(i)), None)
    if cue is not None and cue < first and cue != tree.head[verb]:
        tree.move({verb: (cue, "advcl")})


def _time_behind_cue(tree: Tree, verb: int) -> None:
    """ "said earlier this week his forces had left": the time, with no "that" before it, is when it was said."""
    if tree.lemma[verb] not in cues.SPEECH or tree.tag[verb] not in {"VBD", "VBN"}:
        return
    for said in tree.all(verb, "ccomp"):
        subject, start = tree.subject(said), verb + 1
        if subject is None or not verb < subject < said or tree.kid(said, "mark") is not None:
            continue
        ahead = []
        for kid in tree.kids[said]:
            words = sorted(tree.subtree(kid))
            if words[0] != start or kid > subject or not _is_past_time(tree, kid, words):
                break
            ahead.append(kid)
            start = words[-1] + 1
        if ahead and start == min(tree.subtree(subject)):
            tree.move({kid: (verb, tree.dep[kid]) for kid in ahead})


def _is_past_time(tree: Tree, top: int, words: list[int]) -> bool:
    """ "on Monday", "earlier this week", not "next week"."""
    if tree.dep[top] not in {"npadvmod", "advmod", "prep"} or {"next", "tomorrow"} & {tree.low[i] for i in words}:
        return False
    timed = (tree.doc[i].ent_type_ in {"DATE", "TIME"} or tree.lemma[i] in cues.TIMES for i in words)
    return all(known or tree.tag[i] in {"IN", "DT"} for known, i in zip(timed, words, strict=True)) and any(
        tree.lemma[i] in cues.TIMES or tree.doc[i].ent_type_ for i in words
    )
