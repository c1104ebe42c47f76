"""What pages read beside the read tables: a few rows each, found along an index, however long the ledger is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from milestones.domain.dates import Interval
from milestones.domain.events import Kind, State
from milestones.domain.watching import Check


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A candidate that waits for a person, since when, and why."""

    number: int
    commitment: str
    target: str
    kind: Kind
    headline: str
    language: str
    because: str
    held_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BillStep:
    """A step of a bill: as much of a milestone as `domain.sittings` asks for."""

    commitment: str
    target: str
    kind: Kind
    subject: str
    state: State
    meant: Interval


class PageReads(Protocol):
    """Narrow questions of pages."""

    def waiting(self, limit: int) -> tuple[int, Sequence[Waiting]]:
        """How many candidates wait for a person, and the ones that wait longest."""
        ...

    def failing(self) -> Sequence[Check]:
        """Of each source and canary the newest check, where it did not pass; `checked_at` is when it first did not, since it last passed."""
        ...

    def latest_steps(self) -> Mapping[str, Mapping[str, Any]]:
        """By commitment the newest step that happened, of those with a day if there is any: a row of `read_milestone`."""
        ...

    def unfollowed(self, before: date) -> Sequence[Mapping[str, Any]]:
        """Steps announced for a definite day before this one, where none of the same kind and subject is known of that day or later."""
        ...

    def bill_steps(self) -> Sequence[BillStep]:
        """The steps by which a bill comes before the Council, or is done with."""
        ...
