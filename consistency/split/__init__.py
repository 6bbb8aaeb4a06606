"""Articles into claims that stand alone, each with who says it."""
from consistency.split.parser import load_parser
from consistency.split.stage import Split, split

__all__ = ["Split", "load_parser", "split"]
