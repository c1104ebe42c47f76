"""An Airflow of the test session's own, in one process: importing it takes four seconds, its first run six more."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from aiosmtpd.controller import Controller

from milestones.airflow.installation import free_port
from tests.airflow.inbox import Inbox
from tests.airflow.pages import Spoil

if TYPE_CHECKING:
    from airflow.sdk import DAG

TOP = Path(__file__).resolve().parents[2]

HOME = tempfile.mkdtemp(prefix="milestones-airflow-")
atexit.register(shutil.rmtree, HOME, ignore_errors=True)

# Airflow reads these once, when it is first imported, and would otherwise write into the home of whoever runs the tests.
os.environ |= {
    "AIRFLOW_HOME": HOME,
    "AIRFLOW__CORE__DAGS_FOLDER": str(TOP / "dags"),
    "AIRFLOW__CORE__PLUGINS_FOLDER": str(TOP / "plugins"),
    "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
    "AIRFLOW__CORE__UNIT_TEST_MODE": "False",
    "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Airflow's own warnings are not ours to mend; warnings of our modules still fail the test."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.filterwarnings("ignore"))
            item.add_marker(pytest.mark.filterwarnings("error:::milestones"))
            item.add_marker(pytest.mark.airflow)


@pytest.fixture(scope="session")
def dags() -> dict[str, "DAG"]:
    """Every DAG of the repository, parsed as Airflow parses it."""
    from airflow.dag_processing.dagbag import DagBag

    bag = DagBag(TOP / "dags")
    assert bag.import_errors == {}
    return dict(bag.dags)


@pytest.fixture(scope="session")
def metadata_database() -> None:
    """Airflow's database, empty, with the pools that the DAGs name."""
    from airflow.models.pool import Pool
    from airflow.utils.db import initdb

    from milestones.airflow.assets import POOLS

    initdb()
    for name in POOLS:
        Pool.create_or_update_pool(name, slots=1, description="", include_deferred=False)


@pytest.fixture
def signed_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A client of the pages whom Airflow knows; mounted as Airflow does it, behind a prefix, over an empty home."""
    from airflow.api_fastapi.core_api.security import get_user
    from fastapi import FastAPI
    from fastapi.testclient import TestClient

    from milestones.airflow.pages import application

    monkeypatch.setenv("MILESTONES_HOME", str(tmp_path))
    app, outer = application(), FastAPI(root_path="/behind")
    outer.mount("/milestones", app)
    app.dependency_overrides[get_user] = lambda: "somebody"
    yield TestClient(outer)
    app.dependency_overrides.clear()


@pytest.fixture
def spoiled(signed_in: Any) -> Spoil:
    """Makes the ledger and its read tables, then changes rows of these as if something else had been known."""
    from milestones.bootstrap import open_monitor

    def spoil(changes: Mapping[str, Mapping[str, Any]], added: Mapping[str, Sequence[Mapping[str, Any]]] | None = None) -> None:
        with open_monitor() as monitor:
            position = monitor.project()
            tables = ("read_commitment", "read_target", "read_milestone", "read_source", "read_status_count")
            rows = {name: [row | dict(changes.get(name, {})) for row in monitor.read_tables.rows(name)] for name in tables}
            rows = {name: [*found, *(added or {}).get(name, [])] for name, found in rows.items()}
            monitor.read_tables.replace(rows, position=position + 1, as_of=monitor.clock())

    return spoil


@pytest.fixture
def inbox() -> Iterator[tuple[Inbox, int]]:
    handler = Inbox()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield handler, controller.port
    finally:
        controller.stop()
