"""Logistic regression whose weights keep the sign that their feature has by its meaning."""
from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
from scipy.optimize import minimize
from sklearn.model_selection import GroupKFold

from .examples import Example

# Which way a feature may weigh: a weight of the wrong sign would make nonsense of the explanation. Features that stand
# in neither list of a relation are not used for it.
FOR = {
    "contradiction": (
        "given", "read_contradiction", "given_read_contradiction", "nli_contradiction", "nli_contradiction_weaker",
        "around_contradiction", "covered_less", "covered_more", "similarity", "same_subject", "same_predicate",
        "shared_names", "figure_alone_differs", "other_figure_differs", "core_figure_differs", "core_toll_differs",
        "core_date_differs", "date_alone_differs", "name_alone_differs", "toll_differs", "toll_alone_differs",
        "polarity_differs", "antonym", "denial", "equal_dates", "other_ones_alone", "found_negated_predicate",
        "found_negated_covered", "found_one_sentence",
    ),
    "agreement": (
        "given", "read_agreement", "given_read_agreement", "nli_entailment", "nli_entailment_weaker",
        "around_entailment", "covered_less", "covered_more", "similarity", "same_subject", "same_predicate",
        "shared_names", "equal_figures", "equal_dates", "same_words", "compatible_figures", "denial_shared",
    ),
}  # fmt: skip
AGAINST = {
    "contradiction": (
        "read_agreement", "nli_entailment", "nli_entailment_weaker", "around_entailment", "other_subject",
        "names_alone", "other_event", "another_event", "several_differ", "name_differs", "figure_differs",
        "date_differs", "date_of_another", "equal_figures", "mood_differs", "supposed", "part_differs",
        "condition", "opinion", "unresolved", "short", "one_speaker", "same_words", "identity",
        "subject_opposite", "other_ones", "contradiction_beyond", "other_unit", "compatible_figures",
        "figures_far_apart", "other_time", "same_article", "found_negated", "found_other_name", "found_antonym",
        "found_unexplained",
    ),
    "agreement": (
        "subject_opposite", "other_ones", "contradiction_beyond", "other_unit", "read_contradiction",
        "nli_contradiction", "nli_contradiction_weaker", "around_contradiction", "other_subject", "names_alone",
        "other_event", "another_event", "several_differ", "name_differs", "figure_differs", "date_differs",
        "polarity_differs", "antonym", "mood_differs", "supposed", "part_differs", "condition", "unresolved",
        "short", "identity",
    ),
}  # fmt: skip
# How strongly weights are held to zero, on features of unit spread.
RIDGE = 0.001
# What the examples cannot tell, a weight is held to instead of to zero, and how strongly: pairs of different events,
# tolls of one event and statements under a condition are too rare among them.
HELD = 1.0
PRIOR = {
    "contradiction": {
        "other_event": -6.0, "another_event": -1.0, "other_time": -1.5, "same_article": -1.5, "toll_differs": 1.0,
        "toll_alone_differs": 2.0, "core_figure_differs": 2.0, "core_toll_differs": 3.0, "core_date_differs": 1.0,
        "condition": -1.0,
    },
    "agreement": {"other_event": -3.0, "condition": -1.0, "denial_shared": 2.6},
}
# One source of pairs must not drown the others: their examples' weights add up to these shares. Most pairs that are
# found are no conflict, and so most of the weight is theirs.
SHARES = {
    "claim_sets": 0.2, "contrast_sets": 0.3, "edits": 0.08, "changed": 0.05, "clusters": 0.54, "noted": 0.3,
}  # fmt: skip

# Share of the found pairs called a relation that must be one. A report whose conflicts are mostly none is put away.
RIGHT = {"contradiction": 0.65, "agreement": 0.85}


def fit(examples: Sequence[Example], relation: str) -> dict[str, float]:
    """Weights by feature, and `bias`.

    Pairs that somebody put side by side stand for claims far likelier to be related than pairs that were found: the
    feature `given` holds that difference, and is held to zero less than the others.

    Args:
        examples: those whose label for the relation is known.
        relation: `contradiction` or `agreement`.
    """
    names = [*FOR[relation], *AGAINST[relation]]
    rows = np.array([[e.values[name] for name in names] for e in examples])
    labels = np.array([1.0 if getattr(e, relation) else -1.0 for e in examples])
    spread = rows.std(axis=0)
    spread[spread < 1e-6] = 1.0
    design = np.hstack([rows / spread, np.ones((len(rows), 1))])
    weight = _weights(examples)
    ridge = np.array([RIDGE] * len(names) + [0.0])
    ridge[names.index("given")] = RIDGE / 10
    centre = np.zeros(design.shape[1])
    for name, weight_held in PRIOR[relation].items():
        centre[names.index(name)] = weight_held * spread[names.index(name)]
        ridge[names.index(name)] = HELD / spread[names.index(name)] ** 2  # held as it is, not in units of spread

    def loss(theta: np.ndarray) -> tuple[float, np.ndarray]:
        margin = labels * (design @ theta)
        value = (weight * np.logaddexp(0, -margin)).sum() + (ridge * (theta - centre) ** 2).sum() / 2
        slope = -weight * labels / (1 + np.exp(margin))
        return value, design.T @ slope + ridge * (theta - centre)

    bounds = [(0, None)] * len(FOR[relation]) + [(None, 0)] * len(AGAINST[relation]) + [(None, None)]
    start = np.zeros(design.shape[1])
    found = minimize(loss, start, jac=True, bounds=bounds, method="L-BFGS-B", options={"maxiter": 3000})
    fitted = {name: round(float(w), 3) for name, w in zip(names, found.x[: len(names)] / spread, strict=True)}
    return {"bias": round(float(found.x[-1]), 3)} | {name: w for name, w in fitted.items() if w}


def _weights(examples: Sequence[Example]) -> np.ndarray:
    """Each source its share, within it each group (item, sentence, cluster) the same."""
    members = Counter((e.source, e.group) for e in examples)
    groups = Counter(source for source, _ in members)
    return np.array([SHARES[e.source] / groups[e.source] / members[e.source, e.group] for e in examples])


def probability(weights: dict[str, float], example: Example) -> float:
    """What the weights make of an example."""
    total = sum(w * (1.0 if name == "bias" else example.values[name]) for name, w in weights.items())
    return float(1 / (1 + np.exp(-total)))


def held_out(examples: Sequence[Example], relation: str, folds: int = 5) -> list[float]:
    """Probability of each example under weights fitted without its group."""
    out = [0.0] * len(examples)
    groups = [e.group for e in examples]
    for train, test in GroupKFold(folds).split(groups, groups=groups):
        weights = fit([examples[i] for i in train], relation)
        for i in test:
            out[i] = probability(weights, examples[i])
    return out


def stricter(examples: Sequence[Example], chances: Sequence[float], relation: str, share: float) -> float:
    """How much log-odds found pairs must lose, so that enough of what is still at one half or above is right.

    The shares of the sources above make relations likelier than they are where pairs are found. Arguable pairs have no
    label. Pairs that somebody put side by side keep their odds.

    Args:
        examples: those whose label is known.
        chances: of each, under weights fitted without its group.
        relation: `contradiction` or `agreement`.
        share: of the found pairs that nobody noted, how many are among the examples: each stands for so many more.

    Returns:
        From 0 to 3, in steps of a twentieth: the least that reaches `RIGHT`, or what comes nearest to it.
    """
    found = [
        (math.log(p / (1 - p)), bool(getattr(e, relation)), 1 / share if e.source == "clusters" else 1.0)
        for e, p in zip(examples, chances, strict=True)
        if e.source in ("clusters", "noted") and 0 < p < 1
    ]

    def right(shift: float) -> float:
        called = [(real, weight) for log_odds, real, weight in found if log_odds >= shift]
        return sum(weight for real, weight in called if real) / max(1.0, sum(weight for _, weight in called))

    shifts = [round(0.05 * step, 2) for step in range(61)]
    return next((shift for shift in shifts if right(shift) >= RIGHT[relation]), max(shifts, key=right))
