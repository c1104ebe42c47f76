"""What pages read of one case, one target, one source or one stretch of the log: a few rows each, along an index."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from milestones.domain.coverage import CoverageRow
from milestones.domain.documents import Outcome
from milestones.domain.events import EventType, Recorded
from milestones.services.ports.keeping import Staged


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A candidate that waits or waited for a person: what became of it last, why, and when. `waits` tells whether it still does."""

    staged: Staged
    outcome: Outcome
    because: str
    at: datetime
    waits: bool


class CaseReads(Protocol):
    """Narrow questions about one thing."""

    def case(self, number: int) -> Case | None:
        """The candidate of this number, if it has an outcome."""
        ...

    def told_of(self, commitment: str, target: str, limit: int) -> Sequence[Recorded] | None:
        """The events, in order, that the status of one target of a commitment rests on; None where there are more than `limit`."""
        ...

    def coverage_of(self, source: str) -> Sequence[CoverageRow]:
        """The newest row of each (feed, day) of a source, in order of days."""
        ...

    def newest_events(self, limit: int, *, before: int | None = None, of_type: EventType | None = None) -> Sequence[Recorded]:
        """Events, newest first, of positions below `before`."""
        ...
