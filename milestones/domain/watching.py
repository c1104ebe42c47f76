"""What a source knows about itself, and what a look at it found: by these a source that has gone blind or changed is noticed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class Canary(StrEnum):
    """What a check of a source looks at.

    `frozen`: a page that should change answers the same bytes. `fields`: documents lack what they always had. `volume`: more or fewer
    documents than on such a weekday. `structure`: pages are built as none before. `freshness`: nothing new, or nothing readable, for too
    long. `completeness`: another count of the same documents differs.
    """

    FROZEN = "frozen"
    FIELDS = "fields"
    VOLUME = "volume"
    STRUCTURE = "structure"
    FRESHNESS = "freshness"
    COMPLETENESS = "completeness"


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """How a source usually behaves.

    `decisive`: what "nothing found" rests on; all other sources only bear witness. `fresh_within`: Hong Kong working days in which something
    new appears, None for a source without documents of its own; `quiet_in_recess`: none need appear while the Legislative Council does not
    meet. `volume`: by feed, the least and the most documents usual on each weekday, Monday first; feeds without an entry are not counted.
    `fields`: by attribute of Document, the least share (0 to 1) of its documents that have it. `empty_day`: what proves that a day without
    documents is one, in words. `changing`: addresses that answer other bytes on every working day. `counts_for`: the source whose documents
    its lists name, to be counted.
    """

    fresh_within: int | None
    empty_day: str
    decisive: bool = False
    quiet_in_recess: bool = False
    volume: Mapping[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    fields: Mapping[str, float] = field(default_factory=dict)
    changing: tuple[str, ...] = ()
    counts_for: str | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """How a page is built: the name of its layout, and the features (elements with their ids and classes, headings, field names) it shows."""

    layout: str
    features: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What one canary said of one source; `detail` is one line for people, whether it passed or not."""

    source: str
    canary: Canary
    passed: bool
    detail: str
    checked_at: datetime


IN_ALL = " in all"
"""What the name of a counter ends with that counts all there is on the day of asking, and not the documents of a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many documents of a day somebody else counts, and how many we know: `theirs` by `counted_by` (a feed, a total, another source)."""

    source: str
    feed: str
    day: date
    counted_by: str
    theirs: int
    ours: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """One run's reading of a source: how many addresses were asked, how many answers could be read, and what the last one failed with.

    `missing` are those of which the publisher says that there are no such pages.
    """

    asked: int
    readable: int
    missing: int = 0
    ended_at: datetime
    error: str | None = None

    @property
    def blind(self) -> bool:
        """Whether nothing of what was asked for could be read."""
        return self.asked > 0 and self.readable == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """A source that is degraded: which canary said so, since when, why, and the name of the ledger's event."""

    source: str
    canary: Canary
    since: datetime
    reason: str
    event_id: UUID
