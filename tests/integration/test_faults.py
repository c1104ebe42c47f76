"""A pipeline that fails anywhere, or is killed anywhere, ends with what an undisturbed one records: nothing twice, nothing lost."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from milestones.bootstrap import Evidence, open_as_found, open_monitor
from milestones.domain.events import Recorded
from milestones.settings import settings_from
from scrapers import SOURCES
from tests.faults import Injected, faulty
from tests.integration.test_pipeline import FACSIMILES, HELD, READ, monitor_at, publish, whole_run
from tests.replica.replica import replica


def claims(events: list[Recorded]) -> set[tuple[Any, ...]]:
    """What is claimed in the end, whatever the order and the run."""
    replaced = {e.draft.amends for e in events}
    return {(e.draft.claim_key, e.content_digest, e.draft.type.value) for e in events if e.event_id not in replaced}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> list[Recorded]:
    with monitor_at(HELD, tmp_path_factory.mktemp("whole")) as monitor:
        whole_run(monitor, "first")
        return monitor.ledger.read()


def until_done(step: Callable[[], object]) -> object:
    """As Airflow does it: again, until it goes through."""
    for _ in range(400):
        try:
            return step()
        except Injected:
            continue
    raise AssertionError("never went through")


@pytest.mark.parametrize("seed", range(2))
def test_a_run_under_faults_records_exactly_what_one_without_does(tmp_path: Path, undisturbed: list[Recorded], seed: int) -> None:
    told: list[str] = []
    with monitor_at(HELD, tmp_path) as monitor:
        failing = faulty(monitor, seed, told)
        for source in READ:
            until_done(lambda source=source: failing.ingest(source, run_id="first"))
        until_done(lambda: failing.detect(run_id="first"))
        until_done(lambda: failing.append(failing.audit(run_id="first").passed, run_id="first"))
        until_done(failing.project)
        assert {t.split()[0] for t in told} == {"before", "after"}
        assert len(told) > 5
        events = monitor.ledger.read()
        assert {e.event_id for e in events} == {e.event_id for e in undisturbed}
        assert len(events) == len(undisturbed)
        assert monitor.readings.staged() == []
        assert Evidence(monitor).verify().damages == ()
        assert publish(monitor, "again") == 0


@pytest.mark.parametrize("table", ["capture", "candidate", "candidate_outcome"])
def test_an_ingest_that_is_killed_is_taken_up_again(tmp_path: Path, undisturbed: list[Recorded], table: str) -> None:
    """kill -9 while pages are read, while they are detected, while events are appended; then a second run to the end."""
    with replica(FACSIMILES, now=HELD) as address:
        given = {"HOME": str(tmp_path), "MIRROR": address, "NOW": HELD.isoformat(), "SINCE": "2024-12-05", "REQUEST_INTERVAL": "0"}
        environ = {f"MILESTONES_{name}": value for name, value in given.items()}
        command = [sys.executable, "-c", "from milestones.cli import main; main()", "ingest", *READ]
        with subprocess.Popen(command, env=os.environ | environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
            _wait_for_row(tmp_path / "ledger.sqlite", table, running)
            running.send_signal(signal.SIGKILL)
        assert running.returncode == -signal.SIGKILL
        with open_as_found(settings_from(environ, tuple(SOURCES))) as found:
            assert Evidence(found).verify().damages == (), "what a kill leaves is whole"
        again = subprocess.run(command, env=os.environ | environ, capture_output=True, text=True, check=False)
        assert again.returncode == 0, again.stderr
        with open_monitor(settings_from(environ, tuple(SOURCES))) as monitor:
            events = monitor.ledger.read()
            assert claims(events) == claims(undisturbed)
            assert len({e.event_id for e in events}) == len(events) == len(undisturbed)
            assert Evidence(monitor).verify().damages == ()
            assert monitor.readings.staged() == []


def _wait_for_row(file: Path, table: str, running: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert running.poll() is None, running.stderr.read() if running.stderr else ""
        try:
            with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as looking:
                found = looking.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            looking.close()
            if found:
                return
        except sqlite3.OperationalError:
            pass  # not there yet
        time.sleep(0.002)
    raise AssertionError(f"no row in {table}")
