"""The training: what the mix leaves out, what the loss allows, that a stopped run goes on, what is exported."""
from __future__ import annotations

import gzip
import hashlib
import json
import math

import pytest
import torch
from nli.export import export, quantise, shards
from nli.loop import Run, loss_of, train
from nli.mix import ALLOWED, batches, detokenise, dev_texts, draw, normalise
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace
from tokenizers.processors import TemplateProcessing
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

from consistency.nli.scorer import TransformerScorer

WORDS = ["a", "man", "woman", "child", "reads", "sings", "sleeps", "walks", "not", "in", "the", "park", "today"]


def write(path, rows):
    """Rows as gzipped JSON lines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)


def row(premise, hypothesis, label="entailment"):
    """One labelled pair."""
    return {"premise": premise, "hypothesis": hypothesis, "label": label}


@pytest.mark.parametrize(
    ("tokens", "text"),
    [
        ("The city -LRB- founded in 1850 -RRB- grew .", "The city (founded in 1850) grew."),
        ("He did n't go , she said .", "He didn't go, she said."),
        ("It cost 1 , 500 dollars .", "It cost 1,500 dollars."),
        ("Nothing  to   mend here.", "Nothing to mend here."),
    ],
)
def test_tokenised_text_is_mended(tokens, text):
    assert detokenise(tokens) == text


def test_pairs_that_stand_in_a_dev_set_are_left_out_in_any_tokenisation(tmp_path):
    long = "The committee of the northern district met on a rainy Tuesday morning."
    write(tmp_path / "nli/dev/some.jsonl.gz", [row(long, "It rained."), row("Short.", "Pair.")])
    write(
        tmp_path / "nli/train/mix.jsonl.gz",
        [
            row(long.replace(".", " ."), "Something else happened."),
            row("Pair .", "Short ."),
            row("A new premise.", "A new hypothesis."),
            row("A new premise.", "A new hypothesis."),
        ],
    )
    drawn, told = draw({"nli/train/mix": 10}, tmp_path, {}, 1, dev_texts(tmp_path), set())
    assert [e.premise for e in drawn] == ["A new premise."]
    assert told["nli/train/mix"] == {"drawn": 1, "in_dev": 2, "repeated": 1}


def test_a_longer_draw_holds_the_shorter_one(tmp_path):
    write(tmp_path / "nli/train/mix.jsonl.gz", [row(f"Premise {i}.", f"Hypothesis {i}.") for i in range(40)])
    (tmp_path / "nli/dev").mkdir()
    few, many = (
        {e.premise for e in draw({"nli/train/mix": n}, tmp_path, {}, 5, dev_texts(tmp_path), set())[0]} for n in (5, 20)
    )
    assert few < many


def test_normalising_joins_tokenisations():
    assert normalise("He did n't -- go !") == normalise("He didn't go")


@pytest.mark.parametrize(
    ("label", "p"), [("entailment", 0.5), ("not_entailment", 0.5), ("not_contradiction", 0.8), ("contradiction", 0.2)]
)
def test_the_loss_asks_only_for_what_the_label_says(label, p):
    logits = torch.log(torch.tensor([[0.5, 0.3, 0.2]]))
    assert loss_of(logits, torch.tensor([ALLOWED[label]]).float()).item() == pytest.approx(-math.log(p), abs=1e-5)


def test_batches_hold_every_example_once_and_lengths_are_close():
    lengths = [i * 7 % 100 for i in range(333)]
    made = batches([None] * 333, lengths, 8, seed=2)
    assert sorted(i for batch in made for i in batch) == list(range(333))
    assert sum(max(lengths[i] for i in b) - min(lengths[i] for i in b) for b in made) / len(made) < 10
    assert made == batches([None] * 333, lengths, 8, seed=2)


def test_rows_survive_quantising_to_one_part_in_254_of_their_maximum():
    weight = torch.randn(64, 128)
    made = quantise({"w": weight, "b": torch.randn(64)})
    back = made["w"].float() * made["w.scale"][:, None]
    assert ((back - weight).abs() <= weight.abs().amax(dim=1, keepdim=True) / 254 + 1e-6).all()
    assert made["b"].dtype == torch.float16


def test_shards_hold_all_tensors(monkeypatch):
    monkeypatch.setattr("nli.export.SHARD_BYTES", 1000)
    tensors = {f"t{i}": torch.zeros(200, dtype=torch.int8) for i in range(12)}
    parts = shards(tensors)
    assert len(parts) == 3
    assert {name for part in parts for name in part} == set(tensors)


@pytest.fixture
def small(tmp_path):
    """A tiny pretrained model, data and a configuration."""
    vocabulary = {word: i for i, word in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *WORDS])}
    tokenizer = Tokenizer(WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.post_processor = TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    start = tmp_path / "start"
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]"
    ).save_pretrained(start)
    torch.manual_seed(0)
    BertModel(
        BertConfig(
            vocab_size=len(vocabulary), hidden_size=32, num_hidden_layers=2, num_attention_heads=2,
            intermediate_size=64, max_position_embeddings=64,
        )
    ).save_pretrained(start)
    names = ("entailment", "neutral", "contradiction")
    pairs = [row(f"a {a} {v} in the park", f"the {b} {v} today", names[(i + j) % 3])
             for i, a in enumerate(WORDS[1:4]) for j, b in enumerate(WORDS[1:4]) for v in WORDS[4:8]]  # fmt: skip
    write(tmp_path / "nli/train/one.jsonl.gz", pairs)
    write(tmp_path / "news.jsonl.gz", [row("a man sleeps", "a man not sleeps", "contradiction")] * 1)
    (tmp_path / "nli/dev").mkdir()
    config = {
        "name": "small", "seed": 3, "frozen_layers": 1, "dropout": 0.1, "max_tokens": 32, "batch_size": 4,
        "start_from_sha256": hashlib.sha256((start / "model.safetensors").read_bytes()).hexdigest(),
        "schedule": {
            "learning_rate": 1e-3, "classifier_learning_rate": 1e-3, "warmup_steps": 2, "weight_decay": 0.0,
            "checkpoint_minutes": 60, "evaluate_minutes": 60,
        },
        "stable": {"nli/train/one": 24},
        "decay": {"news": 5, "nli/train/one": 8},
    }  # fmt: skip
    return config, tmp_path, start


def test_a_run_goes_through_both_stages_and_its_export_is_read_by_the_package(small, monkeypatch):
    config, folder, start = small
    monkeypatch.setattr("nli.loop.evaluate", lambda *a, **k: {})
    work = folder / "work"
    train(config, folder, start, work, {"news": folder / "news.jsonl.gz"}, "cpu", 1)
    state = json.loads((work / "final/state.json").read_text())
    assert state["stage"] == "done"
    assert state["pairs"] == 24 + 9
    settings = export(config, work, folder / "bundled")
    assert set(settings["sha256"]) == {path.name for path in (folder / "bundled").glob("*.safetensors")}
    scorer = TransformerScorer(folder / "bundled", "cpu", allow_unverified=True)
    assert scorer.name == "small"
    assert scorer.score([("a man sleeps", "a man walks")]).shape == (1, 3)


def test_a_stopped_run_goes_on_where_it_was(small):
    config, folder, start = small
    work = folder / "work"
    examples, _ = draw({"nli/train/one": 8}, folder, {}, 1, dev_texts(folder), set())
    first = Run(config, start, work, "cpu")
    first.step(examples)
    first.state |= {"batch": 1, "step": 1, "pairs": 8}
    first.save()
    again = Run(config, start, work, "cpu")
    assert again.state == first.state
    torch.manual_seed(1)
    first.step(examples)
    torch.manual_seed(1)
    again.step(examples)
    for (name, one), (_, other) in zip(
        first.model.named_parameters(), again.model.named_parameters(), strict=True
    ):
        assert torch.allclose(one, other, atol=1e-6), name


def test_other_weights_than_the_named_ones_are_refused(small):
    config, folder, start = small
    with pytest.raises(SystemExit, match="sha256"):
        Run(config | {"start_from_sha256": "0" * 64}, start, folder / "work", "cpu")
