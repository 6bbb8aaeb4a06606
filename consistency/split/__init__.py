"""Articles into claims that stand alone, each with who says it."""

from consistency.split.parser import load_parser
from consistency.split.stage import Split, find_attributions, split

__all__ = ["Split", "find_attributions", "load_parser", "split"]
