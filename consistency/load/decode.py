"""Bytes of a file to text: decompression with a cap, binary detection, encodings."""

from __future__ import annotations

import codecs
import re
import zlib
from pathlib import Path
from typing import BinaryIO

from consistency.load import record
from consistency.load.record import Notes, RejectedError

MAGIC = {
    b"%PDF": "a PDF; save its text as .txt",
    b"PK\x03\x04": "a zip archive or Office file; unpack it or save its text as .txt",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF87a": "an image",
    b"GIF89a": "an image",
    b"II*\x00": "an image",
    b"MM\x00*": "an image",
    b"\x7fELF": "a program",
    b"7z\xbc\xaf": "an archive; unpack it",
    b"Rar!\x1a": "an archive; unpack it",
    b"\xd0\xcf\x11\xe0": "an old Office file; save its text as .txt",
    b"{\\rtf": "an RTF file; save its text as .txt",
}
GZIP_MAGIC = b"\x1f\x8b"
BOMS = (  # the longer first: the mark of UTF-32 begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.I)
DETECT_BYTES = 200_000
CHUNK = 2**16


def read_bytes(path: Path) -> bytes:
    """The bytes of a file, decompressed if it is gzip.

    Raises:
        RejectedError: it cannot be opened, is too large, or is damaged gzip.
    """
    try:
        with path.open("rb") as stream:
            return read_stream(stream)
    except OSError as error:
        reason = error.strerror or str(error)
        raise RejectedError("unreadable", f"cannot be read: {reason}; check the file and its permissions") from error


def read_stream(stream: BinaryIO) -> bytes:
    """All bytes of an open stream, decompressed if gzip, up to the cap.

    Raises:
        RejectedError: too large, or damaged gzip.
    """
    data = stream.read(record.MAX_FILE_BYTES + 1)
    if len(data) > record.MAX_FILE_BYTES:
        raise RejectedError("too_large", f"larger than {_mib(record.MAX_FILE_BYTES)}; split it into smaller files")
    return _gunzip(data) if data.startswith(GZIP_MAGIC) else data


def _gunzip(data: bytes) -> bytes:
    parts: list[bytes] = []
    total = 0
    try:
        while data:  # a .gz file may hold several members, one after another
            unpacker = zlib.decompressobj(wbits=31)
            while not unpacker.eof:
                part = unpacker.decompress(data, CHUNK)
                data = unpacker.unconsumed_tail
                total += len(part)
                if total > record.MAX_FILE_BYTES:
                    limit = _mib(record.MAX_FILE_BYTES)
                    raise RejectedError("too_large", f"larger than {limit} when decompressed; split it")
                parts.append(part)
                if not part and not data and not unpacker.eof:
                    raise RejectedError("unreadable", "the gzip data is cut off; compress the file again")
            data = unpacker.unused_data.lstrip(b"\0")  # padding after the last member is allowed
    except zlib.error as error:
        raise RejectedError("unreadable", "the gzip data is damaged; compress the file again") from error
    return b"".join(parts)


def _mib(size: int) -> str:
    return f"{size / record.MIB:,.0f} MiB"


def decode(data: bytes, what: str, notes: Notes, *, html: bool = False) -> str:
    """Decode the bytes of a document, line ends kept.

    UTF-8 and whatever a byte order mark announces need no guess. Anything else is guessed, which is warned about. A
    file that is plainly UTF-8 with a few damaged bytes keeps its text and gets U+FFFD for them.

    Args:
        data: the bytes.
        what: how warnings name the file.
        notes: takes the warnings.
        html: honour the charset that the page declares.

    Raises:
        RejectedError: empty, binary, or in no encoding that can be told.
    """
    text = _decode(data, what, notes, html)
    if not text.strip():
        raise RejectedError("empty", "the file is empty; remove it or fill it")
    return text


def _decode(data: bytes, what: str, notes: Notes, html: bool) -> str:
    for magic, name in MAGIC.items():
        if data.startswith(magic):
            raise RejectedError("binary", f"not text but {name}")
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return _strict(data, encoding)
    if b"\0" in data:
        raise RejectedError("binary", "not text (it has NUL bytes); if it is UTF-16 or UTF-32, save it as UTF-8")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        declared = _declared(data) if html else None
        return _guess(data, what, notes) if declared is None else declared


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise RejectedError(
            "encoding", f"marked as {encoding.removesuffix('-sig')} but damaged at byte {error.start}; save it as UTF-8"
        ) from error


def _declared(data: bytes) -> str | None:
    match = DECLARED.search(data[:4096])
    if match is None:
        return None
    name = match[1].decode("ascii", "replace").lower()
    # Browsers read Latin-1 as its superset Windows-1252, and pages are written accordingly.
    name = "cp1252" if name in ("iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii") else name
    try:
        text = data.decode(name)
    except (LookupError, UnicodeDecodeError):
        return None
    return text if isinstance(text, str) else None


def _guess(data: bytes, what: str, notes: Notes) -> str:
    repaired = data.decode("utf-8", errors="replace")
    damaged = repaired.count("\ufffd")
    if sum(char > "\x7f" for char in repaired) - damaged > damaged:
        notes.warn(f"{what}: {damaged:,} damaged characters in UTF-8, shown as \ufffd; save the file as UTF-8 again")
        return repaired

    from charset_normalizer import from_bytes

    best = from_bytes(data[:DETECT_BYTES]).best()
    if best is None:
        raise RejectedError("encoding", "the encoding cannot be told; save the file as UTF-8")
    # Many encodings often give the same text for the sample; Windows-1252 is by far the likeliest of them in English.
    encoding = "cp1252" if "cp1252" in best.could_be_from_charset else best.encoding
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise RejectedError("encoding", f"neither UTF-8 nor {encoding}; save the file as UTF-8") from error
    notes.warn(f"{what}: not UTF-8, read as {encoding}; if accents look wrong, save the file as UTF-8")
    return text
