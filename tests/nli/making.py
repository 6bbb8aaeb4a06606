"""Small models built on disk."""
from __future__ import annotations

from pathlib import Path

import torch
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace
from tokenizers.processors import TemplateProcessing
from transformers import MPNetConfig, MPNetForSequenceClassification, PreTrainedTokenizerFast

NAMES = {0: "contradiction", 1: "entailment", 2: "neutral"}


def small_mpnet(folder: Path, words: list[str], layers: int = 8) -> Path:
    """A classifier of the family of the bundled model, with random weights."""
    vocabulary = {word: i for i, word in enumerate(["[CLS]", "[PAD]", "[SEP]", "[UNK]", *words])}
    tokenizer = Tokenizer(WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.post_processor = TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B [SEP]", special_tokens=[("[CLS]", 0), ("[SEP]", 2)]
    )
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]",
        model_input_names=["input_ids", "attention_mask"],
    ).save_pretrained(folder)  # fmt: skip
    torch.manual_seed(1)
    config = MPNetConfig(
        vocab_size=len(vocabulary), hidden_size=32, num_hidden_layers=layers, num_attention_heads=2,
        intermediate_size=64, max_position_embeddings=80, pad_token_id=1,
        id2label=NAMES, label2id={v: k for k, v in NAMES.items()},
    )  # fmt: skip
    MPNetForSequenceClassification(config).save_pretrained(folder)
    return folder
