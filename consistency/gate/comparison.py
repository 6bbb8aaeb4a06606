"""A run beside its baseline: what is new, what is mended, what moved, and what that says."""
from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from consistency.gate import figures
from consistency.gate.baseline import Baseline, Entry
from consistency.gate.figures import Summary
from consistency.gate.outcome import ItemResult, Scores

# Scores of one model differ between float32 and bfloat16, and between processors, by less than this on almost every
# item; on one machine they do not differ at all. See docs/claim-sets.md.
TOLERANCE = 0.05


@dataclass(frozen=True, slots=True)
class Drift:
    """An item whose scores moved: the score that moved most, before and now."""

    result: ItemResult
    score: str
    before: float
    now: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed since the baseline.

    Attributes:
        failures: items that were met and fail now.
        failing_new: items that the baseline does not know and that fail.
        fixed: items that were not met and are now.
        known: items that fail in both, and are not excused.
        changed: items for which something else was found, whether or not that is as expected.
        drifted: items whose scores moved by more than the tolerance while the same was found.
        added: items that the baseline does not know.
        removed: keys of items of these sets that are gone.
        edited: items whose texts or expectations are others now.
        before: what the baseline holds of the items that both know, by key.
        was: figures of the baseline over the items that both know.
        now: figures of this run over the same items.
        mcnemar: exact p-value of the change over the same items.
        interval: 95 percent bootstrap interval of the change of accuracy, None for fewer than two items.
    """

    failures: tuple[ItemResult, ...]
    failing_new: tuple[ItemResult, ...]
    fixed: tuple[ItemResult, ...]
    known: tuple[ItemResult, ...]
    changed: tuple[ItemResult, ...]
    drifted: tuple[Drift, ...]
    added: tuple[ItemResult, ...]
    removed: tuple[str, ...]
    edited: tuple[ItemResult, ...]
    before: Mapping[str, Entry]
    was: Summary
    now: Summary
    mcnemar: float
    interval: tuple[float, float] | None

    @property
    def regressions(self) -> tuple[ItemResult, ...]:
        """What counts against `max_regressions`: items that fail now and passed, and new ones that fail."""
        return self.failures + self.failing_new

    def to_dict(self) -> dict[str, Any]:
        """As JSON, items by key."""
        lists = {
            name: [result.item.key for result in getattr(self, name)]
            for name in ("failures", "failing_new", "fixed", "known", "changed", "added", "edited")
        }
        return {
            **lists,
            "removed": list(self.removed),
            "drifted": [{"item": d.result.item.key, "score": d.score, "before": d.before, "now": d.now}
                        for d in self.drifted],
            "was": self.was.to_dict(),
            "now": self.now.to_dict(),
            "mcnemar_p": self.mcnemar,
            "accuracy_change_interval": list(self.interval) if self.interval else None,
        }  # fmt: skip


def compare_runs(
    results: Sequence[ItemResult], baseline: Baseline, present: Iterable[str], tolerance: float = TOLERANCE
) -> Comparison:
    """Holds results against a baseline.

    Args:
        results: of the items that were chosen.
        baseline: what they are held against.
        present: keys of all items of the sets that were read, chosen or not.
        tolerance: how far a score may move before it is told.
    """
    known = {r.item.key: baseline.items[r.item.key] for r in results if r.item.key in baseline.items}
    both = [r for r in results if r.item.key in known]
    added = tuple(r for r in results if r.item.key not in known)
    present = set(present)
    sets = {key.split("/", 1)[0] for key in present}
    # An edited item may have other expectations: what was found for it then cannot be counted against them.
    same = [r for r in both if len(known[r.item.key].got) == len(r.outcome.got)]
    before = [known[r.item.key].met for r in both]
    now = [r.met for r in both]
    changed = tuple(r for r in both if known[r.item.key].got != r.outcome.got)
    return Comparison(
        failures=tuple(r for r in both if known[r.item.key].met and r.status == "failed"),
        failing_new=tuple(r for r in added if r.status == "failed"),
        fixed=tuple(r for r in both if not known[r.item.key].met and r.met),
        known=tuple(r for r in both if not known[r.item.key].met and r.status == "failed"),
        changed=changed,
        drifted=tuple(_drifts(both, known, tolerance)),
        added=added,
        removed=tuple(sorted(k for k in baseline.items if k not in present and k.split("/", 1)[0] in sets)),
        edited=tuple(r for r in both if known[r.item.key].digest != r.item.digest),
        before=known,
        was=figures.summarise((r.item, known[r.item.key].got, known[r.item.key].met) for r in same),
        now=figures.summarise((r.item, r.outcome.got, r.met) for r in same),
        mcnemar=figures.mcnemar(now, before),
        interval=figures.change_interval(now, before, [r.item.weight for r in both]),
    )


def _drifts(results: Sequence[ItemResult], known: Mapping[str, Entry], tolerance: float) -> Iterable[Drift]:
    """Items for which the same was found with other scores, furthest first."""
    found = []
    for result in results:
        entry = known[result.item.key]
        if entry.got != result.outcome.got:
            continue
        now, then = asdict(result.outcome.scores), asdict(entry.scores)
        score = max(Scores.__slots__, key=lambda name: abs(now[name] - then[name]))
        if round(abs(now[score] - then[score]), 3) > tolerance:
            found.append(Drift(result, score, then[score], now[score]))
    return sorted(found, key=lambda d: (-abs(d.now - d.before), d.result.item.key))
