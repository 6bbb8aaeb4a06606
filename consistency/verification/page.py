"""The page of a verification: the text as running text, each claim marked, its evidence one click away."""
from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from consistency.article import Article
from consistency.claim import Span
from consistency.render import words as wording
from consistency.render.html import _allowed, _asset
from consistency.verification import words
from consistency.verification.result import VERDICTS, Checked, Evidence, Verification

# Unmarked text of a passage's surroundings that is shown before and after it.
AROUND = 160


class Piece(NamedTuple):
    """A stretch of the text.

    Attributes:
        text: the words.
        number: of the claim that they belong to, from 1; 0 for none.
        first: they begin that claim.
        unsupported: the sources do not hold them.
    """

    text: str
    number: int
    first: bool
    unsupported: bool


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("consistency.verification", "templates"),
        autoescape=select_autoescape(enabled_extensions=("j2",), default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"day": wording.day, "outlet": wording.outlet}
    return made


def page(result: Verification) -> str:
    """A complete, self-contained HTML document that needs no script; a content security policy forbids any."""
    own = files("consistency.verification").joinpath("templates", "verify.css").read_text(encoding="utf-8")
    css = f"{_asset('page.css')}\n{own.strip()}"
    policy = f"default-src 'none'; style-src {_allowed(css)}; base-uri 'none'; form-action 'none'"
    sources = {article.id: article for article in result.sources}
    return _environment().get_template("page.html.j2").render(
        result=result,
        words=words,
        tagline=wording.TAGLINE,
        verdicts=tuple(reversed(VERDICTS)),
        pieces=pieces(result.article.text, result.claims),
        cards=[_card(number, item, sources) for number, item in enumerate(result.claims, 1)],
        title=result.article.title,
        meta={"created": "", "version": "", "seconds": "", "warnings": (), "models": {}, **result.meta},
        css=Markup(css),
        policy=policy,
    )  # fmt: skip


def pieces(text: str, claims: Sequence[Checked]) -> tuple[Piece, ...]:
    """The text cut where claims and unsupported words begin and end; the pieces join to it.

    Words that several claims share belong to the claim with the fewest words, so that a clause within another claim
    can be clicked.
    """
    owned = []
    for number, item in enumerate(claims, 1):
        size = sum(span.end - span.start for span in item.claim.spans)
        owned += [(size, number, span.start, span.end) for span in item.claim.spans]
    missing = [words.span for item in claims for words in item.unsupported]
    cuts = {0, len(text)}
    cuts |= {at for _, _, start, end in owned for at in (start, end)}
    cuts |= {at for span in missing for at in (span.start, span.end)}
    made: list[Piece] = []
    whose = [
        (start, end, min(((size, n) for size, n, a, b in owned if a <= start and end <= b), default=(0, 0))[1])
        for start, end in pairwise(sorted(cuts))
    ]
    # A claim all of whose words are shared with smaller ones still needs a place to be clicked.
    hidden = {number: claims[number - 1] for number in range(1, len(claims) + 1)}
    for _, _, number in whose:
        hidden.pop(number, None)
    seen: set[int] = set()
    for start, end, number in whose:
        for other, item in sorted(hidden.items()):
            if start == min(span.start for span in item.claim.spans):
                made.append(Piece("", other, True, False))
        lost = any(span.start <= start and end <= span.end for span in missing)
        made.append(Piece(text[start:end], number, number > 0 and number not in seen, lost))
        seen.add(number)
    return tuple(made)


def _card(number: int, item: Checked, sources: dict[str, Article]) -> dict[str, Any]:
    shown = [("for", item.evidence_for), ("against", item.evidence_against)]
    if item.verdict == "contradicted":
        shown.reverse()
    passages = [(words.SIDE[side], _passage(found, sources)) for side, found in shown if found is not None]
    if not passages and item.closest is not None:
        passages = [(words.SIDE["closest"], _passage(item.closest, sources))]
    return {
        "number": number,
        "item": item,
        "passages": passages,
        "notes": [wording.clip(reason.note, 300) for reason in item.reasons if reason.note],
        "voice": wording.voice(item.claim) if item.claim.speaker else "",
    }


def _passage(found: Evidence, sources: dict[str, Article]) -> dict[str, Any]:
    article = sources[found.article_id]
    url = article.url or ""
    before = article.text[max(article.start, found.passage.start - AROUND) : found.passage.start]
    after = article.text[found.passage.end : found.passage.end + AROUND]
    return {
        "found": found,
        "parts": _marked(article.text, found.passage, found.spans),
        "before": before if "\n\n" not in before else before.rpartition("\n\n")[2],
        "after": after.partition("\n\n")[0],
        "name": wording.outlet(found.source) if found.source else article.title or article.path or article.id,
        # No other scheme is ever made a link.
        "url": url if url.startswith(("https://", "http://")) else "",
        "voice": f"{found.speaker} {wording.STANCE[found.stance]}" if found.speaker else "in its own voice",
    }


def _marked(text: str, passage: Span, spans: Sequence[Span]) -> list[tuple[str, bool]]:
    """The passage cut where deciding words begin and end."""
    cuts = {passage.start, passage.end}
    cuts |= {at for span in spans for at in (span.start, span.end) if passage.start <= at <= passage.end}
    return [
        (text[start:end], any(span.start <= start and end <= span.end for span in spans))
        for start, end in pairwise(sorted(cuts))
    ]
