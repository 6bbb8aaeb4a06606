"""The same texts judged without rules: raw NLI on the same pairs, and the way a notebook would do it.

Each method gives a score to each changed fact (the best of the pairs that join it with what it was) and to each pair
of untouched text; a threshold on both is a point of recall against alarms. The notebook takes whole sentences, their
nearest neighbours by cosine, and the higher contradiction of the two NLI directions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from consistency.article import Article
from consistency.pair import different_speakers
from consistency.pipeline import Models
from consistency.relate.evidence import Evidence
from measuring.corruption import Outcome, Stretch
from measuring.judging import Run, contradiction_of

NEIGHBOURS, MIN_COSINE = 5, 0.5
THRESHOLDS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995)


@dataclass(slots=True)
class Method:
    """Scores of one way to find conflicts.

    Attributes:
        facts: one score for each changed fact, 0 where it was not even paired.
        alarms: for each kind of untouched text, the scores of all its pairs.
        sentences: for each kind of untouched text, its source sentences.
    """

    facts: list[float] = field(default_factory=list)
    alarms: dict[str, list[float]] = field(default_factory=dict)
    sentences: dict[str, int] = field(default_factory=dict)

    def untouched(self, kind: str, scores: Sequence[float], sentences: int) -> None:
        """Counts in the pairs of some untouched text."""
        self.alarms.setdefault(kind, []).extend(scores)
        self.sentences[kind] = self.sentences.get(kind, 0) + sentences

    def recall(self, threshold: float) -> float:
        """Share of the changed facts at or above a threshold."""
        return sum(score >= threshold for score in self.facts) / max(1, len(self.facts))

    def rate(self, kind: str, threshold: float) -> float:
        """Flagged pairs per 1,000 sentences of untouched text."""
        return 1000 * sum(score >= threshold for score in self.alarms[kind]) / max(1, self.sentences[kind])

    def points(self) -> list[dict]:
        """Precision and recall over thresholds; precision sets the facts found against the pairs flagged on untouched
        text of the same run, so it compares methods and tells nothing of the share of conflicts in real news."""
        rows = []
        for threshold in THRESHOLDS:
            found = sum(score >= threshold for score in self.facts)
            false = sum(score >= threshold for scores in self.alarms.values() for score in scores)
            rows.append(
                {
                    "threshold": threshold,
                    "recall": round(100 * self.recall(threshold), 1),
                    "precision": round(100 * found / (found + false), 1) if found + false else None,
                    "alarms_per_1000_sentences": {kind: round(self.rate(kind, threshold), 2) for kind in self.alarms},
                }
            )
        return rows

    def reaching(self, recall: float) -> float | None:
        """The highest threshold at which the recall is reached, None when it never is."""
        needed = int(np.ceil(recall * len(self.facts) - 1e-9))
        scores = sorted(self.facts, reverse=True)
        return scores[needed - 1] if needed and scores[needed - 1] > 0 else None


def shipped_fact(outcome: Outcome, made: Run) -> float:
    """The pipeline's best confidence in a contradiction at a changed fact."""
    return max((_confidence(made, e.pair.a.id, e.pair.b.id) for e in outcome.pairs), default=0.0)


def _confidence(made: Run, a: str, b: str) -> float:
    finding = made.findings.get((a, b))
    return finding.confidence if finding is not None and finding.relation == "contradiction" else 0.0


def shipped_pairs(made: Run) -> list[float]:
    """The pipeline's confidence in a contradiction, of each judged pair that is not two speakers'."""
    return [_confidence(made, e.pair.a.id, e.pair.b.id) for e in _counted(made)]


def raw_fact(outcome: Outcome) -> float:
    """Raw NLI on the same pairs: the best score at a changed fact."""
    return max((contradiction_of(e) for e in outcome.pairs), default=0.0)


def raw_pairs(made: Run) -> list[float]:
    """Raw NLI on the same pairs, without those of two speakers."""
    return [contradiction_of(e) for e in _counted(made)]


def _counted(made: Run) -> list[Evidence]:
    return [e for e in made.evidence if not different_speakers(e.pair.a, e.pair.b)]


@dataclass(frozen=True, slots=True)
class Notebook:
    """Sentence pairs with their raw NLI score.

    Attributes:
        pairs: the places of both sentences.
        scores: the higher contradiction of the two directions.
    """

    pairs: tuple[tuple[Stretch, Stretch], ...]
    scores: tuple[float, ...]

    def fact(self, outcome: Outcome) -> float:
        """The best score that joins a changed sentence with one that states the fact."""
        case = outcome.case
        changed: Stretch = (case.article_id, *case.place.sentence)
        best = 0.0
        for (one, other), score in zip(self.pairs, self.scores, strict=True):
            for x, y in ((one, other), (other, one)):
                if _touch(x, changed) and any(_touch(y, stated) for stated in case.stated):
                    best = max(best, score)
        return best


def _touch(one: Stretch, other: Stretch) -> bool:
    return one[0] == other[0] and one[1] < other[2] and other[1] < one[2]


def notebook(articles: Sequence[Article], models: Models, *, within: bool = False) -> Notebook:
    """Whole sentences, cosine neighbours, raw NLI.

    Args:
        articles: the texts.
        models: parser, encoder and NLI model, the same as the pipeline's.
        within: pair sentences of one article instead of those of two.
    """
    nlp = models.get_parser()
    places, texts = [], []
    for article, doc in zip(articles, nlp.pipe(article.text for article in articles), strict=True):
        for sentence in doc.sents:
            text = " ".join(sentence.text.split())
            if len(text.split()) >= 4:
                places.append((article.id, sentence.start_char, sentence.end_char))
                texts.append(text)
    if len(texts) < 2:
        return Notebook((), ())
    vectors = models.get_encoder().encode(texts)
    near: set[tuple[int, int]] = set()
    owner = np.array([key for key, _, _ in places])
    for i, row in enumerate(np.round(vectors @ vectors.T, 3)):
        allowed = (owner == owner[i]) == within
        allowed[i] = False
        candidates = np.flatnonzero(allowed & (row >= MIN_COSINE))
        for j in candidates[np.argsort(-row[candidates], kind="stable")][:NEIGHBOURS].tolist():
            if texts[i] != texts[j]:
                near.add((min(i, j), max(i, j)))
    ordered = sorted(near)
    both = [(texts[i], texts[j]) for i, j in ordered]
    scores = models.get_scorer().score(both + [(b, a) for a, b in both])[:, 2].reshape(2, -1)
    return Notebook(tuple((places[i], places[j]) for i, j in ordered), tuple(scores.max(axis=0).round(3).tolist()))


def compared(methods: dict[str, Method], threshold: float) -> dict:
    """The curves, and alarms of each method at the recall that the pipeline has at its threshold.

    Args:
        methods: by name, `shipped` among them.
        threshold: the pipeline's.
    """
    shipped = methods["shipped"]
    recall = shipped.recall(threshold)
    equal = {}
    for name, method in methods.items():
        at = threshold if name == "shipped" else method.reaching(recall)
        equal[name] = {
            "threshold": at,
            "most_recall": round(100 * method.recall(1e-9), 1),
            "alarms_per_1000_sentences": None
            if at is None
            else {kind: round(method.rate(kind, at), 2) for kind in method.alarms},
        }
    return {
        "recall": round(100 * recall, 1),
        "at_equal_recall": equal,
        "curves": {name: method.points() for name, method in methods.items()},
    }
