"""Ray: the stages of a run as `map_batches` over shards, and the search for neighbours over pairs of blocks.

As in a store, the stages do not know of it: `RayModels` follows the same protocols as the models it stands for.
Splitting, analysing, encoding, searching and scoring run on the cluster; relating and grouping, which need all
findings, run here. A worker that is lost is replaced and its shard done again, by Ray's own options.
"""
from __future__ import annotations

import pickle
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from consistency.article import Article
from consistency.block import KINDS, Nearest, Scope, Search, tile
from consistency.claim import Claim
from consistency.encode import Encoder
from consistency.errors import MissingExtraError
from consistency.nli import NLIScorer
from consistency.options import Options
from consistency.pipeline import Models
from consistency.relate.frame import Frame
from consistency.split import Split, join_splits

if TYPE_CHECKING:
    import numpy as np
    from scipy.sparse import csr_matrix

# Items of a shard: some seconds of work each, so that the last shard is not waited for long.
ARTICLES, TEXTS, PAIRS = 32, 512, 512
# Claims of a block in the search for neighbours: a tile of this size takes some 400 MB.
BLOCK = 4096
# Most tiles that are asked for at once.
IN_FLIGHT = 256
# A lost worker is replaced however often; a shard that fails on three workers in a row is at fault itself.
RESTARTS, RETRIES = -1, 3

Item = TypeVar("Item")


class Stage(ABC):
    """A stage on a worker, which keeps its models from shard to shard.

    Args:
        models: what the worker works with.
    """

    def __init__(self, models: Models):
        self.models = models

    def __call__(self, batch: dict[str, Any]) -> dict[str, Any]:
        """Shards to results, both as bytes: Ray's tables know nothing of claims."""
        made = [pickle.dumps(self.work(pickle.loads(part))) for part in batch["part"]]
        return {"number": batch["number"], "made": made}

    @abstractmethod
    def work(self, part: Any) -> Any:
        """The result of one shard."""


class SplitStage(Stage):
    """Articles to a split."""

    def work(self, part: list[Article]) -> Split:
        """See `Models.split`."""
        return self.models.split(part)


class AnalyseStage(Stage):
    """Texts to frames."""

    def work(self, part: list[str]) -> list[Frame]:
        """See `Models.analyse`."""
        return list(self.models.analyse(part))


class EncodeStage(Stage):
    """Texts to vectors."""

    def work(self, part: list[str]) -> np.ndarray:
        """See `Encoder.encode`."""
        return self.models.get_encoder().encode(part)


class ScoreStage(Stage):
    """Pairs to scores, with the number of pairs that were cut."""

    def work(self, part: list[tuple[str, str]]) -> tuple[np.ndarray, int]:
        """See `NLIScorer.score`."""
        scorer = self.models.get_scorer()
        before = scorer.truncated
        return scorer.score(part), scorer.truncated - before


class ReadStage(Stage):
    """Pairs of sentences to scores, as `ScoreStage`."""

    def work(self, part: list[tuple[str, str]]) -> tuple[np.ndarray, int]:
        """See `NLIScorer.score`."""
        reader = self.models.get_reader()
        before = reader.truncated
        return reader.score(part), reader.truncated - before


class Cluster:
    """The Ray cluster that RAY_ADDRESS names, or one on this machine.

    Args:
        models: what each worker works with; models that are not loaded yet are loaded there.

    Raises:
        MissingExtraError: Ray is not installed.
    """

    def __init__(self, models: Models):
        try:
            import ray
            import ray.data
        except ImportError as error:
            raise MissingExtraError("--engine ray", "ray") from error
        self._ray, self._models = ray, models
        if not ray.is_initialized():
            ray.init(log_to_driver=False, include_dashboard=False)
        ray.data.DataContext.get_current().enable_progress_bars = False

    def map(
        self, stage: type[Stage], items: Sequence[Item], size: int, progress: Callable[[int], None] | None = None
    ) -> list[Any]:
        """Results of a stage, a shard of `size` items each, in order.

        Args:
            stage: what is done with a shard.
            items: what there is to do.
            size: items of a shard.
            progress: called with the number of items just done.
        """
        parts = [list(items[start : start + size]) for start in range(0, len(items), size)]
        if not parts:
            return []
        rows = [{"number": number, "part": pickle.dumps(part)} for number, part in enumerate(parts)]
        workers = min(len(parts), max(1, int(self._ray.cluster_resources().get("CPU", 1))))
        done = self._ray.data.from_items(rows, override_num_blocks=len(rows)).map_batches(
            stage, fn_constructor_args=(self._models,), batch_size=1, concurrency=(1, workers), num_cpus=1,
            max_restarts=RESTARTS, max_task_retries=RETRIES,
        )  # fmt: skip
        made: dict[int, Any] = {}
        for row in done.iter_rows():
            made[row["number"]] = pickle.loads(row["made"])
            if progress:
                progress(len(parts[row["number"]]))
        return [made[number] for number in range(len(parts))]

    def search(
        self, vectors: np.ndarray, lexical: csr_matrix, scope: Scope, options: Options
    ) -> Iterator[tuple[str, np.ndarray, int]]:
        """See `consistency.block.neighbours`: exact, a task for each pair of blocks."""
        ray = self._ray
        tops = range(0, len(vectors), BLOCK)
        blocks = [
            ray.put((vectors[top : top + BLOCK], lexical[top : top + BLOCK], list(scope.claims[top : top + BLOCK])))
            for top in tops
        ]
        task = ray.remote(max_retries=3)(nearest_in)
        waiting: dict[Any, int] = {}
        strips = {top: {kind: Nearest(options.neighbours) for kind in KINDS} for top in tops}
        asked = [(top, left) for top in tops for left in tops]
        while asked or waiting:
            while asked and len(waiting) < IN_FLIGHT:
                top, left = asked.pop()
                waiting[task.remote(blocks[top // BLOCK], blocks[left // BLOCK], left, options)] = top
            (done,), _ = ray.wait(list(waiting), num_returns=1)
            top = waiting.pop(done)
            for kind, found in ray.get(done).items():
                strips[top][kind].join(found)
        for top, strip in strips.items():
            for kind, nearest in strip.items():
                pairs = nearest.pairs()
                pairs[:, 0] += top
                yield kind, pairs, nearest.left_out()


Block = tuple["np.ndarray", "csr_matrix", list[Claim]]


def nearest_in(rows: Block, columns: Block, left: int, options: Options) -> dict[str, Nearest]:
    """The nearest of one block of claims to each of another, by kind.

    Args:
        rows: vectors, anchors and claims of the block whose neighbours are sought.
        columns: the same of the block in which they are sought.
        left: number of its first claim.
        options: scope, neighbours, min_similarity.
    """
    scope = Scope([*rows[2], *columns[2]], options)
    found = {}
    for kind, (i, j, score) in tile(rows[0], columns[0], rows[1], columns[1], options).items():
        found[kind] = Nearest(options.neighbours)
        found[kind].add(i, j + left, score, scope.allows(i, j + len(rows[2])))
    return found


class RayEncoder:
    """An encoder whose shards are encoded on the cluster; arguments: what it stands for, and the cluster."""

    def __init__(self, encoder: Encoder, cluster: Cluster):
        self._cluster = cluster
        self.name, self.sha256, self.backend = encoder.name, encoder.sha256, encoder.backend
        self.fingerprint = encoder.fingerprint

    def encode(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> np.ndarray:
        """See `Encoder.encode`. Equal texts are encoded once."""
        import numpy as np

        unique = sorted(set(texts), key=lambda text: (len(text), text))
        row = {text: i for i, text in enumerate(unique)}
        parts = self._cluster.map(EncodeStage, unique, TEXTS, progress)
        return np.concatenate(parts)[[row[text] for text in texts]] if parts else np.zeros((0, 0), np.float32)


class RayScorer:
    """An NLI scorer whose shards are scored on the cluster; arguments: what it stands for, the cluster, and the stage
    that scores."""

    def __init__(self, scorer: NLIScorer, cluster: Cluster, stage: type[Stage]):
        self._cluster, self._stage = cluster, stage
        self.name, self.sha256, self.backend = scorer.name, scorer.sha256, scorer.backend
        self.fingerprint, self.verified, self.truncated = scorer.fingerprint, scorer.verified, 0

    def score(
        self, pairs: Sequence[tuple[str, str]], progress: Callable[[int], None] | None = None
    ) -> np.ndarray:
        """See `NLIScorer.score`. Equal pairs are scored once, pairs of similar length in one shard."""
        import numpy as np

        unique = sorted(set(pairs), key=lambda pair: (len(pair[0]) + len(pair[1]), pair))
        row = {pair: i for i, pair in enumerate(unique)}
        parts = self._cluster.map(self._stage, unique, PAIRS, progress)
        self.truncated += sum(cut for _, cut in parts)
        scores = np.concatenate([rows for rows, _ in parts]) if parts else np.zeros((0, 3))
        return scores[[row[pair] for pair in pairs]]


class RayModels(Models):
    """Models whose work is done on a Ray cluster. The driver loads them too: it must name them in the report.

    Args:
        models: what each worker works with.
    """

    def __init__(self, models: Models):
        super().__init__(models.options)
        # A worker has one processor; what is loaded here is not sent there, unless it was given.
        self._models, self._cluster = models, Cluster(replace(models, options=replace(models.options, threads=1)))

    def get_parser(self):  # type: ignore[no-untyped-def]
        """See `Models.get_parser`."""
        self.parser = self._models.get_parser()
        return self.parser

    def get_encoder(self) -> Encoder:
        """See `Models.get_encoder`."""
        if self.encoder is None:
            self.encoder = RayEncoder(self._models.get_encoder(), self._cluster)
        return self.encoder

    def get_scorer(self) -> NLIScorer:
        """See `Models.get_scorer`."""
        if self.scorer is None:
            self.scorer = RayScorer(self._models.get_scorer(), self._cluster, ScoreStage)
        return self.scorer

    def get_reader(self) -> NLIScorer:
        """See `Models.get_reader`."""
        if self.reader is None:
            self.reader = RayScorer(self._models.get_reader(), self._cluster, ReadStage)
        return self.reader

    @property
    def search(self) -> Search:
        """See `Models.search`."""
        return self._cluster.search

    def split(self, articles: Sequence[Article], progress: Callable[[int], None] | None = None) -> Split:
        """See `Models.split`."""
        self.get_parser()
        done = 0

        def step(count: int) -> None:
            nonlocal done
            done += count
            if progress:
                progress(done)

        return join_splits(self._cluster.map(SplitStage, articles, ARTICLES, step))

    def analyse(self, texts: Sequence[str]) -> Iterator[Frame]:
        """See `Models.analyse`: equal texts are parsed once."""
        unique = list(dict.fromkeys(texts))
        parts = self._cluster.map(AnalyseStage, unique, TEXTS)
        frames = dict(zip(unique, (frame for part in parts for frame in part), strict=True))
        return iter([frames[text] for text in texts])
