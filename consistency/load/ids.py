"""Ids of articles: short, stable, unique within a run."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from dataclasses import replace

from consistency.article import Article
from consistency.load.record import Notes

LONGEST = 80


def id_from_stem(stem: str) -> str:
    """A default id from a file's name without its ending; a very long name is cut and closed with a digest."""
    name = re.sub(r"\s+", "-", stem.strip()) or "article"
    if len(name) <= LONGEST:
        return name
    return f"{name[:60]}-{hashlib.sha256(name.encode('utf-8', 'replace')).hexdigest()[:8]}"


def unique(articles: list[Article], given: list[bool], notes: Notes) -> list[Article]:
    """Settle articles that share an id.

    With the same text they are one, unless the id is only a file name and they come from different sources: those
    are copies, and stay. Articles with different texts all stay, and get the suffixes -2, -3, ... Which one keeps the
    plain id depends on date, source and text, not on the order of the files.

    Args:
        articles: in the order of the input.
        given: for each, whether its id was given by the document (else made from a file name).
        notes: takes a line for each id concerned.

    Returns:
        The articles that stay, in the order of the input.
    """
    groups: dict[str, list[int]] = defaultdict(list)
    for index, article in enumerate(articles):
        groups[article.id].append(index)
    taken = set(groups)
    result: dict[int, Article] = {}
    for name in sorted(groups):
        members: dict[tuple[str, str], list[int]] = defaultdict(list)
        for index in groups[name]:
            article = articles[index]
            apart = "" if given[index] else (article.source or "").casefold()
            members[article.text, apart].append(index)
        # Of equal texts, the one that says most about itself stays.
        kept = [min(same, key=lambda index: _rank(articles[index])) for same in members.values()]
        dropped = len(groups[name]) - len(kept)
        if dropped:
            where = _places([articles[index] for index in groups[name]])
            notes.warn(
                f"id {name!r}: {dropped} with the same text as another, taken as one with it{where}", "equal articles"
            )
        kept.sort(key=lambda index: _order(articles[index]))
        result[kept[0]] = articles[kept[0]]
        number = 2
        for index in kept[1:]:
            while f"{name}-{number}" in taken:
                number += 1
            renamed = f"{name}-{number}"
            taken.add(renamed)
            result[index] = replace(articles[index], id=renamed)
            notes.warn(
                f"id {name!r} is used for different texts; {articles[index].path or 'one of them'} is now {renamed!r}; "
                "give each article an id of its own",
                "ids used twice",
            )
    return [result[index] for index in sorted(result)]


def _rank(article: Article) -> tuple[int, str, str, str]:
    known = sum(value is not None for value in (article.source, article.date, article.title, article.url))
    return (-known, *_order(article)[:2], article.path or "")


def _order(article: Article) -> tuple[str, str, str]:
    return (article.date or "", article.source or "", article.text)


def _places(articles: list[Article]) -> str:
    paths = list(dict.fromkeys(article.path for article in articles if article.path))
    return f" ({', '.join(paths[:3])})" if paths else ""
