"""Finding: what two claims are to each other, why, and how sure that is."""
from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from consistency.claim import Claim, Span

Relation = Literal["agreement", "contradiction", "update", "uncertain", "none"]
Between = Literal["outlets", "speakers", "same_speaker", "same_article"]
ReasonKind = Literal[
    "figure", "date", "place", "entity", "role", "negation", "denial", "antonym", "quantifier", "modality", "scope",
    "cause", "order", "undated", "model",
]  # fmt: skip
RELATIONS: tuple[Relation, ...] = ("contradiction", "agreement", "update", "uncertain", "none")


@dataclass(frozen=True, slots=True)
class Probabilities:
    """Calibrated NLI probabilities of one direction, summing to one."""

    entailment: float
    neutral: float
    contradiction: float


@dataclass(frozen=True, slots=True)
class Scores:
    """What the NLI model says of a pair.

    Attributes:
        a_to_b: a as premise, b as hypothesis; None when it was not scored.
        b_to_a: the other way round; None when it was not scored.
        scored: the two strings that were scored.
        sentences: what the sentence reader says of the sentences that both were taken from, a's first and b's first;
            entailment stands for agreement.
    """

    a_to_b: Probabilities | None
    b_to_a: Probabilities | None
    scored: tuple[str, str]
    sentences: tuple[Probabilities, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a pair has its relation.

    Attributes:
        kind: one of the contract's reason kinds.
        note: one plain sentence for a reader.
        a_spans: the deciding words on side a.
        b_spans: the deciding words on side b.
    """

    kind: ReasonKind
    note: str
    a_spans: tuple[Span, ...] = ()
    b_spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A pair of claims, or several pairs that restate one, with their relation.

    Attributes:
        id: of the earliest pair; stable over runs, models and versions.
        pair_ids: all pairs it gathers.
        relation: what the claims are to each other.
        detail: for an agreement `equivalent` or `more_specific`; otherwise a short word or "".
        between: whose claims these are.
        confidence: 0 to 1, calibrated: the estimated chance that a reader would call the relation right.
        later: `a` or `b` for an update whose dates are known.
        storyline: id of the storyline it belongs to, or None.
        scores: NLI probabilities.
        reasons: why, strongest first.
        places: all pairs of claim ids that it stands at.
        a: one claim.
        b: the other claim.
        review: one of the contract's review words, or "".
        review_note: the reviewer's words.
    """

    id: str
    pair_ids: tuple[str, ...]
    relation: Relation
    detail: str
    between: Between
    confidence: float
    later: Literal["a", "b"] | None
    storyline: str | None
    scores: Scores
    reasons: tuple[Reason, ...]
    places: tuple[tuple[str, str], ...]
    a: Claim
    b: Claim
    review: str = ""
    review_note: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The finding as a row of `findings.jsonl` (schema 1)."""
        row = {"schema": 1, **asdict(self)}
        for name, claim in (("a", self.a), ("b", self.b)):
            row[name] = {
                "claim_id": claim.id,
                "text": claim.text,
                "article_id": claim.article_id,
                "source": claim.source,
                "date": claim.date,
                "speaker": claim.speaker,
                "stance": claim.stance,
                "spans": [asdict(span) for span in claim.spans],
            }
        return row

    def explain(self) -> str:
        """The finding in plain words, several lines: what it is, both claims with who says them, and why."""
        from consistency.render import words

        lines = [f"{self.relation} ({words.confidence(self.confidence)}), {words.BETWEEN[self.between]}"]
        for side, claim in (("a", self.a), ("b", self.b)):
            who = f"{words.outlet(claim.source)}, {words.day(claim.date)}: {words.voice(claim)}"
            lines.append(f"  {side}: {claim.text} [{who}]")
        lines.extend(f"  {reason.kind}: {reason.note}" for reason in self.reasons if reason.note)
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Position:
    """One answer to a storyline's question.

    Attributes:
        claims: ids of the claims that take it.
        speakers: who says it.
        sources: outlets that carry it.
        independent_sources: how many of them do not copy one another.
        first: earliest article date, or None.
        last: latest article date, or None.
        text: its most central claim's text.
    """

    claims: tuple[str, ...]
    speakers: tuple[str, ...]
    sources: tuple[str, ...]
    independent_sources: int
    first: str | None
    last: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Storyline:
    """Claims about one question.

    Attributes:
        id: stable over runs for the same claims.
        question: a short label: the most central claim's text.
        positions: the answers; more than one when a contradiction opposes them.
        findings: ids of the findings inside it.
    """

    id: str
    question: str
    positions: tuple[Position, ...]
    findings: tuple[str, ...] = field(default=())

    def to_dict(self) -> dict[str, Any]:
        """The storyline as a row of `storylines.jsonl` (schema 1)."""
        return {"schema": 1, **asdict(self)}
