"""The claim sets of false-alarm shapes and true conflicts: what `consistency check` calls each pair."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from consistency.finding import RELATIONS
from consistency.gate.items import Item
from consistency.gate.judging import judge_items
from consistency.gate.outcome import Outcome
from consistency.gate.reading import read_sets
from consistency.pipeline import Models


@dataclass(frozen=True, slots=True)
class Told:
    """What an item was called.

    Attributes:
        item: the pair.
        outcome: as the report would show it, and the scores behind it.
    """

    item: Item
    outcome: Outcome

    @property
    def relation(self) -> str:
        """What the pair was called."""
        return self.outcome.got[0]


def read_suites(folder: Path, split: str) -> list[list[Item]]:
    """The pairs of all suites of a half, by file name."""
    paths = sorted(folder.glob(f"*.{split}.yaml"))
    return [[item for item in one.items if item.kind == "pair"] for one in (read_sets(paths) if paths else ())]


def tell(items: Sequence[Item], models: Models) -> list[Told]:
    """Judges the pairs of a suite, whether or not blocking would have paired their claims."""
    outcomes = judge_items(items, models)
    return [Told(item, outcomes[item.key]) for item in items]


def shares(told: Sequence[Told]) -> dict:
    """Share called each relation, in percent, and share called what is expected."""
    n = len(told)
    called = Counter(one.relation for one in told)
    return {
        "pairs": n,
        "called": {relation: round(100 * called[relation] / n, 1) for relation in RELATIONS},
        "as_expected": round(100 * sum(one.relation in one.item.expected for one in told) / n, 1),
    }


def by_suite(suites: Sequence[Sequence[Told]]) -> dict:
    """Shares of each suite, and of all pairs that hold a conflict and all that hold none."""
    every = [one for told in suites for one in told]
    groups = {
        "true conflicts": [one for one in every if "contradiction" in one.item.expected],
        "false-alarm shapes": [one for one in every if "contradiction" not in one.item.expected],
    }
    return {
        "suites": {told[0].item.set: shares(told) for told in suites if told},
        "groups": {name: shares(part) for name, part in groups.items() if part},
    }
