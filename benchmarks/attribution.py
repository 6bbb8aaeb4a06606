"""Who says what: attributions found, beside those annotated in PolNeAR (Newell et al. 2018).

    python benchmarks/attribution.py --data ../shared/data/claims [--split dev] [--show-worst 20]

Writes `benchmarks/results/attribution.json`. Whole attributions are matched one to one, each pair weighed by how
well its source, cue and content overlap. A part counts as found when its characters overlap the gold part's by an
intersection over union of at least one half; exact match stands beside it. Baseline: the nearest named entity and
a list of cue verbs.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment

from consistency.article import Article
from consistency.split import find_attributions, load_parser

RESULTS = Path(__file__).parent / "results" / "attribution.json"
PARTS = ("source", "cue", "content")
BASELINE_CUES = frozenset(
    [
        "say",
        "tell",
        "add",
        "announce",
        "report",
        "claim",
        "state",
        "declare",
        "insist",
        "argue",
        "note",
        "explain",
        "acknowledge",
        "admit",
        "confirm",
        "warn",
        "write",
        "tweet",
        "suggest",
        "call",
        "describe",
        "ask",
        "think",
        "believe",
        "want",
    ]
)


def characters(spans: list[tuple[int, int]]) -> set[int]:
    """The offsets that spans cover."""
    return {i for start, end in spans for i in range(start, end)}


def overlap(a: set[int], b: set[int]) -> float:
    """Intersection over union."""
    return len(a & b) / len(a | b) if a or b else 0.0


def found_in(row: dict, nlp) -> list[dict[str, set[int]]]:
    """What the package finds in one article."""
    out = []
    for said in find_attributions(Article(id=row["id"], text=row["text"], date=row.get("date")), nlp):
        out.append(
            {
                "source": characters([(s.span.start, s.span.end) for s in said.speakers]),
                "cue": characters([(said.cue_span.start, said.cue_span.end)] if said.cue_span else []),
                "content": characters([(s.start, s.end) for s in said.content_spans]),
            }
        )
    return out


def baseline_in(row: dict, nlp) -> list[dict[str, set[int]]]:
    """For each verb of a list: the nearest name before or after it, and the rest of its sentence."""
    out = []
    for sentence in nlp(row["text"]).sents:
        for token in sentence:
            if token.pos_ == "VERB" and token.lemma_ in BASELINE_CUES:
                names = sorted(sentence.ents, key=lambda e: min(abs(e.start - token.i), abs(e.end - 1 - token.i)))
                names = [e for e in names if e.label_ in {"PERSON", "ORG", "NORP", "GPE"}][:1]
                before, after = (sentence.start_char, token.idx), (token.idx + len(token), sentence.end_char)
                longer = max(before, after, key=lambda span: span[1] - span[0])
                out.append(
                    {
                        "source": characters([(e.start_char, e.end_char) for e in names]),
                        "cue": characters([(token.idx, token.idx + len(token))]),
                        "content": characters([longer]) - characters([(e.start_char, e.end_char) for e in names]),
                    }
                )
    return out


def gold_in(row: dict) -> list[dict[str, set[int]]]:
    """The annotated attributions of one article that have a content."""
    out = []
    for said in row["attributions"]:
        parts = {part: characters([(s["start"], s["end"]) for s in said[part]]) for part in PARTS}
        if parts["content"]:
            out.append(parts)
    return out


def match(found: list[dict], gold: list[dict]) -> list[tuple[int, int]]:
    """One-to-one pairs (found, gold) with the greatest total overlap."""
    if not found or not gold:
        return []
    weights = np.array([[sum(overlap(f[p], g[p]) for p in PARTS) for g in gold] for f in found])
    rows, columns = linear_sum_assignment(-weights)
    return [(int(r), int(c)) for r, c in zip(rows, columns, strict=True) if weights[r, c] > 0]


class Tally:
    """Counts of parts found, for overlap and for exact match."""

    def __init__(self) -> None:
        self.hits = {(kind, part): 0 for kind in ("overlap", "exact") for part in (*PARTS, "all")}
        self.found = dict.fromkeys((*PARTS, "all"), 0)
        self.gold = dict.fromkeys((*PARTS, "all"), 0)

    def add(self, found: list[dict], gold: list[dict]) -> list[tuple[int, int]]:
        pairs = match(found, gold)
        for counts, side in ((self.found, found), (self.gold, gold)):
            counts["all"] += len(side)
            for part in PARTS:
                counts[part] += sum(bool(said[part]) for said in side)
        for f, g in pairs:
            scores = {part: overlap(found[f][part], gold[g][part]) for part in PARTS if gold[g][part] or found[f][part]}
            for part, score in scores.items():
                self.hits["overlap", part] += score >= 0.5
                self.hits["exact", part] += score == 1.0
            self.hits["overlap", "all"] += min(scores.values()) >= 0.5
            self.hits["exact", "all"] += min(scores.values()) == 1.0
        return pairs

    def figures(self) -> dict[str, dict[str, dict[str, float]]]:
        out: dict = {}
        for (kind, part), hits in self.hits.items():
            precision, recall = hits / max(1, self.found[part]), hits / max(1, self.gold[part])
            f1 = 2 * precision * recall / (precision + recall) if hits else 0.0
            out.setdefault(kind, {})[part] = {
                "precision": round(100 * precision, 1),
                "recall": round(100 * recall, 1),
                "f1": round(100 * f1, 1),
            }
        return out


def main() -> None:
    """Runs the benchmark from the command line."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, required=True, help="folder with polnear_dev.jsonl.gz")
    options.add_argument("--split", default="dev", help="dev (84 articles) or train (840)")
    options.add_argument("--limit", type=int, default=0, help="only the first N articles")
    options.add_argument("--show-worst", type=int, default=0, help="print N attributions missed and N invented")
    options.add_argument("--output", type=Path, default=RESULTS)
    given = options.parse_args()
    with gzip.open(given.data / f"polnear_{given.split}.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    rows = rows[: given.limit] if given.limit else rows
    nlp = load_parser()
    tallies, seconds, wrong = {"package": Tally(), "baseline": Tally()}, 0.0, []
    for row in rows:
        gold = gold_in(row)
        began = time.process_time()
        found = found_in(row, nlp)
        seconds += time.process_time() - began
        pairs = tallies["package"].add(found, gold)
        tallies["baseline"].add(baseline_in(row, nlp), gold)
        wrong += misses(row["text"], found, gold, pairs)
    result = {
        "data": f"PolNeAR {given.split}",
        "articles": len(rows),
        "attributions": tallies["package"].gold["all"],
        "found": tallies["package"].found["all"],
        "seconds": round(seconds, 1),
        **{name: tally.figures() for name, tally in tallies.items()},
    }
    given.output.parent.mkdir(exist_ok=True)
    given.output.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    for name in tallies:
        print(name, {part: result[name]["overlap"][part] for part in (*PARTS, "all")})
    step = max(1, len(wrong) // max(1, given.show_worst))
    for line in wrong[::step][: given.show_worst]:
        print(line)


def misses(text: str, found: list[dict], gold: list[dict], pairs: list[tuple[int, int]]) -> list[str]:
    """One line for each attribution that was missed, invented or found with a wrong content."""

    def words(said: dict) -> str:
        return " | ".join("".join(text[i] for i in sorted(said[part])).replace("\n", " ")[:160] for part in PARTS)

    matched = {f: g for f, g in pairs if overlap(found[f]["content"], gold[g]["content"]) >= 0.5}
    lines = [f"MISSED   {words(g)}" for i, g in enumerate(gold) if i not in matched.values()]
    return lines + [f"INVENTED {words(f)}" for i, f in enumerate(found) if i not in matched]


if __name__ == "__main__":
    main()
