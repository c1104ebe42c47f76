"""What is kept so that a source which went blind is noticed, and so that nothing listed is forgotten: checks, shapes, lists, validators."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from milestones.domain.watching import Check, Count, Shape
from milestones.services.ports.keeping import Stored
from milestones.services.ports.sources import Link, Validators


class Checks(Protocol):
    """What canaries said, what shapes pages had, what others count. Append-only."""

    def add(self, checks: Sequence[Check], *, run_id: str) -> None: ...
    def newest(self, source: str, limit: int) -> list[Check]:
        """Of each canary the newest checks of a source, the last one of each run, newest first."""
        ...

    def add_shape(self, source: str, shape: Shape, *, url: str, capture: str, seen_at: datetime) -> bool:
        """Keeps the first page of each shape of a layout; whether this shape was new."""
        ...

    def shapes(self, source: str, *, before: datetime) -> Mapping[str, list[Shape]]:
        """By layout the shapes first seen before an instant, oldest first; without those whose page could not be read."""
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
        """Listed documents of these days that were never read, newest day first; without those that are gone."""
        ...

    def gone(self, source: str, *, since: date, until: date) -> list[Link]:
        """Listed documents of these days that were never read and of which the publisher says that there are no such pages."""
        ...

    def missing_on(self, url: str) -> frozenset[date]:
        """The Hong Kong days on which the publisher said that there is no such page, since it last answered with one."""
        ...

    def close_list(self, source: str, feed: str, day: date, *, listed: int, listed_at: datetime, run_id: str) -> None:
        """Records that the list of a day was read whole after the day was over."""
        ...

    def closed_lists(self, source: str, feed: str) -> Mapping[date, int]:
        """By day, how many documents its final list names."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """The newest version of a page that was read well: what its server says of it, and its capture.

    `asked_at` is when the server was last asked; `unchanged` how often since it was found to be still the version.
    """

    validators: Validators
    capture: str
    asked_at: datetime
    unchanged: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A page whose text changed: the version before, and the one that stands since, which is number `version`."""

    version: int
    before: Stored
    now: Stored


class Revisits(Protocol):
    """When each page was last read well, what its server said of its version, and which texts changed. Append-only."""

    def add_validators(self, url: str, validators: Validators, *, capture: str, noted_at: datetime) -> None:
        """Notes a page that was read well, also where its server says nothing of versions; again, with the same capture, where it is unchanged."""
        ...

    def version(self, url: str) -> Version | None:
        """The newest version that was read well."""
        ...

    def due(self, source: str, *, now: datetime, limit: int) -> list[Link]:
        """Documents whose next re-reading has come (see `domain.rereading`), longest due first."""
        ...

    def edits(self, limit: int) -> list[Edit]:
        """Changes of documents that no event tells of yet, oldest first."""
        ...
