"""The notebooks run from top to bottom, with the bundled models, and show tables and pictures."""
from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

pytest.importorskip("nbformat")
pytest.importorskip("nbclient")
pytest.importorskip("ipykernel")
NOTEBOOKS = sorted((Path(__file__).parent.parent / "docs" / "notebooks").glob("*.ipynb"))


def test_there_are_two():
    assert [path.stem for path in NOTEBOOKS] == ["first_tour", "three_outlets_one_event"]


@pytest.mark.models
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_runs_from_top_to_bottom_and_shows_tables_and_pictures(path):
    from scripts.run_notebooks import executed

    cells = [cell for cell in executed(path).cells if cell.cell_type == "code"]
    # Each cell ends in something to look at: all but their prints come as a value.
    assert all(cell.outputs for cell in cells)
    kinds = Counter(kind for cell in cells for out in cell.outputs for kind in out.get("data", {}))
    assert kinds["text/html"] >= 4
    assert kinds["image/png"] == 1
