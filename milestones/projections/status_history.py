"""The status of every target on every day, as known at every instant: the rows of `read_target_interval`, written once by the fold.

A row is a rectangle: the days for which a state holds, and the span of the ledger over which that was known. SQL only looks up in which
rectangle a day and an instant lie. Whatever was recorded at one instant becomes known as a whole, under the position of its first event.
What was read of the sources has no history: all rows are taken from the coverage as it is now, as `milestones status --known-at` does.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from uuid import UUID

from milestones.domain.commitments import Commitment, DeadlineKind, Registry, Target
from milestones.domain.dates import Interval, utc_text
from milestones.domain.events import EventType, Recorded
from milestones.domain.ledger import digest
from milestones.domain.lifecycle import LIFECYCLE
from milestones.domain.milestones import fold
from milestones.domain.status import sources_needed
from milestones.domain.upcast import current
from milestones.projections.cells import Told
from milestones.projections.days import Rules, Segment, segments
from milestones.projections.rows import Row, iso

VERSION = 2
"""Of how rows are made; a higher one has all of them made anew."""

SINCE_EVER = "0001-01-01T00:00:00.000000Z"
"""`known_from_at` of what holds before anything is recorded."""

_CARRIERS = frozenset({EventType.MILESTONE_REPORTED, EventType.MILESTONE_AMENDED})
_REPLACING = frozenset({EventType.MILESTONE_AMENDED, EventType.MILESTONE_RETRACTED})
_ACTS = LIFECYCLE | {EventType.RULING_MADE}
_CALENDAR_YEARS = 15

TargetKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Known:
    """Where something became known: the instant, and the position of the first event recorded at it."""

    position: int
    at: str


@dataclass(frozen=True, slots=True)
class StatusInterval:
    """One rectangle; `known_to` is None while it still holds."""

    target: TargetKey
    segment: Segment
    known_from: Known
    known_to: Known | None = None

    def row(self) -> Row:
        """As a row of `read_target_interval`."""
        state = self.segment.state
        return {
            "commitment": self.target[0],
            "target": self.target[1],
            "valid_from": iso(self.segment.first),
            "valid_to": iso(self.segment.until),
            "known_from": self.known_from.position,
            "known_to": self.known_to.position if self.known_to else None,
            "known_from_at": self.known_from.at,
            "known_to_at": self.known_to.at if self.known_to else None,
            "status": state.status.value,
            "basis": state.basis.value if state.basis else None,
            "occurred_on": iso(state.occurred_on),
            "occurred_precision": state.precision.value if state.precision else None,
            "straddles": state.straddles,
            "start_not_found": state.start_not_found,
            "slippage_days": state.slippage_days,
            "unread_sources": ", ".join(state.unread) or None,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """What takes the rows from one position to another.

    First all that became known at `again_from` or later is undone (None: all of it), then rows (target, segment) that still held end, then
    `intervals` are added.
    """

    again_from: str | None
    ended: Sequence[tuple[TargetKey, Segment, Known]]
    intervals: Sequence[StatusInterval]


def basis(registry: Registry, rules: Rules) -> str:
    """Names whatever the rows are made from beside the events; where it is another one, they must all be made anew."""
    parts = [str(VERSION)]
    for commitment, target, promised_on in _targets(registry).values():
        last = target.deadline.interval.last if target.deadline.interval and target.deadline.kind is DeadlineKind.BY else None
        unread = rules.coverage.unread(sources_needed(target), Interval(promised_on, last)) if last else ()
        parts.append(repr((commitment.key, commitment.baselines, target, promised_on, unread)))
    first = min((d.delivered_on for d in registry.documents), default=date(2024, 1, 1))
    days = (first + timedelta(days=n) for n in range(366 * _CALENDAR_YEARS))
    return digest(*parts, "".join("10"[rules.is_working_day(day)] for day in days))


@dataclass(slots=True)
class StatusHistory:
    """Reads events in order and says how the rows grow. To be used once."""

    registry: Registry
    rules: Rules
    _targets: dict[TargetKey, tuple[Commitment, Target, date]] = field(init=False)
    _told: dict[TargetKey, Told] = field(init=False)
    _where: dict[UUID, TargetKey] = field(default_factory=dict)
    _acts: list[Recorded] = field(default_factory=list)
    _lifecycle: tuple[Recorded, ...] = ()
    _open: dict[TargetKey, dict[Segment, Known | None]] = field(default_factory=dict)
    """The segments of each target that was looked at, with where they became known; None where that was before this growth."""
    _intervals: list[StatusInterval] = field(default_factory=list)
    _ended: list[tuple[TargetKey, Segment, Known]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._targets = _targets(self.registry)
        self._told = {key: Told(target) for key, (_, target, _) in self._targets.items()}

    def grow(self, events: Iterable[Recorded], *, after: int) -> Growth:
        """From position `after` on; 0 makes all rows. `events` are those of the ledger from the first in any case."""
        if after == 0:
            self._open = {key: dict.fromkeys(self._segments(key), Known(0, SINCE_EVER)) for key in self._targets}
        again_from = None
        for recorded_at, together in groupby(map(current, events), key=lambda e: e.recorded_at):
            batch = list(together)
            if batch[-1].position > after:
                known = Known(batch[0].position, utc_text(recorded_at))
                again_from = again_from or known.at
                self._learn(batch, known)
            else:
                self._see(batch)
        holding = [StatusInterval(key, s, since) for key, found in self._open.items() for s, since in found.items() if since]
        return Growth(again_from=again_from if after else None, ended=self._ended, intervals=[*self._intervals, *holding])

    def _learn(self, batch: Sequence[Recorded], known: Known) -> None:
        touched = self._touched(batch)
        for key in touched - self._open.keys():
            self._open[key] = dict.fromkeys(self._segments(key))
        lifecycle = self._lifecycle
        self._see(batch)
        for key in sorted(touched):
            if not self._told[key].settled or self._lifecycle != lifecycle:
                self._turn(key, known)

    def _turn(self, key: TargetKey, known: Known) -> None:
        """Ends the segments that no longer hold and begins those that do now."""
        holding, now = self._open[key], dict.fromkeys(self._segments(key))
        for segment in [s for s in holding if s not in now]:
            since = holding.pop(segment)
            if since:
                self._intervals.append(StatusInterval(key, segment, since, known))
            else:
                self._ended.append((key, segment, known))
        for segment in now:
            holding.setdefault(segment, known)

    def _touched(self, batch: Sequence[Recorded]) -> set[TargetKey]:
        """The targets whose status these events may change."""
        touched = {_key(event) for event in batch if event.draft.type in _CARRIERS}
        touched |= {self._where[e.draft.amends] for e in batch if e.draft.type in _REPLACING and e.draft.amends in self._where}
        acts = [e for e in batch if e.draft.type in _ACTS]
        ended = {e.draft.commitment for e in [*acts, *self._lifecycle]} if acts else set()
        return {key for key in self._targets if key in touched or key[0] in ended}

    def _see(self, batch: Sequence[Recorded]) -> None:
        for event in batch:
            kind, amended = event.draft.type, event.draft.amends
            if kind in _REPLACING and amended in self._where:
                self._told[self._where.pop(amended)].remove(amended)
            key = _key(event)
            if kind in _CARRIERS and key in self._told:
                self._where[event.event_id] = key
                self._told[key].add(event)
            elif kind in _ACTS:
                self._acts.append(event)
                self._lifecycle = fold(self._acts).lifecycle

    def _segments(self, key: TargetKey) -> tuple[Segment, ...]:
        commitment, target, promised_on = self._targets[key]
        return segments(commitment, target, self._told[key].milestones(), self._lifecycle, promised_on=promised_on, rules=self.rules)


def _key(event: Recorded) -> TargetKey:
    return (event.draft.commitment or "", event.draft.target or "")


def _targets(registry: Registry) -> dict[TargetKey, tuple[Commitment, Target, date]]:
    return {(c.key, t.slug): (c, t, registry.policy_document(c.key).delivered_on) for c in registry.commitments() for t in c.targets}
