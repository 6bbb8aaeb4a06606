"""Commands about the install: models, --version."""
from __future__ import annotations

import typer

from consistency.cli import common


def register(app: typer.Typer) -> None:
    """Adds the commands to the application."""
    app.command("models")(models_command)


def show_version(asked: bool) -> None:
    """Prints tool, models and hashes, and ends."""
    if not asked:
        return
    import consistency
    from consistency.encode import MINILM_SHA256
    from consistency.errors import ModelError
    from consistency.nli.scorer import bundled_folder
    from consistency.nli.weights import folder_digest

    typer.echo(f"consistency {consistency.__version__}")
    typer.echo(f"  encoder all-MiniLM-L6-v2 sha256 {MINILM_SHA256}")
    try:
        folder = bundled_folder()
        typer.echo(f"  nli {folder.name} sha256 {folder_digest(folder)}")
    except ModelError as error:
        typer.echo(f"  nli: {error}")
    raise typer.Exit()


def models_command(
    nli: common.Nli = None,
    encoder: common.Encoder = None,
    parser: common.Parser = None,
    device: common.Device = None,
    allow_unverified_model: common.Unverified = None,
    as_json: common.Json = False,
) -> None:
    """Which models are used, where from, their hashes, and whether they pass their self-check."""
    options = common.chosen(
        nli=nli, encoder=encoder, parser=parser, device=device, allow_unverified_model=allow_unverified_model
    )
    from consistency.pipeline import Models

    models = Models(options)
    models.get_parser()
    models.get_encoder()
    models.get_scorer()
    models.get_reader()
    found = models.named()
    if as_json:
        common.put(found)
        return
    for role, model in found.items():
        typer.echo(f"{role}: {model['name']}")
        typer.echo(f"  sha256 {model['sha256'] or 'unknown'}; {model['backend']}")
        if role == "nli":
            typer.echo(f"  golden pairs: {'passed' if model['verified'] else 'failed'}")
