"""Progress bars where somebody watches: in a notebook. Scripts stay silent; the command line draws its own."""
from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from consistency.pipeline import Progress

STAGES = {
    "split": "Splitting articles",
    "analyse": "Analysing claims",
    "encode": "Encoding claims",
    "pair": "Pairing claims",
    "score": "Scoring pairs",
    "relate": "Relating",
    "check": "Checking items",
}


def in_notebook() -> bool:
    """Whether this runs in a notebook's kernel."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return shell is not None and type(shell).__name__ == "ZMQInteractiveShell"


@contextmanager
def watched(given: Progress | None) -> Iterator[Progress]:
    """The progress callback given, else bars in a notebook, else nothing.

    Args:
        given: called with stage, done and total.
    """
    if given is not None or not in_notebook():
        yield given or (lambda stage, done, total: None)
        return
    with warnings.catch_warnings():
        # Without ipywidgets the bar is drawn as text, which is no reason to warn.
        warnings.simplefilter("ignore")
        from tqdm.auto import tqdm
    bars: dict[str, Any] = {}

    def show(stage: str, done: int, total: int | None) -> None:
        if stage not in bars:
            for bar in bars.values():
                bar.close()
            bars[stage] = tqdm(desc=STAGES.get(stage, stage), total=total, leave=False)
        bar = bars[stage]
        bar.total = total
        bar.update(done - bar.n)

    try:
        yield show
    finally:
        for bar in bars.values():
            bar.close()
