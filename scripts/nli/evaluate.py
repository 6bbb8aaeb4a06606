"""Accuracy on samples of the dev sets, for the learning curve; `benchmarks/nli.py` measures what is bundled."""
from __future__ import annotations

from pathlib import Path

import torch

from .mix import LABELS, detokenise, read_rows

CURVE = (
    "mnli_matched", "snli", "anli_r1", "anli_r3", "fever_symmetric", "lingnli", "breaking_nli", "infotabs",
    "curriculum_negation", "curriculum_counting", "curriculum_comparative",
)  # fmt: skip


def evaluate(model, tokenizer, data: Path, limit: int = 1000, device: str = "cpu") -> dict[str, float]:
    """Accuracy per dev set in percent, on the first `limit` rows of each, over the labels that the set has."""
    figures = {}
    model.eval()
    for name in CURVE:
        rows = []
        for row in read_rows(data / f"nli/dev/{name}.jsonl.gz"):
            rows.append(row)
            if len(rows) == limit:
                break
        possible = sorted({LABELS.index(row["label"]) for row in rows})
        rows.sort(key=lambda row: len(row["premise"]) + len(row["hypothesis"]))
        right = 0
        for start in range(0, len(rows), 32):
            part = rows[start : start + 32]
            batch = tokenizer(
                [detokenise(row["premise"]) for row in part],
                [detokenise(row["hypothesis"]) for row in part],
                truncation="longest_first", max_length=192, padding=True, return_tensors="pt",
            ).to(device)  # fmt: skip
            with torch.inference_mode(), torch.autocast(device.split(":")[0], dtype=torch.bfloat16):
                logits = model(**batch).logits.float()[:, possible]
            guess = [possible[i] for i in logits.argmax(-1).tolist()]
            right += sum(LABELS[g] == row["label"] for g, row in zip(guess, part, strict=True))
        figures[name] = round(100 * right / len(rows), 1)
    return figures
