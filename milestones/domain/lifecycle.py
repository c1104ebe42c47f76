"""What became of commitments as a whole: withdrawn, merged, split, superseded, or carried over into a later policy document.

Each of these counts from its effective day. A person who recorded one by mistake revokes it by a ruling, from then on it is as if it had
not been recorded; an earlier position still shows it.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from milestones.domain.events import EventType, Recorded

ENDING = frozenset({EventType.COMMITMENT_WITHDRAWN, EventType.COMMITMENT_MERGED, EventType.COMMITMENT_SPLIT, EventType.COMMITMENT_SUPERSEDED})
"""From its effective day on such a commitment is no longer followed; its successors, if any, are named in `data["into"]`."""

LIFECYCLE = ENDING | {EventType.COMMITMENT_CARRIED_OVER}


def revoked_by(data: Mapping[str, Any]) -> UUID | None:
    """The lifecycle event that a ruling with these data revokes, if it revokes one."""
    revoked = data.get("revokes")
    return UUID(revoked) if isinstance(revoked, str) else None


def in_force(lifecycle: Iterable[Recorded], commitment: str, on: date) -> tuple[Recorded, ...]:
    """The events of this commitment that are effective on the day, by effective day; without a day one counts always."""
    own = [e for e in lifecycle if e.draft.commitment == commitment and (e.draft.occurred_on or date.min) <= on]
    return tuple(sorted(own, key=lambda e: (e.draft.occurred_on or date.min, e.position)))


def ending(lifecycle: Iterable[Recorded], commitment: str, on: date) -> Recorded | None:
    """What ended the commitment by that day: the first that took effect."""
    return next((e for e in in_force(lifecycle, commitment, on) if e.draft.type in ENDING), None)
