"""The read tables: replaced together with the position that they stand for, in one transaction."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, column, inspect, select, table, text

from milestones.domain.errors import LedgerError
from milestones.domain.ledger import canonical
from milestones.services.standings import Failure, Moved, Standing
from milestones.store.engine import reading, writing
from milestones.store.projections import against, move, note, standing
from milestones.store.rows import plain
from milestones.store.statements import insert, lock_name

NAME = "read-tables"
_VERSION = 1
_TABLE = re.compile(r"read_[a-z][a-z_]*")


class SqlReadTables:
    """`ports.ReadTables` on SQLite or PostgreSQL. Rows come back with days and times as text, in the order of the primary key."""

    __slots__ = ("_engine",)

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def replace(
        self,
        tables: Mapping[str, Sequence[Mapping[str, Any]]],
        *,
        position: int,
        as_of: datetime,
        expected: Standing | None = None,
        failure: Failure | None = None,
        anew: bool = False,
    ) -> Moved:
        """Writes where the tables still stand at `expected` (None: anywhere before `position`) and the rows are others than theirs.

        `anew` writes them all the same: the digest tells what was written, not whether somebody has written into it since.
        """
        kept = {name: [plain(row) for row in rows] for name, rows in sorted(tables.items())}
        to = Standing(name=NAME, version=_VERSION, position=position, digest=hashlib.sha256(canonical(kept)).hexdigest())
        with writing(self._engine) as connection:
            lock_name(connection, NAME)
            found = standing(connection, NAME)
            moved = Moved.ADVANCED if anew and found == expected else against(found, expected, to)
            if moved is Moved.ADVANCED:
                for name, rows in kept.items():
                    connection.execute(table(_checked(name)).delete())
                    insert(connection, name, *rows)
                move(connection, to, as_of)
            if moved in {Moved.ADVANCED, Moved.SAME}:
                note(connection, NAME, failure, as_of)
            return moved

    def position(self) -> int:
        with reading(self._engine) as connection:
            return standing(connection, NAME).position

    def rows(self, name: str) -> list[dict[str, Any]]:
        with reading(self._engine) as connection:
            key = inspect(connection).get_pk_constraint(_checked(name))["constrained_columns"]
            found = connection.execute(select(text("*")).select_from(table(name)).order_by(*map(column, key)))
            return [plain(dict(row)) for row in found.mappings()]


def _checked(name: str) -> str:
    if not _TABLE.fullmatch(name):
        raise LedgerError(f"{name} is no read table; their names begin with read_")
    return name
