"""A frame: the words that attribute something, and how to read its cue, its speakers and its content off the tree."""

from __future__ import annotations

from dataclasses import dataclass

from consistency.claim import Stance
from consistency.split import cues
from consistency.split.tree import Tree

QUOTING = frozenset({"quote", "cite"})


@dataclass(frozen=True, slots=True)
class Frame:
    """Words that attribute something.

    Attributes:
        verb: index of the cue's main word, above the content in the tree.
        cue: indices of the cue's words.
        sources: indices of each speaker's words; empty when nobody is named.
        heads: heads of the clauses that are said.
        content: indices of what is said.
        stance: `asserts`, `denies` or `opinion`, as the cue has it.
        relays: words for whoever passes it on ("the agency" in "the agency quoted X as saying").
    """

    verb: int
    cue: tuple[int, ...]
    sources: tuple[tuple[int, ...], ...]
    heads: tuple[int, ...]
    content: frozenset[int]
    stance: Stance = "asserts"
    relays: tuple[tuple[int, ...], ...] = ()


def source_of(tree: Tree, verb: int) -> list[int]:
    """Whoever says it: the subject, the agent of a passive, or the subject of the clause that this one continues."""
    top = _source_head(tree, verb)
    if top is None or (tree.low[top] in {"it", "there"} and tree.dep[top] in {"expl", "nsubjpass"}):
        return []
    words = tree.subtree(top)
    clause = {top, *words}
    if tree.dep[verb] == "relcl" and (named := _person_before(tree, verb, top)):
        return named
    if verb in clause:  # "the spokesman, who said ...": the speaker without the clause that quotes him
        barred = [i for i in tree.kids[top] if verb in tree.subtree(i)]
        words = tree.subtree(top, barred)
        words = {i for i in words if i < verb}
    words_sorted = sorted(words)
    while words_sorted and tree.doc[words_sorted[-1]].text in {",", "-", "—", "–"}:
        words_sorted.pop()
    return words_sorted


def _person_before(tree: Tree, verb: int, top: int) -> list[int]:
    """ "the ire of Judge Ruth Hill, who said": the person whom "who" follows, not the noun that the parse has."""
    who = tree.subject(verb)
    if who is None or tree.low[who] != "who" or tree.doc[top].ent_type_ == "PERSON":
        return []
    last = who - 2 if tree.low.get(who - 1) == "," else who - 1
    if last not in tree or tree.doc[last].ent_type_ != "PERSON":
        return []
    return sorted(i for i in tree.subtree(last) if i <= last)


def _source_head(tree: Tree, verb: int, depth: int = 0) -> int | None:
    if depth > 4:
        return None
    passive = tree.kid(verb, "auxpass") is not None
    agent = tree.kid(verb, "agent")
    if passive and agent is not None:
        return tree.kid(agent, "pobj")
    if passive and tree.lemma[verb] == "convince":  # "she is convinced that ...": her view
        return tree.kid(verb, "nsubjpass")
    subject = tree.kid(verb, "nsubj", "csubj")
    if subject is not None:
        if tree.tag[subject] in {"WP", "WDT"} and tree.dep[verb] == "relcl":
            return tree.head[verb]
        return subject
    above = tree.head[verb]
    if above == verb:
        return None
    if tree.dep[verb] in {"acl", "relcl"}:
        return above
    if tree.dep[verb] in {"advcl", "conj", "xcomp", "dep", "pcomp", "prep", "acomp"}:
        return _source_head(tree, above, depth + 1)
    return None


def rumour_of(tree: Tree, verb: int) -> int | None:
    """The report or claim that a verb denies: "denied reports of", "called the report false"."""
    below = [i for i in tree.order if i > verb and verb in tree.above(i)]
    if tree.lemma[verb] in cues.DENIAL:
        noun = tree.kid(verb, "dobj", "nsubjpass")
        if noun is None and (as_ := next((i for i in tree.all(verb, "prep") if tree.low[i] == "as"), None)) is not None:
            noun = tree.kid(as_, "pobj")
        named = cues.RUMOUR | (cues.INVOLVEMENT if tree.lemma[verb] == "deny" else frozenset())
        return noun if noun is not None and tree.lemma[noun] in named else None
    if tree.lemma[verb] in {"call", "describe", "brand", "label", "deem"} and any(
        tree.low[i] in cues.FALSE for i in below
    ):
        return next((i for i in below if tree.lemma[i] in cues.RUMOUR), None)
    return None


def cue_words(tree: Tree, verb: int, allowed: set[int]) -> tuple[int, ...]:
    """The cue with its auxiliaries: "has said", "was quoted as saying"."""
    words = {verb} | {i for i in tree.all(verb, "aux", "auxpass", "prt") if i in allowed}
    subject = tree.subject(verb)
    after = -1 if subject is None or subject > verb else subject
    words |= {i for i in tree.all(verb, "advmod") if i in allowed and i > after and tree.low[i] in cues.HEDGES}
    if tree.dep[verb] == "pcomp" and tree.head[verb] in tree and tree.low[tree.head[verb]] == "as":
        above = tree.head[tree.head[verb]]
        words |= {tree.head[verb], above, *tree.all(above, "auxpass")}
    elif tree.dep[verb] == "xcomp":
        above = tree.head[verb]
        words |= {i for i in range(above, verb) if i in tree}
    return tuple(sorted(words))


def stance_of(tree: Tree, verb: int) -> Stance:
    """The stance that a cue by itself gives its content."""
    lemma = tree.lemma[verb]
    if lemma in cues.DENIAL:
        return "denies"
    convinced = tree.low[verb] == "convinced" and tree.kid(verb, "dobj") is None
    return "opinion" if convinced or lemma in cues.THOUGHT - {"know", "see"} else "asserts"


def speakers_in(tree: Tree, source: list[int]) -> tuple[tuple[int, ...], ...]:
    """One group of words for each speaker: "both the Taliban and Khalilzad" are two."""
    if source and tree.low[source[0]] == "both" and (links := [i for i in source if tree.low[i] == "and"]):
        return tuple(source[1 : source.index(links[0])]), tuple(source[source.index(links[0]) + 1 :])
    inside = set(source)
    top = next((i for i in source if tree.head[i] not in inside or tree.head[i] == i), None)
    if top is None:
        return ()
    joined = [i for i in tree.all(top, "conj") if i in inside]
    linkers = [
        i for i in tree.all(top, "cc", "preconj", "punct") if i in inside and (joined or tree.dep[i] == "preconj")
    ]
    if not joined or tree.dep[top] in {"compound"}:
        return (tuple(source),)
    groups = [tuple(sorted(tree.subtree(top, [*joined, *linkers]) & inside))]
    for i in joined:
        groups.extend(speakers_in(tree, sorted(tree.subtree(i) & inside)))
    return tuple(groups)


def trimmed(tree: Tree, words: set[int]) -> list[int]:
    """Without commas at the edges; quotation marks stay."""
    ordered = sorted(words)
    while ordered and tree.doc[ordered[-1]].text in {",", "-", "—", "–", "--"}:
        ordered.pop()
    while ordered and tree.doc[ordered[0]].text in {",", ":", "-", "—", "–", "--"}:
        ordered.pop(0)
    return ordered


def relays_in(tree: Tree, words: list[int]) -> tuple[tuple[int, ...], ...]:
    """Whoever passes it on, if the words name anyone."""
    return (tuple(words),) if any(tree.tag[i][:2] in {"NN", "PR"} for i in words) else ()


def is_below(tree: Tree, i: int) -> bool:
    """ "wrote a letter to the firm that sells it: ...": the verb of a clause that hangs on a noun or on the cue."""
    verbs = [j for j in (i, *tree.above(i)) if tree.is_verb(j)]
    return any(tree.dep[j] in {"relcl", "acl", "advcl", "pcomp"} for j in verbs)


def announces(tree: Tree, verb: int) -> bool:
    """ "wrote", "issued a statement": a colon behind it may open what is said."""
    thing = tree.kid(verb, "dobj")
    issues = tree.lemma[verb] in cues.ISSUING and thing is not None and tree.lemma[thing] in cues.ISSUED
    return issues or tree.lemma[verb] in cues.SPEECH
