"""Commands that read articles: report, claims, pairs."""
from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from consistency.cli import common
from consistency.cli.common import OUTPUT, STORE
from consistency.errors import ConsistencyError

if TYPE_CHECKING:
    from consistency.options import Options
    from consistency.results import Report


def register(app: typer.Typer) -> None:
    """Adds the commands to the application."""
    app.command("report")(report_command)
    app.command("claims")(claims_command)
    app.command("pairs")(pairs_command)


def report_command(
    paths: common.MaybePaths = None,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="The page; all tables go beside it.", rich_help_panel=OUTPUT)
    ] = Path("consistency-report/report.html"),
    review: Annotated[
        Path | None, typer.Option(help="A reviewed findings table to read back.", rich_help_panel=OUTPUT)
    ] = None,
    store: Annotated[
        Path | None,
        typer.Option(
            metavar="DB",
            help="Add PATHS to this store and report on all that is in it; nothing is computed twice.",
            rich_help_panel=STORE,
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            metavar="last|DATE",
            help="With --store: only what articles added since the last report, or since a date, take part in.",
            rich_help_panel=STORE,
        ),
    ] = None,
    threshold: Annotated[
        float | None,
        typer.Option(help="Confidence from which a finding is shown.", rich_help_panel=OUTPUT, show_default="0.5"),
    ] = None,
    review_stats: Annotated[
        bool,
        typer.Option(
            "--review-stats", help="How many of the reviewed findings were right, by reason.", rich_help_panel=OUTPUT
        ),
    ] = False,
    embed_articles: Annotated[
        bool,
        typer.Option("--embed-articles", help="Put the full texts into the page.", rich_help_panel=OUTPUT),
    ] = False,
    column: common.Column = None,
    scope: common.Scope = None,
    about: common.About = None,
    speaker: common.SpeakerName = None,
    neighbours: common.Neighbours = None,
    memory: common.Memory = None,
    nli: common.Nli = None,
    screen: common.Screening = None,
    encoder: common.Encoder = None,
    parser: common.Parser = None,
    device: common.Device = None,
    threads: common.Threads = None,
    engine: common.EngineName = None,
    allow_unverified_model: common.Unverified = None,
    strict: common.Strict = False,
    as_json: common.Json = False,
    quiet: common.Quiet = False,
) -> None:
    """Where articles [bold]agree[/bold] and where they [bold]contradict[/bold] each other: a page, tables, a summary.

    Example:  consistency report articles/ --output out/report.html
    """
    options = common.chosen(
        threshold=threshold, scope=scope, about=about, speaker=speaker, neighbours=neighbours, memory=memory, nli=nli,
        screen=screen, encoder=encoder, parser=parser, device=device, threads=threads, engine=engine,
        allow_unverified_model=allow_unverified_model,
    )  # fmt: skip
    if since is not None and store is None:
        raise ConsistencyError("only a store knows what is new", where="--since", how="add --store DB")
    if review_stats and review is None:
        raise ConsistencyError("counts what was reviewed", where="--review-stats", how="give --review reviewed.csv too")
    from consistency.render.reviews import read_reviews

    # Read before the work: a table that cannot be read must not cost a whole run.
    reviews = read_reviews(review) if review is not None else ()
    if store is not None:
        result, written = _report_of_store(
            store, paths, since, review, output, options, column, quiet, embed_articles
        )
    else:
        from consistency.api import report

        with common.shown_progress(quiet) as progress:
            result = report(paths or [], options=options, columns=common.columns_of(column), progress=progress)
        if review is not None:
            result = result.with_review(reviews)
        written = result.save(output, embed_articles=embed_articles)
    if options.engine == "ray":
        written += result.to_parquet(output.parent)
    if as_json:
        common.put(result.to_json())
    elif not quiet:
        from rich.console import Console

        from consistency.render.terminal import print_review_stats, print_summary

        print_summary(result, Console())
        if review_stats:
            print_review_stats(result, Console())
    common.tell_skipped(result.load_skipped, quiet)
    if not quiet:
        common.say(f"Page: {output}   Tables: {', '.join(sorted(p.name for p in written if p != output))}")
    if strict and result.load_skipped:
        raise typer.Exit(2)


def _report_of_store(
    path: Path,
    paths: list[Path] | None,
    since: str | None,
    review: Path | None,
    output: Path,
    options: Options,
    column: list[str] | None,
    quiet: bool,
    embed_articles: bool,
) -> tuple[Report, list[Path]]:
    """The report of a store, and the files written; it is the last report as soon as they are there."""
    from consistency.store import Added, Store

    with Store(path, create=bool(paths)) as store:
        added = store.add(paths, columns=common.columns_of(column)) if paths else Added()
        if review is not None:
            store.review(review)
        with common.shown_progress(quiet) as progress:
            result = store.report(
                since=since, options=options, skipped=added.skipped, warnings=added.warnings, progress=progress
            )
        written = result.save(output, embed_articles=embed_articles)
        store.mark_reported()
    return result, written


def claims_command(
    paths: common.Paths,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="A .jsonl file; stdout without it.", rich_help_panel=OUTPUT)
    ] = None,
    column: common.Column = None,
    parser: common.Parser = None,
    strict: common.Strict = False,
    quiet: common.Quiet = False,
) -> None:
    """Split articles into atomic claims and tell who says each, without comparing them."""
    options = common.chosen(parser=parser)
    from consistency.load import load
    from consistency.pipeline import Models, split_articles

    loaded = load(paths, columns=common.columns_of(column))
    with common.shown_progress(quiet) as progress:
        made = split_articles(loaded.articles, Models(options), progress)
    if output is None:
        for claim in made.claims:
            common.put(claim.to_dict())
    else:
        lines = (json.dumps(claim.to_dict(), ensure_ascii=False) + "\n" for claim in made.claims)
        common.write_whole(output, lambda file: file.writelines(lines))
    if not quiet:
        left_out: dict[str, int] = {}
        for item in made.skipped:
            left_out[item.kind] = left_out.get(item.kind, 0) + 1
        told = ", ".join(f"{n} {kind}" for kind, n in sorted(left_out.items())) or "nothing"
        common.say(f"{len(made.claims)} claims from {made.sentences} sentences of {len(loaded.articles)} articles; "
                   f"left out: {told}")  # fmt: skip
    common.tell_skipped(loaded.skipped, quiet)
    if strict and loaded.skipped:
        raise typer.Exit(2)


def pairs_command(
    paths: common.Paths,
    estimate: Annotated[bool, typer.Option("--estimate", help="Tell how many, why, and how long.")] = False,
    column: common.Column = None,
    scope: common.Scope = None,
    about: common.About = None,
    speaker: common.SpeakerName = None,
    neighbours: common.Neighbours = None,
    memory: common.Memory = None,
    nli: common.Nli = None,
    screen: common.Screening = None,
    encoder: common.Encoder = None,
    parser: common.Parser = None,
    device: common.Device = None,
    threads: common.Threads = None,
    as_json: common.Json = False,
    quiet: common.Quiet = False,
) -> None:
    """Which claims would be compared, and why; --estimate tells the cost before it is paid."""
    options = common.chosen(
        scope=scope, about=about, speaker=speaker, neighbours=neighbours, memory=memory, nli=nli,
        screen=screen, encoder=encoder, parser=parser, device=device, threads=threads,
    )  # fmt: skip
    from consistency import api
    from consistency.pipeline import Models

    models = Models(options)
    with common.shown_progress(quiet) as progress:
        candidates = api.pairs(
            paths, options=options, models=models, columns=common.columns_of(column), progress=progress
        )
    if not estimate:
        for pair in candidates.pairs:
            common.put({
                "id": pair.id, "a": pair.a.text, "b": pair.b.text, "a_claim": pair.a.id, "b_claim": pair.b.id,
                "similarity": pair.similarity, "why": list(pair.why),
            })  # fmt: skip
        return
    cost = api.estimate(candidates, models)
    if as_json:
        common.put({name: getattr(cost, name) for name in cost.__slots__})
        return
    typer.echo(f"{cost.articles} articles, {cost.claims} claims, {cost.pairs} candidate pairs")
    for name, count in sorted(cost.by_reason.items()):
        typer.echo(f"  {count} {name}")
    for name, count in sorted(cost.dropped.items()):
        typer.echo(f"  {count} dropped by the cap {name.replace('_', ' ')}")
    typer.echo(f"  {cost.screened_out} screened out before the model reads them")
    typer.echo(f"about {cost.seconds / 60:.1f} minutes of scoring on this machine")
