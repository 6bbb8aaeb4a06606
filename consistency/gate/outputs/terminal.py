"""A check result as tables on a terminal."""
from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from consistency.gate.figures import Summary
from consistency.gate.outcome import ItemResult
from consistency.gate.outputs.markdown import cells, changes, share
from consistency.gate.outputs.standing import heading
from consistency.gate.result import CheckResult


def print_check(result: CheckResult, console: Console, limit: int = 20) -> None:
    """Prints the notes, figures, what changed or fails, and the verdict last.

    Args:
        result: the result.
        console: where to.
        limit: items shown of each kind; 0 for all.
    """
    for note in result.notes:
        console.print(Text(f"Note: {_clean(note)}", style="yellow"))
    _print_figures(result, console)
    comparison = result.comparison
    if comparison is None:
        _print_items("Failing", result.failures, console, limit, "red")
    else:
        _print_items("New failures", comparison.failures, console, limit, "red")
        _print_items("New items that fail", comparison.failing_new, console, limit, "red")
        _print_items("Fixed", comparison.fixed, console, limit, "green")
        other = [r for r in comparison.changed if r not in (*comparison.failures, *comparison.fixed)]
        _print_items("Found otherwise than in the baseline", other, console, limit, "yellow")
        _print_items("Failing as in the baseline", comparison.known, console, limit, "dim")
        _print_drift(result, console, limit)
        _print_names("Added", [r.item.key for r in comparison.added], console, limit)
        _print_names("Removed", comparison.removed, console, limit)
        _print_names("Edited since the baseline", [r.item.key for r in comparison.edited], console, limit)
    _print_items("Excused", [r for r in result.items if r.status == "xfailed"], console, limit, "dim")
    _print_items("Excused without need", [r for r in result.items if r.status == "xpassed"], console, limit, "yellow")
    if comparison is not None:
        console.print(Text(changes(result)))
    style = "bold green" if result.passed else "bold red"
    console.print(Text(_clean(result.verdict()), style=style), soft_wrap=True)


def _print_figures(result: CheckResult, console: Console) -> None:
    title = "Sets and tags; precision, recall and F1 of contradiction"
    sets = Table(box=SIMPLE_HEAD, title=title, title_justify="left", pad_edge=False)
    sets.add_column("", overflow="fold")
    for name in ("items", "met", "accuracy", "P", "R", "F1"):
        sets.add_column(name, justify="right", no_wrap=True)
    groups = result.by_set if len(result.by_set) > 1 else {}
    _add_groups(sets, groups)
    _add_groups(sets, {f"tag {tag}": made for tag, made in result.tags.items()})
    sets.add_section()
    _add_groups(sets, {"all": result.summary})
    console.print(sets)
    labels = Table(box=SIMPLE_HEAD, title="Relations", title_justify="left", pad_edge=False)
    labels.add_column("")
    for name in ("expected", "found", "precision", "recall", "F1"):
        labels.add_column(name, justify="right")
    for label, made in result.summary.labels.items():
        labels.add_row(label, *cells(made))
    console.print(labels)
    between = f", 95 % interval {result.interval[0]:.3f} to {result.interval[1]:.3f}" if result.interval else ""
    counts = ", ".join(f"{n:,} {name}" for name, n in result.counts.items() if n)
    console.print(Text(f"{len(result.items):,} items: {counts}. Accuracy {share(result.summary.accuracy)}{between}."))


def _add_groups(table: Table, groups: Mapping[str, Summary]) -> None:
    for name, group in groups.items():
        row: list[Text | str] = [Text(_clean(name)), f"{group.items:,}", f"{group.met:,}", share(group.accuracy)]
        made = group.labels.get("contradiction")
        row += [share(made.precision), share(made.recall), share(made.f1)] if made else ["–"] * 3
        table.add_row(*row)


def _print_items(title: str, results: Sequence[ItemResult], console: Console, limit: int, style: str) -> None:
    if not results:
        return
    console.print(Text(f"\n{title}: {len(results):,}", style=f"bold {style}"))
    for result in results[: limit or None]:
        console.print(Text(f"  {_clean(result.item.key)}", style="bold"), Text(_clean(result.item.where), style="dim"),
                      soft_wrap=True)  # fmt: skip
        sure = f" ({result.outcome.scores.confidence:.3f})" if result.outcome.scores.confidence else ""
        console.print(Text(f"    {_clean(heading(result))}{sure}"))
        for name, side in (("a", result.item.a), ("b", result.item.b)):
            if side is not None:
                about = ", ".join(part for part in (side.speaker, side.source, side.date) if part)
                console.print(Text(f"    {name}: {_clean(side.text)}" + (f" [{_clean(about)}]" if about else "")))
        for why in result.outcome.why[:3]:
            console.print(Text(f"    {why.kind}: {_clean(why.note)}", style="dim"))
        if result.item.xfail is not None:
            console.print(Text(f"    excused: {_clean(result.item.xfail.reason)}", style="dim"))
    if limit and len(results) > limit:
        console.print(Text(f"  ... and {len(results) - limit:,} more (--all shows them)", style="dim"))


def _print_drift(result: CheckResult, console: Console, limit: int) -> None:
    drifted = result.comparison.drifted if result.comparison else ()
    if not drifted:
        return
    console.print(Text(f"\nScore drift: {len(drifted):,}", style="bold yellow"))
    for drift in drifted[: limit or None]:
        moved = f"{drift.score} {drift.before:.3f} -> {drift.now:.3f}"
        console.print(Text(f"  {_clean(drift.result.item.key)}: {moved}"))
    if limit and len(drifted) > limit:
        console.print(Text(f"  ... and {len(drifted) - limit:,} more (--all shows them)", style="dim"))


def _print_names(title: str, names: Sequence[str], console: Console, limit: int) -> None:
    if names:
        shown = list(names[: limit or None])
        more = f" and {len(names) - len(shown):,} more" if len(names) > len(shown) else ""
        console.print(Text(f"\n{title}: {len(names):,}: {_clean(', '.join(shown))}{more}"))


def _clean(text: str) -> str:
    """One line without control characters: a set must not steer the terminal."""
    return "".join(char if char.isprintable() else " " for char in text)
