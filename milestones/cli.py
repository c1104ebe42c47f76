"""The command line. Exit codes: 0 done, 1 findings or failures, 2 could not run; errors are one line that says what to do."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any
from uuid import uuid4

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from milestones.bootstrap import Monitor, open_monitor
from milestones.domain.dates import HKT, hk_day
from milestones.domain.errors import MilestonesError, SettingsError, SourceError
from milestones.domain.events import Origin
from milestones.reports.terminal import commitment_page, plain, scoreboard_table
from milestones.services.event_lines import event_lines
from milestones.services.ports import Progress
from milestones.services.status import status_data

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)
report = typer.Typer(no_args_is_help=True, help="Reports: build, show or send them.")
app.add_typer(report, name="report")

out = Console(soft_wrap=True)
err = Console(stderr=True)

Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DAY")]


def main() -> None:
    """Entry point: runs a command and turns our errors into one line and exit code 2."""
    try:
        app()
    except MilestonesError as error:
        print(f"milestones: {plain(str(error))}", file=sys.stderr)
        sys.exit(2)
    except BrokenPipeError:  # the reader of our output went away, as `head` does
        sys.stderr.close()
        sys.exit(0)


@app.command()
def init() -> None:
    """Open the ledger: migrate the database, write its first event, register the commitments. Safe to repeat."""
    with open_monitor() as monitor:
        position, _ = monitor.ledger.head()
        print(f"ledger at position {position}, opened as {monitor.origin.value}, {len(monitor.registry.by_key)} commitments registered")


@app.command()
def ingest(sources: Annotated[list[str] | None, typer.Argument(help="default: all")] = None, since: Day = None, until: Day = None) -> None:
    """Read the sources once, from fetch to append, without Airflow."""
    with open_monitor() as monitor, bar() as progress:
        wanted = _known_sources(sources, monitor)
        run_id = f"cli:{uuid4()}"
        failed = [line for s in wanted if (line := _ingest_one(monitor, s, run_id, progress, since, until))]
        lines = [monitor.detect(run_id=run_id, progress=progress).line()]
        audit = monitor.audit(run_id=run_id)
        lines += [audit.line(), monitor.append(audit.passed, run_id=run_id).line()]
        lines.append(f"read tables at position {monitor.project()}")
    for line in [*lines, *failed]:
        print(plain(line))
    for finding in audit.findings:
        print(plain(f"quarantined: {finding.expectation}: {finding.detail}"), file=sys.stderr)
    raise typer.Exit(1 if failed else 0)


@app.command()
def status(
    commitment: Annotated[str | None, typer.Argument(help="such as DE-04 or PA2024/DE-04")] = None,
    on: Day = None,
    known_at: Annotated[str | None, typer.Option(metavar="INSTANT", help="only what was recorded by then")] = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """The scoreboard, or one commitment with history and evidence."""
    with open_monitor() as monitor:
        day = on.date() if on else hk_day(monitor.clock())
        instant = _instant(known_at)
        knowledge, statuses = monitor.statuses(on=day, known_at=instant)
        if commitment:
            key = monitor.registry.find(commitment).key
            statuses = [s for s in statuses if s.commitment.key == key]
        if as_json:
            data = status_data(
                statuses, as_of_position=knowledge.position, on=day, known_at=instant, milestones=knowledge.milestones if commitment else ()
            )
            print(json.dumps(data, ensure_ascii=False, indent=1))
        elif commitment:
            out.print(commitment_page(statuses[0], knowledge, monitor.vocabulary))
        else:
            out.print(scoreboard_table(statuses, monitor.vocabulary, caption=_caption(monitor, day, knowledge.position)))


@app.command()
def events(
    form: Annotated[str, typer.Option("--format", help="table or jsonl")] = "table",
    since_position: Annotated[int, typer.Option(min=0, help="events behind this position")] = 0,
) -> None:
    """The events of the ledger, oldest first."""
    _one_of("--format", form, ("table", "jsonl"))
    with open_monitor() as monitor:
        lines = [line for line in event_lines(monitor.ledger.read()) if line["position"] > since_position]
    for line in lines:
        print(json.dumps(line, ensure_ascii=False) if form == "jsonl" else _event_row(line))


@app.command()
def detect(pages: Annotated[list[str], typer.Argument(metavar="FILE_OR_URL...")], form: Annotated[str, typer.Option("--format")] = "table") -> None:
    """What detection reads in saved pages, and why; records nothing."""
    _one_of("--format", form, ("table", "jsonl"))
    unread = 0
    with open_monitor() as monitor:
        detector = monitor.detector()
        for page in pages:
            try:
                documents = monitor.open_page(page)
            except (SourceError, OSError) as error:
                unread += 1
                print(f"{page}: not read: {plain(str(error))}", file=sys.stderr)
                continue
            for document in documents:
                found = [_candidate_line(document.url, c) for c in detector.read(document)]
                for line in found:
                    print(json.dumps(line, ensure_ascii=False) if form == "jsonl" else _candidate_row(line))
                if form == "table" and not found:
                    print(f"{document.url}: {plain(document.headline)} ({document.published_at or document.day or 'no day'}): no milestone")
    raise typer.Exit(1 if unread else 0)


@report.command()
def digest(
    preview: Annotated[Path | None, typer.Option(metavar="FILE", help="write the HTML there; record and send nothing")] = None,
) -> None:
    """The weekly digest, into the outbox: what happened, what is due, which dates passed and on what basis, what could not be read."""
    with open_monitor() as monitor:
        if preview:
            preview.write_text(monitor.digest()[1].html, encoding="utf-8")
            print(f"written to {preview}")
        else:
            print(plain(monitor.send_digest(monitor.outbox(), run_id=f"cli:{uuid4()}").line()))


@contextmanager
def bar() -> Iterator[Progress]:
    """A progress bar on the error stream, one line for each thing that is being done."""
    with Bar(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=err,
        transient=True,
        disable=not err.is_terminal,
    ) as shown:
        tasks: dict[str, Any] = {}

        def tell(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = shown.add_task(what)
            shown.update(tasks[what], completed=done, total=total)

        yield tell


def _ingest_one(monitor: Monitor, source: str, run_id: str, progress: Progress, since: datetime | None, until: datetime | None) -> str | None:
    """Reads one source to the end; what must be retried, in one line."""
    try:
        summary = monitor.ingest(
            source, run_id=run_id, since=since.date() if since else None, until=until.date() if until else None, progress=progress, whole=True
        )
    except SourceError as error:
        return f"{source}: to be retried: {error}"
    print(plain(summary.line()))
    return (
        f"{source}: to be retried: {summary.errors[0]}" + (f" (and {summary.failed - 1} more)" if summary.failed > 1 else "")
        if summary.errors
        else None
    )


def _known_sources(sources: list[str] | None, monitor: Monitor) -> list[str]:
    wanted = sources or list(monitor.settings.sources)
    strange = [s for s in wanted if s not in monitor.settings.sources]
    if strange:
        raise SettingsError(f"no source {', '.join(strange)}; there are: {', '.join(monitor.settings.sources)}")
    return wanted


def _caption(monitor: Monitor, day: date, position: int) -> str:
    note = "These texts are facsimiles, not the real record. " if monitor.origin is Origin.REPLICA else ""
    return f"{note}As of {day} (Hong Kong), ledger position {position}. Not affiliated with the Government."


def _instant(text: str | None) -> datetime | None:
    """An instant from the command line; without a time zone it means Hong Kong time, a bare day its end."""
    if text is None:
        return None
    try:
        instant = datetime.fromisoformat(text if "T" in text or " " in text else f"{text}T23:59:59.999999")
    except ValueError:
        raise SettingsError(f"--known-at must be a day or an instant such as 2025-06-30T12:00, not {text!r}") from None
    return instant if instant.tzinfo else instant.replace(tzinfo=HKT)


def _one_of(name: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise SettingsError(f"{name} must be {' or '.join(allowed)}, not {value!r}")


def _event_row(line: dict[str, Any]) -> str:
    told = " ".join(str(line[k] or "-") for k in ("commitment", "target", "kind", "state", "occurred_on"))
    mark = " " if line["current"] else "x"
    return plain(f"{line['position']:>6} {mark} {line['recorded_at'][:16]} {line['type']:<24} {told} {line['url']}")


def _candidate_line(url: str, candidate: Any) -> dict[str, Any]:
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
    return plain(f"{line['url']}: {head}: {line['reason']}: “{line['quote']}”")
