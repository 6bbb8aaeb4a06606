"""Rank: what a reader should look at first."""
from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from consistency.article import Article
from consistency.claim import Claim
from consistency.finding import Finding

# Conflicts come before what agrees, and what cannot be told comes last.
KINDS = {"contradiction": 0, "update": 1, "agreement": 2, "uncertain": 3, "none": 4}
# What each circumstance is worth beside the confidence, which runs from 0 to 1: enough to decide between findings that
# are about as sure, never enough to lift a doubtful one over a sure one.
PROMINENT, REPEATED, INDEPENDENT, CHECKABLE = 0.1, 0.05, 0.05, 0.05
# Reasons that a reader can check against the source at a glance.
PLAIN_REASONS = {"figure", "date", "denial", "negation", "place", "entity", "role"}


def ranked(
    findings: Iterable[Finding], articles: Mapping[str, Article], copies: Mapping[str, int]
) -> tuple[Finding, ...]:
    """Findings in the order in which they should be read.

    Args:
        findings: merged ones.
        articles: by id.
        copies: group of near-copies of each article id.
    """
    return tuple(sorted(findings, key=lambda f: (KINDS[f.relation], -round(_priority(f, articles, copies), 3), f.id)))


def _priority(finding: Finding, articles: Mapping[str, Article], copies: Mapping[str, int]) -> float:
    """Confidence, raised by how prominent the claims are, in how many places they stand, whether the sources are
    independent, and whether the deciding words can be checked at a glance."""
    a, b = finding.a, finding.b
    prominence = (_prominence(a, articles) + _prominence(b, articles)) / 2
    independent = copies.get(a.article_id) != copies.get(b.article_id)
    plain = bool(finding.reasons) and finding.reasons[0].kind in PLAIN_REASONS
    return (
        finding.confidence
        + PROMINENT * prominence
        + REPEATED * min(2.0, math.log2(len(finding.places)))
        + INDEPENDENT * independent
        + CHECKABLE * plain
    )


def _prominence(claim: Claim, articles: Mapping[str, Article]) -> float:
    """1 for a headline or the first words of a text, falling to 0 at its end: news tells what matters first."""
    if claim.field == "title":
        return 1.0
    article = articles[claim.article_id]
    length = len(article.text) - article.start
    return 1.0 - (claim.sentence.start - article.start) / length if length > 0 else 1.0
