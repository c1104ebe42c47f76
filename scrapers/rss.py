"""RSS feeds: the items as printed. A feed that declares a document type, is cut, or is none at all, is refused."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree

import feedparser

from milestones.domain.dates import hk_day
from milestones.domain.errors import WrongPage
from scrapers.pages import clean, require_few_attributes, require_unbroken

_ELEMENT = re.compile(rb"<([A-Za-z][\w:.-]{0,40})[\s/>]")
_LARGEST = 5_000_000
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
    _require_plain(body)
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


def _require_plain(body: bytes) -> None:
    """WrongPage unless this is whole XML in UTF-8 without declarations: of anything else the library tries hard, and long, to make something."""
    if len(body) > _LARGEST:
        raise WrongPage(f"the feed has {len(body)} bytes, more than any real one")
    if _DECLARES.search(body):
        raise WrongPage("the feed declares a document type or entities, which RSS needs none of")
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise WrongPage("the feed is not in UTF-8") from None
    require_unbroken(text)
    require_few_attributes(text)
    try:
        root = ElementTree.fromstring(body)  # noqa: S314 - declarations, which all known attacks need, were refused above
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise WrongPage(f"this is no RSS feed, or a cut one: {error}") from None
    if root.tag != "rss":
        raise WrongPage(f"this is no RSS feed: it begins with {root.tag[:40]!r}")


def feed_names(body: bytes) -> frozenset[str]:
    """How a feed is built: the names of its elements."""
    return frozenset(name.decode() for name in _ELEMENT.findall(body))


def _day_of(published: str) -> date | None:
    try:
        moment = parsedate_to_datetime(published)
    except (ValueError, TypeError):
        return None
    return hk_day(moment) if moment.tzinfo else None
