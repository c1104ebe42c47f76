"""Reads a source: fetch, archive, parse, keep. The only use case that asks the network.

Which days to read comes from what was read before, so an outage leaves no hole. Live reading comes first, then pages to read again, then
the past: its lists, newest first, and what they name, in the order that answers soonest. Whatever a list names is kept, so that nothing
is forgotten; a page that cannot be read is quarantined with its reason and leaves its day open; it never stops the rest.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import partial

from milestones.domain.coverage import CoverageRow
from milestones.domain.dates import days_between, end_of_hk_day, hk_day
from milestones.domain.errors import Missing, SourceError
from milestones.services.asking import PATIENCE, Desk, IngestSummary, get, give_up_if_gone, keep, opened
from milestones.services.history import Days, IsNamed, days_to_read, in_order, is_live
from milestones.services.ports import Link, Listed, Listing, Source
from milestones.services.rereading import reread

FIRST_DAYS = 7
"""How far a new ledger looks back where nobody says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pass:
    """One pass: `listed` counts by feed and day what the lists name that were asked for in it; `settled` are addresses not asked any more."""

    source: Source
    desk: Desk
    summary: IngestSummary
    days: Days
    slice_of: int | None
    settled: set[str]
    listed: dict[tuple[str, date], int] = field(default_factory=dict)

    @property
    def is_over(self) -> bool:
        """Whether nothing of the past is to be asked for any more in this pass."""
        return self.summary.silent >= PATIENCE or (self.slice_of is not None and self.summary.requests >= self.slice_of)


def ingest(
    source: Source, desk: Desk, *, since: date, until: date | None = None, slice_of: int | None = None, is_named: IsNamed = lambda _: False
) -> IngestSummary:
    """Reads what is open of the days from `since` (see `days_to_read`) and the pages that are to be read again.

    `slice_of` ends reading the past after so many requests; what is left is counted in the summary. `is_named` tells headlines to read first.
    """
    now, summary = desk.clock(), IngestSummary(source.name)
    days = days_to_read(source, desk.captures, desk.backlog, since=since, until=until, now=now)
    gone = desk.backlog.gone(source.name, since=days.first, until=days.last)
    this = _Pass(source=source, desk=desk, summary=summary, days=days, slice_of=slice_of, settled={link.url for link in gone})
    listings = days.listings(source, now)
    live = [x for x in listings if is_live(x.days.last if x.days else None, now)]
    for listing in live:
        _read_links(this, [link for link in _read_list(this, listing) if is_live(link.day, now)])
    reread(source, desk, summary)
    _read_lists(this, [x for x in listings if x not in live])
    _read_backlog(this, is_named)
    _cover(this)
    return summary


def first_day(since: date | None, now: datetime) -> date:
    """The first day to read on a new ledger: the one that was asked for, else seven days back."""
    return since or hk_day(now) - timedelta(days=FIRST_DAYS)


def _read_lists(this: _Pass, listings: Sequence[Listing]) -> None:
    """The lists of the past."""
    for done, listing in enumerate(listings):
        if this.is_over:
            this.summary.left += sum(len(days_between(x.days.first, x.days.last)) for x in listings[done:] if x.days)
            return
        this.desk.progress(f"{this.source.name}: lists", done, len(listings))
        _read_list(this, listing)


def _read_backlog(this: _Pass, is_named: IsNamed) -> None:
    """What lists named and nobody has read yet."""
    unread = this.desk.backlog.unread(this.source.name, since=this.days.first, until=this.days.last)
    links = in_order((link for link in unread if link.url not in this.settled), is_named)
    for done, link in enumerate(links):
        if this.is_over:
            this.summary.left += len({(x.feed, x.day) for x in links[done:]})
            return
        this.desk.progress(f"{this.source.name}: documents", done, len(links))
        _read_links(this, [link])


def _read_list(this: _Pass, listing: Listing) -> Iterable[Link]:
    """Keeps what a list and the pages that follow it name, and closes the days that are over and that it is whole for; its links."""
    begun_at, links, unsure = this.desk.clock(), dict[str, Link](), None
    following: Listing | None = listing
    while following:
        page = _page(this, following)
        if page is None:
            unsure, following = unsure or following.days, following.instead
            continue
        named = [replace(link, day=link.day or hk_day(begun_at)) for link in page.links]
        this.desk.backlog.add(this.source.name, named, listed_at=begun_at, run_id=this.desk.run_id)
        links |= {link.url: link for link in named}
        following = page.following
    counts = Counter(link.day for link in links.values())
    for day in days_between(listing.days.first, listing.days.last) if listing.days else ():
        this.listed[listing.feed, day] = counts[day]
        if end_of_hk_day(day) <= begun_at and not (unsure and unsure.first <= day <= unsure.last):
            this.desk.backlog.close_list(this.source.name, listing.feed, day, listed=counts[day], listed_at=begun_at, run_id=this.desk.run_id)
    return links.values()


def _page(this: _Pass, listing: Listing) -> Listed | None:
    """One page of a list, its documents kept; None, with the error in the summary, where it cannot be read."""
    source, desk, summary = this.source, this.desk, this.summary
    got = get(source, listing.url, desk, summary, conditional=True)
    if isinstance(got, Missing) and not source.habits.decisive:
        summary.absent.append(listing.url)
        return None
    if isinstance(got, SourceError):
        summary.errors.append(f"{listing.url}: {got}")
        return None
    if got is None:
        return None
    page = opened(source, listing.url, "listing", got, partial(source.read_listing, listing), desk, summary)
    for document in page.documents if page else ():
        summary.documents += keep(document, got.capture, desk)
    return page


def _read_links(this: _Pass, links: Iterable[Link]) -> None:
    """Documents that are not known yet. One about a day ahead may still be missing, and may still change and is read again."""
    source, desk, summary = this.source, this.desk, this.summary
    for link in links:
        ahead = link.day is not None and link.day > hk_day(desk.clock())
        if link.url in this.settled or (desk.captures.has_document(link.url) and not ahead):
            continue
        this.settled.add(link.url)
        got = get(source, link.url, desk, summary, conditional=ahead)
        if isinstance(got, SourceError):
            if not (ahead and isinstance(got, Missing)):
                give_up_if_gone(source, link.url, got, desk, summary)
        elif got is not None:
            document = opened(source, link.url, "page", got, partial(source.read_page, link), desk, summary)
            summary.documents += document is not None and keep(document, got.capture, desk)


def _cover(this: _Pass) -> None:
    """Records how much of each day whose list is known was read. A day is closed when its list is and nothing that it names is unread.

    What is gone from the site was not read, and holds no day open: a closed day with fewer read than listed says so.
    """
    name, captures, backlog, now = this.source.name, this.desk.captures, this.desk.backlog, this.desk.clock()
    first, last = this.days.first, this.days.last
    before = {(row.feed, row.day): row for row in captures.coverage() if row.source == name}
    unread = Counter((link.feed, link.day) for link in backlog.unread(name, since=first, until=last))
    gone = Counter((link.feed, link.day) for link in backlog.gone(name, since=first, until=last))
    for feed in this.source.feeds:
        lists = backlog.closed_lists(name, feed)
        for day in days_between(first, last):
            key, known = (feed, day), before.get((feed, day))
            listed = this.listed.get(key, lists.get(day))
            if listed is None or (known and known.closed):
                continue
            read = max(0, listed - unread[key] - gone[key])
            row = CoverageRow(source=name, feed=feed, day=day, listed=listed, read=read, closed=day in lists and not unread[key])
            if row != known or is_live(day, now):
                captures.add_coverage(row, checked_at=now, run_id=this.desk.run_id)
            this.summary.days_closed += row.closed
