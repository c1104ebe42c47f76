"""Rows of `read_commitment` and `read_target`: what was promised and where it stands.

A commitment's next target is the first that can still be met: the earliest deadline, then document order.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from milestones.domain.commitments import Registry
from milestones.domain.coverage import CoverageRow
from milestones.domain.events import State
from milestones.domain.milestones import Milestone
from milestones.domain.status import CommitmentStatus, Status, TargetStatus, sources_needed
from milestones.domain.vocabulary import Vocabulary
from milestones.projections.rows import Row, iso, labelled

_SETTLED = frozenset({Status.MET, Status.MET_LATE, Status.IN_PLACE_BEFORE, Status.CANCELLED, Status.WITHDRAWN})


def commitment_rows(registry: Registry, statuses: Sequence[CommitmentStatus], vocabulary: Vocabulary) -> list[Row]:
    """One row a commitment, in document order."""
    return [_commitment_row(place, s, registry, vocabulary) for place, s in enumerate(statuses, start=1)]


def target_rows(
    registry: Registry, statuses: Sequence[CommitmentStatus], milestones: Iterable[Milestone], coverage: Sequence[CoverageRow], vocabulary: Vocabulary
) -> list[Row]:
    """One row a target, in document order: its definition, its status, and how much was searched since its latest step."""
    steps: dict[tuple[str, str], list[Milestone]] = {}
    for milestone in milestones:
        steps.setdefault((milestone.commitment, milestone.target), []).append(milestone)
    rows = []
    for place, status in enumerate((t for s in statuses for t in s.targets), start=1):
        own = steps.get((status.commitment, status.target.slug), [])
        happened = [m.meant.last for m in own if m.state is State.HAPPENED]
        since = max(happened, default=registry.policy_document(status.commitment).delivered_on)
        needed = sources_needed(status.target)
        searched = sum(r.read for r in coverage if r.source in needed and r.day > since)
        rows.append(_target_row(place, status, len(own), searched, vocabulary))
    return rows


def _commitment_row(place: int, status: CommitmentStatus, registry: Registry, vocabulary: Vocabulary) -> Row:
    commitment = status.commitment
    document = registry.policy_document(commitment.key)
    following = next_target(status)
    return {
        "commitment": commitment.key,
        "place": place,
        "policy_document": document.key,
        "policy_document_en": document.title_en,
        "policy_document_zh": document.title_zh,
        "promised_on": iso(document.delivered_on),
        "section_en": commitment.section_en,
        "section_zh": commitment.section_zh,
        "heading_en": commitment.heading_en,
        "heading_zh": commitment.heading_zh,
        "title_en": commitment.title_en,
        "title_zh": commitment.title_zh,
        "description_en": commitment.description_en or None,
        "description_zh": commitment.description_zh or None,
        "bullet": commitment.bullet,
        "bureaux": ", ".join(commitment.bureaux),
        "met": status.met,
        "of": status.of,
        "target_count": len(status.targets),
        "next_target": following.target.slug if following else None,
        "next_deadline_on": iso(_deadline(following)) if following else None,
        **labelled("next_status", following.status if following else None, vocabulary.statuses),
    }


def next_target(status: CommitmentStatus) -> TargetStatus | None:
    """The target of a commitment that can be met next; None where none is left."""
    open_ = [t for t in status.targets if t.status not in _SETTLED and t.target.can_be_met]
    return min(open_, key=lambda t: _deadline(t) or date.max, default=None)


def _deadline(status: TargetStatus) -> date | None:
    interval = status.target.deadline.interval
    return interval.last if interval else None


def _target_row(place: int, status: TargetStatus, milestone_count: int, searched: int, vocabulary: Vocabulary) -> Row:
    target = status.target
    deadline, quantity = target.deadline, target.quantity
    return {
        "commitment": status.commitment,
        "target": target.slug,
        "place": place,
        "title_en": target.title_en,
        "title_zh": target.title_zh,
        **labelled("nature", target.nature, vocabulary.natures),
        "deadline_kind": deadline.kind.value,
        "deadline_printed": deadline.printed,
        "deadline_first_on": iso(deadline.interval.first) if deadline.interval else None,
        "deadline_last_on": iso(deadline.interval.last) if deadline.interval else None,
        "quantity_value": quantity.value if quantity else None,
        "quantity_unit": quantity.unit if quantity else None,
        "quantity_basis": quantity.basis if quantity else None,
        **labelled("status", status.status, vocabulary.statuses),
        **labelled("basis", status.basis, vocabulary.bases),
        "occurred_on": iso(status.occurred_on),
        "occurred_precision": status.precision.value if status.precision else None,
        "straddles": status.straddles,
        "start_not_found": status.start_not_found,
        "slippage_days": status.slippage_days,
        "unread_sources": ", ".join(status.unread) or None,
        "can_be_met": target.can_be_met,
        "documents_searched": searched,
        "milestone_count": milestone_count,
        "evidence_count": sum(len(m.evidence) for m in status.decided_by),
    }
