"""Faults of claim sets: each with file, line and item, all of them at once."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from consistency.errors import InputError


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is wrong in a claim set.

    Attributes:
        path: the file, or a word for what came from Python.
        line: the line it stands at, 0 when there is none.
        item: id of the item, "" when it is not about one.
        what: what is wrong.
        how: how to mend it.
    """

    path: str
    line: int
    item: str
    what: str
    how: str = ""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        item = f" item {self.item}:" if self.item else ""
        return f"{place}:{item} {self.what}" + (f" ({self.how})" if self.how else "")


class ClaimSetError(InputError):
    """Claim sets that cannot be used.

    Args:
        faults: all that is wrong with them, at least one.
    """

    def __init__(self, faults: Sequence[Fault]):
        self.faults = tuple(faults)
        lines = [str(fault) for fault in self.faults]
        super().__init__(lines[0] if len(lines) == 1 else "\n".join([f"{len(lines):,} faults in claim sets", *lines]))
