"""A pipeline that fails anywhere, or is killed anywhere, ends with what an undisturbed one records: nothing twice, nothing lost."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from milestones.bootstrap import Evidence, Monitor, open_as_found, open_monitor
from milestones.domain.errors import SourceError
from milestones.domain.events import EventType, Recorded
from milestones.services.status import status_data
from milestones.settings import settings_from
from scrapers import SOURCES, polite_fetch
from scrapers.bodies import Limits
from tests.faults import Injected, faulty
from tests.integration.test_pipeline import FACSIMILES, HELD, READ, monitor_at, publish, whole_run
from tests.replica.replica import FAULTS, replica


def claims(events: list[Recorded]) -> set[tuple[Any, ...]]:
    """What is claimed in the end, whatever the order and the run; that a source had trouble is told beside it."""
    replaced = {e.draft.amends for e in events}
    told = [e for e in events if e.event_id not in replaced and not e.draft.type.value.startswith("source.")]
    return {(e.draft.claim_key, e.content_digest, e.draft.type.value) for e in told}


def statuses(monitor: Monitor) -> list[dict[str, Any]]:
    """What `milestones status --json` says of the commitments; evidence in the order of addresses, for positions are of the order of reading."""
    told: list[dict[str, Any]] = status_data(monitor.statuses()[1], as_of_position=0)["commitments"]
    for target in (target for commitment in told for target in commitment["targets"]):
        target["evidence"] = sorted(str(evidence["url"]) for evidence in target["evidence"])
    return told


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


# ---- faults of the network -----------------------------------------------------------------------------------------------------

ALL_READ = (*READ, "legco-agendas")


@pytest.fixture(scope="module")
def faultless(tmp_path_factory: pytest.TempPathFactory) -> tuple[set[tuple[Any, ...]], list[dict[str, Any]]]:
    """Claims and statuses where every answer is whole."""
    with monitor_at(HELD, tmp_path_factory.mktemp("faultless")) as monitor:
        for source in ALL_READ:
            assert monitor.ingest(source, run_id="first").failed == 0
        publish(monitor, "first")
        return claims(monitor.ledger.read()), statuses(monitor)


def hurried(monitor: Monitor) -> Monitor:
    """The monitor with the real fetch, which pauses for nobody and gives up on slow answers soon."""
    settings = monitor.settings
    fetch = polite_fetch(
        contact="test",
        clock=monitor.clock,
        pace=lambda _host, _delay: None,
        robots=settings.home / "robots",
        mirror=settings.mirror,
        limits=Limits(read=0.2, attempts=2),
        sleep=lambda _seconds: None,
    )
    return replace(monitor, fetch=fetch)


def is_read(monitor: Monitor, source: str, run: str) -> bool:
    try:
        return monitor.ingest(source, run_id=run).failed == 0
    except SourceError:
        return False


@pytest.mark.parametrize(("seed", "only"), [(1, None), (2, None), *((3, fault) for fault in FAULTS)])
def test_sites_that_fail_end_in_the_same_record_once_they_are_quiet(
    tmp_path: Path, faultless: tuple[set[tuple[Any, ...]], list[dict[str, Any]]], seed: int, only: str | None
) -> None:
    with monitor_at(HELD, tmp_path, faults=0.3, seed=seed, only_fault=only) as failing:
        monitor = hurried(failing)
        for source in ALL_READ:
            assert any(is_read(monitor, source, f"{source} {n}") for n in range(60)), "never quiet"
        publish(monitor, "in the end")
        assert (claims(monitor.ledger.read()), statuses(monitor)) == faultless
        assert Evidence(monitor).verify().damages == ()


def test_an_edited_page_is_read_again_and_told_once(tmp_path: Path) -> None:
    """A week later the Government has corrected a release at the same address."""
    later = HELD + timedelta(days=7)
    edited = shutil.copytree(FACSIMILES, tmp_path / "edited")
    with monitor_at(HELD, tmp_path / "home") as monitor:
        whole_run(monitor, "first")
        source = next(e.draft.source for e in monitor.ledger.read() if e.draft.kind and "/202412/19/" in e.draft.source)
    pages = [json.loads(line) for line in (edited / "press.jsonl").read_text("utf-8").splitlines()]
    page = next(p for p in pages if p["url"] == source)
    page["paragraphs"] = [*page["paragraphs"], "The number of places is 7,654."]
    (edited / "press.jsonl").write_text("\n".join(json.dumps(p, ensure_ascii=False) for p in pages), "utf-8")
    with monitor_at(later, tmp_path / "home", folder=edited) as monitor:
        summary = monitor.ingest("press-releases", run_id="second")
        assert summary.changed == 1
        assert summary.reread > 1
        assert f"{summary.reread} read again (1 changed)" in summary.line()
        publish(monitor, "second")
        publish(monitor, "third")
        [changed] = [e.draft for e in monitor.ledger.read() if e.draft.type is EventType.DOCUMENT_CHANGED]
        assert (changed.source, changed.data["differences"]) == (source, [{"what": "figure", "before": None, "now": "7,654"}])
        assert monitor.check() == []
        assert Evidence(monitor).verify().damages == ()
        assert monitor.ingest("press-releases", run_id="third").reread == 0


# ---- kill -9 ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", ["listed_link", "candidate", "candidate_outcome"])
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
