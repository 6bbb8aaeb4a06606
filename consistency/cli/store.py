"""Commands about a store: add, remove, status."""
from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from consistency.cli import common

Database = Annotated[Path, typer.Option("--store", metavar="DB", help="The store, one file.")]


def register(app: typer.Typer) -> None:
    """Adds the group of commands to the application."""
    group = typer.Typer(no_args_is_help=True, help="Keep a corpus in one file, so that nothing is computed twice.")
    group.command("add")(add_command)
    group.command("remove")(remove_command)
    group.command("status")(status_command)
    app.add_typer(group, name="store")


def add_command(
    paths: common.Paths,
    store: Database,
    replace: Annotated[
        bool, typer.Option("--replace", help="A new text under an id that is there takes the old one's place.")
    ] = False,
    column: common.Column = None,
    strict: common.Strict = False,
    as_json: common.Json = False,
    quiet: common.Quiet = False,
) -> None:
    """Add articles to a store; the next report works them in.

    Example:  consistency store add today/ --store corpus.db
    """
    from consistency.store import Store

    with Store(store) as opened:
        added = opened.add(paths, columns=common.columns_of(column), replace=replace)
    if as_json:
        common.put(asdict(added))
    elif not quiet:
        told = [f"{len(added.new)} added", f"{added.known} there already"]
        told += [f"{len(ids)} {name}" for name in ("changed", "replaced") if (ids := getattr(added, name))]
        typer.echo(f"{store}: {', '.join(told)}")
        for warning in added.warnings:
            common.say(f"  {warning}")
    common.tell_skipped(added.skipped, quiet)
    if strict and added.skipped:
        raise typer.Exit(2)


def remove_command(
    ids: Annotated[list[str], typer.Argument(metavar="ID...", help="Ids of articles, as the reports name them.")],
    store: Database,
    quiet: common.Quiet = False,
) -> None:
    """Remove articles and all that only they gave rise to: their claims, their findings.

    Example:  consistency store remove wire-2024-05-06 --store corpus.db
    """
    from consistency.store import Store

    with Store(store, create=False) as opened:
        count = opened.remove(ids)
    if not quiet:
        typer.echo(f"{store}: {count} removed")


def status_command(store: Database, as_json: common.Json = False) -> None:
    """What is in a store.

    Example:  consistency store status --store corpus.db
    """
    from consistency.store import Store

    with Store(store, create=False) as opened:
        status = opened.status()
    if as_json:
        common.put(asdict(status))
        return
    typer.echo(f"{status.path}: {status.megabytes} MB")
    days = f", {status.first} to {status.last}" if status.first else ""
    typer.echo(f"  {status.articles} articles from {status.sources} outlets{days}; {status.read} split into claims")
    typer.echo(f"  {status.vectors} embeddings, {status.reviews} reviews")
    for model, count in status.scores.items():
        typer.echo(f"  {count} scores of {model}")
    made = f"last report {status.last_report}" if status.last_report else "no report yet"
    typer.echo(f"  {made}; {status.new} articles added since")
