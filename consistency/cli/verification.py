"""Commands that hold a text against sources: verify."""
from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from consistency.cli import common
from consistency.cli.common import OUTPUT, tell_skipped
from consistency.cli.strings import read_rows
from consistency.errors import ConsistencyError, InputError

if TYPE_CHECKING:
    from consistency.verification.result import Verification

FAILS = {"contradicted": ("contradicted",), "not_found": ("contradicted", "not_found")}


def register(app: typer.Typer) -> None:
    """Adds the commands to the application."""
    app.command("verify")(verify_command)


def verify_command(
    text: Annotated[
        str | None, typer.Argument(help="The text: a file, - for stdin, or the text itself.", show_default=False)
    ] = None,
    against: Annotated[
        list[str] | None,
        typer.Option(
            "--against", metavar="PATHS...", help="Sources: files, folders or globs. Further paths may follow it."
        ),
    ] = None,
    more: Annotated[list[str] | None, typer.Argument(hidden=True)] = None,
    source: Annotated[
        Path | None,
        typer.Option("--input", help="A csv or jsonl file with document, text.", rich_help_panel=OUTPUT),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", help="With --input a csv or jsonl file; else the page, tables beside it.",
            rich_help_panel=OUTPUT,
        ),
    ] = None,
    fail_on: Annotated[
        str | None,
        typer.Option("--fail-on", help="contradicted, or not_found (either): exit with 1.", rich_help_panel=OUTPUT),
    ] = None,
    column: common.Column = None,
    nli: common.Nli = None,
    encoder: common.Encoder = None,
    parser: common.Parser = None,
    device: common.Device = None,
    threads: common.Threads = None,
    allow_unverified_model: common.Unverified = None,
    strict: common.Strict = False,
    as_json: common.Json = False,
    quiet: common.Quiet = False,
) -> None:
    """Is a text [bold]consistent with its sources[/bold]? Each claim: supported, contradicted, not found or uncertain.

    Example:  consistency verify draft.txt --against sources/ --output out/verify.html
    """
    if fail_on is not None and fail_on not in FAILS:
        raise ConsistencyError(f"{fail_on!r} is not one of {', '.join(FAILS)}", where="--fail-on")
    options = common.chosen(
        nli=nli, encoder=encoder, parser=parser, device=device, threads=threads,
        allow_unverified_model=allow_unverified_model,
    )  # fmt: skip
    if source is not None:
        if text is not None or against:
            raise ConsistencyError("give a text with --against, or --input, not both")
        verdicts = _many(source, output, options, quiet)
    else:
        if text is None or not against:
            raise ConsistencyError(
                "a text and its sources are needed", how="consistency verify draft.txt --against sources/, or --input"
            )
        from consistency.verification.api import verify

        with common.shown_progress(quiet) as progress:
            result = verify(
                _given(text), _paths([*against, *(more or [])]), options=options, columns=common.columns_of(column),
                progress=progress,
            )  # fmt: skip
        _show(result, output, as_json, quiet)
        verdicts = [result.verdict]
        if strict and any(item.stage == "load" for item in result.skipped):
            raise typer.Exit(2)
    if fail_on is not None and any(verdict in FAILS[fail_on] for verdict in verdicts):
        raise typer.Exit(1)


def _given(text: str) -> Any:
    """The text argument as the Python call takes it."""
    if text == "-":
        return typer.get_text_stream("stdin", encoding="utf-8", errors="strict").read()
    if Path(text).suffix and " " not in text and not Path(text).exists():
        raise InputError("no such file", where=text, how="name a file, or give the text in quotes")
    return text


def _paths(paths: list[str]) -> list[Path]:
    return [Path(path) for path in paths]


def _many(source: Path, output: Path | None, options: Any, quiet: bool) -> list[str]:
    from consistency.pipeline import Models
    from consistency.verification.api import verify_rows

    rows = read_rows(source)
    if not rows:
        raise InputError("no rows", where=str(source), how="each row needs document and text")
    try:
        with common.shown_progress(quiet) as progress:
            made = verify_rows(rows, Models(options), progress)
    except InputError as error:
        raise InputError(error.what, where=f"{source}, {error.where}", how=error.how) from error
    scored = [
        {**row, "score": item.score, "verdict": item.verdict, "claims": [claim.to_dict() for claim in item.claims]}
        for row, item in zip(rows, made, strict=True)
    ]
    if output is None:
        for row in scored:
            common.put(row)
    elif output.suffix == ".csv":
        from consistency.render import tables

        flat = [{**row, "claims": json.dumps(row["claims"], ensure_ascii=False)} for row in scored]
        common.write_whole(output, lambda file: file.write(tables.to_csv(flat, list(flat[0]))))
    else:
        common.write_whole(
            output, lambda file: file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in scored)
        )
    if not quiet:
        counted = {verdict: sum(item.verdict == verdict for item in made) for verdict in made[0].counts}
        common.say(f"{len(made)} texts: " + ", ".join(f"{n} {name.replace('_', ' ')}" for name, n in counted.items()))
    return [item.verdict for item in made]


def _show(result: Verification, output: Path | None, as_json: bool, quiet: bool) -> None:
    written = result.save(output) if output is not None else []
    if as_json:
        common.put(result.to_dict())
    elif not quiet:
        from rich.console import Console

        from consistency.verification.terminal import print_verification

        print_verification(result, Console())
    tell_skipped([item for item in result.skipped if item.stage == "load"], quiet)
    if written and not quiet:
        common.say(f"Page: {written[0]}   Tables: {', '.join(path.name for path in written[1:])}")
