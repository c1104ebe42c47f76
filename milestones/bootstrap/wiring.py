"""Opens a Monitor: settings in, real adapters behind the ports."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import Engine

from milestones.adapters.archive import FolderArchive, answer_of
from milestones.adapters.calendar import in_recess, is_working_day
from milestones.adapters.registry_files import load_registry, load_vocabulary
from milestones.bootstrap.monitor import PRODUCER, Monitor
from milestones.domain.errors import MilestonesError, SettingsError
from milestones.domain.events import Origin
from milestones.services import opening
from milestones.services.applied import applied_to, with_applied, without_applied
from milestones.services.ports import (
    Clock,
    Fetch,
    Ledger,
)
from milestones.services.watching import Watch
from milestones.settings import Settings, settings_from
from milestones.store.backlog import SqlBacklog
from milestones.store.captures import SqlCaptures
from milestones.store.case_reads import SqlCaseReads
from milestones.store.checkpoints import SqlCheckpoints
from milestones.store.checks import SqlChecks
from milestones.store.engine import open_engine, require_database
from milestones.store.ledger import SqlLedger
from milestones.store.migrate import upgrade
from milestones.store.page_reads import SqlPageReads
from milestones.store.people import SqlPeople
from milestones.store.projections import SqlStandings
from milestones.store.read_tables import SqlReadTables
from milestones.store.readings import SqlReadings
from milestones.store.records import SqlRecords
from milestones.store.revisits import SqlRevisits
from milestones.store.seen import SqlSeen
from milestones.store.status_history import SqlStatusHistory
from milestones.store.verify import verify as verify_store
from scrapers import SOURCES, Pacing, polite_fetch


def load_settings() -> Settings:
    """Settings of this process's environment."""
    return settings_from(os.environ, tuple(SOURCES))


def clock_of(fixed: datetime | None) -> Clock:
    """The fixed clock, or the real one."""
    return lambda: fixed or datetime.now(UTC)


@contextmanager
def open_monitor(settings: Settings | None = None) -> Iterator[Monitor]:
    """Opens the ledger (migrates it, writes genesis, registers commitments where needed) and closes its connections afterwards."""
    settings = settings or load_settings()
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(f"MILESTONES_HOME: {settings.home} cannot be used: {error.strerror}") from None
    with _engine(settings) as engine:
        upgrade(engine)
        monitor = knowing(_monitor(settings, engine))
        shipped = without_applied(load_registry(), monitor.applied)
        opening.open_ledger(monitor.ledger, shipped, origin=settings.origin, producer=PRODUCER, now=monitor.clock())
        yield monitor


@contextmanager
def open_existing(settings: Settings | None = None) -> Iterator[Monitor]:
    """Opens a ledger that is there, for those who tell of it. Raises SettingsError where there is none: a typo must not look like an empty record.

    A replica stands still at its last event while no mirror feeds it.
    """
    settings = settings or load_settings()
    require_database(settings.database_url)
    with open_monitor(settings) as monitor:
        still = monitor.origin is Origin.REPLICA and settings.mirror is None
        yield replace(monitor, clock=_stopped(monitor.ledger)) if still else monitor


@contextmanager
def open_as_found(settings: Settings | None = None) -> Iterator[Monitor]:
    """Opens a ledger for those who judge it: nothing is migrated, registered or mended on the way in. Raises SettingsError where there is none."""
    settings = settings or load_settings()
    require_database(settings.database_url)
    with _engine(settings) as engine:
        monitor = _monitor(settings, engine)
        with suppress(MilestonesError):  # what is wrong with the ledger is what they are about to find
            monitor = knowing(monitor)
        yield monitor


def knowing(monitor: Monitor) -> Monitor:
    """The monitor with the policy documents that were applied to its ledger by now."""
    applied = applied_to(monitor.ledger)
    return replace(monitor, registry=with_applied(load_registry(), applied), applied=applied)


def _stopped(ledger: Ledger) -> Clock:
    last = ledger.read(after=ledger.head()[0] - 1)[0].recorded_at
    return lambda: last


@contextmanager
def _engine(settings: Settings) -> Iterator[Engine]:
    engine = open_engine(settings.database_url)
    try:
        yield engine
    finally:
        engine.dispose()


def _monitor(settings: Settings, engine: Engine) -> Monitor:
    clock, archive = clock_of(settings.now), FolderArchive(settings.archive_url)
    return Monitor(
        settings=settings,
        registry=load_registry(),
        applied={},
        vocabulary=load_vocabulary(),
        clock=clock,
        ledger=SqlLedger(engine),
        captures=SqlCaptures(engine),
        readings=SqlReadings(engine),
        read_tables=SqlReadTables(engine),
        status_intervals=SqlStatusHistory(engine),
        standings=SqlStandings(engine),
        people=SqlPeople(engine),
        checkpoints=SqlCheckpoints(engine),
        inspect=lambda against, progress: verify_store(engine, archive=archive, against=against, progress=progress),
        archive=archive,
        backlog=SqlBacklog(engine),
        revisits=SqlRevisits(engine),
        checks=SqlChecks(engine),
        page_reads=SqlPageReads(engine),
        records=SqlRecords(engine),
        case_reads=SqlCaseReads(engine),
        fetch=fetch_of(settings, clock),
        watch=_watch(engine, archive, clock, settings.origin),
    )


def _watch(engine: Engine, archive: FolderArchive, clock: Clock, origin: Origin) -> Watch:
    return Watch(
        checks=SqlChecks(engine),
        seen=SqlSeen(engine),
        captures=SqlCaptures(engine),
        ledger=SqlLedger(engine),
        clock=clock,
        is_working_day=is_working_day,
        in_recess=in_recess,
        shape=lambda source, capture: source.shape(answer_of(archive.get(capture))),
        facsimiles=origin is Origin.REPLICA,
        producer=PRODUCER,
    )


def fetch_of(settings: Settings, clock: Clock) -> Fetch:
    """The polite fetch of these settings."""
    pace = Pacing(folder=settings.home / "pacing", interval=settings.request_interval)
    return polite_fetch(contact=settings.contact or "no contact set", clock=clock, pace=pace, robots=settings.home / "robots", mirror=settings.mirror)
