"""The DAGs run for real, in one process, over a replica of the sites: everything is recorded once, whatever is repeated or killed."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

import pytest

from milestones.services.ports import Finding
from tests.replica.replica import replica

if TYPE_CHECKING:
    from airflow.sdk import DAG

FACSIMILES = Path(__file__).resolve().parents[1] / "facsimiles"
NOW = "2024-12-20T12:00:00+08:00"
INGEST = ("ingest_press_releases", "ingest_legco_bills", "ingest_legco_agendas")
WITNESSES = tuple(
    f"ingest_{name}" for name in ("legco_schedule", "legco_committees", "legco_subsidiary", "legco_votes", "hkma", "gazette", "press_counts")
)
PIPELINE = (*INGEST, "publish", "project")


@pytest.fixture(scope="module")
def sites() -> Iterator[str]:
    with replica(FACSIMILES, now=datetime.fromisoformat(NOW)) as address:
        yield address


@pytest.fixture
def home(sites: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings = {"MIRROR": sites, "NOW": NOW, "SINCE": "2024-12-01", "REQUEST_INTERVAL": "0", "HOME": str(tmp_path)}
    for name in [name for name in os.environ if name.startswith("MILESTONES_")]:
        monkeypatch.delenv(name)
    for name, value in settings.items():
        monkeypatch.setenv(f"MILESTONES_{name}", value)
    return tmp_path


def run(dag: "DAG") -> dict[str, str]:
    """Runs a DAG to the end; the state of each task. Without its deadline: Airflow's test run looks that up in a table that it did not fill."""
    deadline, dag.deadline = dag.deadline, None
    try:
        done = dag.test()
    finally:
        dag.deadline = deadline
    return {task.task_id: str(task.state) for task in done.get_task_instances()}


def events(home: Path) -> list[tuple[Any, ...]]:
    """What the ledger holds of milestones, in an order of its own."""
    with sqlite3.connect(home / "ledger.sqlite") as ledger:
        rows = ledger.execute("SELECT commitment, target, kind, state, occurred_on, source, claim_key FROM event WHERE type = 'milestone.reported'")
        return sorted(rows.fetchall(), key=repr)


def test_everything_runs_green_and_a_second_time_records_nothing(metadata_database: None, dags: dict[str, "DAG"], home: Path) -> None:
    for name in (*WITNESSES, *PIPELINE, "check", "deadlines", "report"):
        assert set(run(dags[name]).values()) == {"success"}, name
    first = events(home)
    assert ("PA2024/DE-04", "bill", "bill_first_reading", "happened", "2024-12-18") in {row[:5] for row in first}
    outbox = list((home / "outbox").glob("*.eml"))
    assert len(outbox) == 1
    for name in PIPELINE:
        assert set(run(dags[name]).values()) == {"success"}, name
    assert events(home) == first


def test_a_finding_turns_the_verdict_red_and_the_rest_is_recorded(
    metadata_database: None, dags: dict[str, "DAG"], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused: list[str] = []

    def refuse_the_first(suite: str, rows: Sequence[Mapping[str, Any]]) -> list[Finding]:
        refused.extend(str(row["id"]) for row in rows[:1])
        return [Finding(expectation="expect_words", detail="words that stand there", row_ids=tuple(refused))] if suite == "staged_candidates" else []

    monkeypatch.setattr("milestones.bootstrap.monitor.documented", lambda _registry, _folder, now: nullcontext(refuse_the_first))
    for name in INGEST:
        run(dags[name])
    assert run(dags["publish"]) == {"detect": "success", "audit": "success", "append": "success", "verdict": "failed"}
    assert len(refused) == 1
    assert events(home)


def test_the_digest_waits_until_something_was_read(metadata_database: None, dags: dict[str, "DAG"], home: Path) -> None:
    assert run(dags["report"]) == {"digest": "skipped"}
    assert not (home / "outbox").exists()


def test_a_killed_reading_leaves_nothing_twice_and_nothing_out(
    metadata_database: None, dags: dict[str, "DAG"], home: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = subprocess.Popen([Path(sys.executable).with_name("milestones"), "ingest"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = monotonic() + 60
    while monotonic() < until and documents(home) < 5:
        sleep(0.02)
    reader.send_signal(signal.SIGKILL)
    assert reader.wait() == -signal.SIGKILL, "it was to be killed in the middle"
    for name in PIPELINE:
        run(dags[name])
    after_the_kill = events(home)

    undisturbed = tmp_path_factory.mktemp("undisturbed")
    monkeypatch.setenv("MILESTONES_HOME", str(undisturbed))
    for name in PIPELINE:
        run(dags[name])
    assert after_the_kill == events(undisturbed)


def test_a_dead_site_is_one_line_that_may_be_retried(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from airflow.sdk.exceptions import AirflowException, AirflowFailException

    from milestones.airflow.tasks import ingest

    monkeypatch.setenv("MILESTONES_MIRROR", "http://127.0.0.1:9")
    with pytest.raises(AirflowException, match="could not be read") as caught:
        ingest("legco-bills", "test")
    assert not isinstance(caught.value, AirflowFailException)
    assert "\n" not in str(caught.value)
    assert caught.value.__suppress_context__


def test_a_source_that_is_left_out_is_skipped_and_the_log_says_why(
    home: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from airflow.sdk.exceptions import AirflowSkipException

    from milestones.airflow.tasks import ingest

    monkeypatch.setenv("MILESTONES_SOURCES", "press-releases")
    with caplog.at_level("INFO", "milestones"), pytest.raises(AirflowSkipException, match="MILESTONES_SOURCES"):
        ingest("legco-bills", "test")
    assert "MILESTONES_SOURCES leaves legco-bills out" in caplog.text


def documents(home: Path) -> int:
    """How many documents are kept so far."""
    try:
        with sqlite3.connect(f"file:{home / 'ledger.sqlite'}?mode=ro", uri=True) as ledger:
            return int(ledger.execute("SELECT count(*) FROM document").fetchone()[0])
    except sqlite3.OperationalError:
        return 0
