"""Who agrees and who disagrees with whom: counts of findings between names."""
from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from consistency.claim import Claim
from consistency.finding import Finding
from consistency.render import words

if TYPE_CHECKING:
    from consistency.results import Report


def sides(report: Report, finding: Finding) -> list[tuple[Claim, Claim]]:
    """The claims of all places of a finding, its own first."""
    places = [(finding.a, finding.b)]
    for one, two in finding.places:
        a, b = report.claim(one), report.claim(two)
        if a and b and (a.id, b.id) != (finding.a.id, finding.b.id):
            places.append((a, b))
    return places


def crossings(report: Report, relations: Sequence[str], by: str) -> tuple[list[str], Counter[tuple[str, str, str]]]:
    """Counts findings between outlets or speakers.

    Args:
        report: the report.
        relations: which findings to count.
        by: `source` or `speaker`.

    Returns:
        Names, sorted without regard to case, and counts by (relation, name, name), symmetric.
    """
    counted: Counter[tuple[str, str, str]] = Counter()
    names: set[str] = {words.outlet(a.source) for a in report.article_list} if by == "source" else set()
    for finding in report.items:
        if finding.relation not in relations:
            continue
        met: set[tuple[str, str]] = set()
        for a, b in sides(report, finding):
            one, two = (words.outlet(c.source) if by == "source" else c.speaker for c in (a, b))
            if one and two:
                met |= {(one, two), (two, one)}
        for one, two in met:
            counted[finding.relation, one, two] += 1
            names |= {one, two}
    return sorted(names, key=lambda name: (name.casefold(), name)), counted
