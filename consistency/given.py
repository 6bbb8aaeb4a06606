"""Given claims: texts that a user hands over as claims, taken as they are."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from consistency.article import Article
from consistency.claim import Attribution, Claim, Run, Span, Speaker
from consistency.errors import InputError
from consistency.load.dates import iso_date
from consistency.values import find_dates, find_quantities

if TYPE_CHECKING:
    from spacy.language import Language


@dataclass(frozen=True, slots=True)
class Given:
    """Claims and the one-sentence articles that they stand for.

    Attributes:
        articles: one a claim, its text is the claim.
        claims: in the same order.
    """

    articles: tuple[Article, ...]
    claims: tuple[Claim, ...]


def given_claims(rows: Iterable[Mapping[str, Any]], nlp: Language) -> Given:
    """Claims from rows.

    Args:
        rows: `text`, and optionally `id`, `source`, `date`, `speaker`; missing values are None, NaN or "".
        nlp: a spaCy pipeline, for figures and dates.

    Raises:
        InputError: a text that is empty, or two rows with one id, by row number from 1.
    """
    table = [{key: _clean(value) for key, value in row.items()} for row in rows]
    for number, row in enumerate(table, 1):
        if not isinstance(row.get("text"), str):
            raise InputError("the text is empty", where=f"row {number}", how="each row needs a sentence in `text`")
    ids = [str(row.get("id") or f"claim-{number}") for number, row in enumerate(table, 1)]
    if len(set(ids)) < len(ids):
        twice = next(key for key in ids if ids.count(key) > 1)
        raise InputError(f"two rows have the id {twice!r}", where="id")
    articles, claims = [], []
    for key, row, doc in zip(ids, table, nlp.pipe(row["text"] for row in table), strict=True):
        text = row["text"]
        date = iso_date(row["date"]) if row.get("date") is not None else None
        source = str(row["source"]) if row.get("source") is not None else None
        articles.append(Article(id=key, text=text, source=source, date=date))
        span = Span(0, len(text), text)
        said = None
        if row.get("speaker") is not None:
            # The name is given beside the text, so no words of the text stand for it.
            speaker = Speaker(str(row["speaker"]), Span(0, 0, ""))
            said = Attribution((speaker,), "", None, (span,), chain=(speaker.name,))
        claims.append(
            Claim(
                id=f"{key}:1",
                article_id=key,
                source=source,
                date=date,
                field="text",
                text=text,
                proposition=text,
                spans=(span,),
                sentence=span,
                runs=(Run(0, 0, len(text)),),
                attribution=said,
                dates=tuple(find_dates(doc, date)),
                quantities=tuple(find_quantities(doc)),
            )
        )
    return Given(tuple(articles), tuple(claims))


def _clean(value: Any) -> Any:
    """None for what a table holds where nothing is."""
    if value is None or value != value or (isinstance(value, str) and not value.strip()):
        return None
    return value
