"""Turn what somebody said into what he denied, and a plain claim into its denial."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from nli.generators.edit import Edit, Replacement, contradiction, has_quotes, is_hedged, is_negative

_SAYING = {
    "said": "denied", "says": "denies", "say": "deny", "confirmed": "denied", "claimed": "denied",
    "announced": "denied", "acknowledged": "denied", "insisted": "denied", "stated": "denied",
    "maintained": "denied", "confirms": "denies",
}  # fmt: skip
_WRAPS = (
    "It is not true that {}",
    "Reports that {} are false.",
    "The claim that {} is untrue.",
    "There is no truth to reports that {}",
)


def _saying(doc: Doc) -> tuple[Token, Token] | None:
    """Find (cue, verb of what is said) in "X said (that) P"."""
    root = next(token for token in doc if token.dep_ == "ROOT")
    said = [child for child in root.children if child.dep_ == "ccomp" and child.i > root.i]
    if (
        root.lower_ not in _SAYING
        or len(said) != 1
        or any(c.dep_ in {"aux", "auxpass", "conj", "neg", "dobj"} for c in root.children)
    ):
        return None
    subject = next((child for child in root.children if child.dep_ == "nsubj" and child.i < root.i), None)
    # "Some said P" and "some denied P" may both be true.
    if subject is None or {t.lower_ for t in subject.subtree} & {
        "some",
        "many",
        "people",
        "others",
        "several",
        "one",
        "poll",
        "report",
        "most",
    }:
        return None
    return root, said[0]


def denial_edits(doc: Doc) -> list[Edit]:
    """ "X said P" becomes "X denied that P", where P is plain, positive and not quoted."""
    found = _saying(doc)
    if found is None or has_quotes(doc) or is_negative(doc) or is_hedged(doc):
        return []
    cue, verb = found
    subjects = [child for child in verb.children if child.dep_ in {"nsubj", "nsubjpass", "expl"}]
    if not subjects or verb.i < subjects[0].i:
        return []
    between = doc[cue.i + 1 : verb.left_edge.i]
    follows = doc[cue.i + 1]
    # Only a weekday may stand between: "said Friday that".
    if any(token.ent_type_ != "DATE" for token in between) or follows.text == ",":
        return []
    has_that = any(
        token.lower_ == "that" and token.dep_ == "mark" and token.i < subjects[0].i for token in verb.children
    )
    new = _SAYING[cue.lower_]
    changes = [Replacement(cue.idx, cue.idx + len(cue.text), new)]
    if not has_that:
        start = doc[verb.left_edge.i].idx
        changes.append(Replacement(start, start, "that "))
    return [contradiction("denial", changes, f"{cue.text} -> {new}")]


def wrapped_denial(doc: Doc, pick: int) -> Edit | None:
    """Wrap a plain claim of the outlet's own voice: "It is not true that P".

    Args:
        doc: The sentence, which must be simple, unquoted and positive.
        pick: Which of the wordings to use, counted round.

    Returns:
        The edit, or None where the sentence does not fit.
    """
    root = next(token for token in doc if token.dep_ == "ROOT")
    children = {child.dep_ for child in root.children}
    if (
        has_quotes(doc)
        or is_negative(doc)
        or is_hedged(doc)
        or children & {"ccomp", "parataxis", "conj", "advcl", "cc"}
    ):
        return None
    if (
        len(doc) > 28
        or "," in doc.text
        or root.lemma_ in {"say", "tell"}
        or doc[0].dep_ in {"cc", "advmod", "mark"}
        or doc[len(doc) - 1].text != "."
        or not children & {"nsubj", "nsubjpass"}
    ):
        return None
    wrap = _WRAPS[pick % len(_WRAPS)]
    before, after = wrap.split("{}")
    first = doc[0]
    opening = (
        first.text
        if first.ent_type_ in {"PERSON", "GPE", "ORG", "NORP", "LOC"}
        or first.tag_ in {"NNP", "NNPS"}
        or first.text == "I"
        else first.text[0].lower() + first.text[1:]
    )
    last = doc[len(doc) - 1]
    changes = (
        Replacement(first.idx, first.idx + len(first.text), before + opening),
        Replacement(last.idx, last.idx + 1, after or "."),
    )
    return contradiction("denial", changes, wrap)
