"""The operators get one mail for each incident, and one where the check itself breaks."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from milestones.airflow import incidents
from milestones.airflow.tasks import FOUND
from milestones.bootstrap import Monitor, Watching, open_monitor
from milestones.domain.errors import Unreachable
from tests.integration.test_pipeline import FACSIMILES, HELD
from tests.replica.replica import replica


@pytest.fixture
def mails(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What the usual mail to the operators was called with; it reaches one of them."""
    sent: list[Any] = []
    monkeypatch.setattr(incidents, "tell_operators", lambda context: sent.append(context) or 1)
    return sent


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with replica(FACSIMILES, now=HELD) as address:
        for name, value in {"HOME": tmp_path, "MIRROR": address, "NOW": HELD.isoformat(), "SINCE": "2024-12-19", "REQUEST_INTERVAL": "0"}.items():
            monkeypatch.setenv(f"MILESTONES_{name}", str(value))
        yield


def broken(url: str, _hosts: frozenset[str], *, known: object = None) -> Any:
    raise Unreachable(f"{url} does not answer")


def blind(monitor: Monitor, run_id: str) -> None:
    with pytest.raises(Unreachable):
        replace(monitor, fetch=broken).ingest("legco-bills", run_id=run_id)


def failed(run_id: str, message: str = FOUND) -> dict[str, Any]:
    return {"run_id": run_id, "exception": f"{message}: legco-bills: degraded"}


@pytest.mark.usefixtures("settings")
def test_one_mail_for_each_incident(mails: list[Any]) -> None:
    with open_monitor() as monitor:
        blind(monitor, "1")
        incidents.tell_of_incidents(failed("h0"))
        assert mails == [], "one failure is red, but no incident"
        blind(monitor, "2")
        for hour in ("h1", "h2", "h3"):
            incidents.tell_of_incidents(failed(hour))
        assert [c["run_id"] for c in mails] == ["h1"]
        monitor.ingest("legco-bills", run_id="3")
        assert Watching(monitor).untold() == []
        blind(monitor, "4")
        blind(monitor, "5")
        incidents.tell_of_incidents(failed("h4"))
        assert [c["run_id"] for c in mails] == ["h1", "h4"]


@pytest.mark.usefixtures("settings")
def test_what_could_not_be_mailed_is_mailed_the_next_hour(mails: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    with open_monitor() as monitor:
        blind(monitor, "1")
        blind(monitor, "2")
        with monkeypatch.context() as nobody:
            nobody.setattr(incidents, "tell_operators", lambda _context: 0)
            incidents.tell_of_incidents(failed("h1"))
        incidents.tell_of_incidents(failed("h2"))
        assert [c["run_id"] for c in mails] == ["h2"]


@pytest.mark.usefixtures("settings")
def test_a_check_that_breaks_is_told_each_time(mails: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    incidents.tell_of_incidents(failed("h1", "the database is busy"))
    monkeypatch.setenv("MILESTONES_NOW", "no instant")
    incidents.tell_of_incidents(failed("h2", "MILESTONES_NOW must be an instant"))
    assert [c["run_id"] for c in mails] == ["h1", "h2"]
