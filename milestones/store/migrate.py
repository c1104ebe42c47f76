"""Brings a database to the shipped schema: `upgrade(engine)`, to be called at every start.

Where nothing is to do it is one query. Several processes may start together; one migrates, the others wait and find it done. Each SQL file
is recorded with its SHA-256, so that a file that was changed after it ran is found. Views are made anew whenever their text changed.
"""

import hashlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from milestones.domain.errors import Damaged, SettingsError
from milestones.store.engine import guard_schema, is_postgres, reading, unguard_schema, writing

SQL = Path(__file__).resolve().parents[2] / "sql"
"""All DDL, one folder for each dialect, and `views`."""

_VIEWS = "views"
_LOCK = 0x6D696C65  # any number, the same in all our processes


def upgrade(engine: Engine) -> None:
    """Runs what is missing, all in one transaction. Raises Damaged where a file was changed after it ran here."""
    if _is_current(engine):
        return
    with writing(engine) as connection:
        if is_postgres(connection):
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            _upgrade(connection)
            return
        driver: sqlite3.Connection = connection.connection.driver_connection  # type: ignore[assignment]  # the pool cannot know the driver
        unguard_schema(driver)
        try:
            _upgrade(connection)
        finally:
            guard_schema(driver)


def run_sql(connection: Connection, file: str) -> None:
    """Runs one file of the dialect's folder and records it; for the versions in `migrations`."""
    path = SQL / connection.dialect.name / file
    _run(connection, path.read_text(encoding="utf-8"))
    _record(connection, file, _sha256([path]))


def shipped(dialect: str) -> dict[str, str]:
    """Name and SHA-256 of each SQL file of a dialect, and of its views together."""
    files = sorted((SQL / dialect).glob("*.sql"))
    if not files:
        raise SettingsError(f"no SQL files under {SQL}; run from a checkout or an editable install")
    return {path.name: _sha256([path]) for path in files} | {_VIEWS: _sha256(view_files(dialect))}


def applied(connection: Connection) -> dict[str, str]:
    """Name and SHA-256 of what was run on this database last; empty for a new one."""
    schema = "ledger" if is_postgres(connection) else None
    if not inspect(connection).has_table("migration", schema=schema):
        return {}
    rows = connection.execute(text("SELECT file, sha256 FROM migration ORDER BY sequence"))
    return {row.file: row.sha256 for row in rows}


def _is_current(engine: Engine) -> bool:
    with reading(engine) as connection:
        return applied(connection) == shipped(engine.dialect.name)


def _upgrade(connection: Connection) -> None:
    dialect = connection.dialect.name
    wanted = shipped(dialect)
    done = applied(connection)
    for file, digest in done.items():
        if file != _VIEWS and wanted.get(file) != digest:
            raise Damaged(f"sql/{dialect}/{file} is not the file that made this ledger; restore it, or add a new one behind it")
    # Here, because Alembic takes longer to import than all else together, and a database that is current needs none of it.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    if done.get(_VIEWS) != wanted[_VIEWS]:
        _make_views(connection)
        _record(connection, _VIEWS, wanted[_VIEWS])


def _make_views(connection: Connection) -> None:
    postgres = is_postgres(connection)
    if postgres:  # views shared by both dialects cannot name a schema
        connection.execute(text("SET LOCAL search_path = read, ledger"))
    for name in inspect(connection).get_view_names(schema="read" if postgres else None):
        connection.exec_driver_sql(f'DROP VIEW IF EXISTS "{name}"' + (" CASCADE" if postgres else ""))
    for path in view_files(connection.dialect.name):
        _run(connection, path.read_text(encoding="utf-8"))


def view_files(dialect: str) -> list[Path]:
    """Shared views, then the dialect's own, each in the order of names."""
    return [*sorted((SQL / _VIEWS).glob("*.sql")), *sorted((SQL / _VIEWS / dialect).glob("*.sql"))]


def _run(connection: Connection, script: str) -> None:
    statements = [script] if is_postgres(connection) else _statements(script)
    for statement in statements:
        # Without parameters the driver looks for none, and a % is a %.
        connection.execution_options(no_parameters=True).exec_driver_sql(statement)


def _statements(script: str) -> Iterator[str]:
    """SQLite's driver takes one statement at a time (`executescript` would commit), and a trigger holds semicolons."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if line.rstrip().endswith(";") and sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip() and not all(line.strip().startswith("--") or not line.strip() for line in statement.splitlines()):
        yield statement


def _record(connection: Connection, file: str, digest: str) -> None:
    connection.execute(text("INSERT INTO migration (file, sha256) VALUES (:file, :sha256)"), {"file": file, "sha256": digest})


def _sha256(paths: list[Path]) -> str:
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()
