"""Pair: two claims that may be about the same thing, and why they were paired."""
from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from consistency.claim import Claim
from consistency.finding import Between

# Why a pair is judged that somebody put side by side, instead of one that blocking found.
GIVEN = ("given",)
# Texts of claims of which is remembered what their words say; each is compared with hundreds of others.
REMEMBERED = 100_000
_NOT_WORD = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class Statement:
    """One side of a pair: its text, and the outlet, date and speaker if they are given."""

    text: str
    source: str | None = None
    date: str | None = None
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two claims to be judged.

    Attributes:
        a: the claim that comes first in the canonical order of articles and claims.
        b: the other.
        similarity: cosine of their embeddings, rounded to three decimals.
        why: why they were paired, in words.
    """

    a: Claim
    b: Claim
    similarity: float
    why: tuple[str, ...]

    @property
    def id(self) -> str:
        """Stable over runs, models and versions: a hash of both source sentences and speakers, sorted."""
        sides = sorted(f"{_normal(c.sentence.text)}\x1f{_normal(c.speaker or '')}" for c in (self.a, self.b))
        return hashlib.sha256("\x1e".join(sides).encode()).hexdigest()[:16]


def normalise(text: str) -> str:
    """Case-folded words with single spaces, compatibility forms joined; punctuation dropped."""
    return _NOT_WORD.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


# Of the sentences and names of claims, which stand in many pairs; whole articles would fill the memory.
_normal = lru_cache(maxsize=REMEMBERED)(normalise)


@lru_cache(maxsize=REMEMBERED)
def vocabulary(text: str) -> frozenset[str]:
    """The words of a text, normalised."""
    return frozenset(normalise(text).split())


def claim_key(claim: Claim) -> tuple:
    """Equal for claims that are one: same words, figures, dates and polarity, whoever says it and where."""
    return (
        _normal(claim.text),
        tuple(sorted((q.low or 0, q.high or 0, q.unit or "", q.of or "") for q in claim.quantities)),
        tuple(sorted(d.value for d in claim.dates)),
        claim.stance == "denies",
    )


def same_claim(a: Claim, b: Claim) -> bool:
    """Whether two claims have one `claim_key`; their words mostly tell at once that they have not."""
    return _normal(a.text) == _normal(b.text) and claim_key(a) == claim_key(b)


def same_outlet(a: Claim, b: Claim) -> bool:
    """Outlets compare case-folded; an unknown outlet is like no other."""
    return a.source is not None and b.source is not None and a.source.casefold() == b.source.casefold()


def different_speakers(a: Claim, b: Claim) -> bool:
    """Whether two named speakers say them; the outlet's own voice is not a speaker.

    A name that is a part of the other ("Ghani" of "Ashraf Ghani") is the same speaker; two claims that share one of
    several speakers are not said by different ones.
    """
    if a.attribution is None or b.attribution is None:
        return False
    left = [_normal(s.name) for s in a.attribution.speakers if s.name]
    right = [_normal(s.name) for s in b.attribution.speakers if s.name]
    if not left or not right:
        return False
    return not any(same_name(x, y) for x in left for y in right)


def same_name(a: str, b: str) -> bool:
    """Whether one normalised name is the other or a whole-word part of it."""
    return f" {a} " in f" {b} " or f" {b} " in f" {a} "


def between(a: Claim, b: Claim) -> Between:
    """Whose claims these are."""
    if different_speakers(a, b):
        return "speakers"
    if a.speaker and b.speaker:
        return "same_speaker"
    return "same_article" if a.article_id == b.article_id else "outlets"
