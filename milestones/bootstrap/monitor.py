"""The product, ready for use: each step is one use case with its ports filled in."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from expectations.data_docs import FOLDER, documented
from milestones import __version__
from milestones.adapters.archive import answer_of
from milestones.adapters.calendar import is_working_day
from milestones.bootstrap.headlines import names_what_is_followed
from milestones.detection import RULES, detector
from milestones.domain.commitments import Registry
from milestones.domain.coverage import Coverage, SourceFacts
from milestones.domain.dates import days_between, hk_day
from milestones.domain.errors import Damaged, SettingsError, Unreachable
from milestones.domain.events import Origin
from milestones.domain.milestones import Knowledge, fold
from milestones.domain.sittings import Calendar, calendar_of
from milestones.domain.status import CommitmentStatus, View, scoreboard
from milestones.domain.vocabulary import Vocabulary
from milestones.projections.days import Rules
from milestones.projections.models import read_tables, status_history
from milestones.services import asking, integrity, opening, publish, reading
from milestones.services import ingest as ingesting
from milestones.services.applied import Applied, rules_with
from milestones.services.changes import record_changes
from milestones.services.checks import check_all
from milestones.services.deadlines import Opportunities, deadline_lines, lapse_lines, opportunities
from milestones.services.history import requests_ahead
from milestones.services.overhearing import Overheard
from milestones.services.ports import (
    Archive,
    Backlog,
    Captures,
    CaseReads,
    Checkpoints,
    Checks,
    Clock,
    Fetch,
    Finding,
    Ledger,
    PageReads,
    People,
    Progress,
    Readings,
    ReadTables,
    Records,
    Revisits,
    Standings,
    StatusIntervals,
    TakesIntervals,
    TakesTables,
)
from milestones.services.projecting import Brought, Projection, bring_up
from milestones.services.signature import Signature
from milestones.services.source_facts import source_facts
from milestones.services.source_health import InTrouble, in_trouble
from milestones.services.unconfirmed import Unconfirmed, unconfirmed
from milestones.services.watching import Watch, after_pass
from milestones.settings import Settings
from scrapers import SOURCES, expected_pages, schedule_addresses

PRODUCER = f"milestones {__version__}"

SLICE_SECONDS = 600
"""How long one pass over a source may ask before it leaves the rest to later runs."""

FEEDS = {name: source.feeds for name, source in SOURCES.items()}

HOSTS = frozenset[str]().union(*(source.hosts for source in SOURCES.values()))


def _is_only_absent(source: str, error: str) -> bool:
    """Whether a source that only bears witness is not there; where a mirror of facsimiles lacks it, that puts nothing in doubt."""
    return error.startswith("Missing:") and source in SOURCES and not SOURCES[source].habits.decisive


def quiet(_what: str, _done: int, _total: int) -> None:
    """A Progress for those who do not look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Monitor:
    """The product, ready for use: ports, registry, vocabulary and clock. `applied` are the policy documents that people added to this ledger."""

    settings: Settings
    registry: Registry
    applied: Applied
    vocabulary: Vocabulary
    clock: Clock
    ledger: Ledger
    captures: Captures
    readings: Readings
    read_tables: ReadTables
    status_intervals: StatusIntervals
    standings: Standings
    people: People
    checkpoints: Checkpoints
    inspect: integrity.Inspect
    archive: Archive
    backlog: Backlog
    revisits: Revisits
    checks: Checks
    page_reads: PageReads
    records: Records
    case_reads: CaseReads
    fetch: Fetch
    watch: Watch

    @property
    def rules(self) -> str:
        """What documents are read by: the rules of detection, and the names of what was applied."""
        return rules_with(RULES, self.applied)

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
    ) -> asking.IngestSummary:
        """One pass over a source: live reading, and as much of the past as a slice holds. Raises Unreachable where nothing of it could be read."""
        opening.require_origin(self.ledger, self.settings.origin)
        desk = asking.Desk(
            fetch=self.fetch,
            archive=self.archive,
            replay=answer_of,
            captures=self.captures,
            backlog=self.backlog,
            revisits=self.revisits,
            checks=self.checks,
            clock=self.clock,
            run_id=run_id,
            progress=progress,
        )
        interval = self.settings.request_interval
        slice_of = int(SLICE_SECONDS / interval) if interval else None
        named = names_what_is_followed(self.registry)
        overheard = Overheard(SOURCES[source])
        summary = ingesting.ingest(overheard, desk, since=self._first_day(since), until=until, slice_of=slice_of, is_named=named)
        after_pass(overheard, self.watch, run_id=run_id)
        if summary.blind:
            raise Unreachable(f"{source} could not be read; {summary.errors[0]}")
        return summary

    def requests_ahead(self, source: str, *, since: date | None = None, until: date | None = None) -> int:
        """About how many requests it takes to read all that is open of a source."""
        return requests_ahead(SOURCES[source], self.captures, self.backlog, since=self._first_day(since), until=until, now=self.clock())

    def detect(self, *, run_id: str, progress: Progress = quiet, again: bool = False, most: int | None = None) -> reading.DetectSummary:
        """Reads what was not read yet, or, `again`, what was not read by these rules, at `most` about so many; candidates are staged."""
        return reading.read_documents(
            self.readings,
            self.captures,
            detector(self.registry).read,
            rules=self.rules,
            clock=self.clock,
            run_id=run_id,
            progress=progress,
            again=again,
            most=most,
        )

    def audit(self, *, run_id: str) -> publish.AuditSummary:
        """Audits the staged candidates; what fails is quarantined. Raises AuditError where the batch fails as a whole."""
        with documented(self.registry, self.settings.home / FOLDER / "publish", now=self.clock()) as audit:
            return publish.audit_staged(self.readings, audit, clock=self.clock, run_id=run_id)

    def append(self, passed: Sequence[int], *, run_id: str) -> publish.AppendSummary:
        """Appends which pages changed and what the audit passed, and retracts what documents no longer say."""
        record_changes(self.revisits, self.ledger, producer=PRODUCER, clock=self.clock, run_id=run_id)
        done = publish.append_passed(self.readings, self.ledger, passed, applied=self.applied, producer=PRODUCER, clock=self.clock, run_id=run_id)
        return publish.retract_withdrawn(self.ledger, done, sound=self.sound_sources(), producer=PRODUCER, clock=self.clock, run_id=run_id)

    def sound_sources(self) -> list[str]:
        """The sources whose pages are known to be read rightly: of no other is anything retracted."""
        return [s for s in SOURCES.keys() - self.captures.last_errors().keys() if self.watch.is_sound(s)]

    def project(self) -> int:
        """Brings the read models up to the ledger; the position that the read tables stand at. Raises Damaged where one had to stop."""
        brought = self.bring_up()
        stopped = [b.line() for b in brought if b.failure]
        if stopped:
            raise Damaged("; ".join(stopped))
        return min(b.position for b in brought)

    def bring_up(self, *, anew: bool = False, progress: Progress = quiet) -> list[Brought]:
        """Brings each read model up to the ledger, or makes it anew; what became of each. One that has to stop does not stop the others."""
        models = self.read_models(self.read_tables, self.status_intervals, self.clock, progress)
        return [bring_up(m, ledger=self.ledger, standings=self.standings, clock=self.clock, anew=anew) for m in models]

    def check(self) -> list[Finding]:
        """Runs the suites over ledger, coverage and read tables."""
        now = self.clock()
        with documented(self.registry, self.settings.home / FOLDER / "check", now=now) as audit:
            return check_all(self.ledger, self.read_tables, self.captures.coverage(), audit, today=hk_day(now))

    def read_so_far(self) -> list[str]:
        """Per source, how many of the days since the promise were read to the end; what every status rests on."""
        promised, today = min(d.delivered_on for d in self.registry.documents), hk_day(self.clock())
        days, coverage = set(days_between(promised, today - timedelta(days=1))), self.coverage()
        return [f"{name} {len(closed & days)} of {len(days)} days" for name, closed in coverage.closed.items()]

    def statuses(self, *, on: date | None = None, known_at: datetime | None = None) -> tuple[Knowledge, list[CommitmentStatus]]:
        """The scoreboard of a day, as known at an instant; default now and everything."""
        events = [e for e in self.ledger.read() if known_at is None or e.recorded_at <= known_at]
        knowledge = fold(events)
        return knowledge, scoreboard(self.registry, self._view(knowledge, on or hk_day(self.clock())))

    def unconfirmed(self) -> list[Unconfirmed]:
        """Completing steps whose announced day has passed without evidence: questions for a person."""
        today = hk_day(self.clock())
        knowledge, statuses = self.statuses(on=today)
        return unconfirmed(statuses, knowledge.milestones, on=today, is_working_day=is_working_day, pages=expected_pages)

    def deadlines(self) -> list[str]:
        """What has passed or comes within 30 days, and bills that have lapsed, a line each."""
        today = hk_day(self.clock())
        knowledge, statuses = self.statuses(on=today)
        lines = deadline_lines(statuses, today, self.last_sittings(knowledge, statuses, today))
        return [*lines, *lapse_lines(knowledge.milestones, self.calendar(), today)]

    def last_sittings(self, knowledge: Knowledge, statuses: Sequence[CommitmentStatus], on: date) -> Opportunities:
        """The last sitting before the day that binds each open target, as the schedule stands now."""
        return opportunities(statuses, knowledge.milestones, self.calendar(), on)

    def calendar(self) -> Calendar:
        """The sittings and terms of the Legislative Council, as the schedule was read."""
        found = [self.captures.newest(address) for address in schedule_addresses(hk_day(self.clock()))]
        return calendar_of(stored.document for stored in found if stored)

    def in_trouble(self, statuses: Sequence[CommitmentStatus] | None = None) -> list[InTrouble]:
        """The sources that cannot be relied on now, and which open commitments of these statuses (default: today's) rest on each."""
        incidents = [incident for name in SOURCES if (incident := self.watch.seen.incident(name)[0])]
        errors = {s: error for s, error in self.captures.last_errors().items() if not (self.watch.facsimiles and _is_only_absent(s, error))}
        if not incidents and not errors:
            return []
        return in_trouble(incidents, errors, self.statuses()[1] if statuses is None else statuses)

    def source_facts(self, now: datetime) -> list[SourceFacts]:
        """How reading each source goes."""
        return source_facts(FEEDS, self.captures, self.readings, self.watch.seen, now=now)

    def sign(self, by: str, reason: str, *, run_id: str) -> Signature:
        """A person's decision, by name or pseudonym; who is new gets a pseudonym. Raises LedgerError without a reason."""
        known = self.people.find(by)
        signature = Signature(person=known.person_id if known else "", reason=reason, producer=PRODUCER, run_id=run_id)
        return signature if known else replace(signature, person=self.people.add(by).person_id)

    def read_models(self, tables: TakesTables, intervals: TakesIntervals, clock: Clock, progress: Progress) -> list[Projection]:
        rules = Rules(coverage=self.coverage(), is_working_day=is_working_day)
        return [
            read_tables(
                tables,
                ledger=self.ledger,
                registry=self.registry,
                vocabulary=self.vocabulary,
                rules=rules,
                coverage=self.captures.coverage,
                sources=lambda: self.source_facts(clock()),
                clock=clock,
                progress=progress,
            ),
            status_history(intervals, ledger=self.ledger, registry=self.registry, rules=rules, clock=clock, progress=progress),
        ]

    def coverage(self) -> Coverage:
        """Which days of which source were read to the end."""
        return Coverage.of(self.captures.coverage(), FEEDS)

    def _view(self, knowledge: Knowledge, on: date) -> View:
        return View(on=on, knowledge=knowledge, coverage=self.coverage(), is_working_day=is_working_day)

    def _first_day(self, since: date | None) -> date:
        first = ingesting.first_day(since or self.settings.since, self.clock())
        if first > hk_day(self.clock()):
            raise SettingsError(f"the first day to read, {first}, lies ahead; see MILESTONES_SINCE or --since")
        return first
