"""The records of one commitment, for its page: `ports.Records` on SQLite or PostgreSQL. Each question goes along an index."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Engine, bindparam, column, select, table, text
from sqlalchemy.types import NullType

from milestones.domain.dates import utc_text
from milestones.domain.events import Recorded
from milestones.domain.revisions import KEY
from milestones.services.ports import Rested
from milestones.store.engine import reading
from milestones.store.rows import EVENT_COLUMNS, event_of, plain, time_of
from milestones.store.statements import chunks, select_in

_EVENT = table("event", *map(column, EVENT_COLUMNS))

_RESTS_ON = "SELECT digest, capture, seen_at FROM document WHERE digest IN :keys"

# Of a step that the tables know, the events; of these the few that carry a later deadline (`domain.revisions.KEY`).
_REVISIONS = text(f"""
    SELECT e.* FROM event e WHERE e.position IN (
        SELECT v.position FROM read_evidence v JOIN read_milestone m ON m.milestone_id = v.milestone_id
        WHERE m.commitment IN :keys AND m.kind = 'delayed'
    ) AND e.data LIKE '%"{KEY}"%'
""").bindparams(bindparam("keys", expanding=True))  # noqa: S608 - nothing but constants

_STANDING = text("""
    SELECT target, status, basis, occurred_on, occurred_precision, straddles, start_not_found, slippage_days, unread_sources
    FROM read_target_interval
    WHERE commitment = :commitment
      AND valid_from <= :on AND (valid_to IS NULL OR valid_to > :on)
      AND known_from_at <= :known_at AND (known_to_at IS NULL OR known_to_at > :known_at)
""")


class SqlRecords:
    """`ports.Records`."""

    __slots__ = ("_engine",)

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of_commitment(self, commitment: str, *, known_at: datetime | None, before: int | None, limit: int) -> Sequence[Recorded]:
        # Without a type, or PostgreSQL is told that it is text, and does not compare it with a time.
        known = [_EVENT.c.recorded_at <= bindparam(None, utc_text(known_at), type_=NullType())] if known_at else []
        earlier = [_EVENT.c.position < before] if before else []
        newest = select(_EVENT.c.claim_key).where(_EVENT.c.commitment == commitment, *known, *earlier)
        with reading(self._engine) as connection:
            claims = connection.execute(newest.order_by(_EVENT.c.position.desc()).limit(limit)).scalars()
            found: list[Recorded] = []
            for keys in chunks(dict.fromkeys(claims)):
                rows = connection.execute(select(_EVENT).where(_EVENT.c.claim_key.in_(keys), *known))
                found += map(event_of, rows.mappings())
        return sorted(found, key=lambda e: e.position)

    def first_recorded_at(self) -> datetime | None:
        with reading(self._engine) as connection:
            found = connection.execute(text("SELECT recorded_at FROM event WHERE position = 1")).scalar()
            return time_of(found) if found else None

    def rests_on(self, documents: Collection[str]) -> Mapping[str, Rested]:
        with reading(self._engine) as connection:
            return {r.digest: Rested(capture=r.capture, seen_at=time_of(r.seen_at)) for r in select_in(connection, _RESTS_ON, documents)}

    def revisions(self, commitments: Collection[str]) -> Sequence[Recorded]:
        with reading(self._engine) as connection:
            found = [event_of(row) for keys in chunks(commitments) for row in connection.execute(_REVISIONS, {"keys": keys}).mappings()]
        return sorted(found, key=lambda e: e.position)

    def standing(self, commitment: str, *, on: date, known_at: datetime) -> Mapping[str, Mapping[str, Any]]:
        asked = plain({"commitment": commitment, "on": on, "known_at": known_at})
        with reading(self._engine) as connection:
            return {row["target"]: plain(dict(row)) for row in connection.execute(_STANDING, asked).mappings()}
