"""What recording one more event would make of its target: the status before and after, judged by the same rules as ever."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from milestones.domain.commitments import Registry
from milestones.domain.coverage import Coverage
from milestones.domain.dates import IsWorkingDay, hk_day
from milestones.domain.events import Draft, EventType, Recorded
from milestones.domain.ledger import GENESIS_HASH, link
from milestones.domain.milestones import fold
from milestones.domain.status import TargetStatus, View, target_status

_STATEMENTS = frozenset({EventType.MILESTONE_REPORTED, EventType.MILESTONE_AMENDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Foresight:
    """A target as it stands, and as it would stand; `amends` is the event of the same claim that stands, if one does."""

    before: TargetStatus
    after: TargetStatus
    amends: Recorded | None


def foreseen(
    draft: Draft, events: Sequence[Recorded], registry: Registry, *, now: datetime, coverage: Coverage, is_working_day: IsWorkingDay
) -> Foresight | None:
    """What `draft` would change; `events` are those of its target, in order. None where it bears on no target of the registry."""
    commitment = registry.by_key.get(draft.commitment or "")
    target = next((t for t in commitment.targets if t.slug == draft.target), None) if commitment else None
    if commitment is None or target is None:
        return None
    promised_on = registry.policy_document(commitment.key).delivered_on

    def status(known: Sequence[Recorded]) -> TargetStatus:
        knowledge = fold(known)
        view = View(on=hk_day(now), knowledge=knowledge, coverage=coverage, is_working_day=is_working_day)
        return target_status(commitment, target, knowledge.milestones, promised_on, view)

    stands = _standing(events, draft.claim_key)
    if stands and draft.type is EventType.MILESTONE_REPORTED:
        draft = replace(draft, type=EventType.MILESTONE_AMENDED, amends=stands.event_id)
    return Foresight(before=status(events), after=status([*events, _next(draft, events, now)]), amends=stands)


def _standing(events: Sequence[Recorded], claim: str) -> Recorded | None:
    told = [e for e in events if e.draft.claim_key == claim and e.draft.kind]
    return told[-1] if told and told[-1].draft.type in _STATEMENTS else None


def _next(draft: Draft, events: Sequence[Recorded], now: datetime) -> Recorded:
    last = events[-1] if events else None
    return link(
        draft,
        position=last.position + 1 if last else 1,
        previous_of_claim=draft.amends,
        stream_version=1,
        recorded_at=now,
        prev_hash=last.hash if last else GENESIS_HASH,
    )
