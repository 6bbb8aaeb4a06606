r"""Trains an NLI model and exports the files that the package bundles.

    python scripts/train_nli.py train scripts/nli/base.toml --data ../shared/data --start all-mpnet-base-v2/ \
        --work .train/base --extra news_pairs=.train/news_pairs.jsonl.gz
    touch .train/base/decay    # ends the constant part; started again, the rate falls over the `decay` mix to zero
    python scripts/train_nli.py calibrate scripts/nli/base.toml --data ../shared/data --work .train/base
    python scripts/train_nli.py export scripts/nli/base.toml --work .train/base --output consistency/models/nli-base

A stopped run goes on where it was when the same command is given again.
"""
from __future__ import annotations

import argparse
import json
import logging
import sys
import tomllib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))


def main() -> None:
    """Command line of the training."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    train = commands.add_parser("train")
    train.add_argument("config", type=Path)
    train.add_argument("--data", type=Path, required=True, help="folder of the labelled data")
    train.add_argument("--start", type=Path, required=True, help="folder of the pretrained model")
    train.add_argument("--work", type=Path, required=True, help="folder for checkpoints and logs")
    train.add_argument("--extra", action="append", default=[], metavar="NAME=FILE", help="a file named in the mix")
    train.add_argument("--device", default="cpu")
    train.add_argument("--threads", type=int, default=2)
    teach = commands.add_parser("teach", help="score the `taught` mix with a larger model")
    teach.add_argument("config", type=Path)
    teach.add_argument("--data", type=Path, required=True)
    teach.add_argument("--teacher", type=Path, default=Path("consistency/models/nli-base"))
    teach.add_argument("--extra", action="append", default=[], metavar="NAME=FILE")
    teach.add_argument("--output", type=Path, required=True)
    calibrate = commands.add_parser("calibrate")
    calibrate.add_argument("config", type=Path)
    calibrate.add_argument("--data", type=Path, required=True)
    calibrate.add_argument("--work", type=Path, required=True)
    export = commands.add_parser("export")
    export.add_argument("config", type=Path)
    export.add_argument("--work", type=Path, required=True)
    export.add_argument("--output", type=Path, required=True)
    card = commands.add_parser("card", help="write the model card from the measured figures")
    card.add_argument("config", type=Path)
    card.add_argument("--work", type=Path, required=True)
    card.add_argument("--output", type=Path, required=True)
    card.add_argument("--results", type=Path, default=Path("benchmarks/results/nli.json"))
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    config = tomllib.loads(arguments.config.read_text())
    if arguments.command == "train":
        from nli.loop import train as run

        extra = named_files(arguments.extra)
        run(config, arguments.data, arguments.start, arguments.work, extra, arguments.device, arguments.threads)
    elif arguments.command == "teach":
        from nli.teach import teach as score

        score(config, arguments.data, arguments.teacher, named_files(arguments.extra), arguments.output)
    elif arguments.command == "calibrate":
        from nli.calibrate import calibrate as fit

        print(json.dumps(fit(arguments.work, arguments.data), indent=2))
    elif arguments.command == "card":
        from nli.card import write_card

        write_card(config, arguments.work, arguments.output, arguments.results)
    else:
        from nli.export import export as write

        print(json.dumps(write(config, arguments.work, arguments.output), indent=2))


def named_files(items: list[str]) -> dict[str, Path]:
    """`NAME=FILE` arguments by name."""
    return {name: Path(file) for name, _, file in (item.partition("=") for item in items)}


if __name__ == "__main__":
    main()
