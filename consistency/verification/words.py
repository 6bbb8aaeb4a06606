"""The wording that page and terminal share."""
from __future__ import annotations

from consistency.verification.result import Verification

NAMED = {
    "supported": "supported",
    "contradicted": "contradicted",
    "not_found": "not found",
    "uncertain": "uncertain",
}
SIGN = {"supported": "✓", "contradicted": "≠", "not_found": "○", "uncertain": "?"}
LEAD = {
    "supported": "The sources say so",
    "contradicted": "The sources say otherwise",
    "not_found": "The sources do not say so",
    "uncertain": "The sources may or may not say so",
}
SIDE = {"for": "For it", "against": "Against it", "closest": "Closest in the sources"}


def summary(result: Verification) -> str:
    """The result in one line: `contradicted (score 0.08): 5 supported, 1 contradicted, 0 not found, 1 uncertain`."""
    counted = ", ".join(f"{count} {NAMED[verdict]}" for verdict, count in result.counts.items())
    return f"{NAMED[result.verdict]} (score {result.score:.2f}): {counted}"
