"""What a store survives: kill -9, a full disk, two processes at once, files that are none."""
from __future__ import annotations

import json
import multiprocessing
import os
import signal
import sqlite3
import stat
import subprocess
import sys

import pytest

from consistency.errors import ConsistencyError
from consistency.options import Options
from consistency.pipeline import Models
from consistency.store import Store
from consistency.store.database import SCHEMA
from tests.doubles import WordEncoder, WordScorer
from tests.store.test_store import rows
from tests.test_pipeline import ARTICLES

# Kills itself with the n-th batch of scores, before it is done.
VICTIM = """
import os, signal, sys
from pathlib import Path
from consistency.options import Options
from consistency.pipeline import Models
from consistency.store import Store, models
from tests.doubles import WordEncoder, WordScorer

path, batches = Path(sys.argv[1]), int(sys.argv[2])
models.PAIRS_AT_ONCE = 3

class Dying(WordScorer):
    def score(self, pairs, progress=None):
        global batches
        if batches == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        batches -= 1
        print(len(pairs), flush=True)
        return super().score(pairs, progress)

with Store(path) as store:
    store.report(models=Models(Options(), None, WordEncoder(), Dying()))
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal here")
def test_a_killed_run_loses_no_finished_batch_and_the_next_one_goes_on(tmp_path, nlp):
    path = tmp_path / "corpus.db"
    with Store(path) as store:
        store.add(ARTICLES)
    victim = subprocess.run(
        [sys.executable, "-c", VICTIM, str(path), "2"], capture_output=True, text=True, check=False
    )
    assert victim.returncode == -signal.SIGKILL, victim.stderr
    scored = sum(map(int, victim.stdout.split()))
    with Store(path) as store:
        status = store.status()
        assert status.read == len(ARTICLES)
        assert status.vectors
        assert sum(status.scores.values()) == scored
        scorer = WordScorer()
        found = rows(store.report(models=Models(Options(), nlp, WordEncoder(), scorer)))
        with Store(tmp_path / "calm.db") as calm:
            calm.add(ARTICLES)
            whole = WordScorer()
            assert found == rows(calm.report(models=Models(Options(), nlp, WordEncoder(), whole)))
        assert len(scorer.asked) == len(whole.asked) - scored


def _fill(path, barrier, ids):
    barrier.wait()
    with Store(path) as store:
        for key in ids:
            store.add([{"id": key, "text": f"The council met on day {key}. It approved the plan."}])


def test_two_processes_at_once(tmp_path):
    path = tmp_path / "corpus.db"
    context = multiprocessing.get_context("fork")
    barrier = context.Barrier(2)
    ids = [[f"{name}{i}" for i in range(20)] for name in ("left-x", "right-x")]
    workers = [context.Process(target=_fill, args=(path, barrier, part)) for part in ids]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0, 0]
    with Store(path) as store:
        assert {a.id for a in store.articles()} == {*ids[0], *ids[1]}


def test_one_reads_while_another_writes(tmp_path):
    path = tmp_path / "corpus.db"
    with Store(path) as one, Store(path) as other:
        one.add(ARTICLES)
        with one._database.writing() as db:
            db.execute("DELETE FROM articles")
            assert other.status().articles == 3
        assert other.status().articles == 0


def test_a_full_disk_is_one_line_and_what_was_finished_stays(tmp_path, models):
    path = tmp_path / "corpus.db"
    with Store(path) as store:
        store.add(ARTICLES)
        db = store._database._connection
        # SQLite gives the very error of a full disk when a file may not grow.
        db.execute(f"PRAGMA max_page_count = {db.execute('PRAGMA page_count').fetchone()[0] + 2}")
        with pytest.raises(ConsistencyError, match="disk is full") as told:
            store.report(models=models)
        assert str(path) in str(told.value)
        assert "\n" not in str(told.value)
        assert not db.in_transaction
        assert store.status().articles == 3
    with Store(path) as store:
        assert store.report(models=models).items


def test_a_process_that_waits_too_long_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr("consistency.store.database.PATIENCE", 0.1)
    path = tmp_path / "corpus.db"
    with (
        Store(path) as one,
        Store(path) as other,
        one._database.writing(),
        pytest.raises(ConsistencyError, match="another process"),
    ):
        other.add(ARTICLES)


def _text_file(path):
    path.write_text("no database " * 1000)


def _other_database(path):
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE recipes (name TEXT)")
    other.close()


def _newer(path):
    Store(path).close()
    with sqlite3.connect(path) as db:
        db.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    db.close()


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (_text_file, "not a store"),
        (_other_database, "not one of ours"),
        (_newer, "upgrade"),
        (lambda path: path.mkdir(), "folder"),
        (lambda path: None, "no such store"),
    ],
)
def test_what_is_no_store_is_told_in_one_line(tmp_path, make, said):
    path = tmp_path / "thing.db"
    make(path)
    with pytest.raises(ConsistencyError, match=said) as told:
        Store(path, create=False)
    assert "thing.db" in str(told.value)


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(ConsistencyError, match="no such folder"):
        Store(tmp_path / "nowhere" / "corpus.db")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_file_that_may_not_be_written(tmp_path):
    path = tmp_path / "corpus.db"
    Store(path).close()
    path.chmod(stat.S_IRUSR)
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        with pytest.raises(ConsistencyError, match="cannot be written"):
            Store(path)
    finally:
        tmp_path.chmod(stat.S_IRWXU)


def test_claims_come_back_as_they_were(tmp_path, models):
    from consistency.pipeline import split_articles
    from consistency.store.models import RememberingModels

    with Store(tmp_path / "corpus.db") as store:
        remembering = RememberingModels(models, store._kept)
        first, second = (split_articles(ARTICLES, remembering) for _ in range(2))
    assert repr(first) == repr(second) == repr(split_articles(ARTICLES, models))
    assert json.dumps([c.to_dict() for c in first.claims]) == json.dumps([c.to_dict() for c in second.claims])
