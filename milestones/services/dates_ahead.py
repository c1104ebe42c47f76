"""What belongs in a reader's calendar: deadlines of open targets and days that were announced, each under a name that never changes.

A calendar program replaces an entry by one of the same `uid` and a higher `sequence`; that is the position of the newest event about the
target, so it rises exactly when something became known. What was in an earlier mail and does not hold any more is cancelled.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from milestones.domain.commitments import DeadlineKind, Registry
from milestones.domain.events import Kind, State
from milestones.domain.ledger import digest
from milestones.domain.milestones import Milestone
from milestones.domain.stages import ONCE
from milestones.domain.status import SETTLED, CommitmentStatus, View, scoreboard
from milestones.services.deadlines import Opportunities
from milestones.services.places import Place, place

Touched = Mapping[tuple[str, str], int]
"""By commitment and target, the position of the newest event about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One day in a calendar: of an announced step (`kind`), or the last one of a deadline (`printed`, with the `last_sitting` before it)."""

    uid: str
    sequence: int
    day: date
    place: Place
    kind: Kind | None = None
    printed: str = ""
    last_sitting: date | None = None
    url: str = ""
    cancelled: bool = False


def entries(registry: Registry, since: View | None, now: View, touched: Touched, last_sittings: Opportunities) -> tuple[Entry, ...]:
    """What lies ahead of `now`, by day, and what is cancelled of that which lay ahead at `since` (None: nothing was told before)."""
    ahead = _ahead(registry, now, touched, last_sittings)
    told = _ahead(registry, since, touched, {}) if since else {}
    gone = [replace(e, cancelled=True) for uid, e in told.items() if uid not in ahead and e.day >= now.on]
    return tuple(sorted([*ahead.values(), *gone], key=lambda e: (e.day, e.uid)))


def _ahead(registry: Registry, view: View, touched: Touched, last_sittings: Opportunities) -> dict[str, Entry]:
    found = [*_deadlines(scoreboard(registry, view), view.on, touched, last_sittings), *_steps(registry, view.knowledge.milestones, view.on, touched)]
    return {entry.uid: entry for entry in found}


def _deadlines(statuses: Sequence[CommitmentStatus], on: date, touched: Touched, last_sittings: Opportunities) -> Iterable[Entry]:
    for status in statuses:
        for target in status.targets:
            deadline, where = target.target.deadline, (status.commitment.key, target.target.slug)
            if deadline.kind is DeadlineKind.BY and deadline.interval and deadline.interval.last >= on and target.status not in SETTLED:
                yield Entry(
                    uid=_uid("deadline", *where),
                    sequence=touched.get(where, 0),
                    day=deadline.interval.last,
                    place=place(status.commitment, target.target.slug),
                    printed=deadline.printed,
                    last_sitting=last_sittings.get(where),
                )


def _steps(registry: Registry, milestones: Iterable[Milestone], on: date, touched: Touched) -> Iterable[Entry]:
    for step in milestones:
        commitment = registry.by_key.get(step.commitment)
        if commitment and step.state is State.SCHEDULED and step.occurred_on and step.occurred_on >= on:
            day = () if step.kind in ONCE else (step.occurred_on.isoformat(),)
            yield Entry(
                uid=_uid("step", step.commitment, step.target, step.kind, step.subject, *day),
                sequence=touched.get((step.commitment, step.target), 0),
                day=step.occurred_on,
                place=place(commitment, step.target),
                kind=step.kind,
                url=step.evidence[-1].draft.source,
            )


def _uid(*names: str) -> str:
    return f"{digest(*names)[:32]}@milestone-monitor"
