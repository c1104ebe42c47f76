"""Sources: how reading each place goes; and all that is known of one of them: days, canaries, counts, quarantine, backlog, what rests on it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from fastapi import HTTPException, Request
from fastapi.responses import HTMLResponse

from milestones.airflow.pages.days import months, years
from milestones.airflow.pages.desk import footing, monitor
from milestones.airflow.pages.frame import frame_of, show
from milestones.airflow.pages.freshness import Freshness, freshness
from milestones.bootstrap import Monitor
from milestones.bootstrap.monitor import FEEDS
from milestones.domain.commitments import Registry
from milestones.domain.dates import hk_day
from milestones.domain.status import SETTLED, sources_needed
from milestones.domain.watching import Check, Incident
from milestones.services.overhearing import RECENT_DAYS
from scrapers import SOURCES

SHOWN = 100
"""Pages in quarantine, and counts, that one page lists."""

MOST_LISTED = 1_000
"""A backlog is counted up to here: a larger one says the same."""


def page(request: Request) -> HTMLResponse:
    """Every source, a line each."""
    desk, frame = monitor(), frame_of(request)
    read, failing = desk.read_tables.rows("read_source"), desk.page_reads.failing()
    affected = {row["source"]: row["affected_commitments"] for row in read if row["affected_commitments"]}
    return show(
        frame,
        "sources.html.jinja",
        footing(desk),
        lines=_lines(desk, read, failing),
        failing={s: [c for c in failing if c.source == s] for s in {c.source for c in failing}},
        set_aside=Counter(q["source"] for q in desk.captures.quarantined()),
        affected={s: keys.split(", ") for s, keys in affected.items()},
        decisive={name for name, source in SOURCES.items() if source.habits.decisive},
    )


def one(request: Request, name: str) -> HTMLResponse:
    """All that is known of one source."""
    if name not in SOURCES:
        raise HTTPException(404)
    desk, frame = monitor(), frame_of(request)
    today = hk_day(desk.clock())
    promised = min(d.delivered_on for d in desk.registry.documents)
    read, feeds = [row for row in desk.read_tables.rows("read_source") if row["source"] == name], FEEDS[name]
    checks = desk.checks.newest(name, 1)
    strips = years(desk.case_reads.coverage_of(name), feeds, promised, today - timedelta(days=1))
    quarantine = [q for q in desk.captures.quarantined() if q["source"] == name]
    counts = desk.checks.counts(name, today - timedelta(days=RECENT_DAYS))[::-1]
    waiting = desk.backlog.unread(name, since=promised, until=today, limit=MOST_LISTED)
    return show(
        frame,
        "source.html.jinja",
        footing(desk),
        name=name,
        habits=SOURCES[name].habits,
        hosts=sorted(SOURCES[name].hosts),
        feeds=feeds,
        line=next(iter(_lines(desk, read, [c for c in checks if not c.passed])), None),
        incident=desk.watch.seen.incident(name)[0],
        error=next((row["last_error"] for row in read if row["last_error"]), None),
        checks=checks,
        counts=counts[:SHOWN],
        differing=sum(c.theirs != c.ours for c in counts),
        quarantine=quarantine[::-1][:SHOWN],
        set_aside=len(quarantine),
        years=strips,
        months=months(strips),
        days=sum(len(s.days) for s in strips),
        days_read=sum(s.read for s in strips),
        promised=promised,
        waiting=len(waiting),
        most=MOST_LISTED,
        resting=resting(name, desk.read_tables.rows("read_target"), desk.registry),
    )


def resting(source: str, targets: Iterable[Mapping[str, Any]], registry: Registry) -> list[str]:
    """The commitments, in document order, with an open target whose completion would stand in this source."""
    settled = {(t["commitment"], t["target"]) for t in targets if t["status"] in SETTLED}
    return [c.key for c in registry.commitments() if any((c.key, t.slug) not in settled and source in sources_needed(t) for t in c.targets)]


def _lines(desk: Monitor, read: list[dict[str, Any]], failing: Iterable[Check]) -> list[Freshness]:
    incidents: list[Incident] = [i for name in {row["source"] for row in read} if (i := desk.watch.seen.incident(name)[0])]
    unusual = [*(row["source"] for row in read if row["last_error"]), *(c.source for c in failing)]
    return freshness(read, desk.settings.sources, degraded=[i.source for i in incidents], unusual=unusual)
