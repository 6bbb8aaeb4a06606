"""Read articles from files, folders, tables, stdin or Python objects."""

from consistency.load.collect import Loaded, load

__all__ = ["Loaded", "load"]
