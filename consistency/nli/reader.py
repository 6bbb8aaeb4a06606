"""The sentence reader: whether two sentences of news agree, conflict, or have nothing to say to each other.

An NLI model that was taught by public pairs sees little in two sentences of different articles: each tells several
things, and most conflicts of real news lie in what both take for granted. The bundled adapter was taught by pairs of
such sentences that people had judged (`scripts/train_reader.py`).
"""
from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from consistency.errors import ModelError
from consistency.nli.scorer import NLIScorer, TransformerScorer
from consistency.nli.weights import settings


def reader_folder() -> Path:
    """Folder of the bundled adapter.

    Raises:
        ModelError: this install has none.
    """
    folder = Path(str(files("consistency") / "models" / "sentence-reader"))
    if not (folder / "consistency.json").is_file():
        raise ModelError("no bundled model sentence-reader", how="reinstall fact-consistency")
    return folder


def load_reader(scorer: NLIScorer) -> NLIScorer:
    """What reads sentences beside an NLI model: the bundled model with the bundled adapter; any other model, for which
    there is none, reads them itself.

    Its columns are agreement, neither and conflict, which is what entailment, neutral and contradiction come to for
    sentences of which neither is there to follow from the other.

    Args:
        scorer: the NLI model.

    Raises:
        ModelError: the bundled adapter cannot be read.
    """
    if isinstance(scorer, TransformerScorer) and scorer.sha256 == settings(reader_folder())["base_sha256"]:
        return scorer.adapted(reader_folder())
    return scorer
