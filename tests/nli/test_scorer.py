"""NLI models by folder: labels by name, self-check, batching that changes nothing, the bundled format."""
from __future__ import annotations

import json

import numpy as np
import pytest
import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace
from tokenizers.processors import TemplateProcessing
from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

from consistency.errors import ModelError
from consistency.nli.golden import GOLDEN
from consistency.nli.scorer import TransformerScorer, label_columns, load_scorer

WORDS = sorted({word for pair in GOLDEN for text in pair[:2] for word in text.replace(".", " .").split()} | {"a", "b"})
NAMES = {0: "contradiction", 1: "entailment", 2: "neutral"}


@pytest.fixture(scope="module")
def make_model(tmp_path_factory):
    """Builds a tiny BERT classifier on disk and returns its folder."""

    def make(names=NAMES, special=True):
        folder = tmp_path_factory.mktemp("model")
        vocabulary = {word: i for i, word in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *WORDS])}
        tokenizer = Tokenizer(WordLevel(vocabulary, unk_token="[UNK]"))
        tokenizer.pre_tokenizer = Whitespace()
        if special:
            tokenizer.post_processor = TemplateProcessing(
                single="[CLS] $A [SEP]",
                pair="[CLS] $A [SEP] $B:1 [SEP]:1",
                special_tokens=[("[CLS]", 2), ("[SEP]", 3)],
            )
        fast = PreTrainedTokenizerFast(
            tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]"
        )
        fast.save_pretrained(folder)
        torch.manual_seed(1)
        config = BertConfig(
            vocab_size=len(vocabulary), hidden_size=32, num_hidden_layers=2, num_attention_heads=2,
            intermediate_size=64, max_position_embeddings=64, id2label=names, label2id={v: k for k, v in names.items()},
        )  # fmt: skip
        BertForSequenceClassification(config).save_pretrained(folder)
        return folder

    return make


def test_probabilities_sum_to_one_in_the_order_of_the_labels(make_model):
    scorer = TransformerScorer(make_model(), "cpu", allow_unverified=True)
    rows = scorer.score([("A man .", "A woman ."), ("The minister .", "Nobody .")])
    assert rows.shape == (2, 3)
    assert np.allclose(rows.sum(axis=1), 1)


def test_labels_are_read_by_name(make_model):
    # The same weights under other names: the columns move with the names.
    first = TransformerScorer(make_model(), "cpu", allow_unverified=True)
    renamed = make_model({0: "ENTAILMENT", 1: "neutral", 2: "Contradiction"})
    second = TransformerScorer(renamed, "cpu", allow_unverified=True)
    pair = [("A man is playing the guitar on a stage.", "Nobody was hurt in the accident.")]
    one, other = first.score(pair)[0], second.score(pair)[0]
    assert np.allclose(one[[2, 0, 1]], other[[0, 1, 2]], atol=1e-6)
    assert not np.allclose(one, other, atol=1e-4)


@pytest.mark.parametrize(
    "names",
    [
        {0: "LABEL_0", 1: "LABEL_1", 2: "LABEL_2"},
        {0: "entailment", 1: "not_entailment"},
        {0: "entailment", 1: "neutral", 2: "contradiction", 3: "other"},
        {0: "positive", 1: "neutral", 2: "negative"},
    ],
)
def test_other_labels_are_an_error_that_names_them(names):
    config = type("Config", (), {"id2label": names})
    with pytest.raises(ModelError, match="labels are"):
        label_columns(config, "somewhere")


def test_failed_golden_pairs_are_an_error_unless_allowed(make_model):
    folder = make_model()
    with pytest.raises(ModelError, match="golden pairs"):
        TransformerScorer(folder, "cpu")
    assert TransformerScorer(folder, "cpu", allow_unverified=True).verified is False


def test_lost_special_tokens_are_an_error(make_model):
    with pytest.raises(ModelError, match="special tokens"):
        TransformerScorer(make_model(special=False), "cpu", allow_unverified=True)


@pytest.mark.parametrize(("name", "said"), [("missing", "no such model folder"), ("empty", "not a model folder")])
def test_a_folder_that_is_no_model(tmp_path, name, said):
    (tmp_path / "empty").mkdir()
    with pytest.raises(ModelError, match=said):
        TransformerScorer(tmp_path / name)


@pytest.mark.parametrize("precision", ["float32", "bfloat16"])
def test_order_and_company_change_nothing(make_model, precision):
    rng = np.random.default_rng(3)
    texts = [" ".join(rng.choice(WORDS, size=rng.integers(2, 18))) for _ in range(40)]
    pairs = [(a, b) for a, b in zip(texts[:20], texts[20:], strict=True)]
    scorer = TransformerScorer(make_model(), "cpu", allow_unverified=True, precision=precision)
    alone = np.concatenate([scorer.score([pair]) for pair in pairs])
    assert np.array_equal(scorer.score(pairs), alone)
    assert np.array_equal(scorer.score(pairs[::-1])[::-1], alone)


def test_all_batches_have_one_shape_for_their_length(make_model):
    scorer = TransformerScorer(make_model(), "cpu", rows_per_batch=4, allow_unverified=True)
    pairs = [(" ".join(WORDS[: 1 + n % 9]), " ".join(WORDS[: 1 + n % 5])) for n in range(23)]
    done = []
    for indexes, encoded in scorer._batches(pairs):
        assert encoded["input_ids"].shape[0] == 4
        assert encoded["input_ids"].shape[1] % 8 == 0
        done.extend(indexes)
    assert sorted(done) == list(range(23))


def test_long_pairs_are_cut_and_counted(make_model):
    scorer = TransformerScorer(make_model(), "cpu", allow_unverified=True)
    before = scorer.truncated
    scorer.score([("A man . " * 60, "A woman .")])
    assert scorer.truncated == before + 1


def test_equal_pairs_are_scored_once(make_model):
    scorer = TransformerScorer(make_model(), "cpu", allow_unverified=True)
    seen = []
    rows = scorer.score([("A man .", "A woman .")] * 5, progress=seen.append)
    assert sum(seen) == 1
    assert len(np.unique(rows, axis=0)) == 1


def test_no_pairs(make_model):
    assert TransformerScorer(make_model(), "cpu", allow_unverified=True).score([]).shape == (0, 3)


def test_the_bundled_format_gives_nearly_the_same_scores(make_model, tmp_path):
    folder = make_model()
    model = BertForSequenceClassification.from_pretrained(folder)
    tensors = {}
    for name, value in model.state_dict().items():
        if value.ndim == 2:
            scale = value.abs().amax(dim=1) / 127
            tensors[name] = (value / scale[:, None]).round().to(torch.int8)
            tensors[f"{name}.scale"] = scale
        else:
            tensors[name] = value.half() if value.is_floating_point() else value
    for path in folder.iterdir():
        if path.suffix == ".json":
            (tmp_path / path.name).write_bytes(path.read_bytes())
    save_file(tensors, tmp_path / "model-01-of-01.int8.safetensors")
    pairs = [(p, h) for p, h, _ in GOLDEN]
    full = TransformerScorer(folder, "cpu", allow_unverified=True).score(pairs)
    small = TransformerScorer(tmp_path, "cpu", allow_unverified=True).score(pairs)
    assert np.abs(full - small).max() < 0.02

    (tmp_path / "consistency.json").write_text(json.dumps({"sha256": {"model-01-of-01.int8.safetensors": "0" * 64}}))
    with pytest.raises(ModelError, match="sha256"):
        TransformerScorer(tmp_path, "cpu", allow_unverified=True)


@pytest.mark.models
def test_the_bundled_model_passes_its_golden_pairs():
    scorer = load_scorer()
    assert scorer.verified
    assert scorer.sha256
