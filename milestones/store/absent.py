"""Claims that a document no longer makes: what the ledger holds of it, but its newest reading does not.

The newest reading of a page's newest version is complete, or it would not be there; so what it lacks was withdrawn by the source, or was
read by mistake before. Where detection broke on a document nothing was read, and nothing is taken back.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from sqlalchemy import Connection, RowMapping

from milestones.domain.events import Draft, EventType
from milestones.services.ports import Stored
from milestones.store.rows import event_of
from milestones.store.statements import select_in

_STANDS = """
    e.type IN ('milestone.reported', 'milestone.amended')
    AND NOT EXISTS (SELECT 1 FROM event later WHERE later.claim_key = e.claim_key AND later.position > e.position AND later.kind IS NOT NULL)
"""

_ABSENT = f"""
    SELECT e.*, now.digest AS now_digest,
        CASE WHEN now.text_digest = was.text_digest OR now.capture = was.capture THEN 1 ELSE 0 END AS same_page
    FROM event e
    JOIN document was ON was.digest = e.document_digest
    JOIN document now ON now.document_id = was.document_id
    JOIN reading r ON r.document_digest = now.digest
    WHERE {{keys}} IN :keys AND {_STANDS}
    AND NOT EXISTS (SELECT 1 FROM document newer WHERE newer.document_id = now.document_id AND newer.version > now.version)
    AND NOT EXISTS (SELECT 1 FROM reading newer WHERE newer.document_digest = now.digest AND newer.reading_id > r.reading_id)
    AND NOT EXISTS (
        SELECT 1 FROM candidate c WHERE c.reading_id = r.reading_id AND c.claim_key = e.claim_key AND c.decision <> 'drop'
    )
    AND NOT EXISTS (SELECT 1 FROM quarantine q WHERE q.url = now.url AND q.stage = 'detect' AND q.run_id = r.run_id)
    ORDER BY e.position
"""  # noqa: S608 - both pieces stand in this file

_OF_DOCUMENTS = f"""
    SELECT e.*, was.document_id, was.text_digest AS was_text, was.capture AS was_capture
    FROM event e JOIN document was ON was.digest = e.document_digest
    WHERE was.document_id IN :keys AND {_STANDS} ORDER BY e.position
"""  # noqa: S608 - as above


def retractions(connection: Connection, sources: Collection[str], *, producer: str, run_id: str) -> list[Draft]:
    """A retraction for each claim that stands in the ledger and no longer in its document, for documents of these sources."""
    return _absent(connection, "now.source", sources, producer=producer, run_id=run_id)


def retractions_of(connection: Connection, claims: Collection[str]) -> list[Draft]:
    """The same for these claims, whatever the source of their documents; of nobody's making."""
    return _absent(connection, "e.claim_key", claims, producer="", run_id="")


def _absent(connection: Connection, column: str, keys: Collection[str], *, producer: str, run_id: str) -> list[Draft]:
    rows = [row._mapping for row in select_in(connection, _ABSENT.format(keys=column), keys)]  # noqa: SLF001  # its public name
    return [_retraction(row, row["now_digest"], same_page=bool(row["same_page"]), producer=producer, run_id=run_id) for row in rows]


def retractions_if(connection: Connection, said: Sequence[tuple[Stored, Collection[str]]]) -> list[tuple[Draft, Stored]]:
    """The same if the newest reading of each document claimed just these claim keys; each with its document."""
    documents = {stored.document.document_id: (stored, frozenset(claims)) for stored, claims in said}
    found = []
    for row in (row._mapping for row in select_in(connection, _OF_DOCUMENTS, documents)):  # noqa: SLF001  # as above
        stored, claims = documents[row["document_id"]]
        if row["claim_key"] not in claims:
            same_page = row["was_text"] == stored.document.text_digest or row["was_capture"] == stored.capture
            found.append((_retraction(row, stored.digest, same_page=same_page, producer="", run_id=""), stored))
    return found


def _retraction(row: RowMapping, now_digest: str, *, same_page: bool, producer: str, run_id: str) -> Draft:
    event = event_of(row)
    said = {name: value for name, value in event.draft.data.items() if name != "person"}  # this is the machine's doing, whoever reported it
    return replace(
        event.draft,
        type=EventType.MILESTONE_RETRACTED,
        amends=event.event_id,
        document_digest=now_digest,
        data={**said, "reason": "rules_changed" if same_page else "withdrawn_by_source"},
        confidence=None,
        locator=None,
        quote=None,  # the words do not stand there any more
        producer=producer,
        run_id=run_id,
    )
