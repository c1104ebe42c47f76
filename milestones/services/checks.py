"""Data quality suites over what stands: the whole ledger, the days read, the read tables made from them, and whether those agree.

Counts that one table says are taken anew from the rows of another, so that no two tables can tell different totals.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from milestones.domain.commitments import DeadlineKind
from milestones.domain.coverage import CoverageRow
from milestones.domain.events import Recorded
from milestones.domain.findings import findings
from milestones.domain.ledger import leaf_fields
from milestones.domain.milestones import fold
from milestones.domain.status import MET
from milestones.services.ports import Audit, Finding, Ledger, ReadTables

READ_TABLES = ("read_commitment", "read_target", "read_milestone", "read_evidence", "read_source", "read_status_count", "read_finding")

_Rows = Sequence[Mapping[str, Any]]


def check_all(ledger: Ledger, read_tables: ReadTables, coverage: Iterable[CoverageRow], audit: Audit, *, today: date) -> list[Finding]:
    """Everything that the suites find, ledger first."""
    tables = {name: read_tables.rows(name) for name in READ_TABLES}
    days = [_coverage_row(row, today) for row in coverage]
    events = ledger.read()
    disagreements = findings(fold(events[: read_tables.position()]).milestones)
    told = _agreement("disagreements of documents", len(tables.pop("read_finding")), len(disagreements))
    suites: dict[str, _Rows] = {
        "ledger": [_event_row(e) for e in events],
        "coverage": days,
        **tables,
        "agreement": [*_agreements(tables), told],
    }
    return [finding for suite, rows in suites.items() for finding in audit(suite, rows)]


def _event_row(event: Recorded) -> dict[str, Any]:
    fields = leaf_fields(event)
    del fields["data"]
    return {
        **fields,
        "id": str(event.position),
        "position": event.position,
        "leaf_hash": event.leaf_hash,
        "prev_hash": event.prev_hash,
        "hash": event.hash,
    }


def _coverage_row(row: CoverageRow, today: date) -> dict[str, Any]:
    fields = {"source": row.source, "feed": row.feed, "day": row.day, "listed": row.listed, "read": row.read}
    return {**fields, "closed_on": row.day if row.closed else None, "today": today}


def _agreements(tables: Mapping[str, _Rows]) -> Iterator[dict[str, Any]]:
    targets = tables["read_target"]
    met = Counter(t["commitment"] for t in targets if t["status"] in MET)
    of = Counter(t["commitment"] for t in targets if t["can_be_met"])
    for row in tables["read_commitment"]:
        yield _agreement(f"targets met of {row['commitment']}", row["met"], met[row["commitment"]])
        yield _agreement(f"targets that can be met of {row['commitment']}", row["of"], of[row["commitment"]])
    evidence = Counter(e["milestone_id"] for e in tables["read_evidence"])
    for row in tables["read_milestone"]:
        yield _agreement(f"evidence of milestone {row['milestone_id']}", row["evidence_count"], evidence[row["milestone_id"]])
    dated = Counter((t["status"], t["basis"]) for t in targets if t["deadline_kind"] == DeadlineKind.BY)
    for row in tables["read_status_count"]:
        if row["unit"] == "dated_target":
            counted = dated[(row["status"], row["basis"])]
            yield _agreement(f"dated targets that are {row['status']} by {row['basis']}", row["count"], counted)


def _agreement(what: str, said: int, counted: int) -> dict[str, Any]:
    return {"what": what, "said": said, "counted": counted}
