"""Pictures for a notebook: the funnel, and a storyline over time. Needs matplotlib, the extra `plot`."""
from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from textwrap import fill
from typing import TYPE_CHECKING

from consistency.errors import InputError, MissingExtraError
from consistency.finding import Position, Storyline
from consistency.render import words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from consistency.results import Report

_INK, _BAR = "#1c1b18", "#41546b"
# Colours that people with any colour vision tell apart (Okabe and Ito); positions are numbered besides.
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
_POSITIONS = 12


def _axes(ax: Axes | None, height: float) -> Axes:
    """The axes given, or those of a new figure that is as high as its rows need."""
    if ax is not None:
        return ax
    try:
        from matplotlib import pyplot
    except ImportError as error:
        raise MissingExtraError("plotting", "plot") from error
    made: Axes = pyplot.subplots(figsize=(9, height), layout="constrained")[1]
    return made


def funnel(report: Report, ax: Axes | None = None) -> Axes:
    """Draws the funnel; see `Report.plot_funnel`."""
    counts = report.funnel
    stages = [name for name in words.STAGES if name in counts]
    ax = _axes(ax, 0.45 * len(stages) + 0.6)
    bars = ax.barh([words.FUNNEL[name] for name in stages], [counts[name] for name in stages], color=_BAR, height=0.6)
    # Counts span orders of magnitude, and a logarithm of none is nothing: linear up to one, logarithmic from there.
    ax.set_xscale("symlog", linthresh=1)
    ax.bar_label(bars, [f"{counts[name]:,}" for name in stages], padding=4, color=_INK)
    ax.invert_yaxis()
    ax.margins(x=0.12)
    ax.tick_params(axis="x", which="both", bottom=False, labelbottom=False)
    ax.tick_params(axis="y", length=0)
    ax.spines[["top", "right", "bottom"]].set_visible(False)
    ax.set_title("From text to findings (logarithmic)", loc="left")
    return ax


def timeline(report: Report, storyline: str | None = None, ax: Axes | None = None) -> Axes:
    """Draws a storyline over time; see `Report.plot_timeline`."""
    line = _chosen(report, storyline)
    positions = line.positions[:_POSITIONS]
    ax = _axes(ax, 0.75 * len(positions) + 1)
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, date2num

    for row, place in enumerate(positions):
        spots = {float(date2num(moment)): count for moment, count in _spots(report, place).items()}
        if spots:
            ax.plot([min(spots), max(spots)], [row, row], color="#d9d4c7", zorder=1)  # type: ignore[arg-type]
        colour = _COLOURS[row % len(_COLOURS)]
        sizes = [60 * count for count in spots.values()]
        ax.scatter(list(spots), [row] * len(spots), s=sizes, color=colour, zorder=2)  # type: ignore[arg-type]
    ax.set_yticks(range(len(positions)), [_label(row, place) for row, place in enumerate(positions, 1)])
    ax.set_ylim(len(positions) - 0.5, -0.5)
    ax.margins(x=0.08)
    ax.grid(axis="x", alpha=0.25)
    ax.spines[["top", "right", "left"]].set_visible(False)
    ax.tick_params(axis="y", length=0)
    locator = AutoDateLocator(maxticks=7)
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(ConciseDateFormatter(locator))
    ax.set_title(_plain(words.clip(line.question, 90)), loc="left")
    return ax


def _chosen(report: Report, storyline: str | None) -> Storyline:
    dated = [line for line in report.storyline_list if any(_spots(report, place) for place in line.positions)]
    if storyline is None:
        if not dated:
            raise InputError("no storyline has dates", where="plot_timeline", how="give articles with dates")
        return max(dated, key=lambda line: len(line.findings))
    found = next((line for line in report.storyline_list if line.id == storyline), None)
    if found is None:
        raise InputError(f"no storyline {storyline!r}", where="plot_timeline", how="take an id of report.storylines")
    if found not in dated:
        raise InputError(f"storyline {storyline!r} has no dates", where="plot_timeline")
    return found


def _spots(report: Report, place: Position) -> Counter[datetime]:
    """How many claims of a position were published when."""
    found: Counter[datetime] = Counter()
    for key in place.claims:
        claim = report.claim(key)
        if claim is not None and claim.date:
            try:
                moment = datetime.fromisoformat(claim.date)
            except ValueError:
                continue
            found[moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment] += 1
    return found


def _label(number: int, place: Position) -> str:
    who = ", ".join(place.sources) or words.outlet(None)
    return _plain(f"{number}. {fill(words.clip(place.text, 110), 55)}\n{words.clip(who, 60)}")


def _plain(text: str) -> str:
    """Text that matplotlib does not take for mathematics."""
    return text.replace("$", r"\$")
