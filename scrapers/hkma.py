"""The source `hkma`: titles and days of the Hong Kong Monetary Authority's press releases, from its open interface, English and Chinese.

A witness: nearly all of them are issued at www.info.gov.hk too, with body and minute. Where the interface fails, the English feed still names
the newest ones. https://apidocs.hkma.gov.hk/documentation/press-releases/
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from milestones.domain.dates import Interval
from milestones.domain.documents import Document, Form
from milestones.domain.errors import WrongPage
from milestones.domain.watching import Habits, Shape
from milestones.services.ports import Answer, Link, Listed, Listing
from scrapers.addresses import resolved
from scrapers.json_answers import json_names, json_object
from scrapers.pages import clean
from scrapers.rss import feed_items, feed_names

_API = "https://api.hkma.gov.hk/public/press-releases"
_SITE = "www.hkma.gov.hk"
_RSS = {"en": f"https://{_SITE}/eng/other-information/rss/rss_press-release.xml"}
"""By language; the address of a Chinese feed was never seen."""

_LANGUAGES = {"en": "en", "zh": "tc"}
_PAGE = 100
_MOST = 5_000
_LATE = timedelta(days=7)
"""How far a question goes back behind the first day wanted: the interface may be filled late."""


@dataclass(frozen=True, slots=True)
class Hkma:
    """Implements the port `Source`. Its documents are whole in their listing: a title, a day, an address. The pages are not read."""

    name: str = "hkma"
    feeds: tuple[str, ...] = ("en", "zh")
    hosts: frozenset[str] = field(default=frozenset({"api.hkma.gov.hk", _SITE}))
    habits: Habits = field(default=Habits(fresh_within=5, empty_day="the newest releases of all, none of them in the window asked for"))

    def listings(self, feed: str, days: Sequence[date], now: datetime) -> Iterable[Listing]:  # noqa: ARG002 - the port's signature
        """One question for each month, newest first."""
        rss = Listing(url=_RSS[feed], feed=feed, days=None) if feed in _RSS else None
        for month in sorted({(d.year, d.month) for d in days}, reverse=True):
            wanted = [d for d in days if (d.year, d.month) == month]
            whole = Interval(min(wanted), max(wanted))
            yield Listing(url=_question(feed, whole.first - _LATE, whole.last), feed=feed, days=whole, instead=rss)

    def read_listing(self, listing: Listing, answer: Answer) -> Listed:
        if listing.days is None:
            return Listed(documents=tuple(_from_rss(answer.body, listing.feed, self.name)))
        asked = {name: values[0] for name, values in parse_qs(urlsplit(listing.url).query).items()}
        records, total = _records(answer.body)
        documents = _once(_document(r, listing.feed, self.name) for r in records)
        if records and not documents:
            raise WrongPage("no release of the answer has an address of the Authority's site: the interface has changed")
        first = listing.days.first - _LATE
        within = tuple(d for d in documents if d.day and first <= d.day <= listing.days.last)
        if "from" not in asked:
            if within:
                raise WrongPage("the interface answered that there are no releases in the window, and then gave one")
            return Listed()
        return Listed(documents=within, following=_following(listing, asked, len(records), total))

    def read_page(self, link: Link, answer: Answer) -> Document:  # noqa: ARG002 - the port's signature
        raise WrongPage("releases of the Authority are whole in their listing; their pages are not read")

    def read_saved(self, url: str, body: bytes) -> Document:
        records = self.read_records(url, body)
        if len(records) != 1:
            raise WrongPage(f"the answer holds {len(records)} releases, not one")
        return records[0]

    def read_records(self, url: str, body: bytes) -> list[Document]:  # noqa: ARG002 - an answer tells its own language
        """Every release of a saved answer of the interface, or of the feed; its language is that of its address."""
        if body.lstrip()[:1] == b"<":
            return _from_rss(body, None, self.name)
        found = _once(_document(r, None, self.name) for r in _records(body)[0])
        if not found:
            raise WrongPage("the answer holds no release of the Authority")
        return found

    def shape(self, answer: Answer) -> Shape:
        return Shape("feed", feed_names(answer.body)) if answer.url.endswith(".xml") else Shape("releases", json_names(answer.body))


def _question(feed: str, first: date, last: date, skipped: int = 0) -> str:
    window = {"choose": "date", "from": first.isoformat(), "to": last.isoformat()}
    return f"{_API}?{urlencode({'lang': _LANGUAGES[feed], **window, 'pagesize': _PAGE, 'offset': skipped})}"


def _newest(feed: str) -> str:
    return f"{_API}?{urlencode({'lang': _LANGUAGES[feed], 'sortby': 'date', 'sortorder': 'desc', 'pagesize': 20})}"


def _following(listing: Listing, asked: Mapping[str, str], got: int, total: int) -> Listing | None:
    """The next page; of an empty answer the newest releases of all, which must be of other days.

    That there is none at all is believed: no status rests on it, and the canary of freshness tells of it in time. `datasize` was seen
    described as the number of all records and as that of the page, so that a full page counts too.
    """
    skipped = int(asked.get("offset", "0"))
    done = skipped + got
    if not got and total > skipped:
        raise WrongPage(f"the interface counts {total} releases but gives none after the first {skipped}")
    if done > _MOST:
        raise WrongPage(f"the interface gives more than {_MOST} releases, more than a month can have")
    if not done:
        return replace(listing, url=_newest(listing.feed))
    if got and (got >= _PAGE or total > done):
        first, last = date.fromisoformat(asked["from"]), date.fromisoformat(asked["to"])
        return replace(listing, url=_question(listing.feed, first, last, done))
    return None


def _records(body: bytes) -> tuple[list[Any], int]:
    """The records of an answer and how many the interface counts. WrongPage where it says that it failed, or is built otherwise."""
    told = json_object(body)
    header, result = told.get("header"), told.get("result")
    if not isinstance(header, dict) or header.get("success") not in (True, "true"):
        said = clean(str(header.get("err_msg", "")))[:100] if isinstance(header, dict) else "no header"
        raise WrongPage(f"the interface says that it failed: {said}")
    records = result.get("records") if isinstance(result, dict) else None
    if not isinstance(result, dict) or not isinstance(records, list):
        raise WrongPage("the answer holds no list of records: the schema has changed")
    total = str(result.get("datasize", len(records)))
    if not total.isascii() or not total.isdigit():
        raise WrongPage(f"the answer counts {total[:20]!r} records, which is no number")
    return records, int(total[:9])


def _document(record: Any, feed: str | None, source: str) -> Document | None:
    """A release; None where its address is of somebody else, who publishes it too."""
    values = [record.get(name) for name in ("title", "link", "date")] if isinstance(record, dict) else []
    title, link, printed = (v if isinstance(v, str) else "" for v in (values or [None] * 3))
    if not clean(title) or not link.strip():
        raise WrongPage("a record has no title or no link: the schema has changed")
    try:
        day = date.fromisoformat(printed.strip())
    except ValueError:
        raise WrongPage(f"a record has {printed[:40]!r} for its date, which is no day") from None
    return _release(title, link, day, feed, source)


def _from_rss(body: bytes, feed: str | None, source: str) -> list[Document]:
    found = _once(_release(i.title, i.link, i.day, feed, source) for i in feed_items(body) if i.day and i.title)
    if not found:
        raise WrongPage("the feed has no item that is a release of the Authority")
    return found


def _once(documents: Iterable[Document | None]) -> list[Document]:
    """The first of each address."""
    found: dict[str, Document] = {}
    for document in documents:
        if document:
            found.setdefault(document.url, document)
    return list(found.values())


def _release(title: str, link: str, day: date, feed: str | None, source: str) -> Document | None:
    address = resolved(f"https://{_SITE}/", link, frozenset({_SITE}))
    if address is None:
        return None
    return Document(
        document_id=address,
        url=address,
        source=source,
        form=Form.PRESS_RELEASE,
        language=feed or ("zh" if urlsplit(address).path.startswith("/chi/") else "en"),
        headline=clean(title),
        paragraphs=(),
        day=day,
    )
