"""Commands that read strings: compare."""
from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from consistency.cli import common
from consistency.cli.common import OUTPUT
from consistency.errors import ConsistencyError, InputError


def register(app: typer.Typer) -> None:
    """Adds the commands to the application."""
    app.command("compare")(compare_command)


def compare_command(
    a: Annotated[str | None, typer.Argument(help="The premise.")] = None,
    b: Annotated[str | None, typer.Argument(help="The hypothesis.")] = None,
    source: Annotated[
        Path | None,
        typer.Option("--input", help="A csv or jsonl file with premise, hypothesis or a, b.", rich_help_panel=OUTPUT),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="A csv or jsonl file.", rich_help_panel=OUTPUT)
    ] = None,
    threshold: Annotated[float | None, typer.Option(help="Confidence from which a relation is told.")] = None,
    nli: common.Nli = None,
    encoder: common.Encoder = None,
    parser: common.Parser = None,
    device: common.Device = None,
    threads: common.Threads = None,
    allow_unverified_model: common.Unverified = None,
    as_json: common.Json = False,
    quiet: common.Quiet = False,
) -> None:
    """Two strings against each other, or many pairs from a file.

    Example:  consistency compare "Seven people died." "Nobody was hurt."
    """
    options = common.chosen(
        threshold=threshold, nli=nli, encoder=encoder, parser=parser, device=device, threads=threads,
        allow_unverified_model=allow_unverified_model,
    )  # fmt: skip
    if source is None:
        if a is None or b is None:
            raise ConsistencyError("two strings are needed", how='consistency compare "A" "B", or --input FILE')
        from consistency.api import compare

        result = compare(a, b, options=options)
        row = {name: getattr(result, name) for name in ("p_entailment", "p_neutral", "p_contradiction", "relation",
                                                        "confidence")}  # fmt: skip
        if as_json:
            common.put({**row, "reasons": [{"kind": r.kind, "note": r.note} for r in result.reasons]})
            return
        typer.echo(f"{result.relation} ({result.confidence:.2f})" if result.confidence else result.relation)
        for reason in result.reasons:
            typer.echo(f"  {reason.kind}: {reason.note}")
        typer.echo(f"  NLI, first to second: entailment {result.p_entailment:.3f}, neutral {result.p_neutral:.3f}, "
                   f"contradiction {result.p_contradiction:.3f}")  # fmt: skip
        return
    if a is not None:
        raise ConsistencyError("give two strings or --input, not both")
    from consistency.api import compare_many

    rows = read_rows(source)
    with common.shown_progress(quiet) as progress:
        frame = compare_many(rows, options=options, progress=progress)
    if output is None:
        for row in frame.to_dict("records"):
            common.put(row)
    elif output.suffix == ".csv":
        common.write_whole(output, lambda file: frame.to_csv(file, index=False))
    else:
        lines = (json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in frame.to_dict("records"))
        common.write_whole(output, lambda file: file.writelines(lines))


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Rows of a csv or jsonl file as they stand in it.

    Raises:
        InputError: the file cannot be read, or a line is not JSON.
    """
    import csv

    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot be read: {error}", where=str(path), how="a csv or jsonl file in UTF-8") from error
    if path.suffix == ".csv":
        return [dict(row) for row in csv.DictReader(text.splitlines(keepends=True))]
    rows = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise InputError(f"not JSON: {error.msg}", where=f"{path}:{number}") from error
        if not isinstance(row, dict):
            raise InputError("not an object", where=f"{path}:{number}", how='{"a": "...", "b": "..."}')
        rows.append(row)
    return rows
