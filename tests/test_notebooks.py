"""The notebooks run from top to bottom, with the bundled models, and show tables and pictures."""
from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

nbformat = pytest.importorskip("nbformat")
pytest.importorskip("nbclient")
pytest.importorskip("ipykernel")
NOTEBOOKS = sorted((Path(__file__).parent.parent / "docs" / "notebooks").glob("*.ipynb"))


def shown(notebook) -> list[set[str]]:
    """For each code cell the kinds of output that it shows: `text/html`, `image/png`, `stream`."""
    return [
        {kind for out in cell.outputs for kind in out.get("data", {"stream": None})}
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]


def test_there_are_two():
    assert [path.stem for path in NOTEBOOKS] == ["first_tour", "three_outlets_one_event"]


@pytest.mark.models
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_runs_and_shows_what_the_stored_one_shows(path):
    from scripts.run_notebooks import executed

    made = executed(path)
    assert shown(made) == shown(nbformat.read(path, as_version=4))
    kinds = Counter(kind for cell in shown(made) for kind in cell)
    assert kinds["text/html"] >= 4
    assert kinds["image/png"] == 1
