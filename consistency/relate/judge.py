"""Judge: evidence to a relation with a confidence, by two logistic models whose every term can be shown."""
from __future__ import annotations

import json
import math
from functools import cache
from importlib.resources import files


@cache
def weights() -> dict[str, dict[str, float]]:
    """Coefficients by relation and feature, from `weights.json`; `scripts/fit_relations.py` fits them."""
    return json.loads((files("consistency.relate") / "weights.json").read_text(encoding="utf-8"))


def contributions(relation: str, values: dict[str, float]) -> dict[str, float]:
    """What each feature adds to the log-odds of a relation, strongest first; the bias stands among them."""
    terms = weights()[relation]
    parts = {name: round(weight * (1.0 if name == "bias" else values[name]), 3) for name, weight in terms.items()}
    return dict(sorted(((n, v) for n, v in parts.items() if v), key=lambda item: (-abs(item[1]), item[0])))


def confidence(relation: str, values: dict[str, float]) -> float:
    """Chance that a reader would call the pair this relation, rounded to three decimals."""
    return round(1 / (1 + math.exp(-sum(contributions(relation, values).values()))), 3)
