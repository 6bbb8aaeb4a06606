"""The parser, loaded once for all tests of values, and short makers of figures and dates."""
from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from consistency.split.parser import load_parser


@pytest.fixture(scope="session")
def parse() -> Callable[[str], Doc]:
    """Text -> parsed doc; one text is parsed once."""
    nlp = load_parser()
    done: dict[str, Doc] = {}

    def parsed(text: str) -> Doc:
        if text not in done:
            done[text] = nlp(text)
        return done[text]

    return parsed
