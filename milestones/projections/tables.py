"""All read tables at once, from what is known: a pure function, so that the same ledger and coverage give the same rows.

The store's `ReadTables.replace` writes them in one transaction; sql/<dialect>/0002_read.sql says what each column means.
"""

from collections.abc import Sequence

from milestones.domain.commitments import Registry
from milestones.domain.coverage import CoverageRow, SourceFacts
from milestones.domain.status import CommitmentStatus, View
from milestones.domain.vocabulary import Vocabulary
from milestones.projections.commitments import commitment_rows, target_rows
from milestones.projections.counts import count_rows
from milestones.projections.findings import finding_rows
from milestones.projections.milestones import evidence_rows, milestone_rows
from milestones.projections.rows import Row
from milestones.projections.sources import source_rows


def build(
    *,
    registry: Registry,
    vocabulary: Vocabulary,
    view: View,
    statuses: Sequence[CommitmentStatus],
    coverage: Sequence[CoverageRow],
    sources: Sequence[SourceFacts],
) -> dict[str, list[Row]]:
    """The rows of each read table, by its name. `statuses` is the scoreboard of the view; `coverage` and `sources` are told of as they are."""
    knowledge, on = view.knowledge, view.on
    promised_on = min((d.delivered_on for d in registry.documents), default=on)
    tables = {
        "read_commitment": commitment_rows(registry, statuses, vocabulary),
        "read_target": target_rows(registry, statuses, knowledge.milestones, coverage, vocabulary),
        "read_milestone": milestone_rows(knowledge.milestones, vocabulary),
        "read_evidence": evidence_rows(knowledge.milestones, vocabulary),
        "read_source": source_rows(sources, coverage, statuses, promised_on=promised_on, on=on),
        "read_status_count": count_rows(statuses, vocabulary),
        "read_finding": finding_rows(knowledge.milestones, vocabulary),
    }
    stamp: Row = {"as_of_position": knowledge.position, "as_of_on": on.isoformat()}
    return {name: [{**row, **stamp} for row in rows] for name, rows in tables.items()}
