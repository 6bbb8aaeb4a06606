"""Judge: signals to a score and a verdict, by two logistic models whose every term can be shown."""
from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from consistency.verification.result import VerdictWord

# The abstain band: claims whose score lies in it are `uncertain`.
LOWER, UPPER = 0.4, 0.6


@cache
def weights() -> dict[str, Any]:
    """Coefficients by model and signal, from `weights.json`, which `scripts/fit_verify.py` writes."""
    return json.loads((files("consistency.verification") / "weights.json").read_text(encoding="utf-8"))


def probability(terms: Mapping[str, float], values: Mapping[str, float]) -> float:
    """Logistic of the weighted signals, rounded to three decimals, since it decides."""
    total = terms["bias"] + sum(weight * values[name] for name, weight in sorted(terms.items()) if name != "bias")
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, total)))), 3)


def judge(values: Mapping[str, float]) -> tuple[VerdictWord, float, float]:
    """A claim's verdict.

    Args:
        values: its signals.

    Returns:
        The verdict; the chance that the sources support it; and, if they do not, the chance that they contradict it.
    """
    score = probability(weights()["supported"], values)
    against = probability(weights()["contradicted"], values)
    if score >= UPPER:
        return "supported", score, against
    if score > LOWER:
        return "uncertain", score, against
    return ("contradicted" if against >= 0.5 else "not_found"), score, against
