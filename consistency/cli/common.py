"""What the commands share: options, progress on stderr, data on stdout."""
from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from consistency.errors import ConsistencyError
from consistency.options import Options, read_options
from consistency.progress import STAGES

if TYPE_CHECKING:
    from consistency.article import Skipped
    from consistency.pipeline import Progress

MODELS, PAIRING, OUTPUT, STORE = "Models", "Pairing", "Output", "Store"

Paths = Annotated[
    list[Path], typer.Argument(help="Files, folders or globs (txt, md, html, json, jsonl, csv, parquet); - for stdin.")
]
MaybePaths = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="PATHS...",
        help="Files, folders or globs (txt, md, html, json, jsonl, csv, parquet); - for stdin; none with --store: all "
        "that is in it.",
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", help="No progress and no summary.", rich_help_panel=OUTPUT)]
Json = Annotated[bool, typer.Option("--json", help="The result as JSON on stdout.", rich_help_panel=OUTPUT)]
Strict = Annotated[
    bool, typer.Option("--strict", help="Exit with 2 when any input was skipped.", rich_help_panel=OUTPUT)
]
Column = Annotated[
    list[str] | None,
    typer.Option("--column", metavar="NAME=YOURS", help="Your name of a column: --column text=body. May be repeated."),
]
Scope = Annotated[
    str | None,
    typer.Option(help="default, outlets, same-article or all.", rich_help_panel=PAIRING, show_default="default"),
]
About = Annotated[str | None, typer.Option(help="Only pairs about this term.", rich_help_panel=PAIRING)]
SpeakerName = Annotated[
    str | None, typer.Option("--speaker", metavar="NAME", help="Only pairs with this speaker.", rich_help_panel=PAIRING)
]
Neighbours = Annotated[
    int | None, typer.Option(help="Nearest claims looked at per claim.", rich_help_panel=PAIRING, show_default="20")
]
Memory = Annotated[
    int | None,
    typer.Option(
        metavar="MB", help="Megabytes for the search for neighbours.", rich_help_panel=PAIRING, show_default="512"
    ),
]
Nli = Annotated[
    str | None,
    typer.Option(
        "--nli", help="NLI model: folder or Hugging Face id.", rich_help_panel=MODELS, show_default="bundled"
    ),
]
Screening = Annotated[
    str | None,
    typer.Option(
        "--screen",
        metavar="auto|off",
        help="auto drops pairs that cannot be findings before the NLI model reads them; off reads all pairs both ways.",
        rich_help_panel=MODELS,
        show_default="auto",
    ),
]
Encoder = Annotated[
    str | None,
    typer.Option(help="sentence-transformers model.", rich_help_panel=MODELS, show_default="all-MiniLM-L6-v2"),
]
Parser = Annotated[
    str | None, typer.Option(help="spaCy pipeline.", rich_help_panel=MODELS, show_default="en_core_web_sm")
]
Device = Annotated[str | None, typer.Option(help="auto, cpu or cuda.", rich_help_panel=MODELS, show_default="auto")]
Threads = Annotated[int | None, typer.Option(help="CPU threads.", rich_help_panel=MODELS, show_default="all")]
EngineName = Annotated[
    str | None,
    typer.Option(
        "--engine",
        metavar="local|ray",
        help="Where the work is done: in this process, or on the Ray cluster that RAY_ADDRESS names, else a local one; "
        "ray writes the tables as Parquet too.",
        rich_help_panel=MODELS,
        show_default="local",
    ),
]
Unverified = Annotated[
    bool | None,
    typer.Option(
        "--allow-unverified-model", help="Go on with a model that fails the golden pairs.", rich_help_panel=MODELS
    ),
]


def tell_skipped(skipped: Sequence[Skipped], quiet: bool) -> None:
    """Inputs that were left out, on stderr."""
    if skipped and not quiet:
        say(f"Skipped {len(skipped)}:")
        for item in skipped[:20]:
            say(f"  {item.what}: {item.why}")
        if len(skipped) > 20:
            say(f"  and {len(skipped) - 20} more")


def chosen(**given: Any) -> Options:
    """Options from the command line over those of the configuration in the working folder."""
    return read_options(Path.cwd(), given)


def columns_of(items: list[str] | None) -> dict[str, str] | None:
    """`NAME=YOURS` items to a mapping.

    Raises:
        ConsistencyError: an item without `=`.
    """
    if not items:
        return None
    found = {}
    for item in items:
        name, sign, yours = item.partition("=")
        if not sign or not name or not yours:
            raise ConsistencyError(f"{item!r} is not NAME=YOURS", where="--column", how="--column text=body")
        found[name] = yours
    return found


def say(text: str) -> None:
    """A line for people, on stderr."""
    typer.echo(text, err=True)


def put(row: Any) -> None:
    """A row of data, on stdout."""
    typer.echo(json.dumps(row, ensure_ascii=False, default=str))


@contextmanager
def shown_progress(quiet: bool) -> Iterator[Progress]:
    """A progress bar a stage on stderr; nothing when quiet or not on a terminal."""
    if quiet or not sys.stderr.isatty():
        yield lambda stage, done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    with Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
        console=Console(stderr=True), transient=True,
    ) as bars:  # fmt: skip
        tasks: dict[str, Any] = {}

        def show(stage: str, done: int, total: int | None) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(STAGES.get(stage, stage), total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield show


def write_whole(path: Path, write: Callable[[Any], None]) -> None:
    """Writes a text file whole or not at all.

    Raises:
        ConsistencyError: the folder cannot be written.
    """
    fresh = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with fresh.open("w", encoding="utf-8", newline="") as file:
            write(file)
        fresh.replace(path)
    except OSError as error:
        raise ConsistencyError(f"cannot be written: {error.strerror}", where=str(path)) from error
