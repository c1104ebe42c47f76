"""Today, the landing page: what needs a person, since when, and who acts; what falls due; and how fresh each source is.

Everything here is asked in a few rows, whatever the length of the ledger: nothing is folded.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse

from milestones.adapters.calendar import is_working_day
from milestones.airflow.pages import needs
from milestones.airflow.pages.desk import footing, monitor
from milestones.airflow.pages.frame import frame_of, show
from milestones.airflow.pages.freshness import freshness
from milestones.domain.commitments import DeadlineKind, Registry, Target
from milestones.domain.dates import hk_day, working_days_after
from milestones.domain.sittings import Calendar, Step, lapsed, opportunity
from milestones.domain.status import GRACE_WORKING_DAYS, SETTLED, Status
from milestones.services.deadlines import SOON_DAYS

READ_MODELS = ("read-tables", "status-history")

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A day within the next SOON_DAYS that binds an open target: its deadline, or the last sitting before it."""

    on: date
    target: Row
    bureaux: str
    is_sitting: bool


def page(request: Request) -> HTMLResponse:
    """The page."""
    desk, frame = monitor(), frame_of(request)
    on = hk_day(desk.clock())
    tables = desk.read_tables
    open_targets = [t for t in tables.rows("read_target") if t["status"] not in SETTLED]
    bureaux = {row["commitment"]: row["bureaux"] for row in tables.rows("read_commitment")}
    read, steps, calendar = tables.rows("read_source"), desk.page_reads.bill_steps(), desk.calendar()
    trouble, failing = desk.in_trouble([]), desk.page_reads.failing()
    standings, head = [desk.standings.of(name) for name in READ_MODELS], desk.ledger.head()[0]
    lacking = {s.name: event.recorded_at for s in standings if s.position < head for event in desk.ledger.read(after=s.position, limit=1)}
    groups = [
        needs.to_review(*desk.page_reads.waiting(needs.SHOWN), desk.vocabulary, frame.language),
        needs.to_confirm(in_doubt(desk.page_reads.unfollowed(on), open_targets, desk.registry, on), frame.language),
        needs.to_settle(lapsed(steps, calendar, on), frame.language),
        needs.to_mend(trouble, {row["source"]: row for row in read}, frame.language),
        needs.to_look_at(failing, frame.language),
        needs.to_take(desk.captures.quarantined(), frame.language),
        needs.to_go_on(standings, lacking, head, desk.clock(), frame.language),
    ]
    return show(
        frame,
        "today.html.jinja",
        footing(desk),
        on=on,
        soon_days=SOON_DAYS,
        groups=groups,
        due=list(due(open_targets, bureaux, desk.registry, steps, calendar, on)),
        passed=sum(t["status"] == Status.OVERDUE for t in open_targets),
        following=min((t["deadline_last_on"] for t in open_targets if _binds(t) and t["deadline_last_on"] >= on.isoformat()), default=None),
        sources=freshness(
            read,
            desk.settings.sources,
            degraded=[t.source for t in trouble if t.degraded],
            unusual=[*(t.source for t in trouble), *(c.source for c in failing)],
        ),
    )


def in_doubt(announced: Iterable[Row], open_targets: Iterable[Row], registry: Registry, on: date) -> list[tuple[Row, date]]:
    """Of the steps announced for a day that has passed, those that would complete an open target, and since when they are in doubt."""
    open_keys = {(t["commitment"], t["target"]) for t in open_targets}
    found = []
    for step in announced:
        if (step["commitment"], step["target"]) in open_keys and (step["kind"], step["subject"]) in _completing(registry, step):
            since = working_days_after(date.fromisoformat(step["occurred_on"]), GRACE_WORKING_DAYS, is_working_day)
            if since <= on:
                found.append((step, since))
    return found


def due(
    open_targets: Iterable[Row], bureaux: Mapping[str, str], registry: Registry, steps: Sequence[Step], calendar: Calendar, on: date
) -> Iterator[Due]:
    """What falls due soon, the first day first."""
    found = []
    for row in open_targets:
        target = _target(registry, row)
        sitting = opportunity(target, [s for s in steps if s.commitment == row["commitment"]], calendar, on) if target else None
        deadline = date.fromisoformat(row["deadline_last_on"]) if _binds(row) else None
        found += [
            Due(on=day, target=row, bureaux=bureaux[row["commitment"]], is_sitting=is_sitting)
            for day, is_sitting in ((sitting, True), (deadline, False))
            if day
        ]
    yield from sorted((d for d in found if on <= d.on <= on + timedelta(days=SOON_DAYS)), key=lambda d: (d.on, d.target["place"]))


def _binds(target: Row) -> bool:
    return target["deadline_kind"] == DeadlineKind.BY and target["deadline_last_on"] is not None


def _target(registry: Registry, row: Row) -> Target | None:
    commitment = registry.by_key.get(row["commitment"])  # None: its policy document was added to the ledger since this process began
    return next((t for t in commitment.targets if t.slug == row["target"]), None) if commitment else None


def _completing(registry: Registry, step: Row) -> set[tuple[str, str]]:
    target = _target(registry, step)
    return {(c.kind, c.subject) for c in target.completes} if target else set()
