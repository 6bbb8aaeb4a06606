r"""Fits what screens pairs before the base model reads them, and measures what it costs.

    python scripts/fit_screen.py --data ../shared/data/articles --minutes 20      # base scores, then the fit
    python scripts/fit_screen.py --data ../shared/data/articles                   # with the scores that are kept

Clusters of the training split fit the models, clusters of the tuning split choose the cuts. What the base model says of
their candidate pairs is kept in a store (`--store`), in an order that is random and always the same, so that a run goes
on where the last one stopped and a new cut costs no scores. `--minutes` bounds how long pairs that are not kept are
read. Writes `consistency/screen.json` (weights, cuts) and `benchmarks/results/screen.json` (the curve of findings kept
against pairs dropped, and what each step keeps).
"""
from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import get_args

sys.path.insert(0, str(Path(__file__).parent))

import numpy as np
from screening.choose import Rows, choose, curve, fit_step

from consistency.article import Article
from consistency.copies import copy_groups
from consistency.nli import load_reader, load_scorer
from consistency.options import Options
from consistency.pair import Pair
from consistency.pipeline import Candidates, Models, canonical, pair_claims, split_articles
from consistency.relate.abstain import shown_at
from consistency.relate.context import contexts
from consistency.relate.evidence import Evidence
from consistency.relate.features import features
from consistency.relate.findings import Judged, judge_pairs, rarities
from consistency.relate.judge import confidence
from consistency.relate.reading import UNREAD
from consistency.screen import Step
from consistency.store.database import Database
from consistency.store.kept import Kept
from consistency.store.models import RememberingModels, RememberingScorer

ROOT = Path(__file__).parent.parent
FIELDS = ("id", "text", "source", "date", "title", "url")
# Pairs across clusters are read at half the rate of pairs within one, and training pairs at less than half of that of
# tuning pairs: findings are rare across, and a linear model needs fewer pairs than the tail of a curve.
RATES = {("tune", True): 1.0, ("tune", False): 0.5, ("train", True): 0.4, ("train", False): 0.2}
AT_ONCE = 400


class OutOfTimeError(Exception):
    """The pairs that are not kept would take longer than was granted."""


@dataclass
class Deadline:
    """An NLI scorer that stops when its time is up."""

    scorer: object
    until: float

    def __getattr__(self, name):
        return getattr(self.scorer, name)

    def score(self, pairs, progress=None):
        """See `NLIScorer.score`."""
        if time.monotonic() > self.until:
            raise OutOfTimeError
        return self.scorer.score(pairs, progress)


@dataclass
class Corpus:
    """One split, made ready for judging."""

    split: str
    made: Candidates
    cluster: dict[str, str]
    rarity: dict[str, float] = field(init=False)

    def __post_init__(self):
        frames = self.made.frames
        self.rarity = rarities([frames[key] for key in sorted(frames)])
        self.articles = {article.id: article for article in self.made.articles}
        self.copies = copy_groups(self.made.articles)
        self.context = contexts(self.made.claims, frames)

    def judged(self, pairs: Sequence[Pair], scorer, reader) -> Judged:
        """Pairs judged without any screening, as in a run on the whole corpus."""
        frames = self.made.frames
        return judge_pairs(
            pairs, frames, scorer, reader, self.articles, self.copies, None, self.context, self.rarity
        )

    def within(self, pair: Pair) -> bool:
        """Whether both claims are of one cluster."""
        return self.cluster[pair.a.article_id] == self.cluster[pair.b.article_id]


def corpus(data: Path, split: str, models: Models, clusters: int | None) -> Corpus:
    """The articles of a split that come in clusters, paired as one corpus."""
    articles, cluster = [], {}
    for name in ("basil", "ecbplus"):
        with gzip.open(data / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            rows = [row for row in map(json.loads, lines) if row["split"] == split and row["text"].strip()]
        taken = set(list(dict.fromkeys(row["cluster"] for row in rows))[:clusters])
        for row in rows:
            if row["cluster"] in taken:
                articles.append(Article(**{key: row.get(key) for key in FIELDS}))
                cluster[row["id"]] = f"{name}:{row['cluster']}"
    ordered = canonical(articles)
    made = pair_claims(ordered, split_articles(ordered, models).claims, models, models.options)
    print(f"{split}: {len(ordered)} articles, {len(made.claims)} claims, {len(made.pairs)} pairs", flush=True)
    return Corpus(split, made, cluster)


def sample(corpora: Sequence[Corpus]) -> list[tuple[float, Corpus, Pair]]:
    """All pairs in the order in which they are read: the first n are a random sample, each kind at its rate."""
    found = []
    for one in corpora:
        for pair in one.made.pairs:
            chance = int(hashlib.sha256(f"screen:{pair.id}".encode()).hexdigest()[:8], 16) / 2**32
            found.append((chance / RATES[one.split, one.within(pair)], one, pair))
    return sorted((row for row in found if row[0] < 1), key=lambda row: (row[0], row[1].split))


def judged_parts(
    order: Sequence[tuple[float, Corpus, Pair]], scorer, reader
) -> Iterator[tuple[Corpus, Sequence[Pair], Judged]]:
    """The sample judged, part by part, until the time is up."""
    for start in range(0, len(order), AT_ONCE):
        part = order[start : start + AT_ONCE]
        try:
            for one in {id(c): c for _, c, _ in part}.values():
                pairs = [pair for _, c, pair in part if c is one]
                yield one, pairs, one.judged(pairs, scorer, reader)
        except OutOfTimeError:
            return


def read_rows(parts: Iterator[tuple[Corpus, Sequence[Pair], Judged]]) -> dict[str, Rows]:
    """Features of both steps and what became of each pair, by split."""
    rows: dict[str, Rows] = {}
    count = 0
    for one, pairs, judged in parts:
        made = rows.setdefault(one.split, Rows())
        found = {f.places[0]: f for f in judged.findings}
        steps: dict[str, list[Evidence]] = {
            "features": [replace(e, a_to_b=UNREAD, b_to_a=UNREAD, sentences=()) for e in judged.evidence],
            "sentences": [
                replace(e, a_to_b=UNREAD, b_to_a=UNREAD, sentences=e.sentences[:1]) for e in judged.evidence
            ],
        }
        steps = {name: [bare(item) for item in items] for name, items in steps.items()}
        for i, (pair, item) in enumerate(zip(pairs, judged.evidence, strict=True)):
            finding = found.get((pair.a.id, pair.b.id))
            final = features(item)
            made.add(
                {name: features(items[i]) for name, items in steps.items()},
                {relation: confidence(relation, final) for relation in ("contradiction", "agreement")},
                finding is not None,
                finding is not None and shown_at(finding, Options().threshold) is not None,
                1 / RATES[one.split, one.within(pair)],
            )
        count += len(pairs)
        if count // 2000 > (count - len(pairs)) // 2000:
            print(f"{count} pairs", flush=True)
    return rows


def bare(evidence: Evidence) -> Evidence:
    """The evidence without what only a second reading gives."""
    return replace(evidence, substituted=None, around_a=None, around_b=None)


def main() -> None:
    """Command line of the fit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the articles")
    parser.add_argument("--store", type=Path, default=ROOT / ".train/screen.db")
    parser.add_argument("--minutes", type=float, default=0.0, help="most that is spent on pairs that are not kept")
    parser.add_argument("--keep", type=float, default=0.995, help="share of the findings to keep")
    parser.add_argument("--clusters", type=int, help="of each collection; all without it")
    parser.add_argument("--output", type=Path, default=ROOT / "consistency/screen.json")
    parser.add_argument("--results", type=Path, default=ROOT / "benchmarks/results/screen.json")
    given = parser.parse_args()
    given.store.parent.mkdir(parents=True, exist_ok=True)
    kept = Kept(Database(given.store))
    models = RememberingModels(Models(Options(screen="off")), kept)
    corpora = [corpus(given.data, split, models, given.clusters) for split in ("train", "tune")]
    order = sample(corpora)
    base, until = load_scorer(), time.monotonic() + 60 * given.minutes
    scorer, reader = (RememberingScorer(Deadline(model, until), kept) for model in (base, load_reader(base)))
    rows = read_rows(judged_parts(order, scorer, reader))
    train, tune = rows["train"].closed(), rows["tune"].closed()
    steps = {name: fit_step(train, name) for name in get_args(Step)}
    chosen = choose(steps, tune, given.keep)
    result = {
        "pairs": {split: len(made.weight) for split, made in (("train", train), ("tune", tune))},
        "findings": {"shown": int(tune.shown.sum()), "judged": int(tune.judged.sum())},
        "base": base.name, "keep": given.keep,
        **chosen.figures,
        "curves": {name: curve(step, tune, name) for name, step in steps.items()},
    }  # fmt: skip
    for name in steps:
        print(name, *(f"{row['dropped']:.3f} dropped, {row['shown_kept']:.4f} kept" for row in result["curves"][name]),
              sep="\n  ")  # fmt: skip
    print(json.dumps(chosen.figures, indent=2))
    shipped = {name: {"cut": chosen.cuts[name], **step} for name, step in steps.items()}
    kept_figures = {key: chosen.figures[key] for key in ("shown_kept", "judged_kept", "dropped", "half_read")}
    given.output.write_text(json.dumps({**shipped, "measured": kept_figures}, indent=2) + "\n", encoding="utf-8")
    given.results.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    np.seterr(all="raise")
    main()
