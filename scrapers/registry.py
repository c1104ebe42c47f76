"""The sources that can be read, in a fixed order, and the reading of a page that somebody saved."""

from datetime import datetime

from milestones.domain.documents import Document
from milestones.domain.errors import WrongPage
from milestones.services.ports import Answer, Source
from scrapers.addresses import allowed
from scrapers.legco_agendas import LegcoAgendas
from scrapers.legco_bills import LegcoBills
from scrapers.legco_schedule import LegcoSchedule
from scrapers.press_releases import PressReleases
from scrapers.warc import response_record

_PRESS, _BILLS, _AGENDAS, _SCHEDULE = PressReleases(), LegcoBills(), LegcoAgendas(), LegcoSchedule()

SOURCES: dict[str, Source] = {source.name: source for source in (_PRESS, _BILLS, _AGENDAS, _SCHEDULE)}


def read_saved(url: str | None, body: bytes) -> list[Document]:
    """The documents of a saved page or answer, told by its content; several for a list of bills. WrongPage gives each source's reason."""
    if body.lstrip()[:1] == b"{":
        return _BILLS.read_records(url or "", body)
    reasons = []
    for source in (_PRESS, _AGENDAS):
        try:
            return [source.read_saved(url or "", body)]
        except WrongPage as error:
            reasons.append(f"{source.name}: {error}")
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
