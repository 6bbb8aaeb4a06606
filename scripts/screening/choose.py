"""The linear models of the screening steps, and the cuts that keep most findings for the least reading."""
from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import numpy as np

from consistency.screen import ALWAYS

RELATIONS = ("contradiction", "agreement")
# Log-odds below this are as good as none: how far below decides nothing, and should not draw the fit.
LOWEST = -5.0
# Ridge penalty, for pairs of features that say the same.
PENALTY = 1.0
# Inputs of a pair that passes both steps, beyond its sentences in one order: those in the other, its claims in both.
AGAIN = 3.0
# Points of a curve: share of the findings kept.
KEPT = (1.0, 0.999, 0.998, 0.997, 0.996, 0.995, 0.99, 0.98, 0.95, 0.9)


@dataclass
class Rows:
    """Pairs of one split.

    Attributes:
        values: by step, the features of each pair.
        odds: by relation, the final log-odds of each pair.
        judged: whether each is a finding that a report keeps.
        shown: whether each is a finding at the threshold that a report starts with.
        weight: how many pairs each stands for.
    """

    values: dict[str, list[dict[str, float]]] = field(default_factory=dict)
    odds: dict[str, Any] = field(default_factory=lambda: {relation: [] for relation in RELATIONS})
    judged: Any = field(default_factory=list)
    shown: Any = field(default_factory=list)
    weight: Any = field(default_factory=list)

    def add(
        self,
        values: Mapping[str, dict[str, float]],
        sure: Mapping[str, float],
        judged: bool,
        shown: bool,
        weight: float,
    ) -> None:
        """Adds a pair: features by step, confidence by relation, what became of it, how many pairs it stands for."""
        for step, row in values.items():
            self.values.setdefault(step, []).append(row)
        for relation in RELATIONS:
            p = min(max(sure[relation], 5e-4), 1 - 5e-4)
            self.odds[relation].append(math.log(p / (1 - p)))
        self.judged.append(judged)
        self.shown.append(shown)
        self.weight.append(weight)

    def closed(self) -> Rows:
        """The same with arrays."""
        odds = {relation: np.array(column) for relation, column in self.odds.items()}
        return Rows(self.values, odds, np.array(self.judged), np.array(self.shown), np.array(self.weight))


def matrix(rows: list[dict[str, float]], names: list[str]) -> np.ndarray:
    """(n, features)."""
    return np.array([[row[name] for name in names] for row in rows])


def always(rows: list[dict[str, float]]) -> np.ndarray:
    """(n,) pairs that pass every step."""
    return matrix(rows, list(ALWAYS)).any(axis=1)


def fit_step(train: Rows, step: str) -> dict[str, dict[str, float]]:
    """Weights by relation and feature, `bias` among them, from the training pairs.

    Least squares on the log-odds: every pair tells something, not only the few that are findings.
    """
    every = list(train.values[step][0])
    screened = ~always(train.values[step])
    x = matrix(train.values[step], every)[screened]
    varying = [i for i in range(len(every)) if x[:, i].std() > 0]
    names, x = [every[i] for i in varying], x[:, varying]
    mean, scale = x.mean(0), x.std(0)
    z = np.c_[(x - mean) / scale, np.ones(len(x))]
    penalty = np.diag([PENALTY] * len(names) + [0.0])
    fitted = {}
    for relation in RELATIONS:
        y = np.maximum(train.odds[relation], LOWEST)[screened]
        weighed = z * train.weight[screened][:, None]
        b = np.linalg.solve(z.T @ weighed + penalty, weighed.T @ y)
        slopes = b[:-1] / scale
        weights = {"bias": float(b[-1] - slopes @ mean)} | {n: float(w) for n, w in zip(names, slopes, strict=True)}
        fitted[relation] = {name: round(w, 4) for name, w in weights.items()}
    return fitted


def foretold(step: Mapping[str, Mapping[str, float]], rows: list[dict[str, float]]) -> np.ndarray:
    """What the step says of each pair, as `consistency.screen.foretold` does."""
    columns = []
    for relation in RELATIONS:
        names = [name for name in step[relation] if name != "bias"]
        columns.append(step[relation]["bias"] + matrix(rows, names) @ [step[relation][name] for name in names])
    return np.where(always(rows), np.inf, np.round(np.max(columns, axis=0), 3))


def cut_keeping(scores: np.ndarray, wanted: np.ndarray, weight: np.ndarray, keep: float) -> float:
    """The highest score that still keeps a share of the wanted pairs at or above it."""
    order = np.argsort(-scores[wanted], kind="stable")
    share = np.cumsum(weight[wanted][order]) / weight[wanted].sum()
    at = int(np.searchsorted(share, keep - 1e-9))
    return float(scores[wanted][order][min(at, len(order) - 1)])


def curve(step: Mapping[str, Any], tune: Rows, name: str) -> list[dict[str, float]]:
    """Share of pairs dropped against the share of findings kept, by that step alone."""
    scores = foretold(step, tune.values[name])
    made = []
    for keep in KEPT:
        cut = cut_keeping(scores, tune.shown, tune.weight, keep)
        passed = scores >= cut
        made.append(
            {
                "cut": round(cut, 3), "dropped": _share(~passed, tune.weight),
                "shown_kept": _share(passed[tune.shown], tune.weight[tune.shown]),
                "judged_kept": _share(passed[tune.judged], tune.weight[tune.judged]),
            }
        )  # fmt: skip
    return made


def _share(mask: np.ndarray, weight: np.ndarray) -> float:
    return round(float((mask * weight).sum() / weight.sum()), 4)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Cuts by step, and what they do on the tuning pairs."""

    cuts: dict[str, float]
    figures: dict[str, Any]


def choose(steps: Mapping[str, Mapping], tune: Rows, keep: float) -> Chosen:
    """The cuts that need the least reading while both steps together keep a share of the findings shown.

    Args:
        steps: weights of `features` and `sentences`.
        tune: tuning pairs.
        keep: share of the findings shown that must be kept.
    """
    scores = {name: foretold(step, tune.values[name]) for name, step in steps.items()}
    grid = [1.0, 0.9995, 0.999, 0.9985, 0.998, 0.9975, 0.997, 0.9965, 0.996, 0.9955, keep]
    cuts = {name: sorted({cut_keeping(s, tune.shown, tune.weight, k) for k in grid}) for name, s in scores.items()}
    total, shown = tune.weight.sum(), tune.weight * tune.shown
    best: tuple[float, float, float, float] | None = None
    for first, second in product(cuts["features"], cuts["sentences"]):
        read = scores["features"] >= first
        both = read & (scores["sentences"] >= second)
        kept = float(shown[both].sum() / shown.sum())
        cost = float((tune.weight[read].sum() + AGAIN * tune.weight[both].sum()) / total)
        # Equal cost: the one that keeps more.
        if kept >= keep and (best is None or (cost, -kept) < best[:2]):
            best = (cost, -kept, first, second)
    assert best is not None  # keeping all is among the combinations
    cost, _, first, second = best
    read = scores["features"] >= first
    both = read & (scores["sentences"] >= second)
    chosen = {"features": round(first, 3), "sentences": round(second, 3)}
    return Chosen(
        chosen,
        {
            "cuts": chosen,
            "dropped": _share(~read, tune.weight),
            "half_read": _share(read & ~both, tune.weight),
            "shown_kept": _share(both[tune.shown], tune.weight[tune.shown]),
            "judged_kept": _share(both[tune.judged], tune.weight[tune.judged]),
            "inputs_a_pair": round(cost, 3),
            "inputs_a_pair_unscreened": 1.0 + AGAIN,
        },
    )
