"""SARIF 2.1.0: a result for each item that is not as expected, at its line in the claim set."""
from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import quote

from consistency.gate.baseline import Entry
from consistency.gate.outputs.standing import heading, standings
from consistency.gate.result import CheckResult

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_RULES = {
    "failed": ("claim-item-fails", "An item of a claim set fails and did not before.", "error"),
    "known": ("claim-item-known-failure", "An item of a claim set fails, as it does in the baseline.", "note"),
    "excused": ("claim-item-excused", "An item of a claim set fails and is excused by its xfail.", "note"),
    "figure": ("figure-under-limit", "A figure of the claim sets is below its limit.", "error"),
}


def sarif(result: CheckResult) -> str:
    """A check result as SARIF. Files below the working folder stand with their path from it."""
    order = list(_RULES)
    found = []
    for item, how in standings(result):
        if how not in _RULES:
            continue
        made: dict[str, Any] = {
            "ruleId": _RULES[how][0],
            "ruleIndex": order.index(how),
            "level": _RULES[how][2],
            "message": {"text": f"{item.item.key}: {heading(item)}\n{item.explain()}"},
            "partialFingerprints": {"claimItem/v1": item.item.key},
        }
        if item.item.path:
            place = {"artifactLocation": _location(item.item.path), "region": {"startLine": item.item.line}}
            made["locations"] = [{"physicalLocation": place}]
        if result.comparison is not None:
            made["baselineState"] = _state(result.comparison.before.get(item.item.key))
        if how == "excused" and item.item.xfail is not None:
            made["suppressions"] = [{"kind": "inSource", "justification": item.item.xfail.reason}]
        found.append(made)
    for missed in result.shortfalls:
        made = {
            "ruleId": _RULES["figure"][0], "ruleIndex": order.index("figure"), "level": "error",
            "message": {"text": str(missed)}, "partialFingerprints": {"figure/v1": missed.name},
        }  # fmt: skip
        # The standard wants a state at every result or at none.
        found.append({**made, "baselineState": "new"} if result.comparison is not None else made)
    driver = {
        "name": "fact-consistency",
        "version": result.version,
        "rules": [
            {"id": key, "shortDescription": {"text": text}, "defaultConfiguration": {"level": level}}
            for key, text, level in _RULES.values()
        ],
    }
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": found}
    text = json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)
    return text + "\n"


def _state(before: Entry | None) -> str:
    """What the baseline says of an item that is not as expected."""
    return "new" if before is None else "updated" if before.met else "unchanged"


def _location(path: str) -> dict[str, str]:
    absolute = Path(os.path.abspath(path))
    try:
        return {"uri": quote(absolute.relative_to(Path.cwd()).as_posix()), "uriBaseId": "%SRCROOT%"}
    except ValueError:
        return {"uri": absolute.as_uri()}
