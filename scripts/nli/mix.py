"""The training mix: read, clean, deduplicate against the dev sets, draw, order."""
from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

LABELS = ("entailment", "neutral", "contradiction")
# A label that names several classes is met by any split between them (the loss sums their probabilities).
ALLOWED = {
    "entailment": (1, 0, 0),
    "neutral": (0, 1, 0),
    "contradiction": (0, 0, 1),
    "not_entailment": (0, 1, 1),
    "not_contradiction": (1, 1, 0),
}

# Share of the label in a target; the rest is the teacher's.
LABEL_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Example:
    """One pair with the classes that its label allows, or a teacher's probabilities."""

    premise: str
    hypothesis: str
    target: tuple[float, float, float]
    source: str


def read_rows(path: Path) -> Iterator[dict]:
    """Rows of a gzipped JSON-lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def taught(allowed: tuple[int, int, int], teacher: list[float] | None) -> tuple[float, float, float]:
    """The target of a pair: what its label allows, or half of it from a teacher.

    Args:
        allowed: 1 for each class that the label allows.
        teacher: a teacher's probabilities; None when there is no teacher. It decides between two allowed classes.
    """
    if teacher is None:
        return allowed
    within = [p * a + 1e-6 * a for p, a in zip(teacher, allowed, strict=True)]
    gold = [p / sum(within) for p in within]
    first, second, third = (LABEL_SHARE * g + (1 - LABEL_SHARE) * t for g, t in zip(gold, teacher, strict=True))
    return first, second, third


@lru_cache(maxsize=1)
def _moses():
    from sacremoses import MosesDetokenizer

    return MosesDetokenizer(lang="en")


_BRACKETS = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}", "``": '"', "''": '"'}
_TOKENISED = re.compile(r" [.,;:?!)]|-[LR][RSC]B-|``|''| n't\b|\( ")


def detokenise(text: str) -> str:
    """Text as it is written, from text split into tokens; other text comes back unchanged but for white space."""
    if not _TOKENISED.search(text):
        return " ".join(text.split())
    for token, char in _BRACKETS.items():
        text = text.replace(token, char)
    text = re.sub(r" (n't|'s|'re|'ve|'ll|'d|'m)\b", r"\1", text)
    text = re.sub(r"(?<=\d) , (?=\d{3}\b)", ",", text)
    text = re.sub(r"(?<=\d) ([.:]) (?=\d)", r"\1", text)
    text = _moses().detokenize(text.split())
    return re.sub(r'"\s+([^"]*?)\s+"', r'"\1"', text)


def normalise(text: str) -> str:
    """Letters and digits only, lower case: equal for two tokenisations of one text."""
    return re.sub(r"[^a-z0-9]+", "", text.lower())


def dev_texts(data: Path) -> tuple[set[str], set[tuple[str, str]]]:
    """Normalised long texts, and pairs, of every dev set.

    Returns:
        The texts of at least 40 characters, and all (premise, hypothesis) pairs sorted within.
    """
    texts: set[str] = set()
    pairs: set[tuple[str, str]] = set()
    for path in sorted((data / "nli/dev").glob("*.jsonl.gz")):
        for row in read_rows(path):
            premise, hypothesis = normalise(row["premise"]), normalise(row["hypothesis"])
            texts.update(text for text in (premise, hypothesis) if len(text) >= 40)
            pairs.add((min(premise, hypothesis), max(premise, hypothesis)))
    return texts, pairs


def draw(
    counts: Mapping[str, int],
    data: Path,
    extra: Mapping[str, Path],
    seed: int,
    dev: tuple[set[str], set[tuple[str, str]]],
    seen: set[tuple[str, str]],
) -> tuple[list[Example], dict[str, dict[str, int]]]:
    """Draws the pairs of one stage.

    Args:
        counts: pairs wanted per file (path below `data` without its ending, or a key of `extra`).
        data: the folder of labelled data.
        extra: files that are not below `data`, by name.
        seed: fixes which pairs are drawn and their order.
        dev: what `dev_texts` returns; pairs that share a long text with a dev set are left out.
        seen: normalised pairs drawn before; added to, so that no pair is drawn twice.

    Returns:
        The examples in training order, and per file how many were drawn and left out.
    """
    texts, pairs = dev
    drawn: list[Example] = []
    told: dict[str, dict[str, int]] = {}
    for name, wanted in sorted(counts.items()):
        rows = list(read_rows(extra[name] if name in extra else data / f"{name}.jsonl.gz"))
        random.Random(f"{seed}:{name}").shuffle(rows)
        taken = in_dev = repeated = 0
        for row in rows:
            if taken == wanted:
                break
            premise, hypothesis = normalise(row["premise"]), normalise(row["hypothesis"])
            key = (min(premise, hypothesis), max(premise, hypothesis))
            if key in pairs or premise in texts or hypothesis in texts:
                in_dev += 1
            elif (*key, row["label"]) in seen:
                repeated += 1
            else:
                seen.add((*key, row["label"]))
                target = taught(ALLOWED[row["label"]], row.get("probabilities"))
                drawn.append(Example(detokenise(row["premise"]), detokenise(row["hypothesis"]), target, name))
                taken += 1
        told[name] = {"drawn": taken, "in_dev": in_dev, "repeated": repeated}
    random.Random(seed).shuffle(drawn)
    return drawn, told


def batches(examples: list[Example], lengths: list[int], size: int, seed: int) -> list[list[int]]:
    """Batches of similar length in an order that the seed fixes.

    Lengths are sorted within windows of 50 batches, which removes most padding and keeps the order of the mix.
    """
    order: list[list[int]] = []
    rng = random.Random(seed)
    window = size * 50
    for start in range(0, len(examples), window):
        part = sorted(range(start, min(start + window, len(examples))), key=lambda i: lengths[i])
        cut = [part[i : i + size] for i in range(0, len(part), size)]
        rng.shuffle(cut)
        order.extend(cut)
    return order
