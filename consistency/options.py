"""Options of a run: one set of names for the command line, Python and `consistency.toml`."""
from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Literal, get_args

from consistency.errors import ConsistencyError

Scope = Literal["default", "outlets", "same-article", "all"]
Engine = Literal["local", "ray"]


@dataclass(frozen=True, slots=True)
class Options:
    """What a run may be told.

    Attributes:
        scope: which claims are paired: `default` pairs claims of two articles, and of two different speakers within
            one article; `outlets` only where the sources differ; `same-article` only within one article; `all`.
        about: keep only pairs in which a claim holds this term (case-folded), None for all.
        speaker: keep only pairs in which a claim is said by someone whose name holds this, None for all.
        threshold: confidence from which a finding is shown as such; below it is `uncertain` or left out.
        neighbours: nearest claims looked at per claim.
        min_similarity: lowest cosine at which a neighbour is paired.
        memory: megabytes that the search for neighbours may take.
        nli: folder or Hugging Face id of the NLI model, None for the bundled one.
        screen: `auto` drops pairs that cannot be findings before a model reads them, or once their sentences are read;
            `off` reads all pairs both ways.
        encoder: folder or id of the sentence-transformers model, None for all-MiniLM-L6-v2.
        parser: folder or name of the spaCy pipeline, None for en_core_web_sm.
        device: `auto`, `cpu` or `cuda`.
        threads: CPU threads, 0 for what is there.
        engine: `local`, or `ray` to spread the work over a Ray cluster (the extra `ray`; its address in the environment
            variable RAY_ADDRESS, else a local one).
        allow_unverified_model: go on with an NLI model that fails the golden pairs; the report says so.
    """

    scope: Scope = "default"
    about: str | None = None
    speaker: str | None = None
    threshold: float = 0.5
    neighbours: int = 20
    min_similarity: float = 0.4
    memory: int = 512
    nli: str | None = None
    screen: Literal["auto", "off"] = "auto"
    encoder: str | None = None
    parser: str | None = None
    device: Literal["auto", "cpu", "cuda"] = "auto"
    threads: int = 0
    engine: Engine = "local"
    allow_unverified_model: bool = False

    def __post_init__(self) -> None:
        chosen = (
            ("scope", get_args(Scope)), ("screen", ("auto", "off")), ("device", ("auto", "cpu", "cuda")),
            ("engine", get_args(Engine)),
        )  # fmt: skip
        for name, choices in chosen:
            if getattr(self, name) not in choices:
                raise ConsistencyError(f"{getattr(self, name)!r} is not one of {', '.join(choices)}", where=name)
        for name in ("threshold", "min_similarity"):
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
                raise ConsistencyError(f"{value!r} is not a number from 0 to 1", where=name)
        for name in ("neighbours", "memory"):
            if getattr(self, name) < 1:
                raise ConsistencyError(f"{getattr(self, name)} is not a positive number", where=name)
        if self.threads < 0:
            raise ConsistencyError(f"{self.threads} is not a number of threads", where="threads", how="0 is all")

    def to_dict(self) -> dict[str, Any]:
        """All options by name."""
        return asdict(self)


def read_options(folder: Path, given: Mapping[str, Any]) -> Options:
    """Options from `consistency.toml` or `[tool.consistency]` of `pyproject.toml`, overridden by those given.

    Args:
        folder: where the files are looked for; nothing above it is read.
        given: options by name; None means not given.

    Raises:
        ConsistencyError: an unknown name or a value that is not allowed, with the file.
    """
    settings: dict[str, Any] = {}
    where = "options"
    for name in ("consistency.toml", "pyproject.toml"):
        path = folder / name
        if not path.is_file():
            continue
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ConsistencyError(f"not valid TOML: {error}", where=str(path)) from error
        table = table if name == "consistency.toml" else table.get("tool", {}).get("consistency", {})
        if table:
            settings, where = table, str(path)
            break
    known = {field.name for field in fields(Options)}
    settings = {name.replace("-", "_"): value for name, value in settings.items()}
    if unknown := sorted(set(settings) - known):
        raise ConsistencyError(
            f"unknown option {', '.join(unknown)}", where=where, how=f"known are {', '.join(sorted(known))}"
        )
    settings |= {name: value for name, value in given.items() if value is not None}
    return Options(**settings)
