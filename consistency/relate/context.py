"""Context: do two articles tell of one event? Claims name little; their articles name who and where."""
from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from consistency.claim import Claim
from consistency.relate.frame import NAMED, Frame

# Articles with fewer names than this say too little about what they are about.
ENOUGH_NAMES = 3
# Cosine of names from which two articles are taken to tell of one event. On ECB+ articles of the training split nine in
# ten are above 0.27 within an event, and nine in ten below 0.24 between two similar events.
ONE_EVENT = 0.3
# Articles of other events that a run is thought to stand among: in a run of one event its names are no common ones.
BACKGROUND = 20
# Days between two articles from which they are hardly of one event.
LONG_AGO = 60
EVENT_NAMES = NAMED - {"NORP", "LAW", "WORK_OF_ART"} | {""}


@dataclass(frozen=True, slots=True)
class Contexts:
    """Names and dates of the articles.

    Attributes:
        names: by article id, the words of its names weighed by frequency and by rarity in the run.
        dates: by article id, its date if known.
        known: what was asked before; two articles have many pairs of claims.
    """

    names: Mapping[str, Mapping[str, float]]
    dates: Mapping[str, date | None]
    known: dict[tuple[str, str], float] = field(default_factory=dict, repr=False, compare=False)

    def apart(self, a: str, b: str) -> float:
        """How far two articles are from telling of one event.

        Args:
            a: an article's id.
            b: another's.

        Returns:
            0 for one event (or one article, or too few names to tell), 1 when they share no name or are long apart.
        """
        if (a, b) not in self.known:
            self.known[a, b] = self._apart(a, b)
        return self.known[a, b]

    def _apart(self, a: str, b: str) -> float:
        one, other = self.names.get(a, {}), self.names.get(b, {})
        if a == b:
            return 0.0
        first, second = self.dates.get(a), self.dates.get(b)
        if first and second and abs((first - second).days) > LONG_AGO:
            return 1.0
        if min(len(one), len(other)) < ENOUGH_NAMES:
            return 0.0
        shared = sum(one[word] * other[word] for word in sorted(one.keys() & other.keys()))
        lengths = [math.sqrt(sum(weight * weight for weight in names.values())) for names in (one, other)]
        return round(max(0.0, 1 - shared / (lengths[0] * lengths[1]) / ONE_EVENT), 3)


def contexts(claims: Iterable[Claim], frames: Mapping[str, Frame]) -> Contexts:
    """Names and dates of all articles, from their claims and the claims' frames."""
    counts: dict[str, dict[str, int]] = {}
    dates: dict[str, date | None] = {}
    for claim in claims:
        dates[claim.article_id] = date.fromisoformat(claim.date[:10]) if claim.date else None
        names = counts.setdefault(claim.article_id, {})
        for name in frames[claim.id].names:
            if name.label in EVENT_NAMES:
                for word in name.key.split():
                    if word[:1].isalpha() and len(word) > 2:
                        names[word] = names.get(word, 0) + 1
    spread = Counter(word for names in counts.values() for word in names)
    weights = {
        key: {
            word: n**0.75 * math.log(1 + (len(counts) + BACKGROUND) / (spread[word] + 1)) for word, n in names.items()
        }
        for key, names in counts.items()
    }
    return Contexts(weights, dates)
