"""Article: one document as it was read."""
from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Article:
    """One document.

    All offsets everywhere count Unicode code points of `text`.

    Attributes:
        id: unique within one run.
        text: the decoded document after its front matter, line ends kept.
        source: the outlet, or None when unknown.
        date: ISO date or date-time, or None when unknown.
        title: headline, or None.
        url: where it was published, or None.
        start: offset at which the body begins (after a `date YYYY-MM-DD` line); claims take nothing from before it.
        path: the file it was read from, or None.
        fallbacks: for each of `source`, `date`, `title` that the document does not state itself, where the value was
            taken from (`file name`, `unknown`).
    """

    id: str
    text: str
    source: str | None = None
    date: str | None = None
    title: str | None = None
    url: str | None = None
    start: int = 0
    path: str | None = None
    fallbacks: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was left out, and why.

    Attributes:
        what: the file, row, sentence or article.
        why: one line: what is wrong and how to mend it.
        kind: a short machine-readable word for counting (`unreadable`, `encoding`, `question`, `byline`, ...).
        stage: `load` or `split`.
    """

    what: str
    why: str
    kind: str
    stage: str
