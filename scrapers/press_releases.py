"""The source `press-releases`: what the Government Information Services issue, in English and Chinese, at www.info.gov.hk.

Each day has one index page per language; today's newest releases are also read from the feed, which is quicker than the index.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from milestones.domain.dates import Interval, hk_day
from milestones.domain.documents import Document
from milestones.domain.watching import Habits, Shape
from milestones.services.ports import Answer, Link, Listed, Listing
from scrapers.press_addresses import HOST, index_address, rss_address
from scrapers.press_lists import read_index, read_rss
from scrapers.press_pages import SOURCE, read_release
from scrapers.shapes import html_shape


@dataclass(frozen=True, slots=True)
class PressReleases:
    """Implements the port `Source`."""

    name: str = SOURCE
    feeds: tuple[str, ...] = ("en", "zh")
    hosts: frozenset[str] = field(default=frozenset({HOST}))
    habits: Habits = field(
        default=Habits(
            decisive=True, fresh_within=1, empty_day="an index page of the day, whole, dated, and without any row", fields={"published_at": 1.0}
        )
    )

    def listings(self, feed: str, days: Sequence[date], now: datetime) -> Iterable[Listing]:
        """Today's RSS first, then one index a day, in the order asked for."""
        if hk_day(now) in days:
            yield Listing(url=rss_address(feed), feed=feed, days=None)
        for day in days:
            yield Listing(url=index_address(day, feed), feed=feed, days=Interval(day, day))

    def read_listing(self, listing: Listing, answer: Answer) -> Listed:
        if listing.days is None:
            return read_rss(listing, answer.body)
        return read_index(listing, answer.body, dict(answer.headers))

    def read_page(self, link: Link, answer: Answer) -> Document:
        return read_release(answer.body, dict(answer.headers), link.url)

    def read_saved(self, url: str, body: bytes) -> Document:
        return read_release(body, {}, url or None)

    def shape(self, answer: Answer) -> Shape:
        return html_shape(answer, "release" if "/P" in answer.url else "list")
