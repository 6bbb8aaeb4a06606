"""Engines: where the work of a run is done."""
from __future__ import annotations

from consistency.options import Options
from consistency.pipeline import Models


def models_of(options: Options) -> Models:
    """Models for the engine that the options name.

    Raises:
        MissingExtraError: the engine is not installed.
    """
    if options.engine == "ray":
        from consistency.engines.ray import RayModels

        return RayModels(Models(options))
    return Models(options)
