"""Judge: evidence to a relation with a confidence, by two logistic models whose every term can be shown."""
from __future__ import annotations

import json
import math
from functools import cache
from importlib.resources import files

from consistency.finding import Probabilities
from consistency.pair import claim_key
from consistency.relate.evidence import Evidence
from consistency.relate.frame import Frame
from consistency.values import split_of

# Logits of NLI probabilities are cut here: beyond it a model is sure, not right.
MAX_LOGIT = 4.0


@cache
def weights() -> dict[str, dict[str, float]]:
    """Coefficients by relation and feature, from `weights.json`."""
    return json.loads((files("consistency.relate") / "weights.json").read_text(encoding="utf-8"))


def logit(p: float) -> float:
    """Log-odds of a probability, cut at both ends."""
    p = min(max(p, 1e-6), 1 - 1e-6)
    return max(-MAX_LOGIT, min(MAX_LOGIT, math.log(p / (1 - p))))


def content_scores(evidence: Evidence) -> tuple[Probabilities, Probabilities]:
    """NLI of what both sides affirm, a to b and b to a.

    Scores are those of the propositions. When one side denies its proposition, what contradicts the proposition is
    in line with the denial, and what entails it is against it; that the proposition entails the other side says
    nothing about its denial.
    """
    a_denies, b_denies = (claim.stance == "denies" for claim in (evidence.pair.a, evidence.pair.b))
    ab, ba = evidence.a_to_b, evidence.b_to_a
    if a_denies == b_denies:
        return ab, ba
    affirmed_to_denied = ab if b_denies else ba
    against = Probabilities(
        entailment=round((ab.contradiction + ba.contradiction) / 2, 3),
        neutral=affirmed_to_denied.neutral,
        contradiction=affirmed_to_denied.entailment,
    )
    return against, against


def polarity_differs(evidence: Evidence) -> bool:
    """Whether exactly one side's proposition is negated, or denied, but not both or none."""
    a, b = evidence.frames
    odd = (evidence.pair.a.stance == "denies") != (evidence.pair.b.stance == "denies")
    return (a.negated != b.negated) != odd


def moods_differ(evidence: Evidence) -> bool:
    """Whether one side states a fact and the other a condition, a plan or a possibility."""
    moods = [
        frame.mood if claim.stance not in ("conditional",) else "condition"
        for frame, claim in zip(evidence.frames, (evidence.pair.a, evidence.pair.b), strict=True)
    ]
    return moods[0] != moods[1]


def features(evidence: Evidence) -> dict[str, float]:
    """All features of a pair; both models draw on them by name."""
    ab, ba = content_scores(evidence)
    alignment, pair = evidence.alignment, evidence.pair
    low, high = sorted((alignment.covered_a, alignment.covered_b))
    figure_clash, date_clash = bool(evidence.figures.conflicts), bool(evidence.dates.conflicts)
    substituted = evidence.substituted if evidence.substituted is not None else 0.0
    contradiction = (ab.contradiction + ba.contradiction) / 2
    weaker = min(ab.contradiction, ba.contradiction)
    if figure_clash or date_clash:
        # Values that cannot both hold, and nothing else that differs: that is a conflict, whatever a language model
        # makes of figures.
        alone = substituted * (1 - evidence.apart)
        contradiction, weaker = max(contradiction, alone), max(weaker, alone)
    return {
        "nli_contradiction": logit(contradiction),
        "nli_contradiction_weaker": logit(weaker),
        "nli_entailment": logit(max(ab.entailment, ba.entailment)),
        "nli_entailment_weaker": logit(min(ab.entailment, ba.entailment)),
        "covered_less": low,
        "covered_more": high,
        "similarity": pair.similarity,
        "same_subject": float(alignment.subjects == 1),
        "other_subject": float(alignment.subjects == -1),
        "same_predicate": float(alignment.predicates),
        "names_alone": float(bool(alignment.shared_names) and not _shared_content(evidence)),
        "other_event": evidence.apart * (0.3 if alignment.shared_names else 1.0),
        "toll_differs": float(any(split_of(x.of)[0] for x, _ in evidence.figures.conflicts)),
        "shared_names": float(min(2, len(alignment.shared_names))),
        "clashing_names": float(min(2, len(alignment.clashing_names))),
        "figure_alone_differs": float(figure_clash) * substituted * (1 - evidence.apart),
        "figure_differs": float(figure_clash),
        "date_alone_differs": float(date_clash and not figure_clash) * substituted * (1 - evidence.apart),
        "date_differs": float(date_clash),
        "name_alone_differs": float(not figure_clash and not date_clash) * substituted,
        "equal_figures": float(bool(evidence.figures.equal)),
        "polarity_differs": float(polarity_differs(evidence)),
        "denial": float((pair.a.stance == "denies") != (pair.b.stance == "denies")),
        "mood_differs": float(moods_differ(evidence)),
        "condition": float(any(c.stance == "conditional" for c in (pair.a, pair.b)))
        or float(any(f.mood == "condition" for f in evidence.frames)),
        "opinion": float(any(c.stance == "opinion" for c in (pair.a, pair.b))),
        "unresolved": float(any(c.unresolved for c in (pair.a, pair.b))),
        "short": float(min(len(frame.lemmas) for frame in evidence.frames) < 3),
        "same_words": float(claim_key(pair.a) == claim_key(pair.b)),
        "identity": float(any(map(_tells_who, evidence.frames))),
    }


def _shared_content(evidence: Evidence) -> frozenset[str]:
    """Content words of the first claim, other than names, that stand in the second too."""
    frame, alignment = evidence.frames[0], evidence.alignment
    named = {word.lemma for name in frame.names for word in frame.words if name.start <= word.start < name.end}
    return frame.lemmas - alignment.only_a - named


def _tells_who(frame: Frame) -> bool:
    """Whether it only says who or what a name is ("Ada Lind is the mayor"): true, and rarely worth a reader's time."""
    return (
        frame.predicate is not None
        and frame.predicate.pos in ("NOUN", "PROPN")
        and len(frame.lemmas) <= 6
        and any(name.role == "subject" for name in frame.names)
    )


def contributions(relation: str, values: dict[str, float]) -> dict[str, float]:
    """What each feature adds to the log-odds of a relation, strongest first; the bias stands among them."""
    terms = weights()[relation]
    parts = {name: round(weight * (1.0 if name == "bias" else values[name]), 3) for name, weight in terms.items()}
    return dict(sorted(((n, v) for n, v in parts.items() if v), key=lambda item: (-abs(item[1]), item[0])))


def confidence(relation: str, values: dict[str, float]) -> float:
    """Chance that a reader would call the pair this relation, rounded to three decimals."""
    return round(1 / (1 + math.exp(-sum(contributions(relation, values).values()))), 3)
