"""Makes claims and pairs for tests from plain sentences."""
from __future__ import annotations

from consistency.article import Article
from consistency.claim import Attribution, Claim, DateMention, Quantity, Run, Span, Speaker
from consistency.pair import GIVEN, Pair


def article(key: str, text: str = "", **more) -> Article:
    """An article whose text is given, or made of its id."""
    return Article(id=key, text=text or f"Text of {key}.", **more)


def claim(
    text: str,
    key: str = "x",
    *,
    source: str | None = None,
    date: str | None = None,
    speaker: str | None = None,
    denies: str | None = None,
    quantities: tuple[Quantity, ...] = (),
    dates: tuple[DateMention, ...] = (),
) -> Claim:
    """A claim that is the whole text of article `key`; with `denies`, a denial of that proposition."""
    span = Span(0, len(text), text)
    said = None
    if speaker is not None or denies is not None:
        speakers = (Speaker(speaker, Span(0, 0, "")),) if speaker else ()
        said = Attribution(speakers, "", None, (span,), "denies" if denies else "asserts")
    return Claim(
        id=f"{key}:1", article_id=key, source=source, date=date, field="text", text=text, proposition=denies or text,
        spans=(span,), sentence=span, runs=(Run(0, 0, len(text)),), attribution=said, dates=dates,
        quantities=quantities,
    )  # fmt: skip


def pair(a: Claim, b: Claim, similarity: float = 0.8) -> Pair:
    """A pair of two claims."""
    return Pair(a, b, similarity, GIVEN)
