"""Events as flat lines: what `milestones events` prints, one line each, every line with the same keys.

`current` says whether what the event claims still stands: false once a later event amends, retracts or revokes it, and of a retraction
itself, which claims nothing of its own.
"""

from collections.abc import Sequence
from typing import Any

from milestones.domain.dates import utc_text
from milestones.domain.events import EventType, Recorded
from milestones.domain.lifecycle import revoked_by


def event_lines(events: Sequence[Recorded]) -> list[dict[str, Any]]:
    """A line of each event, in the order given. The events must reach to the ledger's head, or amendments behind them go unnoticed."""
    replaced = {e.draft.amends for e in events if e.draft.amends}
    replaced |= {revoked for e in events if e.draft.type is EventType.RULING_MADE and (revoked := revoked_by(e.draft.data))}
    return [_line(e, current=e.event_id not in replaced and e.draft.type is not EventType.MILESTONE_RETRACTED) for e in events]


def _line(event: Recorded, *, current: bool) -> dict[str, Any]:
    draft = event.draft
    return {
        "position": event.position,
        "event_id": str(event.event_id),
        "type": draft.type.value,
        "current": current,
        "amends": str(draft.amends) if draft.amends else None,
        "commitment": draft.commitment,
        "target": draft.target,
        "kind": draft.kind.value if draft.kind else None,
        "state": draft.state.value if draft.state else None,
        "occurred_on": draft.occurred_on.isoformat() if draft.occurred_on else None,
        "occurred_precision": draft.occurred_precision.value if draft.occurred_precision else None,
        "subject": draft.subject,
        "recorded_at": utc_text(event.recorded_at),
        "url": draft.source,
        "quote": draft.quote,
        "confidence": draft.confidence,
    }
