"""The check: claim sets in, a result that opens or closes the gate out."""
from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from consistency import __version__, pipeline
from consistency.api import options_of
from consistency.errors import ConsistencyError
from consistency.gate import baseline as baselines
from consistency.gate import figures
from consistency.gate.baseline import Baseline
from consistency.gate.comparison import TOLERANCE, compare_runs
from consistency.gate.items import Item
from consistency.gate.judging import judge_items
from consistency.gate.outcome import result_of
from consistency.gate.reading import ClaimSets, read_sets
from consistency.gate.result import CheckResult
from consistency.options import Options
from consistency.pipeline import Models, Progress, _silent

PRECISIONS = ("float32", "bfloat16")
# Options that decide what is found, beside the models: they stand in the baseline.
SETTINGS = ("threshold", "scope", "about", "speaker", "neighbours", "min_similarity")


def check(
    claim_sets: ClaimSets,
    *,
    baseline: str | os.PathLike[str] | Baseline | None = None,
    tags: Sequence[str] = (),
    fail_under: Mapping[str, float] | str | Iterable[str] | None = None,
    max_regressions: int = 0,
    tolerance: float = TOLERANCE,
    precision: str | None = None,
    options: Options | None = None,
    models: Models | None = None,
    progress: Progress = _silent,
    **settings: Any,
) -> CheckResult:
    """The gate for claim sets: is everything still found as curated?

    Args:
        claim_sets: paths, folders or globs of .yaml, .jsonl or .csv files, or items as a list of mappings or a
            DataFrame.
        baseline: what to hold the result against; only what it passes may fail the gate then.
        tags: check the items with any of these tags only.
        fail_under: figures that must be reached, `{"accuracy": 0.9, "contradiction.precision": 0.95}` or the same as
            on the command line.
        max_regressions: with a baseline, how many items may fail that did not before.
        tolerance: how far a score may move before it is told as drift; it never fails the gate.
        precision: `float32` or `bfloat16` for the NLI model; None for the baseline's, or what the processor does.
        options: all options at once; or give single ones as keywords (`threshold=0.6`).
        models: loaded models, to use them for several calls.
        progress: called with stage, done and total.

    Raises:
        ClaimSetError: anything is wrong in any of the sets; all faults are told.
        ConsistencyError: no item has the tags, a limit that is none, or an unreadable baseline.
        ModelError: a model is missing or not fit.

    Example:
        >>> result = check("claims/", baseline="claims/baseline.json")  # doctest: +SKIP
        >>> result.passed, result.summary.accuracy  # doctest: +SKIP
    """
    limits = figures.parse_limits(fail_under)
    if max_regressions < 0:
        raise ConsistencyError(f"{max_regressions} is below 0", where="max_regressions")
    if precision not in (None, *PRECISIONS):
        raise ConsistencyError(f"{precision!r} is not one of {', '.join(PRECISIONS)}", where="precision")
    sets = read_sets(claim_sets)
    every = [item for made in sets for item in made.items]
    chosen = choose(every, tags)
    held = baselines.read(baseline) if isinstance(baseline, str | os.PathLike) else baseline
    notes: list[str] = []
    if models is None:
        models = models_as(held, options_of(options, settings), precision, notes)
    outcomes = judge_items(chosen, models, lambda done: progress("check", done, len(chosen)))
    today = datetime.now(UTC).date().isoformat()
    results = tuple(result_of(item, outcomes[item.key], today) for item in chosen)
    named = models.named()
    decided = {name: getattr(models.options, name) for name in SETTINGS}
    if held is not None:
        notes[:0] = differences(held, named, decided)
    if getattr(models.get_scorer(), "truncated", 0):
        notes.append(f"{models.get_scorer().truncated} NLI inputs were longer than the model reads and were cut")
    if not models.get_scorer().verified:
        notes.append(f"the NLI model {models.get_scorer().name} fails the golden pairs; its judgement is not verified")
    comparison = compare_runs(results, held, (i.key for i in every), tolerance) if held is not None else None
    made = CheckResult(
        sets=sets, items=results, models=named, settings=decided, version=__version__, notes=tuple(notes),
        comparison=comparison, max_regressions=max_regressions,
    )  # fmt: skip
    return replace(made, shortfalls=figures.shortfalls(limits, made.summary, made.tags))


def choose(items: Sequence[Item], tags: Sequence[str]) -> tuple[Item, ...]:
    """The items that have any of the tags; all without tags.

    Raises:
        ConsistencyError: a tag that no item has.
    """
    known = {tag for item in items for tag in item.tags}
    for tag in tags:
        if tag not in known:
            there = ", ".join(sorted(known)) or "none"
            raise ConsistencyError(f"no item has the tag {tag!r}", where="--tag", how=f"tags are {there}")
    return tuple(item for item in items if not tags or set(tags) & set(item.tags))


def models_as(held: Baseline | None, options: Options, precision: str | None, notes: list[str]) -> Models:
    """Models that run as the baseline's did, unless the user says otherwise or this machine cannot.

    Args:
        held: the baseline.
        options: which models.
        precision: of the NLI model, None for the baseline's.
        notes: takes a line when the baseline's backend cannot be had.
    """
    models = Models(options)
    parts = (held.backend or "").split() if held is not None else []
    device = options.device
    if len(parts) == 3 and parts[0] == "torch" and parts[1] in PRECISIONS:
        precision = precision or parts[1]
        if device == "auto":
            if _has(parts[2]):
                device = parts[2]  # type: ignore[assignment]
            else:
                notes.append(f"the baseline's device {parts[2]} is not on this machine; scores may differ a little")
    if precision is not None:
        models.scorer = pipeline.load_scorer(options.nli, device, options.allow_unverified_model, precision)
    return models


def _has(device: str) -> bool:
    if device == "cpu":
        return True
    import torch

    return device.startswith("cuda") and torch.cuda.is_available()


def differences(
    held: Baseline, models: Mapping[str, Mapping[str, Any]], settings: Mapping[str, Any]
) -> list[str]:
    """What is not as it was when the baseline was made: models first."""
    found = []
    for role in sorted(held.models.keys() | models.keys()):
        was, now = held.models.get(role), models.get(role)
        if was is None or now is None:
            continue
        name = "sha256" if was.get("sha256") and now.get("sha256") else "name"
        if was.get(name) != now.get(name):
            found.append(
                f"another {role} model than the baseline's: was {_named(was)}, is {_named(now)}; compared all the same"
            )
        if was.get("backend") != now.get("backend"):
            ran = f"ran as {was.get('backend')} for the baseline, and as {now.get('backend')} now"
            found.append(f"the {role} model {ran}")
    before = held.settings
    changed = [f"{n} was {before.get(n)}, is {value}" for n, value in settings.items() if before.get(n) != value]
    if changed:
        found.append(f"other settings than the baseline's: {'; '.join(changed)}")
    if held.version != __version__:
        found.append(f"the baseline was made with version {held.version}, this is {__version__}")
    return found


def _named(model: Mapping[str, Any]) -> str:
    digest = model.get("sha256")
    return f"{model.get('name')}" + (f" sha256 {digest[:12]}" if digest else "")
