"""The read tables: replaced together with the position that they stand for, in one transaction."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, column, inspect, select, table, text

from milestones.domain.dates import utc_text
from milestones.domain.errors import Conflict, LedgerError
from milestones.domain.ledger import canonical
from milestones.store.engine import reading, writing
from milestones.store.rows import plain
from milestones.store.statements import insert, lock_name

_NAME = "read-tables"
_VERSION = 1
_TABLE = re.compile(r"read_[a-z][a-z_]*")


class SqlReadTables:
    """`ports.ReadTables` on SQLite or PostgreSQL. Rows come back with days and times as text, in the order of the primary key."""

    __slots__ = ("_engine",)

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def replace(self, tables: Mapping[str, Sequence[Mapping[str, Any]]], *, position: int, as_of: datetime) -> None:
        """Raises Conflict where somebody has put rows of a later position there."""
        kept = {name: [plain(row) for row in rows] for name, rows in sorted(tables.items())}
        with writing(self._engine) as connection:
            lock_name(connection, _NAME)
            _advance(connection, position, as_of, hashlib.sha256(canonical(kept)).hexdigest())
            for name, rows in kept.items():
                connection.execute(table(_checked(name)).delete())
                insert(connection, name, *rows)

    def position(self) -> int:
        with reading(self._engine) as connection:
            return _position(connection) or 0

    def rows(self, name: str) -> list[dict[str, Any]]:
        with reading(self._engine) as connection:
            key = inspect(connection).get_pk_constraint(_checked(name))["constrained_columns"]
            found = connection.execute(select(text("*")).select_from(table(name)).order_by(*map(column, key)))
            return [plain(dict(row)) for row in found.mappings()]


def _position(connection: Connection) -> int | None:
    found = connection.execute(text("SELECT position FROM projection WHERE name = :name"), {"name": _NAME}).first()
    return found.position if found else None


def _advance(connection: Connection, position: int, as_of: datetime, digest: str) -> None:
    row = {"name": _NAME, "version": _VERSION, "position": position, "as_of": utc_text(as_of), "digest": digest}
    known = _position(connection)
    if known is None:
        insert(connection, "projection", row)
        return
    moved = connection.execute(
        text("""
        UPDATE projection SET version = :version, position = :position, as_of = :as_of, digest = :digest
        WHERE name = :name AND position <= :position
        """),
        row,
    )
    if moved.rowcount == 0:
        raise Conflict(f"the read tables stand at position {known} already, not before {position}; nothing to do")


def _checked(name: str) -> str:
    if not _TABLE.fullmatch(name):
        raise LedgerError(f"{name} is no read table; their names begin with read_")
    return name
