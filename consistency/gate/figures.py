"""Figures of a run: accuracy, precision, recall and F1 of each relation and tag, and whether a change is chance."""
from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from consistency.errors import ConsistencyError
from consistency.gate.items import Item
from consistency.gate.outcome import STRONGEST

VERDICTS = ("supported", "contradicted", "not_found", "uncertain")
# Relations stand as they are; verdicts carry the command's name, because `uncertain` is a word of both.
LABELS = (*STRONGEST, *(f"verify.{word}" for word in VERDICTS))
RESAMPLES = 2000
LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Observation:
    """One expectation and what was found for it.

    Attributes:
        expected: the label that counts as missed when nothing right was found.
        got: the label found.
        right: whether it is one of those that are right.
        weight: of its item.
    """

    expected: str
    got: str
    right: bool
    weight: float


@dataclass(frozen=True, slots=True)
class Figures:
    """Precision, recall and F1 of one label; None where they are not defined.

    Attributes:
        expected: weight of what should have been this label.
        found: weight of what was found to be it.
        precision: share of what was found that is right.
        recall: share of what was expected that was found.
        f1: their harmonic mean.
    """

    expected: float
    found: float
    precision: float | None
    recall: float | None
    f1: float | None


@dataclass(frozen=True, slots=True)
class Summary:
    """Figures of a group of items.

    Attributes:
        items: how many.
        met: how many are as expected, excused ones too.
        accuracy: weighted share that is as expected, None without items.
        labels: figures by label, those that were expected or found.
    """

    items: int
    met: int
    accuracy: float | None
    labels: dict[str, Figures]

    def to_dict(self) -> dict[str, object]:
        """As JSON."""
        return asdict(self)


def observations(item: Item, got: Sequence[str]) -> list[Observation]:
    """What an item shows of each label.

    Of several acceptable words the first counts as missed when none was found. A finding that must not appear stands
    for `none`.

    Args:
        item: the item.
        got: what was found, one for each expectation.
    """
    if item.kind == "pair":
        return [Observation(item.expected[0], got[0], got[0] in item.expected, item.weight)]
    if item.kind == "verify":
        expected = item.expected[0]
        return [Observation(f"verify.{expected}", f"verify.{got[0]}", got[0] in item.expected, item.weight)]
    wanted = [(w.relations[0], w.relations) for w in item.must_find] + [("none", ("none",))] * len(item.must_not_find)
    return [Observation(first, g, g in words, item.weight) for (first, words), g in zip(wanted, got, strict=True)]


def summarise(rows: Iterable[tuple[Item, Sequence[str], bool]]) -> Summary:
    """Figures of items.

    Args:
        rows: each an item, what was found, and whether all of it is as expected.
    """
    items = met = 0
    weight = right = 0.0
    hits: dict[str, float] = {}
    found: dict[str, float] = {}
    expected: dict[str, float] = {}
    for item, got, whole in rows:
        items += 1
        met += whole
        weight += item.weight
        right += item.weight * whole
        for seen in observations(item, got):
            # What is right counts as expected, whichever of the acceptable words it is.
            label = seen.got if seen.right else seen.expected
            found[seen.got] = found.get(seen.got, 0.0) + seen.weight
            expected[label] = expected.get(label, 0.0) + seen.weight
            if seen.right:
                hits[label] = hits.get(label, 0.0) + seen.weight
    labels = {}
    for label in LABELS:
        e, f, h = expected.get(label, 0.0), found.get(label, 0.0), hits.get(label, 0.0)
        if e or f:
            f1 = round(2 * h / (e + f), 6)
            labels[label] = Figures(e, f, round(h / f, 6) if f else None, round(h / e, 6) if e else None, f1)
    return Summary(items, met, round(right / weight, 6) if weight else None, labels)


def by_tag(rows: Sequence[tuple[Item, Sequence[str], bool]]) -> dict[str, Summary]:
    """Figures of the items of each tag, by name."""
    tags = sorted({tag for item, _, _ in rows for tag in item.tags})
    return {tag: summarise(row for row in rows if tag in row[0].tags) for tag in tags}


def interval(met: Sequence[bool], weights: Sequence[float]) -> tuple[float, float] | None:
    """Bootstrap interval of the accuracy; see `change_interval`."""
    return change_interval(met, [False] * len(met), weights)


def change_interval(
    now: Sequence[bool], before: Sequence[bool], weights: Sequence[float]
) -> tuple[float, float] | None:
    """Interval of the change of accuracy over the same items, by resampling the items (Efron 1979, percentiles).

    Args:
        now: whether each item is met now.
        before: whether it was met before.
        weights: of the items.

    Returns:
        Lower and upper end at 95 percent, the same for the same items; None for fewer than two.
    """
    if len(now) < 2:
        return None
    import numpy as np
    from scipy.stats import bootstrap

    def statistic(gain, weight, axis=-1):
        return (gain * weight).sum(axis=axis) / weight.sum(axis=axis)

    gain = np.asarray(now, dtype=float) - np.asarray(before, dtype=float)
    found = bootstrap(
        (gain, np.asarray(weights, dtype=float)), statistic, paired=True, vectorized=True, n_resamples=RESAMPLES,
        confidence_level=LEVEL, method="percentile", rng=np.random.default_rng(0),
        batch=max(1, min(RESAMPLES, 4_000_000 // len(now))),
    ).confidence_interval  # fmt: skip
    return round(float(found.low), 4), round(float(found.high), 4)


def mcnemar(now: Sequence[bool], before: Sequence[bool]) -> float:
    """Exact McNemar test (1947, binomial form): the chance of a split as uneven as this between items that were lost
    and items that were won, if both were as likely.

    Returns:
        Two-sided p-value; 1.0 when no item changed.
    """
    lost = sum(b and not n for n, b in zip(now, before, strict=True))
    won = sum(n and not b for n, b in zip(now, before, strict=True))
    if not lost + won:
        return 1.0
    from scipy.stats import binomtest

    return round(float(binomtest(min(lost, won), lost + won, 0.5).pvalue), 6)


def parse_limits(given: Mapping[str, float] | str | Iterable[str] | None) -> dict[str, float]:
    """Limits of `--fail-under`: `accuracy=0.9,contradiction.precision=0.95` or a mapping.

    Raises:
        ConsistencyError: a part that is not NAME=NUMBER, or a figure that does not exist.
    """
    if not given:
        return {}
    if isinstance(given, Mapping):
        parts = [f"{name}={value}" for name, value in given.items()]
    else:
        parts = [p for text in ([given] if isinstance(given, str) else given) for p in text.split(",") if p.strip()]
    limits = {}
    for part in parts:
        name, sign, number = (piece.strip() for piece in part.partition("="))
        try:
            limit = float(number)
        except ValueError:
            limit = -1.0
        if not sign or not 0 <= limit <= 1:
            raise ConsistencyError(
                f"{part.strip()!r} is not NAME=NUMBER from 0 to 1", where="--fail-under", how="accuracy=0.9"
            )
        bare = name.rpartition(":")[2]
        if bare != "accuracy" and not (bare.rpartition(".")[0] in LABELS and bare.rpartition(".")[2] in _MEASURES):
            raise ConsistencyError(
                f"no figure {name!r}", where="--fail-under",
                how=f"accuracy, or RELATION.MEASURE of {', '.join(STRONGEST)} and {', '.join(_MEASURES)}; "
                "TAG: before it for the items of one tag",
            )  # fmt: skip
        limits[name] = limit
    return limits


_MEASURES = ("precision", "recall", "f1")


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A figure below its limit: its name, the limit, and the figure, None when there is nothing to count."""

    name: str
    limit: float
    value: float | None

    def __str__(self) -> str:
        return f"{self.name} is {'not defined: nothing to count' if self.value is None else f'{self.value:.3f}'}, " \
               f"below {self.limit:g}"  # fmt: skip


def shortfalls(limits: Mapping[str, float], summary: Summary, tags: Mapping[str, Summary]) -> tuple[Shortfall, ...]:
    """The limits that are missed; a figure that is not defined misses any.

    Raises:
        ConsistencyError: a tag that no item has.
    """
    missed = []
    for name, limit in limits.items():
        tag, _, figure = name.rpartition(":")
        if tag and tag not in tags:
            raise ConsistencyError(f"no item has the tag {tag!r}", where="--fail-under", how=f"{', '.join(tags)}")
        group = tags[tag] if tag else summary
        label, _, measure = figure.rpartition(".")
        value = group.accuracy if not label else getattr(group.labels.get(label), measure, None)
        if value is None or value < limit:
            missed.append(Shortfall(name, limit, value))
    return tuple(missed)
