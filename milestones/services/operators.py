"""What those who run the service are told each day, apart from all content: what waits, what does not work, and what to check.

The worksheet lists, thirty days ahead, each open target with a date: what no document tells yet and which source was not read, so that a verdict
on the day is no surprise. Pure; an empty one is not mailed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from milestones.domain.commitments import Commitment, DeadlineKind
from milestones.domain.coverage import SourceFacts
from milestones.domain.dates import instant_of
from milestones.domain.events import Origin
from milestones.domain.milestones import Milestone
from milestones.domain.status import SETTLED, CommitmentStatus
from milestones.domain.watching import Check
from milestones.services.brief import Standing, standing_of
from milestones.services.deadlines import SOON_DAYS, Opportunities
from milestones.services.source_health import InTrouble
from milestones.services.unconfirmed import Unconfirmed
from milestones.services.verdicts import Verdict

KIND = "operators"

OPERATORS = "-operators"
"""What stands in the place of a subscription; no subscription can have this id."""

RECENT_DAYS = 7
"""Days back to which what was set aside is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """An open target whose date comes within thirty days."""

    commitment: Commitment
    standing: Standing
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """Pages of a source that were put in quarantine at one stage in the last days; `reason` is that of the newest."""

    source: str
    stage: str
    pages: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Duties:
    """All of it. `held` counts candidates that wait, since `oldest`; `unsaid` events whose document no longer says them; `backlog` is by source."""

    on: date
    origin: Origin
    verdicts: tuple[Verdict, ...]
    held: int
    oldest: datetime | None
    unsaid: int
    unconfirmed: tuple[Unconfirmed, ...]
    trouble: tuple[InTrouble, ...]
    failing: tuple[Check, ...]
    backlog: tuple[tuple[str, int], ...]
    quarantine: tuple[SetAside, ...]
    due: tuple[Due, ...]

    @property
    def empty(self) -> bool:
        """Whether there is nothing to do."""
        parts = (self.verdicts, self.held, self.unsaid, self.unconfirmed, self.trouble, self.failing, self.backlog, self.quarantine, self.due)
        return not any(parts)

    @property
    def count(self) -> int:
        """How many matters there are."""
        parts = (self.verdicts, self.unconfirmed, self.trouble, self.failing, self.backlog, self.quarantine, self.due)
        return sum(map(len, parts)) + self.held + self.unsaid


def worksheet(statuses: Iterable[CommitmentStatus], milestones: Sequence[Milestone], last_sittings: Opportunities, on: date) -> tuple[Due, ...]:
    """The open targets with a date from this day to thirty days ahead, soonest first."""
    found = []
    for stands in statuses:
        own = [m for m in milestones if m.commitment == stands.commitment.key]
        for status in stands.targets:
            deadline = status.target.deadline
            if deadline.kind is not DeadlineKind.BY or not deadline.interval or status.status in SETTLED:
                continue
            if on <= deadline.interval.last <= on + timedelta(days=SOON_DAYS):
                standing = standing_of(stands.commitment, status, own, on, last_sittings)
                found.append(Due(commitment=stands.commitment, standing=standing, last=deadline.interval.last))
    return tuple(sorted(found, key=lambda d: d.last))


def set_aside(rows: Iterable[Mapping[str, Any]], *, since: datetime) -> tuple[SetAside, ...]:
    """What was put in quarantine since an instant; `rows` have source, stage, reason and at."""
    groups: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for row in rows:
        if instant_of(row["at"]) >= since:
            groups.setdefault((row["source"], row["stage"]), []).append(row)
    return tuple(
        SetAside(source=source, stage=stage, pages=len(group), reason=max(group, key=lambda r: r["at"])["reason"])
        for (source, stage), group in sorted(groups.items())
    )


def backlog(facts: Iterable[SourceFacts]) -> tuple[tuple[str, int], ...]:
    """How many documents wait to be read, of each source that has any."""
    return tuple((f.source, f.backlog) for f in facts if f.backlog)
