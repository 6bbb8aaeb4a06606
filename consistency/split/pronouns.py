"""Pronouns, and the human nouns of a sentence that a "he" or "she" may mean just as well as a name."""

from __future__ import annotations

from collections.abc import Iterable

from consistency.split.cues import words as word_set
from consistency.split.names import HUMAN, gender_of_noun
from consistency.split.tree import Tree

HE = word_set("he him his himself")
SHE = word_set("she her hers herself")
FIRST = word_set("i me my")
PLURAL = word_set("they them their theirs")
THING = word_set("it its")
PRONOUNS = HE | SHE | FIRST | PLURAL | THING | word_set("we us our ours mine myself itself themselves you your")
POINTING = word_set("this that these those")
NO_RIVAL = word_set("compound nmod amod attr oprd appos npadvmod")


def gender_told(word: str) -> str:
    """The gender that "he", "her" and the like tell, "" for other words."""
    return "m" if word in HE else "f" if word in SHE else ""


def rival_nouns(tree: Tree, words: Iterable[int], gender: str) -> list[int]:
    """Single persons without a name among some words whom a pronoun of a gender ("": any) may mean: "a bystander"."""
    return [
        i
        for i in words
        if tree.tag[i] == "NN"
        and tree.lemma[i] in HUMAN
        and tree.dep[i] not in NO_RIVAL
        and (not gender or gender_of_noun(tree.lemma[i]) in {"", gender})
        and not any(tree.doc[k].ent_type_ == "PERSON" for k in tree.all(i, "appos"))  # "the captain, Tom Hall,"
    ]


def same_pronoun_above(tree: Tree, i: int) -> int | None:
    """The subject of the nearest clause above, if it is a pronoun of the same gender."""
    for verb in tree.above(i):
        subject = tree.subject(verb)
        if subject is not None and subject < i:
            return subject if any({tree.low[i], tree.low[subject]} <= group for group in (HE, SHE)) else None
    return None


def is_possessive(tree: Tree, i: int) -> bool:
    return tree.tag[i] == "PRP$"


def is_empty_it(tree: Tree, i: int) -> bool:
    """ "it is clear that ...", "it rained": the word refers to nothing."""
    if tree.low[i] != "it" or tree.dep[i] not in {"nsubj", "nsubjpass", "expl"}:
        return False
    verb = tree.head[i]
    if tree.dep[i] == "expl" or tree.lemma[verb] in {"rain", "snow"}:
        return True
    below = [verb, *tree.all(verb, "acomp", "attr", "oprd")]
    return tree.lemma[verb] in {"be", "seem", "appear", "take"} and any(
        tree.kid(j, "ccomp", "csubj", "xcomp", "advcl", "acl", "relcl") is not None for j in below
    )
