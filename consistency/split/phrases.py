"""Noun phrases, and what is told beside them: relative clauses and appositions that can stand alone."""

from __future__ import annotations

from dataclasses import dataclass, field

from consistency.split import cues
from consistency.split.cues import words as word_set
from consistency.split.names import HUMAN, HUMAN_ENDINGS
from consistency.split.tree import FINITE, SUBJECTS, Tree

Quotes = list[tuple[int, int]]
NEGATIVE = word_set("no none nobody nothing neither never few hardly nor")
RELATIVE = word_set("who which whom whose")
HOLLOW = word_set("person man woman thing one place way time issue problem matter")
LONGEST_TAIL = 6  # words of a noun that may be put at the end of a clause
SET_OFF = {",", "—", "–", "--", "("}


@dataclass(slots=True)
class Part:
    """A part to be visited on its own: its head, its words ahead of the own ones, and whether the rest keeps it too."""

    head: int
    carried: tuple[int | str, ...] = ()
    copied: bool = False
    swaps: dict[int, tuple[int | str, ...]] = field(default_factory=dict)
    tail: tuple[int | str, ...] = ()


def is_plural(tree: Tree, subject: int | None) -> bool:
    if subject is None:
        return False
    return (
        tree.tag[subject] in {"NNS", "NNPS"}
        or tree.low[subject] in {"they", "we", "you", "these", "those"}
        or any(tree.dep[i] == "conj" for i in tree.kids[subject])
    )


def noun_parts(tree: Tree, quotes: Quotes, words: set[int]) -> list[Part]:
    parts: list[Part] = []
    for noun in sorted(words):
        for kid in tree.kids[noun]:
            if kid not in words:
                continue
            made = None
            if tree.dep[kid] == "relcl":
                made = _relative(tree, quotes, noun, kid)
            elif tree.dep[kid] == "acl":
                made = _described(tree, quotes, noun, kid)
            elif tree.dep[kid] == "appos":
                made = _apposition(tree, quotes, noun, kid)
            if made is not None:
                parts.append(made)
    return parts


def _is_set_off(tree: Tree, top: int) -> bool:
    first = min(tree.subtree(top))
    return first - 1 in tree and tree.low[first - 1] in {",", "—", "–", "--", "("}


def _relative(tree: Tree, quotes: Quotes, noun: int, kid: int) -> Part | None:
    """A relative clause set off by a comma, with its noun in the pronoun's place."""
    if not tree.is_finite(kid):
        return None
    if not _is_set_off(tree, kid):
        return _described(tree, quotes, noun, kid)
    if tree.dep[noun] == "conj" and any(tree.low[i] == "or" for i in tree.all(tree.head[noun], "cc")):
        return None
    pronouns = [i for i in sorted(tree.subtree(kid)) if tree.low[i] in RELATIVE]
    if pronouns and tree.low[min(tree.subtree(kid))] == "where":
        return None
    if not pronouns or pronouns[0] > kid:
        return None
    pronoun = pronouns[0]
    if pronoun not in _own_words(tree, kid):
        return None
    phrase = noun_phrase(tree, quotes, noun)
    if not phrase or tree.tag[phrase[0]] in {"VBN", "VBG"} or any(tree.tag[i] in FINITE for i in phrase):
        return None
    if (
        tree.lemma[kid] in cues.CONSEQUENCES and tree.low[pronoun] == "which"
    ):  # "..., which led to": the whole event led
        return None
    if (
        not phrase
        or max(phrase) + 1 != min(tree.subtree(kid)) - 1
        or tree.low[phrase[0]] in NEGATIVE | {"any", "each", "every"}
    ):
        return None
    owner = tree.head[pronoun]
    if tree.dep[noun] == "pobj" and tree.low[tree.head[tree.head[noun]]] == "one":
        return None  # "one of the guards, who ...": one, or all of them
    if tree.dep[noun] == "appos" and tree.tag[tree.head[noun]] in {"NNP", "NNPS"}:
        phrase = noun_phrase(tree, quotes, tree.head[noun])  # "Ann Reed, a nurse, whose son ...": of Ann Reed
    if tree.low[pronoun] in {"who", "whom"} and not _may_be_person(tree, noun):
        above = tree.head[tree.head[noun]]  # "a student at the march, who ...": the student
        if tree.dep[noun] != "pobj" or tree.lemma[above] not in HUMAN or not _agrees(tree, above, kid):
            return None
        phrase = [i for i in noun_phrase(tree, quotes, above) if i <= max(phrase)]
    if tree.low[pronoun] == "whose" and any(tree.tag[i][:2] in {"NN", "PR"} for i in range(owner + 1, kid)):
        return None  # "whose officials it calls puppets"
    if tree.low[pronoun] == "which" and _may_mean_noun_above(tree, noun, kid, pronoun):
        return None
    if tree.low[pronoun] == "whose":
        mark = "'" if tree.low[phrase[-1]].endswith("s") else "'s"
        return Part(kid, swaps={pronoun: (*phrase, mark)})
    if tree.dep[pronoun] in {"nsubj", "nsubjpass"}:
        if owner == kid and not _agrees(tree, noun, kid):  # "the stance on cuts, which was reported"
            above = tree.head[tree.head[noun]] if tree.dep[noun] == "pobj" else noun
            if above == noun or tree.tag[above][:2] != "NN" or not _agrees(tree, above, kid):
                return None
            phrase = [i for i in noun_phrase(tree, quotes, above) if i <= max(phrase)]
        return Part(kid, swaps={pronoun: tuple(phrase)})
    if tree.dep[pronoun] == "dobj" and owner == kid and tree.subject(kid) is not None:
        if any(tree.dep[i] == "prep" and not tree.kids[i] for i in tree.kids[kid]):  # "which they objected to"
            return None
        return Part(kid, swaps={pronoun: (), kid: (kid, *phrase)})
    if tree.dep[pronoun] == "pobj" and tree.tag[tree.head[owner]][:2] in {
        "NN",
        "CD",
        "DT",
        "JJ",
    }:  # "two of whom died"
        return Part(kid, swaps={pronoun: tuple(phrase)})
    if tree.dep[pronoun] == "pobj" and owner + 1 == pronoun and tree.head[owner] == kid:  # "in which ..."
        if len(phrase) > LONGEST_TAIL or any(i > kid and tree.low[i] == "," for i in tree.subtree(kid)):
            return None  # far from its verb it would belong to something else
        return Part(kid, swaps={pronoun: (), owner: ()}, tail=(owner, *phrase))
    return None


def _may_be_person(tree: Tree, noun: int) -> bool:
    """Whether "who" may follow a noun: no place, date or thing does; a name, a plural or a role may."""
    kind = tree.doc[noun].ent_type_
    if kind in {"GPE", "LOC", "FAC", "DATE", "TIME", "EVENT", "PRODUCT", "WORK_OF_ART"}:
        return False
    if tree.dep[noun] == "pobj" and tree.tag[noun] in {"NNP", "NNPS"} and kind not in {"", "PERSON", "NORP"}:
        return False  # "fans of the Lions, who ..."
    if tree.tag[noun] != "NN" or tree.dep[noun] != "pobj":
        return True
    return tree.lemma[noun] in HUMAN or tree.low[noun].endswith(HUMAN_ENDINGS[:5])  # "a matter" is no person


def _may_mean_noun_above(tree: Tree, noun: int, verb: int, pronoun: int) -> bool:
    """ "a truck on the car deck, which ...", "a plant built by Marlow Steel, which ...": either noun may be meant."""
    above = tree.head[tree.head[noun]]
    while tree.tag[above] in {"VBN", "VBG"} and tree.dep[above] in {"acl", "conj", "advcl"}:
        above = tree.head[above]
    if tree.dep[noun] != "pobj" or tree.tag[above][:2] != "NN" or tree.lemma[above] in HUMAN:
        return False
    agrees = tree.dep[pronoun] not in SUBJECTS or _agrees(tree, above, verb)  # "cuts in spending, with which he ..."
    return tree.doc[above].ent_type_ != "PERSON" and agrees and tree.low[noun - 1] != "which"


def _agrees(tree: Tree, noun: int, verb: int) -> bool:
    """Whether noun and verb may be of one number."""
    forms = {tree.low[i] for i in (verb, *tree.all(verb, "aux", "auxpass"))}
    if is_plural(tree, noun):
        return not (forms & {"is", "was", "has", "does"} or tree.tag[verb] == "VBZ")
    return not forms & {"are", "were"}


def _described(tree: Tree, quotes: Quotes, noun: int, kid: int) -> Part | None:
    """ "X is a writer who lives in Y", "X is a song released by Y": what is told of the noun holds for X."""
    verb = tree.head[noun]
    subject = tree.subject(verb)
    if tree.dep[noun] != "attr" or tree.lemma[verb] != "be" or subject is None or subject > verb:
        return None
    if tree.tag[verb] not in {"VBZ", "VBP", "VBD"} or tree.kid(verb, "neg") is not None or tree.dep[subject] == "expl":
        return None
    if tree.lemma[subject] in cues.TIMES or tree.low[subject] == "tonight":
        return None  # "Tonight was a vigil that turned into a riot"
    if tree.tag[subject][:2] not in {"NN", "PR"} or not any(tree.low[i] in {"a", "an"} for i in tree.all(noun, "det")):
        return None
    modifiers = [i for i in tree.kids[noun] if tree.dep[i] not in {"det", "relcl", "acl"} and tree.doc[i].is_alpha]
    if not modifiers and tree.low[noun] in HOLLOW:
        return None  # "is a man who ..." says nothing without the clause
    if any(i > kid for i in tree.all(noun, "appos")):
        return None  # "It's a shop called Kind Cures, a tea shop": without its middle it says nothing
    who = noun_phrase(tree, quotes, subject)
    if tree.dep[kid] == "acl":
        if tree.tag[kid] != "VBN" or kid != min(tree.subtree(kid)):
            return None
        told = any(tree.doc[i].ent_type_ == "DATE" or tree.dep[i] == "agent" for i in tree.subtree(kid))
        if tree.tag[verb] != "VBD" and not told and tree.lemma[kid] in cues.STATES:
            return Part(kid, (*who, "are" if is_plural(tree, subject) else "is"))
        if tree.tag[verb] != "VBD" and not told and tree.lemma[kid] != "bear":
            return None  # "is a site visited in winter": was, or is still
        return Part(kid, (*who, "were" if is_plural(tree, subject) else "was"))
    pronoun = tree.subject(kid)
    if pronoun is None or tree.low[pronoun] not in {"who", "which", "that"} or pronoun != min(tree.subtree(kid)):
        return None
    return Part(kid, swaps={pronoun: tuple(who)})


def _own_words(tree: Tree, clause: int) -> set[int]:
    inner = [
        i for i in tree.subtree(clause) if i != clause and tree.dep[i] in {"relcl", "ccomp", "advcl", "conj", "acl"}
    ]
    return tree.subtree(clause, inner)


def _apposition(tree: Tree, quotes: Quotes, noun: int, kid: int) -> Part | None:
    """ "Ghani, the president of Afghanistan," with "is" between the two."""
    if not _is_set_off(tree, kid) or kid < noun or tree.tag[kid][:2] != "NN":
        return None
    name, what = noun_phrase(tree, quotes, noun), sorted(tree.subtree(kid))
    if tree.all(noun, "conj") or tree.tag.get(what[-1] + 1) == "CC":
        return None  # "on the rim, an arc of volcanoes, and the fault lines", "Tom and Ann, the driver": a list
    if not name or any(tree.low[i] == "," for i in name):
        return None
    if any(tree.low[i] in {",", ";", ":", '"', "“"} for i in what[:-1]) and tree.all(kid, "conj"):
        return None
    if tree.doc[kid].ent_type_ == "PERSON" and any(
        tree.doc[i].ent_type_ != "PERSON" for i in what if tree.doc[i].is_alpha
    ):
        return None
    if tree.doc[kid].ent_type_ == "PERSON" and tree.low[name[0]] in {"the", "his", "her", "its", "their"}:
        spoken = any(start < kid < end for start, end in quotes)
        human = tree.lemma[noun] in HUMAN or (not spoken and tree.low[noun].endswith(HUMAN_ENDINGS))
        if not human:  # "You would have liked the wine, Ivo."
            return None
        return Part(kid, copied=kid == name_beside(tree, noun), tail=("is", *name))
    human = tree.lemma[kid] in HUMAN or tree.low[kid].endswith(HUMAN_ENDINGS)
    if tree.doc[noun].ent_type_ == "PERSON" and tree.kid(noun, "prep") is not None and not human:
        return None  # "Ann Reed of the Ostle Trust, a charity": the trust is one
    if _may_tell_of_neighbour(tree, noun, human):
        return None
    if tree.lemma[kid] in cues.SUMMING:  # "the arrest of X, a claim made by ...": all of it is the claim
        return None
    if tree.tag[noun] not in {"NNP", "NNPS"} or tree.low[what[0]] not in {
        "a",
        "an",
        "the",
        "his",
        "her",
        "its",
        "their",
    }:
        return None
    verb = "are" if tree.tag[kid] in {"NNS", "NNPS"} or is_plural(tree, noun) else "is"
    return Part(kid, (*name, verb))


def _may_tell_of_neighbour(tree: Tree, noun: int, human: bool) -> bool:
    """ "Woz in Harbor, the new film", "Paul Stone of Marlow, the mayor": what is told fits the other name better."""
    kind = tree.doc[noun].ent_type_
    below = [j for i in tree.all(noun, "prep") for j in tree.all(i, "pobj") if tree.tag[j][:3] == "NNP"]
    below = [j for j in below if not _is_one_name(tree, noun, j)]
    if below and human:
        return kind != "PERSON" or any(tree.doc[j].ent_type_ == "PERSON" for j in below)
    if below and (kind == "PERSON" or (not kind and tree.kid(noun, "det") is None)):
        return True
    above = tree.head[tree.head[noun]]
    if tree.dep[noun] != "pobj" or tree.tag[above][:3] != "NNP" or _is_one_name(tree, above, noun):
        return False
    return (kind == "PERSON") != human and (human or tree.doc[above].ent_type_ != "PERSON")


def _is_one_name(tree: Tree, first: int, last: int) -> bool:
    """ "University of Marlow"."""
    return bool(tree.doc[first].ent_type_) and all(
        tree.doc[i].ent_type_ and tree.doc[i].ent_iob_ == "I" for i in range(first + 1, last + 1)
    )


def name_beside(tree: Tree, noun: int) -> int | None:
    """The name in "the group's leader, Ann Reed, ..."."""
    if tree.tag[noun] not in {"NN", "NNS"}:
        return None
    beside = [i for i in tree.all(noun, "appos") if i > noun and tree.doc[i].ent_type_ == "PERSON"]
    return next((i for i in beside if _is_set_off(tree, i)), None)


def bearer(tree: Tree, quotes: Quotes, subject: int) -> tuple[int, ...]:
    """A subject as it stands before another verb: the name where a title has one, an inset closed by its comma."""
    words = noun_phrase(tree, quotes, name_beside(tree, subject) or subject)
    commas = [i for i in words if tree.low[i] == ","]
    if commas and tree.low.get(words[-1] + 1) == "," and not any(tree.dep[i] in {"cc", "conj"} for i in words):
        words = [*words, words[-1] + 1]
    return tuple(words)


def noun_phrase(tree: Tree, quotes: Quotes, noun: int) -> list[int]:
    """A noun with what belongs to it, without clauses and appositions set off by commas."""
    barred = [i for i in tree.kids[noun] if tree.dep[i] in {"relcl", "appos", "acl"} and _is_set_off(tree, i)]
    phrase = tree.subtree(noun, barred)
    words = sorted(
        phrase | {i for pair in quotes if set(range(pair[0] + 1, pair[1])) <= phrase for i in pair if i in tree}
    )
    words = _without_brackets(tree, words)
    closers = {end for start, end in quotes if start in words}
    if barred:
        end = min(min(tree.subtree(i)) for i in barred)
        words = [i for i in words if i < max(end, noun + 1)]
    while words and words[-1] not in closers and not any(c.isalnum() for c in tree.low[words[-1]]):
        words.pop()
    while (
        words
        and (tree.low[words[0]] in {",", "and", "but", "both"} or tree.tag[words[0]] in {"IN", "WDT"})
        and words[0] < noun
    ):
        words.pop(0)
    return words


def _without_brackets(tree: Tree, words: list[int]) -> list[int]:
    kept, depth = [], 0
    for i in words:
        depth += tree.low[i] == "("
        if depth <= 0:
            kept.append(i)
        depth -= tree.low[i] == ")"
    return kept if depth == 0 else words
