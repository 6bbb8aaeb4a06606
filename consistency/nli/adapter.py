"""Adapters: small changes to an NLI model that make it read something else, as low-rank updates of some of its layers.

After Hu et al. 2021, "LoRA: Low-Rank Adaptation of Large Language Models". The updates are added to the weights once,
at load, so that an adapted model costs no more to run than its base; what they leave alone is shared with the base.
"""
from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from consistency.errors import ModelError
from consistency.nli.weights import digest, settings

if TYPE_CHECKING:
    import torch

FILE = "adapter.safetensors"
DOWN, UP = ".down", ".up"


def adapted_weights(base: dict[str, torch.Tensor], folder: Path) -> dict[str, torch.Tensor]:
    """The weights of a model with an adapter added; those that it does not change are the same tensors.

    A matrix `name` of shape (out, in) becomes `name + scale * name.up @ name.down`, with `up` (out, rank) and `down`
    (rank, in); what stands in the file under its own name takes the place of the weight.

    Args:
        base: the model's weights.
        folder: holds `adapter.safetensors`, and in `consistency.json` its digest and `scale`.

    Raises:
        ModelError: the file is missing or not the one that its digest names, or made for another model.
    """
    from safetensors.torch import load_file

    path, own = folder / FILE, settings(folder)
    if not path.is_file():
        raise ModelError(f"no {FILE}", where=str(folder), how="reinstall")
    if digest(path) != own.get("sha256", {}).get(FILE, digest(path)):
        raise ModelError("the file's sha256 is not the one in consistency.json", where=str(path), how="reinstall")
    parts = load_file(path)
    made = dict(base)
    for name, value in parts.items():
        target = name.removesuffix(DOWN).removesuffix(UP)
        if target not in base:
            raise ModelError(f"it is made for another model: {target} is not there", where=str(path))
        if name == target:
            made[name] = value.to(base[name].dtype)
        elif name.endswith(UP):
            update = value.float() @ parts[target + DOWN].float()
            made[target] = (base[target].float() + own["scale"] * update).to(base[target].dtype)
    return made
