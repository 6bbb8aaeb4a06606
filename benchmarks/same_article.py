"""False alarms of an NLI model on one article's similar sentences, against its recall on small changes to them.

    python benchmarks/same_article.py --data ../shared/data [--model FOLDER ...] [--no-bundled] [--limit 800]

An edited article does not contradict itself: what is flagged between two of its similar sentences is a false alarm;
sentences of two different speakers are left out. The same sentences with one fact changed (`benchmarks/editor`)
are contradictions. The threshold is the lowest that keeps the alarms on the `tune` split within `--alarms`; both are
then measured on the `report` split. A pair's score is the mean contradiction of its two directions, as in judging.
Writes `benchmarks/results/same_article.json`.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from editor import KINDS, Edit, apply, choose, find_edits, read
from editor.sentences import SPEECH, usable
from measuring.news import by_hash, clusters, singles
from spacy.tokens import Span

from consistency.encode import SentenceEncoder
from consistency.nli import NLIScorer, load_scorer
from consistency.split import load_parser

RESULTS = Path(__file__).parent / "results" / "same_article.json"
SPLITS = ("tune", "report")
# Recall is also given at these shares of alarms, and alarms at these thresholds.
SHARES = (0.005, 0.01, 0.02, 0.05)


@dataclass(frozen=True, slots=True)
class Material:
    """What is scored of one split.

    Attributes:
        pairs: similar sentences of one article.
        edits: each sentence of these pairs with one fact changed: the edit, the sentence, the changed sentence.
    """

    pairs: tuple[tuple[str, str], ...]
    edits: tuple[tuple[Edit, str, str], ...]


def speaker(sentence: Span) -> str | None:
    """Last word of who speaks, when the sentence tells."""
    for token in sentence:
        if token.dep_ in ("nsubj", "nsubjpass") and token.head.lemma_ in SPEECH:
            return token.lower_
    return None


def gather(data: Path, split: str, limit: int, cosine: float, nlp, encoder) -> Material:
    """Similar sentence pairs of a split's articles, and one small change to each of their sentences.

    Args:
        data: folder with `articles/*.jsonl.gz`.
        split: which split.
        limit: how many pairs, taken article by article in hash order.
        cosine: from which two sentences are similar.
        nlp: parser.
        encoder: sentence encoder.
    """
    grouped = clusters(data, split)
    run_in = {a.id for c in grouped if c.corpus == "ecbplus" for a in c.articles}
    articles = {a.id: a for a in (*singles(data, split), *(a for c in grouped for a in c.articles))}
    pairs: list[tuple[str, str]] = []
    edits: list[tuple[Edit, str, str]] = []
    used: Counter[str] = Counter()
    for article in sorted(articles.values(), key=lambda a: by_hash(a.id)):
        if len(pairs) >= limit:
            break
        (passages,) = read([article.text], nlp)
        known: dict[str, tuple[tuple[int, int], str | None]] = {}
        for passage in passages:
            for sentence in passage.doc.sents:
                if usable(sentence):
                    place = (passage.offset + sentence.start_char, passage.offset + sentence.end_char)
                    known.setdefault(sentence.text, (place, speaker(sentence)))
        texts = list(known)
        if len(texts) < 2:
            continue
        vectors = encoder.encode(texts)
        near = np.argwhere(np.triu(np.round(vectors @ vectors.T, 3) >= cosine, 1)).tolist()
        chosen: set[tuple[int, int]] = set()
        for i, j in near:
            one, other = known[texts[i]][1], known[texts[j]][1]
            if one and other and one != other:
                continue
            pairs.append((texts[i], texts[j]))
            chosen |= {known[texts[i]][0], known[texts[j]][0]}
        # Every sentence of the pairs that can be changed is, once.
        possible = find_edits(passages, article.id, skip_first=article.id in run_in)
        for place in sorted(chosen):
            for edit in choose([e for e in possible if e.sentence == place], 1, used, article.id):
                text = apply(article.text, [edit])
                (made,) = text.places
                edits.append((edit, article.text[slice(*place)], text.text[slice(*made.sentence)]))
    return Material(tuple(pairs[:limit]), tuple(edits[:limit]))


def scores(scorer: NLIScorer, pairs: Sequence[tuple[str, str]]) -> np.ndarray:
    """Mean contradiction of both directions."""
    both = [*pairs, *((b, a) for a, b in pairs)]
    return scorer.score(both)[:, 2].reshape(2, -1).mean(axis=0).round(3)


def lowest_threshold(alarms: np.ndarray, share: float) -> float:
    """The lowest threshold at which at most a share of untouched pairs is flagged."""
    allowed = int(share * len(alarms))
    return round(float(np.sort(alarms)[::-1][allowed]) + 0.001, 3)


def measure(scorer: NLIScorer, material: dict[str, Material], share: float) -> dict:
    """All figures of one model."""
    begun = time.perf_counter()
    untouched = {split: scores(scorer, material[split].pairs) for split in SPLITS}
    edits = material["report"].edits
    changed = scores(scorer, [(text, new) for _, text, new in edits])
    kinds = np.array([edit.kind for edit, _, _ in edits])

    def at(threshold: float) -> dict:
        found = changed >= threshold
        return {
            "threshold": threshold,
            "alarms_tune": round(100 * float((untouched["tune"] >= threshold).mean()), 2),
            "alarms_report": round(100 * float((untouched["report"] >= threshold).mean()), 2),
            "recall": round(100 * float(found.mean()), 1),
            "recall_by_kind": {k: round(100 * float(found[kinds == k].mean()), 1) for k in KINDS if (kinds == k).any()},
        }

    return {
        "name": scorer.name,
        "sha256": scorer.sha256,
        "chosen": at(lowest_threshold(untouched["tune"], share)),
        "by_share_of_alarms_on_tune": {str(s): at(lowest_threshold(untouched["tune"], s)) for s in SHARES},
        "at_one_half": at(0.5),
        "edits_by_kind": {k: int((kinds == k).sum()) for k in KINDS if (kinds == k).any()},
        "seconds": round(time.perf_counter() - begun, 1),
    }


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with articles/basil.jsonl.gz and the others")
    parser.add_argument("--model", action="append", default=[], help="another NLI model, by folder or id")
    parser.add_argument("--no-bundled", action="store_true", help="only the models given")
    parser.add_argument("--limit", type=int, default=800, help="pairs, and changed sentences, of each split")
    parser.add_argument("--cosine", type=float, default=0.6, help="from which two sentences are similar")
    parser.add_argument("--alarms", type=float, default=0.01, help="share of alarms allowed on the tune split")
    parser.add_argument("--output", type=Path, default=RESULTS)
    arguments = parser.parse_args()
    nlp, encoder = load_parser(), SentenceEncoder()
    material = {
        split: gather(arguments.data, split, arguments.limit, arguments.cosine, nlp, encoder) for split in SPLITS
    }
    found = {}
    for model in ([] if arguments.no_bundled else [None]) + arguments.model:
        scorer = load_scorer(model)
        found[scorer.name] = measure(scorer, material, arguments.alarms)
        chosen = found[scorer.name]["chosen"]
        print(
            f"{scorer.name}: at {chosen['threshold']} alarms {chosen['alarms_report']} % of "
            f"{len(material['report'].pairs)} pairs, recall {chosen['recall']} % of {len(material['report'].edits)}"
            f" changed sentences {chosen['recall_by_kind']}",
            flush=True,
        )
    figures = {
        "cosine": arguments.cosine,
        "pairs": {split: len(material[split].pairs) for split in SPLITS},
        "changed_sentences": len(material["report"].edits),
        "models": found,
    }
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    arguments.output.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
