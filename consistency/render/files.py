"""Writing files whole or not at all."""
from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from consistency.errors import ConsistencyError


def encode(text: str) -> bytes:
    """UTF-8, with lone surrogates (which no encoding can hold) replaced by U+FFFD.

    Args:
        text: any string.

    Returns:
        Valid UTF-8.
    """
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text).encode("utf-8")


def write_all(contents: Mapping[Path, str | bytes]) -> list[Path]:
    """Write several files so that a reader never sees half of one.

    All are written beside their place first and moved there only once every one of them is complete: a full disk or a
    crash while writing leaves what stood there before.

    Args:
        contents: what to write where; missing folders are made.

    Returns:
        The paths, in the order given.

    Raises:
        ConsistencyError: a folder or file cannot be written.
    """
    staged: list[tuple[Path, Path]] = []
    place = Path()
    try:
        for path, content in contents.items():
            place = path
            path.parent.mkdir(parents=True, exist_ok=True)
            # A name of our own and not tempfile's: that one makes files which only their owner can read.
            draft = path.with_name(f".{path.name[:80]}.{secrets.token_hex(6)}.tmp")
            staged.append((draft, path))
            with open(draft, "xb") as out:
                out.write(encode(content) if isinstance(content, str) else content)
                out.flush()
                os.fsync(out.fileno())
        for draft, place in staged:
            os.replace(draft, place)
    except OSError as error:
        raise ConsistencyError(
            f"cannot be written: {error.strerror or error}",
            where=str(place),
            how="choose another place with --output, or free space and permissions there",
        ) from error
    finally:
        for draft, _ in staged:
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)
    return list(contents)


def write(path: str | os.PathLike[str], content: str | bytes) -> Path:
    """Write one file whole or not at all; see `write_all`."""
    return write_all({Path(path): content})[0]
