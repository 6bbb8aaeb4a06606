"""Near-copies: articles that carry one text, so that five outlets with one wire story count as one source."""
from __future__ import annotations

from collections.abc import Sequence

from consistency.article import Article
from consistency.pair import normalise

SHINGLE_WORDS = 4
PERMUTATIONS = 128
# Share of common shingles from which two articles count as one text. Independent reports of one event, even with the
# same quotes, stay below 0.2; a wire text with a changed lead stays above 0.5.
COPY_JACCARD = 0.5


def copy_groups(articles: Sequence[Article]) -> dict[str, int]:
    """Group number of each article: equal for near-copies, counted from 0 in the order of the articles.

    MinHash with locality-sensitive hashing (Broder 1997), so cost grows with the articles, not their pairs.

    Args:
        articles: articles with distinct ids.

    Returns:
        Article id -> group.
    """
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=COPY_JACCARD, num_perm=PERMUTATIONS)
    group: dict[str, int] = {}
    for number, article in enumerate(articles):
        words = normalise(article.text[article.start :]).split()
        shingles = {" ".join(words[i : i + SHINGLE_WORDS]) for i in range(max(1, len(words) - SHINGLE_WORDS + 1))}
        sketch = MinHash(num_perm=PERMUTATIONS)
        sketch.update_batch([shingle.encode() for shingle in sorted(shingles)])
        joined = [group[other] for other in index.query(sketch)]
        group[article.id] = min(joined, default=number)
        for old in set(joined) - {group[article.id]}:
            group |= {key: group[article.id] for key, value in group.items() if value == old}
        index.insert(article.id, sketch)
    return group
