"""What a verb takes over from the one that it is joined to, so that it can stand alone: subject and helpers."""

from __future__ import annotations

from consistency.split import cues
from consistency.split.conditions import is_past
from consistency.split.phrases import NEGATIVE, Part, Quotes, bearer, is_plural
from consistency.split.pronouns import is_empty_it
from consistency.split.tree import FINITE, Tree
from consistency.split.verbs import is_participle, past, present

OPEN = {"if", "whether"}


def carried(tree: Tree, quotes: Quotes, head: int, other: int, part: Part) -> tuple[int | str, ...] | None:
    """What a coordinated verb needs from the first one to stand alone, None if it cannot."""
    own = sorted(tree.subtree(other))
    opening = next(i for i in own if i == other or (tree.doc[i].is_alpha and tree.tag[i] != "CC"))
    asks = tree.low[opening] in OPEN or tree.tag[opening] in {"WRB", "WP"}
    if not tree.is_verb(other) or (asks and (opening == own[0] or tree.head[opening] == other)):
        return None  # "asked for how long and whether it would": part of a question
    if head < opening - 1 in tree and tree.doc[opening - 1].is_alpha and tree.tag[opening - 1] != "CC":
        return None  # "were sent to prove it was": no mark and no link before the second clause
    doubts = tuple(_doubts(tree, head, other))
    if tree.subject(other) is not None:
        opening_doubts = tuple(i for i in doubts if i < (tree.subject(head) or 0))
        return opening_doubts if tree.is_finite(other) else None
    chain = [other, *tree.all(other, "conj")]
    while (last := tree.all(chain[-1], "conj")) and last[0] not in chain:
        chain.append(last[0])
    if not any(tree.all(i, "cc") for i in (head, *chain)):
        return None  # "launch attacks, by sending them coded files": no link, so the parser is mistaken
    if any(tree.tag[i][:2] in {"NN", "PR"} and i < other and tree.dep[i] != "npadvmod" for i in tree.kids[other]):
        return None  # it may have a subject of its own that the parser did not see
    if any(tree.tag[i] == "VBG" and i < other and tree.dep[i] not in {"aux", "auxpass"} for i in tree.kids[other]):
        return None  # "and rushing it out is a risk": the subject may be a clause
    if any(tree.tag[i] == "VBG" and head < i < other for i in tree.all(head, "conj")):
        return None
    if tree.tag[other] == "VB" and any(head < i < other for i in tree.all(head, "xcomp")):
        return None  # "would like to stay and find work": more likely to find work
    subject = tree.subject(head)
    words = _swapped_subject(tree, part) or (bearer(tree, quotes, subject) if subject is not None else part.carried)
    if not words or (subject is not None and (tree.dep[subject] == "expl" or is_empty_it(tree, subject))):
        return None
    if any(isinstance(i, int) and tree.low[i] in NEGATIVE for i in words[:2]) or other - head <= 2:
        return None
    helpers = [i for i in tree.all(head, "aux", "auxpass") if i < head]
    if _goes_with(tree, helpers, other):
        return (*words, *sorted((*helpers, *doubts)))
    if tree.is_finite(other):
        if _disagrees(tree, head, other):
            return None
        return None if _may_belong_between(tree, head, other) else (*words, *doubts)
    if tree.tag[other] not in {"VBN", "VBG", "VB", "VBD"} or tree.kid(head, "neg") is not None:
        return None
    if tree.kid(other, "auxpass") is not None:
        helpers = [i for i in helpers if tree.dep[i] == "aux"][:1]
    if not helpers and part.carried and tree.tag[head] == tree.tag[other] and tree.dep[head] == "conj":
        return part.carried  # the third of "must stop, go and rest"
    if not helpers or tree.tag[head] != tree.tag[other] or tree.low[helpers[0]] == "to":
        return None
    return (*words, *sorted((*helpers, *doubts)))


def _goes_with(tree: Tree, helpers: list[int], other: int) -> bool:
    """ "have been caught and held/VBD in camps": of the helpers, since nothing else gives it this tense."""
    perfect = {"have", "been"} <= {tree.low[i] for i in helpers} or {"has", "been"} <= {tree.low[i] for i in helpers}
    bare = tree.kid(other, "aux", "auxpass", "dobj", "ccomp") is None
    return perfect and bare and tree.tag[other] == "VBD" and is_participle(tree.low[other])


def _disagrees(tree: Tree, head: int, other: int) -> bool:
    """ "One theme was that men would look down on us, refuse to help": no "one" refuse; the modal stands elsewhere."""
    subject = tree.subject(head)
    if subject is not None and tree.low[subject] == "i":  # "I was here and have a cold"
        return False
    return {_number(tree, head), _number(tree, other)} == {"one", "several"}


def _number(tree: Tree, verb: int) -> str:
    """Whether a finite verb's form tells one or several, "" when it tells neither."""
    form = next((i for i in tree.all(verb, "aux", "auxpass") if tree.tag[i] in FINITE), verb)
    if tree.tag[form] == "VBZ" or tree.low[form] == "was":
        return "one"
    return "several" if tree.tag[form] == "VBP" or tree.low[form] == "were" else ""


def _may_belong_between(tree: Tree, head: int, other: int) -> bool:
    """ "was minutes away when Hill came in, and at one point sat down": it may be Hill who sat down."""
    if tree.lemma[head] != "be" and tree.tag[head] == tree.tag[other]:
        return False
    between = [i for i in tree.all(head, "advcl") if head < i < other and tree.subject(i) is not None]
    return any(tree.tag[i] == tree.tag[other] for i in between)


def _doubts(tree: Tree, head: int, other: int) -> list[int]:
    """ "allegedly broke in and took cash": "allegedly", which holds for the second verb too."""
    found = [i for i in tree.all(head, "advmod") if i < head and tree.low[i] in cues.DOUBTS]
    apart = "but" in {tree.low[i] for i in tree.all(head, "cc")} or is_past(tree, head) != is_past(tree, other)
    own = any(tree.low[i] in cues.DOUBTS for i in tree.all(other, "advmod"))
    return [] if own or (apart and tree.is_finite(other)) else found


def _swapped_subject(tree: Tree, part: Part) -> tuple[int | str, ...]:
    subject = tree.subject(part.head)
    return part.swaps.get(subject, ()) if subject is not None else ()


def clause_ahead(tree: Tree, head: int, other: int) -> tuple[int, ...] | None:
    """ "felt ill and as it was late went home": the clause, which goes ahead of the carried subject; None if unsure."""
    if tree.subject(other) is not None:
        return ()
    clauses = [i for i in tree.all(other, "advcl") if head < i < other and tree.kid(i, "mark", "advmod") is not None]
    clauses = [i for i in clauses if tree.is_finite(i) and tree.subject(i) is not None]
    if not clauses:
        return ()
    words = sorted(tree.subtree(clauses[0]))
    apart = words[-1] < other and words == list(range(words[0], words[-1] + 1))
    return tuple(words) if len(clauses) == 1 and apart and tree.kid(other, "conj") is None else None


def participle(tree: Tree, quotes: Quotes, head: int, kid: int, part: Part) -> list[Part]:
    """ "..., killing 12 people", "Born in Ohio, ...": a clause with the main one's subject and tense."""
    words = tree.subtree(kid)
    first, last = min(words), max(words)
    subject = tree.subject(head)
    ahead = first < (head if subject is None else subject)
    set_off = tree.low.get(last + 1 if ahead else first - 1) == ","
    who = bearer(tree, quotes, subject) if subject is not None else part.carried
    if not set_off or not who or first != kid or (subject is not None and tree.dep[subject] == "expl"):
        return []
    if not ahead and _may_tell_of_other(tree, head, kid):
        return []
    if subject is not None and tree.low[subject] == "i" and not is_past(tree, head):
        return []  # "I lie here, waiting": the verb's form depends on whom "I" becomes
    if tree.lemma[kid] in cues.NO_PARTICIPLE | cues.CONSEQUENCES:  # "..., causing floods": the whole event did
        return []
    if ahead and any(tree.tag[i] == "MD" for i in tree.all(head, "aux")):
        return []  # "Moving forward, we will ..."
    past_tense, doubts = is_past(tree, head), _doubts(tree, head, kid)
    plural = is_plural(tree, subject)
    if tree.tag[kid] == "VBN" and tree.kid(kid, "dobj") is not None:
        return []  # "Given a choice, ..."
    if tree.tag[kid] == "VBN":
        verb = ("were" if plural else "was") if past_tense else ("are" if plural else "is")
        return [Part(kid, (*who, verb, *doubts))]
    if tree.tag[kid] == "VBG" and tree.kid(kid, "aux", "auxpass") is None:
        verb = past(tree.lemma[kid]) if past_tense else present(tree.lemma[kid], plural)
        if tree.lemma[kid] == "be" and plural and past_tense:
            verb = "were"
        swaps: dict[int, tuple[int | str, ...]] = {kid: (verb,)}
        for i in tree.all(kid, "conj"):
            if tree.tag[i] == "VBG" and tree.kid(i, "aux", "auxpass") is None:
                swaps[i] = (past(tree.lemma[i]) if past_tense else present(tree.lemma[i], plural),)
        return [Part(kid, (*who, *doubts), swaps=swaps)]
    return []


def _may_tell_of_other(tree: Tree, head: int, kid: int) -> bool:
    """ "reached the fort, built in 1610", "sat with a flag, sewn at home": what is told of the noun before it."""
    between = range(head + 1, kid - 1)
    if tree.tag[kid] == "VBN" and tree.tag.get(kid - 2, "")[:2] in {"NN", "CD"}:
        return tree.doc[kid - 2].ent_type_ not in {"DATE", "TIME"}  # "was held on Monday, accused of theft"
    absolute = [i for i in between if tree.low.get(i) == "with" and tree.dep[i] in {"prep", "mark"}]
    return any(tree.tag[j] in {"VBG", "VBN"} for i in absolute for j in tree.subtree(i) if j < kid)
