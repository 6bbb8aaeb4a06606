"""What a denial denies, as a clause of its own, so that it meets the claim it denies."""

from __future__ import annotations

from consistency.split import cues
from consistency.split.clauses import Clause
from consistency.split.frames import Frame, rumour_of
from consistency.split.tree import Tree
from consistency.split.verbs import past

Words = tuple[int | str, ...]


def denied(tree: Tree, clause: Clause) -> Words | None:
    """What a clause such as "reports of an agreement were not true" denies.

    Args:
        tree: its sentence.
        clause: the clause.

    Returns:
        The denied clause's words ("There was an agreement"), None when the clause denies nothing of the kind.
    """
    head = clause.head
    if tree.lemma[head] != "be":
        return None
    predicate = next(
        (i for i in tree.kids[head] if tree.dep[i] in {"acomp", "attr", "oprd", "prep", "advmod"} and i > head), None
    )
    subject = tree.subject(head)
    if subject is None or predicate is None:
        return None
    negated = any(
        tree.low[i] in {"not", "n't", "never", "no"} for i in tree.subtree(head) if tree.head[i] in {head, predicate}
    )
    low = {tree.low[i] for i in tree.subtree(predicate)}
    is_false = (bool(low & cues.FALSE) and not negated) or (
        negated and bool(low & {"true", "correct", "accurate", "case", "right", "real"})
    )
    if not is_false:
        return None
    if tree.lemma[subject] in cues.RUMOUR:
        return claimed(
            tree, subject, tree.tag[head] in {"VBD"} or any(tree.tag[i] == "VBD" for i in tree.all(head, "aux"))
        )
    clause_of = tree.kid(head, "ccomp", "csubj") or tree.kid(predicate, "ccomp")
    if tree.low[subject] == "it" and clause_of is not None:
        return _without_that(tree, clause_of)
    if tree.dep[subject] == "csubj":
        return _without_that(tree, subject)
    return None


def claimed(tree: Tree, noun: int, is_past: bool) -> Words | None:
    """The clause inside "reports that ...", "claims of ..."."""
    clause = tree.kid(noun, "acl", "relcl", "ccomp", "appos")
    if clause is not None and tree.is_finite(clause) and any(tree.low[i] == "that" for i in tree.all(clause, "mark")):
        return _without_that(tree, clause)
    of = next((i for i in tree.kids[noun] if tree.low[i] in {"of", "about"} and tree.dep[i] == "prep"), None)
    thing = tree.kid(of, "pobj") if of is not None else None
    if thing is None:
        return None
    words = sorted(tree.subtree(thing))
    if tree.low[words[0]] in {"the", "his", "her", "their", "its"} or tree.tag[thing] in {"NNP", "PRP"}:
        return None
    while words and not tree.doc[words[-1]].is_alpha and tree.low[words[-1]] in {",", '"', "”"}:
        words.pop()
    plural = tree.tag[thing] == "NNS" or bool(tree.all(thing, "conj"))
    return ("There", ("were" if plural else "was") if is_past else ("are" if plural else "is"), *words)


def denied_by_cue(tree: Tree, frame: Frame, head: int) -> Words | None:
    """What "denied that ...", "denied having ..." denies."""
    if tree.is_finite(head):
        return _without_that(tree, head)
    subject = frame.sources[0] if frame.sources else ()
    if not subject:
        return None
    words = sorted(tree.subtree(head))
    if tree.tag[head] == "VBG":
        return (*subject, *(past(tree.lemma[i]) if i == head else i for i in words))
    if any(tree.low[i] == "having" for i in words[:1]):
        return (*subject, "had", *words[1:])
    if any(tree.low[i] == "being" for i in words[:1]):
        return (*subject, "was", *words[1:])
    return None


def dismissed(tree: Tree, clause: Clause) -> Words | None:
    """What "dismissed claims that ...", "rejected reports of ...", "called the report of ... false" deny."""
    verb = clause.head
    noun = rumour_of(tree, verb)
    if noun is not None and tree.lemma[noun] not in cues.INVOLVEMENT:
        return claimed(tree, noun, True)
    thing = tree.kid(verb, "dobj")
    if tree.lemma[verb] != "deny" or thing is None or tree.lemma[thing] not in cues.INVOLVEMENT or not clause.subject:
        return None
    if any(tree.low[i] in {"who", "which"} for i in clause.subject):
        return None
    words = [i for i in sorted(tree.subtree(thing)) if not (tree.head[i] == thing and tree.low[i] in {"any", "all"})]
    return (*clause.subject, "had", *words)


def _without_that(tree: Tree, clause: int) -> Words:
    words = sorted(tree.subtree(clause))
    marks = {i for i in tree.all(clause, "mark") if tree.low[i] in {"that", "whether"}}
    return tuple(i for i in words if i not in marks)
