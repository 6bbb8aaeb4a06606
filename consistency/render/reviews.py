"""A reviewer's decisions: read from tables, put on findings, counted."""
from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from consistency.errors import InputError
from consistency.finding import Finding
from consistency.render import tables, words

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("id", "pair_ids", "relation", "review", "review_note")


@dataclass(frozen=True, slots=True)
class Review:
    """One decision.

    Attributes:
        id: of the finding that was reviewed.
        pair_ids: all pairs that it gathered then.
        relation: what the finding was when it was reviewed, "" when that is not known.
        word: one of the contract's review words, or "" for a note alone.
        note: the reviewer's words.
    """

    id: str
    pair_ids: tuple[str, ...]
    relation: str
    word: str
    note: str


# A reviewed table: its path, a frame, its rows, or what was read of one of these before.
Given: TypeAlias = "pd.DataFrame | str | os.PathLike[str] | Iterable[Mapping[str, Any]] | Iterable[Review]"


def read_reviews(given: Given) -> tuple[Review, ...]:
    """Reviews from a file, a frame or rows; rows without a word and a note are no reviews.

    Raises:
        InputError: an unknown word, with its row; no `id` or no `review` column.
    """
    where = "review"
    if isinstance(given, str | os.PathLike):
        where = str(given)
        found: list[Mapping[str, Any]] = list(tables.read(Path(given)))
    elif hasattr(given, "to_dict"):
        found = given.to_dict("records")
    else:
        rows = list(given)
        if rows and all(isinstance(row, Review) for row in rows):
            return tuple(row for row in rows if isinstance(row, Review))
        found = [row for row in rows if not isinstance(row, Review)]
    if not found:
        return ()
    for options in (("id", "pair_ids"), ("review",)):
        if not any(name in found[0] for name in options):
            raise InputError(
                f"no column {' or '.join(options)}", where=where, how="give findings.csv or what the page exports"
            )
    # Row 1 is the header of a table, as a spreadsheet counts.
    made = (_review(row, f"{where}, row {number}") for number, row in enumerate(found, 2))
    return tuple(review for review in made if review.word or review.note)


def _review(row: Mapping[str, Any], where: str) -> Review:
    said = _text(row.get("review"))
    word = said.casefold().replace(" ", "_").replace("-", "_")
    if word and word not in words.REVIEWS:
        raise InputError(f"{said!r} is no review word", where=where, how=f"use one of {', '.join(words.REVIEWS)}")
    relation = _text(row.get("review_relation")) or _text(row.get("relation"))
    return Review(_text(row.get("id")), _ids(row.get("pair_ids")), relation, word, _text(row.get("review_note")))


def _text(value: Any) -> str:
    """A cell as text; what is no text and no number (None, NaN, pandas' NA) is an empty cell."""
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int | float) and value == value else ""


def _ids(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        if value.startswith("["):
            try:
                return tuple(map(str, json.loads(value)))
            except json.JSONDecodeError:
                return ()
        return tuple(value.replace(",", " ").split())
    return tuple(map(str, value)) if isinstance(value, Iterable) else ()


def apply(
    reviews: Sequence[Review], findings: Sequence[Finding], shown: Sequence[Finding]
) -> tuple[tuple[Finding, ...], dict[str, str]]:
    """Puts reviews on findings.

    The review of the finding's own id counts before one of a pair that it gathers; of several the last one given.

    Args:
        reviews: decisions.
        findings: with their judged relation.
        shown: the same as shown at the threshold.

    Returns:
        The findings with their reviews, and for those whose relation was another when they were reviewed, that one.
    """
    by_id = {review.id: review for review in reviews if review.id}
    by_pair: dict[str, list[Review]] = {}
    for review in reversed(reviews):
        for key in review.pair_ids:
            by_pair.setdefault(key, []).append(review)
    present = {finding.id for finding in findings}

    def of(finding: Finding) -> Review | None:
        if finding.id in by_id:
            return by_id[finding.id]
        near = [by_id[key] for key in finding.pair_ids if key in by_id]
        near += [review for key in finding.pair_ids for review in by_pair.get(key, ())]
        # Several findings of one pair of sentences are told apart by a number after the id. What was decided on one
        # of them says nothing of the others, as long as that one is there.
        return next((r for r in near if not (r.id in present and _base(r.id) == _base(finding.id))), None)

    now = {finding.id: finding.relation for finding in shown}
    changed: dict[str, str] = {}
    made = []
    for finding in findings:
        decided = of(finding)
        if decided is None:
            made.append(finding)
            continue
        made.append(replace(finding, review=decided.word, review_note=decided.note))
        # Neither the judged relation nor the one shown at this threshold: the finding itself is another.
        if decided.relation and decided.relation not in (finding.relation, now.get(finding.id)):
            changed[finding.id] = decided.relation
    return tuple(made), changed


def _base(key: str) -> str:
    return re.sub(r"-\d+$", "", key)


def review_rows(reviews: Iterable[Review]) -> list[dict[str, str]]:
    """Reviews as rows with the columns of `COLUMNS`."""
    return [
        {"id": r.id, "pair_ids": " ".join(r.pair_ids), "relation": r.relation, "review": r.word, "review_note": r.note}
        for r in reviews
    ]


def stats(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Counts of reviews and precision, for each relation and kind of reason."""
    counted: dict[tuple[str, str], dict[str, int]] = {}
    for finding in findings:
        if not finding.review:
            continue
        for kind in ("all", *words.reason_kinds(finding)):
            row = counted.setdefault((finding.relation, kind), dict.fromkeys(words.REVIEWS, 0))
            row[finding.review] += 1
    made = []
    for (relation, kind), row in sorted(counted.items(), key=lambda item: (words.SHOWN.index(item[0][0]), item[0][1])):
        judged = row["confirmed"] + row["false_alarm"]
        made.append(
            {"relation": relation, "reason": kind, **row, "precision": row["confirmed"] / judged if judged else None}
        )
    return made
