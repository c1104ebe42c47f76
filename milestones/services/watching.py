"""Watches a source: what its canaries say after each pass and by the hour, what others count, and the events of an incident.

A failure is kept each time, a success once a day and whenever it follows a failure: what has gone well all the time needs no rows.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from milestones.domain import canaries
from milestones.domain.canaries import Judgement
from milestones.domain.dates import IsWorkingDay, hk_day
from milestones.domain.errors import Conflict, Damaged
from milestones.domain.incidents import IN_A_ROW, degraded_draft, recovered_draft, stream_of, trouble, well
from milestones.domain.watching import Canary, Check, Shape
from milestones.services.overhearing import RECENT_DAYS, Overheard, counts
from milestones.services.ports import Captures, Checks, Clock, Ledger, Seen, Source

DOCUMENTS, ANSWERS = 50, 12
"""How many documents and answers count as those read last."""

LEARNED_AFTER = timedelta(days=7)
"""How long a new shape of a page is looked at with suspicion: as long as it takes a person to look at it."""

HISTORY = timedelta(days=400)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """Where a source is watched from: the ports, the calendars, and how an archived answer is built.

    There are as many facsimiles, and of whatever sort, as somebody wrote: of them no usual volume or share is expected.
    """

    checks: Checks
    seen: Seen
    captures: Captures
    ledger: Ledger
    clock: Clock
    is_working_day: IsWorkingDay
    in_recess: Callable[[date], bool]
    shape: Callable[[Source, str], Shape]
    facsimiles: bool
    producer: str

    def is_sound(self, source: str) -> bool:
        """Whether pages of the source are known to be read rightly: no incident, and no canary that failed last."""
        return self.seen.incident(source)[0] is None and all(c.passed for c in self.checks.newest(source, 1))


def after_pass(overheard: Overheard, watch: Watch, *, run_id: str) -> list[Check]:
    """Keeps the counts of a pass, asks every canary of its source, and records what that makes of it; what the canaries said."""
    now = watch.clock()
    today = hk_day(now)
    known = watch.checks.counts(overheard.habits.counts_for or overheard.name, today - timedelta(days=RECENT_DAYS))
    for count in counts(overheard, watch.captures, today=today):
        if count not in known:
            watch.checks.add_count(count, checked_at=now, run_id=run_id)
    said = {canary: look(overheard.source, watch, now) for canary, look in _LOOKS.items()}
    return _keep(overheard.source, said, watch, now, run_id)


def by_the_hour(source: Source, watch: Watch, *, run_id: str) -> list[Check]:
    """Asks the one canary that passing time alone can make fail: nothing may run at all. A source never read yet is not judged."""
    now = watch.clock()
    return _keep(source, {Canary.FRESHNESS: _freshness(source, watch, now)}, watch, now, run_id)


def _keep(source: Source, said: dict[Canary, Judgement | None], watch: Watch, now: datetime, run_id: str) -> list[Check]:
    checks = [
        Check(source=source.name, canary=canary, passed=judged.passed, detail=judged.detail, checked_at=now)
        for canary, judged in said.items()
        if judged
    ]
    newest = {c.canary: c for c in watch.checks.newest(source.name, 1)}
    watch.checks.add([c for c in checks if _is_news(c, newest.get(c.canary))], run_id=run_id)
    _settle(source, watch, now, run_id)
    return checks


def _is_news(check: Check, before: Check | None) -> bool:
    return not check.passed or before is None or not before.passed or hk_day(before.checked_at) != hk_day(check.checked_at)


def _settle(source: Source, watch: Watch, now: datetime, run_id: str) -> None:
    """Begins or ends an incident, once: whoever was slower finds the stream moved on, and there is nothing left to say."""
    name = source.name
    passes, checks = watch.seen.passes(name, IN_A_ROW), watch.checks.newest(name, IN_A_ROW)
    if watch.facsimiles and not source.habits.decisive:  # a mirror may lack what only bears witness
        passes = [p for p in passes if p.missing < p.asked]
    incident, version = watch.seen.incident(name)
    found = trouble(passes, checks)
    if found and not incident:
        draft = degraded_draft(name, found, at=now, producer=watch.producer, run_id=run_id)
    elif incident and well(passes, checks):
        draft = recovered_draft(name, incident, at=now, producer=watch.producer, run_id=run_id)
    else:
        return
    try:
        watch.ledger.decide([draft], settles={}, expected={stream_of(name): version}, now=now, run_id=run_id)
    except Conflict:
        if watch.seen.incident(name)[1] == version:  # not the stream: the database was busy
            raise


def _frozen(source: Source, watch: Watch, _now: datetime) -> Judgement | None:
    found = {url: watch.seen.same_since(url) for url in source.habits.changing}
    return canaries.frozen({url: since for url, since in found.items() if since}, watch.is_working_day)


def _fields(source: Source, watch: Watch, _now: datetime) -> Judgement | None:
    wanted = {name: share for name, share in source.habits.fields.items() if share == 1 or not watch.facsimiles}
    answers = len(watch.seen.answers(source.name, DOCUMENTS))
    unreadable = watch.seen.unreadable(source.name, DOCUMENTS)
    return canaries.fields(watch.seen.documents(source.name, DOCUMENTS), wanted, unreadable=unreadable, answers=answers)


def _volume(source: Source, watch: Watch, now: datetime) -> Judgement | None:
    if watch.facsimiles:
        return None
    since = hk_day(now - HISTORY)
    listed = {feed: watch.seen.listed(source.name, feed, since=since) for feed in source.habits.volume}
    return canaries.volume(listed, source.habits.volume, watch.is_working_day)


def _structure(source: Source, watch: Watch, now: datetime) -> Judgement | None:
    """The answers that came last, built anew from the archive, against shapes known for a week; of a young source, before these answers."""
    answers = watch.seen.answers(source.name, ANSWERS)
    if not answers:
        return None
    young = watch.checks.shapes(source.name, before=min(at for _, at in answers))
    known = {**young, **watch.checks.shapes(source.name, before=now - LEARNED_AFTER)}
    seen: dict[str, list[frozenset[str]]] = {}
    for capture, _ in answers:
        try:
            shape = watch.shape(source, capture)
        except Damaged:  # that is told by `verify`
            continue
        seen.setdefault(shape.layout, []).append(shape.features)
    return canaries.structure({layout: [s.features for s in shapes] for layout, shapes in known.items()}, seen)


def _freshness(source: Source, watch: Watch, now: datetime) -> Judgement | None:
    return canaries.freshness(
        source.habits,
        news_at=watch.seen.newest_at(source.name, until=now),
        read=watch.seen.read_between(source.name),
        now=now,
        is_working_day=watch.is_working_day,
        in_recess=watch.in_recess,
    )


def _completeness(source: Source, watch: Watch, now: datetime) -> Judgement | None:
    today = hk_day(now)
    return canaries.completeness(watch.checks.counts(source.name, today - timedelta(days=RECENT_DAYS)), today=today)


_LOOKS = {
    Canary.FROZEN: _frozen,
    Canary.FIELDS: _fields,
    Canary.VOLUME: _volume,
    Canary.STRUCTURE: _structure,
    Canary.FRESHNESS: _freshness,
    Canary.COMPLETENESS: _completeness,
}
