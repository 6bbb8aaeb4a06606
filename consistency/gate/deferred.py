"""A scorer that gathers what many independent judgements ask for, and scores it in one batch.

Items of a claim set must not change each other's results, yet the NLI model should see all their pairs at once. So
every item is judged by itself, against this stand-in: what it does not know it notes, and answers "neutral". Then all
that was noted is scored together, and those items are judged again. Substituted pairs depend on the words and not on
the scores, so two rounds mostly do.
"""
from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import numpy as np

    from consistency.nli import NLIScorer

T = TypeVar("T")


class Deferred:
    """Stands in for an NLI scorer; all that it does not define is the scorer's own.

    Args:
        scorer: the scorer that fills it.

    Attributes:
        misses: how often it was asked for what it did not know.
    """

    def __init__(self, scorer: NLIScorer):
        self._scorer = scorer
        self._known: dict[tuple[str, str], np.ndarray] = {}
        self._wanted: set[tuple[str, str]] = set()
        self.misses = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._scorer, name)

    def score(self, pairs: Sequence[tuple[str, str]], progress: Callable[[int], None] | None = None) -> np.ndarray:
        """See `NLIScorer.score`: what is known, and neutral for what is not yet."""
        import numpy as np

        unknown = [pair for pair in pairs if pair not in self._known]
        self._wanted.update(unknown)
        self.misses += len(unknown)
        neutral = np.array([0.0, 1.0, 0.0])
        return np.array([self._known.get(pair, neutral) for pair in pairs]).reshape(-1, 3)

    def fill(self, progress: Callable[[float], None] | None = None) -> None:
        """Scores all that was asked for and is not known.

        Args:
            progress: called with the share that is done.
        """
        wanted = sorted(self._wanted)
        self._wanted.clear()
        if not wanted:
            return
        done = 0

        def step(count: int) -> None:
            nonlocal done
            done += count
            if progress is not None:
                progress(done / len(wanted))

        self._known.update(zip(wanted, self._scorer.score(wanted, step), strict=True))


def judge_together(
    judgements: Sequence[Callable[[], T]], scorers: Sequence[Deferred], progress: Callable[[float], None] | None = None
) -> list[T]:
    """Makes independent judgements that share their scoring.

    Args:
        judgements: each judges one thing with the scorers, and gives the same result for the same scores.
        scorers: the stand-ins that they all use.
        progress: called with the share of the present batch of NLI inputs that is done.

    Returns:
        The results, in order.
    """
    results: dict[int, T] = {}
    waiting = list(range(len(judgements)))
    while waiting:
        unfinished = []
        for index in waiting:
            before = sum(scorer.misses for scorer in scorers)
            results[index] = judgements[index]()
            if sum(scorer.misses for scorer in scorers) > before:
                unfinished.append(index)
        if unfinished:
            for scorer in scorers:
                scorer.fill(progress)
        waiting = unfinished
    return [results[index] for index in range(len(judgements))]
