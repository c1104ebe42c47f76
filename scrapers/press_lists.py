"""The two lists of press releases: a day's index page, which is the truth for its day, and the RSS feed, which proves nothing but is early.

An index counts only if it names the day that was asked for and is whole; then an empty one is a real empty day.
"""

import re
from collections.abc import Iterable
from datetime import date

from bs4 import BeautifulSoup

from milestones.domain.errors import WrongPage
from milestones.services.ports import Link, Listed, Listing
from scrapers.pages import clean, decoded, is_whole, narrow, parsed
from scrapers.press_addresses import issue_day, release_address
from scrapers.rss import feed_items

_NUMERIC = re.compile(r"\b(\d{2})-(\d{2})-(\d{4})\b")
_CHINESE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")


def read_index(listing: Listing, body: bytes, headers: dict[str, str]) -> Listed:
    """The releases of one day, in the page's order, newest first."""
    text = decoded(body, headers)
    page = parsed(text)
    if listing.days is None or listing.days.first != listing.days.last:
        raise WrongPage("an index is the page of one day")
    if not is_whole(text):
        raise WrongPage("the index page does not end: it is cut")
    links = _links(page, listing)
    if not links and page.select("ul.list li, #prlist li, a[href*='/gia/general/'][href*='/P']"):
        raise WrongPage("the index page has rows, but none with the address of a release: the site has changed")
    day = _printed_day(page) or _common_day(links)
    if day != listing.days.first:
        raise WrongPage(f"the index page is dated {day or 'nowhere'}, not {listing.days.first}")
    of_day = tuple(link for link in links if issue_day(link.url) == day)  # so it was in all 5,793 rows of two years; others are navigation
    if links and not of_day:
        raise WrongPage(f"the index page lists releases, but none of {day}")
    return Listed(links=of_day, total=len(of_day))


def _links(page: BeautifulSoup, listing: Listing) -> tuple[Link, ...]:
    """Every release linked. Rows stood in `ul.list`, `ul#prlist` and elsewhere over the years, their addresses stayed."""
    day = listing.days.first if listing.days else None
    found: dict[str, Link] = {}
    for anchor in page.find_all("a", href=True):
        address = release_address(str(anchor["href"]), listing.url)
        headline = clean(anchor.get_text())
        if address and not (address in found and found[address].headline):
            found[address] = Link(url=address, feed=listing.feed, day=day, headline=headline)
    return _with_headlines(found.values())


def _with_headlines(links: Iterable[Link]) -> tuple[Link, ...]:
    """The links, if any has a headline: where none has, the list says them in another way than it did."""
    listed = tuple(links)
    if listed and not any(link.headline for link in listed):
        raise WrongPage("the list has addresses of releases, but no headlines: the site has changed")
    return listed


def _printed_day(page: BeautifulSoup) -> date | None:
    """The day that the page's banner names, or the page's title, or its text."""
    for element in [page.find(id="headerBanner"), page.title, page.body]:
        text = narrow(element.get_text(" ")) if element else ""
        if numeric := _NUMERIC.search(text):
            return _day(numeric[3], numeric[2], numeric[1])
        if chinese := _CHINESE.search(text):
            return _day(chinese[1], chinese[2], chinese[3])
    return None


def _common_day(links: tuple[Link, ...]) -> date | None:
    """The day of the folder that all releases of the page share: as good as a printed day where a layout prints none."""
    days = {issue_day(link.url) for link in links}
    return days.pop() if len(days) == 1 else None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def read_rss(listing: Listing, body: bytes) -> Listed:
    """The newest releases. The channel's own dates are wrong (Hong Kong time labelled GMT, a build date of 2016), so items count alone."""
    found: dict[str, Link] = {}
    for item in feed_items(body):
        address = release_address(item.link) or release_address(item.guid)
        if address:
            found.setdefault(address, Link(url=address, feed=listing.feed, day=item.day or issue_day(address), headline=item.title))
    if not found:
        raise WrongPage("the feed has no item that is a press release")
    return Listed(links=_with_headlines(found.values()))
