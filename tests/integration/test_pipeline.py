"""From pages to read tables, through every real part but the network: a replica on loopback, SQLite, Great Expectations."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from milestones.bootstrap import Monitor, open_monitor
from milestones.domain.ledger import claim_key
from milestones.settings import settings_from
from scrapers import SOURCES
from tests.replica.replica import HKT, replica

FACSIMILES = Path(__file__).parents[1] / "facsimiles"
READ = ("press-releases", "legco-bills")
ANNOUNCED = datetime(2024, 12, 10, 20, tzinfo=HKT)
HELD = datetime(2024, 12, 20, 20, tzinfo=HKT)


@contextmanager
def monitor_at(now: datetime, home: Path, *, folder: Path = FACSIMILES, **faults: Any) -> Iterator[Monitor]:
    """A monitor whose ledger stands under `home`, and the sites as they were at that instant."""
    with replica(folder, now=now, **faults) as address:
        given = {"HOME": str(home), "MIRROR": address, "NOW": now.isoformat(), "SINCE": "2024-12-05", "REQUEST_INTERVAL": "0"}
        with open_monitor(settings_from({f"MILESTONES_{name}": value for name, value in given.items()}, tuple(SOURCES))) as monitor:
            yield monitor


def publish(monitor: Monitor, run: str) -> int:
    """Detects, audits, appends and projects what was ingested; the number of new events."""
    monitor.detect(run_id=run)
    new = monitor.append(monitor.audit(run_id=run).passed, run_id=run).new
    monitor.project()
    return new


def whole_run(monitor: Monitor, run: str) -> int:
    for source in READ:
        assert monitor.ingest(source, run_id=run).failed == 0
    return publish(monitor, run)


def first_reading(monitor: Monitor) -> dict[str, Any]:
    """The Stablecoins Bill's first reading as the read tables show it."""
    rows = monitor.read_tables.rows("read_milestone")
    [row] = [r for r in rows if (r["commitment"], r["target"], r["kind"]) == ("PA2024/DE-04", "bill", "bill_first_reading")]
    return row


def test_history_grows_and_nothing_of_it_changes(tmp_path: Path) -> None:
    with monitor_at(ANNOUNCED, tmp_path) as monitor:
        assert whole_run(monitor, "first") > 0
        before = monitor.ledger.read()
        announced = first_reading(monitor)
        assert monitor.check() == []
    with monitor_at(HELD, tmp_path) as monitor:
        assert whole_run(monitor, "second") > 0
        assert monitor.ledger.read()[: len(before)] == before
        held = first_reading(monitor)
        assert monitor.check() == []
    assert (str(announced["occurred_on"]), announced["state"]) == ("2024-12-18", "scheduled")
    assert (str(held["occurred_on"]), held["state"]) == ("2024-12-18", "happened")
    assert held["milestone_id"] == announced["milestone_id"]
    assert held["evidence_count"] > announced["evidence_count"]


def test_running_again_records_nothing(tmp_path: Path) -> None:
    with monitor_at(HELD, tmp_path) as monitor:
        whole_run(monitor, "first")
        head = monitor.ledger.head()
        assert whole_run(monitor, "second") == 0
        assert monitor.ledger.head() == head


def test_bad_candidate_is_quarantined_and_the_others_are_recorded(tmp_path: Path) -> None:
    with monitor_at(ANNOUNCED, tmp_path) as monitor:
        for source in READ:
            monitor.ingest(source, run_id="first")
        monitor.detect(run_id="first")
        good = monitor.readings.staged()
        stored, told = good[0].stored, good[0].candidate
        invented = replace(told, subject="invented", quote="words that nobody printed")
        key = claim_key(stored.document.document_id, told.commitment, told.target, told.kind, "invented")
        monitor.readings.add_reading(stored, rules="spoiled", candidates=[(key, invented)], read_at=ANNOUNCED, run_id="first")
        [bad] = {s.candidate_id for s in monitor.readings.staged()} - {s.candidate_id for s in good}

        audit = monitor.audit(run_id="first")
        assert [(f.detail.partition(":")[0], f.row_ids) for f in audit.findings] == [("quote_found", (str(bad),))]
        assert set(audit.passed) == {s.candidate_id for s in good}
        assert monitor.append(audit.passed, run_id="first").new > 0
        assert not any(e.draft.subject == "invented" for e in monitor.ledger.read())
        assert monitor.readings.staged() == []
