"""The few milestones of a target that its status can rest on, on whatever day, out of the many that were told.

What is left out only says again what is said: a later report of a progress already made. So the status of a target over all days can be
worked out from a handful of milestones, however many events tell of it. Order is kept, for it decides between equals.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from milestones.domain.commitments import DeadlineKind, Joined, Nature, Target
from milestones.domain.completion import completion_of
from milestones.domain.events import Kind, State
from milestones.domain.milestones import Milestone
from milestones.domain.status import ACTIVE_DAYS

_FIRST_TOLD_DECIDES = frozenset({Kind.CANCELLED, Kind.DELAYED})
"""Of these the first in order that is past decides, so one that is not earlier than all before it never does."""


def deciding(target: Target, milestones: Sequence[Milestone]) -> list[Milestone]:
    """Those on which `target_status` could rest; reducing parts first and then what is left of them gives the same."""
    wanted = {(c.kind, c.subject) for c in target.completes}
    kept: set[int] = set()
    earliest: dict[tuple[object, ...], tuple[date, int]] = {}
    acts: dict[Kind, list[tuple[date, date, int]]] = {}
    for index, milestone in enumerate(milestones):
        completing = (milestone.kind, milestone.subject) in wanted
        if completing and any(e.draft.state is State.SCHEDULED for e in milestone.evidence):
            kept.add(index)
        if milestone.state is not State.HAPPENED:
            continue
        meant = milestone.meant
        if milestone.kind in _FIRST_TOLD_DECIDES and meant.first < earliest.get((milestone.kind,), (date.max, 0))[0]:
            kept.add(index)
        for name in (_timing(target, milestone) if completing else None, (milestone.kind,)):
            if name and (name not in earliest or meant.first < earliest[name][0]):
                earliest[name] = (meant.first, index)
        if target.nature is Nature.CONTINUING:
            acts.setdefault(milestone.kind, []).append((meant.first, meant.last, index))
    kept.update(index for _, index in earliest.values())
    for days in acts.values():
        kept.update(_spanning(days))
    return [m for index, m in enumerate(milestones) if index in kept]


def _timing(target: Target, milestone: Milestone) -> tuple[object, ...] | None:
    """How a step that completes its part of the target lies to the deadline; None where it completes nothing."""
    deadline = target.deadline
    last = deadline.interval.last if deadline.interval and deadline.kind is DeadlineKind.BY else None
    own = tuple(c for c in target.completes if (c.kind, c.subject) == (milestone.kind, milestone.subject))
    done = completion_of(replace(target, completes=own, joined=Joined.ANY), [milestone], last)
    return (milestone.kind, milestone.subject, done.timing) if done else None


def _spanning(days: Iterable[tuple[date, date, int]]) -> list[int]:
    """Of (first, last, index), as few as keep a continuing target active on the same days as all of them."""
    chosen: list[tuple[date, date, int]] = []  # (first, last day of being active, index); both days grow
    for first, last, index in sorted(days):
        until = last + timedelta(days=ACTIVE_DAYS)
        if chosen and until <= chosen[-1][1]:
            continue
        while len(chosen) > 1 and chosen[-2][1] >= first - timedelta(days=1):
            chosen.pop()
        chosen.append((first, until, index))
    return [index for _, _, index in chosen]
