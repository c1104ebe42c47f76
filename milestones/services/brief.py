"""The brief: what whoever is asked about a commitment needs, as values on one page.

The promise, the evidence, the Government's latest statement, what is missing, what would change the status, and until when was read.
Pure: the same commitment, view and calendar give the same brief. Nothing here is worded or laid out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from milestones.domain.commitments import Commitment, PolicyDocument
from milestones.domain.dates import Interval, Precision, days_between, hk_day
from milestones.domain.documents import Figure
from milestones.domain.events import Kind, Origin, Recorded, State
from milestones.domain.flips import Flip, flips
from milestones.domain.milestones import Milestone
from milestones.domain.notes import Note
from milestones.domain.status import CommitmentStatus, TargetStatus, View, sources_needed
from milestones.services.deadlines import Opportunities
from milestones.services.news import is_chinese


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The words of one document; `published_on` is None where it does not tell."""

    quote: str
    headline: str
    url: str
    published_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One step and who says so: an English document and a Chinese one, where there are such, of so many `documents`."""

    target: str
    kind: Kind
    state: State
    occurred_on: date | None
    precision: Precision
    figures: tuple[Figure, ...]
    en: Said | None
    zh: Said | None
    documents: int

    def said(self, language: str) -> Said | None:
        """The words in a language, else in the other one."""
        return (self.zh or self.en) if language == "zh" else (self.en or self.zh)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a target stands, what of it no document tells, and what would change it. `last_sitting` is the last opportunity of an open one."""

    status: TargetStatus
    flips: tuple[Flip, ...]
    last_sitting: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How far a source that decides was read: of the `days` since the promise so many, without a gap up to `until`; `note` tells of trouble."""

    source: str
    read: int
    days: int
    until: date | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """All of it. `evidence` has the newest day first; `latest` and `latest_zh` are what the Government said last, where it said anything."""

    commitment: Commitment
    document: PolicyDocument
    on: date
    made_at: datetime
    origin: Origin
    standings: tuple[Standing, ...]
    evidence: tuple[Evidence, ...]
    latest: Evidence | None
    readings: tuple[Reading, ...]
    checkpoint: Note


def brief(
    stands: CommitmentStatus,
    document: PolicyDocument,
    view: View,
    *,
    made_at: datetime,
    origin: Origin,
    in_trouble: Mapping[str, str],
    last_sittings: Opportunities,
    checkpoint: Note,
) -> Brief:
    """The brief of one commitment. `in_trouble` says in words, by name of a source, why it cannot be relied on now."""
    commitment = stands.commitment
    own = [m for m in view.knowledge.milestones if m.commitment == commitment.key]
    return Brief(
        commitment=commitment,
        document=document,
        on=view.on,
        made_at=made_at,
        origin=origin,
        standings=tuple(standing_of(commitment, s, own, view.on, last_sittings) for s in stands.targets),
        evidence=tuple(evidence_of(m) for m in sorted(own, key=_day, reverse=True)),
        latest=_latest(own),
        readings=tuple(_readings(stands, document.delivered_on, view, in_trouble)),
        checkpoint=checkpoint,
    )


def standing_of(commitment: Commitment, status: TargetStatus, own: Sequence[Milestone], on: date, last_sittings: Opportunities) -> Standing:
    """What is told of one target; `own` are the milestones of its commitment."""
    return Standing(
        status=status,
        flips=flips(commitment, status.target, status.status, own, on, basis=status.basis),
        last_sitting=last_sittings.get((commitment.key, status.target.slug)),
    )


def _day(milestone: Milestone) -> tuple[date, int]:
    return (milestone.occurred_on or milestone.meant.first, milestone.evidence[0].position)


def evidence_of(milestone: Milestone) -> Evidence:
    """A step with the words of whoever told of it first, in each language."""
    return _evidence(milestone, milestone.evidence)


def _evidence(milestone: Milestone, events: Sequence[Recorded]) -> Evidence:
    telling = [e for e in events if e.draft.state is milestone.state] or list(events)
    return Evidence(
        target=milestone.target,
        kind=milestone.kind,
        state=milestone.state,
        occurred_on=milestone.occurred_on,
        precision=milestone.precision,
        figures=tuple(dict.fromkeys(milestone.figures)),
        en=_said(e for e in telling if not is_chinese(e.draft.quote or "")),
        zh=_said(e for e in telling if is_chinese(e.draft.quote or "")),
        documents=len({e.draft.source for e in milestone.evidence}),
    )


def _said(events: Iterable[Recorded]) -> Said | None:
    """The words of the first of these events; a bare day from a table says less than a sentence."""
    first = min(events, key=lambda e: (not any(c.isalpha() for c in e.draft.quote or ""), e.position), default=None)
    if first is None:
        return None
    return Said(
        quote=first.draft.quote or "",
        headline=str(first.draft.data.get("headline", "")),
        url=first.draft.source,
        published_on=hk_day(first.draft.published_at) if first.draft.published_at else None,
    )


def _latest(milestones: Iterable[Milestone]) -> Evidence | None:
    """What the Government published last about it, the twins of that day together; the Council's own records are no statement of its."""
    told = [(hk_day(e.draft.published_at), *_day(m), m) for m in milestones for e in m.evidence if e.draft.published_at and _is_government(e)]
    if not told:
        return None
    day, _, _, milestone = max(told, key=lambda t: t[:3])
    return _evidence(milestone, [e for e in milestone.evidence if e.draft.published_at and hk_day(e.draft.published_at) == day and _is_government(e)])


def _is_government(event: Recorded) -> bool:
    host = urlsplit(event.draft.source).hostname or ""
    return host.endswith(".gov.hk") and not host.endswith("legco.gov.hk")


def _readings(stands: CommitmentStatus, promised_on: date, view: View, in_trouble: Mapping[str, str]) -> Iterable[Reading]:
    """Of the sources in which a completion would stand. Only days that are over can have been read to the end."""
    since = days_between(promised_on, view.on - timedelta(days=1))
    for source in sorted({s for t in stands.targets for s in sources_needed(t.target)}):
        closed = view.coverage.closed.get(source, frozenset())
        gaps = view.coverage.gaps(source, Interval(promised_on, since[-1])) if since else []
        until = gaps[0].first - timedelta(days=1) if gaps else since[-1] if since else None
        yield Reading(
            source=source,
            read=len(closed.intersection(since)),
            days=len(since),
            until=until if until and until >= promised_on else None,
            note=in_trouble.get(source, ""),
        )
