"""Articles into claims that stand alone, each with who says it."""

from consistency.split.parser import load_parser
from consistency.split.stage import Split, find_attributions, join_splits, split, split_each

__all__ = ["Split", "find_attributions", "join_splits", "load_parser", "split", "split_each"]
