"""Rows of `read_source`: what was read of each feed, and what was not.

A gap is a run of days, from the first promise to the day before the row's day, that were not read to the end.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from milestones.domain.coverage import Coverage, CoverageRow, SourceFacts
from milestones.domain.dates import Interval
from milestones.domain.status import CommitmentStatus, open_commitments_on
from milestones.projections.rows import Row, instant, iso


def source_rows(
    sources: Sequence[SourceFacts], coverage: Iterable[CoverageRow], statuses: Sequence[CommitmentStatus], *, promised_on: date, on: date
) -> list[Row]:
    """One row a feed of a source, in the order of the sources."""
    by_feed: dict[tuple[str, str], list[CoverageRow]] = {}
    for row in coverage:
        by_feed.setdefault((row.source, row.feed), []).append(row)
    return [
        {
            **_source_row(facts, feed, by_feed.get((facts.source, feed), []), promised_on, on),
            "newest_document_at": instant(facts.newest_at),
            "degraded_since": instant(facts.degraded_since),
            "degraded_because": facts.degraded_because,
            "affected_commitments": ", ".join(open_commitments_on(statuses, facts.source)) if facts.in_trouble else None,
        }
        for facts in sources
        for feed in facts.feeds
    ]


def _source_row(facts: SourceFacts, feed: str, rows: Sequence[CoverageRow], promised_on: date, on: date) -> Row:
    closed = sorted(r.day for r in rows if r.closed)
    gaps = _gaps(rows, promised_on, on - timedelta(days=1))
    return {
        "source": facts.source,
        "feed": feed,
        "last_good_read_at": instant(facts.last_good_read_at),
        "last_error": facts.last_error,
        "backlog": facts.backlog,
        "days_closed": len(closed),
        "first_closed_on": iso(closed[0]) if closed else None,
        "last_closed_on": iso(closed[-1]) if closed else None,
        "documents_listed": sum(r.listed for r in rows),
        "documents_read": sum(r.read for r in rows),
        "open_gaps": len(gaps),
        "gap_days": sum((g.last - g.first).days + 1 for g in gaps),
        "first_gap_on": iso(gaps[0].first) if gaps else None,
        "last_gap_on": iso(gaps[-1].last) if gaps else None,
    }


def _gaps(rows: Iterable[CoverageRow], first: date, last: date) -> list[Interval]:
    if last < first:
        return []
    return Coverage({"": frozenset(r.day for r in rows if r.closed)}).gaps("", Interval(first, last))
