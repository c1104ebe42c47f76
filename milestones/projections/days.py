"""The status of a target over all days at once: a step function, worked out by asking the domain on each day on which it could change."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from milestones.domain.commitments import Commitment, Nature, Target
from milestones.domain.coverage import Coverage
from milestones.domain.dates import IsWorkingDay, Precision, hk_day, working_days_after
from milestones.domain.events import Recorded, State
from milestones.domain.milestones import Knowledge, Milestone
from milestones.domain.status import ACTIVE_DAYS, GRACE_WORKING_DAYS, Basis, Status, TargetStatus, View, target_status

ALWAYS = date.min
"""First day of a state that has no beginning."""

_ONE = timedelta(days=1)
_LATEST_STEP_ONLY = frozenset({Status.IN_PROGRESS, Status.ACTIVE})


@dataclass(frozen=True, slots=True)
class Standing:
    """What is told of a target for a run of days: a `TargetStatus` without what changes every day or with every report.

    The day of the act is given where that act decides; that of the newest step of something in progress is not, nor how late it is by now.
    """

    status: Status
    basis: Basis | None
    occurred_on: date | None
    precision: Precision | None
    straddles: bool
    start_not_found: bool
    slippage_days: int | None
    unread: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """A state from `first` to the day before `until`; None: for ever."""

    first: date
    until: date | None
    state: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What a status is taken from beside the events."""

    coverage: Coverage
    is_working_day: IsWorkingDay


def state_of(status: TargetStatus) -> Standing:
    """What a segment keeps of a status."""
    told = status.status not in _LATEST_STEP_ONLY
    return Standing(
        status=status.status,
        basis=status.basis,
        occurred_on=status.occurred_on if told else None,
        precision=status.precision if told else None,
        straddles=status.straddles,
        start_not_found=status.start_not_found,
        slippage_days=status.slippage_days if status.status is Status.MET_LATE else None,
        unread=status.unread,
    )


def segments(
    commitment: Commitment, target: Target, milestones: Sequence[Milestone], lifecycle: tuple[Recorded, ...], *, promised_on: date, rules: Rules
) -> tuple[Segment, ...]:
    """The states of a target over all days, in order, without gap; neighbours differ."""
    knowledge = Knowledge(position=0, origin=None, milestones=(), lifecycle=lifecycle, replaced=frozenset())
    changes = sorted(_changes(commitment, target, milestones, lifecycle, rules))
    before = (changes[0] if changes else promised_on) - _ONE
    found: list[tuple[date, Standing]] = []
    for first, day in [(ALWAYS, before), *((d, d) for d in changes)]:
        view = View(on=day, knowledge=knowledge, coverage=rules.coverage, is_working_day=rules.is_working_day)
        state = state_of(target_status(commitment, target, milestones, promised_on, view))
        if not found or found[-1][1] != state:
            found.append((first, state))
    ends = [first for first, _ in found[1:]]
    return tuple(Segment(first, until, state) for (first, state), until in zip(found, [*ends, None], strict=True))


def _changes(commitment: Commitment, target: Target, milestones: Iterable[Milestone], lifecycle: Iterable[Recorded], rules: Rules) -> set[date]:
    """Every day on which the status may differ from that of the day before."""
    days = {e.draft.occurred_on for e in lifecycle if e.draft.commitment == commitment.key and e.draft.occurred_on}
    if target.deadline.interval:
        days.add(target.deadline.interval.last + _ONE)
    wanted = {(c.kind, c.subject) for c in target.completes}
    for milestone in milestones:
        meant = milestone.meant
        days.add(meant.first)
        if target.nature is Nature.CONTINUING:
            days.add(meant.last + timedelta(days=ACTIVE_DAYS + 1))
        announced = [e.draft.published_at for e in milestone.evidence if e.draft.state is State.SCHEDULED]
        if announced and (milestone.kind, milestone.subject) in wanted:
            days.add(working_days_after(meant.first, GRACE_WORKING_DAYS, rules.is_working_day))
            days |= {hk_day(at) for at in announced if at}
    return days
