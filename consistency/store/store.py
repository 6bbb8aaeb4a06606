"""Store: a corpus that grows by the day, with all that was found out about it."""
from __future__ import annotations

import dataclasses
import json
import os
import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from consistency.article import Article, Skipped
from consistency.errors import InputError
from consistency.load import load
from consistency.load.dates import iso_date
from consistency.options import Options
from consistency.render.reviews import COLUMNS, read_reviews, review_rows
from consistency.results import Report
from consistency.store.database import Database
from consistency.store.kept import Kept, key_of

if TYPE_CHECKING:
    import pandas as pd

    from consistency.pipeline import Models, Progress

_FIELDS = ("id", "text", "source", "date", "title", "url", "start", "path")
_NUMBERED = re.compile(r"-\d+\Z")


@dataclass(frozen=True, slots=True)
class Added:
    """What adding did.

    Attributes:
        new: ids of articles that were not there.
        changed: ids of articles whose source, date, title or url is another now.
        replaced: ids of articles whose text was replaced.
        known: how many were there already.
        skipped: what could not be read, and why.
        warnings: what deserves a look, one line each.
    """

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    known: int = 0
    skipped: tuple[Skipped, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Status:
    """What a store holds.

    Attributes:
        path: the file.
        megabytes: its size on disk.
        articles: how many.
        sources: how many outlets.
        first: earliest article date, or None.
        last: latest article date, or None.
        read: articles that were split into claims.
        vectors: embeddings kept.
        scores: NLI scores kept, by model.
        reviews: reviews kept.
        last_report: when the last report was made (UTC), or None.
        new: articles added since then.
    """

    path: str
    megabytes: float
    articles: int
    sources: int
    first: str | None
    last: str | None
    read: int
    vectors: int
    scores: dict[str, int]
    reviews: int
    last_report: str | None
    new: int


class Store:
    """Articles and all that was found out about them, in one SQLite file.

    Nothing is computed twice: claims and frames are kept by content, parser and code; vectors and scores by content,
    model, backend and precision. Every batch is committed as it is finished, so a run that is killed goes on from
    there. Several processes may use one store at once.

    Args:
        path: the file; made when it is not there and `create` is set.
        create: make a new store when there is none.

    Raises:
        StoreError: the file is no store, is damaged, or cannot be written.

    Example:
        >>> store = Store("corpus.db")  # doctest: +SKIP
        >>> store.add("articles/today")  # doctest: +SKIP
        >>> store.report(since="last").save("out")  # doctest: +SKIP
    """

    def __init__(self, path: str | os.PathLike[str], *, create: bool = True):
        self.path = Path(path)
        self._database = Database(self.path, create=create)
        self._kept = Kept(self._database)
        self._reported = 0

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes the file."""
        self._database.close()

    # -- articles ------------------------------------------------------------------------------------------------

    def add(self, articles: Any, *, columns: Mapping[str, str] | None = None, replace: bool = False) -> Added:
        """Adds articles; what is there already, with the same id and text, stays one.

        Args:
            articles: as for `consistency.report`.
            columns: names of your columns, `{"text": "body"}`.
            replace: a text under an id that is there takes the place of the old one. Without it both stay, and the
                new one gets a number behind its id.

        Raises:
            InputError: nothing could be read.
        """
        loaded = load(articles, columns=columns)
        done: dict[str, list[str]] = {"new": [], "changed": [], "replaced": []}
        warnings = list(loaded.warnings)
        gone: list[Article] = []
        known = 0
        for article in loaded.articles:
            if not all(_writable(getattr(article, name)) for name in _FIELDS):
                raise InputError("damaged characters that cannot be kept", where=article.id, how="mend the text")
        with self._database.writing() as db:
            for article in loaded.articles:
                twin = _twin(db, article)
                if twin is not None and (_described(twin) == _described(article) or _told(article) < _told(twin)):
                    known += 1
                    continue
                old = twin or (_by_id(db, article.id) if replace else None)
                if twin is not None:
                    _update(db, dataclasses.replace(article, id=twin.id))
                    done["changed"].append(twin.id)
                else:
                    if old is not None:
                        db.execute("DELETE FROM articles WHERE id = ?", (old.id,))
                    key = _insert(db, article)
                    done["replaced" if old is not None else "new"].append(key)
                    if key != article.id:
                        warnings.append(
                            f"id {article.id!r} is there with another text; {article.path or 'the new one'} is now "
                            f"{key!r} (--replace puts a new text in place of the old one)"
                        )
                if old is not None:
                    gone.append(old)
            if gone:
                self._kept.forget(gone, self.articles())
        made = {name: tuple(ids) for name, ids in done.items()}
        return Added(**made, known=known, skipped=loaded.skipped, warnings=tuple(warnings))

    def remove(self, ids: Iterable[str]) -> int:
        """Removes articles, with their claims and all that only they gave rise to.

        Args:
            ids: of articles, as in `report.json` or `articles()`.

        Returns:
            How many were removed.

        Raises:
            InputError: an id that is not there; then nothing is removed.
        """
        wanted = dict.fromkeys(ids)
        articles = {article.id: article for article in self.articles()}
        for key in wanted:
            if key not in articles:
                near = get_close_matches(key, articles, 3)
                raise InputError(
                    f"no article {key!r}", where=str(self.path), how=f"is it {', '.join(near)}?" if near else None
                )
        gone = [articles.pop(key) for key in wanted]
        with self._database.writing() as db:
            db.executemany("DELETE FROM articles WHERE id = ?", [(key,) for key in wanted])
            self._kept.forget(gone, articles.values())
        return len(gone)

    def articles(self) -> tuple[Article, ...]:
        """All articles, in the order in which they were added."""
        with self._database.reading() as db:
            rows = db.execute(f"SELECT {', '.join(_FIELDS)}, fallbacks FROM articles ORDER BY seq").fetchall()
        return tuple(_article(row) for row in rows)

    # -- reviews -------------------------------------------------------------------------------------------------

    def review(self, given: pd.DataFrame | str | os.PathLike[str] | Iterable[Mapping[str, Any]]) -> int:
        """Keeps a reviewer's decisions; every later report shows them.

        Args:
            given: as for `Report.with_review`.

        Returns:
            How many decisions were read.
        """
        reviews = read_reviews(given)
        now = _now()
        rows = [(*(row[name] for name in COLUMNS), now) for row in review_rows(reviews)]
        with self._database.writing() as db:
            db.executemany(
                f"INSERT OR REPLACE INTO reviews ({', '.join(COLUMNS)}, at) VALUES (?, ?, ?, ?, ?, ?)", rows
            )
        return len(reviews)

    # -- reports -------------------------------------------------------------------------------------------------

    def report(
        self,
        *,
        since: str | None = None,
        options: Options | None = None,
        models: Models | None = None,
        skipped: Sequence[Skipped] = (),
        warnings: Sequence[str] = (),
        progress: Progress | None = None,
        **settings: Any,
    ) -> Report:
        """What `consistency.report` finds in all articles of the store, computing only what is new.

        Args:
            since: only findings that an article takes part in which was added since then: `last` for the last report
                that was marked, or an ISO date or date-time (local time). None for all.
            options: all options at once; or give single ones as keywords.
            models: loaded models, to use them for several calls.
            skipped: what loading left out, to be told in the report.
            warnings: what loading had to say, to be told in the report.
            progress: called with stage, done and total.

        Raises:
            InputError: no articles, or `since` is neither `last` nor a date.
        """
        from consistency.api import options_of
        from consistency.engines import models_of
        from consistency.pipeline import _silent, run
        from consistency.store.models import RememberingModels

        chosen = options_of(options, settings)
        cutoff = None if since is None else self._cutoff(since)
        with self._database.reading() as db:
            self._reported = db.execute("SELECT coalesce(max(seq), 0) FROM articles").fetchone()[0]
            reviews = db.execute(f"SELECT {', '.join(COLUMNS)} FROM reviews ORDER BY at, id").fetchall()
        articles = self.articles()
        if not articles:
            raise InputError("there are no articles in it", where=str(self.path), how="consistency store add PATHS")
        remembering = RememberingModels(models or models_of(chosen), self._kept)
        made = run(articles, chosen, remembering, skipped, warnings, progress or _silent)
        if reviews:
            made = made.with_review([dict(zip(COLUMNS, row, strict=True)) for row in reviews])
        if cutoff is None:
            return made
        clause, value, told = cutoff
        with self._database.reading() as db:
            new = {row[0] for row in db.execute(f"SELECT id FROM articles WHERE {clause}", (value,))}
        return made.touching(new, f"{told}: {len(new)} of {len(articles)} articles")

    def mark_reported(self) -> None:
        """Makes the report that was made last the one that `since="last"` counts from."""
        with self._database.writing() as db:
            db.execute("INSERT INTO reports (created, last_seq) VALUES (?, ?)", (_now(), self._reported))

    def _cutoff(self, since: str) -> tuple[str, Any, str]:
        """Condition on articles, its value, and how a reader is told."""
        if since == "last":
            with self._database.reading() as db:
                row = db.execute("SELECT created, last_seq FROM reports ORDER BY number DESC LIMIT 1").fetchone()
            created, last_seq = row or (None, 0)
            told = f"new since the report of {created}" if created else "new: there was no report before"
            return "seq > ?", last_seq, told
        day = iso_date(since)
        if day is None:
            raise InputError(f"{since!r} is neither `last` nor a date", where="since", how="write 2024-05-31")
        moment = datetime.fromisoformat(day).astimezone(UTC).isoformat(timespec="seconds")
        return "added >= ?", moment, f"new since {day}"

    def status(self) -> Status:
        """What the store holds; nothing is computed."""
        with self._database.reading() as db:

            def one(query: str) -> Any:
                return db.execute(query).fetchone()[0]

            last = db.execute("SELECT created, last_seq FROM reports ORDER BY number DESC LIMIT 1").fetchone()
            scores = db.execute(
                "SELECT name || ' (' || backend || ')', count(*) FROM scores JOIN models ON number = model "
                "GROUP BY model ORDER BY model"
            ).fetchall()
            return Status(
                path=str(self.path),
                megabytes=round(self._database.size() / 1e6, 1),
                articles=one("SELECT count(*) FROM articles"),
                sources=one("SELECT count(DISTINCT lower(source)) FROM articles"),
                first=one("SELECT min(date) FROM articles"),
                last=one("SELECT max(date) FROM articles"),
                read=one("SELECT count(*) FROM splits"),
                vectors=one("SELECT count(*) FROM vectors"),
                scores=dict(scores),
                reviews=one("SELECT count(*) FROM reviews"),
                last_report=last[0] if last else None,
                new=one(f"SELECT count(*) FROM articles WHERE seq > {last[1] if last else 0}"),
            )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _article(row: Sequence[Any]) -> Article:
    *values, fallbacks = row
    return Article(**dict(zip(_FIELDS, values, strict=True)), fallbacks=json.loads(fallbacks))


def _writable(value: Any) -> bool:
    """Whether a value has no half characters, which no file can hold."""
    return not isinstance(value, str) or value == value.encode("utf-8", "replace").decode("utf-8")


def _by_id(db: sqlite3.Connection, key: str) -> Article | None:
    row = db.execute(f"SELECT {', '.join(_FIELDS)}, fallbacks FROM articles WHERE id = ?", (key,)).fetchone()
    return _article(row) if row else None


def _twin(db: sqlite3.Connection, article: Article) -> Article | None:
    """The stored article that this one is: same text, same id but for a number behind it, no other outlet."""
    rows = db.execute(f"SELECT {', '.join(_FIELDS)}, fallbacks FROM articles WHERE digest = ?", (key_of(article.text),))
    for twin in map(_article, rows):
        outlets = {outlet.casefold() for outlet in (twin.source, article.source) if outlet}
        if _NUMBERED.sub("", twin.id) == _NUMBERED.sub("", article.id) and len(outlets) < 2:
            return twin
    return None


def _described(article: Article) -> Article:
    """All but the id and where it was read from."""
    return dataclasses.replace(article, id="", path=None)


def _told(article: Article) -> int:
    """How much an article says about itself."""
    return sum(value is not None for value in (article.source, article.date, article.title, article.url))


def _insert(db: sqlite3.Connection, article: Article) -> str:
    """Adds an article; its id in the store."""
    key, number = article.id, 1
    while _by_id(db, key) is not None:
        number += 1
        key = f"{article.id}-{number}"
    values = [key, *(getattr(article, name) for name in _FIELDS[1:]), json.dumps(article.fallbacks)]
    db.execute(
        f"INSERT INTO articles ({', '.join(_FIELDS)}, fallbacks, digest, added) VALUES ({', '.join('?' * 11)})",
        (*values, key_of(article.text), _now()),
    )
    return key


def _update(db: sqlite3.Connection, article: Article) -> None:
    """Puts another description on an article that stays."""
    named = [name for name in _FIELDS if name not in ("id", "text")]
    values = [*(getattr(article, name) for name in named), json.dumps(article.fallbacks), article.id]
    db.execute(f"UPDATE articles SET {', '.join(f'{name} = ?' for name in named)}, fallbacks = ? WHERE id = ?", values)
