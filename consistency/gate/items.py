"""Items of claim sets: two statements, whole articles, or a text with its sources, and what is expected of them."""
from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any, Literal

from consistency.article import Article
from consistency.pair import Statement

Kind = Literal["pair", "articles", "verify"]


@dataclass(frozen=True, slots=True)
class Xfail:
    """An excuse for an item that is known to fail.

    Attributes:
        reason: why it fails.
        until: ISO date, the last day on which it is excused; None for no end.
    """

    reason: str
    until: str | None = None

    def excuses(self, today: str) -> bool:
        """Whether it still counts on a day, given as an ISO date."""
        return self.until is None or today <= self.until


@dataclass(frozen=True, slots=True)
class Wanted:
    """A finding that must or must not appear.

    Attributes:
        relations: any of these.
        quotes: words of the articles that its two sides touch, in either order; one for one side, none for anywhere.
        note: the curator's words.
    """

    relations: tuple[str, ...]
    quotes: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a claim set.

    Attributes:
        id: unique in its set.
        set: name of the set.
        path: the file it stands in, "" when it came from Python.
        line: the line it begins at, from 1.
        kind: `pair`, `articles` or `verify`.
        expected: relations of a pair, or verdicts on a text, any of which passes; () for articles.
        a: first statement of a pair.
        b: second statement of a pair.
        articles: the articles, or the sources of a text.
        must_find: findings that must appear between articles.
        must_not_find: findings that must not.
        text: the text that is held against its sources.
        tags: for choosing items and for figures of their own.
        weight: how much it counts in figures.
        min_confidence: least confidence with which the relation must be found, None for any.
        xfail: an excuse for failing.
        note: the curator's words.
    """

    id: str
    set: str
    path: str
    line: int
    kind: Kind
    expected: tuple[str, ...] = ()
    a: Statement | None = None
    b: Statement | None = None
    articles: tuple[Article, ...] = ()
    must_find: tuple[Wanted, ...] = ()
    must_not_find: tuple[Wanted, ...] = ()
    text: str = ""
    tags: tuple[str, ...] = ()
    weight: float = 1.0
    min_confidence: float | None = None
    xfail: Xfail | None = None
    note: str = ""

    @property
    def key(self) -> str:
        """What baselines know it by: `set/id`."""
        return f"{self.set}/{self.id}"

    @property
    def where(self) -> str:
        """`file:line`, or the key of an item without a file."""
        return f"{self.path}:{self.line}" if self.path else self.key

    @property
    def digest(self) -> str:
        """Changes when the texts or what is expected of them change, and with nothing else."""
        articles = [[a.text, a.title, a.source, a.date, a.url] for a in self.articles]
        content: list[Any] = [self.kind, sorted(self.expected), self.text, self.min_confidence, articles]
        content += [asdict(side) if side else None for side in (self.a, self.b)]
        content += [[sorted(w.relations), w.quotes] for w in (*self.must_find, *self.must_not_find)]
        content.append(len(self.must_find))
        return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode("utf-8", "replace")).hexdigest()[:12]

    @property
    def expectations(self) -> tuple[str, ...]:
        """What is expected, one line each."""
        if self.kind != "articles":
            return (" or ".join(self.expected),)
        lines = [f"{' or '.join(w.relations)}{_at(w)}" for w in self.must_find]
        return (*lines, *(f"no {' or '.join(w.relations)}{_at(w)}" for w in self.must_not_find))


def _at(wanted: Wanted) -> str:
    return " at " + " / ".join(f"“{quote}”" for quote in wanted.quotes) if wanted.quotes else ""


@dataclass(frozen=True, slots=True)
class ClaimSet:
    """A set of items.

    Attributes:
        name: unique among the sets of a run.
        path: the file, "" when it came from Python.
        items: in the order of the file.
        unknown: keys that the format does not know, as (line, item id or "", key).
        description: what it is for.
    """

    name: str
    path: str
    items: tuple[Item, ...]
    unknown: tuple[tuple[int, str, str], ...] = ()
    description: str = ""
