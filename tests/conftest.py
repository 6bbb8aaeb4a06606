"""Fixtures for all tests: no network, doubles for the models."""
from __future__ import annotations

import pytest

from consistency.options import Options
from consistency.pipeline import Models
from consistency.split import load_parser
from tests.doubles import WordEncoder, WordScorer


@pytest.fixture(scope="session")
def nlp():
    """The default parser, loaded once."""
    return load_parser()


@pytest.fixture
def models(nlp):
    """The real parser with doubles for encoder and NLI model."""
    return Models(Options(), nlp, WordEncoder(), WordScorer())


@pytest.fixture
def doubled(monkeypatch, nlp):
    """Makes commands and functions that load models get the doubles."""
    monkeypatch.setattr("consistency.pipeline.load_parser", lambda name=None: nlp)
    monkeypatch.setattr("consistency.pipeline.SentenceEncoder", lambda *a, **k: WordEncoder())
    monkeypatch.setattr("consistency.pipeline.load_scorer", lambda *a, **k: WordScorer())
