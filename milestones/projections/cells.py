"""What is told of one target, kept so that one more witness of a known step costs next to nothing.

A cell holds the events that tell the very same (kind, subject, day, precision, state, figures). Of these a status sees only which was recorded
first, which was told first and, of announcements, which was told last; three events stand for thousands. What they amount to is left to `fold`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from milestones.domain.commitments import Target
from milestones.domain.dates import hk_day
from milestones.domain.events import Recorded, State
from milestones.domain.ledger import canonical
from milestones.domain.milestones import Milestone, fold
from milestones.projections.deciding import deciding

GroupKey = tuple[str | None, str | None]
CellKey = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Member:
    position: int
    recorded_at: datetime
    published_at: datetime | None


@dataclass(slots=True)
class Cell:
    """Events that differ only in who told them when. `pattern` is one of them, from which the others can be made again."""

    pattern: Recorded
    members: dict[UUID, _Member] = field(default_factory=dict)
    first: UUID | None = None
    earliest: UUID | None = None
    latest: UUID | None = None
    _made: dict[UUID, Recorded] = field(default_factory=dict)

    def add(self, event: Recorded) -> bool:
        """Whether a status can see the difference."""
        self.members[event.event_id] = _Member(event.position, event.recorded_at, event.draft.published_at)
        before = (self.first, self.earliest, self.latest)
        if self.first is None or self.earliest is None:
            self.first = self.earliest = event.event_id
        elif self._told(event.event_id) < self._told(self.earliest):
            self.earliest = event.event_id
        if self._counts_last(event.event_id) and (self.latest is None or self._told(event.event_id) > self._told(self.latest)):
            self.latest = event.event_id
        return before != (self.first, self.earliest, self.latest)

    def remove(self, event_id: UUID) -> bool:
        """Whether a status can see the difference."""
        del self.members[event_id]
        if event_id not in (self.first, self.earliest, self.latest):
            return False
        self.first = min(self.members, key=lambda i: self.members[i].position, default=None)
        self.earliest = min(self.members, key=self._told, default=None)
        self.latest = max(filter(self._counts_last, self.members), key=self._told, default=None)
        return True

    def shown(self) -> list[Recorded]:
        """The events that stand for all of them."""
        self._made = {i: self._made.get(i) or self._event(i) for i in (self.first, self.earliest, self.latest) if i}
        return list(self._made.values())

    def _counts_last(self, event_id: UUID) -> bool:
        # The announcement published last says on which day a bill's stage is; which report of it came last says nothing.
        return self.pattern.draft.state is State.SCHEDULED and self.members[event_id].published_at is not None

    def _told(self, event_id: UUID) -> tuple[date, int]:
        # As the domain asks it: announcements with a day count from their publication, or always; steps without one from when they were told.
        member = self.members[event_id]
        undated = self.pattern.draft.occurred_on is None
        told_at = member.published_at or (member.recorded_at if undated else None)
        return (hk_day(told_at) if told_at else date.min, member.position)

    def _event(self, event_id: UUID) -> Recorded:
        member = self.members[event_id]
        draft = replace(self.pattern.draft, published_at=member.published_at)
        return replace(self.pattern, draft=draft, event_id=event_id, position=member.position, recorded_at=member.recorded_at)


@dataclass(slots=True)
class Told:
    """The current events of one target, and the milestones among them that decide."""

    target: Target
    _groups: dict[GroupKey, dict[CellKey, Cell]] = field(default_factory=dict)
    _places: dict[UUID, tuple[GroupKey, CellKey]] = field(default_factory=dict)
    _decided: dict[GroupKey, tuple[int, list[Milestone]]] = field(default_factory=dict)

    def add(self, event: Recorded) -> None:
        """A report or an amendment of this target."""
        d = event.draft
        group, key = (d.kind, d.subject), (d.occurred_on, d.occurred_precision, d.state, canonical(d.data.get("figures", ())))
        cell = self._groups.setdefault(group, {}).setdefault(key, Cell(event))
        self._places[event.event_id] = (group, key)
        if cell.add(event):
            self._decided.pop(group, None)

    def remove(self, event_id: UUID) -> None:
        """What was amended or retracted no longer tells anything."""
        group, key = self._places.pop(event_id)
        cells = self._groups[group]
        if cells[key].remove(event_id):
            self._decided.pop(group, None)
        if not cells[key].members:
            del cells[key]

    @property
    def settled(self) -> bool:
        """Whether `milestones` would be the ones it gave last."""
        return len(self._decided) == len(self._groups)

    def milestones(self) -> list[Milestone]:
        """The milestones that a status can rest on, in the order in which `fold` gives them."""
        for group in self._groups.keys() - self._decided.keys():
            events = sorted(_all_shown(self._groups[group].values()), key=lambda e: e.position)
            self._decided[group] = (events[0].position if events else 0, deciding(self.target, fold(events).milestones))
        return deciding(self.target, [m for _, milestones in sorted(self._decided.values(), key=lambda d: d[0]) for m in milestones])


def _all_shown(cells: Iterable[Cell]) -> list[Recorded]:
    return [event for cell in cells for event in cell.shown()]
