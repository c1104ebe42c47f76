"""The sources that can be read, in a fixed order, and the reading of a page that somebody saved."""

from milestones.domain.documents import Document
from milestones.domain.errors import WrongPage
from milestones.services.ports import Source
from scrapers.legco_agendas import LegcoAgendas
from scrapers.legco_bills import LegcoBills
from scrapers.press_releases import PressReleases

_PRESS, _BILLS, _AGENDAS = PressReleases(), LegcoBills(), LegcoAgendas()

SOURCES: dict[str, Source] = {source.name: source for source in (_PRESS, _BILLS, _AGENDAS)}


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
