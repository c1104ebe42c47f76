"""Records that a publisher changed the text of a page: one event for each version, with what differs in days, figures and names.

What follows from the new text, amendments and retractions, is the business of its reading; this says that the page is another one.
"""

from milestones.domain.differences import MOST, differences, paragraphs_changed
from milestones.domain.events import Draft, EventType
from milestones.domain.ledger import digest
from milestones.services.ports import Clock, Edit, Ledger, Revisits

_BATCH = 500


def record_changes(revisits: Revisits, ledger: Ledger, *, producer: str, clock: Clock, run_id: str) -> int:
    """Appends an event for each change that none tells of yet; how many there were."""
    recorded = 0
    while edits := revisits.edits(_BATCH):
        done = ledger.append([_draft(edit, producer, run_id) for edit in edits], now=clock())
        recorded += len(done.events)
        if len(edits) < _BATCH:
            break
    return recorded


def _draft(edit: Edit, producer: str, run_id: str) -> Draft:
    document, found = edit.now.document, differences(edit.before.document, edit.now.document)
    return Draft(
        stream=f"document:{document.document_id}",
        type=EventType.DOCUMENT_CHANGED,
        source=document.url,
        claim_key=digest(EventType.DOCUMENT_CHANGED, document.document_id, str(edit.version)),
        data={
            "document_id": document.document_id,
            "version": edit.version,
            "before": edit.before.digest,
            "headline": document.headline,
            "language": document.language,
            "paragraphs_changed": paragraphs_changed(edit.before.document, document),
            "differences": [dict(difference.as_data()) for difference in found[:MOST]],
            "more": max(0, len(found) - MOST),
        },
        published_at=document.published_at,
        document_digest=edit.now.digest,
        producer=producer,
        run_id=run_id,
    )
