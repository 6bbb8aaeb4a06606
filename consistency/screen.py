"""Screening: pairs that cannot be findings are dropped before the base model reads them, or reads them twice.

Two steps, each told the NLI scores that are known by then: none (`features`), the base model's in one direction
(`one_way`). A step foretells the log-odds that the relate stage would give both relations, by a linear model over the
features of that stage, and drops a pair for which both are below its cut.
`scripts/fit_screen.py` fits the models on the training split, and chooses the cuts on the tuning split by what they
keep of the findings of an unscreened run.
"""
from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from operator import mul
from typing import Any, Literal

from consistency.finding import Probabilities
from consistency.nli import NLIScorer
from consistency.pair import Pair
from consistency.relate.evidence import Evidence
from consistency.relate.features import features
from consistency.relate.reading import rounded

Step = Literal["features", "one_way"]
# Features of values that cannot both hold: such pairs always pass. Once the values are made equal nothing may set the
# two apart, which only reading tells, and no finding is easier to check.
ALWAYS = ("figure_differs", "date_differs")


@cache
def fitted() -> dict[str, Any]:
    """By step, its `cut` and by relation the weights of the features; `kept` tells what was measured. From
    `screen.json`."""
    return json.loads((files("consistency") / "screen.json").read_text(encoding="utf-8"))


def foretold(step: Mapping[str, Any], values: Mapping[str, float]) -> float:
    """The higher of the two relations' log-odds, as far as the features tell; infinite where values differ. Three
    decimals, as everywhere that a score decides."""
    if any(values[name] for name in ALWAYS):
        return math.inf
    known = {**values, "bias": 1.0}.__getitem__
    fits = (step[relation] for relation in ("contradiction", "agreement"))
    return round(max(sum(map(mul, fit.values(), map(known, fit))) for fit in fits), 3)


@dataclass(frozen=True, slots=True)
class Screen:
    """Decides which pairs are worth reading.

    Attributes:
        steps: by step its cut and weights, as `fitted` gives them; a step that is not there lets all pairs pass.
    """

    steps: Mapping[str, Any]

    def passes(self, step: Step, evidence: Evidence) -> bool:
        """Whether a pair may be a finding, by the scores that its evidence holds."""
        fit = self.steps.get(step)
        return fit is None or foretold(fit, features(evidence)) >= fit["cut"]

    def passes_unread(self, evidence: Evidence) -> bool:
        """Whether a pair that no model has read may be a finding."""
        return self.passes("features", evidence)

    def passes_one_way(self, evidence: Evidence, row: Probabilities) -> bool:
        """Whether a pair may be a finding whose better direction has these scores."""
        return self.passes("one_way", with_one_way(evidence, row))


def premise_first(evidence: Evidence) -> bool:
    """Whether a is the premise of the better direction: the side that says more, so that entailment can show."""
    return evidence.alignment.covered_a <= evidence.alignment.covered_b


def with_one_way(evidence: Evidence, row: Probabilities) -> Evidence:
    """The evidence with the scores of one direction standing for both."""
    return replace(evidence, a_to_b=row, b_to_a=row)


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of the pairs.

    Attributes:
        evidence: of the pairs that were read in both directions, in their order.
        screened: pairs that were never read.
        one_way: pairs that were read in one direction, with its scores.
        inputs: NLI inputs read.
    """

    evidence: list[Evidence]
    screened: tuple[Pair, ...]
    one_way: tuple[tuple[Pair, Probabilities], ...]
    inputs: int


def read_screened(
    compared: Iterable[Evidence], scorer: NLIScorer, screen: Screen, progress: Callable[[int], None] | None = None
) -> Read:
    """Reads what passes the screen.

    Args:
        compared: evidence of pairs that no model has read; what is dropped is not kept in memory.
        scorer: the base model.
        screen: what drops pairs.
        progress: called with the number of NLI inputs just read, or spared.
    """
    spared = progress or (lambda count: None)
    kept: list[Evidence] = []
    screened: list[Pair] = []
    for item in compared:
        if screen.passes_unread(item):
            kept.append(item)
        else:
            screened.append(item.pair)
    spared(2 * len(screened))
    forward = [premise_first(item) for item in kept]
    texts = [(item.frames[0].text, item.frames[1].text) for item in kept]
    first = rounded(scorer, [ab if f else ab[::-1] for ab, f in zip(texts, forward, strict=True)], progress)
    passed = [screen.passes_one_way(item, row) for item, row in zip(kept, first, strict=True)]
    spared(passed.count(False))
    wanted = [i for i, passes in enumerate(passed) if passes]
    second = rounded(scorer, [texts[i][::-1] if forward[i] else texts[i] for i in wanted], progress)
    evidence = []
    for i, row in zip(wanted, second, strict=True):
        ab, ba = (first[i], row) if forward[i] else (row, first[i])
        evidence.append(replace(kept[i], a_to_b=ab, b_to_a=ba))
    halves = tuple((kept[i].pair, first[i]) for i, passes in enumerate(passed) if not passes)
    return Read(evidence, tuple(screened), halves, len(first) + len(second))
