"""Which version of each page was read last, which pages are to be read again, and whose text changed when they were."""

from datetime import datetime, time
from typing import Any

from sqlalchemy import Engine, Row, text

from milestones.domain.dates import HKT, hk_day, utc_text
from milestones.domain.documents import HANDED_IN, Form
from milestones.domain.events import EventType
from milestones.domain.rereading import STEPS, due_at
from milestones.services.asking import GONE
from milestones.services.ports import Edit, Link, Validators, Version
from milestones.store.backlog import link_of
from milestones.store.engine import reading, writing
from milestones.store.rows import day_of, stored_of, time_of
from milestones.store.statements import insert, select_in

_LOOK_BACK = STEPS[-1] * 2
"""A page is still read again that was due while nothing ran, but not when it is twice as old as the last step."""

DUE = """
    SELECT l.url, l.feed, l.day, l.headline, d.published_at,
        coalesce((SELECT v.noted_at FROM validator v WHERE v.url = l.url ORDER BY v.sequence DESC LIMIT 1), d.seen_at) AS asked_at
    FROM listed_link l JOIN document d ON d.url = l.url
    WHERE l.source = :source AND l.day >= :since AND d.source <> :handed_in
    AND l.url NOT IN (SELECT url FROM quarantine WHERE source = :source AND stage = :gone)
    ORDER BY d.sequence
"""

# Bill records are left out: their rows grow by every stage, which is their news and no correction. A version from the same capture as
# the one before came from us, who read it anew.
EDITS = """
    SELECT n.version, b.digest AS before, n.digest AS now FROM document n
    JOIN document b ON b.document_id = n.document_id AND b.version = n.version - 1
    WHERE n.version > 1 AND n.form <> :records AND n.source <> :handed_in AND b.source <> :handed_in AND n.capture <> b.capture
    AND NOT EXISTS (SELECT 1 FROM event e WHERE e.stream = 'document:' || n.document_id AND e.type = :changed AND e.document_digest = n.digest)
    ORDER BY n.sequence LIMIT :limit
"""


class SqlRevisits:
    """`ports.Revisits` on SQLite or PostgreSQL."""

    __slots__ = ("_engine",)

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add_validators(self, url: str, validators: Validators, *, capture: str, noted_at: datetime) -> None:
        row = {"url": url, "capture": capture, "etag": validators.etag, "last_modified": validators.last_modified, "noted_at": utc_text(noted_at)}
        with writing(self._engine) as connection:
            insert(connection, "validator", row)

    def version(self, url: str) -> Version | None:
        with reading(self._engine) as connection:
            row = connection.execute(
                text("""
                SELECT v.capture, v.etag, v.last_modified, v.noted_at,
                    (SELECT count(*) FROM validator o WHERE o.url = v.url AND o.capture = v.capture) AS times
                FROM validator v WHERE v.url = :url ORDER BY v.sequence DESC LIMIT 1
                """),
                {"url": url},
            ).first()
        if row is None:
            return None
        told = Validators(etag=row.etag, last_modified=row.last_modified)
        return Version(validators=told, capture=row.capture, asked_at=time_of(row.noted_at), unchanged=row.times - 1)

    def due(self, source: str, *, now: datetime, limit: int) -> list[Link]:
        asked = {"source": source, "since": (hk_day(now) - _LOOK_BACK).isoformat(), "handed_in": HANDED_IN, "gone": GONE}
        with reading(self._engine) as connection:
            newest = {row.url: row for row in connection.execute(text(DUE), asked)}
        found = [(at, row) for row in newest.values() if (at := _due_at(row)) and at <= now]
        return [link_of(row) for _, row in sorted(found, key=lambda pair: pair[0])[:limit]]

    def edits(self, limit: int) -> list[Edit]:
        asked = {"records": str(Form.BILL_RECORD), "handed_in": HANDED_IN, "changed": str(EventType.DOCUMENT_CHANGED), "limit": limit}
        with reading(self._engine) as connection:
            rows = connection.execute(text(EDITS), asked).all()
            versions = select_in(
                connection,
                "SELECT digest, capture, content, seen_at FROM document WHERE digest IN :keys",
                (digest for row in rows for digest in (row.before, row.now)),
            )
            stored = {version.digest: stored_of(version) for version in versions}
            return [Edit(version=row.version, before=stored[row.before], now=stored[row.now]) for row in rows]


def _due_at(row: Row[Any]) -> datetime | None:
    """When the document of a row is due; where the publisher states no time, its day counts from the first minute."""
    day = day_of(row.day)
    published = time_of(row.published_at) if row.published_at else datetime.combine(day, time(), tzinfo=HKT) if day else None
    return due_at(published, time_of(row.asked_at)) if published else None
