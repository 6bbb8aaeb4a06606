"""Kept results: what the stages and the models gave, found again by content."""
from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from consistency.article import Article
from consistency.store.database import Database

if TYPE_CHECKING:
    import numpy as np

    from consistency.relate.frame import Frame
    from consistency.split import Split

# Where the code lies that turns an article into claims and frames.
TEXT_STAGES = ("article.py", "claim.py", "split", "values", "relate")


@cache
def _splits() -> TypeAdapter[Split]:
    """Reads and writes splits. Made when first needed: what they are made of brings in the parser's library."""
    from consistency.split import Split

    return TypeAdapter(Split)


@cache
def _frames() -> TypeAdapter[Frame]:
    from consistency.relate.frame import Frame

    return TypeAdapter(Frame)


def key_of(text: str) -> bytes:
    """What a text is found by: 16 bytes of its digest."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def article_key(article: Article) -> bytes:
    """Digest of all that splitting reads of an article."""
    read = (article.id, article.text, article.source, article.date, article.title, article.start)
    return key_of(json.dumps(read))


@cache
def stage_version() -> str:
    """Digest of the code and word lists that split and analyse: a changed rule is never answered from memory."""
    whole = hashlib.sha256()

    def add(place: Traversable) -> None:
        if place.is_dir():
            for inner in sorted(place.iterdir(), key=lambda item: item.name):
                add(inner)
        elif not place.name.endswith(".pyc"):
            whole.update(place.name.encode() + place.read_bytes())

    for name in TEXT_STAGES:
        add(files("consistency") / name)
    return whole.hexdigest()


class Kept:
    """Splits, frames, vectors and scores in a database.

    Args:
        database: the store's file.
    """

    def __init__(self, database: Database):
        self._database = database

    def model(self, role: str, fingerprint: str, name: str, backend: str) -> int:
        """Number of a model in the store; `role` is `encoder` or `nli`."""
        row = (role, fingerprint, name, backend)
        with self._database.writing() as db:
            db.execute("INSERT OR IGNORE INTO models (role, fingerprint, name, backend) VALUES (?, ?, ?, ?)", row)
            return db.execute("SELECT number FROM models WHERE role = ? AND fingerprint = ?", row[:2]).fetchone()[0]

    def split(self, article: Article, version: str) -> Split | None:
        """The split of an article, if it was made by this version."""
        with self._database.reading() as db:
            row = db.execute(
                "SELECT split FROM splits WHERE article = ? AND version = ?", (article_key(article), version)
            ).fetchone()
        return _splits().validate_json(row[0]) if row else None

    def keep_split(self, article: Article, version: str, split: Split) -> None:
        """Keeps the split of an article; that of another version goes."""
        row = (article_key(article), version, _splits().dump_json(split))
        with self._database.writing() as db:
            db.execute("INSERT OR REPLACE INTO splits VALUES (?, ?, ?)", row)

    def frames(self, texts: Iterable[str], version: str) -> dict[str, Frame]:
        """Frames of the texts that are kept."""
        found = {}
        with self._database.reading() as db:
            for text in texts:
                query = "SELECT frame FROM frames WHERE text = ? AND version = ?"
                if row := db.execute(query, (key_of(text), version)).fetchone():
                    found[text] = _frames().validate_json(row[0])
        return found

    def keep_frames(self, frames: Mapping[str, Frame], version: str) -> None:
        """Keeps frames by the text that was analysed."""
        rows = [(key_of(text), version, _frames().dump_json(frame)) for text, frame in frames.items()]
        with self._database.writing() as db:
            db.executemany("INSERT OR REPLACE INTO frames VALUES (?, ?, ?)", rows)

    def without_vectors(self, texts: Iterable[str], model: int) -> list[str]:
        """Those of the texts whose vector is not kept."""
        query = "SELECT 1 FROM vectors WHERE model = ? AND text = ?"
        with self._database.reading() as db:
            return [text for text in texts if db.execute(query, (model, key_of(text))).fetchone() is None]

    def vectors(self, texts: Sequence[str], model: int) -> np.ndarray:
        """Vectors of texts that are all kept: float32 (n, d)."""
        import numpy as np

        query = "SELECT vector FROM vectors WHERE model = ? AND text = ?"
        with self._database.reading() as db:
            rows = [db.execute(query, (model, key_of(text))).fetchone()[0] for text in texts]
        return np.frombuffer(b"".join(rows), dtype="<f4").reshape(len(rows), -1)

    def keep_vectors(self, texts: Sequence[str], vectors: np.ndarray, model: int) -> None:
        """Keeps one vector a text."""
        rows = [(model, key_of(text), row.astype("<f4").tobytes()) for text, row in zip(texts, vectors, strict=True)]
        with self._database.writing() as db:
            db.executemany("INSERT OR IGNORE INTO vectors VALUES (?, ?, ?)", rows)

    def scores(self, pairs: Iterable[tuple[str, str]], model: int) -> dict[tuple[str, str], tuple]:
        """Entailment, neutral, contradiction, and whether the pair was cut, of the pairs that are kept."""
        found = {}
        query = """SELECT entailment, neutral, contradiction, cut FROM scores
                   WHERE model = ? AND premise = ? AND hypothesis = ?"""
        with self._database.reading() as db:
            for pair in pairs:
                if row := db.execute(query, (model, key_of(pair[0]), key_of(pair[1]))).fetchone():
                    found[pair] = row
        return found

    def keep_scores(self, pairs: Sequence[tuple[str, str]], rows: np.ndarray, cut: set[int], model: int) -> None:
        """Keeps scores.

        Args:
            pairs: n pairs.
            rows: (n, 3) probabilities.
            cut: positions of pairs that were longer than the model reads.
            model: number of the scorer.
        """
        made = [
            (model, key_of(a), key_of(b), *map(float, row), i in cut)
            for i, ((a, b), row) in enumerate(zip(pairs, rows, strict=True))
        ]
        with self._database.writing() as db:
            db.executemany("INSERT OR IGNORE INTO scores VALUES (?, ?, ?, ?, ?, ?, ?)", made)

    def forget(self, articles: Sequence[Article], remaining: Iterable[Article]) -> None:
        """Drops what only these articles hold: their claims, and frames, vectors and scores of their texts.

        To be called within a transaction.

        Args:
            articles: those that go.
            remaining: those that stay.
        """
        with self._database.reading() as db:
            gone = set().union(*(self._texts(article) for article in articles))
            for article in remaining:
                if not gone:
                    break
                gone -= self._texts(article)
            keys = [(key_of(text),) for text in sorted(gone)]
            db.executemany("DELETE FROM splits WHERE article = ?", [(article_key(article),) for article in articles])
            db.executemany("DELETE FROM frames WHERE text = ?", keys)
            db.execute("CREATE TEMP TABLE gone (text BLOB PRIMARY KEY)")
            db.executemany("INSERT INTO gone VALUES (?)", keys)
            db.execute("DELETE FROM vectors WHERE text IN (SELECT text FROM gone)")
            db.execute("DELETE FROM scores WHERE premise IN (SELECT text FROM gone)")
            db.execute("DELETE FROM scores WHERE hypothesis IN (SELECT text FROM gone)")
            db.execute("DROP TABLE gone")

    def _texts(self, article: Article) -> set[str]:
        """What was analysed of an article's claims, by whatever version."""
        with self._database.reading() as db:
            row = db.execute("SELECT split FROM splits WHERE article = ?", (article_key(article),)).fetchone()
        try:
            claims = _splits().validate_json(row[0]).claims if row else ()
        except ValidationError:  # kept by a version that wrote it in another form, and never read again
            claims = ()
        return {claim.proposition for claim in claims} | {claim.around for claim in claims}
