"""NLI quality and speed of the bundled models, and of any other given by path.

    python benchmarks/nli.py --data ../shared/data/nli [--model FOLDER ...] [--limit 1000]

Writes `benchmarks/results/nli.json`: per set accuracy, macro-F1, contradiction precision and recall; expected
calibration error on the half of the three-label sets that the temperature was not fitted on; pairs per second. Premise-
and hypothesis-only rows show how far the labels can be told without comparing anything.
"""
from __future__ import annotations

import argparse
import gzip
import json
import time
import zlib
from collections import Counter
from pathlib import Path

import numpy as np

LABELS = ("entailment", "neutral", "contradiction")
RESULTS = Path(__file__).parent / "results" / "nli.json"
ECE_SETS = ("mnli_matched", "snli", "lingnli", "healthver", "infotabs", "anli_r3")
# Sets on which a one-sided baseline is run: what their artefacts are worth.
ONE_SIDED = ("mnli_matched", "snli", "lingnli", "cad_snli")


def read(path: Path, limit: int) -> list[dict]:
    """The first rows of a dev set; every row when `limit` is 0."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    # Sets are sorted by label or source in places: a fixed pseudo-random order makes a prefix a sample.
    rows.sort(key=lambda row: zlib.crc32(f"{row['premise']}|{row['hypothesis']}".encode()))
    return rows[:limit] if limit else rows


def figures(scores: np.ndarray, gold: list[str]) -> dict[str, float]:
    """Accuracy, macro-F1 and contradiction precision and recall, in percent, on the labels that the set has."""
    labels = [label for label in (*LABELS, "not_entailment") if label in set(gold)]
    if "not_entailment" in labels:
        told = np.where(scores[:, 0] >= scores[:, 1:].sum(axis=1), "entailment", "not_entailment")
    else:
        columns = [LABELS.index(label) for label in labels]
        told = np.array(labels)[scores[:, columns].argmax(axis=1)]
    truth = np.array(gold)
    out = {"pairs": len(gold), "accuracy": 100 * float((told == truth).mean())}
    f1 = []
    for label in labels:
        hit = float(((told == label) & (truth == label)).sum())
        precision = hit / max(1, int((told == label).sum()))
        recall = hit / max(1, int((truth == label).sum()))
        f1.append(2 * precision * recall / (precision + recall) if hit else 0.0)
        if label == "contradiction":
            out |= {"contradiction_precision": 100 * precision, "contradiction_recall": 100 * recall}
    out["macro_f1"] = 100 * float(np.mean(f1))
    return {name: round(value, 1) for name, value in out.items()}


def calibration(scores: np.ndarray, gold: list[str], bins: int = 15) -> dict:
    """Expected calibration error (Guo et al. 2017) and accuracy at given coverage, most confident first."""
    sure, right = scores.max(axis=1), scores.argmax(axis=1) == np.array([LABELS.index(label) for label in gold])
    error = 0.0
    for low in np.linspace(0, 1, bins, endpoint=False):
        inside = (sure > low) & (sure <= low + 1 / bins)
        if inside.any():
            error += inside.mean() * abs(right[inside].mean() - sure[inside].mean())
    order = np.argsort(-sure, kind="stable")
    risk = {
        f"{share:.0%}": round(100 * float(1 - right[order[: max(1, int(share * len(order)))]].mean()), 1)
        for share in (0.2, 0.4, 0.6, 0.8, 1.0)
    }
    return {"pairs": len(gold), "ece": round(100 * float(error), 2), "error_at_coverage": risk}


def measure(scorer, data: Path, limit: int) -> dict:
    """All figures of one model."""
    sets, calibrated = {}, ([], [])
    seconds = pairs = 0
    for path in sorted((data / "dev").glob("*.jsonl.gz")):
        name = path.name.removesuffix(".jsonl.gz")
        rows = read(path, limit)
        gold = [row["label"] for row in rows]
        begun = time.perf_counter()
        scores = scorer.score([(row["premise"], row["hypothesis"]) for row in rows])
        seconds += time.perf_counter() - begun
        pairs += len(rows)
        sets[name] = figures(scores, gold)
        if name in ONE_SIDED:
            some = rows[:300]
            halves = {
                "hypothesis": [("", row["hypothesis"]) for row in some],
                "premise": [(row["premise"], "") for row in some],
            }
            for side, blanked in halves.items():
                one_sided = figures(scorer.score(blanked), [r["label"] for r in some])["accuracy"]
                sets[name][f"{side}_only_accuracy"] = one_sided
            sets[name]["majority"] = round(100 * max(Counter(gold).values()) / len(gold), 1)
        if name in ECE_SETS:
            kept = [i for i, r in enumerate(rows) if zlib.crc32(f"{r['premise']}\x1f{r['hypothesis']}".encode()) % 2]
            calibrated[0].append(scores[kept])
            calibrated[1].extend(gold[i] for i in kept)
        print(f"  {name:28} {sets[name]['accuracy']:5.1f}  macro-F1 {sets[name]['macro_f1']:5.1f}", flush=True)
    return {
        "name": scorer.name,
        "sha256": scorer.sha256,
        "backend": scorer.backend,
        "pairs_per_second": round(pairs / seconds, 1),
        "sets": sets,
        "calibration": calibration(np.concatenate(calibrated[0]), calibrated[1]),
    }


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with dev/*.jsonl.gz")
    parser.add_argument("--model", action="append", default=[], help="another model, by folder or id")
    parser.add_argument("--no-bundled", action="store_true", help="only the models given")
    parser.add_argument("--limit", type=int, default=1000, help="pairs per set, 0 for all")
    parser.add_argument("--output", type=Path, default=RESULTS)
    arguments = parser.parse_args()
    from consistency.nli import load_scorer

    found = {}
    for model in ([] if arguments.no_bundled else [None]) + arguments.model:
        scorer = load_scorer(model)
        print(scorer.name)
        found[scorer.name] = measure(scorer, arguments.data, arguments.limit)
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    arguments.output.write_text(json.dumps({"limit": arguments.limit, "models": found}, indent=2) + "\n")


if __name__ == "__main__":
    main()
