"""What a digest says, as values: nothing here is worded, laid out or looked up.

Everything stands in document order, except what lies ahead, which stands by day. `events` are the ledger events that a line
rests on, so that a later correction finds the mails that carried it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from milestones.domain.commitments import DeadlineKind
from milestones.domain.dates import Interval, Precision
from milestones.domain.documents import Figure
from milestones.domain.events import Kind, Origin, State
from milestones.domain.findings import Disagreement
from milestones.domain.status import Basis, Status
from milestones.services.dates_ahead import Entry
from milestones.services.places import Place
from milestones.services.subscriptions import Subscription


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One milestone. `quote` and `url` are of one document that tells of it, an English one if there is any, `documents` how many do.

    `quote_zh` and `url_zh` are of a Chinese one, empty where there is none.
    """

    place: Place
    kind: Kind
    state: State
    occurred_on: date | None
    precision: Precision
    figures: tuple[Figure, ...]
    quote: str
    url: str
    quote_zh: str
    url_zh: str
    documents: int
    fresh: bool
    events: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Updates:
    """Reports of progress that bring no new figure, folded into their number, or milestones of earlier days that became known only now."""

    place: Place
    count: int
    latest: Step
    events: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """An open target whose deadline lies ahead; `deadline` is its last day, `fresh` that it has come into sight since the last digest."""

    place: Place
    kind: DeadlineKind
    printed: str
    deadline: date
    status: Status
    fresh: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """An open target for which a later date was announced officially: the last day of what was `printed`, and the day of what was said since.

    The original date alone decides. `fresh`: announced since the last digest.
    """

    place: Place
    printed: str
    deadline: date
    revised: date
    precision: Precision
    said_by: str
    quote: str
    url: str
    fresh: bool
    events: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LastSitting:
    """An open target for which the Council sits on `day` for the last time before the day that binds it."""

    place: Place
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """A target whose deadline passed `days` ago without a known completion: on this `basis`, or unjudged because of the sources `unread`."""

    place: Place
    printed: str
    deadline: date
    days: int
    basis: Basis | None
    unread: tuple[str, ...]
    events: tuple[UUID, ...]


class Cause(StrEnum):
    """Why a status is another one than last time."""

    TIME = "time"
    READING = "reading"
    RULES = "rules"
    EVENT = "event"


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A target whose status is another one than at the last digest. `basis` is the present one."""

    place: Place
    before: Status
    after: Status
    basis: Basis | None
    cause: Cause
    events: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What an earlier digest may have said, and what stands now; `after` is None for what is no longer recorded at all."""

    before: Step
    after: Step | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Documents that do not agree, as became known in the period; `told` is what they say, in one line."""

    place: Place
    about: Disagreement
    kind: Kind
    told: str
    urls: tuple[str, ...]
    events: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRead:
    """How many of the period's `days` that are over were read to the end, and the last day that ever was; `note` tells of trouble, in words."""

    source: str
    read: int
    days: int
    last_on: date | None
    note: str

    @property
    def in_doubt(self) -> bool:
        """Whether something may have been missed."""
        return self.read < self.days or bool(self.note)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Targets that are to be done by a day, each counted once. `ended` are withdrawn, cancelled or stood before the promise."""

    met: int = 0
    met_late: int = 0
    passed_stated: int = 0
    passed_not_found: int = 0
    unknown: int = 0
    open: int = 0
    ended: int = 0

    @property
    def passed(self) -> int:
        """Targets whose date has passed, on either basis."""
        return self.passed_stated + self.passed_not_found

    @property
    def total(self) -> int:
        """All of them."""
        return self.met + self.met_late + self.passed + self.unknown + self.open + self.ended


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """One digest, for a `subscription` without its addresses. `period` holds both days on which a digest was made; `first`: none was before.

    `course` holds for each target to be done by a day that day and the one on which it was done; `newly_unread` the sources not fully read of
    which the last digest did not tell; `calendar` what belongs in a calendar, `folded_before` the day before which what happened is folded.
    """

    subscription: Subscription
    period: Interval
    generated_at: datetime
    origin: Origin
    first: bool
    position: int
    hash: str
    happened: tuple[Step, ...]
    updates: tuple[Updates, ...]
    earlier: tuple[Updates, ...]
    scheduled: tuple[Step, ...]
    due: tuple[Due, ...]
    later: tuple[Later, ...]
    passed: tuple[Passed, ...]
    unknown: tuple[Passed, ...]
    changed: tuple[Changed, ...]
    corrections: tuple[Correction, ...]
    doubts: tuple[Doubt, ...]
    sources: tuple[SourceRead, ...]
    counts: Counts
    next_deadlines: tuple[tuple[date, tuple[Place, ...]], ...]
    promised_on: date
    course: tuple[tuple[date, date | None], ...]
    calendar: tuple[Entry, ...]
    newly_unread: tuple[str, ...]
    folded_before: date
    last_sittings: tuple[LastSitting, ...] = ()

    @property
    def quiet(self) -> bool:
        """Whether nothing new was found: no milestone, no correction, no disagreement, no status that changed, no date come into sight."""
        found = (self.happened, self.updates, self.earlier, self.changed, self.corrections, self.doubts)
        return not any(found) and not self.dates_in_sight

    @property
    def dates_in_sight(self) -> int:
        """How many days ahead are told for the first time: announced, or come into sight."""
        return sum([*(s.fresh for s in self.scheduled), *(d.fresh for d in self.due), *(one.fresh for one in self.later)])

    @property
    def empty(self) -> bool:
        """Whether nobody needs a mail: nothing new was found, everything else is as the last one said."""
        return self.quiet and not self.first and not self.newly_unread

    @property
    def unread(self) -> tuple[SourceRead, ...]:
        """Sources that were not read on every day of the period that is over, or that are in trouble."""
        return tuple(s for s in self.sources if s.in_doubt)

    @property
    def carried(self) -> tuple[UUID, ...]:
        """Every event that a line rests on, in a fixed order."""
        lines: list[Iterable[UUID]] = [
            line.events
            for part in (self.happened, self.updates, self.earlier, self.scheduled, self.later, self.passed, self.changed, self.doubts)
            for line in part
        ]
        for correction in self.corrections:
            lines += [correction.before.events, correction.after.events if correction.after else ()]
        return tuple(sorted({event for line in lines for event in line}))
