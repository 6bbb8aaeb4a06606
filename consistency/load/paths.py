"""Paths, folders and patterns to the list of files to read."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from consistency.load.record import Notes

FORMATS = {
    ".txt": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
    ".parquet": "parquet",
}
READABLE = "txt, md, html, json, jsonl, csv, tsv, parquet"


def format_of(path: Path) -> str | None:
    """The format that a file's ending names (`news.jsonl.gz` is JSON lines), or None."""
    return FORMATS.get(Path(path.name.lower().removesuffix(".gz")).suffix)


def find_files(given: Path, notes: Notes) -> Iterator[Path]:
    """The files that one input stands for, in a fixed order.

    A folder is read with all its sub-folders, without hidden files and without following links to folders. A pattern
    (`news/**/*.txt`) is expanded. What cannot be read is noted as skipped.

    Args:
        given: a file, folder or pattern.
        notes: takes what was left out.
    """
    kind = _kind(given, notes)
    if kind == "folder":
        yield from _folder(given, notes)
    elif kind == "file":
        # A file named by the user may lack an ending (a pipe, `README`); its content then tells the format.
        if given.suffix and format_of(given) is None:
            _unsupported(given, notes)
        else:
            yield given
    elif kind == "missing":
        yield from _pattern(given, notes)


def _kind(path: Path, notes: Notes) -> str:
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return "missing"
    except OSError as error:
        notes.skip("unreadable", str(path), f"cannot be read: {error.strerror}; check the path and its permissions")
        return "unreadable"
    return "folder" if stat.S_ISDIR(mode) else "file"


def _folder(folder: Path, notes: Notes) -> Iterator[Path]:
    def failed(error: OSError) -> None:
        what = str(error.filename or folder)
        notes.skip("unreadable", what, f"cannot be read: {error.strerror}; check its permissions")

    empty = True
    for parent, folders, files in os.walk(folder, onerror=failed, followlinks=False):
        # Links to folders are not followed: they may lead round in a circle or out of what the user named.
        for name in sorted(folders):
            if not name.startswith(".") and Path(parent, name).is_symlink():
                empty = False
                notes.skip("link", str(Path(parent, name)), "a link to a folder, not followed; name the folder itself")
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if name.startswith("."):
                continue
            empty = False
            path = Path(parent, name)
            if format_of(path) is None:
                _unsupported(path, notes)
            elif path.exists() and not path.is_file():
                notes.skip("unsupported", str(path), "not a regular file; pass it by name if it is a pipe")
            else:
                yield path
    if empty and not any(item.what.startswith(str(folder)) for item in notes.skipped):
        notes.skip("empty_folder", str(folder), f"the folder has no files to read; it should hold {READABLE}")


def _pattern(given: Path, notes: Notes) -> Iterator[Path]:
    parts = given.parts
    first = next((index for index, part in enumerate(parts) if any(mark in part for mark in "*?[")), None)
    if first is None:
        notes.skip("missing", str(given), "no such file or folder; check the path")
        return
    # Path.glob follows no links to folders, unlike glob.glob; hidden names are left out as in a folder.
    base = Path(*parts[:first])
    try:
        hits = sorted(base.glob(str(Path(*parts[first:]))))
    except (ValueError, OSError, NotImplementedError) as error:
        notes.skip("missing", str(given), f"not a usable pattern: {error}")
        return
    hits = [hit for hit in hits if not any(part.startswith(".") for part in hit.relative_to(base).parts)]
    if not hits:
        notes.skip("missing", str(given), "no file matches this pattern; check it")
    for hit in hits:
        yield from find_files(hit, notes)


def _unsupported(path: Path, notes: Notes) -> None:
    notes.skip("unsupported", str(path), f"not a format that is read ({READABLE}); save the article as .txt")
