"""Change all, some, most, many, none and the like."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from nli.generators.edit import (
    CONTRADICTION,
    ENTAILMENT,
    NEUTRAL,
    Edit,
    in_quotes,
    is_hedged,
    is_negative,
    replace,
)

# word -> [(new word, forward, back)]; forward: sentence with the word entails the one with the new word, and so on.
_TABLE: dict[str, list[tuple[str, str | None, str | None]]] = {
    "all": [
        ("none", CONTRADICTION, CONTRADICTION),
        ("some", ENTAILMENT, NEUTRAL),
        ("few", CONTRADICTION, CONTRADICTION),
    ],
    "most": [
        ("none", CONTRADICTION, CONTRADICTION),
        ("some", ENTAILMENT, NEUTRAL),
        ("few", CONTRADICTION, CONTRADICTION),
        ("all", NEUTRAL, None),
    ],
    "some": [("none", CONTRADICTION, CONTRADICTION), ("all", NEUTRAL, ENTAILMENT), ("most", NEUTRAL, ENTAILMENT)],
    "many": [("few", CONTRADICTION, CONTRADICTION), ("none", CONTRADICTION, CONTRADICTION), ("all", NEUTRAL, None)],
    "several": [("none", CONTRADICTION, CONTRADICTION), ("all", NEUTRAL, None)],
    "few": [("many", CONTRADICTION, CONTRADICTION), ("most", CONTRADICTION, CONTRADICTION)],
}
_IDIOM_BEFORE = {
    "at",
    "after",
    "above",
    "first",
    "not",
    "once",
    "in",
    "for",
    "of",
    "the",
    "a",
    "as",
    "so",
    "too",
    "how",
    "by",
    "that",
    "this",
    "almost",
    "nearly",
    "very",
    "quite",
    "is",
    "its",
    "it",
    "his",
    "her",
    "their",
    "and",
    "than",
}
_IDIOM_AFTER = {
    "over",
    "but",
    "right",
    "along",
    "too",
    "about",
    "day",
    "time",
    "time-",
    "-",
    "round",
    "around",
    "alone",
    "other",
    "more",
    "another",
    "that",
    "this",
    "kinds",
    "sorts",
    "else",
    "percent",
    "new",
}


def quantifier_edits(doc: Doc) -> list[Edit]:
    """Change the quantifier of the main subject, so that its scope is the whole claim.

    Idioms (`at all`, `after all`, `some 300 people`, `not all`, `all over`) are left alone.
    """
    if (is_negative(doc) and not any(token.lower_ == "few" for token in doc)) or is_hedged(doc):
        return []
    edits = []
    for token in doc:
        if token.lower_ not in _TABLE or in_quotes(token) or not _bears_subject(token):
            continue
        before = doc[token.i - 1].lower_ if token.i else ""
        after = doc[token.i + 1]
        if before in _IDIOM_BEFORE - {"that"} or after.lower_ in _IDIOM_AFTER or after.like_num or "others" in doc.text:
            continue
        partitive = after.lower_ == "of"
        if partitive and token.i + 2 < len(doc) and doc[token.i + 2].lower_ in {"which", "whom", "that", "this"}:
            continue
        for new, forward, back in _TABLE[token.lower_]:
            # "none of the men" but "no men"; a bare plural follows either.
            text = "no" if new == "none" and not partitive else new
            if partitive is False and after.lower_ in {"the", "these", "those", "his", "her", "its", "their"}:
                text = f"{new} of"
            edits.append(Edit("quantifier", (replace(token, text),), forward, back, f"{token.text} -> {text}"))
    return edits


def _bears_subject(token: Token) -> bool:
    """Tell whether a quantifier belongs to the plural subject of the root or of what is reported."""
    noun = token if token.dep_ in {"nsubj", "nsubjpass"} else token.head
    if noun.i > noun.head.i or noun.dep_ not in {"nsubj", "nsubjpass"} or noun.head.dep_ not in {"ROOT", "ccomp"}:
        return False
    if noun is not token and (noun.tag_ != "NNS" or token.dep_ not in {"det", "amod", "predet"}):
        return False
    return token.i + 1 < len(token.doc) and (noun is not token or token.doc[token.i + 1].lower_ == "of")


def order_edits(doc: Doc) -> list[Edit]:
    """Swap `after` and `before` where they order two events; places (`before a judge`) and idioms stay."""
    edits: list[Edit] = []
    if is_negative(doc) or is_hedged(doc):
        return edits
    for token in doc:
        if token.lower_ not in {"after", "before"} or in_quotes(token) or token.i + 1 >= len(doc):
            continue
        clause = token.dep_ == "mark" and token.head.dep_ == "advcl" and token.head.tag_ in {"VBD", "VBZ", "VBN"}
        action = token.dep_ == "prep" and any(child.dep_ == "pcomp" and child.tag_ == "VBG" for child in token.children)
        dated = (
            token.dep_ == "prep"
            and token.head.pos_ == "VERB"
            and any(
                child.dep_ == "pobj"
                and child.lower_
                in {
                    "election",
                    "vote",
                    "meeting",
                    "attack",
                    "war",
                    "trial",
                    "debate",
                    "speech",
                    "shooting",
                    "crash",
                    "game",
                    "hearing",
                    "arrest",
                    "death",
                    "announcement",
                }
                for child in token.children
            )
        )
        attached = token.head.head if clause else token.head
        if (
            (clause or action or dated)
            and attached.tag_ in {"VBD", "VBN"}
            and attached.lemma_ not in _LASTING
            and not _is_modified(doc, token)
        ):
            new = "before" if token.lower_ == "after" else "after"
            change = replace(token, new)
            edits.append(Edit("order", (change,), CONTRADICTION, CONTRADICTION, f"{token.text} -> {new}"))
    return edits


_LASTING = {
    "name", "look", "go", "come", "run", "be", "remain", "continue", "have", "live", "know", "keep", "stay",
    "work", "disagree", "want", "like", "seem",
}  # fmt: skip


def _is_modified(doc: Doc, token: Token) -> bool:
    """Tell `even after`, `only after` and lasting things (`initially`), whose swap need not contradict."""
    near = {t.lower_ for t in doc[max(0, token.i - 2) : token.i + 3]}
    return bool(near & {"even", "only", "initially", "until", "continued", "still", "and", "or"})
