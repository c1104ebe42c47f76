"""Rows of `read_status_count`: the one definition of the totals, which page, mail and BI all show.

Units: `target` (every target), `dated_target` (those that a *by* deadline can make late) and `undated_target` (the others, *from*
deadlines among them). Every status has a row, also at nought; overdue has one for each basis.
"""

from collections import Counter
from collections.abc import Sequence

from milestones.domain.commitments import DeadlineKind
from milestones.domain.status import Basis, CommitmentStatus, Status
from milestones.domain.vocabulary import Vocabulary
from milestones.projections.rows import Row, labelled


def count_rows(statuses: Sequence[CommitmentStatus], vocabulary: Vocabulary) -> list[Row]:
    """One row for each unit, status and basis."""
    targets = [t for s in statuses for t in s.targets]
    dated = [t for t in targets if t.target.deadline.kind is DeadlineKind.BY]
    undated = [t for t in targets if t.target.deadline.kind is not DeadlineKind.BY]
    rows: list[Row] = []
    for unit, counted in (("target", targets), ("dated_target", dated), ("undated_target", undated)):
        found = Counter((t.status, t.basis) for t in counted)
        for status in Status:
            bases = tuple(Basis) if status is Status.OVERDUE else (None,)
            rows.extend(
                {
                    "unit": unit,
                    **labelled("status", status, vocabulary.statuses),
                    **labelled("basis", basis, vocabulary.bases),
                    "count": found[status, basis],
                }
                for basis in bases
            )
    return [{**row, "place": place} for place, row in enumerate(rows, start=1)]
