"""Rows that every expectation accepts, and the registry they belong to; tests spoil one value at a time."""

from datetime import date
from typing import Any

from milestones.domain.commitments import Commitment, Deadline, DeadlineKind, Nature, PolicyDocument, Registry, Target

UUIDS = [f"{n:08x}-0000-5000-8000-000000000000" for n in range(1, 5)]


def target(slug: str) -> Target:
    return Target(slug=slug, title_en=slug, title_zh=slug, nature=Nature.OUTCOME, deadline=Deadline(kind=DeadlineKind.NONE, printed=""))


def commitment(number: int, *slugs: str) -> Commitment:
    return Commitment(
        key=f"PA2024/XX-{number:02d}",
        number=number,
        section_en="Section",
        section_zh="章",
        heading_en="Heading",
        heading_zh="標題",
        title_en="Title",
        title_zh="題目",
        bureaux=("ITIB",),
        targets=tuple(target(s) for s in slugs),
    )


REGISTRY = Registry(
    documents=(
        PolicyDocument(
            key="PA2024",
            title_en="Policy Address",
            title_zh="施政報告",
            delivered_on=date(2024, 10, 16),
            commitments=(commitment(1, "bill", "fund"), commitment(2, "scheme")),
        ),
    )
)

HAPPENED: dict[str, Any] = {
    "id": 1,
    "commitment": "PA2024/XX-01",
    "target": "bill",
    "kind": "bill_gazetted",
    "state": "happened",
    "subject": "gas-bill",
    "occurred_on": "2025-04-11",
    "precision": "day",
    "quote": "The Bill was gazetted today (April 11).",
    "quote_found": True,
    "confidence": 96,
    "decision": "append",
    "document_digest": "a" * 64,
    "published_on": "2025-04-11",
    "retrieved_on": "2025-04-12",
    "days_from_publication": 0,
    "url": "https://www.info.gov.hk/gia/general/202504/11/P2025041100001.htm",
}
SCHEDULED = HAPPENED | {
    "id": 2,
    "kind": "bill_first_reading",
    "state": "scheduled",
    "occurred_on": "2025-04-16",
    "days_from_publication": 5,
    "quote": "條例草案將於四月十六日提交立法會首讀。",
}
UNDATED = HAPPENED | {
    "id": 3,
    "target": "context",
    "kind": "progress_reported",
    "occurred_on": None,
    "precision": "unknown",
    "published_on": None,
    "days_from_publication": None,
    "url": "https://www.legco.gov.hk/yr2025/english/bills/b1.pdf",
}
CANDIDATES = [HAPPENED, SCHEDULED, UNDATED]

OPENED: dict[str, Any] = {
    "id": 1,
    "position": 1,
    "event_id": UUIDS[0],
    "stream": "ledger:main",
    "stream_version": 1,
    "type": "ledger.opened",
    "schema_version": 1,
    "commitment": None,
    "target": None,
    "kind": None,
    "state": None,
    "subject": None,
    "source": "urn:milestones:ledger",
    "occurred_on": None,
    "occurred_precision": None,
    "published_at": None,
    "recorded_at": "2025-04-12T01:00:00.000000Z",
    "claim_key": "1" * 64,
    "content_digest": "2" * 64,
    "confidence": None,
    "document_digest": None,
    "quote": None,
    "amends": None,
    "leaf_hash": "3" * 64,
    "prev_hash": "0" * 64,
    "hash": "a" * 64,
}
REGISTERED = OPENED | {
    "id": 2,
    "position": 2,
    "event_id": UUIDS[1],
    "stream": "commitment:PA2024/XX-01",
    "type": "commitment.registered",
    "commitment": "PA2024/XX-01",
    "prev_hash": "a" * 64,
    "hash": "b" * 64,
}
REPORTED = REGISTERED | {
    "id": 3,
    "position": 3,
    "event_id": UUIDS[2],
    "stream_version": 2,
    "type": "milestone.reported",
    "target": "bill",
    "kind": "bill_gazetted",
    "state": "happened",
    "subject": "gas-bill",
    "source": HAPPENED["url"],
    "occurred_on": "2025-04-11",
    "occurred_precision": "day",
    "published_at": "2025-04-11T03:00:00.000000Z",
    "recorded_at": "2025-04-12T01:00:01.000000Z",
    "confidence": 96,
    "document_digest": "d" * 64,
    "quote": HAPPENED["quote"],
    "prev_hash": "b" * 64,
    "hash": "c" * 64,
}
AMENDED = REPORTED | {
    "id": 4,
    "position": 4,
    "event_id": UUIDS[3],
    "stream_version": 3,
    "type": "milestone.amended",
    "amends": UUIDS[2],
    "prev_hash": "c" * 64,
    "hash": "d" * 64,
}
LEDGER = [OPENED, REGISTERED, REPORTED, AMENDED]

STAMP: dict[str, Any] = {"as_of_position": 4, "as_of_on": "2025-04-12"}

MET: dict[str, Any] = STAMP | {
    "commitment": "PA2024/XX-01",
    "target": "bill",
    "status": "met_late",
    "basis": None,
    "deadline_last_on": "2025-03-31",
    "occurred_on": "2025-04-11",
    "slippage_days": 11,
    "unread_sources": None,
    "evidence_count": 2,
}
OVERDUE = MET | {
    "target": "fund",
    "status": "overdue",
    "basis": "no_completion_found",
    "occurred_on": None,
    "slippage_days": 12,
    "evidence_count": 0,
}
QUIET = MET | {
    "commitment": "PA2024/XX-02",
    "target": "scheme",
    "status": "quiet",
    "deadline_last_on": None,
    "occurred_on": None,
    "slippage_days": None,
    "evidence_count": 0,
}

LATE = STAMP | {"commitment": "PA2024/XX-01", "met": 1, "of": 2, "target_count": 2}
OPEN = STAMP | {"commitment": "PA2024/XX-02", "met": 0, "of": 1, "target_count": 1}

_STEP = {name: REPORTED[name] for name in ("commitment", "target", "kind", "state", "subject", "occurred_on", "occurred_precision", "quote")}
MILESTONE = (
    STAMP
    | _STEP
    | {
        "milestone_id": "e" * 32,
        "occurred_first_on": "2025-04-11",
        "occurred_last_on": "2025-04-11",
        "evidence_count": 1,
        "url": HAPPENED["url"],
        "first_position": 4,
        "last_position": 4,
    }
)
EVIDENCE = (
    STAMP
    | _STEP
    | {
        "event_id": UUIDS[3],
        "milestone_id": "e" * 32,
        "position": 4,
        "published_at": REPORTED["published_at"],
        "recorded_at": REPORTED["recorded_at"],
        "url": HAPPENED["url"],
        "document_digest": "d" * 64,
    }
)
SOURCE: dict[str, Any] = STAMP | {
    "source": "press-releases",
    "feed": "en",
    "backlog": 0,
    "days_closed": 3,
    "first_closed_on": "2025-04-09",
    "last_closed_on": "2025-04-11",
    "documents_listed": 10,
    "documents_read": 10,
    "open_gaps": 1,
    "gap_days": 175,
}
COUNT: dict[str, Any] = STAMP | {"unit": "target", "status": "overdue", "basis": "no_completion_found", "count": 1}
COVERAGE: dict[str, Any] = {
    "id": "press-releases/en/2025-04-11",
    "source": "press-releases",
    "feed": "en",
    "day": "2025-04-11",
    "listed": 30,
    "read": 30,
    "closed_on": "2025-04-11",
    "today": "2025-04-12",
}
AGREEMENT: dict[str, Any] = {"what": "PA2024/XX-01 met", "said": 1, "counted": 1}

GOOD: dict[str, list[dict[str, Any]]] = {
    "staged_candidates": CANDIDATES,
    "ledger": LEDGER,
    "read_target": [MET, OVERDUE, QUIET],
    "read_commitment": [LATE, OPEN],
    "read_milestone": [MILESTONE],
    "read_evidence": [EVIDENCE],
    "read_source": [SOURCE, SOURCE | {"feed": "zh"}],
    "read_status_count": [COUNT, COUNT | {"status": "met", "basis": None, "count": 0}],
    "coverage": [COVERAGE, COVERAGE | {"id": "today", "day": "2025-04-12", "read": 7, "closed_on": None}],
    "agreement": [AGREEMENT],
}
