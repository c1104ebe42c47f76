"""Statuses as JSON data: what `milestones status --json` prints and other programs read.

Only plain values: text, whole numbers, booleans, None, lists and dicts. Days are ISO text, instants end in Z. The same statuses
give the same data, in document order.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from milestones.domain.dates import utc_text
from milestones.domain.events import Recorded
from milestones.domain.findings import Finding, findings
from milestones.domain.milestones import Milestone
from milestones.domain.revisions import Revised
from milestones.domain.status import CommitmentStatus, TargetStatus
from milestones.services.deadlines import Opportunities
from milestones.services.source_health import InTrouble


def status_data(
    statuses: Sequence[CommitmentStatus],
    *,
    as_of_position: int,
    on: date | None = None,
    known_at: datetime | None = None,
    milestones: Iterable[Milestone] = (),
    last_sittings: Opportunities | None = None,
    in_trouble: Iterable[InTrouble] = (),
) -> dict[str, Any]:
    """The scoreboard, or a part of it.

    A target's `deadline` is the original one, `revised_deadline` a later official one that decides nothing; a commitment's `lifecycle` is
    what became of it as a whole by that day. `on` is the day that the statuses are of, `known_at` the instant up to which events were
    counted, None where all were. Each commitment's `history` is those of its steps that stand among `milestones`, oldest first, and `findings` where
    their documents do not agree. A target's
    `last_opportunity_on` is the last sitting before its deadline (for a bill before the Council, or before the end of the term), as the schedule
    stands now.
    `sources_in_trouble` are those that cannot be relied on now, each with the open commitments that rest on it.
    """
    steps: dict[str, list[Milestone]] = {}
    for milestone in milestones:
        steps.setdefault(milestone.commitment, []).append(milestone)
    return {
        "as_of_position": as_of_position,
        "on": _iso(on),
        "known_at": utc_text(known_at) if known_at else None,
        "sources_in_trouble": [t.data() for t in in_trouble],
        "commitments": [_commitment(s, steps.get(s.commitment.key, []), last_sittings or {}) for s in statuses],
    }


def _commitment(status: CommitmentStatus, steps: list[Milestone], last_sittings: Opportunities) -> dict[str, Any]:
    commitment = status.commitment
    return {
        "commitment": commitment.key,
        "titles": {"en": commitment.title_en, "zh": commitment.title_zh},
        "bureaux": list(commitment.bureaux),
        "met": status.met,
        "of": status.of,
        "targets": [_target(t, last_sittings.get((commitment.key, t.target.slug))) for t in status.targets],
        "lifecycle": [_became(e) for e in status.lifecycle],
        "history": [_step(m) for m in sorted(steps, key=_order)],
        "findings": [_disagreement(f) for f in findings(steps)],
    }


def _target(status: TargetStatus, last_opportunity_on: date | None) -> dict[str, Any]:
    target = status.target
    deadline = target.deadline
    return {
        "target": target.slug,
        "titles": {"en": target.title_en, "zh": target.title_zh},
        "nature": target.nature.value,
        "status": status.status.value,
        "basis": status.basis.value if status.basis else None,
        "deadline": _iso(deadline.interval.last) if deadline.interval else None,
        "deadline_kind": deadline.kind.value,
        "deadline_printed": deadline.printed,
        "revised_deadline": _revised(status.revised) if status.revised else None,
        "last_opportunity_on": _iso(last_opportunity_on),
        "occurred_on": _iso(status.occurred_on),
        "occurred_precision": status.precision.value if status.precision else None,
        "straddles": status.straddles,
        "start_not_found": status.start_not_found,
        "slippage_days": status.slippage_days,
        "unread_sources": list(status.unread),
        "evidence": [_evidence(e) for m in status.decided_by for e in m.evidence],
    }


def _revised(revised: Revised) -> dict[str, Any]:
    return {
        "day": _iso(revised.interval.first),
        "last_day": _iso(revised.interval.last),
        "precision": revised.precision.value,
        "said_by": revised.said_by,
        "url": revised.event.draft.source,
        "quote": revised.event.draft.quote,
        "event_id": str(revised.event.event_id),
    }


def _became(event: Recorded) -> dict[str, Any]:
    draft = event.draft
    return {
        "event_id": str(event.event_id),
        "position": event.position,
        "type": draft.type.value,
        "effective_on": _iso(draft.occurred_on),
        "into": list(draft.data.get("into", ())),
        "citation": draft.source,
        "reason": draft.data.get("reason"),
    }


def _step(milestone: Milestone) -> dict[str, Any]:
    return {
        "target": milestone.target,
        "kind": milestone.kind.value,
        "state": milestone.state.value,
        "subject": milestone.subject,
        "occurred_on": _iso(milestone.occurred_on),
        "occurred_precision": milestone.precision.value,
        "moved_from": [{"occurred_on": _iso(e.draft.occurred_on), "url": e.draft.source, "event_id": str(e.event_id)} for e in milestone.put_off],
        "evidence": [_evidence(e) for e in milestone.evidence],
    }


def _disagreement(finding: Finding) -> dict[str, Any]:
    return {
        "about": finding.about.value,
        "target": finding.target,
        "kind": finding.kind.value,
        "subject": finding.subject,
        "told": finding.line(),
        "sayings": [{"value": s.value, "evidence": [_evidence(e) for e in s.events]} for s in finding.sayings],
    }


def _evidence(event: Recorded) -> dict[str, Any]:
    draft = event.draft
    return {
        "event_id": str(event.event_id),
        "position": event.position,
        "url": draft.source,
        "quote": draft.quote,
        "published_at": utc_text(draft.published_at) if draft.published_at else None,
        "kind": draft.kind.value if draft.kind else None,
        "state": draft.state.value if draft.state else None,
        "occurred_on": _iso(draft.occurred_on),
    }


def _order(milestone: Milestone) -> tuple[date, int]:
    return (milestone.occurred_on or date.max, milestone.evidence[0].position)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
