"""The report as a summary on a terminal: what was read, then each finding as two quotes with the deciding words."""
from __future__ import annotations

import io
from typing import TYPE_CHECKING, Literal

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from consistency.finding import Finding
from consistency.render import words
from consistency.render.crossings import sides
from consistency.render.highlight import Segment, by_weight, shorten
from consistency.render.reviews import stats

if TYPE_CHECKING:
    from consistency.results import Report

_COLOUR = {"contradiction": "red", "agreement": "green", "update": "yellow", "uncertain": "cyan"}
_QUOTE = 420


def print_summary(report: Report, console: Console | None = None, limit: int = 10) -> None:
    """Prints a readable summary.

    Args:
        report: the report.
        console: where to; stdout by default. Off a terminal the deciding words stand between asterisks and nothing is
            coloured.
        limit: findings shown of each relation; uncertain ones are only counted.
    """
    console = console or Console()
    plain = not console.is_terminal
    console.print(Text(_read(report)))
    console.print(Text(words.counts(report.funnel), style="dim"))
    for warning in report.meta.get("warnings", ()):
        console.print(Text(f"Note: {warning}", style="yellow"))
    for relation in ("contradiction", "agreement", "update"):
        found = report.of(relation)
        title = f"{words.PLURAL[relation].capitalize()}: {len(found) or 'none found'}"
        console.print()
        if plain:
            console.print(Text(title.upper()))
        else:
            console.print(Rule(Text(title, style=f"bold {_COLOUR[relation]}"), align="left", style=_COLOUR[relation]))
        for number, finding in enumerate(found[:limit], 1):
            _print_finding(report, finding, f"{words.LETTER[relation]}{number}", console, plain)
        if len(found) > limit:
            console.print(Text(f"... and {len(found) - limit} more in the page and the tables", style="dim"))
    console.print()
    left = []
    if uncertain := report.of("uncertain"):
        left.append(f"{len(uncertain)} uncertain (in the page)")
    if report.load_skipped:
        left.append(f"{len(report.load_skipped)} inputs skipped")
    if left:
        console.print(Text("; ".join(left)))
    console.print(Text(f"{words.TAGLINE}. Read the sources before you decide.", style="italic"))


def print_review_stats(report: Report, console: Console | None = None) -> None:
    """Prints how many of the reviewed findings were right, for each relation and kind of reason.

    Args:
        report: the report, with reviews.
        console: where to; stdout by default.
    """
    console = console or Console()
    found = stats(report.items)
    if not found:
        console.print(Text("\nNo finding of this report is reviewed."))
        return
    table = Table(title="Reviewed findings", box=box.SIMPLE, title_justify="left", title_style="bold")
    for name in ("relation", "reason"):
        table.add_column(name)
    for name in (*words.REVIEW_WORDS.values(), "precision"):
        table.add_column(name, justify="right")
    for row in found:
        precision = "-" if row["precision"] is None else f"{row['precision']:.0%}"
        reason = "any" if row["reason"] == "all" else words.KIND.get(row["reason"], row["reason"])
        table.add_row(row["relation"], reason, *(str(row[name]) for name in words.REVIEWS), precision)
    console.print(table)
    console.print(Text("Precision: confirmed of confirmed and false alarm. A finding of two reasons counts in both."))


def to_text(report: Report, width: int = 100, limit: int = 10) -> str:
    """The summary as plain text of a width, as it is printed off a terminal."""
    out = io.StringIO()
    print_summary(report, Console(file=out, width=width, force_terminal=False, color_system=None), limit)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _read(report: Report) -> str:
    outlets = words.outlets_of(article.source for article in report.article_list)
    count = len(report.article_list)
    dates = words.days(article.date for article in report.article_list)
    return f"{count} {'article' if count == 1 else 'articles'} of {outlets}{f', {dates}' if dates else ''}"


def _print_finding(report: Report, finding: Finding, number: str, console: Console, plain: bool) -> None:
    head = Text(f"{number}  ", style="bold")
    head.append(_clean(words.clip(words.headline(finding), 200)), style="bold")
    console.print()
    console.print(head)
    about = [words.confidence(finding.confidence)]
    if finding.relation == "agreement" and finding.detail in words.DETAIL:
        about.append(words.DETAIL[finding.detail])
    if finding.review:
        about.append(f"reviewed: {words.REVIEW_WORDS[finding.review]}")
    more = len(sides(report, finding)) - 1
    if more > 0:
        about.append(f"also at {more} other {'place' if more == 1 else 'places'}")
    _print_in(console, 4, Text(" · ".join(about), style="dim"))
    for side in ("a", "b"):
        _print_side(report, finding, side, console, plain)
    for note in words.notes(finding)[:3]:
        _print_in(console, 4, Text(f"- {_clean(note)}", style="dim"))


def _print_in(console: Console, indent: int, text: Text) -> None:
    console.print(Padding(text, (0, 0, 0, indent), expand=False))


def _print_side(report: Report, finding: Finding, side: Literal["a", "b"], console: Console, plain: bool) -> None:
    claim = finding.a if side == "a" else finding.b
    passage = report.highlighter.side(finding, side)
    later = " (later)" if finding.later == side else ""
    where = "headline, " if claim.field == "title" else ""
    who = Text(_clean(words.outlet(claim.source)), style="" if plain else "bold")
    who.append(_clean(f", {where}{words.day(claim.date)}{later}: {words.voice(claim)}"), style="dim")
    _print_in(console, 4, who)
    _print_in(console, 6, quote(shorten(passage.sentence, _QUOTE), plain))


def quote(parts: tuple[Segment, ...], plain: bool) -> Text:
    """A sentence in quotation marks, its claim bright, the deciding words bold and underlined, or *so* when plain."""
    # A sentence that brings its own quotation marks gets no second pair.
    own = "".join(part.text for part in parts).lstrip()[:1] in "\"“‘'«„"
    text = Text("" if own else "“")
    for part in by_weight(parts) if plain else parts:
        shown = _clean(part.text)
        if part.deciding:
            text.append(f"*{shown}*" if plain else shown, style="" if plain else "bold underline")
        else:
            text.append(shown, style="" if plain or part.claim else "dim")
    text.append("" if own else "”")
    return text


def _clean(text: str) -> str:
    """One line without control characters: a source must not steer the terminal."""
    return "".join(char if char.isprintable() else " " for char in text)
