"""CheckResult: what a check gave, whether it passes, and all the forms that it can be told in."""
from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from consistency.gate import baseline as baselines
from consistency.gate import figures
from consistency.gate.baseline import Baseline
from consistency.gate.comparison import Comparison
from consistency.gate.figures import Shortfall, Summary
from consistency.gate.items import ClaimSet
from consistency.gate.outcome import ItemResult
from consistency.render import files

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class CheckResult:
    """What a check of claim sets gave.

    Attributes:
        sets: the sets that were read.
        items: results of the items that were chosen, in the order of the sets.
        models: name, digest and backend by role.
        settings: what decides results beside the models.
        version: of the tool.
        notes: what must be said first: a changed model, another backend, settings or version.
        comparison: what changed since the baseline, None without one.
        shortfalls: limits that are missed.
        max_regressions: how many items may fail that did not before.
    """

    sets: tuple[ClaimSet, ...]
    items: tuple[ItemResult, ...]
    models: Mapping[str, Mapping[str, Any]]
    settings: Mapping[str, Any]
    version: str
    notes: tuple[str, ...] = ()
    comparison: Comparison | None = None
    shortfalls: tuple[Shortfall, ...] = ()
    max_regressions: int = 0

    @property
    def failures(self) -> tuple[ItemResult, ...]:
        """What counts against the gate: without a baseline every failing item, with one those that did not before."""
        if self.comparison is not None:
            return self.comparison.regressions
        return tuple(result for result in self.items if result.status == "failed")

    @property
    def exit_code(self) -> int:
        """0 when the gate is open, 1 when something that was asked to fail failed."""
        allowed = self.max_regressions if self.comparison is not None else 0
        return int(len(self.failures) > allowed or bool(self.shortfalls))

    @property
    def passed(self) -> bool:
        """Whether the gate is open."""
        return self.exit_code == 0

    @property
    def counts(self) -> dict[str, int]:
        """How many items passed, failed, failed and are excused, passed and need no excuse."""
        made = dict.fromkeys(("passed", "failed", "xfailed", "xpassed"), 0)
        for result in self.items:
            made[result.status] += 1
        return made

    @cached_property
    def summary(self) -> Summary:
        """Figures of all items."""
        return figures.summarise(self._rows())

    @cached_property
    def tags(self) -> dict[str, Summary]:
        """Figures of the items of each tag."""
        return figures.by_tag(self._rows())

    @cached_property
    def by_set(self) -> dict[str, Summary]:
        """Figures of each set."""
        return {made.name: figures.summarise(row for row in self._rows() if row[0].set == made.name)
                for made in self.sets}  # fmt: skip

    @cached_property
    def interval(self) -> tuple[float, float] | None:
        """95 percent bootstrap interval of the accuracy."""
        return figures.interval([r.met for r in self.items], [r.item.weight for r in self.items])

    def _rows(self) -> list[tuple[Any, tuple[str, ...], bool]]:
        return [(result.item, result.outcome.got, result.met) for result in self.items]

    def verdict(self) -> str:
        """In one line, why the gate is open or closed."""
        reasons = [str(missed) for missed in self.shortfalls]
        if self.comparison is None:
            if count := len(self.failures):
                reasons.insert(0, f"{count:,} {'item fails' if count == 1 else 'items fail'}")
        elif len(self.failures) > self.max_regressions:
            found, new = len(self.comparison.failures), len(self.comparison.failing_new)
            words = [f"{found:,} passed in the baseline and {'fails' if found == 1 else 'fail'} now"] if found else []
            words += [f"{new:,} new {'one fails' if new == 1 else 'ones fail'}"] if new else []
            allowed = f" ({self.max_regressions} allowed)" if self.max_regressions else ""
            reasons.insert(0, " and ".join(words) + allowed)
        return f"FAILED: {'; '.join(reasons)}" if reasons else "PASSED"

    # -- forms ---------------------------------------------------------------------------------------------------

    def to_dict(self) -> dict[str, Any]:
        """The whole result as one JSON-ready object (schema 1)."""
        return {
            "schema": 1,
            "tool": "fact-consistency",
            "version": self.version,
            "passed": self.passed,
            "verdict": self.verdict(),
            "notes": list(self.notes),
            "models": {role: dict(model) for role, model in self.models.items()},
            "settings": dict(self.settings),
            "counts": self.counts,
            "summary": {**self.summary.to_dict(), "accuracy_interval": self.interval and list(self.interval)},
            "sets": {name: made.to_dict() for name, made in self.by_set.items()},
            "tags": {tag: made.to_dict() for tag, made in self.tags.items()},
            "fail_under": [asdict(missed) for missed in self.shortfalls],
            "max_regressions": self.max_regressions,
            "comparison": self.comparison.to_dict() if self.comparison else None,
            "items": [_row(result, self.comparison) for result in self.items],
        }

    @property
    def results(self) -> pd.DataFrame:
        """One row an item: `set, id, kind, expected, got, status, confidence, was, a, b, tags, path, line`, ..."""
        import pandas as pd

        return pd.DataFrame([_row(result, self.comparison) for result in self.items])

    def save_baseline(self, path: str | os.PathLike[str], *, allow_removed: bool = False) -> Path:
        """Writes this result as a baseline, over the one that is there.

        Args:
            path: the file.
            allow_removed: let items go that the old one holds and this result does not.

        Raises:
            ConsistencyError: items would vanish; they are named.
        """
        new = baselines.entries(self.items)
        if not allow_removed and Path(path).exists():
            baselines.refuse_removal(path, baselines.vanishing(baselines.read(path), new))
        return baselines.write(Baseline(new, self.models, self.settings, self.version), path)

    def to_junit(self, path: str | os.PathLike[str] | None = None) -> str:
        """JUnit XML, one test case an item; also written to `path` when given."""
        from consistency.gate.outputs.junit import junit

        return _written(junit(self), path)

    def to_sarif(self, path: str | os.PathLike[str] | None = None) -> str:
        """SARIF 2.1.0, one result for each item that is not as expected; also written to `path` when given."""
        from consistency.gate.outputs.sarif import sarif

        return _written(sarif(self), path)

    def to_markdown(self, path: str | os.PathLike[str] | None = None) -> str:
        """A summary for a pull request; also written to `path` when given."""
        from consistency.gate.outputs.markdown import markdown

        return _written(markdown(self), path)

    def annotations(self) -> list[str]:
        """Workflow commands that GitHub shows beside the lines of the items."""
        from consistency.gate.outputs.github import workflow_commands

        return workflow_commands(self)

    def __repr__(self) -> str:
        counted = ", ".join(f"{n} {name}" for name, n in self.counts.items() if n)
        return f"<CheckResult: {len(self.items)} items of {len(self.sets)} sets; {counted}; {self.verdict()}>"


def _written(text: str, path: str | os.PathLike[str] | None) -> str:
    if path is not None:
        files.write(path, text)
    return text


def _row(result: ItemResult, comparison: Comparison | None) -> dict[str, Any]:
    item, outcome = result.item, result.outcome
    before = comparison.before.get(item.key) if comparison else None
    row: dict[str, Any] = {
        "set": item.set, "id": item.id, "kind": item.kind, "status": result.status,
        "expected": list(item.expectations), "got": list(outcome.got), "met": list(outcome.met),
        "was": list(before.got) if before else None, **asdict(outcome.scores),
        "reasons": [asdict(why) for why in outcome.why], "notes": list(outcome.notes),
        "tags": list(item.tags), "weight": item.weight, "path": item.path, "line": item.line,
    }  # fmt: skip
    for name, side in (("a", item.a), ("b", item.b)):
        if side is not None:
            row[name] = side.text
    if item.text:
        row["text"] = item.text
    return row
