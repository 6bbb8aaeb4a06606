"""Teaching: the probabilities that a larger model gives the pairs of a mix, for a smaller one to learn from."""
from __future__ import annotations

import json
import logging
from pathlib import Path

from consistency.nli import load_scorer

from .mix import ALLOWED, dev_texts, draw

log = logging.getLogger("train_nli")
# Pairs scored between two writes; a stopped run goes on after the last of them.
PART = 2048


def teach(config: dict, data: Path, teacher: Path, extra: dict[str, Path], output: Path) -> int:
    """Scores the pairs of the `taught` mix and appends them to `output`, JSON lines with `probabilities`.

    Args:
        config: the training configuration.
        data: folder of the labelled data.
        teacher: folder of the model that scores.
        extra: files that are not below `data`, by name.
        output: written in an order that the seed fixes; rows that are there are not scored again.

    Returns:
        How many rows are there.
    """
    labels = {target: label for label, target in ALLOWED.items()}
    examples, told = draw(config["taught"], data, extra, config["seed"], dev_texts(data), set())
    log.info("taught: %d pairs; %s", len(examples), told)
    done = sum(1 for _ in output.open()) if output.exists() else 0
    scorer = load_scorer(str(teacher))
    while done < len(examples):
        part = examples[done : done + PART]
        rows = scorer.score([(e.premise, e.hypothesis) for e in part])
        with output.open("a", encoding="utf-8") as file:
            for example, row in zip(part, rows, strict=True):
                probabilities = [round(float(p), 4) for p in row]
                pair = {"premise": example.premise, "hypothesis": example.hypothesis}
                file.write(json.dumps(pair | {"label": labels[example.target], "probabilities": probabilities}) + "\n")
        done += len(part)
        log.info("%d of %d", done, len(examples))
    return done
