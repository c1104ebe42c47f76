"""Where the evidence of a step would stand if there is any: addresses for a person to open."""

from datetime import date, timedelta

from milestones.domain.events import Kind
from scrapers.legco_agendas import agenda_address
from scrapers.press_addresses import index_address

_GAZETTED = frozenset({Kind.BILL_GAZETTED, Kind.ORDINANCE_GAZETTED, Kind.SUBSIDIARY_LEGISLATION_GAZETTED})
_AT_A_SITTING = ("bill_", "subsidiary_legislation_tabled")


def expected_pages(kind: Kind, day: date) -> list[str]:
    """The agenda of the sitting or the Gazette, then the lists of press releases of the day and the one after it, in both languages."""
    pages = []
    if kind in _GAZETTED:
        pages = ["https://www.gld.gov.hk/egazette/"]
    elif kind.startswith(_AT_A_SITTING):
        pages = [agenda_address(day, language) for language in ("en", "zh")]
    return [*pages, *(index_address(d, feed) for d in (day, day + timedelta(days=1)) for feed in ("en", "zh"))]
