"""Cuts that a sentence entails, and light paraphrases, for the unchanged twins."""

from __future__ import annotations

import random

from spacy.tokens import Doc, Token

from nli.generators.edit import ENTAILMENT, NEUTRAL, Edit, Replacement, in_quotes, is_hedged, is_negative, replace
from nli.generators.figures import NUMBER_WORDS, WORD_OF

# Adverbs whose loss changes what is claimed.
_KEEP = {
    "only", "nearly", "early", "likely", "hardly", "barely", "rarely", "possibly", "probably", "mostly", "partly",
    "roughly",
    "approximately", "reportedly", "allegedly", "supposedly", "apparently", "potentially", "scarcely", "falsely",
    "largely",
    "seemingly", "unlikely", "exactly", "merely", "virtually", "purportedly", "wrongly", "mistakenly",
    "incorrectly", "slightly",
    "generally", "usually", "typically", "normally", "particularly", "especially", "mainly", "primarily", "solely",
    "entirely",
    "previously", "formerly", "finally", "newly", "family", "badly", "well", "initially", "originally", "theoretically",
    "arguably", "presumably", "relatively", "highly", "differently", "poorly", "fairly", "kindly", "ally",
    "friendly", "weekly",
}  # fmt: skip
_DOWNWARD = {
    "all",
    "every",
    "each",
    "any",
    "most",
    "only",
    "than",
    "never",
    "if",
    "unless",
    "fewer",
    "less",
    "first",
    "last",
    "whether",
    "before",
    "doubt",
    "both",
    "same",
}
_TIME_PLACE = {"DATE", "TIME", "GPE", "LOC", "FAC"}


def cuts(doc: Doc) -> list[Edit]:
    """List the parts that may be dropped: entailment forward, neutral back (the longer text says more).

    Non-restrictive relative clauses, appositives and comments in commas or brackets may always go; adverbs and
    phrases of time and place only from positive, unhedged sentences without quantifiers.
    """
    found = [*_bracketed(doc), *_openings(doc)]
    lowered = {token.lower_ for token in doc}
    if not is_negative(doc) and not is_hedged(doc) and not lowered & _DOWNWARD:
        found += [*_adverbs(doc), *_adjuncts(doc), *_endings(doc)]
    return [edit for edit in found if _keeps_sentence(doc, edit)]


def _cut(kind: str, doc: Doc, first: Token, last: Token, back: str | None = NEUTRAL) -> Edit:
    """Make the edit that drops the tokens first to last."""
    gone = Replacement(first.idx, last.idx + len(last.text), "")
    return Edit(f"cut_{kind}", (gone,), ENTAILMENT, back, f"- {doc.text[gone.start : gone.end]}")


def _keeps_sentence(doc: Doc, edit: Edit) -> bool:
    """Refuse cuts that take the root, that leave too little, or that split a quotation."""
    start, end = edit.replacements[0].start, edit.replacements[0].end
    gone = doc.text[start:end]
    root = next(token for token in doc if token.dep_ == "ROOT")
    if start <= root.idx < end or gone.count('"') % 2 or gone.count("“") != gone.count("”"):
        return False
    return len(doc.text.split()) - len(gone.split()) >= 6


def _bracketed(doc: Doc) -> list[Edit]:
    """Find relative clauses, appositives and participles between commas or brackets."""
    found = []
    for token in doc:
        first, last = token.left_edge, token.right_edge
        if first.i == 0 or in_quotes(token) or any(t.dep_ == "ROOT" for t in doc[first.i : last.i + 1]):
            continue
        before = doc[first.i - 1]
        after = doc[last.i + 1] if last.i + 1 < len(doc) else None
        closed = (
            after is not None
            and after.text in {",", ".", "!"}
            and not (after.text == "," and after.i + 1 < len(doc) and doc[after.i + 1].lower_ in {"and", "or"})
        )
        relative = token.dep_ == "relcl" and first.lower_ in {"who", "which", "whose", "where"}
        apposed = (
            token.dep_ == "appos"
            and last.i - first.i >= 1
            and token.pos_ in {"NOUN", "PROPN"}
            and token.head.ent_type_ in {"PERSON", "ORG"}
            and not any(c.dep_ in {"conj", "cc"} for c in token.children)
        )
        if before.text == "," and closed and (relative or apposed) and not (apposed and token.head.dep_ == "conj"):
            start = before
            end = after if after.text == "," else last
            found.append(_cut("relative" if relative else "appositive", doc, start, end))
        if token.text == "(" or before.text != "(":
            continue
        if after is not None and after.text == ")":
            found.append(_cut("bracket", doc, before, after))
    return found


def _openings(doc: Doc) -> list[Edit]:
    """Find a linking word at the start, whose loss changes nothing."""
    first = doc[0]
    if first.lower_ in {"but", "and", "meanwhile", "however", "moreover", "also", "still", "so"} and len(doc) > 8:
        last = doc[1] if doc[1].text == "," else first
        if (
            first.dep_ in {"cc", "advmod"}
            and first.head.dep_ == "ROOT"
            and (last is not first or first.lower_ in {"but", "and"})
        ):
            return [_cut("opening", doc, first, last, back=None)]
    return []


def _endings(doc: Doc) -> list[Edit]:
    """Find what ends the sentence and only adds to it: a second predicate, a participle, a clause with `while`."""
    found = []
    final = len(doc) - 1 if doc[len(doc) - 1].text in {".", "!"} else len(doc)
    root = next(token for token in doc if token.dep_ == "ROOT")
    for token in root.children:
        first, last = token.left_edge, token.right_edge
        if last.i + 1 != final or first.i <= root.i or in_quotes(first) or in_quotes(last):
            continue
        before = doc[first.i - 1]
        predicate = (
            token.dep_ == "conj"
            and token.tag_ in {"VBD", "VBZ", "VBP"}
            and before.lower_ in {"and", "but"}
            and token.tag_ == root.tag_
        )
        if predicate and not any(c.dep_ in {"ccomp", "parataxis"} for c in root.children):
            link = doc[before.i - 1] if doc[before.i - 1].text == "," else before
            found.append(_cut("predicate", doc, link, last))
        participle = token.dep_ == "advcl" and token.tag_ == "VBG" and first.i == token.i
        clause = (
            token.dep_ == "advcl"
            and first.lower_ in {"while", "although", "though", "as", "because"}
            and token.tag_ in {"VBD", "VBZ", "VBP"}
        )
        if before.text == "," and (participle or clause):
            found.append(_cut("ending", doc, before, last))
    for token in doc:
        day = (
            token.dep_ == "npadvmod"
            and token.text.endswith("day")
            and token.ent_type_ == "DATE"
            and token.left_edge.i == token.right_edge.i
        )
        if day and token.head.dep_ == "ROOT" and token.i > token.head.i and not in_quotes(token):
            found.append(_cut("day", doc, token, token))
    return found


def _adverbs(doc: Doc) -> list[Edit]:
    """Find -ly adverbs of a verb that only add how."""
    found = []
    for token in doc:
        plain = token.lower_.endswith("ly") and token.lower_ not in _KEEP and token.tag_ == "RB" and len(token) > 4
        if token.dep_ == "advmod" and plain and token.head.tag_.startswith("VB") and not list(token.children):
            neighbours = [doc[i] for i in (token.i - 1, token.i + 1) if 0 <= i < len(doc)]
            # "reacted angrily" or "acted suspiciously" need their adverb.
            if (
                token.i < token.head.i
                and not in_quotes(token)
                and not any(n.text in {",", '"', "-"} or n.tag_.startswith("RB") for n in neighbours)
            ):
                found.append(_cut("adverb", doc, token, token, back=None))
    return found


def _adjuncts(doc: Doc) -> list[Edit]:
    """Find phrases of time and place at the sentence's ends."""
    found = []
    final = len(doc) - 1 if doc[len(doc) - 1].text in {".", "!"} else len(doc)
    for token in doc:
        if (
            token.dep_ != "prep"
            or token.head.dep_ != "ROOT"
            or token.lower_ not in {"on", "in", "at", "during", "outside", "near"}
        ):
            continue
        if token.head.lemma_ in {"be", "live", "lie", "remain", "bear", "base", "locate", "come", "stay", "sit"}:
            continue
        first, last = token.left_edge, token.right_edge
        inside = doc[first.i : last.i + 1]
        placed = [t for t in inside if t.dep_ == "pobj" and t.head.i == token.i and t.ent_type_ in _TIME_PLACE]
        if not placed or len(inside) > 9 or any(t.dep_ in {"relcl", "ROOT", "ccomp"} or in_quotes(t) for t in inside):
            continue
        if last.i + 1 == final and first.i > 5 and doc[first.i - 1].text != ",":
            found.append(_cut("adjunct", doc, inside[0], inside[-1]))
        elif first.i == 0 and last.i + 1 < len(doc) and doc[last.i + 1].text == ",":
            found.append(_cut("adjunct", doc, inside[0], doc[last.i + 1]))
    return found


def paraphrases(doc: Doc) -> list[Edit]:
    """List rewordings that keep the meaning: digits and words, percent signs, contractions written out."""
    found = []
    for token in doc:
        if in_quotes(token):
            continue
        new = None
        following = doc[token.i + 1].lower_ if token.i + 1 < len(doc) else ""
        counted = token.dep_ == "nummod" and token.head.tag_ == "NNS" and following != "-" and token.ent_type_ != "DATE"
        if token.lower_ in NUMBER_WORDS and counted and NUMBER_WORDS[token.lower_] > 1 and token.i > 0:
            if following not in {"hundred", "thousand", "million", "billion"}:
                new = str(NUMBER_WORDS[token.lower_])
        elif (
            token.text.isdigit()
            and counted
            and int(token.text) in WORD_OF
            and 1 < int(token.text) <= 20
            and token.i > 0
        ):
            if (
                following not in {"hundred", "thousand", "million", "billion", "percent"}
                and doc[token.i - 1].text != "$"
            ):
                new = WORD_OF[int(token.text)]
        elif token.lower_ == "percent" and token.i > 0 and doc[token.i - 1].text.replace(".", "").isdigit():
            found.append(_same(Replacement(token.idx - 1, token.idx + len(token.text), "%"), "percent -> %"))
        elif token.text == "%":
            new = " percent"
        elif token.lower_ in {"n't", "n’t"} and _follows_subject(token):
            new = " not"
        if new is not None:
            found.append(_same(replace(token, new), f"{token.text} -> {new.strip()}"))
    return found


def _follows_subject(negation: Token) -> bool:
    """Accept `n't` behind a whole auxiliary and its subject: inverted forms would need another word order."""
    if negation.i == 0 or negation.nbor(-1).lower_ in {"ca", "wo", "ai", "sha"}:
        return False
    return any(t.dep_ in {"nsubj", "nsubjpass", "expl"} and t.i < negation.i for t in negation.head.children)


def _same(change: Replacement, note: str) -> Edit:
    """Make an edit that keeps the meaning both ways."""
    return Edit("paraphrase", (change,), ENTAILMENT, ENTAILMENT, note)


def twin_edits(doc: Doc, clear_of: Edit | None, rng: random.Random, most: int = 2) -> tuple[Edit, ...]:
    """Draw the edits that make a twin of the sentence, none of them touching another edit.

    Args:
        doc: The sentence.
        clear_of: The edit whose place must stay, or None.
        rng: Where chance comes from.
        most: How many edits at the most.

    Returns:
        Edits that the sentence entails; empty where nothing can be dropped.
    """
    pool = [*cuts(doc), *paraphrases(doc)]
    rng.shuffle(pool)
    chosen: list[Edit] = []
    gone = 0
    for edit in pool:
        size = sum(len(doc.text[r.start : r.end].split()) for r in edit.replacements)
        if len(chosen) == most or gone + size > len(doc.text.split()) - 6:
            continue
        if not any(edit.overlaps(other) for other in (*chosen, *([clear_of] if clear_of else []))):
            chosen.append(edit)
            gone += size
    return tuple(chosen)
