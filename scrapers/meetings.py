"""Agendas found through LegCo's schedule of meetings (ScheduleDB), whichever body meets.

Asked for are the meetings of the days wanted and the week after; the query goes back four months, so that it holds rows even in a recess.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from milestones.domain.dates import Interval
from milestones.domain.errors import WrongPage
from milestones.services.ports import Answer, Link, Listed, Listing
from scrapers.addresses import resolved
from scrapers.odata import day_of, from_day, is_evidence, query, read_rows, text_of
from scrapers.pages import clean

PAGES = frozenset({"www.legco.gov.hk", "legco.gov.hk"})
"""Hosts of agendas."""

IsWanted = Callable[[str], bool]
"""Whether the agenda of a meeting with this English subject is read."""

_PATH = "ScheduleDB/odata/Tmeeting"
_BACK = timedelta(days=120)
_AHEAD = timedelta(days=7)


def meeting_listing(feed: str, days: Sequence[date]) -> Listing:
    """One query for all the days."""
    first, last = min(days), max(days)
    window = f"start_date_time ge {from_day(first - _BACK)} and start_date_time le {from_day(_end(last))}"
    return Listing(url=query(_PATH, filter=window, orderby="start_date_time,slot_id"), feed=feed, days=Interval(first, last))


def read_meetings(listing: Listing, answer: Answer, is_wanted: IsWanted) -> Listed:
    """No meeting of any committee in four months is unlikely, so an empty answer must be borne out by the newest meetings before it."""
    got = read_rows(answer.body, listing.url)
    days = listing.days
    if days is None:
        raise WrongPage("the schedule is asked for days")
    found = [(day_of(row, "start_date_time"), row) for row in got.rows]
    if is_evidence(listing.url):
        if not found or any(day and day >= days.first - _BACK for day, _ in found):
            raise WrongPage("the schedule answered that there are no meetings in the window, and does not bear it out")
        return Listed()
    links: dict[str, Link] = {}
    for link in (link for day, row in found if day and days.first <= day < _end(days.last) for link in _links(row, day, listing, is_wanted)):
        links.setdefault(link.url, link)
    if got.following:
        # Rows come by day, so the rest tells of no day before the last one seen: if it cannot be read, those before are known all the same.
        seen = max((day for day, _ in found if day), default=days.first)
        rest = Interval(min(max(days.first, seen), days.last), days.last)
        return Listed(links=tuple(links.values()), following=Listing(url=got.following, feed=listing.feed, days=rest))
    evidence = None if got.count else Listing(url=_newest_until(days.last), feed=listing.feed, days=days)
    return Listed(links=tuple(links.values()), following=evidence)


def _links(row: Mapping[str, Any], day: date, listing: Listing, is_wanted: IsWanted) -> Iterator[Link]:
    """The agendas of a meeting, if it is wanted. One on a host unknown to us is no agenda to pass over in silence."""
    subject = clean(text_of(row, "subject_eng"))
    if not is_wanted(subject):
        return
    for href in (text_of(row, "agenda_url_eng").strip(), text_of(row, "agenda_url_chi").strip()):
        address = resolved(listing.url, href, PAGES)
        if href and not address:
            raise WrongPage(f"the schedule links an agenda at {href[:200]!r}, which this source does not ask")
        if href and address:
            yield Link(url=address, feed=listing.feed, day=day, headline=subject)


def _end(last: date) -> date:
    """The first day that is not asked for any more."""
    return last + _AHEAD + timedelta(days=1)


def _newest_until(last: date) -> str:
    return query(_PATH, filter=f"start_date_time le {from_day(_end(last))}", orderby="start_date_time desc", top="20")
