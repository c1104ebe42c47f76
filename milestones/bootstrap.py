"""The only place where things are wired: settings in, a `Monitor` out.

The command line and the DAGs open a Monitor and call one of its steps; each step is one use case with its ports filled in.
"""

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from expectations.gate import run_suite
from milestones import __version__
from milestones.adapters.archive import open_archive
from milestones.adapters.calendar import is_working_day
from milestones.adapters.registry_files import load_registry, load_vocabulary
from milestones.detection import RULES, detector
from milestones.domain.commitments import Registry
from milestones.domain.coverage import Coverage
from milestones.domain.dates import hk_day
from milestones.domain.documents import Document
from milestones.domain.errors import Unreachable
from milestones.domain.events import Origin
from milestones.domain.milestones import Knowledge, fold
from milestones.domain.status import CommitmentStatus, View, scoreboard
from milestones.domain.vocabulary import Vocabulary
from milestones.projections import build
from milestones.services import ingest as ingesting
from milestones.services import opening, publish, reading
from milestones.services.checks import check_all
from milestones.services.deadlines import deadline_lines
from milestones.services.ports import Archive, Captures, Clock, Fetch, Finding, Ledger, Progress, Readings, ReadTables
from milestones.settings import Settings, settings_from
from milestones.store.captures import SqlCaptures
from milestones.store.engine import open_engine
from milestones.store.ledger import SqlLedger
from milestones.store.migrate import upgrade
from milestones.store.read_tables import SqlReadTables
from milestones.store.readings import SqlReadings
from scrapers import SOURCES, read_saved
from scrapers.http import polite_fetch

PRODUCER = f"milestones {__version__}"

SLICE_SECONDS = 600
"""How long one pass over a source may ask before it leaves the rest to later runs."""


def quiet(_what: str, _done: int, _total: int) -> None:
    """A Progress for those who do not look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Monitor:
    """The product, ready for use: ports, registry, vocabulary and clock."""

    settings: Settings
    registry: Registry
    vocabulary: Vocabulary
    clock: Clock
    ledger: Ledger
    captures: Captures
    readings: Readings
    read_tables: ReadTables
    archive: Archive
    fetch: Fetch

    @property
    def origin(self) -> Origin:
        """What this ledger is made from."""
        return opening.origin_of(self.ledger) or self.settings.origin

    def ingest(
        self,
        source: str,
        *,
        run_id: str,
        since: date | None = None,
        until: date | None = None,
        progress: Progress = quiet,
        whole: bool = False,
    ) -> ingesting.IngestSummary:
        """One pass over a source; `whole` reads all open days however long it takes. Raises Unreachable where nothing of it could be read."""
        opening.require_origin(self.ledger, self.settings.origin)
        desk = ingesting.Desk(fetch=self.fetch, archive=self.archive, captures=self.captures, clock=self.clock, run_id=run_id, progress=progress)
        first = ingesting.first_day(since or self.settings.since, self.clock())
        interval = self.settings.request_interval
        slice_of = None if whole or not interval else int(SLICE_SECONDS / interval)
        summary = ingesting.ingest(SOURCES[source], desk, since=first, until=until, slice_of=slice_of)
        if summary.requests and summary.failed >= summary.requests:
            raise Unreachable(f"{source} could not be read; {summary.errors[0]}")
        return summary

    def detect(self, *, run_id: str, progress: Progress = quiet) -> reading.DetectSummary:
        """Reads what these rules have not read; candidates are staged."""
        return reading.read_documents(
            self.readings, self.captures, detector(self.registry).read, rules=RULES, clock=self.clock, run_id=run_id, progress=progress
        )

    def audit(self, *, run_id: str) -> publish.AuditSummary:
        """Audits the staged candidates; what fails is quarantined. Raises AuditError where the batch fails as a whole."""
        return publish.audit_staged(self.readings, self._suite, clock=self.clock, run_id=run_id)

    def append(self, passed: Sequence[int], *, run_id: str) -> publish.AppendSummary:
        """Appends what the audit passed."""
        return publish.append_passed(self.readings, self.ledger, passed, producer=PRODUCER, clock=self.clock, run_id=run_id)

    def project(self) -> int:
        """Makes the read tables from the ledger; the position they stand at."""
        knowledge, now = fold(self.ledger.read()), self.clock()
        view = self._view(knowledge, hk_day(now))
        tables = build(
            registry=self.registry,
            vocabulary=self.vocabulary,
            view=view,
            statuses=scoreboard(self.registry, view),
            coverage=self.captures.coverage(),
            captures=self.captures,
        )
        self.read_tables.replace(tables, position=knowledge.position, as_of=now)
        return knowledge.position

    def check(self) -> list[Finding]:
        """Runs the suites over ledger and read tables."""
        return check_all(self.ledger, self.read_tables, self._suite)

    def statuses(self, *, on: date | None = None, known_at: datetime | None = None) -> tuple[Knowledge, list[CommitmentStatus]]:
        """The scoreboard of a day, as known at an instant; default now and everything."""
        events = [e for e in self.ledger.read() if known_at is None or e.recorded_at <= known_at]
        knowledge = fold(events)
        return knowledge, scoreboard(self.registry, self._view(knowledge, on or hk_day(self.clock())))

    def deadlines(self) -> list[str]:
        """What has passed or comes within 30 days, a line each."""
        today = hk_day(self.clock())
        return deadline_lines(self.statuses(on=today)[1], today)

    def read_saved(self, url: str | None, body: bytes) -> list[Document]:
        """The documents of a saved page."""
        return read_saved(url, body)

    def _view(self, knowledge: Knowledge, on: date) -> View:
        feeds = {name: source.feeds for name, source in SOURCES.items()}
        return View(on=on, knowledge=knowledge, coverage=Coverage.of(self.captures.coverage(), feeds), is_working_day=is_working_day)

    def _suite(self, suite: str, rows: Sequence[Mapping[str, Any]]) -> list[Finding]:
        return run_suite(suite, rows, parameters={"commitments": [c.key for c in self.registry.commitments()]})


def load_settings() -> Settings:
    """Settings of this process's environment."""
    return settings_from(os.environ, tuple(SOURCES))


@contextmanager
def open_monitor(settings: Settings | None = None) -> Iterator[Monitor]:
    """Opens the ledger (migrates it, writes genesis, registers commitments where needed) and closes its connections afterwards."""
    settings = settings or load_settings()
    settings.home.mkdir(parents=True, exist_ok=True)
    clock: Clock = (lambda: settings.now) if settings.now else (lambda: datetime.now(UTC))
    engine = open_engine(settings.database_url)
    try:
        upgrade(engine)
        ledger, registry = SqlLedger(engine), load_registry()
        opening.open_ledger(ledger, registry, origin=settings.origin, producer=PRODUCER, now=clock())
        yield Monitor(
            settings=settings,
            registry=registry,
            vocabulary=load_vocabulary(),
            clock=clock,
            ledger=ledger,
            captures=SqlCaptures(engine),
            readings=SqlReadings(engine),
            read_tables=SqlReadTables(engine),
            archive=open_archive(settings.archive_url),
            fetch=polite_fetch(
                interval=settings.request_interval,
                contact=settings.contact,
                mirror=settings.mirror,
                pacing_folder=settings.home / "pacing",
                clock=clock,
                sleep=time.sleep,
            ),
        )
    finally:
        engine.dispose()


def outbox_folder(settings: Settings) -> Path:
    """Where reports land while no mail server is configured."""
    return settings.home / "outbox"
