"""Signals: what speaks for and against a claim, as numbers that a reader can check and two small models weigh."""
from __future__ import annotations

import math
from dataclasses import dataclass

from consistency.finding import Probabilities
from consistency.verification.comparison import Comparison
from consistency.verification.search import Library, Passage

# Logits of NLI probabilities are cut here: beyond it a model is sure, not right.
MAX_LOGIT = 4.0
# Counts are cut here: a third missing name says no more than two.
MANY = 2


@dataclass(frozen=True, slots=True)
class Found:
    """The passages found for a claim, scored.

    Attributes:
        passages: single sentences best first, then the window.
        scores: NLI of each, passage as premise and claim as hypothesis.
        stems: of the claim.
    """

    passages: tuple[Passage, ...]
    scores: tuple[Probabilities, ...]
    stems: frozenset[str]

    @property
    def best_for(self) -> int | None:
        """Position of the passage that speaks most for the claim."""
        return max(range(len(self.scores)), key=lambda i: (self.scores[i].entailment, -i), default=None)

    @property
    def best_against(self) -> int | None:
        """Position of the passage that speaks most against it.

        A sentence about something else can seem to contradict: closeness counts too.
        """

        def weight(i: int) -> tuple[float, int]:
            return round(self.scores[i].contradiction * max(0.0, self.passages[i].rank), 3), -i

        return max(range(len(self.scores)), key=weight, default=None)

    @property
    def chosen(self) -> tuple[Passage, ...]:
        """The passages that are read closely, each once: the closest, the best for and the best against."""
        at = [i for i in (0, self.best_for, self.best_against) if i is not None and i < len(self.passages)]
        return tuple(dict.fromkeys(self.passages[i] for i in at))


def logit(p: float) -> float:
    """Log-odds of a probability, cut at both ends."""
    p = min(max(p, 1e-6), 1 - 1e-6)
    return max(-MAX_LOGIT, min(MAX_LOGIT, math.log(p / (1 - p))))


def signals(found: Found, library: Library, compared: Comparison, names_missing: int) -> dict[str, float]:
    """All signals of one claim, by name.

    Args:
        found: its passages.
        library: the sources.
        compared: the claim beside what the passages chosen as evidence say.
        names_missing: names of the claim, and of who says it, of which no word stands in the sources.
    """
    singles = [s for s, p in zip(found.scores, found.passages, strict=True) if len(p.places) == 1]
    windows = [s for s, p in zip(found.scores, found.passages, strict=True) if len(p.places) > 1] or singles[:1]
    near = {stem for p in found.passages for place in p.places for stem in library.sentence(place).stems}
    figures = [stem for stem in sorted(found.stems) if stem.startswith("=")]
    best = found.passages[0] if found.passages else None
    held = library.held
    return {
        "entailed": logit(max((s.entailment for s in singles), default=0.0)),
        "entailed_by_window": logit(max((s.entailment for s in windows), default=0.0)),
        "contradicted": logit(max((s.contradiction for s in singles), default=0.0)),
        "contradicted_by_window": logit(max((s.contradiction for s in windows), default=0.0)),
        "contradicted_by_closest": logit(singles[0].contradiction if singles else 0.0),
        "words_missing": _share(library, found.stems, found.stems - held),
        "words_elsewhere": _share(library, found.stems, (found.stems & held) - near),
        "figures_missing": float(min(MANY, sum(stem not in held for stem in figures))),
        "figures_elsewhere": float(min(MANY, sum(stem in held and stem not in near for stem in figures))),
        "names_missing": float(min(MANY, names_missing)),
        "figure_differs": float(bool(compared.figures.conflicts)),
        "date_differs": float(bool(compared.dates.conflicts)),
        "name_differs": float(compared.alignment is not None and bool(compared.alignment.clashing_names)),
        "negation_differs": float(compared.negation_differs),
        "antonym_differs": float(any(opposite.kind == "antonym" for opposite in compared.opposites)),
        # Set once the claim is scored again with the source's values in it.
        "values_alone_differ": 0.0,
        "rest_entailed": 0.0,
        "closeness": best.rank if best else 0.0,
        "cosine": best.cosine if best else 0.0,
        "length": math.log(1 + len(found.stems)),
    }


def _share(library: Library, stems: frozenset[str], some: frozenset[str]) -> float:
    """Share of stems, weighed by rarity, rounded so that sums never depend on their order."""
    total = sum(library.weight(stem) for stem in sorted(stems))
    return round(sum(library.weight(stem) for stem in sorted(some)) / total, 3) if total else 0.0
