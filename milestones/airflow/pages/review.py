"""Review: the one queue of what waits for a person, and each case with its words in their page, what a decision would change, and the decision.

Decisions go through the services that the command line uses. A second click finds the case settled and records nothing.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated, Any
from uuid import uuid4

from fastapi import Depends, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.background import BackgroundTask

from milestones.airflow.pages.access import editor_form, may_edit, name_of, token_for, user_of
from milestones.airflow.pages.desk import footing, monitor
from milestones.airflow.pages.frame import Frame, frame_of, show
from milestones.airflow.pages.passages import shown
from milestones.airflow.pages.today import in_doubt
from milestones.bootstrap import Deciding, Monitor
from milestones.bootstrap.deciding import numbered
from milestones.domain.commitments import Commitment, Target
from milestones.domain.dates import hk_day
from milestones.domain.documents import Document
from milestones.domain.errors import Conflict, LedgerError, MilestonesError
from milestones.domain.events import Draft, EventType, Kind, Recorded
from milestones.domain.status import SETTLED
from milestones.reports.wording import say
from milestones.services.foresight import Foresight
from milestones.services.ports import Case
from milestones.services.publish import draft_of
from scrapers import expected_pages

log = logging.getLogger(__name__)

SHOWN = 50
"""Cases of one sort on the page; others come up as these are settled."""

BECAUSE = {
    "doubtful": "because_doubtful",
    "the same reading claims this twice, with other content": "because_twice",
    "a person has decided on this claim, and the text has changed since": "because_changed",
}
"""Reasons that the ledger gives for holding a candidate, and the name of each in our words."""


def page(request: Request, told: str = "") -> HTMLResponse:
    """The queue; `told`: the position of what was recorded just now."""
    desk, frame = monitor(), frame_of(request)
    on = hk_day(desk.clock())
    targets = desk.read_tables.rows("read_target")
    open_targets = [t for t in targets if t["status"] not in SETTLED]
    count, held = desk.page_reads.waiting(SHOWN)
    return show(
        frame,
        "review.html.jinja",
        footing(desk),
        on=on,
        count=count,
        held=[(w, hk_day(w.held_at), because(w.because, frame.language)) for w in held],
        unsaid=desk.ledger.unsaid()[:SHOWN],
        doubts=[
            (step, since, expected_pages(Kind(step["kind"]), date.fromisoformat(step["occurred_on"])))
            for step, since in in_doubt(desk.page_reads.unfollowed(on), open_targets, desk.registry, on)[:SHOWN]
        ],
        titles={(t["commitment"], t["target"]): t[f"title_{frame.language}"] for t in targets},
        kinds=desk.vocabulary.kinds,
        recorded=_recorded(desk, told),
        event_types=desk.vocabulary.event_types,
        may_edit=may_edit(user_of(request)),
    )


def case(request: Request, name: str) -> HTMLResponse:
    """One case: `name` is the number of a candidate, or `@` and the position of an event whose document no longer says it."""
    desk, frame, user = monitor(), frame_of(request), user_of(request)
    number, position = _numbered(name)
    if number:
        found = desk.case_reads.case(number)
        if found is None:
            raise HTTPException(404)
        draft = draft_of(found.staged, producer="", run_id="")
        document: Document | None = found.staged.stored.document
        why, waits = because(found.staged.held_because or "", frame.language), found.waits
        explained, held_at = found.staged.candidate.reason, found.at
    else:
        event = next((e for e in desk.ledger.unsaid() if e.position == position), None)
        if event is None:
            return RedirectResponse(frame.href("/ledger", before=position + 1), status_code=303)  # type: ignore[return-value]  # shown there
        found, waits = None, True
        document = _document_now(desk, event)
        draft = replace(event.draft, type=EventType.MILESTONE_RETRACTED, amends=event.event_id)
        why, explained, held_at = say("review.unsaid_because", frame.language), "", None
    foresight = Deciding(desk).foresee(draft) if waits else None
    return show(
        frame,
        "case.html.jinja",
        footing(desk),
        name=name,
        draft=draft,
        document=document,
        passages=shown(document, draft.quote or "", draft.locator or "") if document else None,
        why=why,
        explained=explained,
        held_at=held_at,
        settled=None if waits or found is None else found,
        is_candidate=bool(number),
        change=change(foresight, desk, frame),
        labels=labels(draft, desk, frame),
        token=token_for(user) if may_edit(user) else "",
    )


def decide(request: Request, name: str, form: Annotated[Mapping[str, str], Depends(editor_form)]) -> Response:
    """Accepts or rejects; afterwards the queue. Raises 400 without a decision or a reason, 409 where the case is settled."""
    desk, frame = monitor(), frame_of(request)
    _numbered(name)
    act = {"accept": Deciding(desk).accept, "reject": Deciding(desk).reject}.get(form.get("decision", ""))
    if act is None or not form.get("reason"):
        raise HTTPException(400, say("review.incomplete", frame.language))
    try:
        events = act(name, by=name_of(user_of(request)), reason=form["reason"], run_id=run_id())
    except (Conflict, LedgerError) as error:
        raise _not_recorded(error, desk, name, frame) from None
    return told(desk, frame, events)


def told(desk: Monitor, frame: Frame, events: Sequence[Recorded]) -> RedirectResponse:
    """Back to the queue, which says what was recorded; the read tables are brought up to it meanwhile."""
    position = events[-1].position if events else "same"
    return RedirectResponse(frame.href("/review", told=position), status_code=303, background=BackgroundTask(_bring_up, desk))


def run_id() -> str:
    """What one act on a page is known by."""
    return f"page:{uuid4()}"


def because(reason: str, language: str) -> str:
    """Why something waits, in our words where we have them."""
    return say(f"review.{BECAUSE[reason]}", language) if reason in BECAUSE else reason


def labels(draft: Draft, desk: Monitor, frame: Frame) -> Mapping[str, str]:
    """What a draft says, in the words of the vocabulary."""
    vocabulary, language = desk.vocabulary, frame.language
    commitment = desk.registry.by_key.get(draft.commitment or "")
    target = next((t for t in commitment.targets if t.slug == draft.target), None) if commitment else None
    return {
        "kind": vocabulary.kinds[draft.kind].of(language) if draft.kind else "",
        "state": vocabulary.states[draft.state].of(language) if draft.state else "",
        "precision": vocabulary.precisions[draft.occurred_precision].of(language) if draft.occurred_precision else "",
        "commitment": _title(commitment, language),
        "target": _title(target, language) or say("review.context", language),
    }


def change(foresight: Foresight | None, desk: Monitor, frame: Frame) -> Mapping[str, Any] | None:
    """What a decision would change, in words; None where nothing can be foreseen."""
    if foresight is None:
        return None
    said = {
        name: (status.status.value, desk.vocabulary.statuses[status.status].of(frame.language), status.occurred_on)
        for name, status in (("before", foresight.before), ("after", foresight.after))
    }
    return {**said, "amends": foresight.amends.position if foresight.amends else None}


def _title(of: Commitment | Target | None, language: str) -> str:
    return "" if of is None else of.title_zh if language == "zh" else of.title_en


def _numbered(name: str) -> tuple[int, int]:
    try:
        return numbered(name)
    except LedgerError:
        raise HTTPException(404) from None


def _not_recorded(error: LedgerError, desk: Monitor, name: str, frame: Frame) -> HTTPException:
    if isinstance(error, Conflict) or not _waits(desk, name):
        return HTTPException(409, say("review.settled_meanwhile", frame.language))
    return HTTPException(400, str(error))


def _waits(desk: Monitor, name: str) -> bool:
    number, position = numbered(name)
    if number:
        found: Case | None = desk.case_reads.case(number)
        return found is not None and found.waits
    return any(e.position == position for e in desk.ledger.unsaid())


def _document_now(desk: Monitor, event: Recorded) -> Document | None:
    newest = desk.captures.newest(event.draft.source)
    return newest.document if newest else None


def _recorded(desk: Monitor, told: str) -> Sequence[Recorded] | None:
    """What was recorded at a position; nothing where the same was known, None where nobody asks."""
    if told == "same":
        return ()
    if not (told.isascii() and told.isdigit() and len(told) < 12 and int(told)):
        return None
    return desk.ledger.read(after=int(told) - 1, limit=1) or None


def _bring_up(desk: Monitor) -> None:
    try:
        desk.project()
    except MilestonesError as error:  # the decision stands; the DAG `project` tries again and tells
        log.warning("the read tables are not brought up: %s", error)
