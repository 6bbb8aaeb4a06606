"""Findings, claims, pairs, articles and storylines as flat rows with stable column names, and as pandas frames."""
from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from consistency.article import Article
from consistency.claim import Claim, Span
from consistency.finding import Finding, Probabilities, Storyline
from consistency.render import words

if TYPE_CHECKING:
    import pandas as pd

SIDE = ("source", "date", "speaker", "stance", "article_id", "claim_id")
FINDINGS = (
    "id", "relation", "confidence", "likelihood", "review", "review_note", "review_relation",
    "a", "a_source", "a_date", "a_speaker", "a_stance",
    "b", "b_source", "b_date", "b_speaker", "b_stance",
    "reasons", "reason_notes", "detail", "between", "later", "storyline",
    "a_to_b_entailment", "a_to_b_neutral", "a_to_b_contradiction",
    "b_to_a_entailment", "b_to_a_neutral", "b_to_a_contradiction", "a_scored", "b_scored",
    "a_article_id", "a_claim_id", "a_spans", "a_deciding", "b_article_id", "b_claim_id", "b_spans", "b_deciding",
    "pair_ids", "places",
)  # fmt: skip
CLAIMS = (
    "claim_id", "article_id", "source", "date", "field", "text", "speaker", "cue", "stance", "chain", "proposition",
    "start", "end", "sentence", "spans", "dates", "quantities", "unresolved",
)  # fmt: skip
ARTICLES = ("article_id", "source", "date", "title", "url", "path", "characters", "claims", "findings", "fallbacks")
STORYLINES = (
    "storyline", "question", "position", "text", "speakers", "sources", "independent_sources", "first", "last",
    "claims", "findings",
)  # fmt: skip
PAIRS = (
    "id", "relation", "a", "a_source", "a_claim_id", "b", "b_source", "b_claim_id", "why", "similarity", "screened",
    "p_entailment", "p_neutral", "p_contradiction",
)  # fmt: skip
_DATES = {"date", "a_date", "b_date", "first", "last"}
_CATEGORIES = {"relation", "likelihood", "between", "stance", "a_stance", "b_stance", "field", "review"}
_NUMBERS = {
    "confidence", "similarity", "p_entailment", "p_neutral", "p_contradiction",
    *(f"{way}_{label}" for way in ("a_to_b", "b_to_a") for label in ("entailment", "neutral", "contradiction")),
}  # fmt: skip
_KNOWN = {*FINDINGS, *CLAIMS, *ARTICLES, *STORYLINES, *PAIRS}
_WHOLE = {"start", "end", "position", "independent_sources", "characters"}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _offsets(spans: Iterable[Span]) -> str:
    return _json([[span.start, span.end] for span in spans])


def finding_row(finding: Finding, changed: str = "") -> dict[str, Any]:
    """A finding as one flat row: the same content as its line in `findings.jsonl`.

    Args:
        finding: the finding.
        changed: the relation at the time of its review.

    Returns:
        Columns of `FINDINGS`; spans and places as JSON, `pair_ids` separated by spaces, kinds of reason by `, `.
    """
    row: dict[str, Any] = dict.fromkeys(FINDINGS)
    for side, claim in (("a", finding.a), ("b", finding.b)):
        row[side] = claim.text
        row |= {f"{side}_{name}": getattr(claim, "id" if name == "claim_id" else name) for name in SIDE}
        row[f"{side}_spans"] = _offsets(claim.spans)
    for way, scores in (("a_to_b", finding.scores.a_to_b), ("b_to_a", finding.scores.b_to_a)):
        row |= {f"{way}_{label}": getattr(scores, label, None) for label in Probabilities.__slots__}
    row["a_scored"], row["b_scored"] = finding.scores.scored
    row["a_deciding"] = _offsets(span for reason in finding.reasons for span in reason.a_spans)
    row["b_deciding"] = _offsets(span for reason in finding.reasons for span in reason.b_spans)
    row |= {
        "id": finding.id,
        "relation": finding.relation,
        "confidence": round(float(finding.confidence), 4),
        "likelihood": words.likelihood(finding.confidence),
        "review": finding.review,
        "review_note": finding.review_note,
        "review_relation": changed,
        "reasons": ", ".join(words.reason_kinds(finding)),
        "reason_notes": " | ".join(reason.note for reason in finding.reasons if reason.note),
        "detail": finding.detail,
        "between": finding.between,
        "later": finding.later,
        "storyline": finding.storyline,
        "pair_ids": " ".join(finding.pair_ids),
        "places": _json(finding.places),
    }
    return row


def claim_row(claim: Claim) -> dict[str, Any]:
    """A claim as one flat row with the columns of `CLAIMS`."""
    said = claim.attribution
    return {
        "claim_id": claim.id,
        "article_id": claim.article_id,
        "source": claim.source,
        "date": claim.date,
        "field": claim.field,
        "text": claim.text,
        "speaker": claim.speaker,
        "cue": said.cue if said else None,
        "stance": claim.stance,
        "chain": " < ".join(said.chain) if said else None,
        "proposition": claim.proposition,
        "start": claim.sentence.start,
        "end": claim.sentence.end,
        "sentence": claim.sentence.text,
        "spans": _offsets(claim.spans),
        "dates": ", ".join(mention.value for mention in claim.dates),
        "quantities": ", ".join(quantity.span.text for quantity in claim.quantities),
        "unresolved": ", ".join(claim.unresolved),
    }


def article_row(article: Article, claims: int, findings: int) -> dict[str, Any]:
    """An article as one flat row with the columns of `ARTICLES`; without its text."""
    return {
        "article_id": article.id,
        "source": article.source,
        "date": article.date,
        "title": article.title,
        "url": article.url,
        "path": article.path,
        "characters": len(article.text),
        "claims": claims,
        "findings": findings,
        "fallbacks": ", ".join(f"{name}: {origin}" for name, origin in article.fallbacks.items()),
    }


def storyline_rows(line: Storyline) -> list[dict[str, Any]]:
    """A storyline as one row for each of its positions, with the columns of `STORYLINES`."""
    return [
        {
            "storyline": line.id,
            "question": line.question,
            "position": number,
            "text": place.text,
            "speakers": ", ".join(place.speakers),
            "sources": ", ".join(place.sources),
            "independent_sources": place.independent_sources,
            "first": place.first,
            "last": place.last,
            "claims": " ".join(place.claims),
            "findings": " ".join(line.findings),
        }
        for number, place in enumerate(line.positions, 1)
    ]


def pair_row(pair: Mapping[str, Any], claims: Mapping[str, Claim]) -> dict[str, Any]:
    """A judged pair as one flat row: columns of `PAIRS`, then any other that the pipeline gave."""
    why = pair.get("why", "")
    row = dict.fromkeys(PAIRS) | dict(pair)
    row["why"] = why if isinstance(why, str) else "; ".join(map(str, why))
    for side in ("a", "b"):
        claim = claims.get(pair[side])
        row[f"{side}_claim_id"] = pair[side]
        row[side] = claim.text if claim else None
        row[f"{side}_source"] = claim.source if claim else None
    return row


def frame(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> pd.DataFrame:
    """Rows as a DataFrame whose columns and dtypes do not depend on what the rows hold.

    Dates become timestamps (UTC, without a zone), words of a fixed set categories, missing texts `NA`.

    Args:
        rows: mappings with at least `columns`.
        columns: which, in order; those that this module does not name keep the dtype that pandas gives them.
    """
    import pandas as pd

    made = pd.DataFrame(list(rows), columns=list(columns))
    for name in columns:
        if name in _DATES:
            parsed = pd.to_datetime(made[name], format="ISO8601", errors="coerce", utc=True)
            made[name] = parsed.dt.tz_localize(None).astype("datetime64[us]")
        elif name in _CATEGORIES:
            made[name] = made[name].fillna("").astype("category")
        elif name in _NUMBERS:
            made[name] = made[name].astype("float64")
        elif name in _WHOLE:
            made[name] = made[name].astype("int64")
        elif name == "screened":
            made[name] = made[name].fillna(False).astype(bool)
        elif name in ("claims", "findings") and columns == ARTICLES:
            made[name] = made[name].astype("int64")
        elif name in _KNOWN:
            made[name] = made[name].astype("string")
    return made
