"""Fits which words hold which content, for `consistency/split/attitudes.json`.

    python scripts/fit_attitudes.py ../shared/data/claims/polnear_train.jsonl.gz [--articles 840]

Every verb, noun and adjective that is not already reported speech, with every way its content may hang on it, is a
case; it is a true one where PolNeAR's annotators marked an attribution with it in the cue and about that content.
A logistic regression over named features tells them apart; weights near zero are left out.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from spacy.tokens import Doc

from consistency.split import load_parser
from consistency.split.attitudes import features, options
from consistency.split.attribution import find_frames
from consistency.split.mends import mend
from consistency.split.sentences import dateline, mark_boundaries, paragraphs, quotations, readable
from consistency.split.tree import Tree

OUTPUT = Path(__file__).parent.parent / "consistency" / "split" / "attitudes.json"
LEAST_SEEN, LEAST_WEIGHT, STRENGTH = 3, 0.1, 0.3
Case = tuple[list[str], bool]


def main() -> None:
    """Reads the articles, fits, writes the weights."""
    options_ = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options_.add_argument("data", type=Path)
    options_.add_argument("--articles", type=int, default=840)
    given = options_.parse_args()
    nlp = load_parser()
    with gzip.open(given.data, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines][: given.articles]
    cases = [case for row in rows for case in cases_in(row, parsed(row["text"], nlp))]
    write(fit(cases), len(rows))


def parsed(text: str, nlp) -> Iterator[tuple[Doc, int]]:
    """The parsed paragraphs of an article with their offsets."""
    for start, end in paragraphs(text):
        start += dateline(text[start:end])
        doc = nlp.make_doc(readable(text[start:end]))
        mark_boundaries(doc, quotations(doc))
        yield nlp(doc), start


def cases_in(row: dict, docs: Iterable[tuple[Doc, int]]) -> Iterator[Case]:
    """The features of each case in one article, and whether annotators marked it."""
    gold = [(_characters(said["cue"]), _characters(said["content"])) for said in row["attributions"]]
    for doc, start in docs:
        quotes = quotations(doc)
        places = [set(range(start + token.idx, start + token.idx + len(token) + 1)) for token in doc]
        for span in doc.sents:
            tree = mend(Tree(span))
            taken = {i for frame in find_frames(tree, quotes).values() for i in frame.cue}
            quoted = frozenset(i for i in tree.order if any(a < i < b for a, b in quotes))
            for i in tree.order:
                if i in taken:
                    continue
                marked = [content for cue, content in gold if start + doc[i].idx in cue]
                for key, words in options(tree, i).items():
                    found = set().union(*(places[j] for j in words))
                    true = any(2 * len(found & content) >= len(found | content) for content in marked)
                    yield features(tree, i, key, words, quoted), true


def fit(cases: list[Case]) -> dict[str, float]:
    """Each feature's weight, rounded; the one of "" always counts."""
    seen = Counter(name for found, _ in cases for name in set(found))
    kept = [{name: 1 for name in found if seen[name] >= LEAST_SEEN} for found, _ in cases]
    vectorizer = DictVectorizer()
    table = vectorizer.fit_transform(kept)
    model = LogisticRegression(C=STRENGTH, max_iter=1000).fit(table, np.array([true for _, true in cases]))
    weights = {"": round(float(model.intercept_[0]), 3)}
    for name, weight in sorted(zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True)):
        if abs(weight) >= LEAST_WEIGHT:
            weights[str(name)] = round(float(weight), 2)
    return weights


def write(weights: dict[str, float], articles: int) -> None:
    """The weights as JSON, one a line."""
    made = {"source": "fitted on PolNeAR train", "articles": articles, "weights": weights}
    OUTPUT.write_text(json.dumps(made, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")


def _characters(spans: list[dict]) -> set[int]:
    return {i for span in spans for i in range(span["start"], span["end"])}


if __name__ == "__main__":
    main()
