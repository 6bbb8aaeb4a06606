"""Formats that hold one article per file: plain text, Markdown, HTML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from consistency.load.record import Notes, RejectedError, column_names

# Only a whole block between two lines of three hyphens at the very start is front matter.
FRONT_MATTER = re.compile(r"---[ \t]*(?:\r\n|\n|\r)(?P<block>.{0,65536}?)(?<=[\r\n])---[ \t]*(?:\r\n|\n|\r|\Z)", re.S)
KEY_LINE = re.compile(r"(?P<key>[A-Za-z][\w -]{0,40}):(?:[ \t](?P<value>.*))?")
# The extractor finds nothing in a page with this line; the encoding it names has been dealt with already.
XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")
MAX_PAGE_CHARS = 20_000_000
LINE = re.compile(r"\s*(?P<line>[^\r\n]*)[\r\n]*")


def read_text(
    text: str, what: str, notes: Notes, *, markdown: bool = False, columns: Mapping[str, str] | None = None
) -> dict[str, object]:
    """Split a plain text or Markdown document into its front matter and its text.

    Args:
        text: the decoded file.
        what: how warnings name it.
        notes: takes the warnings.
        markdown: take the title from a leading `# Title` line if the front matter has none.
        columns: other names for the front matter's keys.

    Returns:
        Our fields that the document states, with `text` exactly as written after the front matter.
    """
    values: dict[str, object] = {}
    match = FRONT_MATTER.match(text)
    if match is not None:
        front = _front_matter(match["block"], what, notes)
        if front is not None:
            names = column_names(front, columns or {})
            values = {name: front[key] for name, key in names.items() if name != "text"}
            text = text[match.end() :]
    if markdown and not values.get("title"):
        line, _ = first_line(text)
        if line.startswith(("# ", "#\t")):
            values["title"] = plain_heading(line)
    values["text"] = text
    return values


def first_line(text: str, start: int = 0) -> tuple[str, int]:
    """The first line with anything on it from an offset on, and the offset after its line end and empty lines."""
    match = LINE.match(text, start)
    assert match is not None  # every part of the pattern may be empty
    return match["line"].rstrip(), match.end()


def plain_heading(line: str) -> str:
    """A Markdown heading of the first level without its marks; any other line as it is."""
    return line[1:].rstrip("#").strip() if line.startswith(("# ", "#\t")) else line.strip()


def _front_matter(block: str, what: str, notes: Notes) -> dict[str, object] | None:
    """The mapping in a front matter block; None if the block is no front matter but text between two rules."""
    import yaml

    lines = _key_lines(block)
    try:
        parsed = yaml.safe_load(block)
    except (yaml.YAMLError, ValueError, RecursionError):
        # Mostly an unquoted colon ("title: Talks: a first step") or a date that does not exist.
        if lines is None:
            return None
        notes.warn(f"{what}: the front matter is not valid YAML and was read line by line; quote values with a colon")
        return dict(lines)
    if not isinstance(parsed, dict):
        return None
    written = lines or {}
    # YAML turns `title: No` into False and `id: 0123` into 83; the words as written are what was meant.
    return {
        str(key): value if value is None or isinstance(value, (str, list, dict)) else written.get(str(key), value)
        for key, value in parsed.items()
    }


def _key_lines(block: str) -> dict[str, str] | None:
    """The `key: value` lines of a block as written; None if another kind of line stands in it."""
    found: dict[str, str] = {}
    for line in re.split(r"\r\n|\n|\r", block):
        if not line.strip() or line.startswith(("#", " ", "\t", "- ")):
            continue
        match = KEY_LINE.fullmatch(line)
        if match is None:
            return None
        value = re.split(r"\s#", match["value"] or "", maxsplit=1)[0].strip()
        if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
            value = value[1:-1]
        found[match["key"]] = value
    return found or None


def read_html(page: str) -> dict[str, object]:
    """Extract the main text, title, date, site name and canonical address of a web page.

    Nothing is fetched. Dates are taken from what the page declares, not guessed from its words.

    Args:
        page: the decoded page.

    Raises:
        RejectedError: no main text was found.
    """
    import trafilatura

    if len(page) > MAX_PAGE_CHARS:
        raise RejectedError("too_large", f"a page of {len(page):,} characters; save the article's text as .txt")
    try:
        document: Any = trafilatura.bare_extraction(
            XML_DECLARATION.sub("", page),
            with_metadata=True,
            include_comments=False,
            include_tables=False,
            date_extraction_params={
                "original_date": True,
                "extensive_search": False,
                "outputformat": "%Y-%m-%dT%H:%M:%S%z",
            },
        )
    except Exception as error:  # whatever a broken page does to the extractor must not stop the other files
        raise RejectedError(
            "no_text", f"the page cannot be parsed ({error}); save the article's text as .txt"
        ) from error
    text = getattr(document, "text", None)
    if document is None or not text:
        raise RejectedError("no_text", "no article text found in the page; save the article's text as .txt")
    return {
        "text": text,
        "title": document.title,
        "date": document.date,
        "source": document.sitename,
        "url": document.url,
    }
