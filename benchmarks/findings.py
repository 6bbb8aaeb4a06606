"""From scores to findings: what is found of changed facts, flagged on untouched text, said of the suites.

    python benchmarks/findings.py --data ../shared/data [--split tune|report] [--quick] [--nli FOLDER] [--dump FILE]

At shipped defaults, on real news that nobody labelled. *Corruption*: an editor changes facts whose kind and place are
known (`benchmarks/editor`); recall, rank and right spans for each kind, and what else was flagged. *Alarms*: what is
flagged on untouched single articles and clusters. *Suites*: what the claim sets in `data/claim_sets` are called. Beside
two baselines with the same weights: raw NLI on the same pairs, and whole sentences, cosine neighbours and raw NLI.
Writes JSON and prints a short table. `--dump` writes every judged pair with its features and label as JSON lines, for
fitting and for reading misses; `--scores` keeps NLI scores, so that a second run with changed rules costs no inference.
"""

from __future__ import annotations

import argparse
import json
import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from pathlib import Path

from measuring.alarms import alarms
from measuring.baselines import Method, compared, notebook, raw_fact, raw_pairs, shipped_fact, shipped_pairs
from measuring.corruption import Outcome, Trial, also_flagged, clustered, copied, outcomes, summary
from measuring.judging import RememberingScorer, Run, contradiction_of, run
from measuring.news import clusters, sampled, singles
from measuring.suites import Told, by_suite, read_suites, tell

from consistency.article import Article
from consistency.nli import load_reader, load_scorer
from consistency.options import Options
from consistency.pair import different_speakers
from consistency.pipeline import Models
from consistency.relate.evidence import Evidence
from consistency.relate.features import features

ROOT = Path(__file__).parent.parent
RESULTS = Path(__file__).parent / "results" / "findings.json"
PARTS = ("corruption", "alarms", "suites")
log = logging.getLogger("findings")


@dataclass(slots=True)
class Sizes:
    """How much is sampled: articles with a copy, clusters, articles of each cluster, single articles, changed facts."""

    copies: int = 24
    clusters: int = 6
    cluster_articles: int = 4
    singles: int = 40
    facts: int = 6


QUICK = Sizes(copies=4, clusters=2, cluster_articles=2, singles=8)


@dataclass(slots=True)
class Measured:
    """Everything that was run.

    Attributes:
        trials: changed texts, with their runs and outcomes.
        untouched: runs on untouched text, by kind.
        suites: the judged suites.
        methods: the pipeline and the baselines.
    """

    trials: list[tuple[Trial, Run, list[Outcome]]] = field(default_factory=list)
    untouched: dict[str, list[Run]] = field(default_factory=dict)
    suites: list[list[Told]] = field(default_factory=list)
    methods: dict[str, Method] = field(
        default_factory=lambda: {name: Method() for name in ("shipped", "raw_nli_same_pairs", "notebook")}
    )


def measure(
    data: Path, split: str, sizes: Sizes, parts: list[str], models: Models, sets: Path, plain: bool
) -> Measured:
    """Runs the parts.

    Args:
        data: folder with `articles/*.jsonl.gz`.
        split: `tune` or `report`.
        sizes: how much is sampled.
        parts: some of `PARTS`.
        models: shared by all runs.
        sets: folder of the suites.
        plain: leave out the notebook baseline, which scores pairs of its own.
    """
    made = Measured()
    chosen = clusters(data, split)[: sizes.clusters]
    if "corruption" in parts:
        everything = [article for cluster in chosen for article in cluster.articles]
        run_in = frozenset(a.id for cluster in chosen if cluster.corpus == "ecbplus" for a in cluster.articles)
        # Copies: single articles and those of clusters by turns.
        mixed = {a.id: a for pair in zip_longest(singles(data, split), everything) for a in pair if a is not None}
        trials = copied(mixed.values(), models, sizes.copies, sizes.facts, run_in=run_in)
        trials += clustered(chosen, models, sizes.cluster_articles, sizes.facts)
        for trial in trials:
            if trial.cases:
                _try(trial, models, made, plain)
    if "alarms" in parts:
        articles = singles(data, split)[: sizes.singles]
        for start in range(0, len(articles), 20):
            _untouched("single articles", articles[start : start + 20], models, made, plain)
        for cluster in chosen:
            _untouched("clusters", list(sampled(cluster, sizes.cluster_articles)), models, made, plain)
    if "suites" in parts:
        for items in read_suites(sets, split):
            made.suites.append(tell(items, models))
            log.info("suite %s", items[0].set)
    return made


def _try(trial: Trial, models: Models, made: Measured, plain: bool) -> None:
    done = run(trial.articles, models)
    found = outcomes(trial, done)
    made.trials.append((trial, done, found))
    made.methods["shipped"].facts += [shipped_fact(outcome, done) for outcome in found]
    made.methods["raw_nli_same_pairs"].facts += [raw_fact(outcome) for outcome in found]
    if not plain:
        simple = notebook(trial.articles, models)
        made.methods["notebook"].facts += [simple.fact(outcome) for outcome in found]
    log.info("%s: %d of %d facts", trial.id, sum(o.relation == "contradiction" for o in found), len(found))


def _untouched(kind: str, articles: list[Article], models: Models, made: Measured, plain: bool) -> None:
    single = kind == "single articles"
    done = run(articles, models, "same-article" if single else "default")
    made.untouched.setdefault(kind, []).append(done)
    made.methods["shipped"].untouched(kind, shipped_pairs(done), done.sentences)
    made.methods["raw_nli_same_pairs"].untouched(kind, raw_pairs(done), done.sentences)
    if not plain:
        simple = notebook(articles, models, within=single)
        made.methods["notebook"].untouched(kind, simple.scores, done.sentences)
    log.info("%s: %d sentences, %d pairs", kind, done.sentences, len(done.evidence))


def result(made: Measured, threshold: float, plain: bool) -> dict:
    """All figures."""
    out: dict = {}
    for setting in ("copies", "clusters"):
        part = [entry for entry in made.trials if entry[0].cases[0].setting == setting]
        if part:
            also = sum(len(also_flagged(trial, done)) for trial, done, _ in part)
            found = [outcome for _, _, some in part for outcome in some]
            out.setdefault("corruption", {})[setting] = summary(found, also, sum(done.sentences for _, done, _ in part))
    if made.untouched:
        out["alarms"] = {kind: alarms(runs) for kind, runs in made.untouched.items()}
    if made.suites:
        out["suites"] = by_suite(made.suites)
    if made.trials and made.untouched:
        methods = {name: method for name, method in made.methods.items() if not (plain and name == "notebook")}
        out["against_baselines"] = compared(methods, threshold)
    return out


def pairs(made: Measured) -> Iterator[dict]:
    """Every judged pair with its features, and the changed facts that were not even paired."""
    for trial, done, found in made.trials:
        labels = {(e.pair.a.id, e.pair.b.id): outcome for outcome in found for e in outcome.pairs}
        for evidence in done.evidence:
            outcome = labels.get((evidence.pair.a.id, evidence.pair.b.id))
            edit = outcome.case.place.edit if outcome else None
            row = _pair(trial.cases[0].setting, trial.id, "contradiction" if edit else None, evidence, done)
            yield row | {"kind": edit.kind if edit else None, "detail": edit.detail if edit else None}
        texts = {article.id: article.text for article in trial.articles}
        for outcome in found:
            if not outcome.pairs:
                case = outcome.case
                changed = texts[case.article_id][slice(*case.place.sentence)]
                stated = [texts[key][start:end] for key, start, end in case.stated]
                yield {
                    "setting": case.setting, "group": trial.id, "label": "contradiction", "paired": False,
                    "kind": case.place.edit.kind, "detail": case.place.edit.detail, "a": changed, "b": stated[0],
                }  # fmt: skip
    for kind, runs in made.untouched.items():
        for done in runs:
            for evidence in done.evidence:
                # An edited article does not contradict itself; what a cluster holds nobody has said.
                known = kind == "single articles" and not different_speakers(evidence.pair.a, evidence.pair.b)
                yield _pair(kind, evidence.pair.a.article_id, "none" if known else None, evidence, done)
    for told in made.suites:
        for one in told:
            sides = {name: side.text for name, side in (("a", one.item.a), ("b", one.item.b)) if side}
            yield {
                "setting": "suites", "group": one.item.set, "id": one.item.id, "label": list(one.item.expected),
                "relation": one.relation, "confidence": one.outcome.scores.confidence, **sides,
            }  # fmt: skip


def _pair(setting: str, group: str, label: str | None, evidence: Evidence, done: Run) -> dict:
    pair = evidence.pair
    finding = done.findings.get((pair.a.id, pair.b.id))
    return {
        "setting": setting,
        "group": group,
        "id": pair.id,
        "label": label,
        "paired": True,
        "a": pair.a.text,
        "b": pair.b.text,
        "a_speaker": pair.a.speaker,
        "b_speaker": pair.b.speaker,
        "relation": finding.relation if finding else "none",
        "confidence": finding.confidence if finding else 0.0,
        "raw_contradiction": contradiction_of(evidence),
        "features": features(evidence),
    }


def show(figures: dict) -> None:
    """The short table."""
    for setting, part in figures.get("corruption", {}).items():
        print(f"\nChanged facts, {setting}: found as contradiction (as any conflict), paired, right spans, median rank")
        for name, row in [*part["kinds"].items(), ("all", part["all"])]:
            print(
                f"  {name:12} {row['facts']:4}  {row['recall']:5.1f} ({row['recall_as_any_conflict']:5.1f})"
                f"  {row['paired']:5.1f}  {row['right_spans'] or 0:5.1f}  {row['median_rank'] or '-'}"
            )
        print(f"  also flagged: {part['also_flagged_per_1000_sentences']} per 1,000 sentences")
    for kind, part in figures.get("alarms", {}).items():
        rates = ", ".join(f"{name.replace('_', ' ')} {rate}" for name, rate in part["per_1000_sentences"].items())
        print(f"\nUntouched {kind} ({part['sentences']} sentences), per 1,000 sentences: {rates}")
    suites = figures.get("suites", {"suites": {}, "groups": {}})
    for name, part in (suites["suites"] | suites["groups"]).items():
        called = ", ".join(f"{relation} {share}" for relation, share in part["called"].items() if share)
        print(f"  {name:28} {part['pairs']:4}  as expected {part['as_expected']:5.1f}   {called}")
    for name, row in figures.get("against_baselines", {}).get("at_equal_recall", {}).items():
        print(f"  at recall {figures['against_baselines']['recall']}: {name:20} {row['alarms_per_1000_sentences']}")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with articles/basil.jsonl.gz and the others")
    parser.add_argument("--split", choices=("train", "tune", "report"), default="tune")
    parser.add_argument("--quick", action="store_true", help="a small sample, a few minutes on one core")
    for name, default in ((f, getattr(Sizes(), f)) for f in Sizes.__slots__):
        parser.add_argument(f"--{name.replace('_', '-')}", type=int, help=f"default {default}")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--no-notebook", action="store_true", help="leave out the baseline that scores its own pairs")
    parser.add_argument("--suites", type=Path, default=ROOT / "data" / "claim_sets")
    parser.add_argument("--nli", help="another NLI model")
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--scores", type=Path, help="SQLite file that keeps NLI scores between runs")
    parser.add_argument("--dump", type=Path, help="write every judged pair with features and label, as JSON lines")
    parser.add_argument("--output", type=Path, default=RESULTS)
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    log.setLevel(logging.INFO)
    base = QUICK if arguments.quick else Sizes()
    given = {name: getattr(arguments, name) for name in Sizes.__slots__ if getattr(arguments, name) is not None}
    sizes = replace(base, **given)
    options = Options(nli=arguments.nli, threads=arguments.threads)
    models = Models(options)
    models.get_encoder()
    loaded = load_scorer(options.nli, options.device)
    scorer = models.scorer = RememberingScorer(loaded, arguments.scores)
    reader = models.reader = RememberingScorer(load_reader(loaded), arguments.scores)
    begun, worked = time.perf_counter(), time.process_time()
    made = measure(
        arguments.data, arguments.split, sizes, arguments.only, models, arguments.suites, arguments.no_notebook
    )
    figures = {
        "split": arguments.split,
        "sizes": {name: getattr(sizes, name) for name in Sizes.__slots__},
        "threshold": options.threshold,
        "models": models.named(),
        "seconds": round(time.perf_counter() - begun, 1),
        "cpu_seconds": round(time.process_time() - worked, 1),
        "nli_inputs": scorer.asked + reader.asked,
        **result(made, options.threshold, arguments.no_notebook),
    }
    if arguments.dump:
        with arguments.dump.open("w", encoding="utf-8") as lines:
            for row in pairs(made):
                lines.write(json.dumps(row, ensure_ascii=False) + "\n")
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    arguments.output.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    show(figures)


if __name__ == "__main__":
    main()
