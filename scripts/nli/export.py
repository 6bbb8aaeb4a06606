"""Export: a trained model to the files that the package bundles."""
from __future__ import annotations

import hashlib
import json
from pathlib import Path

import torch
from safetensors.torch import save_file
from transformers import AutoModelForSequenceClassification, AutoTokenizer

# Repository hosts warn about files over 50 MB.
SHARD_BYTES = 45_000_000


def quantise(state: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Matrices as int8 with one float scale a row, everything else in half precision.

    Args:
        state: float32 weights by name.

    Returns:
        For a matrix `name` also `name.scale`; row r is `int8[r] * scale[r]`.
    """
    out: dict[str, torch.Tensor] = {}
    for name, value in state.items():
        if value.ndim == 2 and value.numel() >= 4096:
            scale = value.abs().amax(dim=1).clamp_min(1e-12) / 127
            out[name] = (value / scale[:, None]).round().clamp(-127, 127).to(torch.int8).contiguous()
            out[f"{name}.scale"] = scale.float().contiguous()
        else:
            out[name] = (value.half() if value.is_floating_point() else value).contiguous()
    return out


def shards(tensors: dict[str, torch.Tensor]) -> list[dict[str, torch.Tensor]]:
    """Tensors in parts of at most `SHARD_BYTES` each, a matrix beside its scale."""
    parts: list[dict[str, torch.Tensor]] = [{}]
    size = 0
    for name, value in tensors.items():
        amount = value.numel() * value.element_size()
        if size + amount > SHARD_BYTES and parts[-1]:
            parts.append({})
            size = 0
        parts[-1][name] = value
        size += amount
    return parts


def export(config: dict, work: Path, output: Path) -> dict:
    """Writes `work/final` to `output` in the bundled format.

    Args:
        config: the training configuration, for the name and the token limit.
        work: the run's folder; its `calibration.json` gives the temperature.
        output: the folder to write.

    Returns:
        What stands in `consistency.json`.
    """
    model = AutoModelForSequenceClassification.from_pretrained(work / "final", dtype=torch.float32)
    tokenizer = AutoTokenizer.from_pretrained(work / "final")
    output.mkdir(parents=True, exist_ok=True)
    for old in output.glob("*.safetensors"):
        old.unlink()
    model.config.dtype = None
    model.config.save_pretrained(output)
    tokenizer.save_pretrained(output)
    digests = {}
    parts = shards(quantise(model.state_dict()))
    for number, part in enumerate(parts, 1):
        path = output / f"model-{number:02d}-of-{len(parts):02d}.int8.safetensors"
        save_file(part, path)
        digests[path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
    calibration = work / "calibration.json"
    temperature = json.loads(calibration.read_text())["temperature"] if calibration.exists() else 1.0
    state = json.loads((work / "final" / "state.json").read_text())
    settings = {
        "name": config["name"],
        "format": "int8 by row",
        "temperature": temperature,
        "max_tokens": 256,
        "trained_pairs": state["pairs"],
        "training_seconds": round(state["seconds"]),
        "seed": config["seed"],
        "sha256": digests,
    }
    (output / "consistency.json").write_text(json.dumps(settings, indent=2) + "\n")
    return settings
