"""What the terminal is told of the sources while Airflow runs: once each, and when it turns."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from milestones.airflow.rest import RestError
from milestones.airflow.rounds import INGEST
from milestones.airflow.watch import reason, tell_sources

START = datetime.now(UTC)
PRESS, BILLS, AGENDAS, *OTHERS = INGEST
DEAD = {"level": "error", "event": "Task failed", "error_detail": [{"exc_type": "AirflowException", "exc_value": "nobody\nanswers"}]}


class Airflow:
    """The newest ended run of each DAG that has one, with one task each."""

    def __init__(self) -> None:
        self.state: dict[str, str] = {}
        self.task: dict[str, str] = {}
        self.log: list[Any] = [DEAD, {"level": "info", "event": "The operators are not told"}]
        self.queued_at = START + timedelta(seconds=5)
        self.busy: set[str] = set()

    def get(self, path: str, **_: object) -> Any:
        dag = path.split("/")[1]
        if dag in self.busy:
            raise RestError("Airflow did not answer")
        state = self.state.get(dag)
        if path.endswith("/dagRuns"):
            run = {"dag_id": dag, "dag_run_id": "r", "state": state, "duration": 1.0, "queued_at": self.queued_at.isoformat()}
            return {"dag_runs": [run] if state else []}
        if path.endswith("/taskInstances"):
            return {"task_instances": [{"task_id": "read", "state": self.task.get(dag, state), "try_number": 3, "map_index": -1}]}
        if path.endswith("/read/logs/3"):
            return {"content": self.log}
        assert path.endswith("/read/xcomEntries/return_value")
        return {"value": "9 requests, 3 new documents"}


def look(api: Airflow, told: dict[str, str]) -> tuple[dict[str, str], list[str]]:
    said: list[str] = []
    return tell_sources(api, told, START, said.append), said


def test_each_source_is_told_once_it_has_been_read() -> None:
    api = Airflow()
    assert look(api, {}) == ({}, [])
    api.state = {PRESS: "success", BILLS: "failed"}
    told, said = look(api, {})
    assert told == api.state
    assert [line.split()[0] for line in said] == [PRESS, BILLS]
    assert "read well: 9 requests, 3 new documents" in said[0]
    assert "red: nobody answers; what to do: open the address" in said[1]
    assert look(api, told) == (told, [])


def test_it_is_told_again_when_it_turns() -> None:
    api = Airflow()
    api.state = {PRESS: "success", BILLS: "failed", AGENDAS: "success"}
    told, _ = look(api, {})
    api.state |= {PRESS: "failed", BILLS: "success"}
    told, said = look(api, told)
    assert told == api.state
    assert ["red: " in line or "green again: " in line for line in said] == [True, True]


def test_a_run_of_an_earlier_start_is_not_told() -> None:
    api = Airflow()
    api.state = {PRESS: "failed"}
    api.queued_at = START - timedelta(hours=1)
    assert look(api, {}) == ({}, [])


def test_what_airflow_is_too_busy_to_tell_comes_later_and_holds_up_nothing() -> None:
    api = Airflow()
    api.state, api.busy = dict.fromkeys(INGEST, "success"), {BILLS}
    told, said = look(api, {})
    assert list(told) == [PRESS, AGENDAS, *OTHERS]
    api.busy = set()
    told, said = look(api, told)
    assert [line.split()[0] for line in said] == [BILLS]


def test_a_source_that_is_left_out_was_not_read() -> None:
    api = Airflow()
    api.state, api.task = {PRESS: "success"}, {PRESS: "skipped"}
    assert "left out" in look(api, {})[1][0]


def test_what_is_no_fault_of_the_network_is_not_blamed_on_it() -> None:
    api = Airflow()
    api.state = {PRESS: "failed"}
    api.log = [{"level": "error", "event": "Task failed", "error_detail": [{"exc_type": "KeyError", "exc_value": "'x'"}]}]
    assert "proxy" not in look(api, {})[1][0]


@pytest.mark.parametrize(
    ("log", "told"),
    [
        ([], ("", "its log names no error")),
        ([{"level": "error", "event": "killed\nby the\nkernel"}], ("", "killed by the kernel")),
        ([{"level": "error", "event": "x", "error_detail": [{"exc_type": "TimeoutError", "exc_value": ""}]}], ("TimeoutError", "TimeoutError")),
        ([DEAD, {"level": "warning", "event": "and then"}, "no entry"], ("AirflowException", "nobody answers")),
    ],
)
def test_the_reason_is_the_last_error_in_one_line(log: list[Any], told: tuple[str, str]) -> None:
    assert reason(log) == told
