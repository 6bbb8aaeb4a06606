"""The sentence reader: an adapter that changes what it names and shares the rest, and which model has one."""
from __future__ import annotations

import hashlib
import json

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from consistency.errors import ModelError
from consistency.nli.adapter import FILE, adapted_weights
from consistency.nli.reader import load_reader, reader_folder
from consistency.nli.scorer import TransformerScorer, bundled_folder, load_scorer
from consistency.nli.weights import folder_digest, settings
from tests.doubles import WordScorer
from tests.nli.making import small_mpnet

WORDS = ["the", "ferry", "bridge", "was", "not", "sank", "opened", "on", "monday", "tuesday", "seven", "nobody", "hurt"]
PAIRS = [("the ferry sank", "the bridge opened on monday"), ("nobody was hurt", "seven hurt on tuesday")]


def written(folder, tensors, **more):
    """An adapter on disk."""
    folder.mkdir(exist_ok=True)
    save_file(tensors, folder / FILE)
    digest = hashlib.sha256((folder / FILE).read_bytes()).hexdigest()
    own = {"name": "some-reader", "scale": 2.0, "max_tokens": 16, "sha256": {FILE: digest}, **more}
    (folder / "consistency.json").write_text(json.dumps(own))
    return folder


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    """A small model, loaded."""
    return TransformerScorer(small_mpnet(tmp_path_factory.mktemp("base"), WORDS), "cpu", allow_unverified=True)


def test_a_low_rank_update_is_added_and_the_rest_is_shared(tmp_path):
    base = {"layer.weight": torch.eye(3), "layer.bias": torch.ones(3), "head.weight": torch.zeros(2, 3)}
    down, up = torch.tensor([[1.0, 0.0, 0.0]]), torch.tensor([[0.0], [0.5], [0.0]])
    tensors = {"layer.weight.down": down, "layer.weight.up": up, "head.weight": torch.ones(2, 3)}
    made = adapted_weights(base, written(tmp_path, tensors))
    assert made["layer.weight"].tolist() == [[1.0, 0.0, 0.0], [1.0, 1.0, 0.0], [0.0, 0.0, 1.0]]
    assert made["head.weight"].tolist() == [[1.0] * 3] * 2
    assert made["layer.bias"] is base["layer.bias"]
    assert base["layer.weight"].equal(torch.eye(3)), "the base stays as it is"


def test_an_adapter_of_another_model_is_an_error(tmp_path):
    folder = written(tmp_path, {"elsewhere.weight": torch.ones(2, 2)})
    with pytest.raises(ModelError, match=r"another model: elsewhere\.weight"):
        adapted_weights({"layer.weight": torch.eye(2)}, folder)


def test_a_changed_or_missing_file_is_an_error(tmp_path):
    folder = written(tmp_path, {"layer.weight": torch.ones(2, 2)}, sha256={FILE: "0" * 64})
    with pytest.raises(ModelError, match="sha256"):
        adapted_weights({"layer.weight": torch.eye(2)}, folder)
    (folder / FILE).unlink()
    with pytest.raises(ModelError, match=f"no {FILE}"):
        adapted_weights({"layer.weight": torch.eye(2)}, folder)


def test_an_adapted_scorer_reads_otherwise_and_its_base_as_before(base, tmp_path):
    before = base.score(PAIRS)
    weight = base._model.state_dict()["classifier.dense.weight"]
    parts = {"classifier.dense.weight.down": torch.ones(1, 32), "classifier.dense.weight.up": torch.ones(32, 1)}
    reader = base.adapted(written(tmp_path, parts))
    assert not np.allclose(reader.score(PAIRS), before, atol=1e-3)
    assert np.array_equal(base.score(PAIRS), before)
    assert reader.name == "some-reader"
    assert reader.sha256 != base.sha256
    assert reader.fingerprint != base.fingerprint
    assert reader.truncated == 0
    shared = reader._model.mpnet.encoder.layer[0].attention.attn.q.weight
    assert shared.data_ptr() == base._model.mpnet.encoder.layer[0].attention.attn.q.weight.data_ptr()
    assert weight.equal(base._model.state_dict()["classifier.dense.weight"])


def test_longer_pairs_are_cut_where_the_adapter_was_taught(base, tmp_path):
    reader = base.adapted(written(tmp_path, {"classifier.out_proj.bias": torch.zeros(3)}))
    reader.score([("the ferry sank " * 10, "the bridge opened")])
    assert reader.truncated == 1


def test_a_model_without_an_adapter_reads_sentences_itself(base):
    assert load_reader(base) is base
    double = WordScorer()
    assert load_reader(double) is double


@pytest.mark.models
def test_the_bundled_reader_tells_conflicts_that_stand_in_long_sentences():
    scorer = load_scorer()
    reader = load_reader(scorer)
    assert reader.name == "sentence-reader"
    assert settings(reader_folder())["base_sha256"] == folder_digest(bundled_folder())
    a = "The harbour office said on Friday that the ferry had sunk with all its cars, and that 14 people were missing."
    pairs = [
        (a, "Contrary to what the harbour office had said, the ferry never sank and nobody was missing."),
        (a, "Local schools held their summer fair in the park, with music and cakes."),
    ]
    conflict = reader.score(pairs)[:, 2]
    assert conflict[0] > 0.5 > conflict[1]
