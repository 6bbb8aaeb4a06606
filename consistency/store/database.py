"""The database file: its tables, its transactions, and what can go wrong with it said in one line."""
from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from consistency.errors import ConsistencyError

# Raised when the tables change; older files are then made anew by the user, newer ones are refused.
SCHEMA = 1
# Seconds that a process waits for another one's write. Writes are short: a batch of results, or a batch of articles.
PATIENCE = 60.0

TABLES = """
CREATE TABLE articles (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,  -- order of arrival, never used twice
    id TEXT NOT NULL UNIQUE, text TEXT NOT NULL, source TEXT, date TEXT, title TEXT, url TEXT, start INTEGER NOT NULL,
    path TEXT, fallbacks TEXT NOT NULL,
    digest BLOB NOT NULL,  -- of the text
    added TEXT NOT NULL  -- UTC, ISO 8601
);
CREATE INDEX articles_by_text ON articles (digest);
CREATE TABLE splits (  -- claims of an article, with what was skipped
    article BLOB PRIMARY KEY, version TEXT NOT NULL, split BLOB NOT NULL
);
CREATE TABLE frames (text BLOB PRIMARY KEY, version TEXT NOT NULL, frame BLOB NOT NULL);
CREATE TABLE models (
    number INTEGER PRIMARY KEY, role TEXT NOT NULL, fingerprint TEXT NOT NULL, name TEXT NOT NULL,
    backend TEXT NOT NULL, UNIQUE (role, fingerprint)
);
CREATE TABLE vectors (model INTEGER NOT NULL, text BLOB NOT NULL, vector BLOB NOT NULL, PRIMARY KEY (model, text));
CREATE TABLE scores (
    model INTEGER NOT NULL, premise BLOB NOT NULL, hypothesis BLOB NOT NULL,
    entailment REAL NOT NULL, neutral REAL NOT NULL, contradiction REAL NOT NULL, cut INTEGER NOT NULL,
    PRIMARY KEY (model, premise, hypothesis)
) WITHOUT ROWID;
CREATE TABLE reviews (
    id TEXT PRIMARY KEY, pair_ids TEXT NOT NULL, relation TEXT NOT NULL, review TEXT NOT NULL,
    review_note TEXT NOT NULL, at TEXT NOT NULL
);
CREATE TABLE reports (number INTEGER PRIMARY KEY, created TEXT NOT NULL, last_seq INTEGER NOT NULL);
"""


class StoreError(ConsistencyError):
    """A store that cannot be opened, read or written."""


class Database:
    """A connection to the file. What is committed survives a killed process and a lost power supply.

    Args:
        path: the file; made when it is not there and `create` is set.
        create: make a new store when there is none.

    Raises:
        StoreError: no such file, no store, one of a newer version, or a place that cannot be written.
    """

    def __init__(self, path: Path, *, create: bool = True):
        self.path = path
        if path.is_dir():
            raise StoreError("this is a folder", where=str(path), how="name a file, such as corpus.db")
        if not create and not path.is_file():
            raise StoreError("there is no such store", where=str(path), how="make it: consistency store add PATHS")
        if not path.parent.is_dir():
            raise StoreError("there is no such folder", where=str(path.parent), how="make it first")
        with self.told():
            self._connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
            self._set_journal()
            self._connection.execute("PRAGMA synchronous = FULL")
            # What is removed is overwritten, not only no longer found.
            self._connection.execute("PRAGMA secure_delete = ON")
        self._prepare()

    def _set_journal(self) -> None:
        """Sets the write-ahead log. Of two processes that make one store at the same moment SQLite turns one away at
        once instead of letting it wait."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                self._connection.execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                    raise
                time.sleep(0.01)

    def _prepare(self) -> None:
        with self.writing() as connection:
            found = connection.execute("PRAGMA user_version").fetchone()[0]
            if found == SCHEMA:
                return
            if found:
                what = f"a store of version {found}; this is version {SCHEMA}"
                how = "upgrade fact-consistency" if found > SCHEMA else "make a new one"
                raise StoreError(what, where=str(self.path), how=how)
            if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                raise StoreError("a database, but not one of ours", where=str(self.path), how="name another file")
            for statement in TABLES.split(";\n"):
                if statement.strip():
                    connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {SCHEMA}")

    @contextmanager
    def told(self) -> Iterator[None]:
        """Turns what SQLite complains of into one line with what to do."""
        try:
            yield
        except sqlite3.Error as error:
            what, how = _told(error)
            raise StoreError(what, where=str(self.path), how=how) from error

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it is kept, or none. Another process that writes is waited for."""
        with self.told():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                # A full disk can end the transaction by itself.
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The connection, for reading."""
        with self.told():
            yield self._connection

    def size(self) -> int:
        """Bytes on disk, with the write-ahead log."""
        return sum(os.path.getsize(p) for p in (self.path, Path(f"{self.path}-wal")) if p.exists())

    def close(self) -> None:
        """Ends the connection."""
        with self.told():
            self._connection.close()


def _told(error: sqlite3.Error) -> tuple[str, str | None]:
    """What is wrong and how to mend it."""
    name = getattr(error, "sqlite_errorname", "") or ""
    if name == "SQLITE_FULL" or name == "SQLITE_IOERR_WRITE":
        return "the disk is full", "free some space and run again; what was finished is kept"
    if name.startswith("SQLITE_BUSY") or name == "SQLITE_LOCKED":
        return f"another process has been writing for {PATIENCE:.0f} seconds", "run again when it is done"
    if name == "SQLITE_NOTADB":
        return "this file is not a store", "name another file"
    if name.startswith("SQLITE_CORRUPT"):
        return "the file is damaged", "restore a copy, or add the articles to a new store"
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return "the file or its folder cannot be written", "put the store where you may write"
    return f"SQLite says: {error}", None
