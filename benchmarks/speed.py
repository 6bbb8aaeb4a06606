"""What a run costs by stage and by number of claims, beside the ways that a notebook and two peers would do it.

    python benchmarks/speed.py --data ../shared/data/articles                       # all parts, some 20 minutes
    python benchmarks/speed.py --data ../shared/data/articles --missing             # those that are not there yet
    python benchmarks/speed.py --data ../shared/data/articles --parts run:100000    # one more size, alone

Parts, each in a process of its own; the results file is written after each, so that what is done stays done:

    run:N         seconds and peak memory of every stage of a run on N claims, pairs, NLI inputs
    peers         other ways on the same claims with the same weights, each timed on a sample of its own pairs and
                  scaled by their number
    increment     one more article in a store
    cold          `consistency --help`, `import consistency`, the reference article's report in a fresh process

Sizes from `--stand-in-from` on are run with a scorer that answers at once; their scoring is reckoned as the pairs that
pass the first screening, times the inputs that such a pair took at the largest size that was scored in full, times the
measured seconds of one input. The other ways:

    notebook      SentenceTransformer.encode, util.semantic_search (20 neighbours), CrossEncoder.predict, one direction
    all_pairs     every sentence of an article against every sentence of another (SummaC), CrossEncoder.predict
    one_by_one    the notebook's pairs, one a call (contradictionchecker)

All of it stands on one clock: `wall`, or `processor` (seconds of processor time, for a machine that does other work).
Writes `benchmarks/results/speed.json`, and `speed.png` beside it where matplotlib is installed.
"""
from __future__ import annotations

import argparse
import json
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from measuring.sizes import of_size, read

from consistency.article import Article
from consistency.options import Options
from consistency.pipeline import Candidates, Models, canonical, judge, pair_claims
from consistency.split import Split

RESULTS = Path(__file__).parent / "results" / "speed.json"
REFERENCE = Path(__file__).parent.parent / "data" / "articles" / "reference-khalilzad-talks.txt"
STAGES = ("load_models", "split", "analyse", "encode", "block", "score", "relate")
CLOCKS = {"wall": time.perf_counter, "processor": time.process_time}


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
    """A scorer that answers at once: neutral, but for a fixed small share. Keeps what it was asked."""

    name, sha256, backend, fingerprint, truncated, verified = "stand-in", None, "none", "stand-in", 0, True

    def __init__(self):
        self.asked = []

    def score(self, pairs, progress=None):
        """See `consistency.nli.NLIScorer.score`."""
        self.asked.extend(pairs)
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

    def get_reader(self):
        """See `Models.get_reader`."""
        return Timed(self._models.get_reader(), "score", self._clock)


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


def paired(articles: list[Article], split: Split, models: Models) -> Candidates:
    """Candidate pairs of articles that were split."""
    ordered = canonical(articles)
    place = {article.id: i for i, article in enumerate(ordered)}
    claims = sorted(split.claims, key=lambda claim: place[claim.article_id])
    return pair_claims(ordered, claims, models, models.options)


def run_one(data: Path, size: int, clock_kind: str, stand_in: bool, nli: str | None) -> dict:
    """Stages of one run of a size."""
    clock = Clock(clock_kind)
    models = Models(Options(nli=nli))
    with clock.stage("load_models"):
        models.get_parser()
        models.get_encoder()
        if stand_in:
            models.scorer = StandIn()
        models.get_reader()
    timed = TimedModels(models, clock)
    articles, repeated, split = of_size(read(data), size, timed)
    with clock.stage("block"):
        candidates = paired(articles, split, timed)
    with clock.stage("relate"):
        report = judge(candidates, timed.options, timed)
    texts = [claim.proposition for claim in candidates.claims]
    funnel = report.funnel
    return {
        "claims": len(texts), "articles": len(articles), "repeated_articles": repeated,
        "collapsed_share": round(1 - len(set(texts)) / len(texts), 4), "pairs": len(candidates.pairs),
        "screened_out": funnel["screened_out"], "read": funnel["scored"], "read_one_way": funnel["scored_one_way"],
        "nli_inputs": funnel["nli_inputs"], "findings": len(report), "stand_in": stand_in,
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
    articles, _, split = of_size(read(data), size, models)
    candidates = paired(articles, split, models)
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
    """One more article in a store of a size: the share of the full run that it costs.

    Scoring is left to a stand-in that counts, and reckoned from the time of a sample of what it was asked.
    """
    from consistency.store import Store

    now = CLOCKS[clock_kind]
    models = Models(Options(nli=nli))
    models.get_parser(), models.get_encoder()
    scorer, counting = models.get_scorer(), StandIn()
    articles, _, _ = of_size(read(data), size, models)
    models.scorer = counting
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "corpus.db") as store:
        spent, asked = [], []
        for part in (articles[:-1], articles[-1:], []):
            begun, before = now(), len(counting.asked)
            if part:
                store.add(part)
            report = store.report(models=models)
            spent.append(now() - begun)
            asked.append(len(counting.asked) - before)
        some = sampled(counting.asked, 400)
        scorer.score(some[:8])
        begun = now()
        scorer.score(some)
        each = (now() - begun) / len(some)
        whole = [seconds + each * count for seconds, count in zip(spent, asked, strict=True)]
        return {
            "claims": report.funnel["claims"], "new_claims": sum(c.article_id == articles[-1].id for c in
                                                                 report.claim_list),
            "full_seconds": round(whole[0], 2), "one_more_seconds": round(whole[1], 2),
            "nothing_new_seconds": round(whole[2], 2), "nli_inputs": asked, "seconds_without_scoring":
            [round(seconds, 2) for seconds in spent], "share": round(whole[1] / whole[0], 4),
        }  # fmt: skip


def cold(nli: str | None) -> dict:
    """Seconds of wall time that fresh processes take, the middle one of several."""

    def middle(times: int, *arguments: str) -> float:
        spent = []
        for _ in range(times):
            begun = time.perf_counter()
            subprocess.run([sys.executable, *arguments], capture_output=True, check=True)
            spent.append(time.perf_counter() - begun)
        return round(sorted(spent)[len(spent) // 2], 3)

    given = ["--nli", nli] if nli else []
    with tempfile.TemporaryDirectory() as folder:
        output = ["--output", f"{folder}/report.html", "--quiet", *given]
        report = middle(3, "-m", "consistency", "report", str(REFERENCE), *output)
    bare = middle(5, "-c", "pass")
    return {
        "python": bare, "import_consistency": round(middle(5, "-c", "import consistency") - bare, 3),
        "help": middle(5, "-m", "consistency", "--help"), "reference_report": report,
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


def reckoned(runs: list[dict], each: float | None) -> list[dict]:
    """The runs with the scoring of those that had a stand-in: see the head of this file."""
    full = [run for run in runs if not run["stand_in"]]
    if not full:
        return [run for run in runs if not run["stand_in"]]
    model = max(full, key=lambda run: run["claims"])
    each = each or model["seconds"]["score"] / max(1, model["nli_inputs"])
    inputs = model["nli_inputs"] / max(1, model["read"])
    made = []
    for run in runs:
        if run["stand_in"]:
            count = round(inputs * run["read"])
            run = run | {"nli_inputs": count, "seconds": run["seconds"] | {"score": round(count * each, 1)}}
        made.append(run)
    return made


def summary(parts: dict) -> dict:
    """What follows from the parts that are there: growth, ratios, rates."""
    beside = parts.get("peers")
    each = 1 / beside["ours"]["pairs_per_second"] if beside else None
    runs = sorted((part for name, part in parts.items() if name.startswith("run:")), key=lambda run: run["claims"])
    runs = reckoned(runs, each)
    counts = [run["claims"] for run in runs]
    totals = [sum(v for k, v in run["seconds"].items() if k != "load_models") for run in runs]
    searching = [run["seconds"]["block"] for run in runs]
    made: dict = {
        "runs": runs, "total_seconds": [round(total, 1) for total in totals],
        "search_share": [round(found / total, 4) for found, total in zip(searching, totals, strict=True)],
        "growth": {name: exponent(counts, [run["seconds"][name] for run in runs]) for name in STAGES[1:]}
        | {"total": exponent(counts, totals),
           "without_search": exponent(counts, [t - s for t, s in zip(totals, searching, strict=True)])},
        "ratios": {},
    }  # fmt: skip
    if runs:
        last = runs[-1]
        made["rates"] = {
            f"{what}_per_second_of_{stage}": round(last[what] / last["seconds"][stage], 1)
            for what, stage in (("claims", "split"), ("claims", "analyse"), ("claims", "encode"), ("pairs", "relate"),
                                ("nli_inputs", "score"))
            if last["seconds"][stage] > 0
        }  # fmt: skip
    if beside:
        same = beside["same_pairs"]
        made["ratios"]["scoring_same_pairs"] = round(same["ours"] / same["cross_encoder"], 2)
        near = [i for i, count in enumerate(counts) if abs(count - beside["claims"]) < 0.05 * count]
        if near:
            found = beside["notebook"]["embed_seconds"] + beside["notebook"]["search_seconds"]
            for name in ("notebook", "all_pairs", "one_by_one"):
                theirs = beside[name]["scoring_seconds"] + (0 if name == "all_pairs" else found)
                made["ratios"][f"end_to_end_{name}"] = round(theirs / totals[near[0]], 2)
    return made


def plot(result: dict, path: Path) -> None:
    """Seconds of each stage against claims, both logarithmic; nothing without matplotlib."""
    try:
        from matplotlib.figure import Figure
    except ImportError:
        return
    runs = result["runs"]
    axes = (figure := Figure(figsize=(7, 5), layout="constrained")).subplots()
    counts = [run["claims"] for run in runs]
    for stage in STAGES[1:]:
        axes.plot(counts, [max(run["seconds"][stage], 0.01) for run in runs], marker="o", label=stage)
    axes.plot(counts, result["total_seconds"], marker="o", color="black", linewidth=2, label="all stages")
    beside = result["parts"].get("peers")
    if beside:
        for name in ("notebook", "all_pairs", "one_by_one"):
            label = f"{name.replace('_', ' ')}, scoring"
            axes.plot([beside["claims"]], [beside[name]["scoring_seconds"]], "x", label=label)
    axes.set(xscale="log", yscale="log", xlabel="claims", ylabel=f"seconds ({result['clock']})")
    axes.legend(fontsize="small")
    axes.grid(alpha=0.3)
    figure.savefig(path, dpi=110)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data/articles"))
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 3000, 10000, 30000])
    parser.add_argument("--parts", nargs="+", help="only these: run:N, peers, increment, cold")
    parser.add_argument("--missing", action="store_true", help="only parts that the results file does not hold")
    parser.add_argument("--stand-in-from", type=int, default=3000, help="claims from which scoring is reckoned")
    parser.add_argument("--sample", type=int, default=2000, help="pairs timed of each way")
    parser.add_argument("--beside", type=int, default=10_000, help="claims at which the ways are compared")
    parser.add_argument("--increment", type=int, default=10_000, help="claims of the store that grows")
    parser.add_argument("--clock", choices=tuple(CLOCKS), default="wall")
    parser.add_argument("--nli", help="another NLI model")
    parser.add_argument("--output", type=Path, default=RESULTS)
    parser.add_argument("--one", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(part_of(given)))
        return
    wanted = given.parts or [*(f"run:{size}" for size in given.sizes), "peers", "increment", "cold"]
    before = json.loads(given.output.read_text(encoding="utf-8")) if given.output.is_file() else {}
    parts = before.get("parts", {}) if before.get("clock") == given.clock else {}
    for name in wanted:
        if given.missing and name in parts:
            continue
        begun = time.monotonic()
        parts[name] = child([*sys.argv[1:], "--one", name])
        result = {
            "clock": given.clock, "machine": platform.processor() or platform.machine(), "threads": threads(),
            **summary(parts), "parts": parts,
        }  # fmt: skip
        given.output.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
        if result["runs"]:
            plot(result, given.output.with_suffix(".png"))
        print(f"{name}: {time.monotonic() - begun:.0f} s  {json.dumps(parts[name])}", flush=True)


def part_of(given: argparse.Namespace) -> dict:
    """One part, in this process."""
    kind, _, size = given.one.partition(":")
    if kind == "run":
        return run_one(given.data, int(size), given.clock, int(size) >= given.stand_in_from, given.nli)
    if kind == "peers":
        return peers(given.data, given.beside, given.sample, given.clock, given.nli)
    if kind == "increment":
        return increment(given.data, given.increment, given.clock, given.nli)
    return cold(given.nli)


def threads() -> int:
    """Threads that torch uses here."""
    import torch

    return torch.get_num_threads()


if __name__ == "__main__":
    main()
