"""Writes docs/reference.md from the docstrings and docs/commands.md from the command line: `make reference`."""
from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import griffe

ROOT = Path(__file__).parent.parent
REFERENCE, COMMANDS = ROOT / "docs" / "reference.md", ROOT / "docs" / "commands.md"
NOTE = "<!-- Written by scripts/build_reference.py (`make reference`): change the docstrings, not this file. -->"


def reference() -> str:
    """The public names of the package, with their docstrings, as Markdown."""
    package = griffe.load("consistency", search_paths=[ROOT], docstring_parser="google", resolve_aliases=True)
    if not isinstance(package, griffe.Module):
        raise TypeError("consistency is no package")
    lines = [NOTE, "", "# Reference", "", "`import consistency` gives these names and loads no model.", ""]
    names = [name for name in package.exports or [] if not str(name).startswith("__")]
    found = [package[str(name)] for name in names]
    shown = [thing.final_target if isinstance(thing, griffe.Alias) else thing for thing in found]
    # Functions first: they are what one begins with.
    for thing in sorted(shown, key=lambda thing: (not thing.is_function, thing.name)):
        lines += [f"## `{thing.name}`", "", *_object(thing)]
        if isinstance(thing, griffe.Class):
            for member in thing.members.values():
                if not isinstance(member, griffe.Alias) and member.is_public and _told(member):
                    lines += [f"### `{thing.name}.{member.name}`", "", *_object(member)]
    return "\n".join(lines).rstrip() + "\n"


def _told(member: griffe.Object) -> bool:
    return member.docstring is not None and not member.name.startswith("_")


def _object(thing: griffe.Object) -> list[str]:
    lines: list[str] = []
    if isinstance(thing, griffe.Function):
        lines += ["```python", _signature(thing), "```", ""]
    if thing.docstring is not None:
        for section in thing.docstring.parsed:
            lines += _section(section)
    return lines


def _signature(function: griffe.Function) -> str:
    text = function.signature()
    if len(text) <= 100:
        return text
    # One parameter a line, cut at commas outside brackets.
    head, _, rest = text.partition("(")
    inside, tail = rest[: rest.rindex(")")], rest[rest.rindex(")") :]
    return f"{head}(\n    " + ",\n    ".join(_split(inside)) + f",\n{tail}"


def _split(text: str) -> Iterator[str]:
    depth, start = 0, 0
    for at, char in enumerate(text):
        depth += (char in "[(") - (char in "])")
        if char == "," and depth == 0:
            yield text[start:at].strip()
            start = at + 1
    yield text[start:].strip()


def _section(section: griffe.DocstringSection) -> list[str]:
    kind = section.kind.value
    if kind == "text":
        return [section.value, ""]
    if kind == "admonition":  # "Example:" is none of the sections that the style knows
        code = section.value.contents.replace("  # doctest: +SKIP", "")
        return [f"{section.title}:", "", "```pycon", code, "```", ""]
    if kind in ("parameters", "attributes"):
        items = [f"- `{item.name}`: {_line(item.description)}" for item in section.value]
    elif kind == "raises":
        items = [f"- `{item.annotation}`: {_line(item.description)}" for item in section.value]
    elif kind in ("returns", "yields"):
        items = [_line(" ".join(item.description for item in section.value))]
    else:
        return []
    return [f"{'Arguments' if kind == 'parameters' else kind.capitalize()}:", "", *items, ""]


def _line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def commands() -> str:
    """The commands with their options, as Markdown."""
    from typer.cli import get_docs_for_click
    from typer.main import get_command

    from consistency.cli.app import app

    command = get_command(app)
    import click

    text = get_docs_for_click(obj=command, ctx=click.Context(command), name="consistency", title="Commands")
    text = re.sub(r"\[/?bold\]", "", text)
    return f"{NOTE}\n\n{text.strip()}\n"


def main() -> None:
    """Writes both files."""
    for path, text in ((REFERENCE, reference()), (COMMANDS, commands())):
        path.write_text(text, encoding="utf-8")
        print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
