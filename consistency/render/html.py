"""The page (first form)."""
from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from consistency.render import words
from consistency.render.highlight import shorten

if TYPE_CHECKING:
    from consistency.results import Report


def page(report: Report, *, embed_articles: bool = False) -> str:
    """The page."""
    return str(Markup("<!doctype html><meta charset=utf-8><title>Consistency report</title>{}").format(Markup(notebook(report))))


def notebook(report: Report, limit: int = 20) -> str:
    """A compact table."""
    out = [Markup("<table>")]
    for f in report.items[:limit]:
        cells = []
        for side in ("a", "b"):
            parts = shorten(report.highlighter.side(f, side).sentence, 300)
            cells.append(Markup("").join(Markup("<b>{}</b>").format(p.text) if p.deciding else escape(p.text) for p in parts))
        out.append(Markup("<tr><td>{}<td>{}<td>{}<td>{}").format(f.relation, words.confidence(f.confidence), *cells))
    return str(Markup("").join([*out, Markup("</table>")]))
