"""Articles that hold a wanted number of claims: distinct ones first, varied repetitions beyond them."""
from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

from consistency.article import Article
from consistency.pipeline import Models
from consistency.split import Split, join_splits

# Articles split between two looks at how many claims there are.
AT_ONCE = 10
NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}")
FIGURE = re.compile(r"(?<![\w.,])\d{1,3}(?![\w.,]*\d)")


def read(folder: Path) -> list[Article]:
    """The articles of the three sets, those of one event side by side."""
    rows = []
    for path in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            rows += [(path.name, row) for row in map(json.loads, lines)]
    if not rows:
        raise SystemExit(f"{folder}: no *.jsonl.gz in it; name the folder that holds basil.jsonl.gz and the others")
    return [
        Article(f"{name.split('.')[0]}-{row['id']}", row["text"], source=row.get("source"), date=row.get("date"))
        for name, row in rows
        if row["text"].strip()
    ]


def varied(article: Article, turn: int, names: list[str]) -> Article:
    """The article with other figures and names, so that a repeated corpus does not collapse into itself."""
    text = FIGURE.sub(lambda m: str(int(m.group()) + turn), article.text)
    text = NAME.sub(lambda m: names[(sum(map(ord, m.group())) + turn) % len(names)], text)
    return Article(f"{article.id}-{turn}", text, source=article.source, date=article.date)


def of_size(articles: list[Article], size: int, models: Models) -> tuple[list[Article], int, Split]:
    """Articles from the first on that hold a number of claims, how many of them are repetitions, and their split.

    Whole articles, ten at a time, so that nothing is split that does not count.
    """
    names = sorted({m.group() for article in articles[:400] for m in NAME.finditer(article.text)})
    chosen: list[Article] = []
    made: list[Split] = []
    claims = turn = 0
    while claims < size:
        for start in range(0, len(articles), AT_ONCE):
            part = [varied(a, turn, names) if turn else a for a in articles[start : start + AT_ONCE]]
            chosen += part
            made.append(models.split(part))
            claims += len(made[-1].claims)
            if claims >= size:
                break
        turn += 1
    return chosen, max(0, len(chosen) - len(articles)), join_splits(made)
