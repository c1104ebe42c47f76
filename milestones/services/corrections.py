"""Amends and retracts what the ledger says, by a person's decision; what was said before stays and can be asked for.

First `standing` tells what is to be corrected and which mails carried it. The correction holds only if nothing was recorded about that
commitment in between.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from milestones.domain.commitments import Registry
from milestones.domain.dates import Precision, hk_day, interval_of
from milestones.domain.errors import LedgerError
from milestones.domain.events import Draft, EventType, Kind, Recorded, State
from milestones.domain.ledger import digest
from milestones.domain.lifecycle import LIFECYCLE, revoked_by
from milestones.services.issued import all_issued
from milestones.services.naming import event_named
from milestones.services.ports import Captures, Ledger
from milestones.services.signature import Signature
from milestones.services.steps import check_day, subject_of
from milestones.services.words import quoted

_STATEMENTS = frozenset({EventType.MILESTONE_REPORTED, EventType.MILESTONE_AMENDED})

RULE = "person.amended"


class Code(StrEnum):
    """Why something is retracted: it was wrong, or its publisher took it back."""

    WRONG = "wrong"
    WITHDRAWN_BY_SOURCE = "withdrawn_by_source"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A report that carried an event. `recipients` is None while it is not recorded as sent."""

    kind: str
    subscription: str
    last_day: str
    message_id: str
    recipients: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """An event that can be corrected, the mails that carried it, and the version at which its stream stands."""

    event: Recorded
    mails: tuple[Mail, ...]
    stream_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is said otherwise; None leaves as it is. A new day without a precision is meant to the day."""

    occurred_on: date | None = None
    precision: Precision | None = None
    state: State | None = None
    target: str | None = None
    kind: Kind | None = None
    subject: str | None = None
    quote: str | None = None


def standing(events: Sequence[Recorded], name: str) -> Standing:
    """The event of a position or an id (8 characters of it or more). Raises LedgerError where it cannot be corrected; `events` are all."""
    event = event_named(events, name)
    here = f"position {event.position}"
    if event.draft.type is EventType.MILESTONE_RETRACTED:
        raise LedgerError(f"{here} is a retraction; what it took back can be reported again with `milestones record`")
    if event.draft.type not in _STATEMENTS | LIFECYCLE:
        raise LedgerError(f"{here} is {event.draft.type.value}, no milestone; only milestones and what became of commitments can be corrected")
    later = next((e for e in events if event.event_id in (e.draft.amends, revoked_by(e.draft.data))), None)
    if later:
        done = {EventType.MILESTONE_AMENDED: "amended", EventType.MILESTONE_RETRACTED: "retracted"}.get(later.draft.type, "revoked")
        raise LedgerError(f"{here} does not stand any more: it was {done} at position {later.position}")
    version = max(e.stream_version for e in events if e.draft.stream == event.draft.stream)
    return Standing(event=event, mails=tuple(_mails(events, event.event_id)), stream_version=version)


def amend(
    ledger: Ledger, captures: Captures, registry: Registry, stands: Standing, change: Change, *, signature: Signature, now: datetime
) -> Recorded:
    """Records what the event should say. Raises LedgerError where it says so already or cannot be so, Conflict where others were first."""
    was = stands.event.draft
    if was.type in LIFECYCLE:
        raise LedgerError("what became of a commitment is not amended; retract it and record it anew")
    said = _changed(was, change, registry)
    if change.quote is not None:
        kept = captures.kept(was.document_digest or "")
        if kept is None:
            raise LedgerError("the document that it rests on is not kept, so no other words of it can be quoted")
        quote, locator = quoted(kept.document, change.quote)
        said = replace(said, quote=quote, locator=locator)
    if said == was:
        raise LedgerError(f"position {stands.event.position} says so already; name what is to be said otherwise")
    if (said.state, said.occurred_on, said.occurred_precision) != (was.state, was.occurred_on, was.occurred_precision):
        check_day(
            said.state or State.HAPPENED,
            said.occurred_on,
            said.occurred_precision or Precision.UNKNOWN,
            promised_on=registry.policy_document(was.commitment or "").delivered_on,
            today=hk_day(now),
        )
    data = {**was.data, **signature.data, "amended_because": "person_decided"}
    draft = replace(
        said,
        type=EventType.MILESTONE_AMENDED,
        amends=stands.event.event_id,
        data=data,
        confidence=None,
        rule=RULE,
        rule_version=1,
        producer=signature.producer,
        run_id=signature.run_id,
    )
    return _record(ledger, stands, draft, now)


def retract(ledger: Ledger, stands: Standing, *, code: Code, signature: Signature, now: datetime) -> Recorded:
    """Records that it does not hold. What became of a commitment is revoked by a ruling. Raises Conflict where others were first."""
    was = stands.event.draft
    data = {**was.data, **signature.data, "code": code.value}
    if was.type in LIFECYCLE:
        revoked = str(stands.event.event_id)
        draft = Draft(
            stream=was.stream,
            type=EventType.RULING_MADE,
            source=was.source,
            claim_key=digest("revocation", revoked),
            data={**signature.data, "code": code.value, "revokes": revoked},
            commitment=was.commitment,
            producer=signature.producer,
            run_id=signature.run_id,
        )
    else:
        draft = replace(
            was,
            type=EventType.MILESTONE_RETRACTED,
            amends=stands.event.event_id,
            data=data,
            confidence=None,
            producer=signature.producer,
            run_id=signature.run_id,
        )
    return _record(ledger, stands, draft, now)


def _mails(events: Sequence[Recorded], event: UUID) -> list[Mail]:
    return [
        Mail(
            kind=mail.kind,
            subscription=mail.subscription,
            last_day=mail.last_day.isoformat(),
            message_id=mail.message_id,
            recipients=len(mail.reached) if mail.sent else None,
        )
        for mail in all_issued(events)
        if event in mail.events
    ]


def _changed(was: Draft, change: Change, registry: Registry) -> Draft:
    target, kind, subject = change.target or was.target, change.kind or was.kind, was.subject
    if change.target or change.kind or change.subject:
        commitment = registry.find(was.commitment or "")
        subject = subject_of(commitment, target or "", kind or Kind.PROGRESS_REPORTED, change.subject)
    day, precision = was.occurred_on, change.precision or was.occurred_precision
    if change.occurred_on is not None:
        day, precision = change.occurred_on, change.precision or Precision.DAY
    if day is not None and precision is not None:
        day = interval_of(day, precision).first
    return replace(was, target=target, kind=kind, subject=subject, state=change.state or was.state, occurred_on=day, occurred_precision=precision)


def _record(ledger: Ledger, stands: Standing, draft: Draft, now: datetime) -> Recorded:
    done = ledger.decide([draft], settles={}, expected={draft.stream: stands.stream_version}, now=now, run_id=draft.run_id)
    return done.events[0]
