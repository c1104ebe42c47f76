"""The source `legco-schedule`: when the Council sits, and from when to when its terms and sessions last (LegCo's ScheduleDB).

Each answer is one document whose items are sittings, terms or sessions: the calendar that deadlines are measured by. Asked for are the years
of the days wanted and the year after the present one.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from milestones.domain.dates import Interval, hk_day
from milestones.domain.documents import Document, Form, Item
from milestones.domain.errors import WrongPage
from milestones.domain.sittings import SESSION, SITTING, TERM, span_text
from milestones.domain.watching import Habits, Shape
from milestones.services.ports import Answer, Link, Listed, Listing
from scrapers.odata import HOST, day_of, from_day, is_evidence, query, read_rows, text_of
from scrapers.pages import clean
from scrapers.shapes import json_shape

_FOLDER = "ScheduleDB/odata"
_SPANS = {"Tterm": TERM, "Tsession": SESSION}
_SET = re.compile(rf"/{_FOLDER}/(Tterm|Tsession|Tmeeting)(?:\?|#|$)")
_YEAR = re.compile(r"ge%20datetime%27(\d{4})-01-01T")
_NO_BUSINESS = re.compile(r"question time|question and answer|答問會|質詢時間", re.IGNORECASE)
"""Meetings at which the Chief Executive answers: no bill can move there."""


@dataclass(frozen=True, slots=True)
class LegcoSchedule:
    """Implements the port `Source`. Its documents are whole in their listing; there are no pages to read."""

    name: str = "legco-schedule"
    feeds: tuple[str, ...] = ("odata",)
    hosts: frozenset[str] = field(default=frozenset({HOST}))
    habits: Habits = field(default=Habits(fresh_within=None, empty_day="the schedule of its year, which has rows", fields={"items": 1.0}))

    def listings(self, feed: str, days: Sequence[date], now: datetime) -> Iterable[Listing]:
        """Terms and sessions, each year that is wanted, and the year ahead, which proves nothing about any day."""
        if not days:
            return
        for name in _SPANS:
            yield Listing(url=query(f"{_FOLDER}/{name}", orderby="start_date"), feed=feed, days=None)
        years = {d.year: Interval(min(e for e in days if e.year == d.year), max(e for e in days if e.year == d.year)) for d in days}
        for year in sorted({*years, hk_day(now).year + 1}, reverse=True):
            yield Listing(url=_question(year), feed=feed, days=years.get(year))

    def read_listing(self, listing: Listing, answer: Answer) -> Listed:
        """A year without a meeting says nothing, so that an answer that is empty by mistake wipes nothing out; one wanted must be borne out."""
        rows, asked = read_rows(answer.body, listing.url).rows, _YEAR.search(listing.url)
        if is_evidence(listing.url):
            if not rows or any((day_of(r, "start_date_time") or date.min) >= _first_day(listing) for r in rows):
                raise WrongPage("the schedule answered that there are no meetings in the year, and does not bear it out")
            return Listed()
        if not rows and asked:
            return Listed(following=replace(listing, url=_newest_until(int(asked[1]))) if listing.days else None)
        document = self.read_saved(listing.url, answer.body)
        return Listed(documents=(document,), total=len(document.items))

    def read_page(self, link: Link, answer: Answer) -> Document:  # noqa: ARG002 - the port's signature
        raise WrongPage("the schedule is whole in its listing; there is no page of it")

    def read_saved(self, url: str, body: bytes) -> Document:
        got = read_rows(body, url)
        if got.following:
            raise WrongPage(f"the schedule came in pieces: {len(got.rows)} of {got.count} rows")
        if not got.rows:
            raise WrongPage("the schedule is empty")
        name = _name(url, got.rows[0])
        items = _spans(got.rows, _SPANS[name]) if name in _SPANS else _sittings(got.rows)
        year = _YEAR.search(url)
        address = _address(name, int(year[1]) if year else None)
        return Document(
            document_id=address,
            url=address,
            source=self.name,
            form=Form.COUNCIL_SCHEDULE,
            language="en",
            headline=f"Schedule of the Legislative Council: {name[1:]}s{f' of {year[1]}' if year else ''}",
            paragraphs=(),
            items=tuple(dict.fromkeys(items)),
        )

    def shape(self, answer: Answer) -> Shape:
        found = _SET.search(answer.url)
        return json_shape(answer, found[1] if found else "ScheduleDB")


def schedule_addresses(today: date) -> list[str]:
    """The addresses of the documents that make up the calendar around a day."""
    return [*(_address(name, None) for name in _SPANS), *(_address("Tmeeting", year) for year in range(today.year - 1, today.year + 2))]


def _question(year: int) -> str:
    window = f"start_date_time ge {from_day(date(year, 1, 1))} and start_date_time lt {from_day(date(year + 1, 1, 1))}"
    return query(f"{_FOLDER}/Tmeeting", filter=window, orderby="start_date_time,slot_id")


def _newest_until(year: int) -> str:
    return query(f"{_FOLDER}/Tmeeting", filter=f"start_date_time lt {from_day(date(year + 1, 1, 1))}", orderby="start_date_time desc", top="20")


def _first_day(listing: Listing) -> date:
    if listing.days is None:
        raise WrongPage("only a year that is wanted is borne out")
    return date(listing.days.first.year, 1, 1)


def _address(name: str, year: int | None) -> str:
    return f"https://{HOST}/{_FOLDER}/{name}" + (f"#{year}" if year else "")


def _name(url: str, row: Mapping[str, Any]) -> str:
    """Which set the answer is of: by its address, or of a saved one by what only that set has."""
    if found := _SET.search(url):
        return found[1]
    for name, key in (("Tmeeting", "start_date_time"), ("Tsession", "session_id"), ("Tterm", "term")):
        if key in row:
            return name
    raise WrongPage("the rows are neither meetings nor terms nor sessions")


def _sittings(rows: Iterable[Mapping[str, Any]]) -> list[Item]:
    council = [r for r in rows if _is_sitting(clean(text_of(r, "subject_eng").partition("\n")[0]))]
    days = [day_of(row, "start_date_time") for row in council]
    if not all(days):
        raise WrongPage("a meeting of the Council has no day")
    return [Item(heading=SITTING, text=day.isoformat()) for day in days if day]


def _is_sitting(subject: str) -> bool:
    """By the first line of the subject; the second may say that the sitting follows upon a question time."""
    return subject.casefold().startswith("council meeting") and not _NO_BUSINESS.search(subject)


def _spans(rows: Iterable[Mapping[str, Any]], heading: str) -> list[Item]:
    """Terms or sessions; one whose end is not set yet is left out, for nothing can be measured by it."""
    found = [(day_of(row, "start_date"), day_of(row, "end_date")) for row in rows]
    if not any(last for _, last in found) or any(first is None or (last and last < first) for first, last in found):
        raise WrongPage(f"a {heading} does not say from when to when it lasts")
    return [Item(heading=heading, text=span_text(Interval(first, last))) for first, last in found if first and last]
