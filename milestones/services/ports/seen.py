"""What was seen of a source: what its canaries ask of all that is kept."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Protocol

from milestones.domain.documents import Document
from milestones.domain.watching import Incident, Pass


class Seen(Protocol):
    """What is kept of a source's answers and documents, as far as its canaries ask."""

    def passes(self, source: str, limit: int) -> list[Pass]:
        """The newest passes over a source, newest first."""
        ...

    def read_between(self, source: str) -> tuple[datetime, datetime] | None:
        """When an answer of the source was first and last read; None where none ever was."""
        ...

    def newest_at(self, source: str, *, until: datetime) -> datetime | None:
        """When the newest document was published, or, where its publisher states no time, seen first."""
        ...

    def documents(self, source: str, limit: int) -> list[Document]:
        """The documents read last, newest first."""
        ...

    def unreadable(self, source: str, limit: int) -> int:
        """How many of the answers that came last are no page they should be."""
        ...

    def answers(self, source: str, limit: int) -> list[tuple[str, datetime]]:
        """Digest and time of the captures that came last, newest first."""
        ...

    def same_since(self, url: str) -> tuple[datetime, datetime] | None:
        """When the newest bytes of an address were seen first without other bytes since, and when it was asked last."""
        ...

    def listed(self, source: str, feed: str, *, since: date) -> Mapping[date, int]:
        """By day that is over, how many documents its list names."""
        ...

    def incident(self, source: str) -> tuple[Incident | None, int]:
        """What degrades the source now, by the newest event about it, and the version of its stream (0 before its first event)."""
        ...
