"""What is made from the ledger for pages, mails and BI tools, and how far it has come."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from milestones.services.standings import Failure, Moved, Standing


class TakesTables(Protocol):
    """Where the rows of the read tables go."""

    def replace(
        self,
        tables: Mapping[str, Sequence[Mapping[str, Any]]],
        *,
        position: int,
        as_of: datetime,
        expected: Standing | None = None,
        failure: Failure | None = None,
        anew: bool = False,
    ) -> Moved:
        """Puts the rows of each table in the place of the old ones and moves the projection's position, in one transaction.

        Nothing is written unless the tables still stand at `expected`, or, where that is None, anywhere before `position`.
        """
        ...


class ReadTables(TakesTables, Protocol):
    """The read tables that pages, mails and BI tools use."""

    def position(self) -> int: ...
    def rows(self, table: str) -> list[dict[str, Any]]: ...


class TakesIntervals(Protocol):
    """Where the rows of the status history go."""

    def grow(
        self,
        *,
        again_from: str | None,
        ended: Sequence[Mapping[str, Any]],
        rows: Sequence[Mapping[str, Any]],
        expected: Standing,
        to: Standing,
        as_of: datetime,
        failure: Failure | None,
    ) -> Moved:
        """From `expected` to `to`: undoes what became known at `again_from` or later (None: all), ends the `ended` rows, adds `rows`."""
        ...


class StatusIntervals(TakesIntervals, Protocol):
    """The status of every target on every day, as known at every instant."""

    def as_of(self, *, on: date, known_at: datetime) -> list[dict[str, Any]]:
        """Each target on a day, as known at an instant."""
        ...


class Standings(Protocol):
    """How far each read model has come."""

    def of(self, name: str) -> Standing: ...
    def fail(self, name: str, failure: Failure, *, at: datetime) -> None:
        """Marks a read model as stopped; what it has stays."""
        ...
