"""Which two views the next digest of a subscription compares: the last one that was sent to it, and now.

A digest made again on the day of the last one tells the same period anew, and is the same mail while nothing else was recorded: our
own reports are no news. One of an earlier day that nobody got is given up, and its period told by the next.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from milestones.domain.claims import READ_AGAIN
from milestones.domain.coverage import Coverage
from milestones.domain.dates import IsWorkingDay, hk_day
from milestones.domain.events import EventType, Recorded
from milestones.domain.ledger import GENESIS_HASH
from milestones.domain.milestones import Knowledge, fold
from milestones.domain.status import View
from milestones.services.issued import DIGEST, Issued, issued_to
from milestones.services.subscriptions import Period, Subscription

_REGISTERING = frozenset({EventType.COMMITMENT_REGISTERED, EventType.COMMITMENT_REWORDED})
_REPORTS = frozenset({EventType.REPORT_ISSUED, EventType.REPORT_SENT})

FIRST_DAYS = {Period.DAILY: 7, Period.WEEKLY: 7, Period.MONTHLY: 31, Period.NONE: 7}
"""How far the first digest of a subscription looks back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What `report.digest` takes: both views, and position and hash of the event that `now` ends with.

    `reread` is what was known at `since` and what has been found since then in pages that were read before, by other rules; `carried` the events
    that mails to the subscription rested on, `unread_before` what the last digest said was not fully read, `touched` by target the position of
    the newest event about it.
    """

    since: View
    reread: Knowledge
    now: View
    head: tuple[int, str]
    carried: frozenset[UUID]
    unread_before: frozenset[str]
    touched: Mapping[tuple[str, str], int]


def compared(events: Sequence[Recorded], coverage: Coverage, is_working_day: IsWorkingDay, *, subscription: Subscription, today: date) -> Compared:
    """The views for the next digest of this subscription. `events` are all of the ledger, in order.

    What was read by then is taken to be the closed days before that day: coverage keeps no history of its own. What a policy document that was
    applied meanwhile made us find in pages that were kept before counts as known then: it is history, not news. So is what other rules made us
    find, but that what was told of it changed is to be told.
    """
    mails = [m for m in issued_to(events, subscription.id) if m.sent]
    done = last_told(mails, before=today)
    since_on, since_position = (done.last_day, done.position) if done else (today - timedelta(days=FIRST_DAYS[subscription.period]), 0)
    position = next((e.position for e in reversed(events) if e.draft.type not in _REPORTS), 0)
    read_then = Coverage({source: frozenset(d for d in days if d < since_on) for source, days in coverage.closed.items()})
    return Compared(
        since=View(on=since_on, knowledge=_known_then(events, since_position), coverage=read_then, is_working_day=is_working_day),
        reread=_known_then(events, since_position, published_before=since_on if done else None),
        now=View(on=today, knowledge=fold(events[:position]), coverage=coverage, is_working_day=is_working_day),
        head=(position, events[position - 1].hash if position else GENESIS_HASH),
        carried=frozenset(e for m in mails for e in m.events),
        unread_before=frozenset(done.unread) if done else frozenset(),
        touched={(e.draft.commitment or "", e.draft.target or ""): e.position for e in events[:position] if e.draft.target},
    )


def last_told(mails: Sequence[Issued], *, before: date) -> Issued | None:
    """The newest digest among mails that were sent, of a day before this one."""
    return next((m for m in reversed(mails) if m.kind == DIGEST and m.last_day < before), None)


def _known_then(events: Sequence[Recorded], position: int, *, published_before: date | None = None) -> Knowledge:
    """What was known at a position; with a day, also what has been found since in pages read again that were published before it."""
    registering = {e.event_id for e in events if e.draft.type in _REGISTERING}
    found = [
        e
        for e in events[position:]
        if (e.draft.caused_by in registering and e.draft.type is EventType.MILESTONE_REPORTED)
        or (published_before and _is_found_again(e, published_before))
    ]
    return replace(fold([*events[:position], *found]), position=position)


def _is_found_again(event: Recorded, published_before: date) -> bool:
    draft = event.draft
    told = draft.type in (EventType.MILESTONE_REPORTED, EventType.MILESTONE_AMENDED) and bool(draft.data.get(READ_AGAIN))
    return told and (draft.published_at is None or hk_day(draft.published_at) < published_before)
