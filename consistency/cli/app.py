"""The application: its commands, its errors, its exit codes."""
from __future__ import annotations

import sys

import typer

from consistency.cli import articles, claimsets, setup, store, strings, verification
from consistency.errors import ConsistencyError

app = typer.Typer(
    name="consistency",
    help="Find where news sources agree and where they contradict each other, claim by claim, with the exact words.\n\n"
    "Start with:  consistency report FOLDER --output out/report.html\n\n"
    "Everything runs on this machine; nothing is sent anywhere. Exit codes: 0 done, 1 what was asked to fail failed, "
    "2 usage, set-up or nothing readable.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)
for module in (articles, verification, claimsets, strings, store, setup):
    module.register(app)


@app.callback()
def _root(
    version: bool = typer.Option(
        False, "--version", help="Tool, models and their hashes.", is_eager=True, callback=setup.show_version
    ),
) -> None:
    """Options that stand before a command."""


def main() -> None:
    """Entry point of the `consistency` command."""
    try:
        app()
    except ConsistencyError as error:
        print(f"consistency: {error}", file=sys.stderr)  # noqa: T201
        sys.exit(2)
    except KeyboardInterrupt:
        print("consistency: interrupted", file=sys.stderr)  # noqa: T201
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(141)


if __name__ == "__main__":
    main()
