"""What a commitment's page reads of the ledger: the newest records of one commitment, as known at an instant."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from milestones.domain.events import Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class Rested:
    """What an event rests on: the capture of its document in the archive, and when that was first read."""

    capture: str
    seen_at: datetime


class Records(Protocol):
    """Narrow questions of one commitment's page."""

    def of_commitment(self, commitment: str, *, known_at: datetime | None, before: int | None, limit: int) -> Sequence[Recorded]:
        """The newest `limit` events of the commitment (of those before a position), and all others of the same claims, in ledger order.

        Only what was recorded by `known_at`, or everything.
        """
        ...

    def first_recorded_at(self) -> datetime | None:
        """When the first event of the ledger was recorded; None while it is empty."""
        ...

    def rests_on(self, documents: Collection[str]) -> Mapping[str, Rested]:
        """What documents, by digest, rest on."""
        ...

    def revisions(self, commitments: Collection[str]) -> Sequence[Recorded]:
        """The current events that give targets of these commitments a later official deadline, in ledger order."""
        ...

    def standing(self, commitment: str, *, on: date, known_at: datetime) -> Mapping[str, Mapping[str, Any]]:
        """By target, its status on a day as known at an instant: what `StatusIntervals.as_of` tells of one commitment."""
        ...
