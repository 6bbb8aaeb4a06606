"""The training loop: resumable, deterministic in its order of data, one file of figures."""
from __future__ import annotations

import hashlib
import json
import logging
import os
import time
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch.nn import functional
from transformers import AutoConfig, AutoModelForSequenceClassification, AutoTokenizer

from .evaluate import evaluate
from .mix import LABELS, Example, batches, dev_texts, draw

log = logging.getLogger("train_nli")


def loss_of(logits: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    """Cross-entropy against a distribution, or against the classes that a label allows.

    Args:
        logits: (batch, 3).
        targets: (batch, 3); a row is a distribution, or 1 for each of the two classes that its label allows.

    Returns:
        The mean over rows of the cross-entropy, or of -log(sum of the allowed classes' probabilities).
    """
    logp = functional.log_softmax(logits.float(), dim=-1)
    either = -torch.logsumexp(logp.masked_fill(targets == 0, float("-inf")), dim=-1)
    return torch.where(targets.sum(-1) > 1.5, either, -(targets * logp).sum(-1)).mean()


class Run:
    """Model, optimizer and position of one training run, kept in a folder."""

    def __init__(self, config: dict, start: Path, work: Path, device: str):
        self.config, self.work, self.device = config, work, device
        self.state = {"stage": "stable", "batch": 0, "step": 0, "pairs": 0, "seconds": 0.0, "decay_steps": 0}
        checkpoint = work / "checkpoint"
        resumed = (checkpoint / "state.json").exists()
        source = checkpoint if resumed else start
        if not resumed:
            digest = hashlib.sha256((start / "model.safetensors").read_bytes()).hexdigest()
            if digest != config["start_from_sha256"]:
                raise SystemExit(f"{start}/model.safetensors: sha256 {digest} is not {config['start_from_sha256']}")
        self.tokenizer = AutoTokenizer.from_pretrained(source)
        names = dict(enumerate(LABELS))
        settings = AutoConfig.from_pretrained(source, id2label=names, label2id={v: k for k, v in names.items()})
        settings.hidden_dropout_prob = settings.attention_probs_dropout_prob = config["dropout"]
        torch.manual_seed(config["seed"])
        # On a processor, the backward pass of fused attention takes as long as everything else together.
        settings._attn_implementation = "eager"
        self.model = AutoModelForSequenceClassification.from_pretrained(source, config=settings, dtype=torch.float32)
        self.model.to(device)
        self._freeze()
        # Steps run in half precision throughout; the optimizer moves float32 copies, or small updates would be lost.
        # Autocast would spend a quarter of a step on converting weights.
        self.masters = {
            name: torch.nn.Parameter(p.detach().clone()) for name, p in self.model.named_parameters() if p.requires_grad
        }
        self.model.bfloat16()
        schedule = config["schedule"]
        groups = self._groups(schedule["learning_rate"], schedule["classifier_learning_rate"], schedule["weight_decay"])
        self.optimizer = torch.optim.AdamW(groups, fused=True)
        self.rates = [group["lr"] for group in self.optimizer.param_groups]
        if resumed:
            self.state = json.loads((checkpoint / "state.json").read_text())
            self._load_optimizer(load_file(checkpoint / "optimizer.safetensors"))
            log.info("resumed: %s", self.state)

    def _trained(self) -> list[tuple[str, torch.nn.Parameter]]:
        return list(self.masters.items())

    def _freeze(self) -> None:
        frozen = self.config["frozen_layers"]
        if not frozen:
            return
        base = self.model.base_model
        for part in (base.embeddings, *base.encoder.layer[:frozen]):
            part.requires_grad_(False)

    def _groups(self, rate: float, head_rate: float, decay: float) -> list[dict]:
        head = [p for n, p in self._trained() if n.startswith("classifier")]
        body = [(n, p) for n, p in self._trained() if not n.startswith("classifier")]
        return [
            {"params": [p for n, p in body if p.ndim > 1], "lr": rate, "weight_decay": decay},
            {"params": [p for n, p in body if p.ndim <= 1], "lr": rate, "weight_decay": 0.0},
            {"params": head, "lr": head_rate, "weight_decay": decay},
        ]

    def _load_optimizer(self, tensors: dict[str, torch.Tensor]) -> None:
        for name, parameter in self._trained():
            if f"m.{name}" in tensors:
                self.optimizer.state[parameter] = {
                    "step": torch.tensor(float(self.state["step"])),
                    "exp_avg": tensors[f"m.{name}"].to(self.device),
                    "exp_avg_sq": tensors[f"v.{name}"].to(self.device),
                }

    def save(self, name: str = "checkpoint") -> None:
        """Writes weights, optimizer and position; the old checkpoint stays until the new one is whole."""
        fresh = self.work / f"{name}.new"
        fresh.mkdir(parents=True, exist_ok=True)
        weights = {name: value.float() for name, value in self.model.state_dict().items()}
        self.model.save_pretrained(fresh, state_dict=weights | {n: p.detach() for n, p in self._trained()})
        self.tokenizer.save_pretrained(fresh)
        tensors = {}
        for key, parameter in self._trained():
            if parameter in self.optimizer.state:
                tensors[f"m.{key}"] = self.optimizer.state[parameter]["exp_avg"].contiguous()
                tensors[f"v.{key}"] = self.optimizer.state[parameter]["exp_avg_sq"].contiguous()
        save_file(tensors, fresh / "optimizer.safetensors")
        (fresh / "state.json").write_text(json.dumps(self.state))
        final, old = self.work / name, self.work / f"{name}.old"
        if final.exists():
            os.replace(final, old)
        os.replace(fresh, final)
        if old.exists():
            for file in old.iterdir():
                file.unlink()
            old.rmdir()

    def set_rate(self, total_decay: int) -> None:
        """Warm-up, constant, and in the decay stage a line to zero."""
        step, warmup = self.state["step"], self.config["schedule"]["warmup_steps"]
        factor = min(1.0, (step + 1) / warmup)
        if self.state["stage"] == "decay":
            factor = max(0.0, 1 - self.state["decay_steps"] / total_decay)
        for group, rate in zip(self.optimizer.param_groups, self.rates, strict=True):
            group["lr"] = rate * factor

    def step(self, examples: list[Example]) -> float:
        """One optimizer step on a batch.

        Returns:
            The loss.
        """
        self.model.train()
        batch = self.tokenizer(
            [e.premise for e in examples],
            [e.hypothesis for e in examples],
            truncation="longest_first",
            max_length=self.config["max_tokens"],
            padding=True,
            pad_to_multiple_of=8,  # few shapes, so that kernels are reused
            return_tensors="pt",
        ).to(self.device)
        targets = torch.tensor([e.target for e in examples], device=self.device, dtype=torch.float32)
        loss = loss_of(self.model(**batch).logits, targets)
        loss.backward()
        halves = [p for p in self.model.parameters() if p.requires_grad]
        masters = list(self.masters.values())
        for half, master in zip(halves, masters, strict=True):
            master.grad, half.grad = half.grad.float(), None
        torch.nn.utils.clip_grad_norm_(masters, 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        with torch.no_grad():
            torch._foreach_copy_(halves, masters)
        return loss.item()


def train(
    config: dict, data: Path, start: Path, work: Path, extra: dict[str, Path], device: str, threads: int
) -> None:
    """Trains until the constant part is ended by a file named `decay` in `work` (or by the end of its data) and the
    decay is through. Figures go to `work/log.jsonl`, the result to `work/final`.
    """
    torch.set_num_threads(threads)
    work.mkdir(parents=True, exist_ok=True)
    run = Run(config, start, work, device)
    # Fixes dropout after a resume; the order of the data does not depend on it.
    torch.manual_seed(config["seed"] + run.state["step"])
    dev = dev_texts(data)
    seen: set = set()
    # The decay mix is drawn first: what it takes is not in the constant part, however long that gets.
    stages: dict[str, list[Example]] = {}
    for stage in ("decay", "stable"):
        missing = [name for name in config[stage] if "/" not in name and name not in extra]
        if missing and stage == "decay" and run.state["stage"] == "stable":
            log.info("not there yet, needed before the decay: %s", missing)
        counts = {name: n for name, n in config[stage].items() if name not in missing}
        stages[stage], told = draw(counts, data, extra, config["seed"], dev, seen)
        log.info("%s: %d pairs; %s", stage, len(stages[stage]), told)
    if run.state["stage"] == "decay" and missing_extra(config, extra):
        raise SystemExit(f"--extra is missing for {missing_extra(config, extra)}")

    while run.state["stage"] != "done":
        stage = run.state["stage"]
        order = order_of(stages[stage], run, config)
        ended = _run_stage(run, stages[stage], order, data)
        run.state |= {"stage": "decay" if stage == "stable" else "done", "batch": 0}
        if stage == "stable":
            run.save("stable")
        run.save()
        if not ended and stage == "stable":
            log.info("the constant part was ended by hand; start again to read a changed decay mix")
            return
    run.save("final")
    figures = evaluate(run.model, run.tokenizer, data, limit=400, device=device)
    log.info("final %s", figures)
    _write(work, {"final": True, **run.state, "dev": figures})


def missing_extra(config: dict, extra: dict[str, Path]) -> list[str]:
    """Files of the decay mix that no `--extra` names."""
    return [name for name in config["decay"] if "/" not in name and name not in extra]


def order_of(examples: list[Example], run: Run, config: dict) -> list[list[int]]:
    """Batches of the stage; lengths in characters are close enough to sort by."""
    lengths = [len(e.premise) + len(e.hypothesis) for e in examples]
    return batches(examples, lengths, config["batch_size"], config["seed"])


def _write(work: Path, row: dict) -> None:
    with (work / "log.jsonl").open("a") as file:
        file.write(json.dumps(row) + "\n")


def _run_stage(run: Run, examples: list[Example], order: list[list[int]], data: Path) -> bool:
    """Runs one stage from its position.

    Returns:
        True when all its data was read, False when it was ended by the file `decay`.
    """
    schedule = run.config["schedule"]
    saved = evaluated = time.monotonic()
    losses: list[float] = []
    while run.state["batch"] < len(order):
        if run.state["stage"] == "stable" and (run.work / "decay").exists():
            return False
        begun = time.monotonic()
        run.set_rate(len(order))
        losses.append(run.step([examples[i] for i in order[run.state["batch"]]]))
        now = time.monotonic()
        run.state["pairs"] += len(order[run.state["batch"]])
        run.state["seconds"] += now - begun
        run.state["batch"] += 1
        run.state["step"] += 1
        run.state["decay_steps"] += run.state["stage"] == "decay"
        if run.state["step"] % 50 == 0:
            row = {**run.state, "loss": round(sum(losses) / len(losses), 4)}
            log.info("%s", row)
            _write(run.work, row)
            losses.clear()
        if now - saved > 60 * schedule["checkpoint_minutes"]:
            run.save()
            saved = time.monotonic()
        if now - evaluated > 60 * schedule["evaluate_minutes"]:
            figures = evaluate(run.model, run.tokenizer, data, limit=240, device=run.device)
            log.info("dev %s", figures)
            _write(run.work, {**run.state, "dev": figures})
            evaluated = time.monotonic()
    return True
