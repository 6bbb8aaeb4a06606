"""A check result as Markdown, for a step summary or a pull request."""
from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from consistency.gate.figures import Figures, Summary
from consistency.gate.outcome import ItemResult
from consistency.gate.outputs.standing import heading
from consistency.gate.result import CheckResult

LIMIT = 50


def markdown(result: CheckResult) -> str:
    """The verdict, what changed, the items that fail, and figures."""
    counts = ", ".join(f"{n:,} {name}" for name, n in result.counts.items() if n)
    lines = [f"## Claim sets: {_text(result.verdict())}", ""]
    lines += [f"> {_text(note)}" for note in result.notes] + ([""] if result.notes else [])
    lines += [f"{len(result.items):,} items of {len(result.sets):,} sets: {counts}.", ""]
    comparison = result.comparison
    if comparison is None:
        lines += _section("Failing", result.failures)
    else:
        lines += _section("New failures", comparison.failures)
        lines += _section("New items that fail", comparison.failing_new)
        lines += _section("Fixed", comparison.fixed)
        lines += _section("Found otherwise than in the baseline", [r for r in comparison.changed if r not in (
            *comparison.failures, *comparison.fixed)])  # fmt: skip
        lines += _section("Failing as in the baseline", comparison.known)
        if comparison.drifted:
            lines += [f"### Score drift ({len(comparison.drifted)})", "", *_header("item", "score", "was", "is")]
            for drift in comparison.drifted[:LIMIT]:
                moved = f"{drift.score} | {drift.before:.3f} | {drift.now:.3f}"
                lines.append(f"| {_text(drift.result.item.key)} | {moved} |")
            lines.append("")
        lines += [f"{changes(result)}", ""]
    lines += _table("Figures", {"all": result.summary, **result.tags})
    return "\n".join(lines)


def changes(result: CheckResult) -> str:
    """The comparison's numbers in one sentence."""
    c = result.comparison
    if c is None or c.was.accuracy is None or c.now.accuracy is None:
        return "Nothing in common with the baseline." if c else ""
    between = f", 95 % interval of the change {c.interval[0]:+.3f} to {c.interval[1]:+.3f}" if c.interval else ""
    return (
        f"Accuracy over the {c.now.items:,} items that both know: {c.was.accuracy:.3f}, now {c.now.accuracy:.3f}"
        f"{between}; exact McNemar p = {c.mcnemar:.3f}. "
        f"Added {len(c.added):,}, removed {len(c.removed):,}, edited {len(c.edited):,}."
    )


def _section(title: str, results: Sequence[ItemResult]) -> list[str]:
    if not results:
        return []
    lines = [f"### {title} ({len(results)})", "", *_header("item", "where", "found", "a", "b")]
    for result in results[:LIMIT]:
        item = result.item
        texts = [side.text for side in (item.a, item.b) if side] or [item.text, ""]
        cells = [item.key, item.where, heading(result), *texts]
        lines.append("| " + " | ".join(_text(cell) for cell in cells) + " |")
    if len(results) > LIMIT:
        lines.append(f"\n... and {len(results) - LIMIT:,} more")
    return [*lines, ""]


def _table(title: str, groups: dict[str, Summary]) -> list[str]:
    names = ("items of", "relation", "expected", "found", "precision", "recall", "F1")
    lines = [f"### {title}", "", *_header(*names)]
    for name, group in groups.items():
        accuracy = f"accuracy {share(group.accuracy)}, {group.met:,} of {group.items:,}"
        lines.append(f"| **{_text(name)}** | {accuracy} | | | | | |")
        for label, made in group.labels.items():
            lines.append(f"| | {label} | " + " | ".join(cells(made)) + " |")
    return [*lines, ""]


def _header(*names: str) -> list[str]:
    return [f"| {' | '.join(names)} |", "|" + "---|" * len(names)]


def cells(made: Figures) -> Iterable[str]:
    """The numbers of one label as they are shown."""
    return f"{made.expected:g}", f"{made.found:g}", share(made.precision), share(made.recall), share(made.f1)


def share(value: float | None) -> str:
    """A share with three decimals, a dash where it is not defined."""
    return "–" if value is None else f"{value:.3f}"


def _text(text: str) -> str:
    """One line in which nothing of the text is taken for Markdown or HTML."""
    flat = " ".join(text.split())
    flat = flat.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"([\\`*_{}\[\]|#~@])", r"\\\1", flat)
