"""Conflicts and agreements that a reader noted in articles, as keys of the two sentences."""
from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from consistency.claim import Claim
from consistency.pipeline import Models

from .examples import candidates_in, sentence_key

# What a reader's note makes of a pair of sentences. What is arguable is left out of the fit.
RELATIONS = {
    ("conflict", "clear"): "contradiction",
    ("non_conflict", "clear"): "none",
    ("conflict", "arguable"): "unsure",
    ("non_conflict", "arguable"): "unsure",
    ("agreement", "clear"): "agreement",
    ("agreement", "arguable"): "unsure",
}


def keys_of(files: Sequence[Path], rows: list[dict], models: Models) -> dict[str, str]:
    """Keys of the sentences that a reader quoted, with what they are to each other.

    Args:
        files: JSON lists of `{type: conflict | non_conflict | agreement, clear: clear | arguable, kind, a: {article,
            quote}, b}`.
        rows: the articles of a cluster.
        models: the parser that finds the sentences.
    """
    known = {row["id"] for row in rows}
    notes = [note for path in files for note in json.loads(path.read_text())]
    notes = [note for note in notes if known >= {note[side]["article"] for side in "ab"}]
    if not notes:
        return {}
    made, articles = candidates_in(rows, models)
    texts = {article.id: article.text for article in articles}
    found: dict[str, str] = {}
    # Of two sentences that conflict in one thing and agree in another, the conflict is kept.
    for note in sorted(notes, key=lambda note: note["type"] != "conflict"):
        relation = RELATIONS[note["type"], note["clear"]]
        relation = "update" if relation == "contradiction" and note["kind"] == "update" else relation
        sides = [_quoted(made.claims, texts, **note[side]) for side in "ab"]
        for a in sides[0]:
            for b in sides[1]:
                found.setdefault(sentence_key(a, b), relation)
    return found


def _quoted(claims: Iterable[Claim], texts: dict[str, str], article: str, quote: str) -> list[str]:
    """Sentences of an article that a quotation holds, or that hold it."""
    at = texts[article].find(quote)
    found = (
        claim.sentence.text
        for claim in claims
        if claim.article_id == article and claim.field == "text" and at >= 0
        and min(claim.sentence.end, at + len(quote)) - max(claim.sentence.start, at) > 0.6 * len(claim.sentence.text)
    )  # fmt: skip
    return list(dict.fromkeys(found))
