"""The JSON Schema of claim sets, and what is wrong with a row in words of its reader."""
from __future__ import annotations

import difflib
import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError

VERSION = 1
_TYPES = {
    "string": "a text", "integer": "a whole number", "number": "a number", "array": "a list", "object": "a mapping",
}  # fmt: skip


@cache
def schema() -> dict[str, Any]:
    """The JSON Schema that ships with the package, `claim-set.schema.json`."""
    return json.loads((files("consistency.gate") / "claim-set.schema.json").read_text(encoding="utf-8"))


@cache
def _validator(of: str) -> Draft202012Validator:
    from jsonschema import Draft202012Validator

    whole = schema()
    if of == "set":
        properties = {name: rule for name, rule in whole["properties"].items() if name != "items"}
        return Draft202012Validator({"$defs": whole["$defs"], "properties": properties})
    return Draft202012Validator({"$defs": whole["$defs"], "$ref": f"#/$defs/{of}"})


def kind_of(values: Mapping[str, Any]) -> str:
    """Which kind of item a row is: `articles`, `verify` or `pair`."""
    return "articles" if "articles" in values else "verify" if "text" in values else "pair"


def wrongs(values: Any, of: str = "item") -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """What is wrong with an item, or with the keys of a set.

    Args:
        values: the row.
        of: `item` or `set`.

    Yields:
        The path of what is wrong, what is wrong, and how to mend it.
    """
    errors = _validator(of).iter_errors(values)
    for error in sorted(errors, key=lambda e: ([str(part) for part in e.absolute_path], e.message)):
        at = tuple(error.absolute_path)
        name = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in at).lstrip(".")
        what, how = _words(error)
        yield at, f"{name}: {what}" if name else what, how


def _words(error: ValidationError) -> tuple[str, str]:
    value, rule, given = error.validator_value, error.validator, error.instance
    shown = _shown(given)
    if rule == "required":
        missing = next(name for name in value if name not in given)
        return f"{missing!r} is missing", ""
    if rule == "enum":
        near = difflib.get_close_matches(str(given).lower(), value, 1, 0.6)
        how = f"did you mean {near[0]}?" if near else ""
        return f"{shown} is none of {', '.join(value)}", how or ("" if isinstance(given, str) else "put it in quotes")
    if rule == "type":
        wanted = [value] if isinstance(value, str) else value
        how = "put it in quotes" if "string" in wanted and isinstance(given, int | float) else ""
        return f"{shown} is not {' or '.join(_TYPES[name] for name in wanted)}", how
    if rule == "const":
        return f"{shown} is a version that this release does not read", f"it reads {value}"
    if rule == "minItems":
        return "the list is empty", ""
    if rule == "pattern":
        return ("it is empty", "") if not str(given).strip() else (f"{shown} holds a blank or a slash", "use - instead")
    if rule == "dependentRequired":
        return "'b' stands without 'a'", "call the only quote a"
    if rule in ("minimum", "maximum"):
        return f"{shown} is not from 0 to 1", ""
    if rule == "exclusiveMinimum":
        return f"{shown} is not above {value}", ""
    return error.message, ""


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def unknown_keys(values: Mapping[str, Any]) -> list[tuple[str | int, ...]]:
    """Paths of the keys of an item that the format does not know; they are ignored when it is judged."""
    parts = schema()["$defs"]
    known = {**parts["common"]["properties"], **parts[kind_of(values)]["properties"]}
    found: list[tuple[str | int, ...]] = [(key,) for key in values if key not in known]
    inner = {"xfail": known["xfail"]["properties"]}
    for name in ("articles", "sources"):
        inner[name] = parts["document"]["then"]["properties"]
    for name in ("must_find", "must_not_find"):
        inner[name] = parts["wanted"]["properties"]
    for name, keys in inner.items():
        value = values.get(name)
        if name not in known or value is None:
            continue
        for number, entry in enumerate(value) if isinstance(value, list) else [(None, value)]:
            at = (name,) if number is None else (name, number)
            if isinstance(entry, Mapping):
                found += [(*at, key) for key in entry if key not in keys]
    return found
