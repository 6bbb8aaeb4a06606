"""Blocking: exact whatever the tiles, the same as looking at every pair."""
from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest

import consistency.block
from consistency.block import MIN_ANCHORED_SIMILARITY, MIN_SHARED, Scope, block, in_scope, neighbours
from consistency.options import Options
from consistency.relate.frame import Frame
from tests.making import claim

WORDS = ("bridge", "council", "harbour", "cable", "mayor", "plan", "tunnel", "vote", "storm", "budget", "school")
SCOPES = ("default", "outlets", "same-article", "all")


def frame(text):
    """A frame with nothing but anchors."""
    return Frame(text, (), (), None, frozenset(), None, frozenset(), (), "fact", frozenset(text.split()))


@pytest.fixture(scope="module")
def corpus():
    """Claims of twelve articles, some of one outlet or none, some of one speaker, with vectors of small whole
    numbers, so that every product is exact."""
    chance = random.Random(7)
    claims = []
    for i in range(90):
        key = f"a{i % 12}"
        made = claim(" ".join(chance.sample(WORDS, 4)), key, source=("A", "a", "B", None)[i % 12 % 4],
                     speaker=(None, "Ada Lind", "Bo Berg", "Lind")[i % 4])  # fmt: skip
        claims.append(replace(made, id=f"{key}:{i}", spans=(replace(made.spans[0], start=i * 100, end=i * 100 + 9),),
                              sentence=replace(made.sentence, start=i * 100)))  # fmt: skip
    vectors = np.zeros((len(claims), 16), dtype=np.float32)
    for row in vectors:
        row[chance.sample(range(16), 4)] = 0.5
    return claims, vectors, [frame(c.text) for c in claims]


def by_hand(claims, scores, floors, options):
    """The neighbours of every claim by looking at all pairs, and how many the cap left out."""
    pairs, over = [], 0
    for i, a in enumerate(claims):
        near = [j for j, b in enumerate(claims) if floors(i, j) and in_scope(a, b, options)]
        near.sort(key=lambda j: (-scores[i][j], j))
        pairs += [(i, j) for j in near[: options.neighbours]]
        over += max(0, len(near) - options.neighbours)
    return sorted(pairs), over


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize(("about", "speaker"), [(None, None), ("bridge", None), (None, "lind"), ("plan", "berg")])
def test_scope_of_many_is_scope_of_each(corpus, scope, about, speaker):
    claims = corpus[0]
    options = Options(scope=scope, about=about, speaker=speaker)
    i, j = (grid.ravel() for grid in np.indices((len(claims), len(claims))))
    expected = [in_scope(claims[a], claims[b], options) for a, b in zip(i, j, strict=True)]
    assert Scope(claims, options).allows(i, j).tolist() == expected


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize(("rows", "columns"), [(1024, 1024), (7, 11), (90, 1), (1, 90)])
def test_tiles_find_what_looking_at_every_pair_finds(corpus, monkeypatch, scope, rows, columns):
    claims, vectors, frames = corpus
    monkeypatch.setattr(consistency.block, "ROWS", rows)
    monkeypatch.setattr(consistency.block, "COLUMNS_AT_LEAST", columns)
    monkeypatch.setattr(consistency.block, "BYTES_PER_CELL", 2**30)
    options = Options(scope=scope, neighbours=5, min_similarity=0.5)
    lexical = consistency.block._matrix(consistency.block._anchor_weights(frames, {}))
    cosine = np.round(vectors @ vectors.T, 3)
    shared = np.round((lexical @ lexical.T).toarray(), 3)
    found = {"meaning": ([], 0), "anchors": ([], 0)}
    for kind, pairs, over in neighbours(vectors, lexical, Scope(claims, options), options):
        found[kind] = (found[kind][0] + [tuple(p) for p in pairs.tolist()], found[kind][1] + over)
    assert (sorted(found["meaning"][0]), found["meaning"][1]) == by_hand(
        claims, cosine, lambda i, j: cosine[i, j] >= 0.5, options
    )
    near = (shared >= MIN_SHARED) & (cosine >= MIN_ANCHORED_SIMILARITY)
    assert (sorted(found["anchors"][0]), found["anchors"][1]) == by_hand(
        claims, shared, lambda i, j: near[i, j], options
    )


def test_memory_decides_nothing_and_vectors_may_lie_in_a_file(corpus, tmp_path, monkeypatch):
    claims, vectors, frames = corpus
    whole = block(claims, vectors, frames, Options(min_similarity=0.5))
    assert whole.pairs
    monkeypatch.setattr(consistency.block, "ROWS", 16)
    monkeypatch.setattr(consistency.block, "COLUMNS_AT_LEAST", 16)
    monkeypatch.setattr(consistency.block, "BYTES_PER_CELL", 2**12)
    mapped = np.memmap(tmp_path / "vectors", dtype=np.float32, mode="w+", shape=vectors.shape)
    mapped[:] = vectors
    assert block(claims, mapped, frames, Options(min_similarity=0.5, memory=1)) == whole


def test_nothing_to_pair():
    assert block([], np.zeros((0, 16), dtype=np.float32), [], Options()).pairs == ()
