"""The source `legco-bills`: one record per bill from LegCo's bills database, with the days of its stages as they become known.

Read is every bill with a stage from two years before the first day asked for, since a bill of this term moves until it is passed.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from milestones.domain.dates import Interval, add_months
from milestones.domain.documents import Document, Form, Item
from milestones.domain.errors import WrongPage
from milestones.domain.watching import Habits, Shape
from milestones.services.ports import Answer, Link, Listed, Listing
from scrapers.legco_bill_fields import ADDRESSES, BILL_TEXT, DAYS, KEY, TEXTS, TITLES
from scrapers.odata import HOST, day_of, from_day, query, read_rows, text_of
from scrapers.pages import clean
from scrapers.shapes import json_shape

_PATH = "BillsDB/odata/Vbills"
_ADDRESS = f"https://{HOST}/{_PATH}"
_MONTHS_BACK = 24
_STAGES = ("bill_gazette_date", "first_reading_date", "second_reading_date", "third_reading_date", "ordinance_gazette_date")
"""Asked for one after the other, plain comparisons being all that was seen to work: rows lack days that have passed, and one would miss bills."""

_MARKUP = re.compile(r"<[^<>]{0,2000}>")


@dataclass(frozen=True, slots=True)
class LegcoBills:
    """Implements the port `Source`. Its documents are whole in their listing; there are no pages to read."""

    name: str = "legco-bills"
    feeds: tuple[str, ...] = ("odata",)
    hosts: frozenset[str] = field(default=frozenset({HOST}))
    habits: Habits = field(
        default=Habits(
            decisive=True,
            fresh_within=10,
            quiet_in_recess=True,
            empty_day="the newest bills of all, none of them in the window asked for",
            fields={"items": 1.0, "day": 0.9, "paragraphs": 0.9, "attachments": 0.8},
        )
    )

    def listings(self, feed: str, days: Sequence[date], now: datetime) -> Iterable[Listing]:  # noqa: ARG002 - the port's signature
        """One question for all the days: a record tells the present state of a bill, not a day's news."""
        if days:
            whole = Interval(min(days), max(days))
            yield Listing(url=_question(_STAGES[0], _earliest(whole.first)), feed=feed, days=whole)

    def read_listing(self, listing: Listing, answer: Answer) -> Listed:
        """One stage after the other. No bill gazetted in two years never happened, so that must be borne out by the newest bills of all."""
        got, earliest = read_rows(answer.body, listing.url), _earliest(listing.days.first if listing.days else date.min)
        stage = _stage(listing.url)
        if stage is None and any((day_of(r, _STAGES[0]) or date.min) >= earliest for r in got.rows):
            raise WrongPage("the database answered that there are no bills in the window, and then gave one")
        if stage is None and not got.rows:
            raise WrongPage("the database answers that there are no bills at all")
        following = got.following or _next_question(stage, earliest, empty=not got.count)
        return Listed(
            documents=tuple(_record(row, self.name) for row in got.rows),
            following=Listing(url=following, feed=listing.feed, days=listing.days) if following else None,
            total=None if stage is None else got.count,
        )

    def read_page(self, link: Link, answer: Answer) -> Document:  # noqa: ARG002 - the port's signature
        raise WrongPage("bills are whole in their listing; there is no page of one")

    def read_saved(self, url: str, body: bytes) -> Document:
        records = self.read_records(url, body)
        if len(records) != 1:
            raise WrongPage(f"the answer holds {len(records)} bills, not one")
        return records[0]

    def shape(self, answer: Answer) -> Shape:
        return json_shape(answer, "Vbills")

    def read_records(self, url: str, body: bytes) -> list[Document]:
        """Every bill of a saved answer."""
        rows = read_rows(body, url).rows
        if not rows:
            raise WrongPage("the answer holds no bill")
        return [_record(row, self.name) for row in rows]


def _question(stage: str, earliest: date) -> str:
    return query(_PATH, filter=f"{stage} ge {from_day(earliest)}", orderby="internal_key")


def _stage(url: str) -> str | None:
    """Which stage a question asks for; None where it asks for the newest bills of all."""
    return next((s for s in _STAGES if f"={s}%20ge%20" in url), None)


def _next_question(stage: str | None, earliest: date, *, empty: bool) -> str | None:
    if stage == _STAGES[0] and empty:
        return query(_PATH, orderby="internal_key desc", top="20")
    following = _STAGES[(_STAGES.index(stage) if stage else 0) + 1 :]
    return _question(following[0], earliest) if following else None


def _earliest(first: date) -> date:
    """Two years before the month of a day."""
    return add_months(first.replace(day=1), -_MONTHS_BACK)


def _record(row: Mapping[str, Any], source: str) -> Document:
    """A bill as a document. What the database tells beside the days is kept with them, in the order of its fields."""
    key, titles = text_of(row, KEY).strip(), [clean(text_of(row, n)) for n in TITLES]
    if not key or not any(titles):
        raise WrongPage("a row has no key or no title: the schema has changed")
    if gone := [n for n in (*DAYS, *TEXTS, *ADDRESSES) if n not in row]:
        raise WrongPage(f"a row has no {', '.join(gone[:5])}: the schema has changed")
    days = {n: day_of(row, n) for n in row if n in DAYS}
    words = {n: clean(_MARKUP.sub(" ", text_of(row, n))) for n in row if n in TEXTS}
    told = {n: day.isoformat() for n, day in days.items() if day} | {n: text for n, text in words.items() if text}
    links = dict.fromkeys(address for n in ADDRESSES if (address := _address(row, n)))
    address = f"{_ADDRESS}#{key}"
    return Document(
        document_id=address,
        url=_address(row, BILL_TEXT) or address,
        source=source,
        form=Form.BILL_RECORD,
        language="en",
        headline=titles[0] or titles[1],
        paragraphs=tuple(t for t in titles[1:] if t),
        items=tuple(Item(heading=n, text=text) for n, text in told.items()),
        day=days.get(_STAGES[0]),
        attachments=tuple(links),
    )


def _address(row: Mapping[str, Any], name: str) -> str | None:
    """An address of the row, if people can follow it."""
    url = text_of(row, name).strip() if name in row else ""
    return url if url.startswith("https://") and not re.search(r"[\s<>\"']", url) else None
