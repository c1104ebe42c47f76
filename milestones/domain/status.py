"""The state of a target on a day: a pure function of milestones and coverage.

The order of the rules is the order of the table in docs/status.md; the first that applies decides. The original deadline alone
decides late or not. "Not found" is said only where the sources were read from the promise to the deadline.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from milestones.domain.commitments import Commitment, Deadline, DeadlineKind, Nature, Registry, Target
from milestones.domain.completion import Timing, completion_of
from milestones.domain.coverage import Coverage
from milestones.domain.dates import Interval, IsWorkingDay, Precision, hk_day, working_days_after
from milestones.domain.events import Kind, Recorded, State
from milestones.domain.lifecycle import ending, in_force
from milestones.domain.milestones import Knowledge, Milestone
from milestones.domain.revisions import Revised, revised

ACTIVE_DAYS = 180
"""A continuing target is active for this many days after a concrete act."""

GRACE_WORKING_DAYS = 3
"""Working days after which a scheduled day without evidence is unconfirmed."""

PRESS_RELEASES, LEGCO_BILLS, LEGCO_AGENDAS = "press-releases", "legco-bills", "legco-agendas"
_LEGISLATIVE = ("bill_", "ordinance_", "subsidiary_legislation_")

NO_STEP = frozenset({Kind.DELAYED, Kind.CANCELLED, Kind.BILL_WITHDRAWN, Kind.BILL_LAPSED})
"""Kinds that move nothing forward."""


class Status(StrEnum):
    """Where a target stands."""

    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"
    IN_PLACE_BEFORE = "in_place_before"
    MET = "met"
    MET_LATE = "met_late"
    OVERDUE = "overdue"
    UNKNOWN = "unknown"
    UNCONFIRMED = "unconfirmed"
    SCHEDULED = "scheduled"
    IN_PROGRESS = "in_progress"
    ACTIVE = "active"
    QUIET = "quiet"
    NOT_STARTED = "not_started"


MET = frozenset({Status.MET, Status.MET_LATE})
SETTLED = MET | {Status.WITHDRAWN, Status.CANCELLED, Status.IN_PLACE_BEFORE}
"""Statuses that nothing published later can change."""


class Basis(StrEnum):
    """What "overdue" rests on."""

    STATED_BY_GOVERNMENT = "stated_by_government"
    NO_COMPLETION_FOUND = "no_completion_found"


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetStatus:
    """A target on a day.

    `occurred_on` is the completing day (or the scheduled one; the day of the telling, with precision unknown, where no document gives
    one), `straddles` that its stated month reaches over the deadline,
    `slippage_days` the days behind the original deadline, `unread` the sources that were not read over the whole time,
    `start_not_found` that a from-deadline's interval is over without a start, `decided_by` the milestones that the status rests on,
    `revised` a later official deadline, which decides nothing.
    """

    commitment: str
    target: Target
    status: Status
    basis: Basis | None = None
    occurred_on: date | None = None
    precision: Precision | None = None
    straddles: bool = False
    start_not_found: bool = False
    slippage_days: int | None = None
    unread: tuple[str, ...] = ()
    decided_by: tuple[Milestone, ...] = ()
    revised: Revised | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentStatus:
    """A commitment on a day: `met` of its `of` targets that can be met, each target's state, and what had become of it as a whole."""

    commitment: Commitment
    targets: tuple[TargetStatus, ...]
    lifecycle: tuple[Recorded, ...] = ()

    @property
    def met(self) -> int:
        """Targets met, in time or late."""
        return sum(t.status in MET for t in self.targets)

    @property
    def of(self) -> int:
        """Targets that can be met."""
        return sum(t.target.can_be_met for t in self.targets)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What a status is taken from: the day, what is known, what was read, and the calendar of working days."""

    on: date
    knowledge: Knowledge
    coverage: Coverage
    is_working_day: IsWorkingDay


def scoreboard(registry: Registry, view: View) -> list[CommitmentStatus]:
    """Every commitment, in document order."""
    by_commitment: dict[str, list[Milestone]] = {}
    for milestone in view.knowledge.milestones:
        by_commitment.setdefault(milestone.commitment, []).append(milestone)
    return [
        CommitmentStatus(
            commitment=c,
            targets=tuple(target_status(c, t, by_commitment.get(c.key, []), registry.policy_document(c.key).delivered_on, view) for t in c.targets),
            lifecycle=in_force(view.knowledge.lifecycle, c.key, view.on),
        )
        for c in registry.commitments()
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """One target under judgement: its own milestones, those of them that happened by the day, and the day of the promise."""

    commitment: Commitment
    target: Target
    own: tuple[Milestone, ...]
    happened: tuple[Milestone, ...]
    promised_on: date
    view: View

    def says(self, status: Status, milestone: Milestone | None = None, **more: Any) -> TargetStatus:
        known = {"occurred_on": milestone.meant.first, "precision": milestone.precision, "decided_by": (milestone,)} if milestone else {}
        return TargetStatus(commitment=self.commitment.key, target=self.target, status=status, **{**known, **more})


def target_status(commitment: Commitment, target: Target, milestones: Iterable[Milestone], promised_on: date, view: View) -> TargetStatus:
    """The state of one target; `milestones` are those of its commitment, `promised_on` the day of the policy document."""
    milestones = tuple(milestones)
    later = revised(milestones, target.slug, view.on)
    own = tuple(m for m in milestones if m.target == target.slug)
    happened = tuple(m for m in own if m.state is State.HAPPENED and m.meant.first <= view.on)
    case = _Case(commitment=commitment, target=target, own=own, happened=happened, promised_on=promised_on, view=view)
    rules = (_ended, _before, _completed, _deadline_passed, _ahead, _continuing, _moving)
    found = next((status for rule in rules if (status := rule(case))), None)
    return replace(found or case.says(Status.NOT_STARTED, start_not_found=_start_missing(case)), revised=later)


def sources_needed(target: Target) -> tuple[str, ...]:
    """The sources in which a completion would stand: press releases, and LegCo's own records for acts of the legislature."""
    legislative = any(c.kind.startswith(_LEGISLATIVE) for c in target.completes)
    return (PRESS_RELEASES, LEGCO_BILLS, LEGCO_AGENDAS) if legislative else (PRESS_RELEASES,)


def open_commitments_on(statuses: Iterable[CommitmentStatus], source: str) -> tuple[str, ...]:
    """The commitments, in order, with a target that is still open and whose completion would stand in this source."""
    return tuple(s.commitment.key for s in statuses if any(t.status not in SETTLED and source in sources_needed(t.target) for t in s.targets))


def _ended(case: _Case) -> TargetStatus | None:
    ended = ending(case.view.knowledge.lifecycle, case.commitment.key, case.view.on)
    if ended:
        return case.says(Status.WITHDRAWN, occurred_on=ended.draft.occurred_on)
    return next((case.says(Status.CANCELLED, m) for m in case.happened if m.kind is Kind.CANCELLED), None)


def _before(case: _Case) -> TargetStatus | None:
    for baseline in case.commitment.baselines:
        if baseline.fulfils and baseline.target == case.target.slug:
            return case.says(Status.IN_PLACE_BEFORE, occurred_on=baseline.occurred_on, precision=baseline.precision)
    return None


def _completed(case: _Case) -> TargetStatus | None:
    last = _last_day(case.target.deadline)
    done = completion_of(case.target, case.happened, last)
    if done is None:
        return None
    if last is not None and done.timing is Timing.LATE:
        late = (done.decisive.meant.first - last).days
        return case.says(Status.MET_LATE, done.decisive, slippage_days=late, decided_by=done.milestones)
    return case.says(Status.MET, done.decisive, straddles=done.timing is Timing.PERHAPS_IN_TIME, decided_by=done.milestones)


def _deadline_passed(case: _Case) -> TargetStatus | None:
    last = _last_day(case.target.deadline)
    if last is None or case.view.on <= last:
        return None
    late = (case.view.on - last).days
    stated = next((m for m in case.happened if m.kind is Kind.DELAYED), None)
    if stated:
        return case.says(Status.OVERDUE, stated, basis=Basis.STATED_BY_GOVERNMENT, slippage_days=late)
    unread = case.view.coverage.unread(sources_needed(case.target), Interval(case.promised_on, last))
    if unread:
        return case.says(Status.UNKNOWN, unread=unread)
    return case.says(Status.OVERDUE, basis=Basis.NO_COMPLETION_FOUND, slippage_days=late)


def _ahead(case: _Case) -> TargetStatus | None:
    wanted = {(c.kind, c.subject) for c in case.target.completes}
    days = [m for m in case.own if (m.kind, m.subject) in wanted and m.precision is Precision.DAY and _was_ahead(m, case.view.on)]
    if not days:
        return None
    latest = max(days, key=_first_day)
    confirmed_until = working_days_after(_first_day(latest), GRACE_WORKING_DAYS, case.view.is_working_day)
    return case.says(Status.SCHEDULED if case.view.on < confirmed_until else Status.UNCONFIRMED, latest)


def _was_ahead(milestone: Milestone, on: date) -> bool:
    """Announced by that day and, if it has taken place since, still ahead on it: what a look back at an earlier day must show."""
    announced = any(e.draft.state is State.SCHEDULED and (not e.draft.published_at or hk_day(e.draft.published_at) <= on) for e in milestone.evidence)
    return announced and (milestone.state is State.SCHEDULED or on < _first_day(milestone))


def _continuing(case: _Case) -> TargetStatus | None:
    if case.target.nature is not Nature.CONTINUING:
        return None
    since = case.view.on - timedelta(days=ACTIVE_DAYS)
    acts = [m for m in _steps(case) if m.kind is not Kind.PROGRESS_REPORTED and m.meant.last >= since]
    return case.says(Status.ACTIVE, acts[-1]) if acts else case.says(Status.QUIET, decided_by=tuple(_steps(case)[-1:]))


def _moving(case: _Case) -> TargetStatus | None:
    steps = _steps(case)
    return case.says(Status.IN_PROGRESS, steps[-1], start_not_found=_start_missing(case)) if steps else None


def _steps(case: _Case) -> list[Milestone]:
    return sorted((m for m in case.happened if m.kind not in NO_STEP), key=_first_day)


def _start_missing(case: _Case) -> bool:
    """A from-deadline is never overdue; that its interval is over without a start is said beside the status."""
    deadline = case.target.deadline
    return deadline.kind is DeadlineKind.FROM and deadline.interval is not None and deadline.interval.last < case.view.on


def _first_day(milestone: Milestone) -> date:
    return milestone.meant.first


def _last_day(deadline: Deadline) -> date | None:
    """The last day of a by-deadline; None for the other kinds, which cannot be missed."""
    return deadline.interval.last if deadline.interval and deadline.kind is DeadlineKind.BY else None
