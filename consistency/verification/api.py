"""The Python twin of `consistency verify`: one text, or many pairs of document and text."""
from __future__ import annotations

import os
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from consistency import __version__
from consistency.article import Article, Skipped
from consistency.claim import Claim
from consistency.errors import InputError
from consistency.given import given_claims
from consistency.load import load
from consistency.options import Options
from consistency.pipeline import Models, Progress, _silent
from consistency.split import split
from consistency.verification.result import Verification
from consistency.verification.stage import Item, verify_items

if TYPE_CHECKING:
    import pandas as pd


def verify(
    text_or_claims: str | os.PathLike[str] | Article | Sequence[str | Claim],
    sources: Any,
    *,
    options: Options | None = None,
    models: Models | None = None,
    columns: Mapping[str, str] | None = None,
    progress: Progress = _silent,
    **settings: Any,
) -> Verification:
    """Is a text consistent with its sources? A verdict for each of its claims, with the words that decide.

    Args:
        text_or_claims: a text as `str`, a file as `Path`, an `Article`, or a list of claims (each a `str` or `Claim`).
            A `str` that names an existing file is that file.
        sources: as for `report`: paths, folders, globs, a DataFrame, or a list of `Article`, dicts or texts.
        options: all options at once; or give single ones as keywords (`nli="folder"`).
        models: loaded models, to use them for several calls.
        columns: names of your columns in the sources, `{"text": "body"}`.
        progress: called with stage, done and total.

    Returns:
        Claims with verdict, score, evidence for and against, reasons; a verdict and a score for the whole.

    Raises:
        InputError: the text is empty, or no source could be read.
        ModelError: a model is missing or not fit.

    Example:
        >>> result = verify("The council approved the plan on Monday.", ["sources/"])  # doctest: +SKIP
        >>> result.verdict, result.score  # doctest: +SKIP
        ('supported', 0.94)
    """
    from consistency.api import options_of

    begun = time.monotonic()
    models = models or Models(options_of(options, settings))
    article, given = _text(text_or_claims, models)
    loaded = load(sources, columns=columns)
    item, skipped = _items([(article, given, loaded.articles)], models, progress)[0]
    checked = verify_items([item], models, progress)[0]
    return Verification(
        article=item.article,
        sources=item.sources,
        claims=checked,
        skipped=(*loaded.skipped, *skipped),
        meta=_meta(models, begun, loaded.warnings),
    )


def verify_many(
    frame: pd.DataFrame | Iterable[Mapping[str, Any]],
    *,
    models: Models | None = None,
    options: Options | None = None,
    progress: Progress = _silent,
    **settings: Any,
) -> pd.DataFrame:
    """Many texts against their documents, batched across all of them.

    Args:
        frame: rows with `document` (a text, or a list of texts) and `text`; other columns are kept.
        models: as for `verify`.
        options: as for `verify`.
        progress: as for `verify`.

    Returns:
        All input columns, and `score, verdict, claims`; claims as in `Checked.to_dict`.

    Raises:
        InputError: a missing column, or an empty document or text, by row number from 1.
    """
    import pandas as pd

    from consistency.api import _rows, options_of

    rows = _rows(frame)
    made = verify_rows(rows, models or Models(options_of(options, settings)), progress)
    out = pd.DataFrame(rows)
    out["score"] = [item.score for item in made]
    out["verdict"] = [item.verdict for item in made]
    out["claims"] = [[checked.to_dict() for checked in item.claims] for item in made]
    return out


def verify_rows(
    rows: Sequence[Mapping[str, Any]], models: Models, progress: Progress = _silent
) -> list[Verification]:
    """Rows with `document` and `text` to verifications, in order; raises as `verify_many`."""
    read: dict[str, Article] = {}
    pairs = []
    for number, row in enumerate(rows, 1):
        for name in ("document", "text"):
            if name not in row:
                raise InputError(
                    f"no {name}; there are {', '.join(map(str, row)) or 'no columns'}",
                    where=f"row {number}",
                    how="each row needs document and text",
                )
        documents = [row["document"]] if isinstance(row["document"], str) else row["document"]
        if not isinstance(documents, list | tuple) or not documents:
            raise InputError("the document is empty", where=f"row {number}")
        for document in documents:
            if not isinstance(document, str) or not document.strip():
                raise InputError("the document is empty", where=f"row {number}")
            read.setdefault(document, Article(id=f"document-{len(read) + 1}", text=document))
        if not isinstance(row["text"], str) or not row["text"].strip():
            raise InputError("the text is empty", where=f"row {number}")
        text = Article(id=f"text-{number}", text=row["text"])
        pairs.append((text, None, tuple(read[document] for document in dict.fromkeys(documents))))
    prepared = _items(pairs, models, progress)
    checked = verify_items([item for item, _ in prepared], models, progress)
    return [
        Verification(item.article, item.sources, claims, skipped)
        for (item, skipped), claims in zip(prepared, checked, strict=True)
    ]


def _text(given: Any, models: Models) -> tuple[Article, tuple[Claim, ...] | None]:
    """The text as an article, and its claims where they were given."""
    if isinstance(given, Article):
        return given, None
    if isinstance(given, os.PathLike) or (isinstance(given, str) and _is_file(given)):
        loaded = load([Path(given)], languages=None).articles
        if len(loaded) > 1:
            raise InputError(f"{len(loaded)} texts in one file", where=str(given), how="verify one text at a time")
        return loaded[0], None
    if isinstance(given, str):
        if not given.strip():
            raise InputError("the text is empty")
        return Article(id="text", text=given), None
    items = list(given)
    if not items:
        raise InputError("no claims were given")
    if all(isinstance(item, Claim) for item in items):
        return _joined([item.text for item in items], models, items)
    return _joined([item.text if isinstance(item, Claim) else item for item in items], models)


def _joined(
    texts: list[str], models: Models, claims: Sequence[Claim] = ()
) -> tuple[Article, tuple[Claim, ...]]:
    """Claims that stand for themselves as a text of one line each."""
    made = given_claims([{"text": text} for text in texts], models.get_parser()).claims
    at, moved = 0, []
    for number, claim in enumerate(made):
        own = claims[number] if claims else None
        moved.append(_moved(claim, at, own))
        at += len(claim.text) + 1
    return Article(id="text", text="\n".join(texts)), tuple(moved)


def _moved(claim: Claim, by: int, own: Claim | None) -> Claim:
    """A one-sentence claim at its place in the joined text; who says it is kept."""

    def shift(span):
        return replace(span, start=span.start + by, end=span.end + by)

    return replace(
        claim,
        id=own.id if own else claim.id,
        article_id="text",
        spans=tuple(map(shift, claim.spans)),
        sentence=shift(claim.sentence),
        runs=tuple(replace(run, start=run.start + by, end=run.end + by) for run in claim.runs),
        dates=tuple(replace(date, span=shift(date.span)) for date in claim.dates),
        quantities=tuple(replace(figure, span=shift(figure.span)) for figure in claim.quantities),
    )


def _is_file(text: str) -> bool:
    try:
        return "\n" not in text and Path(text).is_file()
    except (OSError, ValueError):  # too long for a path, or with characters that none can have
        return False


def _items(
    pairs: Sequence[tuple[Article, tuple[Claim, ...] | None, tuple[Article, ...]]], models: Models, progress: Progress
) -> list[tuple[Item, tuple[Skipped, ...]]]:
    """Items with their claims, all texts split in one batch."""
    wanted = [replace(article, id=f"{at}") for at, (article, given, _) in enumerate(pairs) if given is None]
    made = split(wanted, models.get_parser(), progress=lambda done: progress("split", done, len(wanted)))
    claims: dict[str, list[Claim]] = {}
    for claim in made.claims:
        claims.setdefault(claim.article_id, []).append(claim)
    items = []
    for at, (article, given, sources) in enumerate(pairs):
        mine = [
            replace(claim, id=f"{article.id}:{n}", article_id=article.id)
            for n, claim in enumerate(claims.get(f"{at}", ()), 1)
        ]
        skipped = tuple(s for s in made.skipped if s.what.startswith(f"{at}: "))
        items.append((Item(article, tuple(given if given is not None else mine), sources), skipped))
    return items


def _meta(models: Models, begun: float, warnings: Sequence[str]) -> dict[str, Any]:
    """What the result says of the run."""
    scorer = models.get_scorer()
    notes = list(warnings)
    if scorer.truncated:
        notes.append(f"{scorer.truncated} NLI inputs were longer than the model reads and were cut")
    if not scorer.verified:
        notes.append(f"the NLI model {scorer.name} fails the golden pairs; its judgement is not verified")
    return {
        "tool": "fact-consistency",
        "version": __version__,
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "seconds": round(time.monotonic() - begun, 1),
        "options": models.options.to_dict(),
        "models": models.named(),
        "warnings": notes,
    }
