"""Whether a target's completing steps have been taken, and whether in time.

A step whose month reaches over the deadline, or which was told without a day after it, was perhaps taken in time and never counts as
late. Where one of several completions suffices, the one most surely in time decides; where all are needed, the last of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import IntEnum

from milestones.domain.commitments import Completion, Joined, Target
from milestones.domain.events import Kind
from milestones.domain.milestones import Milestone


class Timing(IntEnum):
    """How a step lies to the deadline, the best first; without a deadline every step is in time."""

    IN_TIME = 0
    PERHAPS_IN_TIME = 1
    LATE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Completed:
    """A target completed: the milestone that decides when, how that lies to the deadline, and all milestones that it took."""

    decisive: Milestone
    timing: Timing
    milestones: tuple[Milestone, ...]


def completion_of(target: Target, happened: Iterable[Milestone], last: date | None) -> Completed | None:
    """What completed the target, of its milestones that happened; None while something is missing. `last` is the deadline's last day."""
    steps = tuple(happened)
    firsts = [_first(target, completion, steps, last) for completion in target.completes]
    done = sorted((m for m in firsts if m), key=lambda m: _rank(m, last))
    if not done or (target.joined is Joined.ALL and len(done) < len(firsts)):
        return None
    decisive = done[-1] if target.joined is Joined.ALL else done[0]
    return Completed(decisive=decisive, timing=_timing(decisive, last), milestones=tuple(done) if target.joined is Joined.ALL else (decisive,))


def _first(target: Target, completion: Completion, steps: Iterable[Milestone], last: date | None) -> Milestone | None:
    fitting = [m for m in steps if m.kind is completion.kind and m.subject == completion.subject and _suffices(target, m)]
    return min(fitting, key=lambda m: _rank(m, last), default=None)


def _rank(milestone: Milestone, last: date | None) -> tuple[Timing, date]:
    return (_timing(milestone, last), milestone.meant.first)


def _timing(milestone: Milestone, last: date | None) -> Timing:
    if last is None or milestone.meant.last <= last:
        return Timing.IN_TIME
    return Timing.PERHAPS_IN_TIME if milestone.interval is None or milestone.meant.first <= last else Timing.LATE


def _suffices(target: Target, milestone: Milestone) -> bool:
    """Reported progress completes only a quantity, by a figure of its unit and basis; other kinds complete by themselves."""
    if milestone.kind is not Kind.PROGRESS_REPORTED:
        return True
    wanted = target.quantity
    if wanted is None:
        return False
    return any(f.unit == wanted.unit and f.basis == wanted.basis and _reaches(f.value, wanted.value) for f in milestone.figures)


def _reaches(text: str, wanted: int) -> bool:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return False
    return number.is_finite() and number >= wanted
