"""What the sources said: every fetch, the captures, the documents read from them, and the days that were covered."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, text

from milestones.domain.coverage import CoverageRow
from milestones.domain.dates import utc_text
from milestones.domain.documents import HANDED_IN, Document
from milestones.domain.kept import kept_json, kept_text
from milestones.domain.ledger import digest
from milestones.services.ports import Stored
from milestones.store.engine import reading, writing
from milestones.store.rows import day_of, document_data, plain, stored_of, time_of
from milestones.store.statements import insert, lock_name


class SqlCaptures:
    """`ports.Captures` on SQLite or PostgreSQL."""

    __slots__ = ("_engine",)

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add_fetch(
        self, *, source: str, url: str, status: int | None, error: str | None, capture: str | None, retrieved_at: datetime, run_id: str
    ) -> None:
        row = {"source": source, "url": url, "status": status, "error": kept_text(error), "capture": capture}
        with writing(self._engine) as connection:
            insert(connection, "fetch", {**row, "retrieved_at": utc_text(retrieved_at), "run_id": run_id})

    def add_capture(self, *, digest: str, url: str, body_sha256: str, retrieved_at: datetime) -> None:
        """Once for each digest; a second time is no error."""
        with writing(self._engine) as connection:
            lock_name(connection, digest)
            if connection.execute(text("SELECT 1 FROM capture WHERE digest = :digest"), {"digest": digest}).first() is None:
                row = {"digest": digest, "url": url, "body_sha256": body_sha256, "retrieved_at": utc_text(retrieved_at)}
                insert(connection, "capture", row)

    def retrieved(self) -> list[tuple[str, datetime]]:
        with reading(self._engine) as connection:
            rows = connection.execute(text("SELECT digest, retrieved_at FROM capture ORDER BY retrieved_at, digest"))
            return [(row.digest, time_of(row.retrieved_at)) for row in rows]

    def add_document(self, document: Document, *, capture: str, seen_at: datetime, anew: bool = False) -> str:
        content = kept_json(document_data(document))
        with writing(self._engine) as connection:
            lock_name(connection, document.document_id)
            newest = connection.execute(
                text("SELECT digest, version, text_digest FROM document WHERE document_id = :id ORDER BY version DESC LIMIT 1"),
                {"id": document.document_id},
            ).first()
            if newest and newest.text_digest == document.text_digest and not anew:
                return str(newest.digest)
            row = document_row(document, content, version=newest.version + 1 if newest else 1, capture=capture)
            insert(connection, "document", {**row, "seen_at": utc_text(seen_at)})
            return str(row["digest"])

    def has_document(self, url: str) -> bool:
        read = text("SELECT 1 FROM document WHERE url = :url AND source <> :handed_in")
        with reading(self._engine) as connection:
            return connection.execute(read, {"url": url, "handed_in": HANDED_IN}).first() is not None

    def newest(self, url: str) -> Stored | None:
        return self._stored("SELECT digest, capture, content, seen_at FROM document WHERE url = :key ORDER BY sequence DESC LIMIT 1", url)

    def kept(self, digest: str) -> Stored | None:
        return self._stored("SELECT digest, capture, content, seen_at FROM document WHERE digest = :key", digest)

    def _stored(self, sql: str, key: str) -> Stored | None:
        with reading(self._engine) as connection:
            row = connection.execute(text(sql), {"key": key}).first()
            return stored_of(row) if row else None

    def add_coverage(self, row: CoverageRow, *, checked_at: datetime, run_id: str) -> None:
        values = {"source": row.source, "feed": row.feed, "day": row.day.isoformat(), "listed": row.listed, "read": row.read, "closed": row.closed}
        with writing(self._engine) as connection:
            insert(connection, "coverage", {**values, "checked_at": utc_text(checked_at), "run_id": run_id})

    def coverage(self) -> list[CoverageRow]:
        with reading(self._engine) as connection:
            rows = connection.execute(
                text("""
                SELECT source, feed, day, listed, read, closed FROM coverage
                WHERE sequence IN (SELECT max(sequence) FROM coverage GROUP BY source, feed, day)
                ORDER BY source, feed, day
                """)
            )
            return [CoverageRow(**row | {"day": day_of(row["day"]), "closed": bool(row["closed"])}) for row in map(dict, rows.mappings())]

    def quarantine(self, *, source: str, url: str, capture: str | None, stage: str, reason: str, at: datetime, run_id: str) -> None:
        row = {"source": source, "url": url, "capture": capture, "stage": stage, "reason": kept_text(reason), "at": utc_text(at), "run_id": run_id}
        with writing(self._engine) as connection:
            insert(connection, "quarantine", row)

    def quarantined(self) -> list[Mapping[str, Any]]:
        """The newest entry of each page and stage, oldest first; gone once a newer version of the page was read, or the page was read well again."""
        with reading(self._engine) as connection:
            rows = connection.execute(
                text("""
                SELECT q.* FROM quarantine q
                WHERE q.sequence IN (SELECT max(sequence) FROM quarantine GROUP BY url, stage)
                AND NOT EXISTS (SELECT 1 FROM document d WHERE d.url = q.url AND d.seen_at > q.at)
                AND (q.stage = 'detect' OR NOT EXISTS (
                    SELECT 1 FROM validator v WHERE v.url = q.url AND v.noted_at >= q.at AND v.capture <> q.capture
                ))
                ORDER BY q.sequence
                """)
            )
            return [plain(dict(row)) for row in rows.mappings()]

    def last_good_reads(self) -> dict[str, datetime]:
        with reading(self._engine) as connection:
            rows = connection.execute(text('SELECT source, max(retrieved_at) AS at FROM "fetch" WHERE error IS NULL GROUP BY source'))
            return {row.source: time_of(row.at) for row in rows}

    def last_errors(self) -> dict[str, str]:
        newest = text("""
            SELECT source, error FROM "fetch"
            WHERE error IS NOT NULL AND sequence IN (SELECT max(sequence) FROM "fetch" GROUP BY source)
        """)
        with reading(self._engine) as connection:
            return {row.source: row.error for row in connection.execute(newest)}


def document_row(document: Document, content: str, *, version: int, capture: str) -> dict[str, Any]:
    """A version of a document as a row, but for when it was seen; `content` is its canonical JSON."""
    return {
        # Over the capture as well: an event that names a document thereby names the bytes it was read from.
        "digest": digest("document", document.document_id, str(version), capture, content),
        "document_id": document.document_id,
        "version": version,
        "url": document.url,
        "source": document.source,
        "form": str(document.form),
        "language": document.language,
        "headline": kept_text(document.headline),
        "text_digest": document.text_digest,
        "published_at": utc_text(document.published_at) if document.published_at else None,
        "day": document.day.isoformat() if document.day else None,
        "twin_url": document.twin_url,
        "capture": capture,
        "content": content,
    }
