"""Training of an adapter: low-rank updates of the upper layers, over what the lower layers make of each pair once."""
from __future__ import annotations

import hashlib
import json
import logging
import math
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import nn
from torch.nn import functional

from consistency.nli.adapter import DOWN, FILE, UP
from consistency.nli.scorer import TransformerScorer

log = logging.getLogger("train_reader")

# Layers that keep their weights, so that what they make of a pair is computed once and kept.
FROZEN = 6
RANK, SCALE = 8, 2.0
MAX_TOKENS = 128
RATE, HEAD_RATE, WARMUP, DROPOUT = 4e-4, 2e-4, 40, 0.1
BATCH = 16
# Batches of similar length are made within windows of so many.
WINDOW = 30
MASKED = -30000.0


class LowRank(nn.Module):
    """A linear layer with a low-rank update beside it."""

    def __init__(self, linear: nn.Linear):
        super().__init__()
        self.linear = linear
        self.down = nn.Parameter(torch.randn(RANK, linear.in_features) / math.sqrt(linear.in_features))
        self.up = nn.Parameter(torch.zeros(linear.out_features, RANK))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """What the adapted weight makes of x."""
        return self.linear(x) + SCALE * ((x @ self.down.to(x.dtype).T) @ self.up.to(x.dtype).T)


class Adapted:
    """The bundled NLI model with updates that can be trained.

    Args:
        scorer: the model; its network is changed in place.
        seed: of the updates' start.
    """

    def __init__(self, scorer: TransformerScorer, seed: int):
        torch.manual_seed(seed)
        self.tokenizer, self.model = scorer._tokenizer, scorer._model
        self.columns = scorer._columns
        self.model.requires_grad_(False)
        self.encoder = self.model.mpnet.encoder
        self.updates: dict[str, LowRank] = {}
        for number, layer in enumerate(self.encoder.layer[FROZEN:], FROZEN):
            at = f"mpnet.encoder.layer.{number}"
            for name in "qkvo":
                self._wrap(layer.attention.attn, name, f"{at}.attention.attn.{name}")
            self._wrap(layer.intermediate, "dense", f"{at}.intermediate.dense")
            self._wrap(layer.output, "dense", f"{at}.output.dense")
        self._wrap(self.model.classifier, "dense", "classifier.dense")
        head = self.model.classifier.out_proj
        # In the order agreement, neither, conflict, whatever the model's own is.
        self.head = nn.Parameter(head.weight.detach()[self.columns].float())
        self.bias = nn.Parameter(head.bias.detach()[self.columns].float())

    def _wrap(self, holder: nn.Module, name: str, path: str) -> None:
        self.updates[path] = LowRank(getattr(holder, name))
        setattr(holder, name, self.updates[path])

    def parameters(self) -> list[nn.Parameter]:
        """What is trained, but for the head."""
        return [p for update in self.updates.values() for p in (update.down, update.up)]

    def lower(self, pairs: Sequence[tuple[str, str]]) -> list[torch.Tensor]:
        """(tokens, width) of each pair after the layers that are not trained."""
        a, b = [a for a, _ in pairs], [b for _, b in pairs]
        ids = self.tokenizer(a, b, truncation="longest_first", max_length=MAX_TOKENS)["input_ids"]
        out: list[torch.Tensor] = [torch.empty(0)] * len(ids)
        order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
        with torch.inference_mode():
            for start in range(0, len(order), 32):
                part = order[start : start + 32]
                padded = self.tokenizer.pad(
                    {"input_ids": [ids[i] for i in part]}, return_tensors="pt", pad_to_multiple_of=8
                )
                hidden = self.model.mpnet.embeddings(input_ids=padded["input_ids"])
                hidden = self._through(hidden, padded["attention_mask"], self.encoder.layer[:FROZEN])
                for row, i in enumerate(part):
                    out[i] = hidden[row, : len(ids[i])].clone()
        return out

    def _through(self, hidden: torch.Tensor, mask: torch.Tensor, layers: nn.ModuleList) -> torch.Tensor:
        with torch.no_grad():
            bias = self.encoder.compute_position_bias(hidden)
        barred = ((1 - mask.float()) * MASKED).to(hidden.dtype)[:, None, None, :]
        for layer in layers:
            hidden = layer(hidden, barred, position_bias=bias)[0]
        return hidden

    def logits(self, rows: Sequence[torch.Tensor], training: bool) -> torch.Tensor:
        """(pairs, 3) from what `lower` gave."""
        width = -(-max(len(row) for row in rows) // 8) * 8
        hidden = torch.zeros((len(rows), width, rows[0].shape[1]), dtype=rows[0].dtype)
        mask = torch.zeros((len(rows), width))
        for i, row in enumerate(rows):
            hidden[i, : len(row)], mask[i, : len(row)] = row, 1
        first = self._through(hidden, mask, self.encoder.layer[FROZEN:])[:, 0]
        first = functional.dropout(first, DROPOUT, training)
        first = torch.tanh(self.model.classifier.dense(first)).float()
        return functional.dropout(first, DROPOUT, training) @ self.head.T + self.bias

    def save(self, folder: Path, settings: dict) -> None:
        """Writes the adapter, with its settings and digest."""
        folder.mkdir(parents=True, exist_ok=True)
        tensors = {f"{path}.weight{DOWN}": update.down for path, update in self.updates.items()}
        tensors |= {f"{path}.weight{UP}": update.up for path, update in self.updates.items()}
        back = torch.argsort(torch.tensor(self.columns))
        tensors |= {"classifier.out_proj.weight": self.head[back], "classifier.out_proj.bias": self.bias[back]}
        save_file({name: value.detach().half().contiguous() for name, value in tensors.items()}, folder / FILE)
        digest = hashlib.sha256((folder / FILE).read_bytes()).hexdigest()
        made = {**settings, "scale": SCALE, "max_tokens": MAX_TOKENS, "sha256": {FILE: digest}}
        (folder / "consistency.json").write_text(json.dumps(made, indent=2) + "\n")


def train(
    adapted: Adapted, lower: Sequence[torch.Tensor], plan: Sequence[list[tuple[int, Sequence[int], float]]]
) -> None:
    """Trains over batches, with a warm-up and then a line to zero.

    Args:
        adapted: the model.
        lower: what the lower layers made of every pair.
        plan: batches of (row of `lower`, target, weight).
    """
    optimizer = torch.optim.AdamW(
        [{"params": adapted.parameters(), "lr": RATE}, {"params": [adapted.head, adapted.bias], "lr": HEAD_RATE}],
        weight_decay=0.01,
    )
    rates = [group["lr"] for group in optimizer.param_groups]
    begun, losses = time.monotonic(), []
    for step, batch in enumerate(plan):
        factor = min(1.0, (step + 1) / WARMUP) * (1 - step / len(plan))
        for group, rate in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * factor
        chances = functional.log_softmax(adapted.logits([lower[i] for i, _, _ in batch], training=True), dim=-1)
        barred = torch.tensor([target for _, target, _ in batch]) == 0
        weights = torch.tensor([weight for _, _, weight in batch])
        missed = -torch.logsumexp(chances.masked_fill(barred, float("-inf")), dim=-1)
        loss = (missed * weights).sum() / weights.sum()
        loss.backward()
        nn.utils.clip_grad_norm_(adapted.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        losses.append(loss.item())
        if (step + 1) % 100 == 0:
            spent = time.monotonic() - begun
            log.info("step %d of %d, loss %.4f, %.0f s", step + 1, len(plan), sum(losses) / len(losses), spent)
            losses.clear()


def planned(
    items: Sequence[tuple[tuple[int, int], Sequence[int], float]], lengths: Sequence[int], epochs: int, seed: int
) -> Iterator[list[tuple[int, Sequence[int], float]]]:
    """Batches over all epochs; each time a pair is seen, chance says which of its two orders.

    Args:
        items: rows of both orders, target, weight.
        lengths: tokens of each row.
        epochs: passes.
        seed: of the order.
    """
    draw = random.Random(seed)
    for _ in range(epochs):
        chosen = [(draw.choice(rows), target, weight) for rows, target, weight in items]
        draw.shuffle(chosen)
        for start in range(0, len(chosen), BATCH * WINDOW):
            pool = sorted(chosen[start : start + BATCH * WINDOW], key=lambda item: lengths[item[0]])
            batches = [pool[i : i + BATCH] for i in range(0, len(pool), BATCH)]
            draw.shuffle(batches)
            yield from batches
