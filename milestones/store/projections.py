"""How far each read model has come, moved by compare-and-set in the transaction that writes its rows."""

from datetime import datetime

from sqlalchemy import Connection, Engine, text

from milestones.domain.dates import utc_text
from milestones.services.standings import Category, Failure, Moved, Standing
from milestones.store.engine import reading, writing
from milestones.store.statements import insert, lock_name


class SqlStandings:
    """`projecting.Standings` on SQLite or PostgreSQL."""

    __slots__ = ("_engine",)

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, name: str) -> Standing:
        with reading(self._engine) as connection:
            return standing(connection, name)

    def fail(self, name: str, failure: Failure, *, at: datetime) -> None:
        with writing(self._engine) as connection:
            lock_name(connection, name)
            note(connection, name, failure, at)


def standing(connection: Connection, name: str) -> Standing:
    """How far one has come; at position 0 where it was never made."""
    row = connection.execute(text("SELECT version, position, digest FROM projection WHERE name = :name"), {"name": name}).first()
    failed = connection.execute(text("SELECT category, position, detail FROM projection_failure WHERE name = :name"), {"name": name}).first()
    failure = Failure(category=Category(failed.category), position=failed.position, detail=failed.detail) if failed else None
    if row is None:
        return Standing(name=name, failure=failure)
    return Standing(name=name, version=row.version, position=row.position, digest=row.digest, failure=failure)


def against(found: Standing, expected: Standing | None, to: Standing) -> Moved:
    """What becomes of moving a read model, found at `found` under the lock, from `expected` (None: from wherever it is) to `to`."""
    if (found.version, found.position, found.digest) == (to.version, to.position, to.digest):
        return Moved.SAME
    if found.position > to.position:
        return Moved.AHEAD
    if expected is not None and (found.version, found.position, found.digest) != (expected.version, expected.position, expected.digest):
        return Moved.BEHIND
    return Moved.ADVANCED


def move(connection: Connection, to: Standing, as_of: datetime) -> None:
    """Puts the new position down, behind the rows that stand for it."""
    row = {"name": to.name, "version": to.version, "position": to.position, "as_of": utc_text(as_of), "digest": to.digest}
    connection.execute(text("DELETE FROM projection WHERE name = :name"), {"name": to.name})
    insert(connection, "projection", row)


def note(connection: Connection, name: str, failure: Failure | None, at: datetime) -> None:
    """Puts down where a read model had to stop, or that it did not."""
    connection.execute(text("DELETE FROM projection_failure WHERE name = :name"), {"name": name})
    if failure:
        row = {"name": name, "category": failure.category.value, "position": failure.position, "detail": failure.detail, "at": utc_text(at)}
        insert(connection, "projection_failure", row)
