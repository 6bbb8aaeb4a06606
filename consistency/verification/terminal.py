"""A verification as a summary on a terminal: each claim with its verdict, its evidence and why."""
from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from consistency.claim import Span
from consistency.render import words as wording
from consistency.render.highlight import Segment, segments, shorten
from consistency.render.terminal import _clean, quote
from consistency.verification import words
from consistency.verification.result import Checked, Evidence, Verification

COLOUR = {"supported": "green", "contradicted": "red", "not_found": "yellow", "uncertain": "cyan"}
QUOTE = 320


def print_verification(result: Verification, console: Console | None = None) -> None:
    """Prints the overall line, then every claim; supported ones in one line each.

    Args:
        result: the verification.
        console: where to; stdout by default. Off a terminal unsupported and deciding words stand between asterisks.
    """
    console = console or Console()
    plain = not console.is_terminal
    for warning in result.meta.get("warnings", ()):
        console.print(Text(f"Note: {warning}", style="yellow"))
    for item in result.claims:
        _print_claim(result, item, console, plain)
    console.print()
    console.print(Text(words.summary(result), style="bold"))
    left = [item for item in result.skipped if item.stage != "load"]
    if left:
        console.print(Text(f"{len(left)} {'sentence' if len(left) == 1 else 'sentences'} not checked: "
                           + "; ".join(dict.fromkeys(_clean(item.why) for item in left)), style="dim"))  # fmt: skip
    console.print(Text(f"{wording.TAGLINE}. Read the sources before you decide.", style="italic"))


def _print_claim(result: Verification, item: Checked, console: Console, plain: bool) -> None:
    console.print()
    head = Text(f"{words.SIGN[item.verdict]} {words.NAMED[item.verdict]} {item.score:.2f}  ",
                style="" if plain else f"bold {COLOUR[item.verdict]}")  # fmt: skip
    head.append(_clean(item.claim.text), style="" if plain else "default")
    if item.claim.speaker:
        head.append(_clean(f" [{wording.voice(item.claim)}]"), style="dim")
    console.print(head)
    for reason in item.reasons[:3]:
        console.print(Padding(Text(f"- {_clean(reason.note)}", style="dim"), (0, 0, 0, 4), expand=False))
    sides = [("for", item.evidence_for), ("against", item.evidence_against)]
    if item.verdict == "contradicted":
        sides.reverse()
    shown = [(side, found) for side, found in sides if found is not None]
    if not shown and item.closest is not None:
        shown = [("closest", item.closest)]
    for side, found in shown[:1] if item.verdict == "supported" else shown:
        _print_evidence(result, side, found, console, plain)


def _print_evidence(result: Verification, side: str, found: Evidence, console: Console, plain: bool) -> None:
    who = _named(result, found)
    said = f", {found.speaker} {wording.STANCE[found.stance]}" if found.speaker else ""
    date = f", {wording.day(found.date)}" if found.date else ""
    line = Text(_clean(f"{words.SIDE[side]}: {who}{date}{said}"), style="dim")
    console.print(Padding(line, (0, 0, 0, 4), expand=False))
    console.print(Padding(quote(_parts(found), plain), (0, 0, 0, 6), expand=False))


def _named(result: Verification, found: Evidence) -> str:
    article = next(article for article in result.sources if article.id == found.article_id)
    return found.source or article.title or article.path or article.id


def _parts(found: Evidence) -> tuple[Segment, ...]:
    """The passage with its deciding words marked."""
    at = found.passage.start
    spans = [Span(max(0, s.start - at), s.end - at, s.text) for s in found.spans if s.end > at]
    return shorten(segments(found.passage.text, 0, len(found.passage.text), (), spans), QUOTE)
