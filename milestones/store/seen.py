"""What is kept of a source's answers and documents, as its canaries ask for it: reads only, each along an index."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import Engine, text

from milestones.domain.dates import utc_text
from milestones.domain.documents import Document
from milestones.domain.incidents import incident_of, stream_of
from milestones.domain.watching import Incident, Pass
from milestones.store.engine import reading
from milestones.store.rows import day_of, document_of, event_of, time_of

_NOT_QUARANTINED = "NOT EXISTS (SELECT 1 FROM quarantine q WHERE q.url = f.url AND q.capture = f.capture)"

_PASS = f"""
    SELECT count(*) AS asked, max(retrieved_at) AS ended_at,
        coalesce(sum(CASE WHEN f.error IS NULL AND {_NOT_QUARANTINED} THEN 1 ELSE 0 END), 0) AS good,
        coalesce(sum(CASE WHEN f.error LIKE 'Missing:%' THEN 1 ELSE 0 END), 0) AS missing
    FROM "fetch" f WHERE source = :source AND run_id = :run
"""  # noqa: S608 - nothing but constants

_LAST_ERROR = 'SELECT error FROM "fetch" WHERE source = :source AND run_id = :run AND error IS NOT NULL ORDER BY sequence DESC LIMIT 1'


class SqlSeen:
    """`ports.Seen` on SQLite or PostgreSQL."""

    __slots__ = ("_engine",)

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def passes(self, source: str, limit: int) -> list[Pass]:
        before = text('SELECT run_id, sequence FROM "fetch" WHERE source = :source AND sequence < :below ORDER BY sequence DESC LIMIT 1')
        begun = text('SELECT min(sequence) AS first FROM "fetch" WHERE source = :source AND run_id = :run')
        found: list[Pass] = []
        below = 2**62
        with reading(self._engine) as connection:
            while len(found) < limit:
                newest = connection.execute(before, {"source": source, "below": below}).first()
                if newest is None:
                    break
                key = {"source": source, "run": newest.run_id}
                row = connection.execute(text(_PASS), key).one()
                error = connection.execute(text(_LAST_ERROR), key).scalar()
                found.append(Pass(asked=row.asked, readable=row.good, missing=row.missing, ended_at=time_of(row.ended_at), error=error))
                below = connection.execute(begun, key).scalar_one()
        return found

    def read_between(self, source: str) -> tuple[datetime, datetime] | None:
        ends = [f'SELECT retrieved_at FROM "fetch" WHERE source = :s AND error IS NULL ORDER BY sequence {way} LIMIT 1' for way in ("ASC", "DESC")]  # noqa: S608 - nothing but constants
        with reading(self._engine) as connection:
            first, last = (connection.execute(text(end), {"s": source}).scalar() for end in ends)
            return (time_of(first), time_of(last)) if first and last else None

    def newest_at(self, source: str, *, until: datetime) -> datetime | None:
        newest = text(
            "SELECT max(coalesce(published_at, seen_at)) AS at FROM document WHERE source = :source AND coalesce(published_at, seen_at) <= :until"
        )
        with reading(self._engine) as connection:
            at = connection.execute(newest, {"source": source, "until": utc_text(until)}).scalar()
            return time_of(at) if at else None

    def documents(self, source: str, limit: int) -> list[Document]:
        newest = text("SELECT content FROM document WHERE source = :source ORDER BY sequence DESC LIMIT :limit")
        with reading(self._engine) as connection:
            return [document_of(row.content) for row in connection.execute(newest, {"source": source, "limit": limit})]

    def unreadable(self, source: str, limit: int) -> int:
        newest = text(f"""
            SELECT coalesce(sum(CASE WHEN {_NOT_QUARANTINED} THEN 0 ELSE 1 END), 0) AS wrong FROM (
                SELECT url, capture FROM "fetch" WHERE source = :source AND capture IS NOT NULL ORDER BY sequence DESC LIMIT :limit
            ) AS f
        """)  # noqa: S608 - nothing but constants
        with reading(self._engine) as connection:
            return int(connection.execute(newest, {"source": source, "limit": limit}).scalar_one())

    def answers(self, source: str, limit: int) -> list[tuple[str, datetime]]:
        newest = text("""
            SELECT capture, retrieved_at FROM "fetch" WHERE source = :source AND status = 200 AND capture IS NOT NULL
            ORDER BY sequence DESC LIMIT :limit
        """)
        with reading(self._engine) as connection:
            return [(row.capture, time_of(row.retrieved_at)) for row in connection.execute(newest, {"source": source, "limit": limit})]

    def same_since(self, url: str) -> tuple[datetime, datetime] | None:
        asked = text("""
            SELECT f.retrieved_at, f.status, c.body_sha256 FROM "fetch" f LEFT JOIN capture c ON c.digest = f.capture
            WHERE f.url = :url AND f.error IS NULL ORDER BY f.sequence DESC
        """)
        with reading(self._engine) as connection:
            first = last = body = None
            for row in connection.execute(asked, {"url": url}):
                told = None if row.status == 304 else row.body_sha256  # "not modified": the bytes of the answer before
                if body is not None and told is not None and told != body:
                    break
                body = body or told
                first, last = row.retrieved_at, last or row.retrieved_at
            return (time_of(first), time_of(last)) if first and last else None

    def listed(self, source: str, feed: str, *, since: date) -> Mapping[date, int]:
        """By the days' final lists, and of days whose list was never closed by itself, by their coverage."""
        found: dict[date, int] = {}
        with reading(self._engine) as connection:
            for table, closed in (("coverage", "closed = :yes"), ("closed_list", ":yes = :yes")):
                newest = text(f"""
                    SELECT day, listed FROM {table} WHERE source = :source AND feed = :feed AND day >= :since AND {closed} ORDER BY sequence
                """)  # noqa: S608 - nothing but constants
                for row in connection.execute(newest, {"source": source, "feed": feed, "since": since.isoformat(), "yes": True}):
                    found[day_of(row.day) or since] = row.listed
        return found

    def incident(self, source: str) -> tuple[Incident | None, int]:
        newest = text("SELECT * FROM event WHERE stream = :stream ORDER BY stream_version DESC LIMIT 1")
        with reading(self._engine) as connection:
            row = connection.execute(newest, {"stream": stream_of(source)}).mappings().first()
        if row is None:
            return None, 0
        event = event_of(row)
        return incident_of(event), event.stream_version
