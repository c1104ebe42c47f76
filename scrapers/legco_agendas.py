"""The source `legco-agendas`: agendas of Council meetings, found through LegCo's schedule. A listing is a plan, never proof that it happened.

Asked for are the meetings of the days wanted and the week after; the query goes back four months, so that it holds rows even in a recess.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from milestones.domain.dates import Interval
from milestones.domain.documents import Document, Form
from milestones.domain.errors import WrongPage
from milestones.domain.watching import Habits, Shape
from milestones.services.ports import Answer, Link, Listed, Listing
from scrapers.addresses import resolved
from scrapers.agenda_items import agenda_items
from scrapers.agenda_pages import Row, agenda_rows
from scrapers.odata import HOST, day_of, from_day, is_evidence, query, read_rows, text_of
from scrapers.pages import clean, narrow
from scrapers.shapes import html_shape, json_shape

_PATH = "ScheduleDB/odata/Tmeeting"
_PAGES = frozenset({"www.legco.gov.hk", "legco.gov.hk"})
_BACK = timedelta(days=120)
_AHEAD = timedelta(days=7)
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
_DAY_EN = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(_MONTHS)}) (\d{{4}})\b")
_DAY_ZH = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_DAY_OF_FILE = re.compile(r"/cm(\d{4})(\d\d)(\d\d)\w?\.\w+$")
_TOP = 8
"""Rows that may hold the agenda's name and day; below, other meetings' days are mentioned."""

_QUESTION_TIME = re.compile(r"Question Time|答問會|質詢時間", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LegcoAgendas:
    """Implements the port `Source`."""

    name: str = "legco-agendas"
    feeds: tuple[str, ...] = ("odata",)
    hosts: frozenset[str] = field(default=frozenset({HOST, *_PAGES}))
    habits: Habits = field(
        default=Habits(decisive=True, fresh_within=10, quiet_in_recess=True, empty_day="the newest meetings before the window, none of them in it")
    )

    def listings(self, feed: str, days: Sequence[date], now: datetime) -> Iterable[Listing]:  # noqa: ARG002 - the port's signature
        """One query for all the days."""
        if days:
            first, last = min(days), max(days)
            window = f"start_date_time ge {from_day(first - _BACK)} and start_date_time le {from_day(_end(last))}"
            url = query(_PATH, filter=window, orderby="start_date_time,slot_id")
            yield Listing(url=url, feed=feed, days=Interval(first, last))

    def read_listing(self, listing: Listing, answer: Answer) -> Listed:
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
        for link in (link for day, row in found if day and days.first <= day < _end(days.last) for link in _links(row, day, listing)):
            links.setdefault(link.url, link)
        following = got.following or (None if got.count else _newest_until(days.last))
        return Listed(
            links=tuple(links.values()),
            following=Listing(url=following, feed=listing.feed, days=days) if following else None,
        )

    def read_page(self, link: Link, answer: Answer) -> Document:
        return _agenda(answer.body, dict(answer.headers), link.url, self.name)

    def read_saved(self, url: str, body: bytes) -> Document:
        return _agenda(body, {}, url, self.name)

    def shape(self, answer: Answer) -> Shape:
        return json_shape(answer, "Tmeeting") if answer.body.lstrip()[:1] == b"{" else html_shape(answer, "agenda")


def _links(row: Mapping[str, Any], day: date, listing: Listing) -> Iterator[Link]:
    """The agendas of a meeting, if it is the Council's. One on a host unknown to us is no agenda to pass over in silence."""
    subject = clean(text_of(row, "subject_eng"))
    if not subject.casefold().startswith("council meeting"):
        return
    for href in (text_of(row, "agenda_url_eng").strip(), text_of(row, "agenda_url_chi").strip()):
        address = resolved(listing.url, href, _PAGES)
        if href and not address:
            raise WrongPage(f"the schedule links an agenda at {href[:200]!r}, which this source does not ask")
        if href and address:
            yield Link(url=address, feed=listing.feed, day=day, headline=subject)


def _end(last: date) -> date:
    """The first day that is not asked for any more."""
    return last + _AHEAD + timedelta(days=1)


def _newest_until(last: date) -> str:
    return query(_PATH, filter=f"start_date_time le {from_day(_end(last))}", orderby="start_date_time desc", top="20")


def _agenda(body: bytes, headers: dict[str, str], url: str, source: str) -> Document:
    title, rows = agenda_rows(body, headers)
    top = [title, *(row.text for row in rows[:_TOP])]
    language = "zh" if any("議程" in line for line in top) else "en"
    if language == "en" and not any("agenda" in line.lower() for line in top):
        raise WrongPage("neither Agenda nor 議程 stands at the top: this is no agenda")
    day = next((d for line in top if (d := _printed_day(line))), None)
    of_file = _DAY_OF_FILE.search(url)
    if day is None or (of_file and day.strftime("%Y%m%d") != "".join(of_file.groups())):
        raise WrongPage(f"the agenda is dated {day or 'nowhere'}, its address says {url.rpartition('/')[2] or 'nothing'}")
    sections, items = agenda_items(rows)
    if not sections and not any(_QUESTION_TIME.search(row.text) for row in rows):
        raise WrongPage("the agenda has no numbered parts of business: it is cut, or laid out in a new way")
    address = resolved(url, url, _PAGES) or _own_address(day, language)
    return Document(
        document_id=address,
        url=address,
        source=source,
        form=Form.COUNCIL_AGENDA,
        language=language,
        headline=title or _headline(rows, day),
        paragraphs=(),
        items=tuple(items),
        day=day,
        twin_url=_twin(address),
    )


def _printed_day(line: str) -> date | None:
    text = narrow(line)
    try:
        if found := _DAY_EN.search(text):
            return date(int(found[3]), _MONTHS.index(found[2]) + 1, int(found[1]))
        if found := _DAY_ZH.search(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None
    return None


def _headline(rows: list[Row], day: date) -> str:
    """The lines above and with the date, without the agenda's number: `Legislative Council Agenda Wednesday 9 July 2014 at 11:00 am`."""
    at = next(n for n, row in enumerate(rows) if _printed_day(row.text) == day)
    return " ".join(row.text for row in rows[: at + 1] if not re.match(r"^A \d\d/\d\d", row.text))[:200]


def _own_address(day: date, language: str) -> str:
    """Where the agenda of a meeting stands; folders were named by session until 2021, by year since 2022."""
    session = day.year if day.month >= 10 else day.year - 1
    folder = f"{day.year}" if day.year >= 2022 else f"{session % 100:02d}-{(session + 1) % 100:02d}"
    return f"https://www.legco.gov.hk/yr{folder}/{'chinese' if language == 'zh' else 'english'}/counmtg/agenda/cm{day:%Y%m%d}.htm"


def _twin(address: str) -> str | None:
    """The agenda in the other language: the folder of the language is all that differs."""
    for one, other in (("/english/", "/chinese/"), ("/chinese/", "/english/")):
        if one in address:
            return address.replace(one, other, 1)
    return None
