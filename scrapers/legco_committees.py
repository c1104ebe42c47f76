"""The source `legco-committees`: agendas of the House Committee, of Bills Committees and panels, found through LegCo's schedule.

The House Committee's names the bills for the coming sittings of the Council, a week or two before the Council's own agenda: an early sign. The
others are kept to be searched. Bills Committee and panel agendas of today were never seen; one without numbered business is refused.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from milestones.domain.documents import Document, Form, Item
from milestones.domain.errors import WrongPage
from milestones.domain.watching import Habits, Shape
from milestones.services.ports import Answer, Link, Listed, Listing
from scrapers.addresses import resolved
from scrapers.agenda_business import coming_business, numbered_business
from scrapers.agenda_heads import Head, head_of, headline, session_folder, twin_of
from scrapers.agenda_pages import agenda_rows
from scrapers.meetings import PAGES, meeting_listing, read_meetings
from scrapers.odata import HOST
from scrapers.shapes import html_shape, json_shape

_WANTED = re.compile(r"house committee|bills committee|\bpanel on\b", re.IGNORECASE)
_HOUSE = re.compile(r"House Committee|內務委員會")
_OTHERS = re.compile(r"Bills Committee|\bPanel on\b|條例草案》?委員會|法案委員會|事務委員會", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LegcoCommittees:
    """Implements the port `Source`."""

    name: str = "legco-committees"
    feeds: tuple[str, ...] = ("odata",)
    hosts: frozenset[str] = field(default=frozenset({HOST, *PAGES}))
    habits: Habits = field(
        default=Habits(
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
        return read_meetings(listing, answer, lambda subject: bool(_WANTED.search(subject)) and "subcommittee" not in subject.casefold())

    def read_page(self, link: Link, answer: Answer) -> Document:
        return _agenda(answer.body, dict(answer.headers), link.url, self.name)

    def read_saved(self, url: str, body: bytes) -> Document:
        return _agenda(body, {}, url, self.name)

    def shape(self, answer: Answer) -> Shape:
        return json_shape(answer, "Tmeeting") if answer.body.lstrip()[:1] == b"{" else html_shape(answer, "committee agenda")


def _agenda(body: bytes, headers: dict[str, str], url: str, source: str) -> Document:
    title, rows = agenda_rows(body, headers)
    head = head_of(title, rows, url)
    house = any(_HOUSE.search(line) for line in head.lines)
    if not house and not any(_OTHERS.search(line) for line in head.lines):
        raise WrongPage("the top names no House Committee, Bills Committee or panel")
    items = coming_business(rows) if house else numbered_business(rows)
    address = resolved(url, url, PAGES) or _own_address(head, house=house)
    return Document(
        document_id=address,
        url=address,
        source=source,
        form=Form.COMMITTEE_AGENDA,
        language=head.language,
        headline=headline(title, rows, head.day),
        paragraphs=(),
        items=tuple(dict.fromkeys(Item(heading=heading, text=text) for heading, text in items)),
        day=head.day,
        twin_url=twin_of(address),
    )


def _own_address(head: Head, *, house: bool) -> str:
    """Where the House Committee's agenda of a day stands; those of the others have the committee's number in their address."""
    if not house:
        raise WrongPage("the page does not tell its own address; name the address instead of the file")
    folder = "chinese" if head.language == "zh" else "english"
    return f"https://www.legco.gov.hk/yr{session_folder(head.day)}/{folder}/hc/agenda/hc{head.day:%Y%m%d}.htm"
