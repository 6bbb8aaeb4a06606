"""What an edit of a sentence is, and how its text is made."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Doc, Token

ENTAILMENT, NEUTRAL, CONTRADICTION = "entailment", "neutral", "contradiction"
NOT_ENTAILMENT, NOT_CONTRADICTION = "not_entailment", "not_contradiction"

_VOWEL = re.compile(
    r"^(?:e(?!u)|[ai]|o(?!n[ce]\b|ne-)|u(?!ni|se|sa|\.|tah|k|kr)|8|1[18]\b|hour|hon(?:est|or))", re.IGNORECASE
)
_ARTICLE = re.compile(r"\b([Aa])n? $")
_HEDGES = {
    "if",
    "unless",
    "whether",
    "might",
    "may",
    "could",
    "would",
    "should",
    "perhaps",
    "maybe",
    "possibly",
    "likely",
}
_NEGATIVE = {
    "not", "n't", "n’t", "no", "never", "nobody", "none", "nothing", "neither", "nor", "without", "hardly", "barely",
    "rarely", "scarcely", "few", "little", "seldom", "unless", "cannot", "nowhere", "refuse", "deny", "fail", "false",
    "untrue", "doubt", "dispute", "hoax", "fake", "reject", "debunk",
}  # fmt: skip


@dataclass(frozen=True)
class Replacement:
    """Characters `start` to `end` of the sentence become `text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Edit:
    """One change of a sentence S into S'.

    `forward` labels (premise S, hypothesis S'), `back` (premise S', hypothesis S); None where a pair is not to
    be made. `note` says what was changed.
    """

    kind: str
    replacements: tuple[Replacement, ...]
    forward: str | None
    back: str | None
    note: str

    def overlaps(self, other: Edit) -> bool:
        """Tell whether the two edits touch or adjoin the same characters."""
        return any(a.start <= b.end and b.start <= a.end for a in self.replacements for b in other.replacements)


def contradiction(kind: str, replacements: Iterable[Replacement], note: str) -> Edit:
    """Make an edit that contradicts the sentence both ways."""
    return Edit(kind, tuple(replacements), CONTRADICTION, CONTRADICTION, note)


def replace(token: Token, text: str) -> Replacement:
    """Replace one token, keeping its leading capital."""
    if token.text[:1].isupper() and token.i == 0:
        text = text[:1].upper() + text[1:]
    return Replacement(token.idx, token.idx + len(token.text), text)


def apply(text: str, *edits: Edit) -> str:
    """Apply edits that do not overlap and tidy spaces, commas, `a`/`an` and the first capital.

    Args:
        text: The sentence.
        edits: The edits to make together.

    Returns:
        The changed sentence.
    """
    for change in sorted((r for edit in edits for r in edit.replacements), key=lambda r: r.start, reverse=True):
        before = text[: change.start]
        if change.text[:1].isalnum() and (article := _ARTICLE.search(before)):
            before = before[: article.start(1) + 1] + ("n " if _VOWEL.match(change.text) else " ")
        text = before + change.text + text[change.end :]
    return tidy(text)


def tidy(text: str) -> str:
    """Repair what cutting leaves behind: double spaces, stray commas, the first letter, the full stop."""
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r"\s+([,.!;:])", r"\1", text)
    text = re.sub(r",(\s*,)+", ",", text)
    text = re.sub(r",\s*([.!])", r"\1", text)
    text = re.sub(r"^[\s,;:–—-]+", "", text)
    if text and text[-1] not in ".!\"”'’":
        text = text.rstrip(",:-–— ") + "."
    return text[:1].upper() + text[1:]


def words(doc: Doc) -> set[str]:
    """The lower-case words and lemmas of a sentence."""
    return {token.lower_ for token in doc} | {token.lemma_.lower() for token in doc}


def is_negative(doc: Doc) -> bool:
    """Tell whether the sentence holds a word that denies or turns entailment round."""
    return bool(words(doc) & _NEGATIVE)


def is_hedged(doc: Doc) -> bool:
    """Tell whether anything in the sentence is conditional or merely possible."""
    return any(token.lower_ in _HEDGES for token in doc)


def in_quotes(token: Token) -> bool:
    """Tell whether a token stands between quotation marks."""
    marks = sum(t.text in {'"', "``", "''"} for t in token.doc[: token.i])
    opened = sum(t.text == "“" for t in token.doc[: token.i]) - sum(t.text == "”" for t in token.doc[: token.i])
    return marks % 2 == 1 or opened > 0


def has_quotes(doc: Doc) -> bool:
    """Tell whether the sentence quotes anything."""
    return any(mark in doc.text for mark in ('"', "“", "”", "''"))
