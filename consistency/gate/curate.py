"""Curating claim sets: a commented example to begin with, and items from reviewed findings."""
from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from consistency.errors import ConsistencyError, InputError
from consistency.finding import RELATIONS
from consistency.gate.items import Item
from consistency.gate.reading import read_sets
from consistency.gate.schema import schema
from consistency.render import files, tables, words

SCHEMA_FILE = "claim-set.schema.json"
EXAMPLE = '''\
# A claim set: statements, and what the tool should find between them.
#   consistency claimset lint {name}     what is wrong or doubtful in it
#   consistency check {name}             what is found today
#   consistency check {name} --baseline baseline.json --update-baseline     lock it
# Every key is described in docs/claim-sets.md. Unknown keys are ignored, and told by lint.
schema: 1
name: {stem}
description: One example of each kind of item. Put your own in their place.
items:

  # A pair: two statements, as two articles would print them. `expected` is contradiction, agreement, update, uncertain
  # or none; a list takes any of its words, and the first one is what counts as missed. Keep an id for good: the
  # baseline knows the item by it.
  - id: bridge-closed
    a: The harbor bridge in Oldcastle was closed on Monday after a crack was found in a cable.
    b: The harbor bridge in Oldcastle was not closed on Monday, the port authority said.
    expected: contradiction
    tags: [denial]

  # Outlet, date and speaker stand beside the text when it does not say them. Two tolls of two days are an update.
  - id: ferry-toll
    a: Seven people died in the fire on the ferry Lady Maren.
    a_source: Harbor Wire
    a_date: 2024-05-06
    b: Twelve people died in the fire on the ferry Lady Maren.
    b_source: Daily Courier
    b_date: 2024-05-08
    expected: [update, uncertain]
    tags: [toll]
    weight: 2               # counts twice in the figures
    note: Harbor Wire printed before the search had ended.

  # Known to fail: shown, and fails nothing until the day is over.
  - id: cause-in-doubt
    a: Investigators said that a cigarette started the fire.
    b: The fire was set off by a short circuit in the galley, investigators said.
    expected: contradiction
    tags: [cause]
    xfail:
      reason: two causes are not yet seen as rivals
      until: 2099-12-31

  # Whole articles, inline or by path (from the folder of this file), and findings that must or must not appear.
  # a and b quote words that the two sides touch; without them a finding anywhere counts.
  - id: council-vote
    articles:
      - source: Ledger
        date: 2024-03-02
        text: The council approved the tram line on Friday. Nine members voted for it.
      - source: Upland News
        date: 2024-03-02
        text: The council approved the tram line on Friday. Seven members voted for it.
    must_find:
      - relation: contradiction
        a: Nine members
        b: Seven members
    must_not_find:
      - relation: contradiction
        a: approved the tram line
    tags: [articles]
'''


def write_example(path: Path, force: bool = False) -> Path:
    """Writes a commented claim set to begin with.

    Raises:
        ConsistencyError: the file exists, or does not end in .yaml or .yml.
    """
    if path.suffix.lower() not in (".yaml", ".yml"):
        raise ConsistencyError("the example has comments, which only YAML can hold", where=str(path), how="claims.yaml")
    if path.exists() and not force:
        raise ConsistencyError("there is a file already", where=str(path), how="--force writes over it")
    stem = "-".join(path.stem.split())
    return files.write(path, EXAMPLE.replace("{name}", path.name).replace("{stem}", stem))


def write_schema(folder: Path) -> Path:
    """Writes the JSON Schema of claim sets into a folder."""
    return files.write(folder / SCHEMA_FILE, json.dumps(schema(), ensure_ascii=False, indent=2) + "\n")


@dataclass(frozen=True, slots=True)
class Added:
    """What adding reviewed findings did.

    Attributes:
        ids: of the new items.
        known: how many were in the set already.
        left: how many were left out, by why.
    """

    ids: tuple[str, ...]
    known: int
    left: Mapping[str, int]


def add_reviewed(target: Path, reviewed: Path) -> Added:
    """Turns reviewed findings into items at the end of a claim set.

    What was `confirmed` expects its relation; a `false_alarm` takes any other, `none` first. What is unsure or not
    important is no expectation and stays out.

    Args:
        target: a .yaml, .jsonl or .csv set; made when it is not there.
        reviewed: a findings table with the column `review`: .csv, .xlsx or .jsonl.

    Raises:
        InputError: a table without the columns, or an unknown word in it, with the row.
        ClaimSetError: the set has faults.
        ConsistencyError: its items cannot be added to as they stand.
    """
    known: dict[str, Item] = {}
    if target.exists():
        known = {item.id: item for item in read_sets(target)[0].items}
    rows: list[dict[str, Any]] = []
    left: dict[str, int] = {}
    repeated = 0
    for number, row in enumerate(tables.read(reviewed), 2):
        made = _item(row, f"{reviewed}, row {number}", left)
        if made is None:
            continue
        if made["id"] in known or any(made["id"] == other["id"] for other in rows):
            repeated += 1
        else:
            rows.append(made)
    if rows:
        _append(target, rows)
    return Added(tuple(row["id"] for row in rows), repeated, left)


def _item(row: Mapping[str, Any], where: str, left: dict[str, int]) -> dict[str, Any] | None:
    flat = _flat(row)
    for name in ("id", "relation", "a", "b", "review"):
        if name not in flat:
            raise InputError(f"no column {name}", where=where, how="give findings.csv, reviewed")
    review = str(flat["review"] or "").strip().casefold().replace(" ", "_").replace("-", "_")
    if review not in ("", *words.REVIEWS):
        how = f"use one of {', '.join(words.REVIEWS)}"
        raise InputError(f"{flat['review']!r} is no review word", where=where, how=how)
    # A review that was carried over to a changed finding speaks of the relation that was reviewed.
    relation = str(flat.get("review_relation") or flat["relation"])
    if review not in ("confirmed", "false_alarm"):
        left[review or "not reviewed"] = left.get(review or "not reviewed", 0) + 1
        return None
    if relation not in RELATIONS:
        raise InputError(f"{relation!r} is no relation", where=where)
    if not str(flat["a"] or "").strip() or not str(flat["b"] or "").strip():
        raise InputError("a text is empty", where=where)
    others = ["none", *(word for word in RELATIONS if word not in ("none", relation))]
    made: dict[str, Any] = {"id": str(flat["id"]), "a": str(flat["a"]), "b": str(flat["b"])}
    made["expected"] = relation if review == "confirmed" else others
    for side in ("a", "b"):
        for name in ("source", "date", "speaker"):
            if value := flat.get(f"{side}_{name}"):
                made[f"{side}_{name}"] = str(value)
    made["tags"] = ["reviewed", review.replace("_", "-")]
    if note := flat.get("review_note"):
        made["note"] = str(note)
    return made


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of findings.csv as it is, or a line of findings.jsonl with its sides laid flat."""
    flat = dict(row)
    for side in ("a", "b"):
        if isinstance(flat.get(side), Mapping):
            inner = flat[side]
            flat |= {f"{side}_{name}": inner.get(name) for name in ("source", "date", "speaker")}
            flat[side] = inner.get("text")
    return flat


def _append(target: Path, rows: list[dict[str, Any]]) -> None:
    ending = target.suffix.lower()
    old = ""
    if target.exists():
        old = target.read_text(encoding="utf-8-sig")
    if ending == ".jsonl":
        text = _closed(old) + "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    elif ending == ".csv":
        text = _csv(old, rows)
    elif ending in (".yaml", ".yml"):
        text = _yaml(target, old, rows)
    else:
        what = f"{ending or 'no ending'} is no claim set"
        raise ConsistencyError(what, where=str(target), how=".yaml, .jsonl or .csv")
    files.write(target, text)


def _closed(text: str) -> str:
    return text if not text or text.endswith("\n") else f"{text}\n"


def _csv(old: str, rows: Iterable[Mapping[str, Any]]) -> str:
    head = old.split("\n", 1)[0]
    lines = list(csv.reader(io.StringIO(old, newline=""), delimiter=max(",;\t", key=head.count))) if old else []
    columns = list(lines[0]) if lines else ["id", "a", "b", "expected"]
    flat = [{k: tables.guard("|".join(v) if isinstance(v, list) else v) for k, v in row.items()} for row in rows]
    columns += [name for name in dict.fromkeys(key for row in flat for key in row) if name not in columns]
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=max(",;\t", key=head.count), lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(line + [""] * (len(columns) - len(line)) for line in lines[1:])
    writer.writerows([row.get(name, "") for name in columns] for row in flat)
    return out.getvalue()


def _yaml(target: Path, old: str, rows: list[dict[str, Any]]) -> str:
    """The old text with items after its last one, its comments and order kept.

    Written as text, because no YAML writer keeps a curator's comments; then read back and compared.
    """
    if not old:
        name = "-".join(target.stem.split())
        old = f"schema: 1\nname: {name}\nitems:\n"
    before = yaml.load(old, Loader=yaml.BaseLoader)
    root = yaml.compose(old, Loader=yaml.SafeLoader)
    indent = 0
    if isinstance(root, yaml.MappingNode):
        node = next((value for key, value in root.value if key.value == "items"), None)
        if isinstance(node, yaml.SequenceNode) and node.value:
            indent = node.start_mark.column
    block = yaml.safe_dump(rows, allow_unicode=True, sort_keys=False, width=110)
    text = _closed(old) + "".join(f"{' ' * indent}{line}" for line in block.splitlines(keepends=True))
    items = [*((before or {}).get("items") or []), *yaml.load(block, Loader=yaml.BaseLoader)]
    try:
        whole = yaml.load(text, Loader=yaml.BaseLoader) == {**before, "items": items}
    except yaml.YAMLError:
        whole = False
    if not whole:
        raise ConsistencyError(
            "items cannot be put at its end", where=str(target),
            how="let `items:` be the last key, one item under the other",
        )  # fmt: skip
    return text
