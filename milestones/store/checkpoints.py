"""Checkpoints as they were made: one row of each size, never changed; and the leaves that the next one is made over."""

from datetime import datetime

from sqlalchemy import Engine, text

from milestones.domain.dates import utc_text
from milestones.domain.errors import Damaged
from milestones.services.ports import HeldNote
from milestones.store.engine import reading, writing
from milestones.store.rows import time_of
from milestones.store.statements import insert, lock_name


class SqlCheckpoints:
    """`ports.Checkpoints` on SQLite or PostgreSQL."""

    __slots__ = ("_engine",)

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def first_hash(self) -> str | None:
        with reading(self._engine) as connection:
            row = connection.execute(text("SELECT hash FROM event ORDER BY position LIMIT 1")).first()
            return row.hash if row else None

    def leaves(self, size: int | None = None) -> list[str]:
        with reading(self._engine) as connection:
            # Behind the head as it is when this begins: what is appended meanwhile belongs to the next checkpoint.
            sql = "SELECT leaf_hash FROM event WHERE position <= coalesce(:size, (SELECT position FROM log_head)) ORDER BY position"
            return [row.leaf_hash for row in connection.execute(text(sql), {"size": size})]

    def add(self, size: int, root: str, note: str, *, at: datetime) -> HeldNote:
        with writing(self._engine) as connection:
            lock_name(connection, f"checkpoint {size}")
            row = connection.execute(text("SELECT * FROM checkpoint WHERE tree_size = :size"), {"size": size}).first()
            if row is None:
                insert(connection, "checkpoint", {"tree_size": size, "root": root, "note": note, "made_at": utc_text(at)})
                return HeldNote(size=size, root=root, note=note, made_at=at)
            if row.root != root:
                raise Damaged(f"the checkpoint made of {size} events has another root: what stood in them was changed; run `milestones verify`")
            return HeldNote(size=size, root=row.root, note=row.note, made_at=time_of(row.made_at))

    def all(self) -> list[HeldNote]:
        with reading(self._engine) as connection:
            rows = connection.execute(text("SELECT tree_size, root, note, made_at FROM checkpoint ORDER BY tree_size"))
            return [HeldNote(size=r.tree_size, root=r.root, note=r.note, made_at=time_of(r.made_at)) for r in rows]
