"""The command line: `consistency COMMAND ...`."""
from consistency.cli.app import main

__all__ = ["main"]
