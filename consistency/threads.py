"""Threads: how many processors this process may use, which is not always how many the machine has."""
from __future__ import annotations

import os
from math import ceil
from pathlib import Path

# Where Linux says how much processor time a container may take: "quota period" in microseconds, or "max period".
CGROUP = Path("/sys/fs/cgroup/cpu.max")


def processors() -> int:
    """Processors that this process may use: by its affinity, and by its container's share."""
    affinity = getattr(os, "sched_getaffinity", None)
    there = len(affinity(0)) if affinity else os.cpu_count() or 1
    try:
        quota, period = CGROUP.read_text(encoding="ascii").split()
        there = min(there, ceil(int(quota) / int(period)))
    except (OSError, ValueError):  # no container, no limit, or another system
        pass
    return max(1, there)


def set_threads(wanted: int) -> None:
    """Sets torch's threads.

    A container limited to two processors of a large machine would otherwise run dozens of threads that wait for one
    another.

    Args:
        wanted: how many; 0 for what `OMP_NUM_THREADS` says, or else for the processors there are.
    """
    if not wanted and "OMP_NUM_THREADS" in os.environ:
        return
    import torch

    torch.set_num_threads(wanted or min(processors(), torch.get_num_threads()))
