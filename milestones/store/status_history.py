"""Keeps the rows of `read_target_interval`: what becomes known later ends rows and adds others, in one transaction with the position.

Wholly new rows take the place of the old ones in that one transaction too, so readers see the old or the new, never half. No second table is
made for that: `verify` promises that the schema is the one shipped.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Engine, text

from milestones.services.standings import Failure, Moved, Standing
from milestones.store.engine import reading, writing
from milestones.store.projections import against, move, note, standing
from milestones.store.rows import plain
from milestones.store.statements import chunks, insert, lock_name

NAME = "status-history"

_END = text("""
    UPDATE read_target_interval SET known_to = :known_to, known_to_at = :known_to_at
    WHERE commitment = :commitment AND target = :target AND valid_from = :valid_from AND known_to IS NULL
""")

_AS_OF = text("""
    SELECT commitment, target, status, basis, occurred_on, occurred_precision, straddles, start_not_found, slippage_days, unread_sources
    FROM read_target_interval
    WHERE valid_from <= :on AND (valid_to IS NULL OR valid_to > :on)
      AND known_from_at <= :known_at AND (known_to_at IS NULL OR known_to_at > :known_at)
    ORDER BY commitment, target
""")


class SqlStatusHistory:
    """The rows on SQLite or PostgreSQL."""

    __slots__ = ("_engine",)

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def grow(
        self,
        *,
        again_from: str | None,
        ended: Sequence[Mapping[str, Any]],
        rows: Sequence[Mapping[str, Any]],
        expected: Standing,
        to: Standing,
        as_of: datetime,
        failure: Failure | None,
    ) -> Moved:
        """From `expected` to `to`: undoes what became known at `again_from` or later (None: all), ends the `ended` rows, adds `rows`."""
        with writing(self._engine) as connection:
            lock_name(connection, NAME)
            found = standing(connection, NAME)
            # The digest names what rows are made from, not the rows: making them anew at the same position is no standstill.
            moved = Moved.ADVANCED if again_from is None and found == expected else against(found, expected, to)
            if moved is Moved.ADVANCED:
                _undo(connection, again_from)
                for row in ended:
                    connection.execute(_END, dict(row))
                for chunk in chunks(rows):
                    insert(connection, "read_target_interval", *chunk)
                move(connection, to, as_of)
                note(connection, NAME, failure, as_of)
            return moved

    def as_of(self, *, on: date, known_at: datetime) -> list[dict[str, Any]]:
        """Each target on a day, as known at an instant."""
        with reading(self._engine) as connection:
            return [plain(dict(row)) for row in connection.execute(_AS_OF, plain({"on": on, "known_at": known_at})).mappings()]


def _undo(connection: Connection, again_from: str | None) -> None:
    if again_from is None:
        connection.execute(text("DELETE FROM read_target_interval"))
        return
    instant = {"at": again_from}
    connection.execute(text("DELETE FROM read_target_interval WHERE known_from_at >= :at"), instant)
    connection.execute(text("UPDATE read_target_interval SET known_to = NULL, known_to_at = NULL WHERE known_to_at >= :at"), instant)
