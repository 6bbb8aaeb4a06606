"""Possible, planned, expected and conditional claims against plain ones: neutral, not contradictory."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from nli.generators.edit import NEUTRAL, Edit, Replacement, in_quotes, is_negative
from nli.generators.inflect import inflect, participle

_PLANNING = {
    "plan",
    "hope",
    "intend",
    "expect",
    "want",
    "aim",
    "seek",
    "threaten",
    "promise",
    "vow",
    "agree",
    "decide",
    "offer",
}


def _subject(verb: Token) -> Token | None:
    """Find the subject that stands before a verb."""
    return next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"} and c.i < verb.i), None)


def modality_edits(doc: Doc) -> list[Edit]:
    """Weaken a plain past claim to a possibility (the plain one does not follow), or drop `may`, `plans to`."""
    edits: list[Edit] = []
    if is_negative(doc):
        return edits
    root = next(token for token in doc if token.dep_ == "ROOT")
    helpers = [c for c in root.children if c.dep_ in {"aux", "auxpass"} and c.i < root.i]
    if in_quotes(root) or any(c.dep_ in {"conj", "cc"} for c in root.children) or _subject(root) is None:
        return edits
    if (
        _subject(root).lower_ in {"i", "we", "you"}
        or any(c.dep_ in {"ccomp", "parataxis"} for c in root.children)
        or root.lemma_ in {"tell", "explain"}
    ):
        return edits
    plural = _subject(root).tag_ in {"NNS", "NNPS"} or _subject(root).lower_ in {"they", "we", "i", "you"}
    # "X did it" -> "X may have done it": only back, since doing it makes saying "may" odd.
    told = root.tag_ == "VBD" and not helpers and root.lemma_ not in {"be", "say", "have"} and root.lemma_.isalpha()
    if told and not any(c.dep_ == "advmod" and c.i < root.i for c in root.children):
        change = Replacement(root.idx, root.idx + len(root.text), f"may have {participle(root.lemma_)}")
        edits.append(Edit("modality", (change,), None, NEUTRAL, f"{root.text} -> {change.text}"))
        plan = Replacement(root.idx, root.idx + len(root.text), f"planned to {root.lemma_}")
        if root.lemma_ in _WILLED and _subject(root).ent_type_ in {"PERSON", "ORG"}:
            edits.append(Edit("modality", (plan,), None, NEUTRAL, f"{root.text} -> {plan.text}"))
    for helper in helpers:
        if helper.lower_ in {"may", "might", "could"} and root.tag_ == "VB" and helper.i + 1 == root.i:
            change = Replacement(helper.idx, helper.idx + len(helper.text), "will")
            edits.append(Edit("modality", (change,), NEUTRAL, None, f"{helper.text} -> will"))
        if helper.lower_ == "will" and helper.i + 1 < len(doc):
            for weak in ("may", "could"):
                change = Replacement(helper.idx, helper.idx + len(helper.text), weak)
                edits.append(Edit("modality", (change,), None, NEUTRAL, f"will -> {weak}"))
    goal = next((c for c in root.children if c.dep_ == "xcomp" and c.tag_ == "VB" and c.i > root.i), None)
    if goal is not None and doc[goal.i - 1].lower_ == "to" and goal.i - 2 == root.i and root.lemma_ in _PLANNING:
        passive = any(c.dep_ == "auxpass" for c in helpers)
        if root.tag_ == "VBD" and not helpers:
            text = inflect(goal.lemma_, "VBD") if goal.lemma_ != "be" else ("were" if plural else "was")
            change = Replacement(root.idx, goal.idx + len(goal.text), text)
        elif root.tag_ in {"VBZ", "VBP"} and not helpers:
            change = Replacement(root.idx, goal.idx, "will ")
        elif (
            passive
            and helpers[0].lower_ in {"is", "are"}
            and len(helpers) == 1
            and root.lemma_ == "expect"
            and helpers[0].i + 1 == root.i
        ):
            change = Replacement(helpers[0].idx, goal.idx, "will ")
        else:
            return edits
        edits.append(
            Edit("modality", (change,), NEUTRAL, None, f"{doc.text[change.start : change.end]} -> {change.text}")
        )
    return edits


def conditional_edits(doc: Doc) -> list[Edit]:
    """Drop the condition of a sentence: what would hold under it does not follow, nor the other way round."""
    edits: list[Edit] = []
    root = next(token for token in doc if token.dep_ == "ROOT")
    if sum(token.lower_ in {"if", "unless"} for token in doc) > 1 or any(
        token.lower_ in {"say", "says", "said", "argued", "then"} for token in doc
    ):
        return edits
    for clause in doc:
        if clause.dep_ != "advcl" or clause.head.i != root.i or in_quotes(clause) or in_quotes(root):
            continue
        inside = list(clause.subtree)
        if inside[0].lower_ not in {"if", "unless"} or not any(
            c.lower_ in {"will", "would", "could", "can"} for c in root.children
        ):
            continue
        first, last = inside[0], inside[-1]
        end = last.idx + len(last.text)
        if first.i == 0 and last.i + 1 < len(doc) and doc[last.i + 1].text == ",":
            gone = Replacement(0, doc[last.i + 1].idx + 1, "")
        elif first.i > root.i and last.i + 1 >= len(doc) - 1:
            gone = Replacement(first.idx, end, "")
        else:
            continue
        if len(doc.text) - (gone.end - gone.start) > 35:
            edits.append(Edit("conditional", (gone,), NEUTRAL, None, f"- {doc.text[gone.start : gone.end]}"))
    return edits


_WILLED = {
    "announce", "attend", "build", "buy", "close", "cut", "file", "fire", "hire", "hold", "join", "launch",
    "leave", "meet", "move", "open", "pay", "publish", "raise", "release", "resign", "run", "sell", "sign",
    "spend", "start", "sue", "travel", "visit", "vote", "withdraw", "write",
}  # fmt: skip
