"""How reading each source goes, put together from the fetch log, the backlog of readings and the ledger."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from milestones.domain.coverage import SourceFacts
from milestones.domain.dates import end_of_hk_day, hk_day
from milestones.services.ports import Captures, Readings, Seen

BACKLOG_LIMIT = 1000
"""A backlog is counted up to here: a larger one says the same, and counting means loading."""


def source_facts(feeds: Mapping[str, tuple[str, ...]], captures: Captures, readings: Readings, seen: Seen, *, now: datetime) -> list[SourceFacts]:
    """The facts of each source of `feeds`, in its order; `now` counts to the end of its Hong Kong day, so that they can be made anew."""
    good, errors = captures.last_good_reads(), captures.last_errors()
    waiting = Counter(s.document.source for s in readings.unread(None, BACKLOG_LIMIT))
    incidents = {name: seen.incident(name)[0] for name in feeds}
    return [
        SourceFacts(
            source=name,
            feeds=names,
            last_good_read_at=good.get(name),
            last_error=errors.get(name),
            backlog=waiting[name],
            newest_at=seen.newest_at(name, until=end_of_hk_day(hk_day(now))),
            degraded_since=incident.since if incident else None,
            degraded_because=incident.reason if incident else None,
        )
        for (name, names), incident in zip(feeds.items(), incidents.values(), strict=True)
    ]
