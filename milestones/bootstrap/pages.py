"""Detection on single pages, without a ledger."""

from dataclasses import dataclass
from pathlib import Path

from milestones.adapters.registry_files import load_registry
from milestones.bootstrap.monitor import HOSTS
from milestones.bootstrap.wiring import clock_of, fetch_of, load_settings, open_as_found
from milestones.detection import Detector, detector
from milestones.domain.documents import Document
from milestones.services import opening
from milestones.services.ports import (
    Fetch,
)
from milestones.settings import Settings
from milestones.store.engine import database_is_there
from scrapers import read_saved


@dataclass(frozen=True, slots=True, kw_only=True)
class PageReader:
    """Detection on pages that somebody names; it needs no ledger and records nothing."""

    settings: Settings
    detector: Detector
    fetch: Fetch

    def open(self, page: str) -> list[Document]:
        """The documents of a saved page, or of an address of one of the sources. Raises MilestonesError or OSError.

        A saved page that does not tell its own address goes by that of its file.
        """
        if "://" not in page:
            return read_saved(Path(page).resolve().as_uri(), Path(page).read_bytes())
        if database_is_there(self.settings.database_url):
            with open_as_found(self.settings) as monitor:
                opening.require_origin(monitor.ledger, self.settings.origin)
        return read_saved(page, self.fetch(page, HOSTS).body)


def page_reader(settings: Settings | None = None) -> PageReader:
    """A reader of single pages."""
    settings = settings or load_settings()
    registry = load_registry()
    if database_is_there(settings.database_url):
        with open_as_found(settings) as monitor:
            registry = monitor.registry
    return PageReader(settings=settings, detector=detector(registry), fetch=fetch_of(settings, clock_of(settings.now)))
