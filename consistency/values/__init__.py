"""Figures and dates of news text as values, and comparing them."""

from __future__ import annotations

from consistency.values.compare import FIXED_UNITS, can_grow, compare_dates, compare_quantities
from consistency.values.counted import counted_key, split_of
from consistency.values.dates import find_dates
from consistency.values.quantities import find_quantities

__all__ = [
    "FIXED_UNITS",
    "can_grow",
    "compare_dates",
    "compare_quantities",
    "counted_key",
    "find_dates",
    "find_quantities",
    "split_of",
]
