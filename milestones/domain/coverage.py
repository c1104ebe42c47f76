"""Which days of which source were read to the end: what "nothing found" rests on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from milestones.domain.dates import Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageRow:
    """One day of one feed of one source: how many documents its index listed, how many were read, and whether the day is closed.

    A day is closed when its index was read after the day was over and every document it lists has been read.
    """

    source: str
    feed: str
    day: date
    listed: int
    read: int
    closed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFacts:
    """How reading a source goes.

    `last_error` is what its newest fetch failed with, None where that went well; `backlog` counts documents kept but not yet read.
    `newest_at` is when its newest document appeared; `degraded_since` and `degraded_because` tell of an incident that has not ended.
    """

    source: str
    feeds: tuple[str, ...]
    last_good_read_at: datetime | None = None
    last_error: str | None = None
    backlog: int = 0
    newest_at: datetime | None = None
    degraded_since: datetime | None = None
    degraded_because: str | None = None

    @property
    def in_trouble(self) -> bool:
        """Whether it cannot be relied on now."""
        return bool(self.degraded_since or self.last_error)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The closed days of each source, all its feeds together."""

    closed: Mapping[str, frozenset[date]]

    @classmethod
    def of(cls, rows: Iterable[CoverageRow], feeds: Mapping[str, tuple[str, ...]]) -> "Coverage":
        """From the newest row of each (source, feed, day); `feeds` names the feeds that each source has."""
        days: dict[tuple[str, str], set[date]] = {}
        for row in rows:
            if row.closed:
                days.setdefault((row.source, row.feed), set()).add(row.day)
        return cls({s: frozenset(set.intersection(*(days.get((s, f), set()) for f in names))) for s, names in feeds.items()})

    def gaps(self, source: str, interval: Interval) -> list[Interval]:
        """The days of the interval that were not read, as runs."""
        closed, runs = self.closed.get(source, frozenset()), []
        day, start = interval.first, None
        while day <= interval.last:
            if day not in closed:
                start = start or day
            elif start:
                runs.append(Interval(start, day - timedelta(days=1)))
                start = None
            day += timedelta(days=1)
        return [*runs, Interval(start, interval.last)] if start else runs

    def unread(self, sources: Iterable[str], interval: Interval) -> tuple[str, ...]:
        """The sources among `sources` that were not read on every day of the interval, in name order."""
        return tuple(sorted(s for s in set(sources) if self.gaps(s, interval)))
