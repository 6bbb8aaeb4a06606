"""Claim sets from files, folders and Python objects, checked whole: every fault is told, not only the first."""
from __future__ import annotations

import math
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from consistency.article import Article
from consistency.errors import InputError
from consistency.gate.faults import ClaimSetError, Fault
from consistency.gate.formats import ENDINGS, At, Row, Source, always, rows_of
from consistency.gate.items import ClaimSet, Item, Kind, Wanted, Xfail
from consistency.gate.schema import VERSION, kind_of, unknown_keys, wrongs
from consistency.load.dates import iso_date
from consistency.pair import Statement

if TYPE_CHECKING:
    import pandas as pd

# What may be given as claim sets: paths, folders, patterns, sets, or the items of one set as rows.
ClaimSets = Any


def read_sets(given: ClaimSets) -> tuple[ClaimSet, ...]:
    """Reads and checks claim sets.

    Args:
        given: a path, folder or pattern, or a list of them; `ClaimSet` objects; or items as a list of mappings or a
            DataFrame (one set named `items`).

    Returns:
        The sets, in the order given.

    Raises:
        ClaimSetError: anything is wrong with any of them; all faults are in it.
        InputError: nothing was given.
    """
    sets: list[ClaimSet] = []
    faults: list[Fault] = []
    for part in _parts(given):
        if isinstance(part, ClaimSet):
            sets.append(part)
            continue
        source, rows, name, folder = _opened(part)
        items, unknown = _items(source, rows, name, folder)
        faults.extend(sorted(source.faults, key=lambda fault: fault.line))
        named = _name(source, name)
        sets.append(ClaimSet(named, source.path, items, unknown, str(source.header.get("description") or "")))
    first: dict[str, str] = {}
    for made in sets:
        if made.name in first and not any(f.path == made.path for f in faults):
            what = f"the set {made.name!r} is also in {first[made.name]}"
            faults.append(Fault(made.path or made.name, 1, "", what, "give one of them another name"))
        first.setdefault(made.name, made.path or "the same call")
    if faults:
        raise ClaimSetError(faults)
    if not sets:
        raise InputError("no claim sets were given", how="name .yaml, .jsonl or .csv files, or folders of them")
    return tuple(sets)


def find_files(given: str | os.PathLike[str]) -> list[Path]:
    """The claim-set files that a path, folder or pattern stands for, sorted.

    Raises:
        InputError: there are none.
    """
    path = Path(given)
    if path.is_file():
        if path.suffix.lower() not in ENDINGS:
            raise InputError(f"{path.suffix or 'no ending'} is no claim set", where=str(path), how=_HOW)
        return [path]
    if path.is_dir():
        base, found = path, path.rglob("*")
    else:
        first = next((i for i, part in enumerate(path.parts) if re.search(r"[*?[]", part)), None)
        if first is None:
            raise InputError("no such file or folder", where=str(path))
        base = Path(*path.parts[:first])
        found = base.glob(str(Path(*path.parts[first:])))
    # As for articles, hidden files are left out.
    seen = [p for p in found if not any(part.startswith(".") for part in p.relative_to(base).parts)]
    sets = sorted(p for p in seen if p.suffix.lower() in ENDINGS and p.is_file())
    if not sets:
        raise InputError("no claim sets there", where=str(path), how=_HOW)
    return sets


_HOW = "claim sets end in " + ", ".join(ENDINGS)


def _parts(given: ClaimSets) -> Iterator[Any]:
    """Files, sets and lists of rows; a file that is named twice comes once."""
    single = isinstance(given, str | os.PathLike | ClaimSet | Mapping) or hasattr(given, "to_dict")
    seen: set[str] = set()
    rows: list[Mapping[str, Any]] = []
    for part in [given] if single else given:
        if isinstance(part, str | os.PathLike):
            for path in find_files(part):
                real = os.path.realpath(path)
                if real not in seen:
                    seen.add(real)
                    yield path
        elif isinstance(part, ClaimSet):
            yield part
        elif hasattr(part, "to_dict"):
            yield _frame_rows(part)
        elif isinstance(part, Mapping):
            if "items" in part:
                yield part
            else:
                rows.append(part)
        else:
            raise InputError(f"a {type(part).__name__} is no claim set", how="give paths, sets, or items as mappings")
    if rows:
        yield rows


def _frame_rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{k: v for k, v in row.items() if not _missing(v)} for row in frame.to_dict("records")]


def _missing(value: Any) -> bool:
    return value is None or (isinstance(value, float) and math.isnan(value)) or type(value).__name__ == "NAType"


def _opened(part: Any) -> tuple[Source, Iterable[Row], str, Path]:
    """A file or an object as a source with its rows, the name it has if it names itself not, and its folder."""
    if isinstance(part, Path):
        source = Source(str(part), {}, 1, [])
        return source, rows_of(part, source), re.sub(r"\s+", "-", part.stem), part.parent
    header: dict[str, Any] = {}
    rows = part
    if isinstance(part, Mapping):
        header = {key: value for key, value in part.items() if key != "items"}
        rows = part["items"]
    source = Source("", header, 0, [])
    return source, (Row(row, n, always(n)) for n, row in enumerate(rows, 1)), "items", Path()


def _name(source: Source, default: str) -> str:
    name = source.header.get("name")
    return name if isinstance(name, str) and name else default


def _items(
    source: Source, rows: Iterable[Row], default: str, folder: Path
) -> tuple[tuple[Item, ...], tuple[tuple[int, str, str], ...]]:
    items: list[Item] = []
    unknown: list[tuple[int, str, str]] = []
    lines: dict[str, int] = {}
    count, checked = 0, False
    for row in rows:
        count += 1
        if not checked:
            checked = _check_header(source, unknown)
        values = _present(row.values)
        key = str(values["id"]) if isinstance(values, dict) and isinstance(values.get("id"), str | int) else ""
        key = key or f"number {count}"
        bad = [(at, what, how) for at, what, how in wrongs(values)]
        for at, what, how in bad:
            source.fault(row.line_of(at), what, how, key)
        if key in lines:
            source.fault(row.line, f"the id stands at line {lines[key]} too", "give each item an id of its own", key)
        lines.setdefault(key, row.line)
        builder = _Builder(source, row, key, folder)
        if bad:
            builder.look_on(values)
            continue
        unknown += [(row.line_of(at), key, str(at[-1])) for at in unknown_keys(values)]
        made = builder.item(values, _name(source, default))
        if made is not None:
            items.append(made)
    if not checked and not source.faults:
        _check_header(source, unknown)
    if not count and not source.faults:
        source.fault(source.header_line, "there are no items")
    return tuple(items), tuple(unknown)


def _check_header(source: Source, unknown: list[tuple[int, str, str]]) -> bool:
    header = _present(source.header)
    source.header.setdefault("schema", VERSION)
    for _, what, how in wrongs(header, "set"):
        source.fault(source.header_line, what, how)
    if source.path.lower().endswith((".yaml", ".yml")) and "schema" not in header:
        source.fault(source.header_line, "'schema' is missing", f"begin the file with schema: {VERSION}")
    unknown += [(source.header_line, "", key) for key in header if key not in ("schema", "name", "description")]
    return True


def _present(values: Any) -> Any:
    """Without the keys that hold nothing."""
    if isinstance(values, Mapping):
        return {str(key): _present(value) for key, value in values.items() if value is not None}
    return [_present(value) for value in values] if isinstance(values, list) else values


class _Builder:
    """Makes an item of a row that fits the schema, and notes what the schema cannot tell."""

    def __init__(self, source: Source, row: Row, key: str, folder: Path):
        self.source, self.row, self.key, self.folder = source, row, key, folder
        self.before = len(source.faults)

    def fault(self, at: At, what: str, how: str = "") -> None:
        """Notes a fault of the item."""
        self.source.fault(self.row.line_of(at), what, how, self.key)

    def item(self, values: Mapping[str, Any], name: str) -> Item | None:
        """The item, None when there was a fault."""
        kind: Kind = kind_of(values)  # type: ignore[assignment]
        weight = float(values.get("weight", 1.0))
        if not math.isfinite(weight):
            self.fault(("weight",), f"weight: {weight} is no number")
        made = Item(
            id=self.key, set=name, path=self.source.path, line=self.row.line, kind=kind, weight=weight,
            tags=tuple(dict.fromkeys(values.get("tags", ()))), min_confidence=values.get("min_confidence"),
            xfail=self._xfail(values.get("xfail")), note=str(values.get("note", "")),
            expected=_words(values["expected"]) if kind != "articles" else (),
        )  # fmt: skip
        if kind == "pair":
            made = replace(made, a=self._side(values, "a"), b=self._side(values, "b"))
        else:
            listed = "articles" if kind == "articles" else "sources"
            articles = self._documents(values[listed], listed)
            made = replace(made, articles=articles, text=str(values.get("text", "")))
        if kind == "articles":
            if not (values.get("must_find") or values.get("must_not_find")):
                self.fault((), "nothing is expected of the articles", "give must_find or must_not_find")
            made = replace(
                made,
                must_find=self._wanted(values, "must_find", made.articles),
                must_not_find=self._wanted(values, "must_not_find", made.articles),
            )
        return made if len(self.source.faults) == self.before else None

    def look_on(self, values: Any) -> None:
        """Notes what else is wrong with a row that does not fit the schema, so that nothing has to be mended twice."""
        if not isinstance(values, Mapping):
            return
        for name in ("a_date", "b_date"):
            if isinstance(values.get(name), str) and values[name].strip():
                self._date(values[name], (name,))
        if isinstance(xfail := values.get("xfail"), Mapping) and isinstance(xfail.get("until"), str):
            self._until(xfail["until"])
        for listed in ("articles", "sources"):
            documents = values.get(listed)
            for number, entry in enumerate(documents if isinstance(documents, list) else ()):
                if isinstance(entry, Mapping) and isinstance(entry.get("path"), str):
                    self._path(entry["path"], (listed, number))

    def _xfail(self, value: Mapping[str, Any] | None) -> Xfail | None:
        if value is None:
            return None
        until = value.get("until")
        return Xfail(value["reason"], self._until(until) if until is not None else None)

    def _until(self, value: str) -> str | None:
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError:
            self.fault(("xfail", "until"), f"xfail.until: {value!r} is no ISO date", "2026-01-31")
            return None

    def _path(self, value: str, at: At) -> Path | None:
        path = self.folder / value
        if path.exists():
            return path
        self.fault(at, f"no such file or folder: {value}", f"looked for in {self.folder}")
        return None

    def _side(self, values: Mapping[str, Any], side: str) -> Statement:
        given = {name: values.get(f"{side}_{name}") for name in ("source", "date", "speaker")}
        given = {name: value if value is None or value.strip() else None for name, value in given.items()}
        if given["date"] is not None:
            given["date"] = self._date(given["date"], (f"{side}_date",))
        return Statement(values[side], **given)

    def _date(self, value: str, at: At) -> str | None:
        read = iso_date(value)
        if read is None:
            name = ".".join(str(part) for part in at)
            self.fault(at, f"{name}: {value!r} is no date that can be read in one way only", "2019-01-28")
        return read

    def _documents(self, values: list[Any], listed: str) -> tuple[Article, ...]:
        from consistency.load import load

        given: list[Any] = []
        for number, value in enumerate(values):
            entry = {"text": value} if isinstance(value, str) else dict(value)
            if "date" in entry:
                self._date(entry["date"], (listed, number, "date"))
            if "path" not in entry:
                given.append({"id": f"{listed}-{number + 1}", **entry})
            elif (path := self._path(entry["path"], (listed, number))) is not None:
                given.append(path)
        if not given:
            return ()
        try:
            loaded = load(given, languages=None)
        except InputError as error:
            self.fault((listed,), f"{listed}: {error}")
            return ()
        for skipped in loaded.skipped:
            self.fault((listed,), f"{listed}: {skipped.what}: {skipped.why}")
        return loaded.articles

    def _wanted(self, values: Mapping[str, Any], listed: str, articles: tuple[Article, ...]) -> tuple[Wanted, ...]:
        found = []
        for number, entry in enumerate(values.get(listed, ())):
            quotes = tuple(entry[side] for side in ("a", "b") if side in entry)
            for quote in quotes:
                if articles and not any(quoted(quote, article) for article in articles):
                    self.fault((listed, number), f"{listed}: no article holds the words {quote!r}")
            if "none" in _words(entry["relation"]):
                self.fault((listed, number), f"{listed}: none is no finding", "use must_not_find")
            found.append(Wanted(_words(entry["relation"]), quotes, str(entry.get("note", ""))))
        return tuple(found)


def quoted(quote: str, article: Article) -> list[tuple[str, int, int]]:
    """Where the words of a quote stand in an article, whatever the white space between them.

    Returns:
        (field, start, end) of each place; field is `title` or `text`.
    """
    pattern = re.compile(r"\s+".join(map(re.escape, quote.split())))
    fields = (("title", article.title or ""), ("text", article.text))
    return [(name, m.start(), m.end()) for name, text in fields for m in pattern.finditer(text)]


def _words(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(dict.fromkeys(value))
