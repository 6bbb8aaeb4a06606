"""How an item stands in a gate: one meaning for all outputs."""
from __future__ import annotations

from typing import Literal

from consistency.gate.outcome import ItemResult
from consistency.gate.result import CheckResult

Standing = Literal["passed", "failed", "known", "excused", "mended"]


def standings(result: CheckResult) -> list[tuple[ItemResult, Standing]]:
    """Each item with how it stands.

    `failed` counts against the gate, `known` fails in the baseline too, `excused` has an xfail, `mended` passes though
    it has one.
    """
    failing = {id(item) for item in result.failures}
    made: list[tuple[ItemResult, Standing]] = []
    for item in result.items:
        if id(item) in failing:
            made.append((item, "failed"))
        elif item.status == "failed":
            made.append((item, "known"))
        else:
            made.append((item, {"passed": "passed", "xfailed": "excused", "xpassed": "mended"}[item.status]))  # type: ignore[arg-type]
    return made


def heading(result: ItemResult) -> str:
    """Expected against found, in one line."""
    wrong = [
        f"expected {expected}, found {got}"
        for expected, got, met in zip(result.item.expectations, result.outcome.got, result.outcome.met, strict=True)
        if not met
    ]
    return "; ".join(wrong) or f"found {result.got}, as expected"
