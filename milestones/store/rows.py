"""Values as rows and rows as values, for both databases.

Written are plain texts and numbers: both databases turn ISO days and times into what their columns are. Read, SQLite gives these texts and
PostgreSQL days, times and ids; either is accepted here and nowhere else.
"""

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, RowMapping

from milestones.domain.dates import Precision, utc_text
from milestones.domain.documents import Candidate, Decision, Document, Figure, Form, Item
from milestones.domain.events import Draft, EventType, Kind, Recorded, State
from milestones.domain.ledger import canonical, leaf_fields
from milestones.services.ports import Stored

EVENT_COLUMNS = (
    "position", "event_id", "stream", "stream_version", "type", "schema_version", "commitment", "target", "kind", "state", "subject", "source",
    "occurred_on", "occurred_precision", "published_at", "recorded_at", "claim_key", "content_digest", "confidence", "data", "document_digest",
    "locator", "quote", "rule", "rule_version", "producer", "run_id", "caused_by", "amends", "leaf_version", "leaf_hash", "prev_hash", "hash",
)  # fmt: skip


def day_of(value: date | str | None) -> date | None:
    """A day as either database gives it."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def time_of(value: datetime | str) -> datetime:
    """An instant as either database gives it, in UTC."""
    return (datetime.fromisoformat(value) if isinstance(value, str) else value).astimezone(UTC)


def event_row(event: Recorded) -> dict[str, Any]:
    """A recorded event as a row: the fields that are hashed, and its place."""
    return {
        **leaf_fields(event),
        "data": canonical(event.draft.data).decode(),
        "position": event.position,
        "leaf_hash": event.leaf_hash,
        "prev_hash": event.prev_hash,
        "hash": event.hash,
    }


def event_of(row: RowMapping) -> Recorded:
    """The reverse of `event_row`."""
    draft = Draft(
        stream=row["stream"],
        type=EventType(row["type"]),
        source=row["source"],
        claim_key=row["claim_key"],
        data=json.loads(row["data"]),
        commitment=row["commitment"],
        target=row["target"],
        kind=Kind(row["kind"]) if row["kind"] else None,
        state=State(row["state"]) if row["state"] else None,
        subject=row["subject"],
        occurred_on=day_of(row["occurred_on"]),
        occurred_precision=Precision(row["occurred_precision"]) if row["occurred_precision"] else None,
        published_at=time_of(row["published_at"]) if row["published_at"] else None,
        confidence=row["confidence"],
        document_digest=row["document_digest"],
        locator=row["locator"],
        quote=row["quote"],
        rule=row["rule"],
        rule_version=row["rule_version"],
        producer=row["producer"],
        run_id=row["run_id"],
        caused_by=UUID(str(row["caused_by"])) if row["caused_by"] else None,
        amends=UUID(str(row["amends"])) if row["amends"] else None,
    )
    return Recorded(
        draft=draft,
        position=row["position"],
        event_id=UUID(str(row["event_id"])),
        stream_version=row["stream_version"],
        schema_version=row["schema_version"],
        leaf_version=row["leaf_version"],
        recorded_at=time_of(row["recorded_at"]),
        content_digest=row["content_digest"],
        leaf_hash=row["leaf_hash"],
        prev_hash=row["prev_hash"],
        hash=row["hash"],
    )


def document_data(document: Document) -> dict[str, Any]:
    """A document as JSON data, whole."""
    return {
        **{f.name: getattr(document, f.name) for f in fields(document)},
        "items": [{"heading": i.heading, "text": i.text} for i in document.items],
        "published_at": utc_text(document.published_at) if document.published_at else None,
        "day": document.day.isoformat() if document.day else None,
    }


def document_of(content: str) -> Document:
    """The reverse of `document_data`, from its JSON text."""
    data = json.loads(content)
    return Document(
        **data
        | {
            "form": Form(data["form"]),
            "paragraphs": tuple(data["paragraphs"]),
            "items": tuple(Item(**item) for item in data["items"]),
            "attachments": tuple(data["attachments"]),
            "photos": tuple(data.get("photos", ())),  # versions kept before photographs were listed have none
            "published_at": time_of(data["published_at"]) if data["published_at"] else None,
            "day": day_of(data["day"]),
        }
    )


def stored_of(row: Row[Any]) -> Stored:
    """A version of a document from columns of its row."""
    return Stored(digest=row.digest, capture=row.capture, document=document_of(row.content), seen_at=time_of(row.seen_at))


def candidate_data(candidate: Candidate) -> dict[str, Any]:
    """A candidate as JSON data, whole."""
    return {
        **{f.name: getattr(candidate, f.name) for f in fields(candidate)},
        "occurred_on": candidate.occurred_on.isoformat() if candidate.occurred_on else None,
        "figures": [figure.as_data() for figure in candidate.figures],
    }


def candidate_of(content: str) -> Candidate:
    """The reverse of `candidate_data`, from its JSON text."""
    data = json.loads(content)
    return Candidate(
        **data
        | {
            "kind": Kind(data["kind"]),
            "state": State(data["state"]),
            "precision": Precision(data["precision"]),
            "decision": Decision(data["decision"]),
            "occurred_on": day_of(data["occurred_on"]),
            "figures": tuple(Figure(**figure) for figure in data["figures"]),
        }
    )


def plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row as both databases take it and as both are to give it back: days and times as text, lists as JSON."""
    return {name: _plain(value) for name, value in row.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return utc_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (UUID, str)):
        return str(value)  # of an enumeration's member as well: psycopg would write its name, not its text
    if isinstance(value, (Mapping, list, tuple)):
        return canonical(value).decode()
    return value
