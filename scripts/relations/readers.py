"""Sentence readers that were not taught by what they read."""
from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from reader.pairs import FOLDS, fold_of_item

from consistency.nli import NLIScorer, TransformerScorer


class Readers:
    """The reader of each fold of the training, as `scripts/train_reader.py` wrote them.

    Args:
        work: folder of the folds' adapters, with `reader.folds.json` beside it.
        scorer: the NLI model that they adapt.
        remembering: what keeps a reader's answers.
    """

    def __init__(self, work: Path, scorer: TransformerScorer, remembering: Callable[[NLIScorer], NLIScorer]):
        self._folds = json.loads(work.with_suffix(".folds.json").read_text())
        self._readers = [remembering(scorer.adapted(work / f"fold{fold}")) for fold in range(FOLDS)]

    def of_cluster(self, cluster: str) -> NLIScorer:
        """The reader that was taught by other clusters."""
        return self._readers[self._folds[cluster]]

    def of_item(self, item: str) -> NLIScorer:
        """The reader that was taught by other items of claim sets."""
        return self._readers[fold_of_item(item)]
