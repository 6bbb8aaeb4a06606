"""Calibration: one temperature, fitted on dev pairs that training did not see and that the figures leave out."""
from __future__ import annotations

import json
import zlib
from pathlib import Path

import torch
from torch.nn import functional
from transformers import AutoModelForSequenceClassification, AutoTokenizer

from .mix import LABELS, detokenise, read_rows

# Three-label sets of several kinds; those with two labels cannot tell neutral from the rest.
SETS = ("mnli_matched", "snli", "lingnli", "healthver", "infotabs", "anli_r3")
PER_SET = 250


def fitting_half(row: dict) -> bool:
    """Whether a dev pair is for fitting; the benchmark reports calibration on the other half."""
    return zlib.crc32(f"{row['premise']}\x1f{row['hypothesis']}".encode()) % 2 == 0


def calibrate(work: Path, data: Path) -> dict:
    """Fits the temperature of `work/final` and writes `work/calibration.json`.

    Args:
        work: the run's folder.
        data: the folder of labelled data.

    Returns:
        `temperature`, and the negative log-likelihood before and after.
    """
    model = AutoModelForSequenceClassification.from_pretrained(work / "final", dtype=torch.float32).eval()
    tokenizer = AutoTokenizer.from_pretrained(work / "final")
    logits, gold = [], []
    for name in SETS:
        rows = [row for row in read_rows(data / f"nli/dev/{name}.jsonl.gz") if fitting_half(row)][:PER_SET]
        rows.sort(key=lambda row: len(row["premise"]) + len(row["hypothesis"]))
        for start in range(0, len(rows), 32):
            part = rows[start : start + 32]
            batch = tokenizer(
                [detokenise(row["premise"]) for row in part],
                [detokenise(row["hypothesis"]) for row in part],
                truncation="longest_first", max_length=256, padding=True, return_tensors="pt",
            )  # fmt: skip
            with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16):
                logits.append(model(**batch).logits.float())
            gold.extend(LABELS.index(row["label"]) for row in part)
    scores, targets = torch.cat(logits), torch.tensor(gold)
    losses = {
        t / 100: functional.cross_entropy(scores / (t / 100), targets).item() for t in range(50, 401, 5)
    }
    best = min(losses, key=lambda t: (losses[t], t))
    found = {"temperature": best, "pairs": len(gold), "nll_before": losses[1.0], "nll_after": losses[best]}
    (work / "calibration.json").write_text(json.dumps(found, indent=2) + "\n")
    return found
