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


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Which promise a line is about. The target's titles are empty for what bears on a commitment without bearing on a target."""

    commitment: str
    title_en: str
    title_zh: str
    target_en: str = ""
    target_zh: str = ""

    @property
    def short(self) -> str:
        """The commitment's key without its policy document; the whole key where the rest is but a number."""
        number = self.commitment.rpartition("/")[2]
        return self.commitment if number.isdigit() else number


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One milestone. `quote` and `url` are of one document that tells of it, `documents` how many do."""

    place: Place
    kind: Kind
    state: State
    occurred_on: date | None
    precision: Precision
    figures: tuple[Figure, ...]
    quote: str
    url: str
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
    """An open target whose deadline lies ahead; `deadline` is its last day."""

    place: Place
    kind: DeadlineKind
    printed: str
    deadline: date
    status: Status


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
    """One digest. `period` holds both days on which a digest was made; `first` is true where none was made before."""

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
    passed: tuple[Passed, ...]
    unknown: tuple[Passed, ...]
    changed: tuple[Changed, ...]
    corrections: tuple[Correction, ...]
    doubts: tuple[Doubt, ...]
    sources: tuple[SourceRead, ...]
    counts: Counts
    next_deadlines: tuple[tuple[date, tuple[Place, ...]], ...]
    last_sittings: tuple[LastSitting, ...] = ()

    @property
    def quiet(self) -> bool:
        """Whether nothing new was found: no milestone, no correction, no disagreement, no status that changed."""
        found = (self.happened, self.updates, self.earlier, self.changed, self.corrections, self.doubts)
        return not any(found) and not any(s.fresh for s in self.scheduled)

    @property
    def unread(self) -> tuple[SourceRead, ...]:
        """Sources that were not read on every day of the period that is over, or that are in trouble."""
        return tuple(s for s in self.sources if s.read < s.days or s.note)

    @property
    def carried(self) -> tuple[UUID, ...]:
        """Every event that a line rests on, in a fixed order."""
        lines: list[Iterable[UUID]] = [
            line.events
            for part in (self.happened, self.updates, self.earlier, self.scheduled, self.passed, self.changed, self.doubts)
            for line in part
        ]
        for correction in self.corrections:
            lines += [correction.before.events, correction.after.events if correction.after else ()]
        return tuple(sorted({event for line in lines for event in line}))
