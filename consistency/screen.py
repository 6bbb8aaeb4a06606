"""Screening: pairs that cannot be findings are dropped before a model reads them, or reads them a second time.

Two steps, each told what is known by then: nothing that a model reads (`features`), what the sentence reader makes of
the sentences in one order (`sentences`), which is read once for all claims of two sentences. A step foretells the
log-odds that the relate stage would give both relations, by a linear model over the features of that stage, and drops a
pair for which both are below its cut.
`scripts/fit_screen.py` fits the models on the training split, and chooses the cuts on the tuning split by what they
keep of the findings of an unscreened run.
"""
from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from operator import mul
from typing import Any, Literal

from consistency.finding import Probabilities
from consistency.nli import NLIScorer
from consistency.pair import Pair
from consistency.relate.evidence import Evidence
from consistency.relate.features import features
from consistency.relate.reading import inputs_of, read_both_ways, read_sentences

Step = Literal["features", "sentences"]
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

    def passes_sentences(self, evidence: Evidence) -> bool:
        """Whether a pair may be a finding of which the sentences were read in one order."""
        return self.passes("sentences", evidence)


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of the pairs.

    Attributes:
        evidence: of the pairs whose claims were read, in their order.
        screened: pairs that were never read.
        one_way: pairs of which only the sentences were read, in one order, with what was made of them.
        inputs: inputs read by the models.
    """

    evidence: list[Evidence]
    screened: tuple[Pair, ...]
    one_way: tuple[tuple[Pair, Probabilities], ...]
    inputs: int


def read_screened(
    compared: Iterable[Evidence],
    scorer: NLIScorer,
    reader: NLIScorer,
    screen: Screen,
    progress: Callable[[int], None] | None = None,
) -> Read:
    """Reads what passes the screen.

    Args:
        compared: evidence of pairs that no model has read; what is dropped is not kept in memory.
        scorer: the NLI model, which reads the claims.
        reader: what reads their sentences.
        screen: what drops pairs.
        progress: called with the number of inputs just read, or spared.
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
    kept = read_sentences(kept, reader, progress)
    passed = [screen.passes_sentences(item) for item in kept]
    spared(passed.count(False))
    through = [item for item, passes in zip(kept, passed, strict=True) if passes]
    evidence = read_both_ways(through, scorer, reader, progress)
    halves = tuple((item.pair, item.sentences[0]) for item, passes in zip(kept, passed, strict=True) if not passes)
    return Read(evidence, tuple(screened), halves, inputs_of(kept, evidence))
