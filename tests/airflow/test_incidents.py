"""The operators get one mail when an incident begins and one when it ends, and the usual notice where the check itself breaks."""

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
def mails(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The headings of what was mailed; it reaches one operator. Of the check itself: what was passed on to the usual notices."""
    sent: list[str] = []
    monkeypatch.setattr(incidents, "mail_operators", lambda heading, _lines: sent.append(heading) or 1)
    monkeypatch.setattr(incidents, "tell_of_failure", lambda context: sent.append(f"the check broke in {context['run_id']}"))
    monkeypatch.setattr(incidents, "tell_of_recovery", lambda _context: None)
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


class Task:
    """As much of a task as a notice names."""

    log_url = "http://127.0.0.1:8080/log"


class Described:
    """As much of a DAG as a notice names."""

    doc_md = "* **What to do**: look."


def passed(run_id: str) -> dict[str, Any]:
    return {"run_id": run_id, "ti": Task(), "dag": Described()}


def failed(run_id: str, message: str = FOUND) -> dict[str, Any]:
    return {**passed(run_id), "exception": f"{message}: legco-bills: degraded"}


@pytest.mark.usefixtures("settings")
def test_one_mail_when_an_incident_begins_and_one_when_it_ends(mails: list[str]) -> None:
    with open_monitor() as monitor:
        blind(monitor, "1")
        incidents.tell_of_incidents(failed("h0"))
        assert mails == [], "one failure is red, but no incident"
        blind(monitor, "2")
        for hour in ("h1", "h2", "h3"):
            incidents.tell_of_incidents(failed(hour))
        assert mails == ["legco-bills degraded"]
        monitor.ingest("legco-bills", run_id="3")
        assert Watching(monitor).untold() == []
        incidents.tell_of_incidents(failed("h4", f"{FOUND}: another source"))
        for hour in ("h5", "h6"):
            incidents.tell_of_sound_sources(passed(hour))
        assert mails == ["legco-bills degraded", "legco-bills recovered"], "also while another source is red"
        blind(monitor, "4")
        blind(monitor, "5")
        incidents.tell_of_incidents(failed("h7"))
        assert mails == ["legco-bills degraded", "legco-bills recovered", "legco-bills degraded"]


@pytest.mark.usefixtures("settings")
def test_what_could_not_be_mailed_is_mailed_the_next_hour(mails: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    with open_monitor() as monitor:
        blind(monitor, "1")
        blind(monitor, "2")
        with monkeypatch.context() as nobody:
            nobody.setattr(incidents, "mail_operators", lambda _heading, _lines: 0)
            incidents.tell_of_incidents(failed("h1"))
        incidents.tell_of_incidents(failed("h2"))
        assert mails == ["legco-bills degraded"]


@pytest.mark.usefixtures("settings")
def test_an_incident_that_ended_before_anybody_was_told_is_not_told(mails: list[str]) -> None:
    with open_monitor() as monitor:
        blind(monitor, "1")
        blind(monitor, "2")
        monitor.ingest("legco-bills", run_id="3")
        incidents.tell_of_sound_sources(passed("h1"))
        assert mails == []


@pytest.mark.usefixtures("settings")
def test_a_check_that_breaks_is_told_as_any_failure(mails: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    incidents.tell_of_incidents(failed("h1", "the database is busy"))
    monkeypatch.setenv("MILESTONES_NOW", "no instant")
    incidents.tell_of_incidents(failed("h2", "MILESTONES_NOW must be an instant"))
    assert mails == ["the check broke in h1", "the check broke in h2"]
