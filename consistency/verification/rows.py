"""Checked claims as flat rows with stable column names, and the files of a verification."""
from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from consistency.render import files, tables
from consistency.verification.page import page
from consistency.verification.result import Checked, Evidence, Verification

SIDES = ("for", "against", "closest")
EVIDENCE = ("", "_source", "_date", "_speaker", "_article_id", "_start", "_end")
COLUMNS = (
    "claim_id", "text", "speaker", "verdict", "score", "against", "reasons", "reason_notes", "unsupported", "spans",
    *(f"{side}_evidence{name}" for side in SIDES for name in EVIDENCE),
    "entailment", "contradiction",
)  # fmt: skip


def row(item: Checked) -> dict[str, Any]:
    """A claim as one flat row: columns of `COLUMNS`; spans as JSON, unsupported words separated by ` | `."""
    made: dict[str, Any] = dict.fromkeys(COLUMNS)
    made |= {
        "claim_id": item.claim.id,
        "text": item.claim.text,
        "speaker": item.claim.speaker,
        "verdict": item.verdict,
        "score": item.score,
        "against": item.against,
        "reasons": ", ".join(dict.fromkeys(reason.kind for reason in item.reasons)),
        "reason_notes": " | ".join(reason.note for reason in item.reasons),
        "unsupported": " | ".join(words.span.text for words in item.unsupported),
        "spans": json.dumps([[span.start, span.end] for span in item.claim.spans]),
        "entailment": item.evidence_for.scores.entailment if item.evidence_for else None,
        "contradiction": item.evidence_against.scores.contradiction if item.evidence_against else None,
    }
    for side, found in zip(SIDES, (item.evidence_for, item.evidence_against, item.closest), strict=True):
        if found is not None:
            values = _evidence(found)
            made |= {f"{side}_evidence{name}": value for name, value in zip(EVIDENCE, values, strict=True)}
    return made


def _evidence(found: Evidence) -> tuple[Any, ...]:
    span = found.passage
    return span.text, found.source, found.date, found.speaker, found.article_id, span.start, span.end


def save(result: Verification, path: str | os.PathLike[str]) -> list[Path]:
    """See `Verification.save`."""
    target = Path(path)
    if target.suffix.lower() not in (".html", ".htm"):
        target = target / "verify.html"
    return files.write_all({
        target: page(result),
        target.with_name("claims.csv"): tables.to_csv([row(item) for item in result.claims], COLUMNS),
        target.with_name("verify.json"): json.dumps(result.to_dict(), ensure_ascii=False, indent=1) + "\n",
    })  # fmt: skip
