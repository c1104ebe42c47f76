"""Reads a source: fetch, archive, parse, keep. The only use case that asks the network.

Which days to read comes from the coverage table, so an outage leaves no hole. A capture is archived before anything reads it. One page
that cannot be read is quarantined with its reason and leaves its day open; it never stops the rest.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from milestones.domain.coverage import CoverageRow
from milestones.domain.dates import days_between, end_of_hk_day, hk_day
from milestones.domain.errors import WrongPage
from milestones.services.asking import PATIENCE, Desk, IngestSummary, get, keep, quarantine
from milestones.services.ports import Captures, Link, Listed, Listing, Source

FIRST_DAYS = 7
"""How far a new ledger looks back where nobody says."""


def ingest(source: Source, desk: Desk, *, since: date, until: date | None = None, slice_of: int | None = None) -> IngestSummary:
    """Reads every day from `since` to `until` (default today) that is not closed yet, newest first, so that live reading never waits.

    `slice_of` ends the pass after so many requests; days not begun are counted in the summary.
    """
    summary = IngestSummary(source.name)
    today = hk_day(desk.clock())
    last = min(until or today, today)
    for feed in source.feeds:
        days = _open_days(source, feed, desk.captures, since, last)
        for listing in source.listings(feed, days, desk.clock()):
            if summary.silent >= PATIENCE or (slice_of is not None and summary.requests >= slice_of):
                summary.left += len(days_between(listing.days.first, listing.days.last)) if listing.days else 0
                continue
            desk.progress(f"{source.name} {feed}", summary.days_closed, len(days) * len(source.feeds))
            _read_listing(source, listing, desk, summary)
    return summary


def _open_days(source: Source, feed: str, captures: Captures, since: date, last: date) -> list[date]:
    rows = [r for r in captures.coverage() if (r.source, r.feed) == (source.name, feed)]
    closed = {r.day for r in rows if r.closed}
    first = min([since, *(r.day for r in rows)])
    return [d for d in reversed(days_between(first, last)) if d not in closed]


def _read_listing(source: Source, listing: Listing, desk: Desk, summary: IngestSummary) -> None:
    read: dict[date | None, int] = {}
    listed: dict[date | None, int] = {}
    begun_at, failures = desk.clock(), summary.failed
    for page, capture in _pages(source, listing, desk, summary):
        for document in page.documents:
            summary.documents += keep(document, capture, desk)
        for link in page.links:
            listed[link.day] = listed.get(link.day, 0) + 1
            read[link.day] = read.get(link.day, 0) + _read_link(source, link, desk, summary)
    if listing.days is None:
        return
    whole = summary.failed == failures
    for day in days_between(listing.days.first, listing.days.last):
        closed = whole and end_of_hk_day(day) <= begun_at
        row = CoverageRow(source=source.name, feed=listing.feed, day=day, listed=listed.get(day, 0), read=read.get(day, 0), closed=closed)
        desk.captures.add_coverage(row, checked_at=begun_at, run_id=desk.run_id)
        summary.days_closed += closed


def _pages(source: Source, listing: Listing, desk: Desk, summary: IngestSummary) -> Iterator[tuple[Listed, str]]:
    """The listing and the pages that follow it; ends early, with an error in the summary, where one cannot be read."""
    following: Listing | None = listing
    while following:
        got = get(source, following.url, desk, summary)
        if got is None:
            return
        answer, capture = got
        try:
            page = source.read_listing(following, answer)
        except WrongPage as error:
            quarantine(source, following.url, capture, "listing", error, desk, summary)
            return
        yield page, capture
        following = page.following


def _read_link(source: Source, link: Link, desk: Desk, summary: IngestSummary) -> bool:
    """Reads one document; whether it is known now. One about a day ahead may still change and is read again."""
    ahead = link.day is not None and link.day > hk_day(desk.clock())
    if desk.captures.has_document(link.url) and not ahead:
        return True
    got = get(source, link.url, desk, summary, announced=ahead)
    if got is None:
        return False
    answer, capture = got
    try:
        document = source.read_page(link, answer)
    except WrongPage as error:
        quarantine(source, link.url, capture, "page", error, desk, summary)
        return False
    summary.documents += keep(document, capture, desk)
    return True


def first_day(since: date | None, now: datetime) -> date:
    """The first day to read on a new ledger: the one that was asked for, else seven days back."""
    return since or hk_day(now) - timedelta(days=FIRST_DAYS)
