"""`consistency verify` beside SummaC-ZS's rule and whole-document NLI, with one NLI model, in one run.

    python benchmarks/verify.py --data ../shared/data/verify [--claims ../shared/data/nli/dev/realsumm_claims.jsonl.gz]
        [--nli FOLDER] [--limit 20]

SummaC-ZS (Laban et al. 2022): every sentence of the source with every sentence of the text; for each sentence of the
text the maximum entailment over the source, and the maximum entailment minus the maximum contradiction; the mean over
the text; the better of the two rules on each set is reported. All three are batched over all texts of a set.

For each set: ROC-AUC; balanced accuracy at a threshold chosen on one half of the documents and measured on the other,
both ways; and at the fixed 0.5 of `consistency verify`. `scripts/fit_verify.py` fits on one half of the documents of
these sets, this benchmark measures on the other half. On SummEdits, how the edited texts come out by kind of edit.
Processor seconds a text, and their ratio on documents of at least 500 words. Writes `benchmarks/results/verify.json`.
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

from consistency.article import Article
from consistency.nli import load_scorer
from consistency.options import Options
from consistency.pipeline import Models
from consistency.verification.api import verify_rows
from consistency.verification.judge import weights
from consistency.verification.passages import sentences

RESULTS = Path(__file__).parent / "results" / "verify.json"
SETS = ("cliff", "qags_xsum", "summedits_half", "summeval_val", "wice_dev", "xsumfaith_val")
CLAIMS = "realsumm_claims"
LONG = 500


def key(row: dict) -> int:
    """A fixed pseudo-random order, so that a prefix is a sample."""
    return zlib.crc32(f"{row['document'][:200]}|{row['text']}".encode())


def fitted(row: dict) -> bool:
    """Whether the weights may have been fitted on this document."""
    return zlib.crc32(row["document"][:200].encode()) % 2 == 0


def read(path: Path) -> list[dict]:
    """The rows of a set whose documents the weights were not fitted on, in a fixed order."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    if rows and "premise" in rows[0]:
        rows = [
            {"document": row["premise"], "text": row["hypothesis"], "consistent": row["label"] == "entailment"}
            for row in rows
        ]
    return sorted((row for row in rows if not fitted(row)), key=key)


def sample(rows: list[dict], limit: int) -> list[dict]:
    """Rows of a set, half of them consistent as far as there are enough."""
    return [row for label in (True, False) for row in [r for r in rows if r["consistent"] is label][: limit // 2]]


def auc(gold: np.ndarray, score: np.ndarray) -> float:
    """Area under the ROC curve in percent; ties count half."""
    good, bad = score[gold], score[~gold]
    wins = (good[:, None] > bad[None, :]).mean() + 0.5 * (good[:, None] == bad[None, :]).mean()
    return round(100 * float(wins), 1)


def balanced(gold: np.ndarray, told: np.ndarray) -> float:
    """Mean of both classes' recall, 0 to 1."""
    return float((told[gold].mean() + (~told[~gold]).mean()) / 2)


def split_half(gold: np.ndarray, score: np.ndarray, half: np.ndarray) -> float:
    """Balanced accuracy in percent, each half measured at the threshold chosen on the other."""
    told = np.zeros(len(gold), bool)
    for side in (False, True):
        known = half == side
        best = max(sorted(set(score[known])), key=lambda t: balanced(gold[known], score[known] >= t))
        told[~known] = score[~known] >= best
    return round(100 * balanced(gold, told), 1)


def summac(rows: list[dict], models: Models) -> dict[str, np.ndarray]:
    """Scores of SummaC-ZS's two rules, every distinct sentence pair of the set scored once and in one batch."""
    inputs: list[tuple[str, str]] = []
    shapes = []
    for row in rows:
        source, text = ([s.text for s in sentences(Article("x", row[name]))] for name in ("document", "text"))
        shapes.append((len(text), len(source)))
        inputs += [(premise, hypothesis) for hypothesis in text for premise in source]
    scores = models.get_scorer().score(inputs)
    entailed, apart, at = [], [], 0
    for wide, deep in shapes:
        block = scores[at : at + wide * deep].reshape(wide, deep, 3)
        at += wide * deep
        best = block[:, :, 0].max(axis=1)
        entailed.append(best.mean())
        apart.append((best - block[:, :, 2].max(axis=1)).mean())
    return {"entailment": np.array(entailed), "entailment_minus_contradiction": np.array(apart)}


def whole(rows: list[dict], models: Models) -> np.ndarray:
    """Entailment of the whole text by the whole document, cut at what the model reads."""
    return models.get_scorer().score([(row["document"], row["text"]) for row in rows])[:, 0]


def timed(work, *given):
    """What it returns, and its seconds of processor time: a machine that others share does not blur the ratios."""
    begun = time.process_time()
    made = work(*given)
    return made, time.process_time() - begun


def mean(values: list[float]) -> float:
    """Mean to two decimals."""
    return round(float(np.mean(values)), 2)


def measure(rows: list[dict], models: Models) -> tuple[dict, list]:
    """All figures of one set, and our verifications."""
    ours, our_seconds = timed(verify_rows, rows, models)
    zero_shot, their_seconds = timed(summac, rows, models)
    document, whole_seconds = timed(whole, rows, models)
    gold = np.array([row["consistent"] for row in rows])
    half = np.array([zlib.crc32(row["document"][-200:].encode()) % 2 == 1 for row in rows])
    score = np.array([item.score for item in ours])
    rule = max(zero_shot, key=lambda name: auc(gold, zero_shot[name]))

    def figures(values: np.ndarray, seconds: float) -> dict:
        return {
            "roc_auc": auc(gold, values),
            "balanced_accuracy": split_half(gold, values, half) if len(set(half)) == 2 else None,
            "cpu_seconds_per_text": round(seconds / len(rows), 3),
        }

    return {
        "texts": len(rows),
        "document_words": round(float(np.mean([len(row["document"].split()) for row in rows]))),
        "verify": {
            **figures(score, our_seconds),
            "balanced_accuracy_at_0.5": round(100 * balanced(gold, score >= 0.5), 1),
        },
        "summac_zs": {"rule": rule, **figures(zero_shot[rule], their_seconds)},
        "whole_document": figures(document, whole_seconds),
    }, ours


def kinds_of_edit(rows: list[dict], models: Models, limit: int) -> dict:
    """Verdicts of SummEdits' texts by kind of edit; texts with one kind alone, and unedited ones."""
    chosen = [row for row in rows if row["consistent"] and not row["edit_types"]][:limit]
    for kind in sorted({kind for row in rows for kind in row["edit_types"]}):
        chosen += [row for row in rows if not row["consistent"] and row["edit_types"] == [kind]][:limit]
    found: dict[str, Counter] = {}
    for row, item in zip(chosen, verify_rows(chosen, models), strict=True):
        found.setdefault((row["edit_types"] or ["unedited"])[0], Counter())[item.verdict] += 1
    return {kind: dict(sorted(counts.items())) for kind, counts in found.items()}


def long_documents(found: dict[str, list[dict]], models: Models, limit: int) -> dict:
    """Time on texts whose documents have at least 500 words, ours and SummaC-ZS's, nothing shared between texts."""
    rows = [row for name in ("xsumfaith_val", "cliff", "summeval_val") for row in found.get(name, ())
            if len(row["document"].split()) >= LONG]  # fmt: skip
    rows = list({row["document"]: row for row in sorted(rows, key=key)}.values())[:limit]
    ours = sum(timed(verify_rows, [row], models)[1] for row in rows)
    theirs = sum(timed(summac, [row], models)[1] for row in rows)
    together, batched = timed(verify_rows, rows, models)[1], timed(summac, rows, models)[1]
    return {
        "texts": len(rows),
        "verify_cpu_seconds_per_text": round(together / len(rows), 3),
        "summac_zs_cpu_seconds_per_text": round(batched / len(rows), 3),
        "ratio": round(together / batched, 3),
        "ratio_one_at_a_time": round(ours / theirs, 3),
    }


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with summedits_half.jsonl.gz and the others")
    parser.add_argument("--claims", type=Path, help="realsumm_claims.jsonl.gz, for the claim-level set")
    parser.add_argument("--nli", help="NLI model, the bundled one by default")
    parser.add_argument("--limit", type=int, default=20, help="texts of each set")
    parser.add_argument("--output", type=Path, default=RESULTS)
    given = parser.parse_args()
    models = Models(Options(nli=given.nli), scorer=load_scorer(given.nli))
    models.get_parser(), models.get_encoder()
    rows = {name: read(given.data / f"{name}.jsonl.gz") for name in SETS}
    if given.claims:
        rows[CLAIMS] = read(given.claims)
    verify_rows(rows["cliff"][:1], models)
    scorer = models.get_scorer()
    nli = {"name": scorer.name, "sha256": scorer.sha256, "backend": scorer.backend}
    result: dict = {"limit": given.limit, "long_words": LONG, "nli": nli, "sets": {}}
    for name, some in rows.items():
        result["sets"][name], _ = measure(sample(some, given.limit), models)
        print(name, json.dumps(result["sets"][name]), flush=True)
    sets = result["sets"].values()
    result["mean"] = {
        way: {name: mean([one[way][name] for one in sets]) for name in ("roc_auc", "cpu_seconds_per_text")}
        for way in ("verify", "summac_zs", "whole_document")
    }
    print("mean", json.dumps(result["mean"]), flush=True)
    # A figure measured with weights that were fitted for another model says nothing.
    result["fitted_for_this_model"] = weights()["nli"]["sha256"] == scorer.sha256
    result["edits"] = kinds_of_edit(rows["summedits_half"], models, given.limit // 2)
    print("edits", json.dumps(result["edits"]), flush=True)
    result["long_documents"] = long_documents(rows, models, given.limit // 2)
    print("long documents", json.dumps(result["long_documents"]), flush=True)
    given.output.parent.mkdir(exist_ok=True)
    given.output.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
