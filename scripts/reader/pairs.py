"""Pairs of sentences that teach the sentence reader, with what people said of them."""
from __future__ import annotations

import gzip
import hashlib
import json
import math
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import yaml
from nli.mix import ALLOWED, read_rows
from relations.changed import other_value
from relations.examples import by_hash, candidates_in, contrasts, read_by_people, reading_key_of, sentence_key

from consistency.pipeline import Models

# By label: agreement, neither, conflict. What is not noted is no conflict, and may be an agreement.
TARGETS = {
    "agreement": (1, 0, 0),
    "none": (0, 1, 0),
    "contradiction": (0, 0, 1),
    # Dates tell it from a contradiction, and a reader of two sentences may not see them.
    "update": (0, 1, 1),
    "not noted": (1, 1, 0),
}
# Share of the found pairs of sentences that nobody noted, by hash.
SHARE = 0.07
# Pairs of one cluster and label, by hash: the many sentences of one dispute teach little more than some of them.
MOST = {"noted": 24, "changed": 6}
# Pairs from public sets and from edited news, so that what the model knew is kept.
PUBLIC = {"lingnli": 500, "wanli_subset_from_disco": 300, "cad_snli": 200, "fever_nli": 200, "infotabs": 100}
SAME_ARTICLE, EDITED = 600, 600
FOLDS = 2
SEED = 11


@dataclass(frozen=True, slots=True)
class Taught:
    """One pair.

    Attributes:
        kind: `noted`, `not noted`, `claims`, `changed`, `contrast`, `claim_sets`, `public` or `edited`.
        a: first sentence.
        b: second sentence.
        target: 1 for each of agreement, neither and conflict that its label allows.
        fold: of its cluster or item, -1 for what belongs to none.
        label: what a person said of it.
    """

    kind: str
    a: str
    b: str
    target: tuple[int, int, int]
    fold: int
    label: str = ""


def folds_of(noted: Mapping[str, int]) -> dict[str, int]:
    """A fold for each cluster, so that each fold holds about as many noted conflicts.

    Args:
        noted: conflicts noted, by cluster.
    """
    order = sorted(noted)
    random.Random(7).shuffle(order)
    held = [0] * FOLDS
    found = {}
    for cluster in sorted(order, key=lambda name: -noted[name]):
        found[cluster] = held.index(min(held))
        held[found[cluster]] += noted[cluster]
    return found


def fold_of_item(item: str) -> int:
    """The fold of an item of a claim set."""
    return int(hashlib.md5(f"claim_sets:{item}".encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS


def from_clusters(
    data: Path, models: Models, wanted: int, noted: Mapping[str, str], readings: Mapping[str, str]
) -> tuple[list[Taught], dict[str, int]]:
    """Pairs of sentences, and of claims that are not whole sentences, from clusters that people read.

    Args:
        data: folder of the articles.
        models: parser and encoder.
        wanted: clusters from each labelled collection.
        noted: relation by key of two sentences.
        readings: relation by key of two claims.

    Returns:
        The pairs, and the fold of each cluster.
    """
    found: dict[str, list[Taught]] = {}
    conflicts: dict[str, int] = {}
    for cluster, rows in read_by_people(data, wanted):
        found[cluster] = _few(_of_cluster(rows, models, noted, readings))
        conflicts[cluster] = sum(p.kind == "noted" and p.target == (0, 0, 1) for p in found[cluster])
    folds = folds_of(conflicts)
    made = [
        Taught(p.kind, p.a, p.b, p.target, folds[cluster], p.label) for cluster, own in found.items() for p in own
    ]
    return made, folds


def _few(pairs: Iterable[Taught]) -> list[Taught]:
    """At most so many noted and changed pairs of each label."""
    kept: list[Taught] = []
    taken: Counter[tuple[str, str]] = Counter()
    for pair in sorted(pairs, key=lambda p: by_hash(sentence_key(p.a, p.b))):
        taken[pair.kind, pair.label] += 1
        if taken[pair.kind, pair.label] <= MOST.get(pair.kind, math.inf):
            kept.append(pair)
    return kept


def _of_cluster(
    rows: list[dict], models: Models, noted: Mapping[str, str], readings: Mapping[str, str]
) -> Iterator[Taught]:
    made, _ = candidates_in(rows, models)
    seen: set[str] = set()
    for pair in made.pairs:
        sentences = (pair.a.sentence.text, pair.b.sentence.text)
        key = sentence_key(*sentences)
        if key not in seen:
            seen.add(key)
            yield from _of_sentences(sentences, key, noted)
        texts = (made.frames[pair.a.id].text, made.frames[pair.b.id].text)
        label = readings.get(reading_key_of(*texts), "unsure")
        if key not in noted and label in TARGETS and texts != sentences:
            yield Taught("claims", *texts, TARGETS[label], -1, label)
            if label == "agreement":
                yield from list(_changed(*texts))[:1]
    # What was noted and never paired teaches as much.
    sentences_of = {(claim.article_id, claim.sentence.start): claim.sentence.text for claim in made.claims}
    for ((one, _), a), ((other, _), b) in combinations(sentences_of.items(), 2):
        key = sentence_key(a, b)
        if one != other and key in noted and key not in seen:
            seen.add(key)
            yield from _of_sentences((a, b), key, noted)


def _of_sentences(sentences: tuple[str, str], key: str, noted: Mapping[str, str]) -> Iterator[Taught]:
    label = noted.get(key)
    if label in TARGETS:
        yield Taught("noted", *sentences, TARGETS[label], -1, label)
        if label == "agreement":
            yield from [*_changed(*sentences), *_changed(*sentences[::-1])][:2]
    elif label is None and by_hash(key) < SHARE:
        yield Taught("not noted", *sentences, TARGETS["not noted"], -1)


_VALUE = re.compile(r"\b(?:\d[\d,]*(?:\.\d+)?|[A-Za-z]+)\b")


def _changed(a: str, b: str) -> Iterator[Taught]:
    """A figure or day that both state, changed in the first."""
    for words in dict.fromkeys(match.group() for match in _VALUE.finditer(a)):
        new = other_value(words)
        if new is not None and a.count(words) == 1 and re.search(rf"(?<![\w,.]){re.escape(words)}(?![\w,.]*\d)", b):
            yield Taught("changed", a.replace(words, new), b, TARGETS["contradiction"], -1, "contradiction")


def from_contrast_sets(folder: Path) -> Iterator[Taught]:
    """Each anchor with each of its others."""
    for group, anchor, other in contrasts(folder):
        label = other["relation"]
        yield Taught("contrast", anchor, other["text"], TARGETS[label], fold_of_item(group), label)


def from_claim_sets(folder: Path) -> Iterator[Taught]:
    """The tuning halves of the suites."""
    for path in sorted(folder.glob("*.tune.yaml")):
        for item in yaml.safe_load(path.read_text(encoding="utf-8"))["items"]:
            expected = {item["expected"]} if isinstance(item["expected"], str) else set(item["expected"])
            if expected == {"contradiction"}:
                label = "contradiction"
            elif expected <= {"update", "uncertain", "contradiction"}:
                label = "update"
            elif expected in ({"agreement"}, {"none"}):
                label = min(expected)
            elif "contradiction" not in expected:
                label = "not noted"
            else:
                continue
            yield Taught("claim_sets", item["a"], item["b"], TARGETS[label], fold_of_item(item["id"]), label)


def from_public(data: Path) -> Iterator[Taught]:
    """A few pairs of each public set."""
    draw = random.Random(SEED)
    for name, wanted in PUBLIC.items():
        for row in draw.sample(list(read_rows(data / f"{name}.jsonl.gz")), wanted):
            yield Taught("public", row["premise"], row["hypothesis"], ALLOWED[row["label"]], -1, row["label"])


def from_edits(path: Path, used: int, seed: int) -> Iterator[Taught]:
    """Edited news sentences, and similar sentences of one article, which do not conflict.

    Args:
        path: what `scripts/build_news_pairs.py` wrote.
        used: rows that the training of the NLI model drew, from the front of the order that its seed fixes: the
            relation weights are fitted on the others.
        seed: that training's seed.
    """
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    random.Random(f"{seed}:news_pairs").shuffle(rows)
    left = Counter({True: SAME_ARTICLE, False: EDITED})
    for row in rows[:used]:
        same = row["label"] == "not_contradiction"
        if row["kind"] != "update" and left[same] > 0:
            left[same] -= 1
            yield Taught("edited", row["premise"], row["hypothesis"], ALLOWED[row["label"]], -1, row["label"])
