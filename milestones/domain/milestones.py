"""From events to milestones: which events are current, and which of them tell of the same step.

A milestone is one real-world step: (commitment, target, kind, subject, day). Every document that reports it is one event and
one piece of evidence. State is not identity: a sitting that was scheduled and then held is one milestone. A bill goes through each of
its stages once, so there the day is no identity either: it can be put off, and documents can differ (see `domain.stages`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from milestones.domain.dates import Interval, Precision, fineness, hk_day, interval_of
from milestones.domain.documents import Figure
from milestones.domain.events import EventType, Kind, Origin, Recorded, State
from milestones.domain.lifecycle import LIFECYCLE, revoked_by
from milestones.domain.stages import ONCE, day_of_stage
from milestones.domain.upcast import current as as_of_today

_CARRIERS = frozenset({EventType.MILESTONE_REPORTED, EventType.MILESTONE_AMENDED})
_REPLACING = frozenset({EventType.MILESTONE_AMENDED, EventType.MILESTONE_RETRACTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """One step and its evidence: the current events that tell of it, in ledger order, at least one."""

    commitment: str
    target: str
    kind: Kind
    subject: str
    occurred_on: date | None
    precision: Precision
    state: State
    evidence: tuple[Recorded, ...]

    @property
    def interval(self) -> Interval | None:
        """The days on which it may have been; None where no document gives any."""
        return interval_of(self.occurred_on, self.precision) if self.occurred_on else None

    @property
    def meant(self) -> Interval:
        """The days on which it may have been; of a step without a day, the one on which it was first told: it was taken by then."""
        if self.interval:
            return self.interval
        told_on = min(hk_day(e.draft.published_at or e.recorded_at) for e in self.evidence if e.draft.state is self.state)
        return Interval(told_on, told_on)

    @property
    def put_off(self) -> tuple[Recorded, ...]:
        """The announcements that give another definite day than the one that holds, the first day first."""
        days = [e for e in self.evidence if e.draft.state is State.SCHEDULED and e.draft.occurred_precision is Precision.DAY]
        return tuple(
            sorted((e for e in days if e.draft.occurred_on != self.occurred_on), key=lambda e: (e.draft.occurred_on or date.max, e.position))
        )

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures that its evidence states, in ledger order."""
        return tuple(Figure(**f) for e in self.evidence for f in e.draft.data.get("figures", ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """What the events up to `position` amount to. `replaced` are the events that later ones amend, retract or revoke."""

    position: int
    origin: Origin | None
    milestones: tuple[Milestone, ...]
    lifecycle: tuple[Recorded, ...]
    replaced: frozenset[UUID]


def fold(events: Iterable[Recorded]) -> Knowledge:
    """Knowledge from events in ledger order; pass fewer events to know what was known then."""
    carriers: list[Recorded] = []
    lifecycle: list[Recorded] = []
    replaced: set[UUID] = set()
    position, origin = 0, None
    for event in map(as_of_today, events):
        position = event.position
        kind = event.draft.type
        gone = event.draft.amends if kind in _REPLACING else revoked_by(event.draft.data) if kind is EventType.RULING_MADE else None
        if gone:
            replaced.add(gone)
        if kind in _CARRIERS:
            carriers.append(event)
        elif kind in LIFECYCLE:
            lifecycle.append(event)
        elif kind is EventType.LEDGER_OPENED:
            origin = Origin(event.draft.data["origin"])
    current = [e for e in carriers if e.event_id not in replaced]
    return Knowledge(
        position=position,
        origin=origin,
        milestones=tuple(_milestones(current)),
        lifecycle=tuple(e for e in lifecycle if e.event_id not in replaced),
        replaced=frozenset(replaced),
    )


def _milestones(events: Sequence[Recorded]) -> list[Milestone]:
    groups: dict[tuple[str, ...], list[Recorded]] = {}
    for event in events:
        d = event.draft
        groups.setdefault((d.commitment or "", d.target or "", d.kind or "", d.subject or ""), []).append(event)
    return [m for group in groups.values() for m in ([_stage(group)] if group[0].draft.kind in ONCE else _by_day(group))]


def _stage(events: Sequence[Recorded]) -> Milestone:
    return _milestone(*day_of_stage(events), events)


def _by_day(events: Sequence[Recorded]) -> list[Milestone]:
    """One group of (commitment, target, kind, subject), split by day; a vague day joins the only more exact one known in it."""
    days: dict[tuple[date | None, Precision], list[Recorded]] = {}
    for event in sorted(events, key=lambda e: (fineness(e.draft.occurred_precision), e.position)):
        days.setdefault(_day_of(event, days), []).append(event)
    return [_milestone(day, precision, sorted(group, key=lambda e: e.position)) for (day, precision), group in days.items()]


def _day_of(event: Recorded, days: Iterable[tuple[date | None, Precision]]) -> tuple[date | None, Precision]:
    day, precision = event.draft.occurred_on, event.draft.occurred_precision or Precision.UNKNOWN
    if day is None:
        return (None, Precision.UNKNOWN)
    if precision is Precision.DAY:
        return (day, precision)
    meant = interval_of(day, precision)
    inside = [
        (known, exact)
        for known, exact in days
        if known and interval_of(known, exact).first >= meant.first and interval_of(known, exact).last <= meant.last
    ]
    return inside[0] if len(inside) == 1 else (meant.first, precision)


def _milestone(day: date | None, precision: Precision, evidence: Sequence[Recorded]) -> Milestone:
    first = evidence[0].draft
    happened = any(e.draft.state is State.HAPPENED for e in evidence)
    return Milestone(
        commitment=first.commitment or "",
        target=first.target or "",
        kind=first.kind or Kind.PROGRESS_REPORTED,
        subject=first.subject or "",
        occurred_on=day,
        precision=precision,
        state=State.HAPPENED if happened else State.SCHEDULED,
        evidence=tuple(evidence),
    )
