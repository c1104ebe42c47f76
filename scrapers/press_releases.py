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

_FEEDS = ("en", "zh")
_USUAL_ZH = ((17, 55), (19, 45), (20, 56), (25, 50), (25, 56), (11, 27), (11, 20))
"""Of each weekday's rows in the Chinese indexes of 187 days of 2012 and 2017, the lowest and the highest tenth left out."""

_USUAL_EN = tuple((least * 2 // 3, most) for least, most in _USUAL_ZH)
"""No English index was ever counted; up to a third of what is issued is in Chinese only, and a hundred English items are about five days."""

_HABITS = Habits(
    decisive=True,
    fresh_within=1,
    empty_day="an index page of the day, whole, dated, and without any row",
    volume={"en": _USUAL_EN, "zh": _USUAL_ZH},
    # Nine of ten Chinese releases have an English form; of English ones only speeches often have no Chinese form.
    fields={"published_at": 1.0, "paragraphs": 0.98, "twin_url": 0.6},
    changing=tuple(rss_address(feed) for feed in _FEEDS),
)


@dataclass(frozen=True, slots=True)
class PressReleases:
    """Implements the port `Source`."""

    name: str = SOURCE
    feeds: tuple[str, ...] = _FEEDS
    hosts: frozenset[str] = field(default=frozenset({HOST}))
    habits: Habits = field(default=_HABITS)

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
