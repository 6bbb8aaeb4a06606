"""Baseline: what was found when it was last looked at, one line an item, so that a diff can be reviewed."""
from __future__ import annotations

import json
import math
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from consistency.errors import ConsistencyError, InputError
from consistency.gate.outcome import ItemResult, Scores
from consistency.render import files

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """An item in a baseline.

    Attributes:
        got: what was found.
        met: whether all of it was as expected.
        scores: the numbers behind it.
        digest: of the item's texts and expectations at that time.
    """

    got: tuple[str, ...]
    met: bool
    scores: Scores
    digest: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """What a run is held against.

    Attributes:
        items: by the item's key.
        models: name, digest and backend by role.
        settings: what decides results beside the models.
        version: of the tool.
    """

    items: Mapping[str, Entry]
    models: Mapping[str, Mapping[str, Any]]
    settings: Mapping[str, Any]
    version: str

    @property
    def backend(self) -> str | None:
        """How the NLI model ran."""
        return self.models.get("nli", {}).get("backend")


def entries(results: Iterable[ItemResult]) -> dict[str, Entry]:
    """Results as baseline entries, by the item's key."""
    return {r.item.key: Entry(r.outcome.got, r.met, r.outcome.scores, r.item.digest) for r in results}


def to_text(baseline: Baseline) -> str:
    """The file: sorted, one line an item, no times; the same run gives the same bytes."""
    head = {
        "schema": SCHEMA,
        "tool": "fact-consistency",
        "version": baseline.version,
        "models": {role: dict(sorted(model.items())) for role, model in sorted(baseline.models.items())},
        "settings": dict(sorted(baseline.settings.items())),
    }
    lines = []
    for key, entry in sorted(baseline.items.items()):
        row = {"got": list(entry.got), "met": entry.met, **asdict(entry.scores), "digest": entry.digest}
        lines.append(f"  {json.dumps(key, ensure_ascii=False)}: {json.dumps(row, ensure_ascii=False)}")
    begun = json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}")
    return begun + ',\n "items": {\n' + ",\n".join(lines) + "\n }\n}\n"


def write(baseline: Baseline, path: str | os.PathLike[str]) -> Path:
    """Writes a baseline whole or not at all."""
    return files.write(path, to_text(baseline))


def read(path: str | os.PathLike[str]) -> Baseline:
    """Reads a baseline.

    Raises:
        InputError: missing, not a baseline, or of a version that is not read.
    """
    where = str(path)
    how = "make one with --update-baseline"
    try:
        found = json.loads(Path(path).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise InputError("no such baseline", where=where, how=how) from error
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", where=where) from error
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise InputError(f"not a baseline: {error}", where=where, how=how) from error
    if not isinstance(found, dict) or not isinstance(found.get("items"), dict):
        raise InputError("not a baseline: it has no items", where=where, how=how)
    if found.get("schema") != SCHEMA:
        raise InputError(f"a baseline of schema {found.get('schema')!r}, and {SCHEMA} is read", where=where, how=how)
    try:
        items = {key: _entry(row) for key, row in found["items"].items()}
        models = {str(role): dict(model) for role, model in found["models"].items()}
        return Baseline(items, models, dict(found["settings"]), str(found["version"]))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(f"not a baseline: {type(error).__name__} {error}", where=where, how=how) from error


def _entry(row: Mapping[str, Any]) -> Entry:
    numbers = {name: float(row[name]) for name in Scores.__slots__}
    if not all(math.isfinite(value) for value in numbers.values()) or not isinstance(row["met"], bool):
        raise ValueError("a value that is none")
    return Entry(tuple(map(str, row["got"])), row["met"], Scores(**numbers), str(row["digest"]))


def vanishing(old: Baseline, new: Mapping[str, Entry]) -> list[str]:
    """Keys that the new baseline would no longer hold."""
    return sorted(old.items.keys() - new.keys())


def refuse_removal(path: str | os.PathLike[str], gone: list[str]) -> None:
    """Raises when items would vanish.

    Raises:
        ConsistencyError: it names them.
    """
    if gone:
        what = f"{len(gone):,} {'item' if len(gone) == 1 else 'items'} would vanish from it: {', '.join(gone)}"
        raise ConsistencyError(what, where=str(path), how="--allow-removed lets them go")
