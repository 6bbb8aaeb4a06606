"""Swap the sentence's predicate for its opposite."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from spacy.tokens import Doc, Token

from nli.generators.edit import Edit, contradiction, in_quotes, is_hedged, is_negative, replace
from nli.generators.inflect import inflect

_TABLE = Path(__file__).parent.parent / "antonyms.tsv"
_PREDICATE_ONLY = {
    "right",
    "wrong",
    "certain",
    "clear",
    "able",
    "official",
    "high",
    "low",
    "known",
    "last",
    "first",
    "old",
    "young",
}
_CONTESTS = {
    "election", "elections", "race", "primary", "primaries", "game", "match", "battle", "seat", "vote", "war",
    "contest", "contests", "case", "state", "states", "bid", "championship", "nomination", "title", "majority",
    "caucuses", "caucus", "delegates", "lawsuit", "appeal", "fight",
}  # fmt: skip
_DEGREE = {
    "too",
    "so",
    "more",
    "less",
    "as",
    "most",
    "least",
    "how",
    "not",
    "only",
    "just",
    "very",
    "first",
    "last",
    "than",
}


@cache
def load_antonyms() -> dict[tuple[str, str], str]:
    """Read the table as {(part, word): opposite}; a word with several opposites keeps the first."""
    table: dict[tuple[str, str], str] = {}
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        part, left, right = line.split("\t")
        table.setdefault((part, left), right)
        table.setdefault((part, right), left)
    return table


def antonym_edits(doc: Doc) -> list[Edit]:
    """Swap a claim-bearing verb or adjective; idioms, comparisons, names and quotations are left alone."""
    if is_negative(doc) or is_hedged(doc):
        return []
    table, edits = load_antonyms(), []
    for token in doc:
        if in_quotes(token) or token.ent_type_ or token.text != token.lower_:
            continue
        new = None
        if token.pos_ == "VERB" and _claims(token):
            base = table.get(("verb", token.lemma_))
            new = inflect(base, token.tag_) if base else None
        elif token.pos_ == "ADJ" and _describes(token):
            new = table.get(("adj", token.lower_))
        if new:
            edits.append(contradiction("antonym", [replace(token, new)], f"{token.text} -> {new}"))
    return edits


def _claims(verb: Token) -> bool:
    """Accept the root or a reported clause's verb without particle, infinitive or clause of its own."""
    if verb.dep_ not in {"ROOT", "ccomp"} or verb.tag_ not in {"VBD", "VBN", "VBZ", "VBP"}:
        return False
    if any(child.dep_ in {"prt", "xcomp", "ccomp", "conj", "neg", "acomp", "oprd"} for child in verb.children):
        return False
    objects = [child.lower_ for child in verb.children if child.dep_ == "dobj"]
    if verb.lemma_ in {"win", "lose"}:
        # "lost track", "lost his life" and "won praise" have no such opposite.
        return all(thing in _CONTESTS for thing in objects)
    if verb.lemma_ in {"appear", "disappear"}:
        return not any(child.lower_ in {"it", "there", "as", "that"} for child in verb.children)
    if verb.lemma_ in {"rise", "fall"}:
        return all(child.lower_ in {"to", "by", "from", "in"} for child in verb.children if child.dep_ == "prep")
    return True


def _describes(adjective: Token) -> bool:
    """Accept a predicate, or the attribute of a definite noun, without degree words."""
    if any(
        child.lower_ in _DEGREE or child.dep_ in {"conj", "cc", "npadvmod", "advcl"} for child in adjective.children
    ):
        return False
    doc = adjective.doc
    neighbours = {doc[i].text.lower() for i in (adjective.i - 1, adjective.i + 1) if 0 <= i < len(doc)}
    if neighbours & (_DEGREE | {"-", "and", "or"}):
        return False
    if adjective.dep_ == "acomp":
        return adjective.head.dep_ in {"ROOT", "ccomp"} and adjective.head.lemma_ in {"be", "become", "remain", "seem"}
    if adjective.dep_ != "amod" or adjective.lower_ in _PREDICATE_ONLY:
        return False
    noun = adjective.head
    # "white" of "the White House" is a name, and "a large crowd" may stand beside a small one.
    definite = any(child.lower_ in {"the", "his", "her", "its", "their", "this"} for child in noun.children)
    central = noun.dep_ in {"nsubj", "nsubjpass", "dobj", "attr"} and noun.head.dep_ in {"ROOT", "ccomp"}
    return noun.pos_ == "NOUN" and (definite or noun.dep_ == "attr") and central
