"""What the calendar asks for: deadlines that have passed and those that come soon, one line each."""

from collections.abc import Sequence
from datetime import date, timedelta

from milestones.domain.commitments import DeadlineKind
from milestones.domain.status import MET, CommitmentStatus, Status, TargetStatus

SOON_DAYS = 30
_SETTLED = MET | {Status.WITHDRAWN, Status.CANCELLED, Status.IN_PLACE_BEFORE}


def deadline_lines(statuses: Sequence[CommitmentStatus], on: date) -> list[str]:
    """Open dated targets that are past their deadline or within 30 days of it, soonest deadline first."""
    dated = [(t.target.deadline.interval.last, c, t) for c in statuses for t in c.targets if t.target.deadline.interval and _open(t)]
    due = [(last, c, t) for last, c, t in dated if last <= on + timedelta(days=SOON_DAYS)]
    return [f"{c.commitment.key}/{t.target.slug}: {_told(last, on)}; {t.status.value}" for last, c, t in sorted(due, key=lambda d: d[0])]


def _open(status: TargetStatus) -> bool:
    return status.target.deadline.kind is DeadlineKind.BY and status.status not in _SETTLED


def _told(last: date, on: date) -> str:
    days = (last - on).days
    return f"due {last} in {days} days" if days >= 0 else f"was due {last}, {-days} days ago"
