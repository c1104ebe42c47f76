"""How reading each source goes, put together from the fetch log and the backlog of readings."""

from collections import Counter
from collections.abc import Mapping

from milestones.domain.coverage import SourceFacts
from milestones.services.ports import Captures, Readings

BACKLOG_LIMIT = 1000
"""A backlog is counted up to here: a larger one says the same, and counting means loading."""


def source_facts(feeds: Mapping[str, tuple[str, ...]], captures: Captures, readings: Readings, *, rules: str) -> list[SourceFacts]:
    """The facts of each source of `feeds`, in its order; `rules` is the version of detection that documents wait for."""
    good, errors = captures.last_good_reads(), captures.last_errors()
    waiting = Counter(s.document.source for s in readings.unread(rules, BACKLOG_LIMIT))
    return [
        SourceFacts(source=name, feeds=names, last_good_read_at=good.get(name), last_error=errors.get(name), backlog=waiting[name])
        for name, names in feeds.items()
    ]
