"""The page: one self-contained HTML file, and the table that a notebook shows."""
from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files as resources
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from consistency.render import view, words

if TYPE_CHECKING:
    from consistency.results import Report


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("consistency.render", "templates"),
        autoescape=select_autoescape(enabled_extensions=("j2",), default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["words"] = words
    made.filters |= {"day": words.day, "outlet": words.outlet, "clip": words.clip}
    return made


@cache
def _asset(name: str) -> str:
    """A stylesheet or script without its comment lines and indents."""
    text = resources("consistency.render").joinpath("templates", name).read_text(encoding="utf-8")
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith(("//", "/*")))


def _allowed(text: str) -> str:
    """The content-security-policy source that allows exactly this inline text."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def page(report: Report, *, embed_articles: bool = False) -> str:
    """The page of a report.

    Everything is inlined and nothing is loaded; a content security policy forbids any other script, so that no text of
    a source could ever run, even if escaping failed.

    Args:
        report: the report.
        embed_articles: put the full texts of the articles under their entries.

    Returns:
        A complete HTML document.
    """
    css, script = _asset("page.css"), _asset("page.js")
    policy = (
        f"default-src 'none'; style-src {_allowed(css)}; script-src {_allowed(script)}; "
        "base-uri 'none'; form-action 'none'"
    )
    return _environment().get_template("page.html.j2").render(
        **view.context(report, embed_articles=embed_articles), css=Markup(css), script=Markup(script), policy=policy
    )  # fmt: skip


def notebook(report: Report, limit: int = 20) -> str:
    """A compact table of the first findings, for `_repr_html_`.

    Args:
        report: the report.
        limit: findings shown.

    Returns:
        An HTML fragment that needs no script and no stylesheet of the page.
    """
    found: list[dict[str, Any]] = [
        view.card(report, finding, number, limit=260) for number, finding in view.numbered(report)[:limit]
    ]
    return _environment().get_template("notebook.html.j2").render(
        report=report, findings=found, more=max(0, len(report) - limit)
    )  # fmt: skip
