"""What task bodies share: the monitor with our errors as Airflow's, progress in the log, findings in words.

Imported by tasks when they run, never while a DAG file is parsed.
"""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from time import monotonic
from typing import NoReturn

from airflow.sdk.configuration import conf
from airflow.sdk.exceptions import AirflowException, AirflowFailException, AirflowSkipException

from milestones.airflow.post import smtp_or_outbox
from milestones.bootstrap import Monitor, Reporting, Watching, open_monitor
from milestones.domain.dates import hk_day
from milestones.domain.errors import MilestonesError, Unreachable
from milestones.services.ports import Finding, Progress

log = logging.getLogger(__name__)

FOUND = "Sources are not as they should be"
"""How the message of the watching task begins where it found something."""

SHOWN = 20
"""How many addresses that failed are named in a log; all of them are in the fetch log."""


@contextmanager
def open_plainly() -> Iterator[Monitor]:
    """The monitor; an error of ours fails the task with its one line and no chain of causes, and only Unreachable may be retried."""
    try:
        with open_monitor() as monitor:
            yield monitor
    except Unreachable as error:
        raise AirflowException(str(error)) from None
    except MilestonesError as error:
        raise AirflowFailException(str(error)) from None


def ingest(source: str, run_id: str, **days: date) -> str:
    """Reads one source, of the days `since` and `until` where given. What failed on the way is a warning: its days stay open for the next run."""
    with open_plainly() as monitor:
        if source not in monitor.settings.sources:
            skip(f"MILESTONES_SOURCES leaves {source} out")
        if days and days["since"] > hk_day(monitor.clock()):
            skip(f"{days['since']} lies ahead of the clock of this ledger, which MILESTONES_NOW has fixed")
        summary = monitor.ingest(source, run_id=run_id, progress=log_progress(), **days)
    for error in summary.errors[:SHOWN]:
        log.warning("will be asked again: %s", error)
    line = summary.line()
    log.info(line)
    return line


def ingest_history(source: str, day_begins: datetime | None, run_id: str, *, until_now: bool = False) -> str:
    """Reads one source of the Hong Kong day of an instant, or `until_now`; of the usual days where a run has none, being asked for by hand."""
    if day_begins is None:
        return ingest(source, run_id)
    day = hk_day(day_begins)
    return ingest(source, run_id, since=day) if until_now else ingest(source, run_id, since=day, until=day)


def send_digests(monitor: Monitor, run_id: str, looked_at: datetime | None) -> list[str]:
    """Sends the digests that have become due since the last run that went well; skips the task where there is none, and says why."""
    if not monitor.read_tables.position():
        skip("nothing has been read yet; trigger this DAG once it has, or wait for the next morning")
    reporting = Reporting(monitor)
    post = smtp_or_outbox(home=monitor.settings.home, origin=monitor.origin, clock=monitor.clock, unsubscribe=reporting.subscriptions.contact)
    done = reporting.send_due(post, run_id=run_id, looked_on=hk_day(looked_at) if looked_at else None)
    lines = [d.line for d in done]
    write_lines(lines)
    failed = [d.line for d in done if d.failed]
    if failed:
        raise AirflowFailException("; ".join(failed))
    if not any(d.sent for d in done):
        skip("no subscription was due today" if not done else "; ".join(lines))
    return lines


def watch_sources(run_id: str) -> int:
    """Looks whether sources are degraded or a canary failed, tells in the log how each is doing, and fails the task if a person should look."""
    with open_plainly() as monitor:
        health = Watching(monitor).look(run_id=run_id)
    write_lines([line for h in health for line in h.lines()])
    fail_with(FOUND, "; ".join(h.alarm() for h in health if h.alarming))
    return len(health)


def what_waits() -> str:
    """What waits for a person, in Markdown without a word of any page, with the way to the queue; skips the task where nothing does."""
    with open_plainly() as monitor:
        count, oldest = monitor.page_reads.waiting(1)
        unconfirmed = len(monitor.unconfirmed())
    if not count and not unconfirmed:
        skip("nothing waits for a person")
    since = f", the oldest since {hk_day(oldest[0].held_at)}" if oldest else ""
    return (
        f"Findings to decide: {count}{since}. Announced days to confirm: {unconfirmed}.\n\n"
        f"Decide them in the [review queue]({_address('review')}). An answer here decides nothing, and neither does a time-out."
    )


def skip(reason: str) -> NoReturn:
    """Skips the task, and says why in its log: Airflow itself writes only that it does."""
    log.info("Skipped: %s.", reason)
    raise AirflowSkipException(reason)


def fail_with(what: str, findings: str, *, docs: str = "") -> None:
    """Fails the task if there are findings (see `in_words`); `docs` names their Data Docs."""
    if findings:
        where = f"; Data Docs: {_address(f'data-docs/{docs}/index.html')}" if docs else ""
        raise AirflowFailException(f"{what}: {findings}{where}")


def in_words(findings: Sequence[Finding]) -> str:
    """Findings in one line: each expectation, what it wanted, and the rows; empty without findings."""
    return "; ".join(
        f"{finding.expectation}: {finding.detail}" + (f" (rows {', '.join(finding.row_ids)})" if finding.row_ids else "") for finding in findings
    )


def write_lines(lines: Sequence[str]) -> int:
    """Puts lines in the task's log; how many."""
    for line in lines:
        log.info("%s", line)
    return len(lines)


def log_progress(*, every: float = 10.0) -> Progress:
    """A Progress that writes to the task's log, at most once in `every` seconds and at the end."""
    last = float("-inf")

    def tell(what: str, done: int, total: int) -> None:
        nonlocal last
        if done < total and monotonic() - last < every:
            return
        last = monotonic()
        log.info("%s: %d of %d", what, done, total)

    return tell


def _address(path: str) -> str:
    """Where a page of ours is, as this Airflow is addressed."""
    return f"{conf.get('api', 'base_url', fallback='http://localhost:8080').rstrip('/')}/milestones/{path}"
