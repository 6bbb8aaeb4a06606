"""Remembering models: they answer from the store what was asked before, and keep what is new batch by batch.

They follow the same protocols as the models that they stand for, so that no stage knows of the store.
"""
from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from tempfile import TemporaryFile, gettempdir
from typing import TYPE_CHECKING, TypeVar

from consistency.article import Article
from consistency.block import Search
from consistency.encode import Encoder
from consistency.fingerprint import fingerprint
from consistency.nli import NLIScorer
from consistency.pipeline import Models
from consistency.relate.frame import Frame
from consistency.split import Split, join_splits, split_each
from consistency.store.database import StoreError
from consistency.store.kept import Kept, stage_version

if TYPE_CHECKING:
    import numpy as np
    from spacy.language import Language

# Texts and pairs worked on between two commits: what a killed process has to do again.
FRAMES_AT_ONCE = 256
TEXTS_AT_ONCE = 512
PAIRS_AT_ONCE = 256
# Vectors read from the store at a time, and bytes of vectors from which they stay in a file.
ROWS_AT_ONCE = 4096
MAPPED_FROM = 64 * 2**20

Item = TypeVar("Item")


class RememberingEncoder:
    """An encoder that encodes each text once in the life of a store.

    Args:
        encoder: what encodes.
        kept: what was encoded before.
    """

    def __init__(self, encoder: Encoder, kept: Kept):
        self._encoder, self._kept = encoder, kept
        self.name, self.sha256, self.backend = encoder.name, encoder.sha256, encoder.backend
        self.fingerprint = encoder.fingerprint

    def encode(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> np.ndarray:
        """See `consistency.encode.Encoder.encode`."""
        if self.fingerprint is None or not texts:
            return self._encoder.encode(texts, progress)
        model = self._kept.model("encoder", self.fingerprint, self.name, self.backend)
        unique = sorted(set(texts), key=lambda text: (len(text), text))
        missing = [text for part in _parts(unique, ROWS_AT_ONCE) for text in self._kept.without_vectors(part, model)]
        if progress and len(missing) < len(unique):
            progress(len(unique) - len(missing))
        for part in _parts(missing, TEXTS_AT_ONCE):
            self._kept.keep_vectors(part, self._encoder.encode(part, progress), model)
        return _joined(self._kept.vectors(part, model) for part in _parts(texts, ROWS_AT_ONCE))


class RememberingScorer:
    """An NLI scorer that scores each pair once in the life of a store.

    Args:
        scorer: what scores.
        kept: what was scored before.
    """

    def __init__(self, scorer: NLIScorer, kept: Kept):
        self._scorer, self._kept = scorer, kept
        self.name, self.sha256, self.backend = scorer.name, scorer.sha256, scorer.backend
        self.fingerprint, self.verified = scorer.fingerprint, scorer.verified
        self.truncated = 0

    def score(
        self, pairs: Sequence[tuple[str, str]], progress: Callable[[int], None] | None = None
    ) -> np.ndarray:
        """See `consistency.nli.NLIScorer.score`."""
        import numpy as np

        if self.fingerprint is None:
            before = self._scorer.truncated
            rows = self._scorer.score(pairs, progress)
            self.truncated += self._scorer.truncated - before
            return rows
        model = self._kept.model("nli", self.fingerprint, self.name, self.backend)
        unique = list(dict.fromkeys(pairs))
        known = self._kept.scores(unique, model)
        self.truncated += sum(cut for *_, cut in known.values())
        if progress and known:
            progress(len(known))
        # Of similar length side by side, so that the scorer's batches are as full as without a store.
        missing = sorted((p for p in unique if p not in known), key=lambda p: (len(p[0]) + len(p[1]), p))
        for part in _parts(missing, PAIRS_AT_ONCE):
            before = self._scorer.truncated
            rows = self._scorer.score(part, progress)
            cut = self._scorer.truncated - before
            # The scorer counts what it cuts; the longest of a batch are what it cut.
            self._kept.keep_scores(part, rows, set(range(len(part) - cut, len(part))), model)
            self.truncated += cut
            known.update((pair, tuple(row)) for pair, row in zip(part, rows, strict=True))
        return np.array([known[pair][:3] for pair in pairs], dtype=float).reshape(-1, 3)


class RememberingModels(Models):
    """Models whose every answer is kept in a store.

    Args:
        models: what answers when the store cannot.
        kept: the store's tables.
    """

    def __init__(self, models: Models, kept: Kept):
        super().__init__(models.options)
        self._models, self._kept = models, kept
        self._version: str | None = None

    def get_parser(self) -> Language:
        """See `Models.get_parser`."""
        self.parser = self._models.get_parser()
        return self.parser

    def get_encoder(self) -> Encoder:
        """See `Models.get_encoder`."""
        if self.encoder is None:
            self.encoder = RememberingEncoder(self._models.get_encoder(), self._kept)
        return self.encoder

    def get_scorer(self) -> NLIScorer:
        """See `Models.get_scorer`."""
        if self.scorer is None:
            self.scorer = RememberingScorer(self._models.get_scorer(), self._kept)
        return self.scorer

    def get_reader(self) -> NLIScorer:
        """See `Models.get_reader`."""
        if self.reader is None:
            self.reader = RememberingScorer(self._models.get_reader(), self._kept)
        return self.reader

    @property
    def search(self) -> Search | None:
        """See `Models.search`."""
        return self._models.search

    def split(self, articles: Sequence[Article], progress: Callable[[int], None] | None = None) -> Split:
        """See `Models.split`: only articles that were never split are."""
        version = self._text_version()
        if version is None:
            return self._models.split(articles, progress)
        made = [self._kept.split(article, version) for article in articles]
        missing = [i for i, found in enumerate(made) if found is None]
        done = len(articles) - len(missing)
        if progress and done:
            progress(done)
        fresh = split_each([articles[i] for i in missing], self.get_parser()) if missing else iter(())
        for number, (i, one) in enumerate(zip(missing, fresh, strict=True), done + 1):
            self._kept.keep_split(articles[i], version, one)
            made[i] = one
            if progress:
                progress(number)
        return join_splits(one for one in made if one is not None)

    def analyse(self, texts: Sequence[str]) -> Iterator[Frame]:
        """See `Models.analyse`: only texts that were never analysed are."""
        version = self._text_version()
        if version is None:
            yield from self._models.analyse(texts)
            return
        for part in _parts(texts, FRAMES_AT_ONCE):
            known = self._kept.frames(dict.fromkeys(part), version)
            missing = [text for text in dict.fromkeys(part) if text not in known]
            if missing:
                fresh = dict(zip(missing, self._models.analyse(missing), strict=True))
                self._kept.keep_frames(fresh, version)
                known |= fresh
            yield from (known[text] for text in part)

    def _text_version(self) -> str | None:
        """Version of what splitting and analysing give: parser, spaCy, and the code of the stages."""
        if self._version is None:
            import spacy

            parser = self.get_parser()
            self._version = fingerprint(parser.path, spacy.__version__, stage_version(), ",".join(parser.pipe_names))
        return self._version


def _joined(blocks: Iterable[np.ndarray]) -> np.ndarray:
    """Blocks of rows as one array; a large one is mapped from a file, so that only what is looked at is in memory.

    Raises:
        StoreError: the disk is full.
    """
    import numpy as np

    made, width = 0, 0
    with TemporaryFile() as file:
        try:
            for block in blocks:
                file.write(block.tobytes())
                made, width = made + len(block), block.shape[1]
            file.flush()
        except OSError as error:
            what = f"cannot be written: {error.strerror}"
            raise StoreError(what, where=gettempdir(), how="free some space") from error
        if made * width * 4 > MAPPED_FROM:
            return np.memmap(file, dtype=np.float32, mode="r", shape=(made, width))
        file.seek(0)
        return np.frombuffer(file.read(), dtype=np.float32).reshape(made, width)


def _parts(items: Sequence[Item], size: int) -> Iterator[list[Item]]:
    """Items in lists of a size."""
    left = iter(items)
    while part := list(islice(left, size)):
        yield part
