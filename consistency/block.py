"""Blocking: which pairs of claims are worth judging, without looking at all of them."""
from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
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

# Rows of a tile of the similarity matrix; its columns are as many as the memory allows.
ROWS = 1024
COLUMNS_AT_LEAST = 256
# Bytes that a cell of a tile takes at most: the product, its rounding, and what is compared.
BYTES_PER_CELL = 24
# An anchor that stands in more claims than this links none: it says too little and would cost too many pairs.
COMMON_ANCHOR = 200
# How neighbours are found.
KINDS = ("meaning", "anchors")
# Lexical cosine (tf-idf over names, figures and content lemmas) from which two claims are paired.
MIN_SHARED = 0.25
# Claims that count one thing (the dead, the injured) are paired from this cosine on, however they word it.
MIN_COUNTED_SIMILARITY = 0.3
# Embedding cosine below which shared words are taken for chance.
MIN_ANCHORED_SIMILARITY = 0.25


# Finds neighbours as `neighbours` does, with its arguments.
Search = Callable[..., Iterator[tuple[str, "np.ndarray", int]]]


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


def block(
    claims: Sequence[Claim],
    vectors: np.ndarray,
    frames: Sequence[Frame],
    options: Options,
    search: Search | None = None,
) -> Blocked:
    """Pairs each claim with its nearest neighbours in meaning and in shared anchors.

    Cosines are exact; they are computed tile by tile within `options.memory`, and only the neighbours are kept.

    Args:
        claims: n claims in canonical order.
        vectors: (n, d) unit vectors of their propositions, in memory or mapped from a file.
        frames: n analyses of their propositions.
        options: scope, neighbours, min_similarity, memory.
        search: what finds the neighbours; None for `neighbours`, in this process.

    Returns:
        Candidate pairs, each once, with the reasons they were paired.
    """
    import numpy as np

    dropped = {"neighbour_cap": 0, "common_anchors": 0}
    weights = _anchor_weights(frames, dropped)
    found: dict[tuple[int, int], list[str]] = {}
    scope = Scope(claims, options)
    for kind, near, over in (search or neighbours)(vectors, _matrix(weights), scope, options):
        dropped["neighbour_cap"] += over
        for i, j in near.tolist():
            found.setdefault((min(i, j), max(i, j)), []).append(kind)
    for i, j in _counting_pairs(claims, dropped):
        if np.round(vectors[i] @ vectors[j], 3) >= MIN_COUNTED_SIMILARITY and in_scope(claims[i], claims[j], options):
            found.setdefault((i, j), []).append("counted")
    pairs = []
    similarities = np.round([vectors[i] @ vectors[j] for i, j in sorted(found)], 3).tolist()
    for ((i, j), kinds), similarity in zip(sorted(found.items()), similarities, strict=True):
        pairs.append(Pair(claims[i], claims[j], similarity, _why(set(kinds), similarity, weights[i], weights[j])))
    return Blocked(tuple(pairs), {name: n for name, n in dropped.items() if n})


class Scope:
    """`in_scope` for many pairs at once.

    Args:
        claims: n claims.
        options: scope, about, speaker.
    """

    def __init__(self, claims: Sequence[Claim], options: Options):
        import numpy as np

        self.claims, self._options = claims, options
        self._article = _codes([claim.article_id for claim in claims])
        # An unknown outlet is like no other.
        self._outlet = _codes([c.source.casefold() if c.source else f"\x1f{i}" for i, c in enumerate(claims)])
        self._wanted = np.ones((0, len(claims)), dtype=bool)
        if options.about:
            about = [options.about.casefold() in claim.sentence.text.casefold() for claim in claims]
            self._wanted = np.vstack([self._wanted, about])
        if options.speaker:
            said = [options.speaker.casefold() in (claim.speaker or "").casefold() for claim in claims]
            self._wanted = np.vstack([self._wanted, said])

    def allows(self, i: np.ndarray, j: np.ndarray) -> np.ndarray:
        """Which of the pairs (i[k], j[k]) are in scope."""
        import numpy as np

        same = self._article[i] == self._article[j]
        allowed = np.ones(len(i), dtype=bool)
        if self._options.scope == "outlets":
            allowed = ~same & (self._outlet[i] != self._outlet[j])
        elif self._options.scope == "same-article":
            allowed = same.copy()
        for wanted in self._wanted:
            allowed &= wanted[i] | wanted[j]
        # Within one article sentences and speakers decide; such pairs are few.
        for at in np.flatnonzero(allowed & same):
            allowed[at] = in_scope(self.claims[i[at]], self.claims[j[at]], self._options)
        return allowed


def _codes(values: Sequence[str]) -> np.ndarray:
    """Equal numbers for equal values."""
    import numpy as np

    return np.unique(values, return_inverse=True)[1] if values else np.zeros(0, int)


def neighbours(
    vectors: np.ndarray, lexical: csr_matrix, scope: Scope, options: Options
) -> Iterator[tuple[str, np.ndarray, int]]:
    """Each claim's nearest neighbours in scope, exact, tile by tile.

    Equal scores are told apart by the order of the claims.

    Args:
        vectors: (n, d) unit vectors.
        lexical: (n, anchors) rows of length at most one.
        scope: which pairs are allowed.
        options: neighbours, min_similarity, memory (megabytes for one tile).

    Yields:
        Kind (`meaning` or `anchors`), (m, 2) claims and their neighbours, and how many more the cap left out.
    """

    n = len(vectors)
    height = min(ROWS, max(1, n))
    width = max(COLUMNS_AT_LEAST, options.memory * 2**20 // (height * BYTES_PER_CELL))
    for top in range(0, n, height):
        rows = slice(top, min(top + height, n))
        nearest = {kind: Nearest(options.neighbours) for kind in KINDS}
        for left in range(0, n, width):
            columns = slice(left, min(left + width, n))
            found = tile(vectors[rows], vectors[columns], lexical[rows], lexical[columns], options)
            for kind, (i, j, score) in found.items():
                nearest[kind].add(i, j + left, score, scope.allows(i + top, j + left))
        for kind in KINDS:
            pairs = nearest[kind].pairs()
            pairs[:, 0] += top
            yield kind, pairs, nearest[kind].left_out()


def tile(
    rows: np.ndarray, columns: np.ndarray, lexical_rows: csr_matrix, lexical_columns: csr_matrix, options: Options
) -> dict[str, tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """All pairs of one block of claims with another that are near enough, whatever the scope.

    Args:
        rows: (m, d) vectors.
        columns: (n, d) vectors.
        lexical_rows: (m, anchors).
        lexical_columns: (n, anchors).
        options: min_similarity.

    Returns:
        By kind: row, column and score in thousandths.
    """
    import numpy as np

    floor = math.ceil(options.min_similarity * 1000 - 1e-6)
    # Rounded, so that the last bits of a matrix product never decide what is paired.
    cosine = _thousandths(rows @ columns.T)
    i, j = np.nonzero(cosine >= floor)
    shared = (lexical_rows @ lexical_columns.T).tocoo()
    score = _thousandths(shared.data)
    near = (score >= 1000 * MIN_SHARED) & (cosine[shared.row, shared.col] >= 1000 * MIN_ANCHORED_SIMILARITY)
    anchors = shared.row[near], shared.col[near].astype(np.int64), score[near]
    return {"meaning": (i, j, cosine[i, j]), "anchors": anchors}


def _thousandths(scores: np.ndarray) -> np.ndarray:
    """Scores from 0 to 1, rounded to three decimals, as whole numbers."""
    import numpy as np

    return np.rint(scores * 1000).astype(np.int16)


class Nearest:
    """The best columns of each row of a strip, gathered over its tiles.

    Args:
        most: how many a row.
    """

    def __init__(self, most: int):
        import numpy as np

        self._most = most
        # Row, score from the best down, and column in one number: sorting it sorts by all three.
        self._kept = np.zeros(0, dtype=np.int64)
        self._seen = 0

    def add(self, row: np.ndarray, column: np.ndarray, score: np.ndarray, allowed: np.ndarray) -> None:
        """Takes in a tile's pairs.

        Args:
            row: in the strip.
            column: in all.
            score: in thousandths.
            allowed: which of them count.
        """
        import numpy as np

        row, column, score = row[allowed].astype(np.int64), column[allowed], score[allowed].astype(np.int64)
        self._seen += len(row)
        self._keep((row << 44) | ((1000 - score) << 32) | column)

    def join(self, other: Nearest) -> None:
        """Takes in what another gathered over other tiles of the same strip."""
        self._seen += other._seen
        self._keep(other._kept)

    def _keep(self, keys: np.ndarray) -> None:
        import numpy as np

        keys = np.concatenate([self._kept, keys])
        keys.sort()
        first = np.searchsorted(keys >> 44, keys >> 44)
        self._kept = keys[np.arange(len(keys)) - first < self._most]

    def pairs(self) -> np.ndarray:
        """(m, 2) rows and columns."""
        import numpy as np

        return np.stack([self._kept >> 44, self._kept & 0xFFFFFFFF], axis=1)

    def left_out(self) -> int:
        """How many allowed pairs were not among the best."""
        return self._seen - len(self._kept)


def _anchor_weights(frames: Sequence[Frame], dropped: dict[str, int]) -> list[dict[str, float]]:
    """Row-normalised tf-idf over anchors: names, figures and content lemmas that are shared and not common."""
    import numpy as np

    counts: dict[str, int] = {}
    for frame in frames:
        for anchor in frame.anchors:
            counts[anchor] = counts.get(anchor, 0) + 1
    dropped["common_anchors"] = sum(n > COMMON_ANCHOR for n in counts.values())
    made = []
    for frame in frames:
        # The norm counts all anchors, shared by others or not: two claims that share one word of ten are far apart.
        weights = {anchor: float(np.log(1 + len(frames) / counts[anchor])) for anchor in sorted(frame.anchors)}
        norm = sum(w * w for w in weights.values()) ** 0.5
        made.append({anchor: w / norm for anchor, w in weights.items() if 2 <= counts[anchor] <= COMMON_ANCHOR})
    return made


def _matrix(weights: Sequence[dict[str, float]]) -> csr_matrix:
    """Weights as a sparse matrix, one column an anchor."""
    from scipy.sparse import csr_matrix

    column = {name: i for i, name in enumerate(sorted({name for row in weights for name in row}))}
    rows = [i for i, row in enumerate(weights) for _ in row]
    columns = [column[name] for row in weights for name in row]
    values = [value for row in weights for value in row.values()]
    return csr_matrix((values, (rows, columns)), shape=(len(weights), len(column)), dtype=float)


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


def _why(kinds: set[str], similarity: float, a: dict[str, float], b: dict[str, float]) -> tuple[str, ...]:
    """Why two claims were paired, in words."""
    why = []
    if "meaning" in kinds:
        why.append(f"close in meaning ({similarity:.2f})")
    if "counted" in kinds:
        why.append("count the same thing")
    if "anchors" in kinds:
        strongest = sorted((-a[name] * b[name], name) for name in a.keys() & b.keys())[:4]
        why.append("share " + ", ".join(name for _, name in strongest))
    return tuple(why)
