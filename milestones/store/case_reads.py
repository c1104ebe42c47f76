"""Reads about one thing: `ports.CaseReads` on SQLite or PostgreSQL."""

from typing import Any

from sqlalchemy import Engine, text

from milestones.domain.coverage import CoverageRow
from milestones.domain.documents import Outcome
from milestones.domain.events import EventType, Recorded
from milestones.services.ports import Case
from milestones.store.engine import reading
from milestones.store.readings import HELD, staged_where
from milestones.store.rows import day_of, event_of, time_of

_WAITS = f"SELECT 1 FROM candidate c {HELD} AND c.candidate_id = :number"  # noqa: S608 - nothing but constants, here and below

_OUTCOME = "SELECT outcome, reason, at FROM candidate_outcome WHERE candidate_id = :number ORDER BY outcome_id DESC LIMIT 1"

_TOLD = """
    SELECT * FROM event
    WHERE commitment = :commitment AND ((kind IS NOT NULL AND target = :target) OR type LIKE 'commitment.%' OR type = 'ruling.made')
    ORDER BY position LIMIT :limit
"""

_COVERAGE = """
    SELECT source, feed, day, listed, read, closed FROM coverage
    WHERE sequence IN (SELECT max(sequence) FROM coverage WHERE source = :source GROUP BY feed, day)
    ORDER BY day, feed
"""


class SqlCaseReads:
    """`ports.CaseReads`."""

    __slots__ = ("_engine",)

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def case(self, number: int) -> Case | None:
        key = {"number": number}
        with reading(self._engine) as connection:
            last = connection.execute(text(_OUTCOME), key).first()
            found = staged_where(connection, "WHERE c.candidate_id = :number", **key)
            waits = connection.execute(text(_WAITS), key).first() is not None
        if last is None or not found:
            return None
        return Case(staged=found[0], outcome=Outcome(last.outcome), because=last.reason, at=time_of(last.at), waits=waits)

    def told_of(self, commitment: str, target: str, limit: int) -> list[Recorded] | None:
        with reading(self._engine) as connection:
            rows = connection.execute(text(_TOLD), {"commitment": commitment, "target": target, "limit": limit + 1}).mappings().all()
        return [event_of(row) for row in rows] if len(rows) <= limit else None

    def coverage_of(self, source: str) -> list[CoverageRow]:
        with reading(self._engine) as connection:
            rows = connection.execute(text(_COVERAGE), {"source": source})
            return [CoverageRow(**row | {"day": day_of(row["day"]), "closed": bool(row["closed"])}) for row in map(dict, rows.mappings())]

    def newest_events(self, limit: int, *, before: int | None = None, of_type: EventType | None = None) -> list[Recorded]:
        given: dict[str, Any] = {"limit": limit, "before": 2**62 if before is None else before}
        narrower = ""
        if of_type:
            narrower, given["type"] = "AND type = :type", of_type.value
        sql = f"SELECT * FROM event WHERE position < :before {narrower} ORDER BY position DESC LIMIT :limit"  # noqa: S608
        with reading(self._engine) as connection:
            return [event_of(row) for row in connection.execute(text(sql), given).mappings()]
