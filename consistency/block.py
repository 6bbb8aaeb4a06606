"""Blocking: which pairs of claims are worth judging, without looking at all of them."""
from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

from consistency.claim import Claim
from consistency.options import Options
from consistency.pair import Pair, different_speakers, same_outlet
from consistency.values import split_of

if TYPE_CHECKING:
    import numpy as np
    from scipy.sparse import csr_matrix

    from consistency.relate.frame import Frame

# Rows of the similarity matrix held at a time: memory is BLOCK x claims x 4 bytes.
BLOCK = 512
# An anchor that stands in more claims than this links none: it says too little and would cost too many pairs.
COMMON_ANCHOR = 200
# Lexical cosine (tf-idf over names, figures and content lemmas) from which two claims are paired.
MIN_SHARED = 0.25
# Claims that count one thing (the dead, the injured) are paired from this cosine on, however they word it.
MIN_COUNTED_SIMILARITY = 0.3
# Embedding cosine below which shared words are taken for chance.
MIN_ANCHORED_SIMILARITY = 0.25


@dataclass(frozen=True, slots=True)
class Blocked:
    """Candidate pairs and what was left out.

    Attributes:
        pairs: in canonical order.
        dropped: for each cap that took effect, how many pairs or anchors it dropped.
    """

    pairs: tuple[Pair, ...]
    dropped: dict[str, int] = field(default_factory=dict)


def in_scope(a: Claim, b: Claim, options: Options) -> bool:
    """Whether the scope, `about` and `speaker` let two claims be paired."""
    same_article = a.article_id == b.article_id
    # Parts of one sentence belong together, unless it quotes two sides against each other.
    if same_article and a.field == b.field:
        if a.sentence == b.sentence and not different_speakers(a, b):
            return False
        # "Pence said that Democrats believed P" holds "P": words are not compared with themselves.
        if any(x.start < y.end and y.start < x.end for x in a.spans for y in b.spans):
            return False
    if options.scope == "default" and same_article and not different_speakers(a, b):
        return False
    if options.scope == "outlets" and (same_article or same_outlet(a, b)):
        return False
    if options.scope == "same-article" and not same_article:
        return False
    if options.about and not any(options.about.casefold() in c.sentence.text.casefold() for c in (a, b)):
        return False
    if options.speaker:
        return any(options.speaker.casefold() in (c.speaker or "").casefold() for c in (a, b))
    return True


def block(claims: Sequence[Claim], vectors: np.ndarray, frames: Sequence[Frame], options: Options) -> Blocked:
    """Pairs each claim with its nearest neighbours in meaning and in shared anchors.

    Cosines are exact, computed in blocks of rows; only the neighbours are kept.

    Args:
        claims: n claims in canonical order.
        vectors: (n, d) unit vectors of their propositions.
        frames: n analyses of their propositions.
        options: scope, neighbours, min_similarity.

    Returns:
        Candidate pairs, each once, with the reasons they were paired.
    """
    import numpy as np

    dropped = {"neighbour_cap": 0, "common_anchors": 0}
    lexical, names = _anchor_matrix(frames, dropped)
    articles = np.unique([c.article_id for c in claims], return_inverse=True)[1] if claims else np.zeros(0, int)
    found: dict[tuple[int, int], list[str]] = {}
    for start in range(0, len(claims), BLOCK):
        rows = np.arange(start, min(start + BLOCK, len(claims)))
        # Rounded, so that the last bits of a matrix product never decide what is paired.
        cosine = np.round(vectors[rows] @ vectors.T, 3)
        shared = np.round((lexical[rows] @ lexical.T).toarray(), 3)
        same = articles[rows][:, None] == articles[None, :]
        closed = _closed(same, options)
        cosine[closed] = -1.0
        shared[closed | (cosine < MIN_ANCHORED_SIMILARITY)] = -1.0
        for scores, floor, kind in (
            (cosine, options.min_similarity, "meaning"),
            (shared, MIN_SHARED, "anchors"),
        ):
            for i, row in enumerate(scores, start):
                near = np.flatnonzero(row >= floor)
                nearest = near[np.argsort(-row[near], kind="stable")].tolist()
                allowed = [j for j in nearest if in_scope(claims[i], claims[j], options)]
                dropped["neighbour_cap"] += max(0, len(allowed) - options.neighbours)
                for j in allowed[: options.neighbours]:
                    found.setdefault((min(i, j), max(i, j)), []).append(kind)
    for i, j in _counting_pairs(claims, dropped):
        if np.round(vectors[i] @ vectors[j], 3) >= MIN_COUNTED_SIMILARITY and in_scope(claims[i], claims[j], options):
            found.setdefault((i, j), []).append("counted")
    pairs = []
    for (i, j), kinds in sorted(found.items()):
        similarity = float(np.round(vectors[i] @ vectors[j], 3))
        pairs.append(Pair(claims[i], claims[j], similarity, _why(set(kinds), similarity, lexical, names, i, j)))
    return Blocked(tuple(pairs), {name: n for name, n in dropped.items() if n})


def _closed(same_article: np.ndarray, options: Options) -> np.ndarray:
    """What the scope rules out by article alone; `in_scope` decides the rest."""
    import numpy as np

    if options.scope == "outlets":
        return same_article
    if options.scope == "same-article":
        return ~same_article
    return np.zeros_like(same_article)


def _anchor_matrix(frames: Sequence[Frame], dropped: dict[str, int]) -> tuple[csr_matrix, list[str]]:
    """Row-normalised tf-idf over anchors: names, figures and content lemmas that are not common.

    Returns:
        (n, anchors) sparse matrix, and the anchors by column.
    """
    import numpy as np
    from scipy.sparse import csr_matrix

    counts: dict[str, int] = {}
    for frame in frames:
        for anchor in frame.anchors:
            counts[anchor] = counts.get(anchor, 0) + 1
    names = sorted(name for name, n in counts.items() if 2 <= n <= COMMON_ANCHOR)
    dropped["common_anchors"] = sum(n > COMMON_ANCHOR for n in counts.values())
    column = {name: i for i, name in enumerate(names)}
    rows, columns, values = [], [], []
    for i, frame in enumerate(frames):
        # The norm counts all anchors, shared by others or not: two claims that share one word of ten are far apart.
        weights = {anchor: np.log(1 + len(frames) / counts[anchor]) for anchor in sorted(frame.anchors)}
        norm = sum(w * w for w in weights.values()) ** 0.5
        for anchor, weight in weights.items():
            if anchor in column:
                rows.append(i)
                columns.append(column[anchor])
                values.append(weight / norm)
    return csr_matrix((values, (rows, columns)), shape=(len(frames), len(names))), names


def _counting_pairs(claims: Sequence[Claim], dropped: dict[str, int]) -> Iterator[tuple[int, int]]:
    """Pairs of claims whose figures count one thing that has a role ("dead", "injured")."""
    counting: dict[str, list[int]] = {}
    for i, claim in enumerate(claims):
        for role in sorted({role for q in claim.quantities if (role := split_of(q.of)[0])}):
            counting.setdefault(role, []).append(i)
    for members in counting.values():
        if len(members) > COMMON_ANCHOR:
            dropped["common_anchors"] += 1
        else:
            yield from combinations(members, 2)


def _why(
    kinds: set[str], similarity: float, lexical: csr_matrix, names: list[str], i: int, j: int
) -> tuple[str, ...]:
    """Why two claims were paired, in words."""
    why = []
    if "meaning" in kinds:
        why.append(f"close in meaning ({similarity:.2f})")
    if "counted" in kinds:
        why.append("count the same thing")
    if "anchors" in kinds:
        both = lexical[i].multiply(lexical[j]).tocoo()
        strongest = sorted(zip(-both.data, both.col, strict=True))[:4]
        why.append("share " + ", ".join(names[column] for _, column in strongest))
    return tuple(why)
