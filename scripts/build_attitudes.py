"""Counts which words hold which content, for `consistency/split/attitudes.json`.

    python scripts/build_attitudes.py ../shared/data/claims/polnear_train.jsonl.gz [--articles 840]

For every verb, noun and adjective that is not already reported speech, and every way its content may hang on it,
the share of those that PolNeAR's annotators marked as an attribution with about that content.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter, defaultdict
from pathlib import Path

from consistency.split import load_parser
from consistency.split.attitudes import options
from consistency.split.attribution import find_frames
from consistency.split.mends import mend
from consistency.split.sentences import mark_boundaries, paragraphs, quotations, readable
from consistency.split.tree import Tree

OUTPUT = Path(__file__).parent.parent / "consistency" / "split" / "attitudes.json"
PRIOR, WEIGHT, LEAST = 0.15, 1.0, 3


def main() -> None:
    """Counts and writes the table."""
    options_ = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options_.add_argument("data", type=Path)
    options_.add_argument("--articles", type=int, default=840)
    given = options_.parse_args()
    nlp = load_parser()
    marked: dict[str, Counter] = defaultdict(Counter)
    seen: dict[str, Counter] = defaultdict(Counter)
    with gzip.open(given.data, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines][: given.articles]
    for row in rows:
        count(row, nlp, seen, marked)
    shares: dict[str, dict[str, float]] = {}
    for lemma in sorted(seen):
        kept = {
            key: round((marked[lemma][key] + WEIGHT * PRIOR) / (total + WEIGHT), 2)
            for key, total in sorted(seen[lemma].items())
            if marked[lemma][key] >= LEAST - 1
        }
        kept = {key: share for key, share in kept.items() if share >= 0.25}
        if kept:
            shares[lemma] = kept
    OUTPUT.write_text(
        json.dumps({"source": "counted on PolNeAR train", "articles": len(rows), "shares": shares}, indent=0) + "\n",
        encoding="utf-8",
    )


def count(row: dict, nlp, seen: dict[str, Counter], marked: dict[str, Counter]) -> None:
    """Adds one article to the counts."""
    text = row["text"]
    gold = [
        (
            {i for s in a["cue"] for i in range(s["start"], s["end"])},
            {i for s in a["content"] for i in range(s["start"], s["end"])},
        )
        for a in row["attributions"]
    ]
    for start, end in paragraphs(text):
        doc = nlp.make_doc(readable(text[start:end]))
        quotes = quotations(doc)
        mark_boundaries(doc, quotes)
        doc = nlp(doc)
        for span in doc.sents:
            tree = mend(Tree(span))
            taken = {i for frame in find_frames(tree, quotes).values() for i in frame.cue}
            for i in tree.order:
                if i in taken:
                    continue
                place = set(range(start + doc[i].idx, start + doc[i].idx + len(doc[i])))
                for key, words in options(tree, i).items():
                    seen[tree.lemma[i]][key] += 1
                    content = {
                        k for j in words for k in range(start + doc[j].idx, start + doc[j].idx + len(doc[j]) + 1)
                    }
                    hit = any(place & cue and 2 * len(content & said) >= len(content | said) for cue, said in gold)
                    marked[tree.lemma[i]][key] += hit


if __name__ == "__main__":
    main()
