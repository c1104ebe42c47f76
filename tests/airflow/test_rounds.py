"""When a round is over, and what is told of a failure."""

import pytest

from milestones.airflow.rounds import CHAIN, Run, Unfit, failures, settled, tail, tell_changes


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
