"""YAML, JSON lines and CSV to rows that know the lines they stand at."""
from __future__ import annotations

import contextlib
import csv
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from consistency.gate.faults import Fault
from consistency.render.tables import unguard

ENDINGS = (".yaml", ".yml", ".jsonl", ".csv")
# A path into a row: keys and list positions.
At = Sequence[str | int]
_SPLIT = re.compile(r"[|;,\s]+")


@dataclass(frozen=True, slots=True)
class Row:
    """One item as it stands in the file.

    Attributes:
        values: its keys and values.
        line: the line it begins at, from 1.
        line_of: the line of what stands at a path inside it.
    """

    values: Any
    line: int
    line_of: Callable[[At], int]


@dataclass(slots=True)
class Source:
    """A file being read.

    Attributes:
        path: as it is shown.
        header: keys of the set itself; filled before the first row is given out.
        header_line: where they stand.
        faults: what is wrong with the file, found so far.
    """

    path: str
    header: dict[str, Any]
    header_line: int
    faults: list[Fault]

    def fault(self, line: int, what: str, how: str = "", item: str = "") -> None:
        """Notes a fault."""
        self.faults.append(Fault(self.path, line, item, what, how))


def rows_of(file: Path, source: Source) -> Iterator[Row]:
    """The rows of a file by its ending; what cannot be read is noted as a fault of the source."""
    reader = {".jsonl": _jsonl, ".csv": _csv}.get(file.suffix.lower(), _yaml)
    try:
        yield from reader(file, source)
    except UnicodeDecodeError:
        source.fault(0, "not UTF-8", "save it as UTF-8")
    except OSError as error:
        source.fault(0, f"cannot be read: {error.strerror or error}")


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Safe YAML in which dates stay the texts that they are."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:timestamp"]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _yaml(file: Path, source: Source) -> Iterator[Row]:
    loader = _Loader(file.read_text(encoding="utf-8-sig"))
    try:
        root = loader.get_single_node()
        data = loader.construct_document(root) if root is not None else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        source.fault(mark.line + 1 if mark else 0, f"not YAML: {error.problem or error.context}")
        return
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        source.fault(0, f"not YAML: {str(error).splitlines()[0]}")
        return
    finally:
        loader.dispose()
    if not isinstance(data, dict) or not isinstance(root, yaml.MappingNode):
        source.fault(1, "not a claim set", "a mapping with schema: 1 and items: [...]")
        return
    for line, key in _repeated(root, set()):
        source.fault(line, f"the key {key!r} stands twice in one mapping")
    source.header.update({key: value for key, value in data.items() if key != "items"})
    source.header_line = root.start_mark.line + 1
    node = _child(root, "items")
    if not isinstance(node, yaml.SequenceNode):
        source.fault(root.start_mark.line + 1, "'items' is missing" if node is None else "'items' is not a list")
        return
    for child, values in zip(node.value, data["items"], strict=True):
        written = _child(child, "id")
        if isinstance(values, dict) and isinstance(values.get("id"), int) and isinstance(written, yaml.ScalarNode):
            values["id"] = written.value  # 007 stays 007
        yield Row(values, child.start_mark.line + 1, _line_in(child))


def _line_in(node: yaml.Node) -> Callable[[At], int]:
    def line_of(at: At) -> int:
        found = node
        for part in at:
            inner = _child(found, part)
            if inner is None:
                break
            found = inner
        return found.start_mark.line + 1

    return line_of


def _child(node: yaml.Node, part: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == part), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part]
    return None


def _repeated(node: yaml.Node, seen: set[int]) -> Iterator[tuple[int, str]]:
    """Keys that stand twice in one mapping: YAML keeps the last one and says nothing."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        if id(node) in seen or isinstance(node, yaml.ScalarNode):
            continue
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            keys = set()
            for key, value in node.value:
                if isinstance(key, yaml.ScalarNode):
                    if key.value in keys:
                        yield key.start_mark.line + 1, key.value
                    keys.add(key.value)
                waiting.append(value)
        else:
            waiting.extend(node.value)


def always(line: int) -> Callable[[At], int]:
    """Whatever stands in a row, it stands at one line."""
    return lambda at: line


def _jsonl(file: Path, source: Source) -> Iterator[Row]:
    first = True
    with file.open(encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                values = json.loads(line)
            except (json.JSONDecodeError, RecursionError) as error:
                source.fault(number, f"not JSON: {getattr(error, 'msg', 'nested too deeply')}")
                continue
            # A first line without an id speaks of the set.
            if first and isinstance(values, dict) and "schema" in values and "id" not in values:
                source.header.update(values)
                source.header_line = number
            else:
                yield Row(values, number, always(number))
            first = False


def _csv(file: Path, source: Source) -> Iterator[Row]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        head = lines.readline()
        lines.seek(0)
        # Spreadsheets save with the separator of the country they run in.
        reader = csv.reader(lines, delimiter=max(",;\t", key=head.count))
        try:
            header = [name.strip() for name in next(reader, [])]
            if "id" not in header:
                source.fault(1, f"no column 'id'; there are {', '.join(header) or 'none'}", "a first row with names")
                return
            if len(set(header)) < len(header):
                source.fault(1, f"the column {next(n for n in header if header.count(n) > 1)!r} stands twice")
                return
            begun = reader.line_num + 1
            for cells in reader:
                line, begun = begun, reader.line_num + 1
                if len(cells) > len(header) and any(cells[len(header) :]):
                    source.fault(line, f"{len(cells)} cells under {len(header)} columns", "put quotes round the text")
                elif any(cell.strip() for cell in cells):
                    values = {n: unguard(c) for n, c in zip(header, cells, strict=False) if c.strip()}
                    yield Row(_nested(values), line, always(line))
        except csv.Error as error:
            source.fault(reader.line_num, f"not CSV: {error}")


def _nested(cells: dict[str, str]) -> dict[str, Any]:
    """A flat row as the item it stands for: lists separated by |, numbers, and the two columns of xfail."""
    values: dict[str, Any] = dict(cells)
    if "expected" in cells:
        words = [word for word in _SPLIT.split(cells["expected"]) if word]
        values["expected"] = words if len(words) > 1 else cells["expected"].strip()
    if "tags" in cells:
        values["tags"] = [word for word in _SPLIT.split(cells["tags"]) if word]
    if "sources" in cells:
        values["sources"] = [part.strip() for part in cells["sources"].split("|")]
    for name in ("weight", "min_confidence"):
        if name in cells:
            # What is no number stays as it is, for the schema to tell.
            with contextlib.suppress(ValueError):
                values[name] = float(cells[name])
    if "xfail" in cells or "xfail_until" in cells:
        values["xfail"] = {"reason": cells.get("xfail"), "until": values.pop("xfail_until", None)}
    return values
