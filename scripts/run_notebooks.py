"""Executes the notebooks of docs/notebooks in place, so that they show what this version finds: `make notebooks`."""
from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient

FOLDER = Path(__file__).parent.parent / "docs" / "notebooks"


def executed(path: Path) -> nbformat.NotebookNode:
    """A notebook run from top to bottom in its own folder, without progress bars and the marks of one run.

    Args:
        path: the notebook.

    Returns:
        The notebook with its outputs.

    Raises:
        nbclient.exceptions.CellExecutionError: a cell raised.
    """
    notebook = nbformat.read(path, as_version=4)
    with TemporaryDirectory() as folder:
        # Between processes of one machine no network port is needed.
        kernel = AsyncKernelManager(transport="ipc", connection_file=f"{folder}/kernel.json")
        client = NotebookClient(
            notebook, km=kernel, timeout=1800, startup_timeout=300, resources={"metadata": {"path": str(path.parent)}}
        )
        # Times would differ in every run.
        client.record_timing = False
        client.execute()
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = [out for out in cell.outputs if out.get("name") != "stderr"]
    notebook.metadata.language_info = {"name": "python"}
    return notebook


def main() -> None:
    """Executes all notebooks and writes them back."""
    for path in sorted(FOLDER.glob("*.ipynb")):
        print(path.name, flush=True)
        nbformat.write(executed(path), path)


if __name__ == "__main__":
    main()
