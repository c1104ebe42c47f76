"""The digest: what was known at the last one against what is known now, so that what arises by mere passing of time is told too.

Pure: the same two views give the same digest. A registry of fewer commitments gives a digest of those alone. Sending is recorded
by two events, one before and one after, neither of which holds an address.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import groupby
from uuid import UUID

from milestones.domain.commitments import DeadlineKind, Registry
from milestones.domain.coverage import Coverage
from milestones.domain.dates import Interval, days_between, utc_text
from milestones.domain.events import Draft, EventType, Origin
from milestones.domain.findings import findings
from milestones.domain.ledger import digest as digest_of
from milestones.domain.milestones import Knowledge
from milestones.domain.status import MET, Basis, CommitmentStatus, Status, TargetStatus, View, scoreboard
from milestones.services.deadlines import Opportunities
from milestones.services.digest import Cause, Changed, Counts, Digest, Doubt, Due, LastSitting, Passed, Place, SourceRead
from milestones.services.news import AHEAD_DAYS, news, place
from milestones.services.ports import Message

NEXT_DEADLINES = 3
"""Days, not targets: one day often ends many."""

KIND = "digest"
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
) -> Digest:
    """What happened between `since` and `now`, and what the calendar asks for.

    `since` is the last digest's day, knowledge and coverage (the empty knowledge before the first one). `unread` says in words, by
    name of a source, since when and why it could not be read. `head` is position and hash of the event that `now` ends with; of
    `last_sittings` those within the look-ahead are told. `reread` is what was known at `since` with what reading old pages again has found.
    """
    period = Interval(min(since.on, now.on), now.on)
    told = news(registry, since.knowledge, now.knowledge, first=period.first, on=now.on, reread=reread)
    statuses = _targets(scoreboard(registry, now))
    passed = [_passed(where, status, now.on) for where, status in statuses if status.status in (Status.OVERDUE, Status.UNKNOWN)]
    first = since.knowledge.position == 0
    return Digest(
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
        due=tuple(_due(statuses, now.on)),
        passed=tuple(p for p in passed if not p.unread),
        unknown=tuple(p for p in passed if p.unread),
        changed=() if first else tuple(_changes(registry, since, now, statuses, reread or since.knowledge)),
        corrections=told.corrections,
        doubts=tuple(_doubts(registry, since.knowledge, now.knowledge)),
        sources=_sources(now.coverage, period, unread),
        counts=_counts(s for _, s in statuses),
        next_deadlines=_next_deadlines(statuses, now.on),
        last_sittings=tuple(_last_sittings(statuses, last_sittings or {}, now.on)),
    )


def message_id(told: Digest) -> str:
    """The same for the same (kind, period, position) of the same ledger, so that a mail sent twice is one mail to its reader."""
    return f"<{KIND}.{told.period.first:%Y%m%d}-{told.period.last:%Y%m%d}.{told.position}.{told.hash[:16]}@milestone-monitor>"


def issued_draft(told: Digest, message: Message, *, producer: str, run_id: str) -> Draft:
    """`report.issued`, to be recorded before anything is sent: the digests of both parts and the events they carry."""
    return Draft(
        stream=f"report:{KIND}",
        type=EventType.REPORT_ISSUED,
        source=f"urn:milestones:report:{KIND}",
        claim_key=digest_of(EventType.REPORT_ISSUED, message.message_id),
        data={
            "kind": KIND,
            "first_day": told.period.first.isoformat(),
            "last_day": told.period.last.isoformat(),
            "position": told.position,
            "generated_at": utc_text(told.generated_at),
            "message_id": message.message_id,
            "text_sha256": hashlib.sha256(message.text.encode()).hexdigest(),
            "html_sha256": hashlib.sha256(message.html.encode()).hexdigest(),
            "events": [str(event) for event in told.carried],
        },
        producer=producer,
        run_id=run_id,
    )


def sent_draft(message: Message, *, recipients: int, went_to: str, producer: str, run_id: str) -> Draft:
    """`report.sent`: to how many and by which way (`smtp://host:port` or a file), never to whom."""
    return Draft(
        stream=f"report:{KIND}",
        type=EventType.REPORT_SENT,
        source=f"urn:milestones:report:{KIND}",
        claim_key=digest_of(EventType.REPORT_SENT, message.message_id),
        data={"kind": KIND, "message_id": message.message_id, "recipients": recipients, "went_to": went_to},
        producer=producer,
        run_id=run_id,
    )


_Placed = list[tuple[Place, TargetStatus]]


def _targets(statuses: Iterable[CommitmentStatus]) -> _Placed:
    return [(place(s.commitment, t.target.slug), t) for s in statuses for t in s.targets]


def _open(status: TargetStatus) -> bool:
    return status.status not in MET | _ENDED


def _last_day(status: TargetStatus) -> date:
    interval = status.target.deadline.interval
    return interval.last if interval else date.max


def _due(statuses: _Placed, on: date) -> Iterable[Due]:
    """Open targets with a deadline, of whichever kind, whose last day lies within the look-ahead; by day."""
    for where, status in sorted(statuses, key=lambda s: _last_day(s[1])):
        if _open(status) and on <= _last_day(status) <= on + timedelta(days=AHEAD_DAYS):
            deadline = status.target.deadline
            yield Due(place=where, kind=deadline.kind, printed=deadline.printed, deadline=_last_day(status), status=status.status)


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
