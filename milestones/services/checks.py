"""Data quality suites over what stands: the whole ledger, and the read tables made from it.

The read table of commitments is checked against counts taken anew from the table of targets, so that the two can never tell different totals.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from milestones.domain.commitments import Nature
from milestones.domain.events import Recorded
from milestones.domain.ledger import leaf_fields
from milestones.domain.status import MET
from milestones.services.ports import Audit, Finding, Ledger, ReadTables


def check_all(ledger: Ledger, read_tables: ReadTables, audit: Audit) -> list[Finding]:
    """Everything that the suites `ledger`, `read_commitments` and `read_targets` find."""
    targets = read_tables.rows("read_target")
    suites = {
        "ledger": [_event_row(e) for e in ledger.read()],
        "read_commitments": _commitment_rows(read_tables.rows("read_commitment"), targets),
        "read_targets": [{**row, "id": f"{row['commitment']}/{row['target']}"} for row in targets],
    }
    return [f for suite, rows in suites.items() for f in audit(suite, rows)]


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


def _commitment_rows(commitments: Sequence[Mapping[str, Any]], targets: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    met = Counter(t["commitment"] for t in targets if t["status"] in MET)
    of = Counter(t["commitment"] for t in targets if t["nature"] != Nature.CONTINUING)
    return [{**c, "id": c["commitment"], "met_in_targets": met[c["commitment"]], "of_in_targets": of[c["commitment"]]} for c in commitments]
