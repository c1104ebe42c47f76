"""Opens the database: one recipe for SQLite, one for PostgreSQL, and the two ways to use it, `reading` and `writing`.

A connection of ours cannot change the schema of a SQLite ledger nor switch off what protects it (migrations lift that for themselves).
Connections never pass a fork: a child process, as Airflow makes them, begins with none.
"""

import os
import sqlite3
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import Pool, QueuePool

from milestones.domain.errors import Conflict, LedgerError, SettingsError

LOCK_SECONDS = 30
"""How long a writer waits for another one before it gives up with Conflict."""

_POSTGRES_OPTIONS = " ".join(
    f"-c {setting}"
    for setting in (
        "search_path=ledger,read",
        "timezone=UTC",
        # Under REPEATABLE READ whoever waited for the head fails instead of seeing what was appended meanwhile.
        r"default_transaction_isolation=read\ committed",
        f"lock_timeout={LOCK_SECONDS}s",
        # A writer that hangs while it holds the head must not stop all others for ever.
        "idle_in_transaction_session_timeout=120s",
    )
)

_PROTECTING_PRAGMAS = frozenset({"foreign_keys", "ignore_check_constraints", "recursive_triggers", "synchronous", "writable_schema"})

_left_to_the_parent: list[Pool] = []


def open_engine(url: str) -> Engine:
    """An engine for a `sqlite:///file` or `postgresql://` address. Raises SettingsError for anything else."""
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise SettingsError("DATABASE_URL is no database address; write sqlite:///FILE or postgresql://USER@HOST/NAME") from error
    match address.get_backend_name():
        case "sqlite" if address.database and address.database != ":memory:":
            engine = _open_sqlite(address.database)
        case "postgresql" | "postgres":
            address = address.set(drivername="postgresql+psycopg")
            engine = create_engine(address, connect_args={"options": _POSTGRES_OPTIONS}, pool_pre_ping=True, hide_parameters=True)
        case _:
            raise SettingsError("DATABASE_URL must be sqlite:///FILE or postgresql://USER@HOST/NAME")
    _forget_connections_after_fork(engine)
    return engine


def database_is_there(url: str) -> bool:
    """Whether opening it would make no new file; a server is asked when it is opened."""
    address = make_url(url)
    return address.get_backend_name() != "sqlite" or Path(address.database or "").is_file()


def require_database(url: str) -> None:
    """Raises SettingsError where a SQLite file is not there, which opening it would make."""
    if not database_is_there(url):
        raise SettingsError(f"there is no ledger at {make_url(url).database}; `milestones init` opens one, MILESTONES_HOME says where")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that writes nothing and waits for no writer. Raises LedgerError where the database refuses."""
    with _our_errors(), engine.connect().execution_options(reads_only=True) as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that is recorded wholly or not at all. Raises Conflict where the database is busy, LedgerError where it refuses."""
    with _our_errors(), engine.begin() as connection:
        yield connection


def is_postgres(connection: Connection) -> bool:
    """Whether this is PostgreSQL; it is SQLite otherwise."""
    return connection.dialect.name == "postgresql"


@contextmanager
def _our_errors() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        first_line = str(error.orig).partition("\n")[0]
        if _is_busy(error.orig):
            raise Conflict(f"another writer holds the database ({first_line}); try again") from error
        raise LedgerError(f"the database refused: {first_line}") from error


def _is_busy(error: BaseException | None) -> bool:
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))
    # lock_timeout, serialization failure, deadlock
    return getattr(error, "sqlstate", None) in ("55P03", "40001", "40P01")


# ---- SQLite -------------------------------------------------------------------------------------------------------------


def _open_sqlite(file: str) -> Engine:
    path = Path(file)
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        # Made here and not by SQLite, whose files take the umask; -wal and -shm take the mode of the file.
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    address = URL.create("sqlite", database=str(path.resolve()))
    arguments = {"timeout": LOCK_SECONDS, "check_same_thread": False}
    engine = create_engine(address, poolclass=QueuePool, connect_args=arguments, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # the driver begins nothing by itself; see `begin`
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "recursive_triggers = ON"):
            connection.execute(f"PRAGMA {pragma}").close()
        guard_schema(connection)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A write that begins as a read fails at once with SQLITE_BUSY_SNAPSHOT when another writer was first; IMMEDIATE waits.
        reads_only = connection.get_execution_options().get("reads_only", False)
        connection.exec_driver_sql("BEGIN DEFERRED" if reads_only else "BEGIN IMMEDIATE")

    return engine


def guard_schema(connection: sqlite3.Connection) -> None:
    """From now on this connection can neither change the schema nor switch off what guards the rows."""
    connection.set_authorizer(_authorize)


def unguard_schema(connection: sqlite3.Connection) -> None:
    """For migrations only."""
    connection.set_authorizer(None)


def _authorize(action: int, first: str | None, second: str | None, _database: str | None, _trigger: str | None) -> int:
    # Every CREATE, DROP and ALTER writes to sqlite_master, so this one test covers them all, of tables that do not exist yet as well.
    if action in (sqlite3.SQLITE_INSERT, sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE) and first == "sqlite_master":
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_PRAGMA and second is not None and first in _PROTECTING_PRAGMAS:
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK


# ---- forks --------------------------------------------------------------------------------------------------------------


def _forget_connections_after_fork(engine: Engine) -> None:
    known = weakref.ref(engine)

    def forget() -> None:
        inherited: Any = known()
        if inherited is not None:
            # Kept, not closed: closing would end the parent's session (PostgreSQL) or tidy away its write-ahead log (SQLite).
            _left_to_the_parent.append(inherited.pool)
            inherited.dispose(close=False)

    os.register_at_fork(after_in_child=forget)
