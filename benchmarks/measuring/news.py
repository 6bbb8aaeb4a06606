"""The news articles of the benchmark, in an order that a hash decides."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from consistency.article import Article


@dataclass(frozen=True, slots=True)
class Cluster:
    """Articles about one event.

    Attributes:
        id: its name in the data.
        corpus: the file that it stands in, `basil` or `ecbplus`.
        articles: by id.
    """

    id: str
    corpus: str
    articles: tuple[Article, ...]


def by_hash(key: str) -> str:
    """A fixed pseudo-random order that nobody chose."""
    return hashlib.sha256(f"findings|{key}".encode()).hexdigest()


def _rows(folder: Path, corpus: str, split: str) -> Iterable[dict]:
    with gzip.open(folder / "articles" / f"{corpus}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["split"] == split:
                yield row


def _article(row: dict) -> Article:
    return Article(
        id=row["id"], text=row["text"], source=row.get("source"), date=row.get("date"), title=row.get("title"),
        url=row.get("url"),
    )  # fmt: skip


def clusters(folder: Path, split: str, corpora: Iterable[str] = ("basil", "ecbplus")) -> list[Cluster]:
    """Clusters of a split in hash order, those of the corpora by turns."""
    turns = []
    for corpus in corpora:
        gathered: dict[str, list[Article]] = {}
        for row in _rows(folder, corpus, split):
            gathered.setdefault(row["cluster"], []).append(_article(row))
        found = [Cluster(k, corpus, tuple(sorted(v, key=lambda a: a.id))) for k, v in gathered.items()]
        turns.append(sorted(found, key=lambda cluster: by_hash(cluster.id)))
    longest = max(map(len, turns), default=0)
    return [turn[i] for i in range(longest) for turn in turns if i < len(turn)]


def singles(folder: Path, split: str) -> list[Article]:
    """Single articles of a split in hash order."""
    return sorted(map(_article, _rows(folder, "fnc1_bodies", split)), key=lambda article: by_hash(article.id))


def sampled(cluster: Cluster, count: int) -> tuple[Article, ...]:
    """At most `count` articles of a cluster, by hash (0: all)."""
    chosen = sorted(cluster.articles, key=lambda article: by_hash(article.id))
    return tuple(chosen[:count] if count else chosen)
