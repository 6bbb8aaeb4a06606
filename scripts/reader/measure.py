"""What adapters make of the sentences that they were not taught, beside the model that they adapt."""
from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from consistency.nli import NLIScorer, load_scorer

from .pairs import FOLDS, SHARE, Taught

# Precisions at which recall is told.
PRECISIONS = (0.3, 0.5, 0.7)


def measure(pairs: Sequence[Taught], work: Path) -> dict:
    """Average precision, and recall at fixed precisions, of conflicts and agreements among found pairs of sentences.

    What was not noted counts as neither, each pair for as many as it was drawn from. A reader of whole articles does
    not note everything: precision is a lower bound.

    Args:
        pairs: those of all folds.
        work: folder of the folds' adapters.
    """
    base = load_scorer()
    by_fold = {
        fold: [p for p in pairs if p.fold == fold and p.kind in ("noted", "not noted")] for fold in range(FOLDS)
    }
    rows: dict[str, list[tuple[Taught, np.ndarray]]] = {"nli-base": [], "sentence-reader": []}
    for fold, own in by_fold.items():
        for name, scorer in (("nli-base", base), ("sentence-reader", base.adapted(work / f"fold{fold}"))):
            rows[name] += zip(own, odds(scorer, own), strict=True)
    found: dict = {"sentences": len(rows["nli-base"])}
    for name, scored in rows.items():
        found[name] = {
            relation: curve([(row[column], p.target[column] == sum(p.target), p) for p, row in scored])
            for relation, column in (("agreement", 0), ("conflict", 2))
        }
    return found


def odds(scorer: NLIScorer, pairs: Sequence[Taught]) -> np.ndarray:
    """(n, 3) log-odds of each class, the mean over both orders."""
    both = [np.clip(scorer.score(texts), 1e-6, 1 - 1e-6) for texts in
            ([(p.a, p.b) for p in pairs], [(p.b, p.a) for p in pairs])]  # fmt: skip
    return sum(np.log(p / (1 - p)) for p in both) / 2


def curve(rows: Sequence[tuple[float, bool, Taught]]) -> dict[str, float]:
    """Figures of one ranking: (score, whether it is one, pair) in any order."""
    total = sum(right for _, right, _ in rows)
    hits, wrong, area = 0, 0.0, 0.0
    recall = dict.fromkeys(PRECISIONS, 0.0)
    for _, right, pair in sorted(rows, key=lambda row: -row[0]):
        if right:
            hits += 1
            area += hits / (hits + wrong)
        else:
            wrong += 1 / SHARE if pair.kind == "not noted" else 1
        for precision in PRECISIONS:
            if hits / (hits + wrong) >= precision:
                recall[precision] = hits / total
    return {"pairs": total, "average_precision": round(area / total, 3)} | {
        f"recall_at_precision_{precision}": round(share, 3) for precision, share in recall.items()
    }
