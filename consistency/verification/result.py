"""What verifying gives: a verdict for each claim, its evidence, and one for the whole text."""
from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from consistency.article import Article, Skipped
from consistency.claim import Claim, Span, Stance
from consistency.finding import Probabilities, Reason, ReasonKind

if TYPE_CHECKING:
    import pandas as pd

VerdictWord = Literal["supported", "contradicted", "not_found", "uncertain"]
# The worst first: a text's verdict is the first that one of its claims has.
VERDICTS: tuple[VerdictWord, ...] = ("contradicted", "not_found", "uncertain", "supported")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage of a source that speaks for or against a claim.

    Attributes:
        article_id: the source's id.
        source: its outlet, or None.
        date: its date, or None.
        passage: the sentence, or the two neighbouring ones, that the NLI model read.
        spans: the words in it that decide: the figure, the name, the negation, or the words shared with the claim.
        speaker: who says it there, None for the source's own voice.
        stance: how the speaker stands to it.
        scores: NLI probabilities, passage as premise and claim as hypothesis.
        closeness: of passage and claim in words and meaning, -1 to 1.
    """

    article_id: str
    source: str | None
    date: str | None
    passage: Span
    spans: tuple[Span, ...]
    speaker: str | None
    stance: Stance
    scores: Probabilities
    closeness: float


@dataclass(frozen=True, slots=True)
class Unsupported:
    """Words of the text that the sources do not hold.

    Attributes:
        span: the words, in the text.
        kind: what they are: `figure`, `date`, `entity`, or `model` for other words.
        found: what the evidence has in their place, "" when it has nothing.
    """

    span: Span
    kind: ReasonKind
    found: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """A claim of the text with its verdict.

    Attributes:
        claim: the claim; its spans count in the text.
        verdict: `supported`, `contradicted`, `not_found` or `uncertain`.
        score: chance that the sources support it, 0 to 1.
        against: if they do not: chance that they contradict it rather than not hold it, 0 to 1.
        evidence_for: the passage that speaks most for it, None when none does.
        evidence_against: the passage that speaks most against it, None when none does.
        closest: the passage closest in words and meaning, whatever it says; None when the sources are empty.
        reasons: why, strongest first; a-spans in the text, b-spans in the source of the evidence.
        unsupported: its words that the sources do not hold.
        signals: what the score is made of, by name.
    """

    claim: Claim
    verdict: VerdictWord
    score: float
    against: float
    evidence_for: Evidence | None
    evidence_against: Evidence | None
    closest: Evidence | None = None
    reasons: tuple[Reason, ...] = ()
    unsupported: tuple[Unsupported, ...] = ()
    signals: Mapping[str, float] = field(default_factory=dict)

    @property
    def evidence(self) -> Evidence | None:
        """The passage that the verdict rests on."""
        if self.verdict == "contradicted":
            return self.evidence_against or self.closest
        return self.evidence_for or self.evidence_against or self.closest

    def to_dict(self) -> dict[str, Any]:
        """The claim as one JSON-ready object."""
        claim = self.claim
        return {
            "claim_id": claim.id,
            "text": claim.text,
            "spans": [asdict(span) for span in claim.spans],
            "speaker": claim.speaker,
            "verdict": self.verdict,
            "score": self.score,
            "against": self.against,
            "reasons": [asdict(reason) for reason in self.reasons],
            "unsupported": [asdict(words) for words in self.unsupported],
            "evidence_for": asdict(self.evidence_for) if self.evidence_for else None,
            "evidence_against": asdict(self.evidence_against) if self.evidence_against else None,
            "closest": asdict(self.closest) if self.closest else None,
        }


@dataclass(frozen=True, slots=True)
class Verification:
    """A text against its sources.

    Attributes:
        article: the text.
        sources: what it was held against.
        claims: its claims, in the order of the text.
        skipped: sentences of the text that assert nothing, and sources that could not be read.
        meta: tool, version, time, options, models and their hashes, warnings.
    """

    article: Article
    sources: tuple[Article, ...]
    claims: tuple[Checked, ...]
    skipped: tuple[Skipped, ...] = ()
    meta: Mapping[str, Any] = field(default_factory=dict)

    @property
    def verdict(self) -> VerdictWord:
        """`contradicted` if any claim is, else `not_found`, else `uncertain`, else `supported`.

        A text that asserts nothing is `uncertain`.
        """
        found = {item.verdict for item in self.claims}
        return next((verdict for verdict in VERDICTS if verdict in found), "uncertain")

    @property
    def score(self) -> float:
        """1 fully consistent, 0 not: the chance that its least supported claim is supported; 0.5 without claims."""
        return min((item.score for item in self.claims), default=0.5)

    @property
    def counts(self) -> dict[str, int]:
        """How many claims have each verdict."""
        found = Counter(item.verdict for item in self.claims)
        return {verdict: found[verdict] for verdict in reversed(VERDICTS)}

    def to_dict(self) -> dict[str, Any]:
        """The whole result as one JSON-ready object (schema 1)."""
        return {
            "schema": 1,
            "verdict": self.verdict,
            "score": self.score,
            "counts": self.counts,
            "claims": [item.to_dict() for item in self.claims],
            "text": {"article_id": self.article.id, "path": self.article.path},
            "sources": [
                {"article_id": a.id, "source": a.source, "date": a.date, "title": a.title, "url": a.url, "path": a.path}
                for a in self.sources
            ],
            "skipped": [{"what": s.what, "why": s.why, "kind": s.kind, "stage": s.stage} for s in self.skipped],
            **{key: value for key, value in self.meta.items() if key != "schema"},
        }

    def to_frame(self) -> pd.DataFrame:
        """One row a claim; columns as in `claims.csv`."""
        import pandas as pd

        from consistency.verification.rows import COLUMNS, row

        return pd.DataFrame([row(item) for item in self.claims], columns=list(COLUMNS))

    def to_html(self, path: str | os.PathLike[str] | None = None) -> str:
        """The page: the text with each claim marked, its evidence one click away; also written to `path`."""
        from consistency.render import files
        from consistency.verification.page import page

        text = page(self)
        if path is not None:
            files.write(path, text)
        return text

    def save(self, path: str | os.PathLike[str]) -> list[Path]:
        """Writes the page, and `claims.csv` and `verify.json` beside it, each whole or not at all.

        Args:
            path: a folder (the page is `verify.html` in it) or the page's own path, ending in .html.

        Returns:
            The paths written, the page first.
        """
        from consistency.verification.rows import save

        return save(self, path)

    def __repr__(self) -> str:
        counted = ", ".join(f"{count} {verdict}" for verdict, count in self.counts.items())
        return f"<Verification: {self.verdict}, score {self.score:.2f}; {counted}>"
