"""Threads follow the processors that a process may use."""
from __future__ import annotations

import os

import pytest
import torch

import consistency.threads
from consistency.errors import ConsistencyError
from consistency.options import Options
from consistency.threads import processors, set_threads


@pytest.fixture
def container(monkeypatch, tmp_path):
    """Eight processors, and a container's limit as given."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: set(range(8)), raising=False)
    monkeypatch.setattr(consistency.threads, "CGROUP", tmp_path / "cpu.max")
    return lambda text: (tmp_path / "cpu.max").write_text(text)


@pytest.mark.parametrize(
    ("limit", "there"),
    [(None, 8), ("max 100000", 8), ("200000 100000", 2), ("150000 100000", 2), ("50000 100000", 1), ("x", 8)],
)
def test_processors(container, limit, there):
    if limit is not None:
        container(limit)
    assert processors() == there


@pytest.mark.parametrize(("wanted", "variable", "set_to"), [(3, "1", 3), (0, "1", None), (0, None, 2)])
def test_what_was_asked_comes_first_then_the_variable_then_what_is_there(
    container, monkeypatch, wanted, variable, set_to
):
    container("200000 100000")
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    if variable:
        monkeypatch.setenv("OMP_NUM_THREADS", variable)
    told = []
    monkeypatch.setattr(torch, "set_num_threads", told.append)
    monkeypatch.setattr(torch, "get_num_threads", lambda: 4)
    set_threads(wanted)
    assert told == ([set_to] if set_to else [])


def test_a_negative_number_is_refused():
    with pytest.raises(ConsistencyError, match="threads"):
        Options(threads=-1)
