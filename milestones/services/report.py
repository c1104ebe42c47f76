"""The digest: what was known at the last one against what is known now, so that what arises by mere passing of time is told too.

Pure: the same two views give the same digest. It tells of the commitments of its subscription alone.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import groupby
from uuid import UUID

from milestones.domain.commitments import DeadlineKind, Registry
from milestones.domain.coverage import Coverage
from milestones.domain.dates import Interval, days_between
from milestones.domain.events import Origin
from milestones.domain.findings import findings
from milestones.domain.milestones import Knowledge
from milestones.domain.revisions import revised
from milestones.domain.status import MET, Basis, CommitmentStatus, Status, TargetStatus, View, scoreboard
from milestones.services.dates_ahead import Touched, entries
from milestones.services.deadlines import Opportunities
from milestones.services.digest import Cause, Changed, Counts, Digest, Doubt, Due, LastSitting, Later, Passed, SourceRead
from milestones.services.news import AHEAD_DAYS, news
from milestones.services.places import Place, place
from milestones.services.subscriptions import Subscription

NEXT_DEADLINES = 3
"""Days, not targets: one day often ends many."""

LOOK_BACK_DAYS = 35
"""What took place longer ago is folded, however long ago the last digest was; a month and a few days."""

_ENDED = frozenset({Status.WITHDRAWN, Status.CANCELLED, Status.IN_PLACE_BEFORE})
_COUNTED = {Status.MET: "met", Status.MET_LATE: "met_late", Status.UNKNOWN: "unknown", **dict.fromkeys(_ENDED, "ended")}


def digest(
    registry: Registry,
    *,
    since: View,
    now: View,
    generated_at: datetime,
    origin: Origin,
    unread: Mapping[str, str],
    head: tuple[int, str],
    last_sittings: Opportunities | None = None,
    reread: Knowledge | None = None,
    carried: Collection[UUID] | None = None,
    unread_before: Collection[str] = (),
    touched: Touched | None = None,
    subscription: Subscription = Subscription(id="default", to=()),  # noqa: B008  # frozen
) -> Digest:
    """What happened between `since` and `now`, and what the calendar asks for.

    `since` is the last digest's day, knowledge and coverage (the empty knowledge before the first one). `unread` says in words, by
    name of a source, since when and why it could not be read. `head` is position and hash of the event that `now` ends with; of
    `last_sittings` those within the look-ahead are told. `reread` is what was known at `since` with what reading old pages again has found.
    `carried` are the events that earlier mails of the subscription rested on, `unread_before` the sources that the last one said were not
    fully read, `touched` says when something last became known of a target.
    """
    registry = subscription.scope.narrowed(registry)
    period = Interval(min(since.on, now.on), now.on)
    folded_before = max(period.first, now.on - timedelta(days=LOOK_BACK_DAYS))
    told = news(registry, since.knowledge, now.knowledge, first=folded_before, on=now.on, reread=reread, carried=carried)
    statuses = _targets(scoreboard(registry, now))
    passed = [_passed(where, status, now.on) for where, status in statuses if status.status in (Status.OVERDUE, Status.UNKNOWN)]
    first = since.knowledge.position == 0
    sources = _sources(now.coverage, period, unread)
    return Digest(
        subscription=replace(subscription, to=()),
        period=period,
        generated_at=generated_at,
        origin=origin,
        first=first,
        position=head[0],
        hash=head[1],
        happened=told.happened,
        updates=told.updates,
        earlier=told.earlier,
        scheduled=told.scheduled,
        due=tuple(_due(statuses, now.on, since.on)),
        later=tuple(_later(statuses, since.knowledge)),
        passed=tuple(p for p in passed if not p.unread),
        unknown=tuple(p for p in passed if p.unread),
        changed=() if first else tuple(_changes(registry, since, now, statuses, reread or since.knowledge)),
        corrections=told.corrections,
        doubts=tuple(_doubts(registry, since.knowledge, now.knowledge)),
        sources=sources,
        counts=_counts(s for _, s in statuses),
        next_deadlines=_next_deadlines(statuses, now.on),
        promised_on=min(d.delivered_on for d in registry.documents),
        course=tuple(_course(s for _, s in statuses)),
        calendar=entries(registry, None if first else since, now, touched or {}, last_sittings or {}),
        newly_unread=tuple(s.source for s in sources if s.in_doubt and s.source not in unread_before),
        folded_before=folded_before,
        last_sittings=tuple(_last_sittings(statuses, last_sittings or {}, now.on)),
    )


_Placed = list[tuple[Place, TargetStatus]]


def _targets(statuses: Iterable[CommitmentStatus]) -> _Placed:
    return [(place(s.commitment, t.target.slug), t) for s in statuses for t in s.targets]


def _open(status: TargetStatus) -> bool:
    return status.status not in MET | _ENDED


def _last_day(status: TargetStatus) -> date:
    interval = status.target.deadline.interval
    return interval.last if interval else date.max


def _due(statuses: _Placed, on: date, before: date) -> Iterable[Due]:
    """Open targets with a deadline, of whichever kind, whose last day lies within the look-ahead; by day."""
    sight = timedelta(days=AHEAD_DAYS)
    for where, status in sorted(statuses, key=lambda s: _last_day(s[1])):
        last = _last_day(status)
        if _open(status) and on <= last <= on + sight:
            deadline = status.target.deadline
            yield Due(place=where, kind=deadline.kind, printed=deadline.printed, deadline=last, status=status.status, fresh=last > before + sight)


def _later(statuses: _Placed, before: Knowledge) -> Iterable[Later]:
    """Later dates that were announced for targets that are still open."""
    for where, status in statuses:
        said = status.revised
        if said and _open(status):
            known = [m for m in before.milestones if m.commitment == status.commitment]
            then = revised(known, status.target.slug, date.max)
            yield Later(
                place=where,
                printed=status.target.deadline.printed,
                deadline=_last_day(status),
                revised=said.interval.last,
                precision=said.precision,
                said_by=said.said_by,
                quote=said.event.draft.quote or "",
                url=said.event.draft.source,
                fresh=then is None or then.event.event_id != said.event.event_id,
                events=(said.event.event_id,),
            )


def _course(statuses: Iterable[TargetStatus]) -> Iterable[tuple[date, date | None]]:
    """The day by which each target was to be done and the one on which it was, in the order of the former; what has ended is left out."""
    dated = [s for s in statuses if s.target.deadline.kind is DeadlineKind.BY and s.status not in _ENDED]
    return sorted(((_last_day(s), s.occurred_on if s.status in MET else None) for s in dated), key=lambda c: (c[0], c[1] or date.max))


def _last_sittings(statuses: _Placed, last_sittings: Opportunities, on: date) -> Iterable[LastSitting]:
    for where, status in statuses:
        day = last_sittings.get((status.commitment, status.target.slug))
        if day and on <= day <= on + timedelta(days=AHEAD_DAYS):
            yield LastSitting(place=where, day=day)


def _passed(where: Place, status: TargetStatus, on: date) -> Passed:
    return Passed(
        place=where,
        printed=status.target.deadline.printed,
        deadline=_last_day(status),
        days=(on - _last_day(status)).days,
        basis=status.basis,
        unread=status.unread,
        events=_events(status),
    )


def _doubts(registry: Registry, before: Knowledge, now: Knowledge) -> Iterable[Doubt]:
    """Documents that do not agree, where that was not known before."""
    known = {f.finding_id for f in findings(before.milestones)}
    for finding in findings(now.milestones):
        commitment = registry.by_key.get(finding.commitment)
        if commitment and finding.finding_id not in known:
            yield Doubt(
                place=place(commitment, finding.target),
                about=finding.about,
                kind=finding.kind,
                told=finding.line(),
                urls=tuple(dict.fromkeys(e.draft.source for e in finding.events)),
                events=tuple(e.event_id for e in finding.events),
            )


def _changes(registry: Registry, since: View, now: View, statuses: _Placed, reread: Knowledge) -> Iterable[Changed]:
    """Compared on status and basis.

    Today's statuses from what was known last time, the days since read as they passed, tell what time alone has changed; those
    from all that is read now, what a hole filled meanwhile has; those from `reread` what reading old pages again has.
    """
    before = _targets(scoreboard(registry, since))
    by_time = _targets(scoreboard(registry, replace(now, knowledge=since.knowledge, coverage=_read_on(since, now))))
    by_reading = _targets(scoreboard(registry, replace(now, knowledge=since.knowledge)))
    by_rules = _targets(scoreboard(registry, replace(now, knowledge=reread)))
    for (where, new), (_, old), *others in zip(statuses, before, by_time, by_reading, by_rules, strict=True):
        if _stand(new) == _stand(old):
            continue
        causes = zip((Cause.TIME, Cause.READING, Cause.RULES), others, strict=True)
        cause = next((cause for cause, (_, then) in causes if _stand(then) == _stand(new)), Cause.EVENT)
        yield Changed(place=where, before=old.status, after=new.status, basis=new.basis, cause=cause, events=_events(new))


def _read_on(since: View, now: View) -> Coverage:
    """What was read last time, and of the days since then what is read now."""
    known = since.coverage.closed
    return Coverage({s: known.get(s, frozenset()) | {d for d in days if d >= since.on} for s, days in now.coverage.closed.items()})


def _stand(status: TargetStatus) -> tuple[Status, Basis | None]:
    return (status.status, status.basis)


def _events(status: TargetStatus) -> tuple[UUID, ...]:
    return tuple(e.event_id for m in status.decided_by for e in m.evidence)


def _counts(statuses: Iterable[TargetStatus]) -> Counts:
    found = dict.fromkeys(Counts.__dataclass_fields__, 0)
    for status in statuses:
        if status.target.deadline.kind is DeadlineKind.BY:
            found[_counted(status)] += 1
    return Counts(**found)


def _counted(status: TargetStatus) -> str:
    if status.status is Status.OVERDUE:
        return "passed_stated" if status.basis is Basis.STATED_BY_GOVERNMENT else "passed_not_found"
    return _COUNTED.get(status.status, "open")


def _next_deadlines(statuses: _Placed, on: date) -> tuple[tuple[date, tuple[Place, ...]], ...]:
    ahead = [(where, s) for where, s in statuses if s.target.deadline.kind is DeadlineKind.BY and _open(s) and _last_day(s) >= on]
    days = groupby(sorted(ahead, key=lambda s: _last_day(s[1])), key=lambda s: _last_day(s[1]))
    return tuple((day, tuple(where for where, _ in group)) for day, group in days)[:NEXT_DEADLINES]


def _sources(coverage: Coverage, period: Interval, unread: Mapping[str, str]) -> tuple[SourceRead, ...]:
    """Only days that are over can have been read to the end."""
    over = days_between(period.first, period.last - timedelta(days=1))
    return tuple(
        SourceRead(
            source=name,
            read=sum(day in closed for day in over),
            days=len(over),
            last_on=max(closed, default=None),
            note=unread.get(name, ""),
        )
        for name, closed in sorted({**dict.fromkeys(unread, frozenset[date]()), **coverage.closed}.items())
    )
