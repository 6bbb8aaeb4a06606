"""The store: what was read, split, embedded, scored and reviewed, kept in one SQLite file from run to run."""

from consistency.store.store import Added, Status, Store

__all__ = ["Added", "Status", "Store"]
