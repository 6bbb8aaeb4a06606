"""Pairs of real sentences: neighbours within one article, and look-alikes about different events."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from nli.generators.edit import is_negative
from nli.generators.sentences import Sentence

# An article that weighs a rumour holds claims that contradict each other.
_DOUBT = re.compile(
    r"\b(den(y|ies|ied|ial)|hoax|"
    r"false|fake|untrue|not true|rumou?r|dispute|disputed|debunk\w*|myth|contrary|contradict\w*|"
    r"incorrect\w*|wrong|"
    r"mistaken\w*|retract\w*|correct(ion|ed)|lie[sd]?|lying|doubt\w*|claim(s|ed)?|alleg\w+|supposed\w*|"
    r"initially|originally|first reported|"
    r"earlier reports?|reject\w*|refut\w*|instead|no longer|turned out)\b",
    re.IGNORECASE,
)
_CUES = {
    "say", "tell", "add", "write", "claim", "argue", "insist", "report", "announce", "suggest", "explain",
    "tweet", "note", "believe", "think", "call", "describe", "testify", "recall", "admit", "warn", "accord",
}  # fmt: skip


@dataclass(frozen=True)
class Neighbours:
    """Two sentences and how alike they are."""

    first: Sentence
    second: Sentence
    likeness: float


def speaker(sentence: Sentence) -> str | None:
    """Name whoever speaks in a sentence, by the last word of the cue's subject; None for the outlet's own voice."""
    for token in sentence.doc:
        if token.lemma_.lower() in _CUES:
            subject = next((c for c in token.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
            if subject is not None:
                return subject.lower_
            source = next((c for c in token.subtree if c.dep_ == "pobj" and token.lower_ == "according"), None)
            if source is not None:
                return source.lower_
    return "?" if any(char in sentence.text for char in '"“”') else None


def word_vectors(sentences: Sequence[Sentence]):
    """Weigh the words of the sentences by TF-IDF, rows of unit length."""
    return TfidfVectorizer(
        sublinear_tf=True, stop_words="english", min_df=1, token_pattern=r"(?u)\b\w[\w'’-]+\b"
    ).fit_transform(sentence.text for sentence in sentences)


def same_article_pairs(
    sentences: Sequence[Sentence], vectors: np.ndarray | None, least: float, per_article: int
) -> list[Neighbours]:
    """Pair similar sentences of one article with one speaker, and neighbours on one topic.

    Args:
        sentences: All sentences, those of one article together.
        vectors: Unit sentence vectors in the same order, or None to use words alone.
        least: The least likeness (the mean of word and vector likeness).
        per_article: How many pairs an article may give, the most alike first.

    Returns:
        The pairs; never such where one side doubts what the other may claim.
    """
    weights = word_vectors(sentences)
    places: dict[int, list[int]] = {}
    for place, sentence in enumerate(sentences):
        places.setdefault(id(sentence.article), []).append(place)
    found: list[Neighbours] = []
    for members in places.values():
        alike = (weights[members] @ weights[members].T).toarray()
        if vectors is not None:
            own = vectors[members].astype("float32")
            alike = (alike + own @ own.T) / 2
        pairs = []
        for i, first in enumerate(members):
            for j in range(i + 1, len(members)):
                one, two = sentences[first], sentences[members[j]]
                adjacent = two.index - one.index == 1 and one.paragraph == two.paragraph
                if alike[i, j] >= least * (0.6 if adjacent else 1.0) and _compatible(one, two):
                    pairs.append(Neighbours(one, two, float(round(alike[i, j], 3))))
        pairs.sort(key=lambda pair: (-pair.likeness, pair.first.index, pair.second.index))
        found += pairs[:per_article]
    return found


def _compatible(one: Sentence, two: Sentence) -> bool:
    """Accept two sentences of one voice, neither doubting anything, not the same text."""
    if one.text == two.text or _DOUBT.search(one.text) or _DOUBT.search(two.text):
        return False
    voices = {speaker(one), speaker(two)}
    return len(voices) == 1 and "?" not in voices


def names(sentence: Sentence) -> set[str]:
    """The capitalised name words of a sentence, lower-cased."""
    found = {token.lower_ for token in sentence.doc if token.tag_ in {"NNP", "NNPS"} and len(token) > 2}
    return found | {
        token.lower_
        for token in sentence.doc
        if token.ent_type_ in {"NORP", "PERSON", "GPE", "ORG"} and token.text[0].isupper()
    }


def look_alikes(
    sentences: Sequence[Sentence],
    vectors: np.ndarray | None,
    least: tuple[float, float],
    most: float,
    article_most: float,
) -> list[Neighbours]:
    """Pair similar sentences about different events.

    Two sub-clusters of an ECB+ topic are two events by construction. Elsewhere the groups must differ, the
    articles be unlike as wholes, and each sentence must have names, none of them shared.

    Args:
        sentences: All sentences.
        vectors: Unit sentence vectors in the same order, or None.
        least: Least likeness of unrelated articles, and of the two events of one topic.
        most: Greatest likeness; above it, it is the same text.
        article_most: Greatest likeness of the two articles as wholes, for other groups.
    """
    weights = word_vectors(sentences)
    numbers = {key: n for n, key in enumerate(dict.fromkeys(id(s.article) for s in sentences))}
    texts = list({id(s.article): s.article.text for s in sentences}.values())
    wholes = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform(texts)
    named = [names(sentence) for sentence in sentences]
    found = []
    for start in range(0, len(sentences), 1000):
        block = (weights[start : start + 1000] @ weights.T).toarray().astype("float32")
        if vectors is not None:
            block = (block + vectors[start : start + 1000].astype("float32") @ vectors.T.astype("float32")) / 2
        rows, columns = np.nonzero((block >= min(least)) & (block <= most))
        for row, column, likeness in zip(rows + start, columns, block[rows, columns], strict=True):
            if row >= column:
                continue
            one, two = sentences[row], sentences[column]
            if one.article.group == two.article.group:
                continue
            if not _sister_events(one, two):
                if likeness < least[0]:
                    continue
                if not named[row] or not named[column] or named[row] & named[column]:
                    continue
                whole = (wholes[numbers[id(one.article)]] @ wholes[numbers[id(two.article)]].T).toarray()
                if whole[0, 0] > article_most:
                    continue
            if is_negative(one.doc) != is_negative(two.doc) and one.article.collection != "ecbplus":
                continue
            found.append(Neighbours(one, two, round(float(likeness), 3)))
    found.sort(key=lambda pair: (-pair.likeness, pair.first.article.id, pair.second.article.id))
    return found


def _sister_events(one: Sentence, two: Sentence) -> bool:
    """Tell the two events of one ECB+ topic: `N-ecb` and `N-ecbplus`."""
    if one.article.collection != "ecbplus" or two.article.collection != "ecbplus":
        return False
    left, right = one.article.group.split(":")[1], two.article.group.split(":")[1]
    return left != right and left.split("-")[0] == right.split("-")[0]
