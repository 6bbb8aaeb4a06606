"""GitHub: annotations at the lines of the items, and the step summary."""
from __future__ import annotations

import os
from pathlib import Path

from consistency.errors import ConsistencyError
from consistency.gate.outputs.standing import Standing, heading, standings
from consistency.gate.result import CheckResult

_LEVELS: dict[Standing, str] = {"failed": "error", "known": "notice", "mended": "notice"}


def workflow_commands(result: CheckResult) -> list[str]:
    """Workflow commands: an error for what counts against the gate, a notice for known failures and for items that
    pass though they are excused. Failures come first: GitHub shows ten of each kind a step."""
    lines = []
    for item, how in standings(result):
        if how not in _LEVELS:
            continue
        title = {"failed": "claim item fails", "known": "known failure", "mended": "xfail no longer needed"}[how]
        place = f"file={_property(item.item.path)},line={item.item.line}," if item.item.path else ""
        message = f"{item.item.key}: {heading(item)}"
        if item.item.a and item.item.b:
            message += f"\na: {item.item.a.text}\nb: {item.item.b.text}"
        lines.append(f"::{_LEVELS[how]} {place}title={_property(title)}::{_data(message)}")
    lines += [f"::error title=figure under its limit::{_data(str(missed))}" for missed in result.shortfalls]
    lines += [f"::warning title=baseline::{_data(note)}" for note in result.notes]
    return sorted(lines, key=lambda line: not line.startswith("::error"))


def write_summary(result: CheckResult) -> bool:
    """Adds the Markdown summary to the file that GitHub names in `GITHUB_STEP_SUMMARY`.

    Returns:
        Whether there is one.

    Raises:
        ConsistencyError: it cannot be written.
    """
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if not path:
        return False
    try:
        with Path(path).open("a", encoding="utf-8", errors="replace") as file:
            file.write(result.to_markdown() + "\n")
    except OSError as error:
        raise ConsistencyError(f"cannot be written: {error.strerror or error}", where="GITHUB_STEP_SUMMARY") from error
    return True


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
