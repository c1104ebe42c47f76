"""What the calendar asks for, one line each: deadlines that have passed or come soon, last sittings that come soon, bills that have lapsed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from milestones.domain.commitments import DeadlineKind
from milestones.domain.milestones import Milestone
from milestones.domain.sittings import Calendar, lapsed, opportunity
from milestones.domain.status import MET, CommitmentStatus, Status, TargetStatus

SOON_DAYS = 30
_SETTLED = MET | {Status.WITHDRAWN, Status.CANCELLED, Status.IN_PLACE_BEFORE}

Opportunities = Mapping[tuple[str, str], date]
"""By commitment and target, the last sitting before the day that binds an open target (see `domain.sittings.opportunity`)."""


def opportunities(statuses: Iterable[CommitmentStatus], milestones: Iterable[Milestone], calendar: Calendar, on: date) -> Opportunities:
    """The last sittings of the open targets that wait for the legislature."""
    steps: dict[str, list[Milestone]] = {}
    for milestone in milestones:
        steps.setdefault(milestone.commitment, []).append(milestone)
    found = {
        (c.commitment.key, t.target.slug): opportunity(t.target, steps.get(c.commitment.key, []), calendar, on)
        for c in statuses
        for t in c.targets
        if t.status not in _SETTLED
    }
    return {place: day for place, day in found.items() if day}


def deadline_lines(statuses: Sequence[CommitmentStatus], on: date, last_sittings: Opportunities) -> list[str]:
    """Open dated targets that are past their deadline or within 30 days of it, soonest deadline first; then last sittings within 30 days."""
    dated = [(t.target.deadline.interval.last, c, t) for c in statuses for t in c.targets if t.target.deadline.interval and _open(t)]
    due = [(last, c, t) for last, c, t in dated if last <= on + timedelta(days=SOON_DAYS)]
    lines = [f"{c.commitment.key}/{t.target.slug}: {_told(last, on)}; {t.status.value}" for last, c, t in sorted(due, key=lambda d: d[0])]
    soon = sorted((day, place) for place, day in last_sittings.items() if on <= day <= on + timedelta(days=SOON_DAYS))
    return [
        *lines,
        *(f"{key}/{slug}: last sitting before its deadline or the end of the term {day} in {(day - on).days} days" for day, (key, slug) in soon),
    ]


def lapse_lines(milestones: Iterable[Milestone], calendar: Calendar, on: date) -> list[str]:
    """Bills whose term ended without a known passage. A bill lapses then by law; recording it needs a person, for a source may be late."""
    return [
        f"{m.commitment}/{m.target}: {m.subject} was before the Council when its term ended on {end}, and no passage is known;"
        " if so, it has lapsed (Cap. 542 s. 9(4)): record `bill_lapsed` with a page that says it"
        for m, end in lapsed(milestones, calendar, on)
    ]


def _open(status: TargetStatus) -> bool:
    return status.target.deadline.kind is DeadlineKind.BY and status.status not in _SETTLED


def _told(last: date, on: date) -> str:
    days = (last - on).days
    return f"due {last} in {days} days" if days >= 0 else f"was due {last}, {-days} days ago"
