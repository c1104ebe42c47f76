"""Recording what the machine missed, or what it read wrongly: a form, a preview from the page as it is kept, and then the ledger.

The preview asks the publisher once and keeps the page; saving rests on that very version, so what was looked at is what is recorded.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, TypeVar

from fastapi import Depends, HTTPException, Request
from fastapi.responses import HTMLResponse, Response

from milestones.airflow.pages.access import editor_form, may_edit, name_of, token_for, user_of
from milestones.airflow.pages.desk import footing, monitor
from milestones.airflow.pages.frame import Frame, frame_of, show
from milestones.airflow.pages.passages import shown
from milestones.airflow.pages.review import change, labels, run_id, told
from milestones.bootstrap import Deciding, Monitor, Recording
from milestones.bootstrap.monitor import PRODUCER
from milestones.domain.dates import Precision
from milestones.domain.errors import Conflict, LedgerError, MilestonesError
from milestones.domain.events import CONTEXT, Kind, State
from milestones.reports.wording import say
from milestones.services.ports import Case, Stored
from milestones.services.recording import Told, drafted
from milestones.services.review import correct
from milestones.services.signature import Signature

FIELDS = (
    "url", "quote", "target", "kind", "state", "on", "precision", "subject", "revised_on", "revised_precision", "said_by", "reason", "candidate",
)  # fmt: skip

E = TypeVar("E", bound=StrEnum)


def page(request: Request) -> HTMLResponse:
    """The form; what stands in the address is filled in, and a candidate that is to be corrected fills all."""
    desk, frame = monitor(), frame_of(request)
    given = {name: request.query_params.get(name, "") for name in FIELDS}
    if given["candidate"]:
        given |= _as_read(_waiting(desk, given["candidate"], frame))
    return _form(request, desk, frame, given)


def preview(request: Request, form: Annotated[Mapping[str, str], Depends(editor_form)]) -> HTMLResponse:
    """The form with what would be recorded, or with what is wrong (422)."""
    desk, frame, given = monitor(), frame_of(request), _given(form)
    try:
        said, run = _told(given, frame), run_id()
        signature = Signature(person="", reason=given["reason"], producer=PRODUCER, run_id=run)
        if given["candidate"]:
            stored = _waiting(desk, given["candidate"], frame).staged.stored
        else:
            stored = Recording(desk).keep_page(given["url"], said.quote, run_id=run)
        draft = drafted(stored, said, registry=desk.registry, signature=signature, now=desk.clock())
    except MilestonesError as error:
        return _form(request, desk, frame, given, wrong=str(error), status=422)
    return _form(
        request,
        desk,
        frame,
        given,
        preview={
            "draft": draft,
            "document": stored.document,
            "digest": stored.digest,
            "passages": shown(stored.document, draft.quote or "", draft.locator or ""),
            "change": change(Deciding(desk).foresee(draft), desk, frame),
            "labels": labels(draft, desk, frame),
        },
    )


def save(request: Request, form: Annotated[Mapping[str, str], Depends(editor_form)]) -> Response:
    """Records what the preview showed; the same a second time records nothing. Raises 409 where a candidate was settled meanwhile."""
    desk, frame, given = monitor(), frame_of(request), _given(form)
    stored: Stored | None = desk.captures.kept(form.get("document", ""))
    if stored is None:
        raise HTTPException(400, say("record.no_preview", frame.language))
    if given["candidate"]:
        _waiting(desk, given["candidate"], frame)
    try:
        said = _told(given, frame)
        signature = desk.sign(name_of(user_of(request)), given["reason"], run_id=run_id())
        draft = drafted(stored, said, registry=desk.registry, signature=signature, now=desk.clock())
        if given["candidate"]:
            done = correct(desk.readings, desk.ledger, int(given["candidate"]), draft, signature=signature, now=desk.clock())
        else:
            done = desk.ledger.append([draft], now=desk.clock())
    except Conflict:
        raise HTTPException(409, say("review.settled_meanwhile", frame.language)) from None
    except MilestonesError as error:
        raise HTTPException(400, str(error)) from None
    return told(desk, frame, done.events)


def _given(form: Mapping[str, str]) -> dict[str, str]:
    return {name: form.get(name, "") for name in FIELDS}


def _form(
    request: Request, desk: Monitor, frame: Frame, given: Mapping[str, str], *, preview: Any = None, wrong: str = "", status: int = 200
) -> HTMLResponse:
    user = user_of(request)
    return show(
        frame,
        "record.html.jinja",
        footing(desk),
        status=status,
        given=given,
        preview=preview,
        wrong=wrong,
        commitments=list(desk.registry.commitments()),
        context=CONTEXT,
        vocabulary=desk.vocabulary,
        precisions=[p for p in Precision if p is not Precision.UNKNOWN],
        token=token_for(user) if may_edit(user) else "",
    )


def _waiting(desk: Monitor, number: str, frame: Frame) -> Case:
    found = desk.case_reads.case(int(number)) if number.isascii() and number.isdigit() and len(number) < 12 else None
    if found is None:
        raise HTTPException(404)
    if not found.waits:
        raise HTTPException(409, say("review.settled_meanwhile", frame.language))
    return found


def _as_read(case: Case) -> dict[str, str]:
    read = case.staged.candidate
    return {
        "url": case.staged.stored.document.url,
        "quote": read.quote,
        "target": f"{read.commitment}/{read.target}",
        "kind": read.kind,
        "state": read.state,
        "on": read.occurred_on.isoformat() if read.occurred_on else "",
        "precision": read.precision,
        "subject": read.subject,
    }


def _told(given: Mapping[str, str], frame: Frame) -> Told:
    """What the fields say. Raises LedgerError naming the one that is wrong."""
    commitment, _, target = given["target"].rpartition("/")
    return Told(
        commitment=commitment,
        target=target,
        kind=_one(Kind, given["kind"], "kind", frame),
        state=_one(State, given["state"], "state", frame),
        occurred_on=_day(given["on"], "on", frame),
        precision=_one(Precision, given["precision"], "precision", frame),
        quote=given["quote"],
        subject=given["subject"] or None,
        revised_on=_day(given["revised_on"], "revised_on", frame) if given["revised_on"] else None,
        revised_precision=_one(Precision, given["revised_precision"] or Precision.DAY, "revised_precision", frame),
        said_by=given["said_by"] or None,
    )


def _one(of: type[E], value: str, field: str, frame: Frame) -> E:
    try:
        return of(value)
    except ValueError:
        raise LedgerError(say("record.choose", frame.language, field=say(f"record.{field}", frame.language))) from None


def _day(value: str, field: str, frame: Frame) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise LedgerError(say("record.no_day", frame.language, field=say(f"record.{field}", frame.language))) from None
