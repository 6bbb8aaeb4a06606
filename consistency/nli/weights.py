"""Reading the bundled weight format: int8 by row with a float scale, everything else in half precision."""
from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from consistency.errors import ModelError

if TYPE_CHECKING:
    import torch

# What the bundled format adds beside a folder that transformers can read.
SETTINGS = "consistency.json"


def is_row_quantised(folder: Path) -> bool:
    """Whether the folder holds weights in the bundled format (`*.int8.safetensors`)."""
    return any(folder.glob("*.int8.safetensors"))


def read_rows(folder: Path) -> dict[str, torch.Tensor]:
    """The weights of a folder in the bundled format, as float32.

    A matrix `name` is stored as int8 with one scale a row in `name.scale`; row r is `int8[r] * scale[r]`.

    Args:
        folder: holds one or more `*.int8.safetensors`, and their digests in `consistency.json` when bundled.

    Raises:
        ModelError: a file is not the one that its digest names.
    """
    from safetensors.torch import load_file

    digests = settings(folder).get("sha256", {})
    raw: dict[str, torch.Tensor] = {}
    for path in sorted(folder.glob("*.int8.safetensors")):
        if path.name in digests and digest(path) != digests[path.name]:
            raise ModelError("the file's sha256 is not the one in consistency.json", where=str(path), how="reinstall")
        raw |= load_file(path)
    state = {}
    for name, value in raw.items():
        if name.endswith(".scale"):
            continue
        scale = raw.get(f"{name}.scale")
        if scale is not None:
            value = value.float() * scale.float()[:, None]
        state[name] = value.float() if value.is_floating_point() else value
    return state


def settings(folder: Path) -> dict[str, Any]:
    """What `consistency.json` of a model folder says: `temperature`, `max_tokens`, `sha256` by file; {} without it."""
    path = folder / SETTINGS
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def digest(path: Path) -> str:
    """Hex sha256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def folder_digest(folder: Path) -> str | None:
    """One digest over all weight files of a folder, None when it has none."""
    files = sorted(folder.glob("*.safetensors"))
    if not files:
        return None
    if len(files) == 1:
        return digest(files[0])
    return hashlib.sha256("".join(digest(path) for path in files).encode()).hexdigest()
