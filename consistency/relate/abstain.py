"""The abstain band: what is shown as uncertain because it is too likely to leave out and not sure enough to claim."""
from __future__ import annotations

from dataclasses import replace

from consistency.finding import Finding

# Width of the band below the threshold. A conflict inside it is worth a look; an agreement inside it is not.
BAND = 0.15


def shown_at(finding: Finding, threshold: float) -> Finding | None:
    """The finding as it is shown at a threshold.

    Args:
        finding: with its judged relation.
        threshold: confidence from which it is shown as that relation.

    Returns:
        The finding itself; for a conflict inside the abstain band, `uncertain` with the judged relation as detail; None
        when it is left out.
    """
    # Three decimals, as everywhere that a score decides.
    if round(finding.confidence, 3) >= round(threshold, 3):
        return finding
    if finding.relation == "agreement" or finding.confidence < round(threshold - BAND, 3):
        return None
    judged = finding.detail if finding.relation == "uncertain" else finding.relation
    return replace(finding, relation="uncertain", detail=judged)
