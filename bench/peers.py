"""The same writes and reads by the bare drivers and by the library `eventsourcing`, for comparison.

Needs no part of the product, so that it runs in an environment of its own: python bench/peers.py URL SIZE. Prints JSON.
"""

import json
import os
import sqlite3
import sys
from collections.abc import Callable, Iterable
from importlib.util import find_spec
from statistics import median
from time import perf_counter
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit
from uuid import UUID, uuid4

BATCH = 500
SINGLES = 200
BODY = json.dumps({"quote": "A spokesman said that the step had been taken. " * 5, "data": "x" * 1_000})
"""About as many bytes as an event of ours has."""


def timed(work: Callable[[], object]) -> float:
    """Seconds."""
    began = perf_counter()
    work()
    return perf_counter() - began


def measured(append: Callable[[int, int], object], read: Callable[[], int], size: int) -> dict[str, Any]:
    """Fills up to `size`, then appends one by one, then reads all; medians. `append(first, count)` commits."""
    batches = [timed(lambda n=n: append(n, BATCH)) for n in range(0, size, BATCH)]
    singles = [timed(lambda n=n: append(size + n, 1)) for n in range(SINGLES)]
    seconds = median(timed(read) for _ in range(3))
    return {"single_ms": 1000 * median(singles), "batch_events_s": BATCH / median(batches), "read_events_s": (size + SINGLES) / seconds}


def raw_sqlite(file: str, size: int) -> dict[str, Any]:
    """The sqlite3 module: one table, WAL, synchronous FULL."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE raw_event (position INTEGER PRIMARY KEY, id TEXT UNIQUE, stream TEXT, body TEXT)")

    def append(first: int, count: int) -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("INSERT INTO raw_event VALUES (?, ?, ?, ?)", rows(first, count))
        connection.execute("COMMIT")

    return measured(append, lambda: len(connection.execute("SELECT * FROM raw_event ORDER BY position").fetchall()), size)


def raw_psycopg(url: str, size: int) -> dict[str, Any]:
    """The psycopg driver: one table, rows sent as one statement of many."""
    import psycopg  # noqa: PLC0415 - only where PostgreSQL is measured

    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE raw_event (position bigint PRIMARY KEY, id uuid UNIQUE, stream text, body text)")
        connection.commit()

        def append(first: int, count: int) -> None:
            with connection.cursor() as cursor:
                cursor.executemany("INSERT INTO raw_event VALUES (%s, %s, %s, %s)", rows(first, count))
            connection.commit()

        return measured(append, lambda: len(connection.execute("SELECT * FROM raw_event ORDER BY position").fetchall()), size)


def rows(first: int, count: int) -> list[tuple[int, str, str, str]]:
    """Rows of a plain table."""
    return [(n, str(UUID(int=n)), f"commitment:{n % 80}", BODY) for n in range(first + 1, first + count + 1)]


def library(url: str, size: int) -> dict[str, Any]:
    """The library's application recorder (events stored and numbered, no chain), and the replay of one aggregate of 1,000 events."""
    from eventsourcing.application import Application  # noqa: PLC0415 - not in the lock
    from eventsourcing.domain import Aggregate, event  # noqa: PLC0415
    from eventsourcing.persistence import StoredEvent  # noqa: PLC0415

    class Promise(Aggregate):
        def __init__(self) -> None:
            self.count = 0

        @event("Reported")
        def report(self, quote: str) -> None:
            self.count += 1
            self.newest = quote

    app = Application(environment(url))
    recorder = app.recorder
    streams, versions = [uuid4() for _ in range(80)], [0] * 80

    def append(first: int, count: int) -> None:
        made = []
        for number in range(first, first + count):
            versions[number % 80] += 1
            made.append(
                StoredEvent(originator_id=streams[number % 80], originator_version=versions[number % 80], topic="reported", state=BODY.encode())
            )
        recorder.insert_events(made)

    def read() -> int:
        return sum(len(page) for page in pages())

    def pages() -> Iterable[list[Any]]:
        start: int | None = 1
        while page := recorder.select_notifications(start=start, limit=2_000):
            yield list(page)
            start = page[-1].id + 1

    found = measured(append, read, size)
    promise = Promise()
    for _ in range(1_000):
        promise.report("A spokesman said that the step had been taken.")
    app.save(promise)
    found["replay_events_s"] = 1_001 / median(timed(lambda: app.repository.get(promise.id)) for _ in range(5))
    return found


def environment(url: str) -> dict[str, str]:
    """What the library calls its settings."""
    if not url.startswith("postgres"):
        return {"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": url}
    parts = urlsplit(url)
    host = parse_qs(parts.query).get("host", [parts.hostname or "127.0.0.1"])[0]
    return {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": parts.path.lstrip("/"),
        "POSTGRES_HOST": unquote(host),
        "POSTGRES_PORT": str(parts.port or 5432),
        "POSTGRES_USER": parts.username or "postgres",
        "POSTGRES_PASSWORD": parts.password or "none",
        # Without its functions it pipelines, and hangs for ever on a batch of this size (eventsourcing 9.5.6, psycopg 3.3.9, PostgreSQL 18).
        "POSTGRES_ENABLE_DB_FUNCTIONS": "y",
    }


def compare(url: str, size: int) -> dict[str, Any]:
    """Raw driver and library, in the same database; `library` says so where it is not installed."""
    postgres = url.startswith("postgres")
    found = {"raw": raw_psycopg(url, size) if postgres else raw_sqlite(url, size)}
    if find_spec("eventsourcing") is None:
        found["library"] = {"missing": "not installed; see docs/benchmarks.md"}
    else:
        found["library"] = library(url if postgres else f"{url}.library", size)
    return found


if __name__ == "__main__":
    os.environ.setdefault("PYTHONWARNINGS", "ignore")
    print(json.dumps(compare(sys.argv[1], int(sys.argv[2]))))  # noqa: T201 - the measurement is the output
