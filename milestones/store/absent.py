"""Claims that a document no longer makes: what the ledger holds of it, but its newest reading does not.

The newest reading of a page's newest version is complete, or it would not be there; so what it lacks was withdrawn by the source, or was
read by mistake before.
"""

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy import Connection, RowMapping

from milestones.domain.events import Draft, EventType
from milestones.store.rows import event_of
from milestones.store.statements import select_in

_ABSENT = """
    SELECT e.*, now.digest AS now_digest, now.text_digest AS now_text, was.text_digest AS was_text
    FROM event e
    JOIN document was ON was.digest = e.document_digest
    JOIN document now ON now.document_id = was.document_id
    JOIN reading r ON r.document_digest = now.digest
    WHERE now.source IN :keys
    AND e.type IN ('milestone.reported', 'milestone.amended')
    AND NOT EXISTS (SELECT 1 FROM event later WHERE later.claim_key = e.claim_key AND later.position > e.position AND later.kind IS NOT NULL)
    AND NOT EXISTS (SELECT 1 FROM document newer WHERE newer.document_id = now.document_id AND newer.version > now.version)
    AND NOT EXISTS (SELECT 1 FROM reading newer WHERE newer.document_digest = now.digest AND newer.reading_id > r.reading_id)
    AND NOT EXISTS (
        SELECT 1 FROM candidate c WHERE c.reading_id = r.reading_id AND c.claim_key = e.claim_key AND c.decision <> 'drop'
    )
    ORDER BY e.position
"""


def retractions(connection: Connection, sources: Collection[str], *, producer: str, run_id: str) -> list[Draft]:
    """A retraction for each claim that stands in the ledger and no longer in its document, for documents of these sources."""
    return [_retraction(row._mapping, producer, run_id) for row in select_in(connection, _ABSENT, sources)]  # noqa: SLF001  # its public name


def _retraction(row: RowMapping, producer: str, run_id: str) -> Draft:
    event = event_of(row)
    said = {name: value for name, value in event.draft.data.items() if name != "person"}  # this is the machine's doing, whoever reported it
    return replace(
        event.draft,
        type=EventType.MILESTONE_RETRACTED,
        amends=event.event_id,
        document_digest=row["now_digest"],
        data={**said, "reason": "rules_changed" if row["now_text"] == row["was_text"] else "withdrawn_by_source"},
        confidence=None,
        locator=None,
        quote=None,  # the words do not stand there any more
        producer=producer,
        run_id=run_id,
    )
