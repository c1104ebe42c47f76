"""What LegCo's other sources bring into the ledger: early signs, tablings, and the calendar that deadlines are measured by."""

from datetime import date, datetime
from pathlib import Path

import pytest

from milestones.bootstrap import Monitor
from milestones.domain.dates import hk_day
from tests.integration.test_pipeline import monitor_at, publish
from tests.replica.replica import HKT

WITNESSES = ("legco-schedule", "legco-committees", "legco-subsidiary", "legco-votes")


def recorded(monitor: Monitor, *, source: str) -> set[tuple[str, str, str, str]]:
    drafts = [e.draft for e in monitor.ledger.read() if e.draft.kind and f"/{source}/" in e.draft.source]
    return {(d.commitment or "", str(d.kind), str(d.state), str(d.occurred_on)) for d in drafts}


@pytest.mark.parametrize(
    ("now", "folder", "told"),
    [
        (
            datetime(2024, 12, 14, 12, tzinfo=HKT),
            "hc",
            {("PA2024/DE-04", "bill_first_reading", "scheduled", "2024-12-18")},
        ),
        (
            datetime(2025, 7, 20, 12, tzinfo=HKT),
            "subleg",
            {
                ("PA2024/DE-04", "subsidiary_legislation_gazetted", "happened", "2025-06-06"),
                ("PA2024/DE-04", "subsidiary_legislation_tabled", "happened", "2025-06-11"),
                ("PA2024/IP-02", "subsidiary_legislation_gazetted", "happened", "2025-07-11"),
                ("PA2024/IP-02", "subsidiary_legislation_tabled", "happened", "2025-07-16"),
            },
        ),
    ],
)
def test_witnesses_are_read_and_recorded_once(tmp_path: Path, now: datetime, folder: str, told: set[tuple[str, str, str, str]]) -> None:
    with monitor_at(now, tmp_path) as monitor:
        for source in WITNESSES:
            assert monitor.ingest(source, run_id="first").failed == 0
        publish(monitor, "first")
        assert recorded(monitor, source=folder) == told
        for source in WITNESSES:
            assert monitor.ingest(source, run_id="second").failed == 0
        assert monitor.detect(run_id="second").documents == 0, "nothing that was read again is new"


def test_the_last_sitting_of_the_year_is_warned_of(tmp_path: Path) -> None:
    with monitor_at(datetime(2024, 12, 6, 12, tzinfo=HKT), tmp_path) as monitor:
        assert monitor.deadlines(), "deadlines are told without a schedule too"
        assert not any("last sitting" in line for line in monitor.deadlines())
        monitor.ingest("legco-schedule", run_id="first")
        assert "PA2024/DE-04/bill: last sitting before its deadline or the end of the term 2024-12-18 in 12 days" in monitor.deadlines()
        knowledge, statuses = monitor.statuses()
        assert monitor.last_sittings(knowledge, statuses, hk_day(monitor.clock()))[("PA2024/IT-25", "bill")] == date(2025, 10, 22)
