"""Commands that tell: the scoreboard and the events."""

from datetime import date
from typing import Annotated, Any

import typer
from rich.console import Group
from rich.text import Text

from milestones.bootstrap import Evidence, Monitor, open_existing
from milestones.cli.shared import FACSIMILES, Day, complain, emit, instant_of, one_of, out, say
from milestones.domain.dates import hk_day
from milestones.domain.events import Origin
from milestones.reports.terminal import commitment_page, scoreboard_lines
from milestones.reports.words import visible
from milestones.services.event_lines import event_lines
from milestones.services.status import status_data


def status(
    commitment: Annotated[str | None, typer.Argument(help="such as DE-04 or PA2024/DE-04")] = None,
    on: Day = None,
    known_at: Annotated[str | None, typer.Option(metavar="INSTANT", help="only what was recorded by then")] = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """The scoreboard, or one commitment with history and evidence."""
    with open_existing() as monitor:
        day = on.date() if on else hk_day(monitor.clock())
        instant = instant_of(known_at)
        knowledge, statuses = monitor.statuses(on=day, known_at=instant)
        if commitment:
            key = monitor.registry.find(commitment).key
            statuses = [s for s in statuses if s.commitment.key == key]
        if as_json:
            steps = knowledge.milestones if commitment else ()
            ahead = monitor.last_sittings(knowledge, statuses, day)
            data = status_data(
                statuses,
                as_of_position=knowledge.position,
                on=day,
                known_at=instant,
                milestones=steps,
                last_sittings=ahead,
                in_trouble=monitor.in_trouble(),
            )
            emit({"origin": monitor.origin.value, **data}, indent=1)
            return
        caption = _caption(monitor, day, knowledge.position)
        doubts = [f"{t.source}: {t.line()}" for t in monitor.in_trouble() if not commitment or key in t.commitments]
        shown = commitment_page(statuses[0], knowledge, monitor.vocabulary) if commitment else scoreboard_lines(statuses, monitor.vocabulary)
        out.print(Group(shown, *(Text(visible(doubt), style="magenta") for doubt in doubts), Text(f"\n{caption}")))


def events(
    form: Annotated[str, typer.Option("--format", help="table or jsonl")] = "table",
    since_position: Annotated[int, typer.Option(min=0, help="events behind this position")] = 0,
    trace: Annotated[str | None, typer.Option(metavar="EVENT", help="one event, by position or id, down to the words on the archived page")] = None,
) -> None:
    """The events of the ledger, oldest first."""
    one_of("--format", form, ("table", "jsonl"))
    if trace:
        with open_existing() as monitor:
            followed = Evidence(monitor).trace(trace)
        for told in followed.lines():
            say(told)
        raise typer.Exit(1 if followed.faults else 0)
    with open_existing() as monitor:
        lines = [line for line in event_lines(monitor.ledger.read()) if line["position"] > since_position]
        if monitor.origin is Origin.REPLICA:
            complain(FACSIMILES)
    for line in lines:
        emit(line) if form == "jsonl" else say(_event_row(line))


def _caption(monitor: Monitor, day: date, position: int) -> str:
    """What the screen rests on: the record, the day, the position, and how much was read."""
    note = [FACSIMILES] if monitor.origin is Origin.REPLICA else []
    told = [f"As of {day} (Hong Kong), ledger position {position}.", f"Read since the promise: {'; '.join(monitor.read_so_far())}."]
    return " ".join([*note, *told, "Not affiliated with the Government."])


def _event_row(line: dict[str, Any]) -> str:
    told = " ".join(str(line[k] or "-") for k in ("commitment", "target", "kind", "state", "occurred_on"))
    mark = " " if line["current"] else "x"
    return f"{line['position']:>6} {mark} {line['recorded_at'][:16]} {line['type']:<24} {told} {line['url']}"
