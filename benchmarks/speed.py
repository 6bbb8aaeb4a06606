"""What a run costs by stage and by number of claims, beside the ways that a notebook and two peers would do it.

    python benchmarks/speed.py --data ../shared/data/articles [--sizes 1000 3000 10000] [--sample 2000]

For each size, in a process of its own: seconds of every stage, peak memory, pairs, NLI inputs. Sizes from
`--stand-in-from` on are run with a scorer that answers at once, and scoring is reckoned as inputs times the measured
seconds of one. Beside it, in one process with the same weights, each timed on a sample of its own pairs and scaled by
their number:

    notebook      SentenceTransformer.encode, util.semantic_search (20 neighbours), CrossEncoder.predict, one direction
    all_pairs     every sentence of an article against every sentence of another (SummaC), CrossEncoder.predict
    one_by_one    the notebook's pairs, one a call (contradictionchecker)

All of it stands on one clock: `wall`, or `processor` (seconds of processor time, for a machine that does other work).
Writes `benchmarks/results/speed.json`.
"""
from __future__ import annotations

import argparse
import gzip
import json
import platform
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from consistency.article import Article
from consistency.options import Options
from consistency.pipeline import Models, canonical, judge, pair_claims, split_articles

RESULTS = Path(__file__).parent / "results" / "speed.json"
STAGES = ("load_models", "split", "analyse", "encode", "block", "score", "relate")
CLOCKS = {"wall": time.perf_counter, "processor": time.process_time}
NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}")
FIGURE = re.compile(r"(?<![\w.,])\d{1,3}(?![\w.,]*\d)")


class Clock:
    """Seconds by stage; time within an inner stage is not counted to the outer one."""

    def __init__(self, kind: str):
        self.now = CLOCKS[kind]
        self.seconds = dict.fromkeys(STAGES, 0.0)
        self.peak_mb = dict.fromkeys(STAGES, 0.0)
        self._inner = 0.0

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Counts what is done inside to a stage."""
        outer, self._inner, begun = self._inner, 0.0, self.now()
        try:
            yield
        finally:
            spent = self.now() - begun
            self.seconds[name] += spent - self._inner
            self.peak_mb[name] = peak_mb()
            self._inner = outer + spent


class StandIn:
    """A scorer that answers at once: neutral, but for a fixed small share."""

    name, sha256, backend, fingerprint, truncated, verified = "stand-in", None, "none", None, 0, True

    def score(self, pairs, progress=None):
        """See `consistency.nli.NLIScorer.score`."""
        rows = np.tile((0.02, 0.96, 0.02), (len(pairs), 1))
        rows[::37], rows[::53] = (0.95, 0.04, 0.01), (0.01, 0.04, 0.95)
        return rows


class TimedModels(Models):
    """Models whose work is counted to its stage."""

    def __init__(self, models: Models, clock: Clock):
        super().__init__(models.options)
        self._models, self._clock = models, clock
        self.inputs = 0

    def split(self, articles, progress=None):
        """See `Models.split`."""
        with self._clock.stage("split"):
            return self._models.split(articles, progress)

    def analyse(self, texts):
        """See `Models.analyse`."""
        with self._clock.stage("analyse"):
            made = list(self._models.analyse(texts))
        return iter(made)

    def get_encoder(self):
        """See `Models.get_encoder`."""
        return Timed(self._models.get_encoder(), "encode", self._clock)

    def get_scorer(self):
        """See `Models.get_scorer`."""
        return Timed(self._models.get_scorer(), "score", self._clock)


class Timed:
    """A model whose calls are counted to a stage."""

    def __init__(self, model, stage: str, clock: Clock):
        self._model, self._stage, self._clock = model, stage, clock

    def __getattr__(self, name):
        return getattr(self._model, name)

    def encode(self, texts, progress=None):
        """See `Encoder.encode`."""
        with self._clock.stage(self._stage):
            return self._model.encode(texts, progress)

    def score(self, pairs, progress=None):
        """See `NLIScorer.score`."""
        with self._clock.stage(self._stage):
            return self._model.score(pairs, progress)


def peak_mb() -> float:
    """Most memory that this process has held, in megabytes."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


def read(folder: Path) -> list[Article]:
    """The articles of the three sets, those of one event side by side."""
    rows = []
    for path in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            rows += [(path.name, row) for row in map(json.loads, lines)]
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


def of_size(articles: list[Article], size: int, models: Models) -> tuple[list[Article], int]:
    """Articles from the first on that hold a number of claims, and how many of them are repetitions.

    Whole articles: the number is reached by the last one, not met.
    """
    names = sorted({m.group() for article in articles[:400] for m in NAME.finditer(article.text)})
    chosen: list[Article] = []
    claims = turn = 0
    while claims < size:
        for start in range(0, len(articles), 50):
            part = [varied(a, turn, names) if turn else a for a in articles[start : start + 50]]
            for article in part:
                claims += len(models.split([article]).claims)
                chosen.append(article)
                if claims >= size:
                    return chosen, max(0, len(chosen) - len(articles))
        turn += 1
    return chosen, 0


def run_one(data: Path, size: int, clock_kind: str, stand_in: bool, nli: str | None) -> dict:
    """Stages of one run of a size."""
    clock = Clock(clock_kind)
    models = Models(Options(nli=nli))
    with clock.stage("load_models"):
        models.get_parser()
        models.get_encoder()
        if stand_in:
            models.scorer = StandIn()
        models.get_scorer()
    articles, repeated = of_size(read(data), size, models)
    timed = TimedModels(models, clock)
    ordered = canonical(articles)
    split = split_articles(ordered, timed)
    with clock.stage("block"):
        candidates = pair_claims(ordered, split.claims, timed, timed.options)
    with clock.stage("relate"):
        report = judge(candidates, timed.options, timed)
    texts = [claim.proposition for claim in candidates.claims]
    return {
        "claims": len(texts), "articles": len(articles), "repeated_articles": repeated,
        "collapsed_share": round(1 - len(set(texts)) / len(texts), 4), "pairs": len(candidates.pairs),
        "nli_inputs": report.funnel["nli_inputs"], "findings": len(report), "stand_in": stand_in,
        "backend": timed.get_scorer().backend, "seconds": {k: round(v, 2) for k, v in clock.seconds.items()},
        "peak_mb": clock.peak_mb,
    }  # fmt: skip


def sampled(pairs: list, count: int) -> list:
    """An even sample."""
    return pairs[:: max(1, len(pairs) // count)][:count]


def peers(data: Path, size: int, sample: int, clock_kind: str, nli: str | None) -> dict:
    """Seconds for one size of each way, from a sample of its own pairs, and those of this tool's scorer."""
    import torch
    from sentence_transformers import CrossEncoder, SentenceTransformer, util

    from consistency.encode import minilm_folder

    now = CLOCKS[clock_kind]
    models = Models(Options(nli=nli))
    articles, _ = of_size(read(data), size, models)
    ordered = canonical(articles)
    split = split_articles(ordered, models)
    candidates = pair_claims(ordered, split.claims, models, models.options)
    scorer = models.get_scorer()
    own = [(candidates.frames[p.a.id].text, candidates.frames[p.b.id].text) for p in candidates.pairs]
    sentences = list(dict.fromkeys((c.article_id, c.sentence.text) for c in split.claims))
    texts = [text for _, text in sentences]
    with tempfile.TemporaryDirectory() as folder:
        # The same weights in the form that CrossEncoder reads.
        scorer._model.float().save_pretrained(folder)
        scorer._tokenizer.save_pretrained(folder)
        cross = CrossEncoder(folder, device="cpu")
    encoder = SentenceTransformer(str(minilm_folder()), device="cpu", local_files_only=True)
    if scorer.backend.split()[1] == "bfloat16":
        scorer._model.bfloat16()
    with torch.inference_mode():
        begun = now()
        vectors = encoder.encode(texts, convert_to_tensor=True)
        embed = now() - begun
        begun = now()
        hits = util.semantic_search(vectors, vectors, top_k=21)
        search = now() - begun
    near = [
        (texts[i], texts[int(hit["corpus_id"])])
        for i, row in enumerate(hits)
        for hit in row
        if hit["corpus_id"] > i and sentences[i][0] != sentences[int(hit["corpus_id"])][0]
    ]
    per_article = np.unique([key for key, _ in sentences], return_counts=True)[1].astype(float)
    every = int(per_article.sum() ** 2 - (per_article**2).sum())
    chance = np.random.default_rng(0)
    at = chance.integers(len(texts), size=(3 * sample, 2))
    crossing = [(texts[i], texts[j]) for i, j in at.tolist() if sentences[i][0] != sentences[j][0]][:sample]

    def rate(pairs: list, score) -> dict:
        score(pairs[:8])
        begun = now()
        score(pairs)
        return {"sample": len(pairs), "pairs_per_second": round(len(pairs) / (now() - begun), 2)}

    found = {
        "ours": {"pairs": 2 * len(own), **rate(sampled(own, sample), scorer.score)},
        "notebook": {
            "pairs": len(near), "embed_seconds": round(embed, 2), "search_seconds": round(search, 2),
            **rate(sampled(near, sample), lambda p: cross.predict(p, show_progress_bar=False)),
        },
        "all_pairs": {"pairs": every, **rate(crossing, lambda p: cross.predict(p, show_progress_bar=False))},
        "one_by_one": {
            "pairs": len(near),
            **rate(sampled(near, max(1, sample // 4)), lambda p: [cross.predict([one]) for one in p]),
        },
    }  # fmt: skip
    # The same pairs through both: what batching and precision alone are worth.
    same = sampled(own, sample)
    found["same_pairs"] = {
        "ours": rate(same, scorer.score)["pairs_per_second"],
        "cross_encoder": rate(same, lambda p: cross.predict(p, show_progress_bar=False))["pairs_per_second"],
    }
    for name in ("ours", "notebook", "all_pairs", "one_by_one"):
        found[name]["scoring_seconds"] = round(found[name]["pairs"] / found[name]["pairs_per_second"], 1)
    return {"claims": len(split.claims), "sentences": len(texts), **found}


def increment(data: Path, size: int, clock_kind: str, nli: str | None) -> dict:
    """One more article in a store of a size: the share of the full run that it costs."""
    from consistency.store import Store

    now = CLOCKS[clock_kind]
    models = Models(Options(nli=nli))
    models.get_parser(), models.get_encoder(), models.get_scorer()
    articles, _ = of_size(read(data), size, models)
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "corpus.db") as store:
        spent = []
        for part in (articles[:-1], articles[-1:], []):
            begun = now()
            if part:
                store.add(part)
            report = store.report(models=models)
            spent.append(round(now() - begun, 2))
        return {
            "claims": report.funnel["claims"], "full_seconds": spent[0], "one_more_seconds": spent[1],
            "nothing_new_seconds": spent[2], "share": round(spent[1] / spent[0], 4),
        }  # fmt: skip


def exponent(sizes: list[float], seconds: list[float]) -> float | None:
    """Growth: the slope of log seconds over log claims."""
    if len(sizes) < 2 or min(seconds) <= 0:
        return None
    return round(float(np.polyfit(np.log(sizes), np.log(seconds), 1)[0]), 2)


def child(arguments: list[str]) -> dict:
    """Result of this script in a process of its own."""
    done = subprocess.run([sys.executable, __file__, *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    return json.loads(done.stdout.splitlines()[-1])


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data/articles"))
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 3000, 10000, 30000])
    parser.add_argument("--stand-in-from", type=int, default=100_000, help="claims from which scoring is reckoned")
    parser.add_argument("--sample", type=int, default=2000, help="pairs timed of each way")
    parser.add_argument("--beside", type=int, default=10_000, help="claims at which the ways are compared")
    parser.add_argument("--increment", type=int, default=10_000, help="claims of the store that grows; 0 for none")
    parser.add_argument("--clock", choices=tuple(CLOCKS), default="wall")
    parser.add_argument("--nli", help="another NLI model")
    parser.add_argument("--output", type=Path, default=RESULTS)
    parser.add_argument("--part", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.part:
        kind, size = given.part[0], int(given.part[1])
        if kind == "run":
            made = run_one(given.data, size, given.clock, size >= given.stand_in_from, given.nli)
        elif kind == "peers":
            made = peers(given.data, size, given.sample, given.clock, given.nli)
        else:
            made = increment(given.data, size, given.clock, given.nli)
        print(json.dumps(made))
        return
    shared = ["--data", str(given.data), "--clock", given.clock, "--sample", str(given.sample),
              "--stand-in-from", str(given.stand_in_from), *(["--nli", given.nli] if given.nli else [])]  # fmt: skip
    beside = child([*shared, "--part", "peers", str(given.beside)])
    print(f"at {beside['claims']} claims: {json.dumps(beside)}")
    each = 1 / beside["ours"]["pairs_per_second"]
    runs = []
    for size in given.sizes:
        made = child([*shared, "--part", "run", str(size)])
        if made["stand_in"]:
            made["seconds"]["score"] = round(made["nli_inputs"] * each, 1)
        runs.append(made)
        print(f"{made['claims']} claims, {made['pairs']} pairs: {json.dumps(made['seconds'])} {made['peak_mb']}")
    counts = [run["claims"] for run in runs]
    totals = [sum(v for k, v in run["seconds"].items() if k != "load_models") for run in runs]
    growth = {name: exponent(counts, [run["seconds"][name] for run in runs]) for name in STAGES[1:]}
    result = {
        "clock": given.clock, "machine": platform.processor() or platform.machine(), "threads": threads(),
        "runs": runs, "total_seconds": [round(total, 1) for total in totals],
        "growth": {**growth, "total": exponent(counts, totals)}, "beside": beside,
        "ratios": {"scoring_same_pairs": round(
            beside["same_pairs"]["ours"] / beside["same_pairs"]["cross_encoder"], 2
        )},
    }  # fmt: skip
    if given.beside in given.sizes:
        ours = totals[given.sizes.index(given.beside)]
        found = beside["notebook"]["embed_seconds"] + beside["notebook"]["search_seconds"]
        for name in ("notebook", "all_pairs", "one_by_one"):
            theirs = beside[name]["scoring_seconds"] + (0 if name == "all_pairs" else found)
            result["ratios"][f"end_to_end_{name}"] = round(theirs / ours, 2)
    if given.increment:
        result["increment"] = child([*shared, "--part", "increment", str(given.increment)])
    given.output.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    print(f"wrote {given.output}")


def threads() -> int:
    """Threads that torch uses here."""
    import torch

    return torch.get_num_threads()


if __name__ == "__main__":
    main()
