"""The source `legco-agendas`: agendas of Council meetings, found through LegCo's schedule. A listing is a plan, never proof that it happened."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from milestones.domain.documents import Document, Form
from milestones.domain.errors import WrongPage
from milestones.domain.watching import Habits, Shape
from milestones.services.ports import Answer, Link, Listed, Listing
from scrapers.addresses import resolved
from scrapers.agenda_checks import require_all_parts
from scrapers.agenda_heads import head_of, headline, session_folder, twin_of
from scrapers.agenda_items import agenda_items
from scrapers.agenda_pages import agenda_rows
from scrapers.meetings import PAGES, meeting_listing, read_meetings
from scrapers.odata import HOST
from scrapers.shapes import html_shape, json_shape

_QUESTION_TIME = re.compile(r"Question Time|答問會|質詢時間", re.IGNORECASE)
_COMMITTEE = re.compile(r"House Committee|Bills Committee|Subcommittee|\bPanel on|內務委員會|法案委員會|事務委員會|小組委員會")


@dataclass(frozen=True, slots=True)
class LegcoAgendas:
    """Implements the port `Source`."""

    name: str = "legco-agendas"
    feeds: tuple[str, ...] = ("odata",)
    hosts: frozenset[str] = field(default=frozenset({HOST, *PAGES}))
    habits: Habits = field(
        default=Habits(
            decisive=True,
            fresh_within=10,
            quiet_in_recess=True,
            empty_day="the newest meetings before the window, none of them in it",
            fields={"day": 1.0, "twin_url": 1.0, "items": 0.6},
        )
    )

    def listings(self, feed: str, days: Sequence[date], now: datetime) -> Iterable[Listing]:  # noqa: ARG002 - the port's signature
        if days:
            yield meeting_listing(feed, days)

    def read_listing(self, listing: Listing, answer: Answer) -> Listed:
        return read_meetings(listing, answer, lambda subject: subject.casefold().startswith("council meeting"))

    def read_page(self, link: Link, answer: Answer) -> Document:
        return _agenda(answer.body, dict(answer.headers), link.url, self.name)

    def read_saved(self, url: str, body: bytes) -> Document:
        return _agenda(body, {}, url, self.name)

    def shape(self, answer: Answer) -> Shape:
        return json_shape(answer, "Tmeeting") if answer.body.lstrip()[:1] == b"{" else html_shape(answer, "agenda")


def _agenda(body: bytes, headers: dict[str, str], url: str, source: str) -> Document:
    title, rows = agenda_rows(body, headers)
    head = head_of(title, rows, url)
    if any(_COMMITTEE.search(line) for line in head.lines[:3]):
        raise WrongPage("this is the agenda of a committee, not of the Council")
    sections, headings, items = agenda_items(rows)
    if not sections and not any(_QUESTION_TIME.search(row.text) for row in rows):
        raise WrongPage("the agenda has no numbered parts of business: it is cut, or laid out in a new way")
    require_all_parts(rows, sections, headings, items)
    address = resolved(url, url, PAGES) or agenda_address(head.day, head.language)
    return Document(
        document_id=address,
        url=address,
        source=source,
        form=Form.COUNCIL_AGENDA,
        language=head.language,
        headline=headline(title, rows, head.day),
        paragraphs=(),
        items=tuple(items),
        day=head.day,
        twin_url=twin_of(address),
    )


def agenda_address(day: date, language: str) -> str:
    """Where the agenda of a meeting stands."""
    folder = "chinese" if language == "zh" else "english"
    return f"https://www.legco.gov.hk/yr{session_folder(day)}/{folder}/counmtg/agenda/cm{day:%Y%m%d}.htm"
