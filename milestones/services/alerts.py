"""Alerts: steps of the kinds that a subscription asks for, told within minutes of being recorded, once.

Pure. A step is news while the first document that tells of it is: what a backfill, a replay or a new policy document finds in older pages is for
the digest. Told is what any mail of the subscription carried; that a told line changed is a correction and no alert.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from uuid import UUID

from milestones.domain.claims import READ_AGAIN
from milestones.domain.commitments import Registry
from milestones.domain.dates import Precision, hk_day
from milestones.domain.events import EventType, Recorded, State
from milestones.domain.ledger import digest
from milestones.domain.milestones import Milestone
from milestones.domain.stages import ONCE
from milestones.services.issued import Issued
from milestones.services.subscriptions import Subscription
from milestones.services.verdicts import Verdict

KIND = "alert"

NEWS_DAYS = 3
"""Days since a document was published and recorded, up to which it is news."""

STEP_DAYS = 14
"""Days since a step took place, up to which its telling is news."""

_REGISTERING = frozenset({EventType.COMMITMENT_REGISTERED, EventType.COMMITMENT_REWORDED})


def steps_due(
    subscription: Subscription, milestones: Iterable[Milestone], events: Sequence[Recorded], mails: Iterable[Issued], registry: Registry, *, on: date
) -> list[Milestone]:
    """The steps that the subscription is to be told of now. `events` are all of the ledger, `mails` those made for the subscription."""
    if not subscription.alerts:
        return []
    by_id = {e.event_id: e for e in events}
    carried = [by_id[e] for m in mails for e in m.events if e in by_id]
    told = {_name(e, e.draft.occurred_on) for e in carried}
    claims = {(e.draft.claim_key, e.draft.state) for e in carried}
    due = []
    for milestone in milestones:
        commitment = registry.by_key.get(milestone.commitment)
        if commitment is None or milestone.kind not in subscription.alerts or not subscription.scope.holds(commitment):
            continue
        first = _telling(milestone)[0]
        known = _name(first, milestone.occurred_on) in told or (first.draft.claim_key, first.draft.state) in claims
        if not known and _is_news(milestone, by_id, on):
            due.append(milestone)
    return due


def carried_by(milestones: Iterable[Milestone]) -> tuple[UUID, ...]:
    """The events that the lines of an alert rest on, in a fixed order."""
    return tuple(sorted({e.event_id for m in milestones for e in m.evidence}))


def message_id(subscription: Subscription, *parts: object) -> str:
    """The same for the same content to the same subscription."""
    return f"<{KIND}.{digest(subscription.id, *map(str, parts))[:32]}@milestone-monitor>"


def verdicts_due(subscription: Subscription, confirmed: Iterable[Verdict], mails: Iterable[Issued], registry: Registry) -> list[Verdict]:
    """The confirmed verdicts of which no mail was made for the subscription."""
    if not subscription.verdicts:
        return []
    made = {m.message_id for m in mails}
    return [v for v in confirmed if subscription.scope.holds(registry.by_key[v.commitment]) and message_id(subscription, v.key) not in made]


def _telling(milestone: Milestone) -> list[Recorded]:
    """The events that tell what holds, in order: those of the present state, and, of a step taken once, of its day."""
    telling = [e for e in milestone.evidence if e.draft.state is milestone.state]
    if milestone.kind in ONCE and milestone.precision is Precision.DAY:
        telling = [e for e in telling if e.draft.occurred_on == milestone.occurred_on] or telling
    return sorted(telling, key=lambda e: e.position)


def _is_news(milestone: Milestone, by_id: dict[UUID, Recorded], on: date) -> bool:
    """Whether it was first recorded these days, by no reading of older pages, and no document that tells of it is older."""
    since, telling = on - timedelta(days=NEWS_DAYS), _telling(milestone)
    first = telling[0]
    cause = by_id.get(first.draft.caused_by) if first.draft.caused_by else None
    if first.draft.data.get(READ_AGAIN) or (cause and cause.draft.type in _REGISTERING) or hk_day(first.recorded_at) < since:
        return False
    if any(e.draft.published_at and hk_day(e.draft.published_at) < since for e in telling):
        return False
    last = milestone.meant.last
    return last >= on if milestone.state is State.SCHEDULED else last >= on - timedelta(days=STEP_DAYS)


def _name(event: Recorded, day: date | None) -> tuple[object, ...]:
    draft = event.draft
    return (draft.commitment, draft.target, draft.kind, draft.subject, draft.state, day)
