"""Verdicts: that a target is met, cancelled, or its date passed. A person confirms each before it is mailed; waiting never sends one.

A verdict is news only where it came up as things happened: one that reading history brings up is for digests. A passed date is asked about
after a grace of working days, in which a late page can still come.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from milestones.domain.claims import READ_AGAIN
from milestones.domain.dates import IsWorkingDay, hk_day, working_days_after
from milestones.domain.errors import LedgerError
from milestones.domain.events import Draft, EventType, Recorded
from milestones.domain.ledger import digest
from milestones.domain.status import MET, CommitmentStatus, Status, TargetStatus
from milestones.services.ports import Ledger
from milestones.services.signature import Signature

NEWS_DAYS = 30
"""Days between a step and our recording of it, up to which it is news and not history."""

_STEPS = MET | {Status.CANCELLED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What is to be confirmed: `key` names it, `day` is that of the step or the last of the date given, `since` the day from which it is asked."""

    commitment: str
    status: TargetStatus
    day: date
    since: date

    @property
    def name(self) -> str:
        """As the review queue names it: `PA2024/DE-04/bill`."""
        return f"{self.commitment}/{self.status.target.slug}"

    @property
    def key(self) -> str:
        """The same for the same target, status, basis and day."""
        return digest("verdict", self.commitment, self.status.target.slug, self.status.status, self.status.basis or "", self.day.isoformat())

    @property
    def events(self) -> tuple[UUID, ...]:
        """What it rests on."""
        return tuple(e.event_id for m in self.status.decided_by for e in m.evidence)


def verdicts(statuses: Iterable[CommitmentStatus], *, on: date, opened_on: date, is_working_day: IsWorkingDay, grace: int) -> list[Verdict]:
    """The verdicts of a day that are news, in document order. `opened_on` is the first day of the ledger, `grace` counts working days."""
    found = []
    for commitment in statuses:
        for status in commitment.targets:
            since = _since(status, is_working_day, grace)
            if since and since <= on and since >= opened_on:
                day = _last_day(status) if status.status is Status.OVERDUE else status.occurred_on
                found.append(Verdict(commitment=status.commitment, status=status, day=day or on, since=since))
    return found


def decided(events: Iterable[Recorded]) -> Mapping[str, bool]:
    """By key of a verdict, whether a person confirmed it or declined it; the last word counts."""
    return {e.draft.claim_key: bool(e.draft.data["confirmed"]) for e in events if e.draft.type is EventType.RULING_MADE and "verdict" in e.draft.data}


def waiting(found: Iterable[Verdict], events: Iterable[Recorded]) -> list[Verdict]:
    """Those that nobody has decided on."""
    known = decided(events)
    return [v for v in found if v.key not in known]


def decide(verdict: Verdict, ledger: Ledger, *, confirmed: bool, signature: Signature, now: datetime) -> Recorded:
    """Records that a person confirmed a verdict, or declined it: then it is not mailed. Raises LedgerError where that was decided already."""
    status = verdict.status
    draft = Draft(
        stream=f"commitment:{verdict.commitment}",
        type=EventType.RULING_MADE,
        source="urn:milestones:verdict",
        claim_key=verdict.key,
        data={
            **signature.data,
            "verdict": {"status": status.status.value, "basis": status.basis.value if status.basis else None, "day": verdict.day.isoformat()},
            "confirmed": confirmed,
        },
        commitment=verdict.commitment,
        target=status.target.slug,
        producer=signature.producer,
        run_id=signature.run_id,
    )
    done = ledger.decide([draft], settles={}, expected={}, now=now, run_id=signature.run_id)
    if not done.events:
        raise LedgerError("this was decided already, with the same reason")
    return done.events[0]


def named(found: Sequence[Verdict], name: str) -> Verdict:
    """The verdict of a name such as `DE-04/bill`. Raises LedgerError where none such waits."""
    wanted = [v for v in found if name.upper() in (v.name.upper(), v.name.partition("/")[2].upper())]
    if len(wanted) != 1:
        raise LedgerError(f"no verdict {name[:80]!r} waits; `milestones review list` shows those that do")
    return wanted[0]


def _since(status: TargetStatus, is_working_day: IsWorkingDay, grace: int) -> date | None:
    last = _last_day(status)
    if status.status is Status.OVERDUE and last:
        return working_days_after(last, grace, is_working_day)
    if status.status not in _STEPS or status.occurred_on is None:
        return None
    first = [min((e for e in m.evidence if e.draft.state is m.state), key=lambda e: e.position) for m in status.decided_by]
    if not first or any(e.draft.data.get(READ_AGAIN) for e in first):
        return None
    recorded = max(hk_day(e.recorded_at) for e in first)
    return recorded if (recorded - status.occurred_on).days <= NEWS_DAYS else None


def _last_day(status: TargetStatus) -> date | None:
    return status.target.deadline.interval.last if status.target.deadline.interval else None
