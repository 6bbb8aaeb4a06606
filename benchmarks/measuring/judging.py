"""Runs of the pipeline that keep their evidence, with NLI scores that are paid for once."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from consistency.article import Article
from consistency.copies import copy_groups
from consistency.finding import Finding
from consistency.nli import NLIScorer
from consistency.options import Options, Scope
from consistency.pipeline import Models, canonical, judge, pair_claims, split_articles
from consistency.relate.context import contexts
from consistency.relate.evidence import Evidence
from consistency.relate.findings import judge_pairs
from consistency.results import Report


class RememberingScorer:
    """An NLI scorer that scores a pair of texts once: a changed article shares most pairs with the unchanged one.

    Args:
        scorer: the model.
        path: an SQLite file that keeps the scores for later runs, None for memory only.
    """

    def __init__(self, scorer: NLIScorer, path: Path | None = None):
        self._scorer = scorer
        self._kept = sqlite3.connect(path or ":memory:")
        self._kept.execute(
            "create table if not exists scores (model text, premise text, hypothesis text, e real, n real, c real, "
            "primary key (model, premise, hypothesis)) without rowid"
        )
        self.name, self.sha256, self.backend = scorer.name, scorer.sha256, scorer.backend
        self.verified = scorer.verified
        self.asked = 0

    @property
    def truncated(self) -> int:
        """Inputs that were cut so far."""
        return self._scorer.truncated

    def score(self, pairs: Sequence[tuple[str, str]], progress: Callable[[int], None] | None = None) -> np.ndarray:
        """See `consistency.nli.NLIScorer.score`."""
        model = self.sha256 or self.name
        query = "select e, n, c from scores where model = ? and premise = ? and hypothesis = ?"
        found = {p: self._kept.execute(query, (model, *p)).fetchone() for p in dict.fromkeys(pairs)}
        new = [pair for pair, row in found.items() if row is None]
        # In parts, so that a run that is cut off has kept what it paid for.
        for start in range(0, len(new), 128):
            part = new[start : start + 128]
            rows = self._scorer.score(part).tolist()
            found.update(zip(part, map(tuple, rows), strict=True))
            self._kept.executemany(
                "insert or replace into scores values (?, ?, ?, ?, ?, ?)",
                [(model, *pair, *row) for pair, row in zip(part, rows, strict=True)],
            )
            self._kept.commit()
        self.asked += len(new)
        if progress:
            progress(len(pairs))
        return np.array([found[pair] for pair in pairs]).reshape(-1, 3)


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the pipeline.

    Attributes:
        report: what a user would get.
        evidence: of every judged pair.
        findings: one a pair, unmerged, by claim ids.
    """

    report: Report
    evidence: tuple[Evidence, ...]
    findings: dict[tuple[str, str], Finding]

    @property
    def sentences(self) -> int:
        """Source sentences read."""
        return self.report.funnel["sentences"]


def run(articles: Sequence[Article], models: Models, scope: Scope = "default") -> Run:
    """The pipeline at shipped defaults, with its evidence kept."""
    options: Options = replace(models.options, scope=scope)
    made = split_articles(articles, models)
    candidates = replace(pair_claims(canonical(articles), made.claims, models, options), split=made)
    report = judge(candidates, options, models)
    # The same call as the pipeline's own; its scores are remembered, so it costs no inference.
    judged = judge_pairs(
        candidates.pairs,
        candidates.frames,
        models.get_scorer(),
        models.get_reader(),
        {article.id: article for article in candidates.articles},
        copy_groups(candidates.articles),
        None,
        contexts(candidates.claims, candidates.frames),
    )
    return Run(report, judged.evidence, {finding.places[0]: finding for finding in judged.findings})


def contradiction_of(evidence: Evidence) -> float:
    """Raw NLI: the higher contradiction of the two directions."""
    return max(evidence.a_to_b.contradiction, evidence.b_to_a.contradiction)
