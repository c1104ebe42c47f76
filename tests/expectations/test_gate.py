"""The gate names rows, survives hostile and broken rows, writes nothing, and costs nothing where there is nothing to judge."""

import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest

from expectations.gate import gate, parameters, run_suite
from milestones.domain.errors import AuditError
from tests.expectations.rows import AMENDED, CANDIDATES, GOOD, HAPPENED, LEDGER, OPENED, REGISTERED, REGISTRY, REPORTED, SCHEDULED

AUDIT = gate(REGISTRY)


def test_one_bad_row_is_named_with_reason_and_value() -> None:
    [finding] = AUDIT("staged_candidates", [*CANDIDATES, HAPPENED | {"id": 17, "document_digest": "c" * 64, "quote_found": False}])
    assert finding.expectation == "expect_column_values_to_be_in_set"
    assert finding.detail == "quote_found: wanted a quote that stands in the document word for word; found False"
    assert finding.row_ids == ("17",)


def test_findings_come_in_the_order_of_the_suite() -> None:
    bad = HAPPENED | {"kind": "rumoured", "commitment": "PA2024/XX-99", "url": "ftp://example.org"}
    assert [f.detail.partition(":")[0] for f in AUDIT("staged_candidates", [bad])] == ["commitment", "kind", "url"]


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "'; DROP TABLE event; --",
        "{{ 7 * 7 }} %s {0} $PARAMETER",
        "\x00\x1b[31m\u202e\ud800",
        '{"$PARAMETER": "kinds"}',
        "字" * 100_000,
    ],
)
def test_hostile_text_is_quarantined_and_shown_escaped(text: str) -> None:
    hostile = HAPPENED | {"id": 66, "subject": text, "target": text, "url": f"https://www.info.gov.hk/ {text}", "document_digest": "c" * 64}
    findings = AUDIT("staged_candidates", [*CANDIDATES, hostile])
    assert {f.row_ids for f in findings} == {("66",)}
    assert {f.detail.partition(":")[0] for f in findings} == {"subject", "target", "url"}
    assert all(f.detail.isascii() and f.detail.isprintable() and len(f.detail) < 400 for f in findings)


def test_hostile_quote_that_stands_in_the_document_passes() -> None:
    assert AUDIT("staged_candidates", [HAPPENED | {"quote": "<b>'; -- \x00{{}}</b>"}]) == []


def test_url_with_a_line_break_behind_is_refused() -> None:
    assert AUDIT("staged_candidates", [HAPPENED | {"url": f"{HAPPENED['url']}\n"}])


def test_missing_column_stops_the_batch() -> None:
    rows = [{name: value for name, value in row.items() if name != "quote_found"} for row in CANDIDATES]
    findings = AUDIT("staged_candidates", rows)
    assert {f.row_ids for f in findings} == {()}
    assert all("quote_found" in f.detail and "could not be judged" in f.detail for f in findings)


def test_value_without_order_stops_the_batch() -> None:
    findings = AUDIT("staged_candidates", [HAPPENED | {"confidence": "high"}, SCHEDULED])
    assert [(f.detail.partition(";")[0], f.row_ids) for f in findings] == [("confidence: wanted a confidence from 0 to 100", ())]


def test_days_instants_and_ids_may_be_objects() -> None:
    candidate = HAPPENED | {"occurred_on": date(2025, 4, 11), "published_on": date(2025, 4, 11), "retrieved_on": date(2025, 4, 12)}
    assert AUDIT("staged_candidates", [candidate]) == []
    opened = OPENED | {"event_id": UUID(OPENED["event_id"]), "recorded_at": datetime(2025, 4, 12, 1, tzinfo=UTC)}
    assert AUDIT("ledger", [opened, *LEDGER[1:]]) == []


def test_deleted_event_is_found_where_it_stood() -> None:
    findings = AUDIT("ledger", [OPENED, REGISTERED, AMENDED])
    assert {f.detail.partition(":")[0]: f.row_ids for f in findings} == {"position, row_number": ("4",), "prev_hash, previous_hash": ("4",)}


def test_swapped_events_are_found() -> None:
    assert any("positions 1 to n" in f.detail for f in AUDIT("ledger", [OPENED, REPORTED, REGISTERED, AMENDED]))


def test_rows_without_id_are_named_by_what_identifies_them() -> None:
    met, overdue, quiet = GOOD["read_target"]
    [finding] = AUDIT("read_target", [met, overdue | {"basis": None}, quiet])
    assert finding.row_ids == ("PA2024/XX-01/fund",)


def test_unknown_suite_is_refused() -> None:
    with pytest.raises(AuditError, match="no data quality suite"):
        AUDIT("../secrets", CANDIDATES)


def test_missing_parameter_is_refused() -> None:
    known = {name: value for name, value in parameters(REGISTRY).items() if name not in {"kinds", "last_day"}}
    with pytest.raises(AuditError, match="needs the parameters kinds, last_day"):
        run_suite("staged_candidates", CANDIDATES, parameters=known)


def test_ten_thousand_rows_pass() -> None:
    assert AUDIT("staged_candidates", [HAPPENED | {"id": n, "document_digest": f"{n:064x}"} for n in range(10_000)]) == []


def test_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("HOME", "TMPDIR"):
        monkeypatch.setenv(variable, str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert AUDIT("staged_candidates", [HAPPENED | {"kind": "rumoured"}])
    assert list(tmp_path.iterdir()) == []


def test_no_rows_cost_no_import() -> None:
    code = (
        "import sys; from expectations.gate import run_suite; "
        "assert run_suite('ledger', [], parameters={}) == []; "
        "assert not {'great_expectations', 'pandas'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
