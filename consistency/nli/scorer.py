"""NLI scorers: pairs of texts to probabilities, behind one small protocol."""
from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from copy import copy
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from consistency.errors import ModelError
from consistency.fingerprint import fingerprint, folder_of
from consistency.nli.adapter import adapted_weights
from consistency.nli.golden import GOLDEN, NEEDED
from consistency.nli.weights import folder_digest, is_row_quantised, read_rows, settings

if TYPE_CHECKING:
    import numpy as np

LABELS = ("entailment", "neutral", "contradiction")
# Padded lengths are multiples of this, so that a pair's own length alone decides what it is padded to.
BUCKET = 8
# Pairs a batch, by kind of device. A batch always has exactly so many rows, filled up with repeats: in half precision
# the sums of a row come out a little different with another number of rows beside it.
ROWS = {"cpu": 8, "cuda": 64}
# Raised when the scores of one model change by anything but its files: what stores keep is then scored anew.
VERSION = "1"


class NLIScorer(Protocol):
    """Scores pairs of texts.

    Attributes:
        name: what it is called in the report.
        sha256: digest of its weights, or None when unknown.
        backend: how it runs (`torch float32`).
        truncated: pairs so far that were longer than the model reads.
        verified: whether it got the golden pairs right.
        fingerprint: digest of all that decides its scores, or None when unknown: then no store keeps them.
    """

    name: str
    sha256: str | None
    backend: str
    fingerprint: str | None
    truncated: int
    verified: bool

    def score(
        self, pairs: Sequence[tuple[str, str]], progress: Callable[[int], None] | None = None
    ) -> np.ndarray:
        """Calibrated probabilities.

        Args:
            pairs: n pairs (premise, hypothesis).
            progress: called with the number of pairs just done.

        Returns:
            float array (n, 3): entailment, neutral, contradiction; rows sum to one.
        """
        ...


class TransformerScorer:
    """Any transformers sequence-classification model with the three NLI labels, or a sentence-transformers
    CrossEncoder, by local folder or Hugging Face id; also the bundled format.

    Args:
        model: local folder or id.
        device: `auto`, `cpu` or `cuda`.
        rows_per_batch: pairs a batch; None for what suits the device.
        allow_unverified: go on when the golden pairs fail.
        precision: `float32` or `bfloat16`; None for what the processor does natively.

    Raises:
        ModelError: not a model folder, labels that are unnamed or not the three of NLI, lost special tokens, or failed
            golden pairs.
    """

    def __init__(
        self,
        model: str | Path,
        device: str = "auto",
        rows_per_batch: int | None = None,
        allow_unverified: bool = False,
        precision: str | None = None,
    ):
        import torch

        self._torch = torch
        self._device = ("cuda" if torch.cuda.is_available() else "cpu") if device == "auto" else device
        self._rows_per_batch = rows_per_batch or ROWS.get(self._device.split(":")[0], ROWS["cpu"])
        folder = Path(model)
        local = folder.is_dir()
        if not local and (folder.exists() or folder.is_absolute() or str(model).startswith(".")):
            raise ModelError("no such model folder", where=str(model), how="give a folder with config.json")
        if local and not (folder / "config.json").is_file():
            raise ModelError("not a model folder: it has no config.json", where=str(model))
        self._tokenizer, self._model = self._read(str(model), local)
        self._columns = label_columns(self._model.config, str(model))
        self._model.to(self._device).eval()
        precision = precision or precision_of(self._device)
        if precision == "bfloat16":
            self._model.bfloat16()
        own = settings(folder) if local else {}
        self._temperature = float(own.get("temperature", 1.0))
        limit = getattr(self._model.config, "max_position_embeddings", 512) or 512
        self._max_tokens = min(512, int(own.get("max_tokens", 512)), limit - 2 if limit > 512 else limit)
        self._check_special_tokens(str(model))
        self.name = own.get("name", str(model))
        self.sha256 = folder_digest(folder) if local else None
        self.backend = f"torch {precision} {self._device}"
        self.fingerprint = fingerprint(folder_of(model), self.backend, VERSION)
        self.truncated = 0
        self.verified = self._self_check(str(model), allow_unverified)

    def _read(self, model: str, local: bool) -> tuple[Any, Any]:
        from transformers import AutoConfig, AutoModelForSequenceClassification, AutoTokenizer
        from transformers.utils import logging as hub_logging

        hub_logging.disable_progress_bar()
        try:
            tokenizer = AutoTokenizer.from_pretrained(model, local_files_only=local)
            if local and is_row_quantised(Path(model)):
                network = _network(AutoConfig.from_pretrained(model), read_rows(Path(model)), model)
            else:
                network = AutoModelForSequenceClassification.from_pretrained(
                    model, local_files_only=local, dtype=self._torch.float32
                )
        except ModelError:
            raise
        except Exception as error:
            line = (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
            raise ModelError(
                f"not an NLI model that can be loaded: {line}",
                where=model,
                how="give a folder or Hugging Face id of a sequence-classification model",
            ) from error
        return tokenizer, network

    def adapted(self, folder: Path) -> TransformerScorer:
        """This model with an adapter: another scorer, which shares what the adapter leaves alone.

        Its columns mean what the adapter was trained for; golden pairs do not tell whether it works, its digest does.

        Args:
            folder: see `consistency.nli.adapter.adapted_weights`.

        Raises:
            ModelError: the adapter cannot be read or is made for another model.
        """
        made, own = copy(self), settings(folder)
        made._model = _network(self._model.config, adapted_weights(self._model.state_dict(), folder), str(folder))
        made._model.to(self._device).eval()
        made._temperature, made._max_tokens = float(own.get("temperature", 1.0)), int(own["max_tokens"])
        made.name, made.sha256, made.truncated = own["name"], folder_digest(folder), 0
        made.fingerprint = fingerprint(folder, self.fingerprint) if self.fingerprint else None
        return made

    def _check_special_tokens(self, where: str) -> None:
        ids = self._tokenizer("a", "b")["input_ids"]
        special = set(self._tokenizer.all_special_ids)
        # A pair needs a separator between and a token at its end; some tokenizers lose them on conversion.
        if sum(i in special for i in ids) < 2:
            raise ModelError("its tokenizer adds no special tokens to a pair", where=where, how="upgrade transformers")

    def _self_check(self, where: str, allow: bool) -> bool:
        scores = self.score([(premise, hypothesis) for premise, hypothesis, _ in GOLDEN])
        right = sum(
            LABELS[int(row.argmax())] == label for row, (_, _, label) in zip(scores, GOLDEN, strict=True)
        )
        if right < NEEDED and not allow:
            raise ModelError(
                f"it gets {right} of {len(GOLDEN)} golden pairs right, {NEEDED} are needed",
                where=where,
                how="is it an NLI model, with the right label names? --allow-unverified-model goes on all the same",
            )
        return right >= NEEDED

    def score(
        self, pairs: Sequence[tuple[str, str]], progress: Callable[[int], None] | None = None
    ) -> np.ndarray:
        """See `NLIScorer.score`. Equal pairs are scored once; batches are of one padded length and one size."""
        import numpy as np

        unique = list(dict.fromkeys(pairs))
        row = {pair: i for i, pair in enumerate(unique)}
        out = np.zeros((len(unique), 3))
        for indexes, encoded in self._batches(unique):
            with self._torch.inference_mode():
                logits = self._model(**encoded.to(self._device)).logits.float()[: len(indexes), self._columns]
            out[indexes] = self._torch.softmax(logits / self._temperature, dim=-1).cpu().numpy()
            if progress:
                progress(len(indexes))
        return out[[row[pair] for pair in pairs]]

    def _batches(self, pairs: list[tuple[str, str]]) -> Iterator[tuple[list[int], Any]]:
        """Batches of pairs whose padded lengths are equal, shortest first, with the rows that fill them up."""
        if not pairs:
            return
        encoded = self._tokenizer(
            [premise for premise, _ in pairs],
            [hypothesis for _, hypothesis in pairs],
            truncation="longest_first",
            max_length=self._max_tokens,
        )
        lengths = [len(ids) for ids in encoded["input_ids"]]
        self.truncated += sum(length >= self._max_tokens for length in lengths)
        padded = [-(-length // BUCKET) * BUCKET for length in lengths]
        order = sorted(range(len(pairs)), key=lambda i: (padded[i], pairs[i]))
        start = 0
        while start < len(order):
            width = padded[order[start]]
            part = [i for i in order[start : start + self._rows_per_batch] if padded[i] == width]
            start += len(part)
            full = part + part[:1] * (self._rows_per_batch - len(part))
            rows = [{key: encoded[key][i] for key in encoded} for i in full]
            yield part, self._tokenizer.pad(rows, padding="max_length", max_length=width, return_tensors="pt")


def label_columns(config: Any, where: str) -> list[int]:
    """Columns of entailment, neutral and contradiction in a model's output, by label name.

    Args:
        config: a transformers configuration.
        where: the model, for the error.

    Raises:
        ModelError: labels are unnamed, two-class or other than those of NLI.
    """
    names = {str(name).lower().replace("-", "_"): int(i) for i, name in (config.id2label or {}).items()}
    found = []
    for label in LABELS:
        match = [i for name, i in names.items() if name == label or name.startswith(label[:6])]
        if len(match) == 1:
            found.append(match[0])
    if len(found) != 3 or len(names) != 3:
        raise ModelError(
            f"its labels are {', '.join(map(str, (config.id2label or {}).values()))}; "
            "entailment, neutral and contradiction are needed by name",
            where=where,
            how="set id2label in its config.json",
        )
    return found


def precision_of(device: str) -> str:
    """Precision by what the processor does natively, never by a timing.

    Half precision is slower than float32 where it is emulated. Where it is native, scores do not depend on order or
    batch size, because every pair is padded to a length that is its own.
    """
    import torch

    capabilities: dict[str, Any] = getattr(torch.cpu, "get_capabilities", dict)()
    if device == "cpu" and (capabilities.get("avx512_bf16") or capabilities.get("amx_bf16")):
        return "bfloat16"
    return "float32"


def _network(config: Any, weights: dict[str, Any], where: str) -> Any:
    """A classification model that holds the given tensors themselves.

    Raises:
        ModelError: a weight is not among them.
    """
    import torch
    from transformers import AutoModelForSequenceClassification

    with torch.device("meta"):
        network = AutoModelForSequenceClassification.from_config(config)
    network = network.to_empty(device="cpu")
    _materialise_buffers(network)
    missing = network.load_state_dict(weights, strict=False, assign=True).missing_keys
    if lost := sorted(set(missing) & {name for name, _ in network.named_parameters()}):
        raise ModelError(f"weights are missing: {', '.join(lost[:3])}", where=where, how="reinstall")
    return network


def _materialise_buffers(network: Any) -> None:
    """Position indexes are no weights and are in no file: set them after building a model without memory."""
    import torch

    for name, buffer in network.named_buffers():
        if name.endswith("position_ids"):
            buffer.copy_(torch.arange(buffer.shape[-1]).expand_as(buffer))
        elif name.endswith("token_type_ids"):
            buffer.zero_()


def bundled_folder() -> Path:
    """Folder of the bundled model.

    Raises:
        ModelError: this install has no such model.
    """
    folder = Path(str(files("consistency") / "models" / "nli-base"))
    if not (folder / "config.json").is_file():
        raise ModelError("no bundled model nli-base", how="give one with --nli FOLDER or reinstall fact-consistency")
    return folder


def load_scorer(
    model: str | None = None, device: str = "auto", allow_unverified: bool = False, precision: str | None = None
) -> TransformerScorer:
    """The NLI model by folder or id, or the bundled one.

    Args:
        model: folder, Hugging Face id, or None for the bundled model.
        device: `auto`, `cpu` or `cuda`.
        allow_unverified: go on with a model that fails the golden pairs.
        precision: `float32` or `bfloat16`; None for what the processor does natively.

    Raises:
        ModelError: see `TransformerScorer`.
    """
    folder = bundled_folder() if model is None else model
    return TransformerScorer(folder, device, allow_unverified=allow_unverified, precision=precision)
