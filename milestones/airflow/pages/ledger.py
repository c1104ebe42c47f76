"""The ledger: how long it is, its checkpoints with who signed them, how far what is made of it has come, and the newest events.

It is read and not verified here: that takes longer than a page may, and says nothing to whom does not trust the server that shows it.
"""

from collections.abc import Mapping
from typing import Any

from fastapi import HTTPException, Request
from fastapi.responses import HTMLResponse, Response

from milestones.airflow.pages import data_docs
from milestones.airflow.pages.desk import footing, monitor
from milestones.airflow.pages.frame import HEADERS, frame_of, show
from milestones.bootstrap import Evidence
from milestones.domain.events import EventType, Recorded
from milestones.projections.models import READ_TABLES, STATUS_HISTORY

EVENTS, CHECKPOINTS = 50, 12
"""Events and checkpoints on one page, the newest first."""


def page(request: Request) -> HTMLResponse:
    """The page; `?type=` shows events of one type only, `?before=` those below a position."""
    desk, frame = monitor(), frame_of(request)
    of_type, before = _type(frame.query.get("type", "")), _position(frame.query.get("before", ""))
    events = desk.case_reads.newest_events(EVENTS + 1, before=before, of_type=of_type)
    position, head = desk.ledger.head()
    evidence = Evidence(desk)
    held = evidence.kept(CHECKPOINTS)
    return show(
        frame,
        "ledger.html.jinja",
        footing(desk),
        position=position,
        head=head,
        newest=desk.case_reads.newest_events(1),
        held=held,
        since=position - held[0].note.size if held else position,
        standings=[desk.standings.of(name) for name in (READ_TABLES, STATUS_HISTORY)],
        events=[_line(e) for e in events[:EVENTS]],
        older=events[EVENTS - 1].position if len(events) > EVENTS else None,
        of_type=of_type,
        before=before,
        types=list(EventType),
        docs=data_docs.batches(),
        vocabulary=desk.vocabulary,
    )


def checkpoint(size: str) -> Response:
    """The note of the checkpoint of this size, as a file to keep."""
    note = next((h.note for h in monitor().checkpoints.all() if str(h.size) == size), None)
    if note is None:
        raise HTTPException(404)
    return Response(
        note, media_type="text/plain; charset=utf-8", headers=HEADERS | {"Content-Disposition": f'attachment; filename="checkpoint-{size}.txt"'}
    )


def _line(event: Recorded) -> Mapping[str, Any]:
    data = event.draft.data
    return {
        "event": event,
        "draft": event.draft,
        "person": str(data.get("person") or ""),
        "reason": str(data["reason"]) if data.get("person") and data.get("reason") else "",
        "is_page": event.draft.source.startswith("http"),
    }


def _type(text: str) -> EventType | None:
    return next((t for t in EventType if t.value == text), None)


def _position(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None
