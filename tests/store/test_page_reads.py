"""What pages ask for in a few rows is what the services would tell after reading everything."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from milestones.domain.dates import Interval
from milestones.domain.documents import Decision, Outcome
from milestones.domain.events import Kind, State
from milestones.domain.watching import Canary, Check
from milestones.services.ports import BillStep
from milestones.store.checks import SqlChecks
from milestones.store.page_reads import SqlPageReads
from milestones.store.read_tables import SqlReadTables
from tests.store.examples import NOW, candidate
from tests.store.test_readings import Desk


def milestone(number: int, **other: Any) -> dict[str, Any]:
    day = other.get("occurred_on", "2025-03-01")
    return {
        "milestone_id": f"m{number}", "commitment": "PA2024/DE-04", "target": "bill", "kind": "bill_first_reading",
        "kind_en": "Read", "kind_zh": "首讀",
        "state": "happened", "state_en": "Took place", "state_zh": "已發生", "subject": "stablecoins-bill", "occurred_on": day,
        "occurred_precision": "day", "occurred_first_on": day, "occurred_last_on": day, "evidence_count": 1, "url": "https://example.org/1",
        "quote": None, "published_at": None, "confidence": 90, "first_position": number, "last_position": number,
        "first_recorded_at": "2025-06-01T18:00:00.000000Z", "moved_from_on": None, "as_of_position": 9, "as_of_on": "2025-06-01", **other,
    }  # fmt: skip


COMMITMENTS = [
    {
        "commitment": key, "place": place, "policy_document": "PA2024", "policy_document_en": "Address", "policy_document_zh": "報告",
        "promised_on": "2024-10-16", "section_en": "S", "section_zh": "章", "heading_en": "H", "heading_zh": "節", "title_en": "T", "title_zh": "題",
        "bureaux": "FSTB", "met": 0, "of": 1, "target_count": 1, "as_of_position": 9, "as_of_on": "2025-06-01",
    }
    for place, key in enumerate(("PA2024/DE-04", "PA2024/IT-25"), start=1)
]  # fmt: skip


def keep(engine: Engine, rows: Sequence[dict[str, Any]]) -> SqlPageReads:
    SqlReadTables(engine).replace({"read_milestone": rows, "read_commitment": COMMITMENTS}, position=9, as_of=NOW)
    return SqlPageReads(engine)


def test_those_that_wait_longest_come_first_and_all_are_counted(engine: Engine) -> None:
    desk = Desk(engine)
    for place, text in enumerate(("first", "second", "third")):
        (staged,) = desk.read(text, candidate(decision=Decision.REVIEW, subject=f"s{place}"), rules=text)
        desk.readings.settle({staged.candidate_id: (Outcome.HELD, text)}, at=NOW + timedelta(hours=place), run_id="r")
    reads = SqlPageReads(engine)
    held = desk.readings.held()
    count, oldest = reads.waiting(1)
    assert count == len(held)
    assert [w.number for w in oldest] == [held[0].candidate_id]
    assert (oldest[0].because, oldest[0].headline, oldest[0].held_at.tzinfo) == (held[0].held_because, held[0].stored.document.headline, UTC)


def test_a_check_fails_since_it_last_passed(engine: Engine) -> None:
    def check(day: int, *, passed: bool, canary: Canary = Canary.FIELDS) -> Check:
        return Check(source="hkma", canary=canary, passed=passed, detail=f"day {day}", checked_at=datetime(2025, 6, day, tzinfo=UTC))

    checks = SqlChecks(engine)
    checks.add([check(1, passed=False), check(2, passed=True), check(3, passed=False), check(4, passed=False)], run_id="r")
    checks.add([check(1, passed=False, canary=Canary.FROZEN), check(2, passed=True, canary=Canary.FROZEN)], run_id="r")
    (failing,) = SqlPageReads(engine).failing()
    assert (failing.canary, failing.detail, failing.checked_at) == (Canary.FIELDS, "day 4", datetime(2025, 6, 3, tzinfo=UTC))


def test_the_latest_step_of_a_commitment_is_the_newest_that_happened(engine: Engine) -> None:
    rows = [
        milestone(1, occurred_on="2025-03-01"),
        milestone(2, occurred_on="2025-05-01", kind="bill_passed", kind_en="Passed"),
        milestone(3, occurred_on="2025-09-01", state="scheduled"),
        milestone(4, occurred_on=None),
        milestone(5, commitment="PA2024/IT-25", occurred_on=None, kind_en="Undated"),
    ]
    found = keep(engine, rows).latest_steps()
    assert {key: (row["kind_en"], row["occurred_on"]) for key, row in found.items()} == {
        "PA2024/DE-04": ("Passed", "2025-05-01"),
        "PA2024/IT-25": ("Undated", None),
    }


@pytest.mark.parametrize(
    ("after", "unfollowed"),
    [
        ({}, True),
        ({"occurred_on": "2025-03-05"}, False),
        ({"occurred_on": "2025-02-01"}, True),
        ({"occurred_on": "2025-06-05", "state": "scheduled"}, False),
        ({"occurred_on": "2025-03-05", "subject": "other"}, True),
        ({"occurred_on": "2025-01-01", "occurred_last_on": "2025-12-31", "occurred_precision": "year"}, False),
        ({"occurred_on": None, "published_at": "2025-03-09T00:00:00.000000Z", "occurred_precision": "unknown"}, False),
        ({"occurred_on": None, "published_at": "2025-02-09T00:00:00.000000Z", "occurred_precision": "unknown"}, True),
    ],
)
def test_an_announced_day_is_followed_by_anything_of_that_day_or_later(engine: Engine, after: dict[str, Any], unfollowed: bool) -> None:
    announced = milestone(1, state="scheduled", occurred_on="2025-03-03")
    reads = keep(engine, [announced, *([milestone(2, **after)] if after else [])])
    assert [row["occurred_on"] for row in reads.unfollowed(date(2025, 6, 1))] == (["2025-03-03"] if unfollowed else [])
    assert reads.unfollowed(date(2025, 3, 3)) == []


def test_steps_of_bills_are_what_the_sittings_ask_for(engine: Engine) -> None:
    rows = [milestone(1), milestone(2, kind="policy_published"), milestone(3, kind="bill_lapsed", occurred_on=None)]
    day, told_on = date(2025, 3, 1), date(2025, 6, 2)
    step = BillStep(
        commitment="PA2024/DE-04",
        target="bill",
        kind=Kind.BILL_FIRST_READING,
        subject="stablecoins-bill",
        state=State.HAPPENED,
        meant=Interval(day, day),
    )
    found = keep(engine, rows).bill_steps()
    assert step in found
    assert {(s.kind, s.meant) for s in found} == {(Kind.BILL_FIRST_READING, Interval(day, day)), (Kind.BILL_LAPSED, Interval(told_on, told_on))}
