"""What is kept so that a source which went blind is noticed, and so that nothing listed is forgotten: checks, shapes, lists, validators."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from milestones.domain.watching import Check, Shape
from milestones.services.ports.sources import Link, Validators


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many documents of a day somebody else counts, and how many we know: `theirs` by `counted_by` (a feed, a total, another source)."""

    source: str
    feed: str
    day: date
    counted_by: str
    theirs: int
    ours: int


class Checks(Protocol):
    """What canaries said, what shapes pages had, what others count. Append-only."""

    def add(self, checks: Sequence[Check], *, run_id: str) -> None: ...
    def newest(self, source: str, limit: int) -> list[Check]:
        """The newest checks of a source, newest first."""
        ...

    def add_shape(self, source: str, shape: Shape, *, url: str, capture: str, seen_at: datetime) -> bool:
        """Keeps the first page of each shape of a layout; whether this shape was new."""
        ...

    def shapes(self, source: str) -> Mapping[str, list[Shape]]:
        """The shapes seen so far by layout, oldest first."""
        ...

    def add_count(self, count: Count, *, checked_at: datetime, run_id: str) -> None: ...
    def counts(self, source: str, since: date) -> list[Count]:
        """The newest count of each (feed, day, counted_by) from a day on."""
        ...


class Backlog(Protocol):
    """Documents that lists named, so that history is read in the order that answers soonest, and none is forgotten. Append-only."""

    def add(self, source: str, links: Sequence[Link], *, listed_at: datetime, run_id: str) -> int:
        """Keeps each address of a source once; how many were new."""
        ...

    def unread(self, source: str, *, since: date, until: date, limit: int | None = None) -> list[Link]:
        """Listed documents of these days that were never read, newest day first."""
        ...

    def close_list(self, source: str, feed: str, day: date, *, listed: int, listed_at: datetime, run_id: str) -> None:
        """Records that the list of a day was read whole after the day was over."""
        ...

    def closed_lists(self, source: str, feed: str) -> Mapping[date, int]:
        """By day, how many documents its final list names."""
        ...


class Revisits(Protocol):
    """When each page was asked, and what its server said of its version."""

    def add_validators(self, url: str, validators: Validators, *, capture: str, noted_at: datetime) -> None: ...
    def validators(self, url: str) -> tuple[Validators, str, datetime] | None:
        """What the newest whole answer said, its capture and when it came; None where it said nothing."""
        ...

    def due(self, source: str, *, now: datetime, limit: int) -> list[str]:
        """Addresses of documents whose next re-reading has come (see `domain.rereading`), longest due first."""
        ...
