"""What canaries said, what shapes pages had, what others count: append-only rows."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Engine, Row, text

from milestones.domain.dates import utc_text
from milestones.domain.kept import kept_text
from milestones.domain.ledger import digest
from milestones.domain.watching import Canary, Check, Count, Shape
from milestones.store.engine import reading, writing
from milestones.store.rows import day_of, time_of
from milestones.store.statements import insert, lock_name

_TRIES = 4
"""A run that is tried again checks again; two checks of one run are one."""


class SqlChecks:
    """`ports.Checks` on SQLite or PostgreSQL."""

    __slots__ = ("_engine",)

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, checks: Sequence[Check], *, run_id: str) -> None:
        rows = [
            {
                "source": check.source,
                "canary": check.canary.value,
                "passed": check.passed,
                "detail": kept_text(check.detail),
                "checked_at": utc_text(check.checked_at),
                "run_id": run_id,
            }
            for check in checks
        ]
        with writing(self._engine) as connection:
            insert(connection, "source_check", *rows)

    def newest(self, source: str, limit: int) -> list[Check]:
        found = text("""
            SELECT passed, detail, checked_at, run_id FROM source_check
            WHERE source = :source AND canary = :canary ORDER BY sequence DESC LIMIT :rows
        """)
        with reading(self._engine) as connection:
            by_canary = {
                canary: connection.execute(found, {"source": source, "canary": canary.value, "rows": limit * _TRIES}).all() for canary in Canary
            }
        return [
            Check(source=source, canary=canary, passed=bool(row.passed), detail=row.detail, checked_at=time_of(row.checked_at))
            for canary, rows in by_canary.items()
            for row in _last_of_each_run(rows)[:limit]
        ]

    def add_shape(self, source: str, shape: Shape, *, url: str, capture: str, seen_at: datetime) -> bool:
        features = json.dumps(sorted(shape.features), ensure_ascii=False)
        key = {"source": source, "layout": shape.layout, "shape": digest("shape", shape.layout, features)}
        known = text("SELECT 1 FROM page_shape WHERE source = :source AND layout = :layout AND shape = :shape")
        with reading(self._engine) as connection:  # nearly every page has a known shape: most calls wait for no writer
            if connection.execute(known, key).first():
                return False
        with writing(self._engine) as connection:
            lock_name(connection, key["shape"])
            if connection.execute(known, key).first():
                return False
            insert(connection, "page_shape", {**key, "features": features, "url": url, "capture": capture, "seen_at": utc_text(seen_at)})
            return True

    def shapes(self, source: str, *, before: datetime) -> Mapping[str, list[Shape]]:
        found = text("""
            SELECT layout, features FROM page_shape s WHERE source = :source AND seen_at < :before
            AND NOT EXISTS (SELECT 1 FROM quarantine q WHERE q.url = s.url AND q.capture = s.capture)
            ORDER BY sequence
        """)
        shapes: dict[str, list[Shape]] = {}
        with reading(self._engine) as connection:
            for row in connection.execute(found, {"source": source, "before": utc_text(before)}):
                shapes.setdefault(row.layout, []).append(Shape(row.layout, frozenset(json.loads(row.features))))
        return shapes

    def add_count(self, count: Count, *, checked_at: datetime, run_id: str) -> None:
        row = {
            "source": count.source,
            "feed": count.feed,
            "day": count.day.isoformat(),
            "counted_by": count.counted_by,
            "theirs": count.theirs,
            "ours": count.ours,
        }
        with writing(self._engine) as connection:
            insert(connection, "count_check", {**row, "checked_at": utc_text(checked_at), "run_id": run_id})

    def counts(self, source: str, since: date) -> list[Count]:
        found = text("""
            SELECT source, feed, day, counted_by, theirs, ours FROM count_check
            WHERE sequence IN (
                SELECT max(sequence) FROM count_check WHERE source = :source AND day >= :since GROUP BY feed, day, counted_by
            )
            ORDER BY day, feed, counted_by
        """)
        with reading(self._engine) as connection:
            rows = connection.execute(found, {"source": source, "since": since.isoformat()})
            return [Count(**row | {"day": day_of(row["day"])}) for row in map(dict, rows.mappings())]


def _last_of_each_run(rows: Sequence[Row[Any]]) -> list[Row[Any]]:
    """Of rows, newest first, the newest one of each run."""
    runs: dict[str, Row[Any]] = {}
    for row in rows:
        runs.setdefault(row.run_id, row)
    return list(runs.values())
