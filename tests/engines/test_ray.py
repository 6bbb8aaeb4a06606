"""The Ray engine gives what the local one gives."""
from __future__ import annotations

import sys
import warnings
from dataclasses import replace

import numpy as np
import pytest

import consistency
import consistency.block
from consistency.article import Article
from consistency.block import block
from consistency.engines import models_of
from consistency.errors import MissingExtraError
from consistency.options import Options
from consistency.pipeline import Models
from tests.doubles import WordEncoder, WordScorer
from tests.making import claim
from tests.test_block import frame
from tests.test_pipeline import ARTICLES

MORE = [
    Article(f"more-{i}", f"The harbour bridge in Oldcastle was closed on Monday. Engineers inspected {12 + i} cables.",
            source=f"Paper {i}", date="2024-05-06")
    for i in range(6)
]  # fmt: skip


def test_a_missing_extra_is_told_with_what_installs_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'fact-consistency\[ray\]'"):
        models_of(Options(engine="ray"))


@pytest.fixture(scope="module")
def on_ray():
    """Models on a local Ray of two workers."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        ray = pytest.importorskip("ray", reason="the extra ray is not installed")
        from consistency.engines.ray import RayModels

        ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, object_store_memory=200 * 2**20,
                 runtime_env={"env_vars": {"OMP_NUM_THREADS": "1"}})  # fmt: skip
        yield lambda models: RayModels(models)
        ray.shutdown()


def told(report):
    """What a reader would compare."""
    found = [(f.id, f.relation, f.confidence, f.a.text, f.b.text, f.scores, f.places) for f in report.items]
    return found, report.funnel, report.pair_list, report.claim_list, report.storyline_list


@pytest.mark.filterwarnings("ignore")
def test_a_report_is_the_local_one(on_ray, monkeypatch, tmp_path):
    for name, size in (("ARTICLES", 2), ("TEXTS", 3), ("PAIRS", 5), ("BLOCK", 4)):
        monkeypatch.setattr(f"consistency.engines.ray.{name}", size)
    given = Models(Options(), None, WordEncoder(), WordScorer())
    here = consistency.report([*ARTICLES, *MORE], models=given)
    there = consistency.report([*ARTICLES, *MORE], models=on_ray(Models(Options(), None, WordEncoder(), WordScorer())))
    assert len(here) > 2
    assert told(there) == told(here)
    assert there.meta["models"] == here.meta["models"]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("scope", ["default", "outlets", "all"])
def test_the_search_over_pairs_of_blocks_is_exact(on_ray, monkeypatch, scope):
    claims, vectors, frames = made_corpus()
    monkeypatch.setattr("consistency.engines.ray.BLOCK", 17)
    options = Options(scope=scope, neighbours=3)
    search = on_ray(Models(options)).search
    assert block(claims, vectors, frames, options, search) == block(claims, vectors, frames, options)


def made_corpus():
    """Claims with vectors of small whole numbers, so that every product is exact."""
    chance = np.random.default_rng(3)
    words = ("bridge", "council", "harbour", "cable", "mayor", "plan", "tunnel", "vote", "storm")
    claims = []
    for i in range(60):
        key = f"a{i % 9}"
        made = claim(" ".join(chance.choice(words, 4, replace=False)), key, source=("A", "B", None)[i % 9 % 3])
        claims.append(replace(made, id=f"{key}:{i}", spans=(replace(made.spans[0], start=i * 100, end=i * 100 + 9),),
                              sentence=replace(made.sentence, start=i * 100)))  # fmt: skip
    vectors = np.zeros((len(claims), 16), dtype=np.float32)
    for row in vectors:
        row[chance.choice(16, 4, replace=False)] = 0.5
    return claims, vectors, [frame(c.text) for c in claims]
