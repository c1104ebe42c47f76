"""Rows of `read_milestone` and `read_evidence`: what happened, and where it says so.

A milestone's row quotes the first document that says it happened, or, while it is only announced, the first that announces it.
"""

from collections.abc import Iterable

from milestones.domain.dates import utc_text
from milestones.domain.events import Recorded, State
from milestones.domain.ledger import digest
from milestones.domain.milestones import Milestone
from milestones.domain.stages import ONCE
from milestones.domain.vocabulary import Vocabulary
from milestones.projections.rows import Row, instant, iso, labelled


def milestone_rows(milestones: Iterable[Milestone], vocabulary: Vocabulary) -> list[Row]:
    """One current row a milestone, in the order in which each was first known."""
    return [_milestone_row(m, vocabulary) for m in sorted(milestones, key=_first_position)]


def evidence_rows(milestones: Iterable[Milestone], vocabulary: Vocabulary) -> list[Row]:
    """One row a current event, in ledger order."""
    rows = [_evidence_row(milestone_id(m), e, vocabulary) for m in milestones for e in m.evidence]
    return sorted(rows, key=lambda row: int(row["position"] or 0))


def milestone_id(milestone: Milestone) -> str:
    """Names a milestone by what it is, so that the same step has the same name in every rebuild, also one that was put off. 32 hex digits."""
    day = [milestone.occurred_on.isoformat() if milestone.occurred_on else "", milestone.precision] if milestone.kind not in ONCE else []
    return digest("milestone", milestone.commitment, milestone.target, milestone.kind, milestone.subject, *day)[:32]


def _first_position(milestone: Milestone) -> int:
    return milestone.evidence[0].position


def _milestone_row(milestone: Milestone, vocabulary: Vocabulary) -> Row:
    evidence, meant = milestone.evidence, milestone.interval
    shown = next((e for e in evidence if e.draft.state is milestone.state), evidence[0])
    return {
        "milestone_id": milestone_id(milestone),
        "commitment": milestone.commitment,
        "target": milestone.target,
        **labelled("kind", milestone.kind, vocabulary.kinds),
        **labelled("state", milestone.state, vocabulary.states),
        "subject": milestone.subject,
        "occurred_on": iso(milestone.occurred_on),
        "occurred_precision": milestone.precision.value,
        "occurred_first_on": iso(meant.first) if meant else None,
        "occurred_last_on": iso(meant.last) if meant else None,
        "evidence_count": len(evidence),
        "url": shown.draft.source,
        "quote": shown.draft.quote,
        "published_at": instant(shown.draft.published_at),
        "confidence": max((e.draft.confidence for e in evidence if e.draft.confidence is not None), default=None),
        "first_position": evidence[0].position,
        "last_position": evidence[-1].position,
        "first_recorded_at": utc_text(evidence[0].recorded_at),
        "moved_from_on": iso(milestone.put_off[0].draft.occurred_on) if milestone.put_off else None,
    }


def _evidence_row(milestone: str, event: Recorded, vocabulary: Vocabulary) -> Row:
    draft = event.draft
    return {
        "event_id": str(event.event_id),
        "milestone_id": milestone,
        "position": event.position,
        "commitment": draft.commitment,
        "target": draft.target,
        **labelled("kind", draft.kind, vocabulary.kinds),
        **labelled("state", draft.state or State.HAPPENED, vocabulary.states),
        "subject": draft.subject,
        "occurred_on": iso(draft.occurred_on),
        "occurred_precision": draft.occurred_precision.value if draft.occurred_precision else None,
        "published_at": instant(draft.published_at),
        "recorded_at": utc_text(event.recorded_at),
        "confidence": draft.confidence,
        "url": draft.source,
        "quote": draft.quote,
        "locator": draft.locator,
        "rule": draft.rule,
        "document_digest": draft.document_digest,
    }
