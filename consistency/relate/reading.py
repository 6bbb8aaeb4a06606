"""Reading: an NLI model's scores put into the evidence of pairs."""
from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from consistency.finding import Probabilities
from consistency.nli import NLIScorer
from consistency.relate.evidence import Evidence

# Scores of a pair that no model has read.
UNREAD = Probabilities(0.0, 1.0, 0.0)


def rounded(
    scorer: NLIScorer, inputs: Sequence[tuple[str, str]], progress: Callable[[int], None] | None = None
) -> list[Probabilities]:
    """Scores rounded to three decimals, so that the last bits of a batch never decide."""
    return [Probabilities(*(round(float(p), 3) for p in row)) for row in scorer.score(inputs, progress)]


def read_both_ways(
    evidence: Sequence[Evidence], scorer: NLIScorer, progress: Callable[[int], None] | None = None
) -> list[Evidence]:
    """The evidence with a model's scores in both directions.

    Args:
        evidence: n pairs.
        scorer: the model.
        progress: called with the number of NLI inputs just read.
    """
    texts = [(item.frames[0].text, item.frames[1].text) for item in evidence]
    rows = rounded(scorer, texts + [(b, a) for a, b in texts], progress)
    both = zip(evidence, rows[: len(texts)], rows[len(texts) :], strict=True)
    return [replace(item, a_to_b=ab, b_to_a=ba) for item, ab, ba in both]
