"""Hears what the lists of a source say while it is read, and counts afterwards whether as much is known.

Counted are what feeds name of days whose own list was read too, what lists count themselves (OData), and, of days that are over, what a
schedule names; and what the lists of one source name of another. Nothing is asked for again.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from urllib.parse import urlsplit

from milestones.domain.coverage import CoverageRow
from milestones.domain.documents import Document
from milestones.domain.watching import IN_ALL, Count, Habits, Shape
from milestones.services.ports import Answer, Captures, Link, Listed, Listing, Source

RECENT_DAYS = 7
"""Of how many days past feeds and lists are counted: what is older was counted when it was recent."""


@dataclass(frozen=True, slots=True)
class Overheard:
    """A Source that reads as the one it stands for, and keeps in `heard` what its lists said."""

    source: Source
    heard: list[tuple[Listing, Listed]] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.source.name

    @property
    def feeds(self) -> tuple[str, ...]:
        return self.source.feeds

    @property
    def hosts(self) -> frozenset[str]:
        return self.source.hosts

    @property
    def habits(self) -> Habits:
        return self.source.habits

    def listings(self, feed: str, days: Sequence[date], now: datetime) -> Iterable[Listing]:
        return self.source.listings(feed, days, now)

    def read_listing(self, listing: Listing, answer: Answer) -> Listed:
        listed = self.source.read_listing(listing, answer)
        self.heard.append((listing, listed))
        return listed

    def read_page(self, link: Link, answer: Answer) -> Document:
        return self.source.read_page(link, answer)

    def read_saved(self, url: str, body: bytes) -> Document:
        return self.source.read_saved(url, body)

    def shape(self, answer: Answer) -> Shape:
        return self.source.shape(answer)


def counts(overheard: Overheard, captures: Captures, *, today: date) -> list[Count]:
    """What was counted by others in this pass against what is known after it, of each day once."""
    heard = {listing.url: (listing, listed) for listing, listed in overheard.heard}  # a list that was asked twice said it last
    if overheard.habits.counts_for:
        named = {(link.feed, link.day, link.url or link.headline): link for _, listed in heard.values() for link in listed.named}
        return list(_of_another(overheard, list(named.values()), captures, today))
    rows = [r for r in captures.coverage() if r.source == overheard.name and r.closed and _is_recent(r.day, today)]
    sums: dict[tuple[str, date, str], tuple[int, int]] = {}
    for listing, listed in heard.values():
        found = _of_feed(listing, listed, rows) if listing.days is None else _of_list(listing, listed, captures, today)
        for day, by, theirs, ours in found:
            before = sums.get((listing.feed, day, by), (0, 0))
            sums[listing.feed, day, by] = (before[0] + theirs, before[1] + ours)
    return [
        Count(source=overheard.name, feed=feed, day=day, counted_by=by, theirs=theirs, ours=ours)
        for (feed, day, by), (theirs, ours) in sums.items()
        if theirs and _is_recent(day, today)
    ]


def _of_another(overheard: Overheard, named: Sequence[Link], captures: Captures, today: date) -> Iterator[Count]:
    """What is named of each day that the other source has read to the end, against what is known of it.

    Something named without an address may be anything that is known of its day and not named otherwise.
    """
    source = overheard.habits.counts_for or ""
    for row in captures.coverage():
        of_day = [link for link in named if (link.feed, link.day) == (row.feed, row.day)]
        if row.source == source and row.closed and of_day and _is_recent(row.day, today):
            addressed = [link for link in of_day if link.url]
            known = sum(captures.has_document(link.url) for link in addressed)
            others = min(len(of_day) - len(addressed), max(0, row.read - known))
            yield Count(source=source, feed=row.feed, day=row.day, counted_by=overheard.name, theirs=len(of_day), ours=known + others)


def _is_recent(day: date, today: date) -> bool:
    return 0 <= (today - day).days <= RECENT_DAYS


_Found = Iterator[tuple[date, str, int, int]]


def _of_feed(listing: Listing, listed: Listed, rows: Sequence[CoverageRow]) -> _Found:
    """Items by day against the day's own list. Today the feed may be quicker than the list; that is judged once the day is over."""
    for row in rows:
        if row.feed == listing.feed:
            yield row.day, "the feed", sum(link.day == row.day for link in listed.links), row.listed


def _of_list(listing: Listing, listed: Listed, captures: Captures, today: date) -> _Found:
    """Rows as the publisher counts them, on the day they were counted; or what a schedule names, on the day it is about."""
    rows = len(listed.documents)
    if listed.total is not None and (rows > 1 or rows == listed.total):  # one document of many rows counts its rows
        known = sum(captures.has_document(d.url) for d in listed.documents)
        skipped = "skip=" in listing.url  # the count of all pages stands on each of them
        yield today, urlsplit(listing.url).path.rpartition("/")[2] + IN_ALL, 0 if skipped else listed.total, known
    elif listed.total is None:
        for link in listed.links:
            if link.day and link.day < today:
                yield link.day, "the schedule", 1, captures.has_document(link.url)
