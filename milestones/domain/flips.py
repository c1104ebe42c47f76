"""Which events would change where a target stands, now that it stands so.

A pure function beside `domain.status`, whose rules it tells the other way round; tests apply what it names and ask those rules. It tells of
events on the day itself: what only time changes, or a correction of the record, is no event.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from milestones.domain.commitments import Commitment, Completion, DeadlineKind, Joined, Quantity, Target
from milestones.domain.completion import completion_of
from milestones.domain.events import Kind, State
from milestones.domain.milestones import Milestone
from milestones.domain.stages import ONCE
from milestones.domain.status import NO_STEP, SETTLED, Basis, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """A change of status and what would bring it about: any one of the `steps`, or all of them together.

    Where a step is reported progress, `quantity` is the figure that it must reach. `basis` is given where the status stays "overdue" and
    rests on something else. `in_time_until`: the same, found to have taken place by this day, would be in time.
    """

    to: Status
    steps: tuple[Completion, ...]
    joined: Joined = Joined.ANY
    quantity: Quantity | None = None
    basis: Basis | None = None
    in_time_until: date | None = None


def flips(
    commitment: Commitment, target: Target, status: Status, milestones: Iterable[Milestone], on: date, *, basis: Basis | None = None
) -> tuple[Flip, ...]:
    """What an event of this day would change, what completes it first; empty where nothing published later changes anything.

    `status` and `basis` are those of the target on the day, `milestones` those of its commitment.
    """
    if status in SETTLED:
        return ()
    happened = [m for m in milestones if m.target == target.slug and m.state is State.HAPPENED and m.meant.first <= on]
    taken = {(m.kind, m.subject) for m in happened if m.kind in ONCE}  # to be told again of such a step makes no new one
    told = [step for s in commitment.subjects if s.target == target.slug for kind in sorted(s.kinds) if (step := (kind, s.slug)) not in taken]
    found = [_completing(target, happened, on), _moving(target, status, told)]
    if status is Status.UNKNOWN or (status is Status.OVERDUE and basis is Basis.NO_COMPLETION_FOUND):
        found.append(_of_kind(Kind.DELAYED, told, Flip(to=Status.OVERDUE, steps=(), basis=Basis.STATED_BY_GOVERNMENT)))
    found.append(_of_kind(Kind.CANCELLED, told, Flip(to=Status.CANCELLED, steps=())))
    return tuple(f for f in found if f)


def _completing(target: Target, happened: Sequence[Milestone], on: date) -> Flip | None:
    last = target.deadline.interval.last if target.deadline.interval and target.deadline.kind is DeadlineKind.BY else None
    missing = tuple(c for c in target.completes if not completion_of(replace(target, completes=(c,)), happened, last))
    possible = tuple(c for c in missing if c.kind is not Kind.PROGRESS_REPORTED or target.quantity)
    if not possible or (target.joined is Joined.ALL and possible != missing):
        return None
    late = last is not None and on > last
    return Flip(
        to=Status.MET_LATE if late else Status.MET,
        steps=possible,
        joined=target.joined,
        quantity=target.quantity if any(c.kind is Kind.PROGRESS_REPORTED for c in possible) else None,
        in_time_until=last if late else None,
    )


def _moving(target: Target, status: Status, told: Iterable[tuple[Kind, str]]) -> Flip | None:
    """A first step, or a concrete act of what goes on; reported progress is a step, but no act."""
    if status not in (Status.NOT_STARTED, Status.QUIET):
        return None
    no_step = NO_STEP if status is Status.NOT_STARTED else NO_STEP | {Kind.PROGRESS_REPORTED}
    completing = {(c.kind, c.subject) for c in target.completes if c.kind is not Kind.PROGRESS_REPORTED}
    steps = tuple(Completion(kind=kind, subject=subject) for kind, subject in told if kind not in no_step and (kind, subject) not in completing)
    return Flip(to=Status.IN_PROGRESS if status is Status.NOT_STARTED else Status.ACTIVE, steps=steps) if steps else None


def _of_kind(kind: Kind, told: Iterable[tuple[Kind, str]], flip: Flip) -> Flip | None:
    steps = tuple(Completion(kind=kind, subject=subject) for known, subject in told if known is kind)
    return replace(flip, steps=steps) if steps else None
