"""The source `press-counts`: which press releases data.gov.hk's search names, so that somebody else counts what `press-releases` reads.

The search finds only releases that concern a principal official, so it is a lower bound: what it names must be known, and more may be. The
form of its answers was never seen; three are read, any other is refused and kept. https://data.gov.hk/en-data/dataset/hk-dpo-datagovhk1-pressrelease-search
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from milestones.domain.dates import Interval, hk_day
from milestones.domain.documents import Document
from milestones.domain.errors import WrongPage
from milestones.domain.watching import Habits, Shape
from milestones.services.ports import Answer, Link, Listed, Listing
from scrapers.json_answers import json_names, json_of
from scrapers.pages import clean
from scrapers.press_addresses import issue_day, release_address
from scrapers.press_pages import SOURCE

_HOST = "api.data.gov.hk"
_OFFICES = ("CE", "CS", "FS", "SJ", "SCS", "SCST", "SCED", "SCMA", "SDEV", "SED", "SEE", "SFST", "SH", "SHH", "SHYA", "SLW", "SS", "STL")
"""Whom a release may concern; the search demands one of them. An office for innovation was never seen among them."""

_LANGUAGES = {"en": "en", "zh": "tc"}
_WEEK = timedelta(days=7)
_LISTS = ("results", "pressReleases")
_ADDRESSES, _DAYS = ("url", "link"), ("date", "publishDate", "publishedDate")
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class PressCounts:
    """Implements the port `Source`. It has no documents of its own; what its lists name is counted."""

    name: str = "press-counts"
    feeds: tuple[str, ...] = ("en", "zh")
    hosts: frozenset[str] = field(default=frozenset({_HOST}))
    habits: Habits = field(default=Habits(fresh_within=None, counts_for=SOURCE, empty_day="nothing: the search is a lower bound"))

    def listings(self, feed: str, days: Sequence[date], now: datetime) -> Iterable[Listing]:
        """The week that ends today, office by office, whichever of its days are wanted; older days were counted when they were recent."""
        today = hk_day(now)
        recent = [d for d in days if today - _WEEK <= d <= today]
        if recent:
            yield Listing(url=_question(_OFFICES[0], feed, today), feed=feed, days=Interval(min(recent), max(recent)))

    def read_listing(self, listing: Listing, answer: Answer) -> Listed:
        asked = {name: values[0] for name, values in parse_qs(urlsplit(listing.url).query).items()}
        last = date.fromisoformat(asked["endDate"])
        named = [_named(item, listing.feed) for item in _items(answer.body)]
        office = _OFFICES.index(asked["official"]) + 1
        return Listed(
            named=tuple(link for link in named if link.day and last - _WEEK <= link.day <= last),
            following=replace(listing, url=_question(_OFFICES[office], listing.feed, last)) if office < len(_OFFICES) else None,
        )

    def read_page(self, link: Link, answer: Answer) -> Document:  # noqa: ARG002 - the port's signature
        raise WrongPage("the search is there to be counted; what it names is read at its publisher")

    def read_saved(self, url: str, body: bytes) -> Document:  # noqa: ARG002 - the port's signature
        raise WrongPage("an answer of the search is no document")

    def shape(self, answer: Answer) -> Shape:
        return Shape("search", json_names(answer.body))


def _question(office: str, feed: str, last: date) -> str:
    window = {"startDate": (last - _WEEK).isoformat(), "endDate": last.isoformat()}
    return f"https://{_HOST}/v1/pressrelease/search?{urlencode({'official': office, 'lang': _LANGUAGES[feed], **window})}"


def _items(body: bytes) -> list[Any]:
    """What the answer lists. WrongPage, with the names of its fields, where it is none of the forms that are known."""
    told = json_of(body)
    if isinstance(told, list):
        return told
    found = next((told[name] for name in _LISTS if isinstance(told.get(name), list)), None) if isinstance(told, dict) else None
    if found is None:
        names = ", ".join(sorted(told)[:8]) if isinstance(told, dict) else type(told).__name__
        raise WrongPage(f"the answer is no list of releases in a form that is known; it has: {clean(names)[:200]}")
    return list(found)


def _named(item: Any, feed: str) -> Link:
    """A release as it is named, on the day of its address, else the day given; its address is empty where none is given."""
    texts = {name: value for name, value in item.items() if isinstance(value, str)} if isinstance(item, dict) else {}
    headline = clean(texts.get("title", ""))
    printed = next((texts[name] for name in _DAYS if texts.get(name)), "")
    address = next((found for name in _ADDRESSES if (found := release_address(texts.get(name, "")))), "")
    day = issue_day(address) if address else _day(printed)
    if not headline or day is None:
        raise WrongPage(f"an item has no title or no day that can be read; it has: {clean(', '.join(sorted(texts)[:8]))[:200]}")
    return Link(url=address, feed=feed, day=day, headline=headline)


def _day(printed: str) -> date | None:
    found = _ISO_DAY.match(printed.strip())
    try:
        return date.fromisoformat(found[0]) if found else None
    except ValueError:
        return None
