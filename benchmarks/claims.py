"""Sentences into claims: matched with the propositions and simple sentences that people wrote.

    python benchmarks/claims.py --data ../shared/data/claims [--limit 1000] [--show-worst 20]

Writes `benchmarks/results/claims.json`. Each sentence is split alone. Claims are matched one to one with the gold
propositions by the Jaccard overlap of their lower-cased words; a pair counts from one half on. PropSegmEnt (Chen et
al. 2023) has several annotators: each is scored by itself and counts are added up; where an annotator gave nothing
for a sentence, it is left out for that one. Baselines: the whole sentence; a split at semicolons and conjunctions.
Faithfulness: the share of claims whose every word stands in the sentence, in a form of it, or is one of the few words
that splitting adds.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment

from consistency.article import Article
from consistency.split import load_parser, split

RESULTS = Path(__file__).parent / "results" / "claims.json"
ADDED = frozenset(["is", "are", "was", "were", "the", "a", "'s", "'", "there", "in"])
BREAK = re.compile(r"\s*(?:;|,?\s+\b(?:and|but|or|nor|so|yet|while|because|although|though|whereas|since)\b)\s+")


def words(text: str) -> frozenset[str]:
    """Lower-cased words of a text."""
    return frozenset(re.findall(r"[^\W_]+(?:['’][^\W_]+)?", text.lower()))


def by_package(sentences: list[str]) -> list[list[str]]:
    """Claims of each sentence, read alone; a sentence without claims stands for itself."""
    found: dict[str, list[str]] = {}
    result = split([Article(id=str(i), text=text) for i, text in enumerate(sentences)], NLP)
    for claim in result.claims:
        found.setdefault(claim.article_id, []).append(claim.text)
    return [found.get(str(i), [text]) for i, text in enumerate(sentences)]


def whole(sentences: list[str]) -> list[list[str]]:
    """Baseline: the sentence itself."""
    return [[text] for text in sentences]


def at_conjunctions(sentences: list[str]) -> list[list[str]]:
    """Baseline: a cut at every semicolon and conjunction that leaves three words on each side."""
    out = []
    for text in sentences:
        pieces: list[str] = []
        for piece in BREAK.split(text):
            if pieces and (len(words(piece)) < 3 or len(words(pieces[-1])) < 3):
                pieces[-1] += " " + piece
            else:
                pieces.append(piece)
        out.append(pieces)
    return out


def hits(claims: list[str], gold: list[str]) -> int:
    """How many claims match a gold sentence, one to one."""
    if not claims or not gold:
        return 0
    table = np.array([[len(words(c) & words(g)) / max(1, len(words(c) | words(g))) for g in gold] for c in claims])
    good = table * (table >= 0.5)
    rows, columns = linear_sum_assignment(-good)
    return int((good[rows, columns] > 0).sum())


def score(splitter: Callable, rows: list[tuple[str, list[list[str]]]]) -> tuple[dict[str, float], list[list[str]]]:
    """Precision, recall and F1 in percent, and claims for each gold proposition."""
    claims = splitter([text for text, _ in rows])
    hit = found = gold = 0
    for made, (_, golds) in zip(claims, rows, strict=True):
        for one in golds:
            hit, found, gold = hit + hits(made, one), found + len(made), gold + len(one)
    precision, recall = hit / max(1, found), hit / max(1, gold)
    f1 = 2 * precision * recall / (precision + recall) if hit else 0.0
    return {
        "precision": round(100 * precision, 1),
        "recall": round(100 * recall, 1),
        "f1": round(100 * f1, 1),
        "claims_per_proposition": round(found / max(1, gold), 2),
    }, claims


def faithfulness(rows: list[tuple[str, list[list[str]]]], claims: list[list[str]]) -> float:
    """Percent of claims with no word from outside the sentence (verb forms of its own words allowed)."""
    good = total = 0
    for (text, _), made in zip(rows, claims, strict=True):
        known = words(text) | ADDED
        stems = {word[:3] for word in known}
        for claim in made:
            total += 1
            good += all(word in known or word[:3] in stems for word in words(claim))
    return round(100 * good / max(1, total), 1)


def read(path: Path, limit: int) -> list[tuple[str, list[list[str]]]]:
    """(sentence, one list of propositions for each annotator)."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    rows.sort(key=lambda row: zlib.crc32(json.dumps(row, sort_keys=True).encode()))
    out = []
    for row in rows[:limit] if limit else rows:
        if "annotators" in row:
            golds = [a["propositions"] for a in row["annotators"] if a["propositions"]]
            if golds:
                out.append((row["sentence"].strip(), golds))
        else:
            out.append((row["complex"], [row["simple"]]))
    return out


def main() -> None:
    """Runs the benchmark from the command line."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, required=True, help="folder with propsegment_dev.jsonl.gz and the others")
    options.add_argument("--sets", nargs="*", default=["propsegment_dev", "wikisplit_dev", "bisect_dev", "desse_train"])
    options.add_argument("--limit", type=int, default=1000, help="sentences of each set (0: all)")
    options.add_argument("--show-worst", type=int, default=0, help="print N sentences with the fewest matches")
    options.add_argument("--output", type=Path, default=RESULTS)
    given = options.parse_args()
    result: dict = {}
    for name in given.sets:
        rows = read(given.data / f"{name}.jsonl.gz", given.limit)
        began = time.process_time()
        figures, claims = score(by_package, rows)
        seconds = time.process_time() - began
        result[name] = {
            "sentences": len(rows),
            "package": figures,
            "faithful": faithfulness(rows, claims),
            "sentences_per_second": round(len(rows) / seconds),
            "whole_sentence": score(whole, rows)[0],
            "at_conjunctions": score(at_conjunctions, rows)[0],
        }
        print(name, json.dumps(result[name]))
        worst = sorted(range(len(rows)), key=lambda i: hits(claims[i], rows[i][1][0]) / len(rows[i][1][0]))
        for i in worst[: given.show_worst]:
            print(f"  {rows[i][0]}\n    GOT  {claims[i]}\n    GOLD {rows[i][1][0]}")
    given.output.parent.mkdir(exist_ok=True)
    given.output.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    NLP = load_parser()
    main()
