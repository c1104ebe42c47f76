"""RSS feeds: the items as printed. A feed that declares a document type, is cut, or is none at all, is refused."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate_to_datetime

import feedparser

from milestones.domain.dates import hk_day
from milestones.domain.errors import WrongPage
from scrapers.pages import clean, require_unbroken

_ELEMENT = re.compile(rb"<([A-Za-z][\w:.-]{0,40})[\s/>]")
_DECLARES = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One item; `day` is the Hong Kong day of its own time, None where it gives none that can be read."""

    title: str
    link: str
    guid: str
    day: date | None


def feed_items(body: bytes) -> Iterator[FeedItem]:
    """The items in the order of the feed. WrongPage where this is no whole RSS feed."""
    if _DECLARES.search(body):
        raise WrongPage("the feed declares a document type or entities, which RSS needs none of")
    require_unbroken(body.decode("utf-8", "ignore"))
    feed = feedparser.parse(body, sanitize_html=False, resolve_relative_uris=False)
    if feed.bozo or not str(feed.get("version", "")).startswith("rss"):
        raise WrongPage("this is no RSS feed, or a cut one")
    for entry in feed.entries:
        yield FeedItem(
            title=clean(str(entry.get("title", ""))),
            link=str(entry.get("link", "")),
            guid=str(entry.get("id", "")),
            day=_day_of(str(entry.get("published", ""))),
        )


def feed_names(body: bytes) -> frozenset[str]:
    """How a feed is built: the names of its elements."""
    return frozenset(name.decode() for name in _ELEMENT.findall(body))


def _day_of(published: str) -> date | None:
    try:
        moment = parsedate_to_datetime(published)
    except (ValueError, TypeError):
        return None
    return hk_day(moment) if moment.tzinfo else None
