"""The claim sets of false-alarm shapes and true conflicts: what each pair is called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from consistency.finding import RELATIONS, Relation
from consistency.given import given_claims
from consistency.pair import Pair
from consistency.pipeline import Models
from consistency.relate.abstain import shown_at
from consistency.relate.evidence import Evidence
from consistency.relate.findings import judge_pairs
from consistency.relate.frame import analyse


@dataclass(frozen=True, slots=True)
class Item:
    """One pair of a suite.

    Attributes:
        suite: the suite's name.
        id: the item's.
        row: as it stands in the file.
        expected: the relations that are right.
    """

    suite: str
    id: str
    row: dict
    expected: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What an item was called.

    Attributes:
        item: the pair.
        evidence: what it was judged on.
        relation: as a report would show it.
        confidence: of the judged relation, 0 for none.
    """

    item: Item
    evidence: Evidence
    relation: Relation
    confidence: float


def read_suites(folder: Path, split: str) -> list[list[Item]]:
    """All suites of a half, by file name."""
    suites = []
    for path in sorted(folder.glob(f"*.{split}.yaml")):
        held = yaml.safe_load(path.read_text(encoding="utf-8"))
        items = []
        for row in held["items"]:
            expected = row["expected"]
            expected = (expected,) if isinstance(expected, str) else tuple(expected)
            items.append(Item(held["name"], row["id"], row, expected))
        suites.append(items)
    return suites


def tell(items: Sequence[Item], models: Models) -> list[Told]:
    """Judges the pairs of a suite as a report would, whether or not it would have paired them."""
    sides = []
    for side in "ab":
        names = {name: f"{side}_{name}" for name in ("source", "date", "speaker")}
        rows = [
            {"id": f"{side}:{item.id}", "text": item.row[side], **{n: item.row.get(key) for n, key in names.items()}}
            for item in items
        ]
        sides.append(given_claims(rows, models.get_parser()))
    claims = (*sides[0].claims, *sides[1].claims)
    texts = [claim.proposition for claim in claims]
    frames = dict(zip([c.id for c in claims], analyse(texts, models.get_parser()), strict=True))
    vectors = models.get_encoder().encode(texts)
    n = len(items)
    similar = (vectors[:n] * vectors[n:]).sum(axis=1).round(3)
    pairs = [
        Pair(a, b, float(near), ("given",))
        for a, b, near in zip(sides[0].claims, sides[1].claims, similar, strict=True)
    ]
    articles = {article.id: article for side in sides for article in side.articles}
    apart = {key: number for number, key in enumerate(articles)}
    judged = judge_pairs(pairs, frames, models.get_scorer(), articles, apart)
    by_place = {finding.places[0]: finding for finding in judged.findings}
    told = []
    for item, evidence in zip(items, judged.evidence, strict=True):
        finding = by_place.get((evidence.pair.a.id, evidence.pair.b.id))
        shown = shown_at(finding, models.options.threshold) if finding else None
        told.append(Told(item, evidence, shown.relation if shown else "none", finding.confidence if finding else 0.0))
    return told


def shares(told: Sequence[Told]) -> dict:
    """Share called each relation, in percent, and share called what is expected."""
    n = len(told)
    called = Counter(one.relation for one in told)
    return {
        "pairs": n,
        "called": {relation: round(100 * called[relation] / n, 1) for relation in RELATIONS},
        "as_expected": round(100 * sum(one.relation in one.item.expected for one in told) / n, 1),
    }


def by_suite(suites: Sequence[Sequence[Told]]) -> dict:
    """Shares of each suite, and of all pairs that hold a conflict and all that hold none."""
    every = [one for told in suites for one in told]
    groups = {
        "true conflicts": [one for one in every if "contradiction" in one.item.expected],
        "false-alarm shapes": [one for one in every if "contradiction" not in one.item.expected],
    }
    return {
        "suites": {told[0].item.suite: shares(told) for told in suites if told},
        "groups": {name: shares(part) for name, part in groups.items() if part},
    }
