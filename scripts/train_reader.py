r"""Trains the sentence reader: an adapter of the bundled NLI model, taught by sentences of different articles.

    python scripts/train_reader.py pairs --data ../shared/data --edits .train/news_pairs.jsonl.gz \
        --store .train/relations.db --output .train/reader.jsonl
    python scripts/train_reader.py train .train/reader.jsonl --work .train/reader   # an adapter a fold, and `all`
    python scripts/train_reader.py measure .train/reader.jsonl --work .train/reader

`fold0` and `fold1` were taught without the clusters of their fold. They say what the reader makes of articles that it
was not taught by: the relation weights are fitted on that (`scripts/fit_relations.py extract --readers .train/reader`),
and the model card's figures are measured on it. `all` is the one that is bundled.
"""
from __future__ import annotations

import argparse
import json
import logging
import sys
import time
import tomllib
from collections import Counter
from dataclasses import asdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from reader.measure import measure
from reader.pairs import FOLDS, Taught, from_claim_sets, from_clusters, from_contrast_sets, from_edits, from_public

from consistency.nli import load_scorer
from consistency.options import Options
from consistency.pipeline import Models
from consistency.store.database import Database
from consistency.store.kept import Kept
from consistency.store.models import RememberingModels

ROOT = Path(__file__).parent.parent
RELATIONS = Path(__file__).parent / "relations"
EPOCHS = 2
# What people judged weighs most, and conflicts are rare.
WEIGHTS = {
    "noted": 1.5, "not noted": 0.6, "claims": 0.8, "changed": 0.5, "contrast": 0.8, "claim_sets": 0.7, "public": 0.5,
    "edited": 0.5,
}  # fmt: skip
CONFLICT = 2.0
NAMES = [*map(str, range(FOLDS)), "all"]


def gather(arguments: argparse.Namespace) -> None:
    """Writes the pairs, and the fold of each cluster beside them."""
    models = Models(Options())
    if arguments.store:
        models = RememberingModels(models, Kept(Database(arguments.store)))
    noted = json.loads((RELATIONS / "noted.json").read_text())
    readings = json.loads((RELATIONS / "readings.json").read_text())
    config = tomllib.loads((ROOT / "scripts/nli/base.toml").read_text())
    made, folds = from_clusters(arguments.data / "articles", models, arguments.clusters, noted, readings)
    made += from_contrast_sets(ROOT / "data/contrast_sets")
    made += from_claim_sets(ROOT / "data/claim_sets")
    made += from_public(arguments.data / "nli/train")
    made += from_edits(arguments.edits, config["decay"]["news_pairs"], config["seed"])
    arguments.output.write_text("".join(json.dumps(asdict(pair)) + "\n" for pair in made))
    arguments.output.with_suffix(".folds.json").write_text(json.dumps(folds, indent=0) + "\n")
    print(len(made), Counter(pair.kind for pair in made))


def teach(arguments: argparse.Namespace) -> None:
    """Trains the adapters that were asked for."""
    from reader.lora import Adapted, planned, train

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    pairs = [Taught(**json.loads(line)) for line in arguments.pairs.open()]
    lower = None
    for name in arguments.folds:
        begun = time.monotonic()
        scorer = load_scorer()
        adapted = Adapted(scorer, seed=arguments.seed)
        if lower is None:
            lower = adapted.lower([(p.a, p.b) for p in pairs] + [(p.b, p.a) for p in pairs])
        taught = [i for i, p in enumerate(pairs) if str(p.fold) != name]
        items = [
            ((i, i + len(pairs)), pairs[i].target, WEIGHTS[pairs[i].kind] * (CONFLICT if weighty(pairs[i]) else 1.0))
            for i in taught
        ]
        train(adapted, lower, list(planned(items, [len(row) for row in lower], EPOCHS, arguments.seed)))
        settings = {
            "name": "sentence-reader", "base_sha256": scorer.sha256, "taught_pairs": len(taught), "epochs": EPOCHS,
            "seed": arguments.seed, "training_seconds": round(time.monotonic() - begun), "temperature": 1.0,
        }  # fmt: skip
        adapted.save(arguments.work / (name if name == "all" else f"fold{name}"), settings)


def weighty(pair: Taught) -> bool:
    """Whether a person found a conflict in it."""
    return pair.kind in ("noted", "claims") and tuple(pair.target) == (0, 0, 1)


def main() -> None:
    """Command line of the training."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    gathering = commands.add_parser("pairs")
    gathering.add_argument("--data", type=Path, required=True, help="folder of the labelled data")
    gathering.add_argument("--edits", type=Path, required=True, help="what scripts/build_news_pairs.py wrote")
    gathering.add_argument("--store", type=Path, help="keeps what parser and encoder gave")
    gathering.add_argument("--clusters", type=int, default=40, help="clusters of each collection")
    gathering.add_argument("--output", type=Path, required=True)
    teaching = commands.add_parser("train")
    teaching.add_argument("pairs", type=Path)
    teaching.add_argument("--work", type=Path, required=True)
    teaching.add_argument("--folds", nargs="+", choices=NAMES, default=NAMES)
    teaching.add_argument("--seed", type=int, default=0)
    measuring = commands.add_parser("measure", help="what the folds' adapters make of the pairs they were not taught")
    measuring.add_argument("pairs", type=Path)
    measuring.add_argument("--work", type=Path, required=True)
    measuring.add_argument("--output", type=Path, default=ROOT / "benchmarks/results/reader.json")
    arguments = parser.parse_args()
    if arguments.command == "measure":
        pairs = [Taught(**json.loads(line)) for line in arguments.pairs.open()]
        figures = measure(pairs, arguments.work)
        arguments.output.write_text(json.dumps(figures, indent=2) + "\n")
        print(json.dumps(figures, indent=2))
    else:
        {"pairs": gather, "train": teach}[arguments.command](arguments)


if __name__ == "__main__":
    main()
