"""What a person says that a page says: the page is asked for or handed in as a file, kept, and what it tells is recorded."""

from dataclasses import dataclass
from pathlib import Path

from milestones.bootstrap.monitor import HOSTS, Monitor
from milestones.services import opening
from milestones.services.ports import Appended, Stored
from milestones.services.recording import Page, Told, keep_page, record
from milestones.services.signature import Signature
from scrapers import read_saved, saved_answer


@dataclass(frozen=True, slots=True)
class Recording:
    """The records that people add to a monitor's ledger."""

    monitor: Monitor

    def record(self, page: str, told: Told, *, signature: Signature) -> Appended:
        """Records what a page says: one of an address of the sources, or saved in a file. Raises MilestonesError or OSError."""
        return record(
            self._page(page),
            told,
            read=read_saved,
            archive=self.monitor.archive,
            captures=self.monitor.captures,
            ledger=self.monitor.ledger,
            registry=self.monitor.registry,
            signature=signature,
            clock=self.monitor.clock,
        )

    def keep_page(self, url: str, words: str, *, run_id: str) -> Stored:
        """The page of an address of the sources, which must say the words, as it is kept from now on; nothing is recorded. Raises MilestonesError."""
        return keep_page(
            self._asked(url),
            words,
            read=read_saved,
            archive=self.monitor.archive,
            captures=self.monitor.captures,
            run_id=run_id,
            clock=self.monitor.clock,
        )

    def _page(self, name: str) -> Page:
        if "://" in name:
            return self._asked(name)
        return Page(answer=saved_answer(Path(name).read_bytes(), retrieved_at=self.monitor.clock()), handed_in=True)

    def _asked(self, url: str) -> Page:
        opening.require_origin(self.monitor.ledger, self.monitor.settings.origin)
        return Page(answer=self.monitor.fetch(url, HOSTS))
