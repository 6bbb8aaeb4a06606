"""Progress: what is given is called, a notebook gets bars, a script nothing."""
from __future__ import annotations

import sys
import types

from consistency.progress import in_notebook, watched


class ZMQInteractiveShell:
    """Stands for the shell of a notebook's kernel; it is known by its name."""


def notebook(monkeypatch):
    monkeypatch.setitem(sys.modules, "IPython", types.SimpleNamespace(get_ipython=ZMQInteractiveShell))


def test_what_is_given_is_called_and_draws_nothing(monkeypatch, capsys):
    notebook(monkeypatch)
    seen = []
    with watched(lambda *step: seen.append(step)) as show:
        show("split", 1, 2)
    assert seen == [("split", 1, 2)]
    assert capsys.readouterr() == ("", "")


def test_a_script_stays_silent(capsys):
    assert not in_notebook()
    with watched(None) as show:
        show("split", 1, 2)
    assert capsys.readouterr() == ("", "")


def test_a_notebook_gets_a_bar_for_each_stage(monkeypatch, capsys):
    notebook(monkeypatch)
    with watched(None) as show:
        show("split", 1, 2)
        show("encode", 5, None)
    told = capsys.readouterr().err
    assert "Splitting articles" in told
    assert "Encoding claims" in told
