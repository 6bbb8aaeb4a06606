"""Add or remove the negation of a sentence's own claim."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from nli.generators.edit import Edit, Replacement, contradiction, has_quotes, in_quotes, is_negative
from nli.generators.inflect import inflect

_AUX = {"is", "are", "was", "were", "has", "have", "had", "will", "would", "can", "does", "do", "did", "should"}
_REPORTING = {
    "say",
    "tell",
    "report",
    "add",
    "write",
    "claim",
    "announce",
    "confirm",
    "explain",
    "note",
    "state",
    "show",
    "admit",
    "suggest",
    "quip",
    "joke",
    "argue",
    "insist",
    "tweet",
    "declare",
    "reply",
    "continue",
    "conclude",
    "recall",
    "warn",
    "ask",
    "read",
    "go",
}
# Words that would make the negated sentence odd, or a different claim.
_AWKWARD = {
    "also", "still", "already", "only", "just", "even", "always", "often", "never", "again", "too", "yet", "some",
    "someone",
    "something", "somewhere", "any", "anyone", "anything", "either", "both", "many", "several", "most", "all",
    "every", "each",
    "but", "although", "though", "despite", "because", "sometimes", "almost", "nearly", "really", "simply",
    "actually", "once",
    "first", "now", "finally", "much", "least", "such", "so", "until", "since", "other", "another", "mostly",
    "rather", "while",
}  # fmt: skip


def _claim_verb(doc: Doc) -> Token | None:
    """Find the verb that carries the claim: what is said in "X said P", otherwise the root."""
    root = next(token for token in doc if token.dep_ == "ROOT")
    if root.lemma_ in _REPORTING:
        said = [token for token in root.children if token.dep_ == "ccomp"]
        # "Some say it is" and "some say it is not" are both true at once: the speaker must be definite too.
        return said[0] if len(said) == 1 and _definite_subject(root) and not has_quotes(doc) else None
    return root


def _definite_subject(verb: Token) -> bool:
    """Tell whether the subject names its bearer, so that the negation cannot be true of others at once."""
    subjects = [token for token in verb.children if token.dep_ in {"nsubj", "nsubjpass"}]
    if len(subjects) != 1 or subjects[0].i > verb.i:
        return False
    subject = subjects[0]
    if subject.tag_ in {"NNP", "NNPS"} or subject.lower_ in {"he", "she", "it", "they", "we", "i", "this", "that"}:
        return True
    starts = {token.lower_ for token in subject.children if token.dep_ in {"det", "poss"}}
    return bool(starts & {"the", "his", "her", "its", "their", "this", "our", "my"}) or any(
        token.dep_ == "poss" for token in subject.children
    )


def _plain(verb: Token) -> bool:
    """Refuse verbs in quotes, joined by `and`, in a question or beside words that do not bear negation."""
    family = list(verb.children)
    if in_quotes(verb) or any(child.dep_ in {"conj", "cc", "neg", "preconj", "expl"} for child in family):
        return False
    if any(child.dep_ == "advcl" for child in family) or (
        verb.tag_ in {"VB", "VBG"} and not any(c.dep_ == "aux" for c in family)
    ):
        return False
    near = {token.lower_ for token in verb.subtree}
    return not near & _AWKWARD


def negation_edits(doc: Doc) -> list[Edit]:
    """Negate a positive sentence, with do-support where it is needed, or take the negation out."""
    verb = _claim_verb(doc)
    if verb is None or not _definite_subject(verb) or in_quotes(verb):
        return []
    if any(child.dep_ == "neg" for child in verb.children):
        return _remove(doc, verb)
    return [] if is_negative(doc) or not _plain(verb) else _add(verb)


def _add(verb: Token) -> list[Edit]:
    """Put `not` behind the first auxiliary, or `did not` before the verb."""
    auxiliaries = [
        token for token in verb.children if token.dep_ in {"aux", "auxpass"} and token.i < verb.i and token.tag_ != "TO"
    ]
    subject = next(token for token in verb.children if token.dep_ in {"nsubj", "nsubjpass"})
    first = auxiliaries[0] if auxiliaries else (verb if verb.lemma_ == "be" else None)
    if first is not None:
        if first.lower_ not in _AUX or first.i < subject.i:
            return []
        return [
            _edit(
                "negation_added",
                Replacement(first.idx + len(first.text), first.idx + len(first.text), " not"),
                first.text,
            )
        ]
    helper = {"VBD": "did", "VBZ": "does", "VBP": "do"}.get(verb.tag_)
    adverbs = [token for token in verb.children if token.dep_ == "advmod" and token.i < verb.i]
    if (
        helper is None
        or verb.dep_ == "aux"
        or adverbs
        or verb.lemma_ in {"be", "'s", "’s", "s", "'"}
        or not verb.lemma_.isalpha()
    ):
        return []
    text = f"{helper} not {verb.lemma_.lower()}"
    return [_edit("negation_added", Replacement(verb.idx, verb.idx + len(verb.text), text), verb.text)]


def _remove(doc: Doc, verb: Token) -> list[Edit]:
    """Take `not` or `n't` away, giving back the full verb's form where `did` stood only for it."""
    negations = [token for token in verb.children if token.dep_ == "neg"]
    others = {token.lower_ for token in doc if token.i != negations[0].i}
    polar = {
        "any",
        "anyone",
        "anything",
        "yet",
        "either",
        "nor",
        "but",
        "only",
        "until",
        "ever",
        "because",
        "longer",
        "just",
        "at",
        "much",
        "necessarily",
        "even",
        "so",
        "anymore",
        "whether",
        "if",
        "bother",
        "bothered",
        "long",
        "immediately",
        "lost",
        "all",
        "every",
        "rather",
        "instead",
        "without",
        "no",
        "never",
    }
    negation = negations[0]
    if len(negations) > 1 or negation.lower_ == "never" or others & polar or negation.i == 0 or in_quotes(negation):
        return []
    helper = doc[negation.i - 1]
    if any(child.dep_ in {"conj", "cc", "advcl"} for child in verb.children):
        return []
    if helper.lower_ in {"did", "does", "do"} and helper.dep_ == "aux":
        if doc[negation.i + 1].i != verb.i or not verb.lemma_.isalpha():
            return []
        text = inflect(verb.lemma_.lower(), {"did": "VBD", "does": "VBZ", "do": "VB"}[helper.lower_])
        change = Replacement(helper.idx, verb.idx + len(verb.text), text)
    elif helper.lower_ in _AUX | {"ca", "wo"} and helper.lower_ not in {"did", "does", "do"}:
        text = {"ca": "can", "wo": "will"}.get(helper.lower_, helper.text)
        change = Replacement(helper.idx, negation.idx + len(negation.text), text)
    else:
        return []
    return [_edit("negation_removed", change, doc.text[change.start : change.end])]


def _edit(kind: str, change: Replacement, old: str) -> Edit:
    """Make the edit with its note."""
    return contradiction(kind, [change], f"{old} -> {change.text.strip()}")
