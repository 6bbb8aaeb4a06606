"""What is doubtful in claim sets that can be read: duplicates, contradictory expectations, imbalance, unknown keys."""
from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from consistency.gate.items import ClaimSet, Item
from consistency.gate.schema import schema
from consistency.pair import Statement, normalise

# Share of one relation among a set's pairs from which figures for the others say little.
ONE_SIDED = 0.9
# Sets smaller than this say nothing of balance.
ENOUGH = 10


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that a curator should look at.

    Attributes:
        level: `error` for what cannot be right, `warning` for what may be meant.
        path: the file.
        line: the line.
        item: id of the item, "" for the whole set.
        kind: a short machine-readable word.
        what: what is doubtful.
    """

    level: Literal["error", "warning"]
    path: str
    line: int
    item: str
    kind: str
    what: str

    def __str__(self) -> str:
        item = f" item {self.item}:" if self.item else ""
        return f"{self.path}:{self.line}: {self.level}:{item} {self.what}"


def lint(sets: Sequence[ClaimSet], today: str) -> list[Doubt]:
    """Looks through sets.

    Args:
        sets: read without faults.
        today: ISO date; excuses run out.

    Returns:
        Doubts by file and line.
    """
    doubts = [*_repeats([item for made in sets for item in made.items])]
    for made in sets:
        for line, name, key in made.unknown:
            near = difflib.get_close_matches(key, _known(), 1)
            mean = f"; did you mean {near[0]!r}?" if near else ""
            what = f"unknown key {key!r} is ignored{mean}"
            doubts.append(Doubt("warning", made.path, line, name, "unknown-key", what))
        for item in made.items:
            doubts.extend(_of_item(item, today))
        doubts.extend(_balance(made))
    order = {made.path: number for number, made in enumerate(sets)}
    return sorted(doubts, key=lambda d: (order[d.path], d.line, d.level, d.what))


def _doubt(level: Literal["error", "warning"], item: Item, kind: str, what: str) -> Doubt:
    return Doubt(level, item.path, item.line, item.id, kind, what)


def _known() -> list[str]:
    parts = schema()["$defs"]
    groups = [parts[name]["properties"] for name in ("common", "pair", "articles", "verify", "wanted")]
    groups += [parts["document"]["then"]["properties"], parts["common"]["properties"]["xfail"]["properties"]]
    return sorted({key for group in groups for key in group})


def _key(item: Item) -> tuple:
    """Equal for items that ask one question, whichever statement stands first."""
    if item.a is not None and item.b is not None:
        return ("pair", *sorted((_side(item.a), _side(item.b))))
    texts = tuple(sorted(normalise(article.text) for article in item.articles))
    wanted = tuple((w.relations, w.quotes) for w in (*item.must_find, *item.must_not_find))
    return (item.kind, normalise(item.text), texts, wanted)


def _side(side: Statement) -> tuple[str, str, str, str]:
    return normalise(side.text), normalise(side.source or ""), side.date or "", normalise(side.speaker or "")


def _repeats(items: Sequence[Item]) -> Iterator[Doubt]:
    first: dict[tuple, Item] = {}
    for item in items:
        known = first.setdefault(_key(item), item)
        if known is item:
            continue
        place = known.where if known.path != item.path else f"line {known.line}"
        if item.expected and not set(item.expected) & set(known.expected):
            asked = f"expects {' or '.join(item.expected)} of the same texts"
            what = f"{asked} of which {known.id} at {place} expects {' or '.join(known.expected)}"
            yield _doubt("error", item, "contradictory", what)
        else:
            what = f"the same texts as {known.id} at {place}"
            yield _doubt("error", item, "duplicate", what)


def _of_item(item: Item, today: str) -> Iterator[Doubt]:
    same = item.a is not None and item.b is not None and _side(item.a) == _side(item.b)
    if same and "agreement" not in item.expected:
        yield _doubt("warning", item, "same-text", "a and b are the same text")
    if item.min_confidence is not None and item.expected == ("none",):
        what = "min_confidence says nothing where none is expected"
        yield _doubt("warning", item, "min-confidence", what)
    if item.xfail is not None and not item.xfail.excuses(today):
        what = f"its xfail ran out on {item.xfail.until}"
        yield _doubt("warning", item, "xfail-expired", what)
    if len(item.expected) >= 4:
        yield _doubt("warning", item, "vacuous", f"{len(item.expected)} words pass: it tests little")


def _balance(made: ClaimSet) -> Iterator[Doubt]:
    pairs = [item for item in made.items if item.kind == "pair"]
    if len(pairs) < ENOUGH:
        return
    word, count = Counter(item.expected[0] for item in pairs).most_common(1)[0]
    if count >= ONE_SIDED * len(pairs):
        what = f"{count} of {len(pairs)} pairs expect {word}: precision and recall of the rest say little"
        yield Doubt("warning", made.path, pairs[0].line, "", "imbalance", what)
