"""What passes between the readers of this package: raw records, rejections, and the list of what went wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from consistency.article import Skipped

FIELDS = ("id", "source", "date", "title", "url", "text")
MIB = 2**20
MAX_FILE_BYTES = 1024 * MIB
"""Largest file read, after decompression. Larger collections are better split, and a small .gz cannot fill memory."""
WARN_TEXT_BYTES = 10 * MIB
SHOWN_PER_GROUP = 3


class RejectedError(Exception):
    """A file or record that cannot be used; becomes a `Skipped`.

    Args:
        kind: short machine-readable word.
        why: one line: what is wrong and how to mend it.
        where: what it is about, when that is not the file being read.
    """

    def __init__(self, kind: str, why: str, where: str | None = None):
        self.kind, self.why, self.where = kind, why, where
        super().__init__(why)


@dataclass(slots=True)
class Record:
    """One document as a reader delivers it, before any check.

    Attributes:
        values: what the document itself states, by our field names; anything may be missing or of an odd type.
        where: how messages name it (`news.csv row 4`).
        default_id: the id it gets if it states none.
        path: the file it came from.
        name: file name that may tell source and date; None for members of a collection, whose file name describes
            the collection.
    """

    values: dict[str, object]
    where: str
    default_id: str
    path: str | None = None
    name: str | None = None


@dataclass
class Notes:
    """Collects what was skipped and what the user should know.

    Attributes:
        on_skip: called with each `Skipped` as it happens.
        skipped: everything left out so far.
    """

    on_skip: Callable[[Skipped], object] | None = None
    skipped: list[Skipped] = field(default_factory=list)
    _warnings: list[str] = field(default_factory=list)
    _groups: Counter[str] = field(default_factory=Counter)

    def skip(self, kind: str, what: str, why: str) -> None:
        """Record that `what` was left out, and why."""
        item = Skipped(what=what, why=why, kind=kind, stage="load")
        self.skipped.append(item)
        if self.on_skip is not None:
            self.on_skip(item)

    def warn(self, message: str, group: str | None = None) -> None:
        """Record a warning; of one `group` only the first few are kept and the rest are counted."""
        if group is not None:
            self._groups[group] += 1
            if self._groups[group] > SHOWN_PER_GROUP:
                return
        self._warnings.append(message)

    def warnings(self) -> tuple[str, ...]:
        """All warnings, with one closing line for each group that was cut short."""
        more = [
            f"{group}: {count - SHOWN_PER_GROUP:,} more like these"
            for group, count in self._groups.items()
            if count > SHOWN_PER_GROUP
        ]
        return (*self._warnings, *more)


def is_missing(value: object) -> bool:
    """True for None, blank text, and the missing values of pandas (NaN, NaT, NA) without importing pandas."""
    if value is None:
        return True
    if isinstance(value, str):
        return not value.strip()
    if type(value).__name__ in ("NAType", "NaTType"):
        return True
    return isinstance(value, float) and value != value


def column_names(available: Mapping[str, object] | list[str], columns: Mapping[str, str]) -> dict[str, str]:
    """Find which available key holds each of our fields.

    Args:
        available: the keys that are there.
        columns: the user's own mapping, field to key.

    Returns:
        Field to key, for the fields that are there. A key matches exactly, else without regard to case and spaces.
    """
    folded: dict[str, str] = {}
    for there in available:
        folded.setdefault(str(there).strip().casefold(), there)
    found: dict[str, str] = {}
    for name in FIELDS:
        wanted = columns.get(name, name)
        key = wanted if wanted in available else folded.get(wanted.strip().casefold())
        if key is not None:
            found[name] = key
    return found


def missing_text(available: list[str], columns: Mapping[str, str]) -> str:
    """The one line that says that no text column was found, which columns there are, and how to name one."""
    shown = ", ".join(str(name) for name in available[:20]) + (", ..." if len(available) > 20 else "")
    return (
        f"no column {columns.get('text', 'text')!r}; the columns are: {shown or 'none'}; "
        "say which one holds the text with columns={'text': 'NAME'}"
    )
