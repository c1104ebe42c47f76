"""The records of one commitment: the newest, whole claims, only what was known, from both databases alike."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine

from milestones.adapters.registry_files import load_vocabulary
from milestones.domain.dates import Precision
from milestones.domain.events import EventType, Kind
from milestones.domain.milestones import fold
from milestones.domain.revisions import revision_data
from milestones.projections.milestones import evidence_rows, milestone_rows
from milestones.store.captures import SqlCaptures
from milestones.store.ledger import SqlLedger
from milestones.store.read_tables import SqlReadTables
from milestones.store.records import SqlRecords
from milestones.store.status_history import SqlStatusHistory
from tests.domain.build import told
from tests.store.examples import CAPTURE, NOW, claim, document, draft
from tests.store.test_status_history import brought

DAY = timedelta(days=1)
KEY, OTHER = "PA2024/IT-25", "PA2024/DE-04"


@pytest.fixture
def records(engine: Engine) -> SqlRecords:
    """Five reports on five days, one of another commitment; the first is retracted on the last day."""
    ledger = SqlLedger(engine)
    for number in range(4):
        ledger.append([draft(claim_key=claim(number), source=f"https://example.org/{number}")], now=NOW + number * DAY)
    ledger.append([draft(claim_key=claim(9), commitment=OTHER, stream=f"commitment:{OTHER}")], now=NOW + 4 * DAY)
    first = ledger.read()[0]
    ledger.append([draft(claim_key=claim(0), type=EventType.MILESTONE_RETRACTED, amends=first.event_id)], now=NOW + 5 * DAY)
    return SqlRecords(engine)


def positions(records: SqlRecords, *, known_at: datetime | None = None, before: int | None = None, limit: int = 9) -> list[int]:
    return [e.position for e in records.of_commitment(KEY, known_at=known_at, before=before, limit=limit)]


def test_all_of_a_commitment_in_ledger_order(records: SqlRecords) -> None:
    assert positions(records) == [1, 2, 3, 4, 6]


def test_the_newest_come_with_the_whole_of_their_claims(records: SqlRecords) -> None:
    assert positions(records, limit=2) == [1, 4, 6]


def test_earlier_ones_come_with_what_was_made_of_them_later(records: SqlRecords) -> None:
    assert positions(records, before=3, limit=2) == [1, 2, 6]


def test_nothing_is_told_that_was_not_known_then(records: SqlRecords) -> None:
    assert positions(records, known_at=NOW + 2 * DAY) == [1, 2, 3]
    assert positions(records, known_at=NOW - DAY) == []


def test_the_ledger_begins_with_its_first_event(records: SqlRecords, engine: Engine) -> None:
    assert records.first_recorded_at() == NOW


def test_an_empty_ledger_has_no_beginning(engine: Engine) -> None:
    assert SqlRecords(engine).first_recorded_at() is None


def test_a_document_rests_on_a_capture(engine: Engine) -> None:
    captures = SqlCaptures(engine)
    captures.add_capture(digest=CAPTURE, url="https://example.org/1", body_sha256="b" * 64, retrieved_at=NOW)
    digest = captures.add_document(document(), capture=CAPTURE, seen_at=NOW)
    found = SqlRecords(engine).rests_on([digest, "0" * 64])
    assert {d: (r.capture, r.seen_at) for d, r in found.items()} == {digest: (CAPTURE, NOW)}


def test_later_deadlines_are_found_by_the_steps_that_tell_of_them(engine: Engine) -> None:
    ledger, vocabulary = SqlLedger(engine), load_vocabulary()
    delay = {"kind": Kind.DELAYED, "data": {"figures": [], **revision_data("bill", date(2026, 3, 1), Precision.MONTH, "the Bureau")}}
    ledger.append([draft(claim_key=claim(0)), draft(claim_key=claim(1), **delay), draft(claim_key=claim(2), kind=Kind.DELAYED)], now=NOW)
    ledger.append([draft(claim_key=claim(3), commitment=OTHER, stream=f"commitment:{OTHER}", **delay)], now=NOW)
    known, stamp = fold(ledger.read()).milestones, {"as_of_position": 4, "as_of_on": "2025-01-02"}
    made = {"read_milestone": milestone_rows(known, vocabulary), "read_evidence": evidence_rows(known, vocabulary)}
    SqlReadTables(engine).replace({name: [{**row, **stamp} for row in rows] for name, rows in made.items()}, position=4, as_of=NOW)
    assert [e.position for e in SqlRecords(engine).revisions([KEY])] == [2]
    assert [e.position for e in SqlRecords(engine).revisions([KEY, OTHER])] == [2, 4]


def test_the_status_of_a_day_as_known_at_an_instant_is_that_of_all_commitments(engine: Engine) -> None:
    SqlLedger(engine).append([told(published_on=date(2024, 12, 18))], now=NOW)
    brought(engine)
    for on, known_at in [(date(2024, 12, 1), NOW), (date(2025, 1, 2), NOW), (date(2025, 1, 2), NOW - DAY)]:
        everywhere = SqlStatusHistory(engine).as_of(on=on, known_at=known_at)
        expected = {r["target"]: {k: v for k, v in r.items() if k != "commitment"} for r in everywhere if r["commitment"] == OTHER}
        assert SqlRecords(engine).standing(OTHER, on=on, known_at=known_at) == expected
        assert expected


def test_where_nothing_was_made_of_the_ledger_nothing_stands(engine: Engine) -> None:
    assert SqlRecords(engine).standing(KEY, on=date(2025, 1, 1), known_at=datetime(2025, 1, 1, tzinfo=UTC)) == {}
