r"""Fits the weights of the relate stage.

    python scripts/fit_relations.py extract --data ../shared/data --edits .train/news_pairs.jsonl.gz \
        --readers .train/reader --output .train/relations.jsonl
    python scripts/fit_relations.py read .train/relations.jsonl      # found pairs that a person should read
    python scripts/fit_relations.py fit .train/relations.jsonl --output consistency/relate/weights.json

`extract` reads the tuning halves of data/claim_sets, edited sentences and clusters of the training split. `fit` writes
the weights, and what they make of pairs that they were not fitted on to benchmarks/results/relations.json. Pairs found
in clusters were read by a person where it matters; `scripts/relations/readings.json` keeps the answers by a hash of the
texts. `note FILE.json --data ../shared/data` adds what a reader noted in whole articles, before any run, to
`scripts/relations/noted.json`, by a hash of the two sentences.
"""
from __future__ import annotations

import argparse
import json
import math
import sys
import tomllib
from collections import Counter, defaultdict
from dataclasses import asdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from relations.examples import (
    Example,
    from_claim_sets,
    from_clusters,
    from_contrast_sets,
    from_edits,
    read_by_people,
)
from relations.fit import fit, held_out, probability, stricter
from relations.noted import keys_of
from relations.readers import Readers

from consistency.nli import load_scorer
from consistency.options import Options
from consistency.pipeline import Models
from consistency.store.database import Database
from consistency.store.kept import Kept
from consistency.store.models import RememberingModels, RememberingScorer

ROOT = Path(__file__).parent.parent
READINGS = Path(__file__).parent / "relations" / "readings.json"
NOTED = Path(__file__).parent / "relations" / "noted.json"
# Of the found pairs that nobody noted, those that are read.
SHARE = 0.1
RESULTS = ROOT / "benchmarks" / "results" / "relations.json"


def extract(arguments: argparse.Namespace) -> None:
    """Writes examples with their features."""
    scorer = load_scorer()
    models, kept = Models(Options(), scorer=scorer), None
    if arguments.store:
        kept = Kept(Database(arguments.store))
        models = RememberingModels(models, kept)
    readers = Readers(arguments.readers, scorer, lambda reader: RememberingScorer(reader, kept) if kept else reader)
    config = tomllib.loads((ROOT / "scripts/nli/base.toml").read_text())
    # A few rows that repeat others were passed over when training drew its pairs.
    used = round(config["decay"]["news_pairs"] * 1.05)
    readings = json.loads(READINGS.read_text())
    sources = {
        "claim_sets": from_claim_sets(ROOT / "data/claim_sets", models, readers),
        "contrast_sets": from_contrast_sets(ROOT / "data/contrast_sets", models, readers),
        "edits": from_edits(
            arguments.edits, models, readers.of_item(""), used, config["seed"], arguments.pairs
        ),
        "clusters": from_clusters(
            arguments.data / "articles", models, readers, arguments.clusters, readings, json.loads(NOTED.read_text()),
            arguments.share,
        ),
    }
    with arguments.output.open("w") as file:
        for source in arguments.sources:
            for example in sources[source]:
                file.write(json.dumps(asdict(example)) + "\n")


def note(arguments: argparse.Namespace) -> None:
    """Adds the keys of noted sentences."""
    noted = json.loads(NOTED.read_text()) if NOTED.exists() else {}
    models = Models(Options())
    for _, rows in read_by_people(arguments.data / "articles", arguments.clusters):
        noted |= keys_of(arguments.notes, rows, models)
    NOTED.write_text(json.dumps(dict(sorted(noted.items())), indent=0) + "\n")
    print(Counter(noted.values()))


def load(path: Path) -> list[Example]:
    """Examples from a file, with the readings as they are now."""
    readings = json.loads(READINGS.read_text())
    out = []
    for row in map(json.loads, path.open()):
        if row["source"] in ("clusters", "noted") and (read := readings.get(row["key"])):
            known = read != "unsure"
            row["contradiction"] = read in ("contradiction", "update") if known else None
            row["agreement"] = read == "agreement" if known else None
        out.append(Example(**{**row, "texts": tuple(row["texts"])}))
    return out


def read(arguments: argparse.Namespace) -> None:
    """Prints the found pairs that the weights call a relation and nobody has read, surest first."""
    readings = json.loads(READINGS.read_text())
    examples = load(arguments.examples)
    weights = fit([e for e in examples if getattr(e, arguments.relation) is not None], arguments.relation)
    unread = {e.key: e for e in examples if e.source == "clusters" and e.key not in readings}
    for example in sorted(unread.values(), key=lambda e: -probability(weights, e))[: arguments.limit]:
        print(f"{example.key} {probability(weights, example):.2f} {example.kind[:8]}", *example.texts, sep="\n  ")


def write(arguments: argparse.Namespace) -> None:
    """Fits both relations and writes weights and figures."""
    examples = load(arguments.examples)
    weights, figures = {}, {}
    for relation in ("contradiction", "agreement"):
        known = [e for e in examples if getattr(e, relation) is not None]
        weights[relation] = fit(known, relation)
        chances = held_out(known, relation)
        shift = stricter(known, chances, relation, arguments.share)
        weights[relation]["bias"] = round(weights[relation]["bias"] - shift, 3)
        weights[relation]["given"] = round(weights[relation].get("given", 0.0) + shift, 3)
        called: dict[str, list[bool]] = defaultdict(list)
        for example, p in zip(known, chances, strict=True):
            name = example.source if example.source == "clusters" else f"{example.source} {example.kind}"
            needed = 0.5 if example.values["given"] else 1 / (1 + math.exp(-shift))
            called[f"{name}{' +' if getattr(example, relation) else ' -'}"].append(p >= needed)
        figures[relation] = {
            name: {"pairs": len(hits), "called": round(sum(hits) / len(hits), 4)}
            for name, hits in sorted(called.items())
        }
        for name, figure in figures[relation].items():
            print(f"{relation:14s} {name:44s} {figure['pairs']:6d} {figure['called']:.3f}")
    arguments.output.write_text(json.dumps(weights, indent=2) + "\n")
    arguments.results.write_text(json.dumps(figures, indent=2) + "\n")


def main() -> None:
    """Command line of the fit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    extracting = commands.add_parser("extract")
    extracting.add_argument("--data", type=Path, required=True)
    extracting.add_argument("--edits", type=Path, required=True)
    extracting.add_argument("--output", type=Path, required=True)
    extracting.add_argument("--readers", type=Path, required=True, help="what scripts/train_reader.py wrote")
    extracting.add_argument("--store", type=Path, help="keeps what the models answered for the next run")
    sources = ["claim_sets", "contrast_sets", "edits", "clusters"]
    extracting.add_argument("--sources", nargs="+", choices=sources, default=sources)
    extracting.add_argument("--pairs", type=int, default=1500, help="edited pairs")
    extracting.add_argument("--clusters", type=int, default=40, help="clusters of each collection")
    extracting.add_argument("--share", type=float, default=SHARE, help="of the pairs in clusters that nobody noted")
    reading = commands.add_parser("read")
    reading.add_argument("examples", type=Path)
    reading.add_argument("--relation", default="contradiction", choices=("contradiction", "agreement"))
    reading.add_argument("--limit", type=int, default=100)
    noting = commands.add_parser("note")
    noting.add_argument("notes", type=Path, nargs="+")
    noting.add_argument("--data", type=Path, required=True)
    noting.add_argument("--clusters", type=int, default=40)
    fitting = commands.add_parser("fit")
    fitting.add_argument("examples", type=Path)
    fitting.add_argument("--share", type=float, default=SHARE, help="what the examples were extracted with")
    fitting.add_argument("--output", type=Path, default=ROOT / "consistency/relate/weights.json")
    fitting.add_argument("--results", type=Path, default=RESULTS)
    arguments = parser.parse_args()
    {"extract": extract, "read": read, "note": note, "fit": write}[arguments.command](arguments)


if __name__ == "__main__":
    main()
