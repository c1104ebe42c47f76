"""The sources that can be read, in a fixed order, and the reading of a page that somebody saved."""

from collections.abc import Callable
from datetime import datetime

from milestones.domain.documents import Document
from milestones.domain.errors import WrongPage
from milestones.services.ports import Answer, Source
from scrapers.addresses import allowed
from scrapers.gazette import Gazette
from scrapers.hkma import Hkma
from scrapers.legco_agendas import LegcoAgendas
from scrapers.legco_bills import LegcoBills
from scrapers.legco_committees import LegcoCommittees
from scrapers.legco_schedule import LegcoSchedule
from scrapers.legco_subsidiary import LegcoSubsidiary
from scrapers.legco_votes import LegcoVotes
from scrapers.press_counts import PressCounts
from scrapers.press_releases import PressReleases
from scrapers.warc import response_record

_PRESS, _BILLS, _AGENDAS, _SCHEDULE = PressReleases(), LegcoBills(), LegcoAgendas(), LegcoSchedule()
_COMMITTEES, _SUBSIDIARY, _VOTES = LegcoCommittees(), LegcoSubsidiary(), LegcoVotes()
_HKMA, _GAZETTE, _COUNTS = Hkma(), Gazette(), PressCounts()

Read = Callable[[str, bytes], list[Document]]
"""From address (empty if unknown) and bytes to documents."""

SOURCES: dict[str, Source] = {s.name: s for s in (_PRESS, _BILLS, _AGENDAS, _SCHEDULE, _COMMITTEES, _SUBSIDIARY, _VOTES, _HKMA, _GAZETTE, _COUNTS)}


def _alone(source: Source) -> Read:
    return lambda url, body: [source.read_saved(url, body)]


_READERS: tuple[tuple[str, Read], ...] = (
    *((s.name, s.read_records) for s in (_BILLS, _VOTES, _SUBSIDIARY, _HKMA, _GAZETTE)),
    *((s.name, _alone(s)) for s in (_PRESS, _AGENDAS, _COMMITTEES, _SCHEDULE)),
)


def read_saved(url: str | None, body: bytes) -> list[Document]:
    """The documents of a saved page or answer, told by its content; several for a list or a table. WrongPage gives each source's reason."""
    reasons = []
    for name, read in _READERS:
        try:
            return read(url or "", body)
        except WrongPage as error:
            reasons.append(f"{name}: {error}")
    raise WrongPage("; ".join(reasons))


def saved_answer(body: bytes, *, retrieved_at: datetime) -> Answer:
    """A page that somebody saved, as if its publisher had answered with it; its record says that it was handed in.

    WrongPage where it does not tell its own address, Refused where that is of no publisher that we read.
    """
    url = read_saved(None, body)[0].url
    if not url:
        raise WrongPage("the page does not tell its own address; name the address instead of the file")
    address = allowed(url, frozenset[str]().union(*(source.hosts for source in SOURCES.values())))
    headers = [("X-Milestones-Origin", "handed in as a file")]
    record = response_record(address, status="200 OK", headers=headers, payload=body, retrieved_at=retrieved_at)
    return Answer(url=address, status=200, headers={}, body=body, retrieved_at=retrieved_at, record=record)
