"""Commands for claim sets: check, claimset init, lint, add."""
from __future__ import annotations

import os
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from consistency.cli import common
from consistency.cli.common import OUTPUT
from consistency.errors import ConsistencyError

GATE = "Gate"
Sets = Annotated[list[Path], typer.Argument(help="Claim sets: .yaml, .jsonl or .csv files, folders or globs.")]


def register(app: typer.Typer) -> None:
    """Adds the commands to the application."""
    app.command("check")(check_command)
    claimset = typer.Typer(
        help="Curate claim sets: begin one, find what is wrong in it, add reviewed findings.", no_args_is_help=True
    )
    claimset.command("init")(init_command)
    claimset.command("lint")(lint_command)
    claimset.command("add")(add_command)
    app.add_typer(claimset, name="claimset")


def check_command(
    paths: Sets,
    baseline: Annotated[
        Path | None, typer.Option(help="What to hold the result against.", rich_help_panel=GATE)
    ] = None,
    update_baseline: Annotated[
        bool, typer.Option("--update-baseline", help="Write the result to --baseline.", rich_help_panel=GATE)
    ] = False,
    allow_removed: Annotated[
        bool, typer.Option("--allow-removed", help="Let items vanish from the baseline.", rich_help_panel=GATE)
    ] = False,
    tag: Annotated[
        list[str] | None, typer.Option(help="Only items with this tag. May be repeated.", rich_help_panel=GATE)
    ] = None,
    fail_under: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=NUMBER,...",
            help="Figures to reach: accuracy=0.9,contradiction.precision=0.95; TAG:accuracy=0.9 for one tag.",
            rich_help_panel=GATE,
        ),
    ] = None,
    max_regressions: Annotated[
        int, typer.Option(min=0, help="Items that may fail and did not before.", rich_help_panel=GATE)
    ] = 0,
    tolerance: Annotated[
        float | None,
        typer.Option(help="How far a score may move before it is told.", rich_help_panel=GATE, show_default="0.05"),
    ] = None,
    junit: Annotated[Path | None, typer.Option(help="JUnit XML to write.", rich_help_panel=OUTPUT)] = None,
    sarif: Annotated[Path | None, typer.Option(help="SARIF 2.1.0 to write.", rich_help_panel=OUTPUT)] = None,
    github: Annotated[
        bool, typer.Option("--github", help="Annotations and a step summary for GitHub.", rich_help_panel=OUTPUT)
    ] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Show every item that fails, moved or changed.", rich_help_panel=OUTPUT)
    ] = False,
    threshold: Annotated[
        float | None, typer.Option(help="Confidence from which a relation is told.", show_default="0.5")
    ] = None,
    precision: Annotated[
        str | None,
        typer.Option(
            help="float32 or bfloat16 for the NLI model.", rich_help_panel=common.MODELS,
            show_default="the baseline's, or what the processor does",
        ),
    ] = None,
    nli: common.Nli = None,
    encoder: common.Encoder = None,
    parser: common.Parser = None,
    device: common.Device = None,
    threads: common.Threads = None,
    allow_unverified_model: common.Unverified = None,
    as_json: common.Json = False,
    quiet: common.Quiet = False,
) -> None:  # fmt: skip
    """Is everything still found as curated? The gate for CI.

    Without a baseline it fails (exit 1) if any item fails; with one, only if an item fails that passed before, a new
    item fails, or --fail-under is missed. Drift and significance are told and never fail it.

    Example:  consistency check claims/ --baseline claims/baseline.json
    """
    if update_baseline and baseline is None:
        raise ConsistencyError("--update-baseline needs --baseline FILE", how="it says where the baseline is")
    if update_baseline and tag:
        raise ConsistencyError("a baseline of some tags only would lose the rest", where="--tag", how="leave it out")
    if allow_removed and not update_baseline:
        raise ConsistencyError("--allow-removed goes with --update-baseline")
    options = common.chosen(
        threshold=threshold, nli=nli, encoder=encoder, parser=parser, device=device, threads=threads,
        allow_unverified_model=allow_unverified_model,
    )  # fmt: skip
    from consistency.gate.comparison import TOLERANCE
    from consistency.gate.run import check

    held = baseline if baseline is not None and (baseline.exists() or not update_baseline) else None
    with common.shown_progress(quiet) as progress:
        result = check(
            paths, baseline=held, tags=tag or (), fail_under=fail_under, max_regressions=max_regressions,
            tolerance=TOLERANCE if tolerance is None else tolerance, precision=precision, options=options,
            progress=progress,
        )  # fmt: skip
    # Reports first: a refused baseline must not cost them.
    if junit is not None:
        result.to_junit(junit)
    if sarif is not None:
        result.to_sarif(sarif)
    if as_json:
        common.put(result.to_dict())
    elif not quiet:
        from rich.console import Console

        from consistency.gate.outputs.terminal import print_check

        print_check(result, Console(), 0 if everything else 20)
    if github:
        from consistency.gate.outputs.github import write_summary

        for line in result.annotations():
            typer.echo(line, err=as_json)
        if not write_summary(result) and not quiet:
            common.say("GITHUB_STEP_SUMMARY is not set: no step summary was written")
    if update_baseline and baseline is not None:
        result.save_baseline(baseline, allow_removed=allow_removed)
        if not quiet:
            common.say(f"Baseline: {baseline}, {len(result.items):,} items")
        return
    raise typer.Exit(result.exit_code)


def init_command(
    path: Annotated[Path, typer.Argument(help="The file to write.")] = Path("claims.yaml"),
    schema: Annotated[
        bool, typer.Option("--schema", help="Put the JSON Schema beside it, for editors that check as you type.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Write over what is there.")] = False,
) -> None:
    """Write a commented claim set to begin with.

    Example:  consistency claimset init claims/talks.yaml
    """
    from consistency.gate.curate import write_example, write_schema

    typer.echo(write_example(path, force))
    if schema:
        typer.echo(write_schema(path.parent))


def lint_command(
    paths: Sets,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 for warnings too.")] = False,
    as_json: common.Json = False,
    quiet: common.Quiet = False,
) -> None:
    """What is wrong or doubtful in claim sets, with file and line: exit 2 for faults, 1 for errors.

    Example:  consistency claimset lint claims/
    """
    from consistency.gate.lint import lint
    from consistency.gate.reading import read_sets

    sets = read_sets([os.fspath(path) for path in paths])
    doubts = lint(sets, datetime.now(UTC).date().isoformat())
    for doubt in doubts:
        if as_json:
            common.put(asdict(doubt))
        else:
            typer.echo(str(doubt))
    errors = sum(doubt.level == "error" for doubt in doubts)
    if not quiet:
        items = sum(len(made.items) for made in sets)
        common.say(f"{items:,} items in {len(sets):,} sets: {errors:,} errors, {len(doubts) - errors:,} warnings")
    raise typer.Exit(int(errors > 0 or (strict and bool(doubts))))


def add_command(
    path: Annotated[Path, typer.Argument(help="The claim set; made when it is not there.")],
    reviewed: Annotated[
        Path, typer.Option("--from", help="A reviewed findings table: .csv, .xlsx or .jsonl.")
    ],
    quiet: common.Quiet = False,
) -> None:
    """Turn reviewed findings into items of a claim set.

    What was confirmed expects its relation; a false alarm takes any other. The rest stays out.

    Example:  consistency claimset add claims/talks.yaml --from out/findings.csv
    """
    from consistency.gate.curate import add_reviewed

    added = add_reviewed(path, reviewed)
    if not quiet:
        left = "".join(f", {count:,} {why.replace('_', ' ')}" for why, count in sorted(added.left.items()))
        common.say(f"{len(added.ids):,} items added to {path}; {added.known:,} were there already{left}")
