"""When a round is over, and what is told of a failure."""

import pytest

from milestones.airflow.rest import RestError
from milestones.airflow.rounds import CHAIN, Run, Unfit, failures, settled, tail, tell_changes, trigger


class Told:
    """Airflow's answers by path."""

    def __init__(self, **answers: object) -> None:
        self.answers = {"importErrors": {"import_errors": []}, "assets/events": {"asset_events": []}} | answers

    def get(self, path: str, **_: object) -> object:
        return self.answers[path]


def ran(dag: str, state: str = "success") -> Run:
    return Run(dag=dag, run_id="r", state=state, seconds=1.0)


INGESTED = [ran(dag) for dag in CHAIN if dag.startswith("ingest_")]


def event(name: str, *runs: str) -> dict[str, object]:
    return {"name": name, "created_dagruns": list(runs)}


def test_a_round_is_over_when_all_was_read_and_nothing_waits() -> None:
    assert settled(Told(), INGESTED)
    assert settled(Told(**{"assets/events": {"asset_events": [event("captures/press-releases", "run"), event("reports")]}}), INGESTED)


@pytest.mark.parametrize(
    ("events", "seen"),
    [
        ([], INGESTED[:2]),
        ([], [*INGESTED, ran("publish", "running")]),
        ([], [*INGESTED, ran("publish", "queued")]),
        ([event("captures/legco-bills")], INGESTED),
        ([event("captures/legco-bills", "run"), event("read-tables")], INGESTED),
    ],
)
def test_a_round_is_not_over_while_something_is_to_come(events: list[object], seen: list[Run]) -> None:
    assert not settled(Told(**{"assets/events": {"asset_events": events}}), seen)


def test_a_dag_that_does_not_parse_ends_the_waiting() -> None:
    broken = {"import_errors": [{"filename": "publish.py", "stack_trace": "Traceback\n  File\nNameError: x\n"}]}
    with pytest.raises(Unfit, match=r"publish\.py does not parse: NameError: x"):
        settled(Told(importErrors=broken), [])


def test_a_failed_task_is_named_with_the_end_of_its_log() -> None:
    where = "dags/publish/dagRuns/r/taskInstances"
    api = Told(
        **{
            where: {
                "task_instances": [
                    {"task_id": "append", "state": "success"},
                    {"task_id": "verdict", "state": "failed", "try_number": 1, "map_index": -1},
                ]
            },
            f"{where}/verdict/logs/1": {
                "content": [{"event": "::group::x"}, {"event": "failed", "error_detail": [{"exc_type": "Bad", "exc_value": "row 7"}]}]
            },
        }
    )
    assert failures(api, [ran("publish", "failed"), ran("project")]) == ["publish.verdict failed:\n    failed Bad: row 7"]


def test_the_end_of_a_log_leaves_out_marks_and_stacks() -> None:
    assert tail([{"event": "::group::Pre"}, {"event": "one"}, {"event": "two"}, {"event": "three"}], lines=2) == ["two", "three"]


def test_changes_are_told_once() -> None:
    said: list[str] = []
    before = [ran("publish", "running")]
    tell_changes([], before, said.append)
    tell_changes(before, before, said.append)
    tell_changes(before, [ran("publish")], said.append)
    assert [line.split()[1] for line in said] == ["running", "success"]


class Busy:
    """Refuses the first write, as Airflow on SQLite may."""

    def __init__(self, refusals: int) -> None:
        self.refusals, self.asked = refusals, []

    def post(self, path: str, body: object) -> None:
        self.asked.append((path, body))
        if len(self.asked) <= self.refusals:
            raise RestError("Airflow answered 500: database is locked")


def test_a_run_is_asked_for_again_where_the_database_was_busy() -> None:
    api = Busy(refusals=1)
    trigger(api, "report")
    assert api.asked == [("dags/report/dagRuns", {"logical_date": None})] * 2


def test_a_run_that_is_refused_for_good_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("milestones.airflow.rounds.sleep", lambda _: None)
    with pytest.raises(RestError, match="locked"):
        trigger(Busy(refusals=99), "report")
