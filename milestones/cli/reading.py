"""Commands that read: open the ledger, ingest sources, try detection on a page."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Any
from uuid import uuid4

import typer

from milestones.bootstrap import Monitor, open_monitor, page_reader
from milestones.cli.shared import FACSIMILES, Day, bar, complain, emit, one_of, say
from milestones.domain.documents import Candidate
from milestones.domain.errors import SettingsError, SourceError
from milestones.domain.events import Origin
from milestones.services.asking import PATIENCE, IngestSummary
from milestones.services.ports import Finding, Progress


def init() -> None:
    """Open the ledger: migrate the database, write its first event, register the commitments. Safe to repeat."""
    with open_monitor() as monitor:
        position, _ = monitor.ledger.head()
        say(f"ledger at position {position}, opened as {monitor.origin.value}, {len(monitor.registry.by_key)} commitments registered")


def ingest(sources: Annotated[list[str] | None, typer.Argument(help="default: all")] = None, since: Day = None, until: Day = None) -> None:
    """Read the sources to the end, from fetch to append, without Airflow; a long past in slices, so that what is found shows as it goes."""
    days = _days(since, until)
    with open_monitor() as monitor, bar() as progress:
        ahead = {s: monitor.requests_ahead(s, **days) for s in _known_sources(sources, monitor)}
        _announce(sum(ahead.values()), monitor.settings.request_interval)
        left: list[str] = sorted(ahead, key=lambda source: ahead[source])  # what is soon done, as bills are, answers soonest
        failed: dict[str, str] = {}
        findings: list[Finding] = []
        before: dict[str, int] = {}
        run_id = f"cli:{uuid4()}"
        while left:
            read = {s: summary for s in left if (summary := _ingest_one(monitor, s, run_id, progress, days, failed))}
            findings += _publish(monitor, run_id, progress)
            left = [s for s, summary in read.items() if summary.silent < PATIENCE and 0 < summary.left != before.get(s)]
            before = {s: summary.left for s, summary in read.items()}
        outdated = monitor.readings.outdated(monitor.rules)
    for line in failed.values():
        say(line)
    if outdated:
        complain(f"{outdated} kept documents were last read by earlier rules; `milestones replay --dry-run` shows what today's would change")
    for finding in findings:
        complain(f"quarantined: {finding.expectation}: {finding.detail}")
    raise typer.Exit(1 if failed else 0)


def detect(pages: Annotated[list[str], typer.Argument(metavar="FILE_OR_URL...")], form: Annotated[str, typer.Option("--format")] = "table") -> None:
    """What detection reads in saved pages, and why; records nothing."""
    one_of("--format", form, ("table", "jsonl"))
    unread = 0
    reader = page_reader()
    if reader.settings.origin is Origin.REPLICA:
        complain(FACSIMILES)
    for page in pages:
        try:
            documents = reader.open(page)
        except SourceError as error:
            unread += 1
            complain(f"{page}: not read: {error}")
            continue
        except OSError as error:
            unread += 1
            complain(f"{page}: not read: {error.strerror}")
            continue
        for document in documents:
            found = [_candidate_line(document.url, c) for c in reader.detector.read(document)]
            for line in found:
                emit(line) if form == "jsonl" else say(_candidate_row(line))
            if form == "table" and not found:
                say(f"{document.url}: {document.headline} ({document.published_at or document.day or 'no day'}): no milestone")
    raise typer.Exit(1 if unread else 0)


def _ingest_one(
    monitor: Monitor, source: str, run_id: str, progress: Progress, days: Mapping[str, date], failed: dict[str, str]
) -> IngestSummary | None:
    """One pass over a source; what must be retried stands in `failed`, in one line."""
    failed.pop(source, None)
    try:
        summary = monitor.ingest(source, run_id=run_id, progress=progress, **days)
    except SourceError as error:
        failed[source] = f"{source}: to be retried: {error}"
        return None
    say(summary.line())
    if summary.errors:
        failed[source] = f"{source}: to be retried: {summary.errors[0]}" + (f" (and {summary.failed - 1} more)" if summary.failed > 1 else "")
    return summary


def _publish(monitor: Monitor, run_id: str, progress: Progress) -> Sequence[Finding]:
    """From detection to the read tables; what the audit found."""
    say(monitor.detect(run_id=run_id, progress=progress).line())
    audit = monitor.audit(run_id=run_id)
    say(audit.line())
    say(monitor.append(audit.passed, run_id=run_id).line())
    say(f"read tables at position {monitor.project()}")
    return audit.findings


def _announce(requests: int, interval: float) -> None:
    """How long it will take, where that is minutes."""
    minutes = round(requests * interval / 60)
    if minutes > 1:
        told = f"{minutes} minutes" if minutes < 100 else f"{round(minutes / 60)} hours"
        say(f"about {requests:,} requests, {interval:g} s apart: about {told}; it can be stopped and goes on where it was")


def _days(since: datetime | None, until: datetime | None) -> dict[str, date]:
    return {name: day.date() for name, day in (("since", since), ("until", until)) if day}


def _known_sources(sources: list[str] | None, monitor: Monitor) -> list[str]:
    wanted = sources or list(monitor.settings.sources)
    strange = [s for s in wanted if s not in monitor.settings.sources]
    if strange:
        raise SettingsError(f"no source {', '.join(strange)}; there are: {', '.join(monitor.settings.sources)}")
    return wanted


def _candidate_line(url: str, candidate: Candidate) -> dict[str, Any]:
    return {
        "url": url,
        "commitment": candidate.commitment,
        "target": candidate.target,
        "kind": candidate.kind.value,
        "state": candidate.state.value,
        "occurred_on": candidate.occurred_on.isoformat() if candidate.occurred_on else None,
        "confidence": candidate.confidence,
        "decision": candidate.decision.value,
        "quote": candidate.quote,
        "rule": candidate.rule,
        "reason": candidate.reason,
    }


def _candidate_row(line: dict[str, Any]) -> str:
    head = " ".join(str(line[k] or "-") for k in ("decision", "commitment", "target", "kind", "state", "occurred_on", "confidence"))
    return f"{line['url']}: {head}: {line['reason']}: “{line['quote']}”"
