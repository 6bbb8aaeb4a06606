"""The report as Markdown, for a pull request or a chat."""
from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from consistency.claim import Claim
from consistency.finding import Finding
from consistency.render import words
from consistency.render.highlight import Segment, by_weight, shorten

if TYPE_CHECKING:
    from consistency.results import Report

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+\-!|~@&$:])")
_SPACE = re.compile(r"\s+")


def escape(text: str) -> str:
    """Text that Markdown shows as it is: no markup, HTML, link, table cell or mention comes of it."""
    return _SPECIAL.sub(r"\\\1", _SPACE.sub(" ", text))


def summary(report: Report, limit: int = 30) -> str:
    """The summary.

    Args:
        report: the report.
        limit: findings shown of each relation; uncertain ones are only counted.

    Returns:
        GitHub-flavoured Markdown; deciding words are bold.
    """
    lines = ["# Consistency report", "", f"*{words.TAGLINE}.*", "", f"{words.counts(report.funnel)}", ""]
    lines += ["| relation | findings |", "|---|---:|"]
    lines += [f"| {words.SIGN[name]} {words.PLURAL[name]} | {len(report.of(name))} |" for name in words.SHOWN]
    lines.append("")
    for warning in report.meta.get("warnings", ()):
        lines += [f"> Note: {escape(str(warning))}", ""]
    for relation in ("contradiction", "agreement", "update"):
        found = report.of(relation)
        if not found:
            continue
        lines += [f"## {words.PLURAL[relation].capitalize()}", ""]
        for number, finding in enumerate(found[:limit], 1):
            lines += _finding(report, finding, f"{words.LETTER[relation]}{number}")
        if len(found) > limit:
            lines += [f"... and {len(found) - limit} more in the page and the tables.", ""]
    if skipped := report.load_skipped:
        lines += ["## Skipped", ""]
        lines += [f"- {escape(item.what)}: {escape(item.why)}" for item in skipped[:limit]]
        lines.append("")
    return "\n".join(lines)


def _finding(report: Report, finding: Finding, number: str) -> list[str]:
    review = f", reviewed: {words.REVIEW_WORDS[finding.review]}" if finding.review else ""
    head = escape(words.clip(words.headline(finding), 200))
    lines = [f"**{number}. {head}** ({words.confidence(finding.confidence)}{review})", ""]
    for side in ("a", "b"):
        lines += _side(report, finding, side)
    return [*lines, f"<!-- {re.sub(r'[^0-9A-Za-z_.-]', '', finding.id)} -->", ""]


def _side(report: Report, finding: Finding, side: Literal["a", "b"]) -> list[str]:
    claim: Claim = finding.a if side == "a" else finding.b
    parts = shorten(report.highlighter.side(finding, side).sentence, 420)
    later = ", later" if finding.later == side else ""
    who = f"{words.outlet(claim.source)}, {words.day(claim.date)}{later}: {words.voice(claim)}"
    return [f"> “{''.join(map(_marked, by_weight(parts)))}”  ", f"> {escape(who)}", ""]


def _marked(part: Segment) -> str:
    if not part.deciding or not part.text.strip():
        return escape(part.text)
    inner = part.text.strip()
    # Emphasis must touch its words.
    lead, tail = part.text[: part.text.index(inner)], part.text[part.text.index(inner) + len(inner) :]
    return f"{escape(lead)}**{escape(inner)}**{escape(tail)}"
