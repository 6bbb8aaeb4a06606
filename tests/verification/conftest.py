"""Fixtures for verifying: weights that do not change with the NLI model."""
from __future__ import annotations

import pytest

from consistency.verification import judge

SUPPORTED = {"bias": 0.5, "entailed": 0.8, "entailed_by_window": 0.4, "contradicted": -0.4, "words_missing": -2.0}
CONTRADICTED = {"bias": -1.0, "contradicted": 0.5, "figure_differs": 4.0, "date_differs": 4.0, "words_missing": -1.0}


@pytest.fixture(autouse=True)
def fixed_weights(monkeypatch):
    """Small weights, so that tests see the stage and not a fit."""
    monkeypatch.setattr(judge, "weights", lambda: {"supported": SUPPORTED, "contradicted": CONTRADICTED})
