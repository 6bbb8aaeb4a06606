"""Fingerprint: one digest of everything that decides what a model answers, so that kept answers are never stale."""
from __future__ import annotations

import hashlib
from pathlib import Path

# Files of a model folder that decide its output: weights, settings, tokenizer, vocabulary. Optimiser states and cards
# lie in such folders too and decide nothing.
SUFFIXES = frozenset({".safetensors", ".bin", ".json", ".txt", ".model", ".cfg", ".msgpack"})
# spaCy's own weights and tables have no ending.
SPACY_FILES = frozenset({"model", "moves", "key2row", "vectors", "lookups.bin", "patterns", "tokenizer"})


def folder_of(model: str | Path) -> Path | None:
    """Where a model's files lie on this machine.

    Args:
        model: a folder, or a Hugging Face id whose files were fetched before.

    Returns:
        The folder, None when it cannot be told.
    """
    if Path(model).is_dir():
        return Path(model)
    from huggingface_hub import try_to_load_from_cache
    from huggingface_hub.errors import HFValidationError

    try:
        found = try_to_load_from_cache(str(model), "config.json")
    except HFValidationError:
        return None
    return Path(found).parent if isinstance(found, str) else None


def fingerprint(folder: Path | None, *parts: str) -> str | None:
    """Hex sha256 over the files of a model folder, their names, and what else decides its output.

    Args:
        folder: the model's folder, or None when it is not known.
        parts: precision, device, version of the code that runs it.

    Returns:
        The digest, None when the folder is not known: what is not known to be the same is not taken for the same.
    """
    if folder is None or not folder.is_dir():
        return None
    whole = hashlib.sha256("\x1f".join(parts).encode())
    for path in sorted(folder.rglob("*")):
        if path.is_file() and (path.suffix in SUFFIXES or path.name in SPACY_FILES):
            with path.open("rb") as file:
                content = hashlib.file_digest(file, "sha256").hexdigest()
            whole.update(f"\x1e{path.relative_to(folder).as_posix()}\x1f{content}".encode())
    return whole.hexdigest()
