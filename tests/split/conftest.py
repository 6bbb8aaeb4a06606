"""One parser for all tests of splitting, and a short way to split a text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from consistency.article import Article
from consistency.split import Split, load_parser, split


@pytest.fixture(scope="session")
def nlp():
    return load_parser()


@pytest.fixture(scope="session")
def read(nlp) -> Callable[..., Split]:
    def run(text: str, **fields) -> Split:
        return split([Article(**{"id": "a", "text": text, **fields})], nlp)

    return run
