"""What waits for a person is announced with the way to the queue, and where nothing waits the task says so."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.airflow.test_pipeline import run

if TYPE_CHECKING:
    from airflow.sdk import DAG


@pytest.mark.usefixtures("metadata_database")
def test_where_nothing_waits_nothing_is_announced(dags: dict[str, "DAG"], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MILESTONES_HOME", str(tmp_path))
    assert run(dags["review"]) == {"waiting": "skipped", "announce": "skipped"}


def test_what_waits_is_counted_and_led_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from milestones.airflow.tasks import what_waits
    from milestones.bootstrap import Monitor

    def two(_monitor: Monitor) -> Sequence[str]:
        return ["a day", "another"]

    monkeypatch.setenv("MILESTONES_HOME", str(tmp_path))
    monkeypatch.setattr(Monitor, "unconfirmed", two)
    told = what_waits()
    assert "Announced days to confirm: 2." in told
    assert "/milestones/review)" in told


def test_a_time_out_decides_nothing(dags: dict[str, "DAG"]) -> None:
    announce = dags["review"].get_task("announce")
    assert announce.defaults == ["Later"]
    assert announce.response_timeout < timedelta(days=1), "the next morning's run would wait for this one"
