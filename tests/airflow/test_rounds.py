"""What a start asks Airflow for, when a round is over, and what is told of a failure."""

from datetime import UTC, datetime, timedelta

import pytest

from milestones.airflow.rest import RestError
from milestones.airflow.rounds import CHAIN, INGEST, Run, Unfit, begin, failures, runs, settled, tail, tell_changes, trigger

START = datetime.now(UTC)
BEFORE, AFTER = (START + timedelta(hours=hours) for hours in (-1, 1))


class Told:
    """Airflow's answers by path, and what it was asked to run."""

    def __init__(self, **answers: object) -> None:
        self.asked: list[str] = []
        self.paused: list[str] = []
        self.answers = {
            "importErrors": {"import_errors": []},
            "assets/events": {"asset_events": []},
            "dags": {"dags": [known(dag) for dag in CHAIN]},
            "dags/~/dagRuns": {"dag_runs": []},
        } | answers

    def get(self, path: str, **query: object) -> object:
        return {"dags": [known(dag) for dag in self.paused]} if query.get("paused") else self.answers[path]

    def post(self, path: str, _body: object) -> None:
        self.asked.append(path)


def known(dag: str, *, tick: datetime = AFTER, is_paused: bool = False) -> dict[str, object]:
    return {"dag_id": dag, "next_dagrun_run_after": tick.isoformat(), "is_paused": is_paused}


def told_run(dag: str, queued_at: datetime, state: str = "success") -> dict[str, object]:
    return {"dag_id": dag, "dag_run_id": "r", "state": state, "duration": 1.0, "queued_at": queued_at.isoformat(), "run_after": BEFORE.isoformat()}


def ran(dag: str, state: str = "success") -> Run:
    return Run(dag=dag, run_id="r", state=state, seconds=1.0, queued_at=AFTER)


INGESTED = [ran(dag) for dag in INGEST]


def test_a_start_over_a_used_home_reads_every_source_anew() -> None:
    api = Told(**{"dags/~/dagRuns": {"dag_runs": [told_run(dag, BEFORE) for dag in CHAIN]}})
    assert begin(api, START)
    assert api.asked == [f"dags/{dag}/dagRuns" for dag in INGEST]


def test_what_airflow_begins_by_itself_is_not_asked_for_again() -> None:
    one, two, *others = INGEST
    dags = [known(one, tick=BEFORE), *(known(dag, is_paused=True) for dag in others), *(known(dag) for dag in CHAIN if dag not in (one, *others))]
    api = Told(**{"dags": {"dags": dags}, "dags/~/dagRuns": {"dag_runs": [told_run(two, AFTER, "running")]}})
    assert begin(api, START)
    assert api.asked == []


def test_nothing_is_asked_for_before_airflow_knows_the_dags() -> None:
    api = Told(dags={"dags": [known(dag) for dag in INGEST]})
    assert not begin(api, START)
    assert api.asked == []


def test_runs_of_earlier_starts_are_not_of_this_round() -> None:
    api = Told(**{"dags/~/dagRuns": {"dag_runs": [told_run("publish", AFTER), told_run("check", BEFORE, "failed")]}})
    assert [run.dag for run in runs(api, START)] == ["publish"]


def event(name: str, *runs: str) -> dict[str, object]:
    return {"name": name, "created_dagruns": list(runs)}


def test_a_round_is_over_when_all_was_read_and_nothing_waits() -> None:
    assert settled(Told(), INGESTED, START)
    assert settled(Told(**{"assets/events": {"asset_events": [event("captures/press-releases", "run"), event("reports")]}}), INGESTED, START)


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
    assert not settled(Told(**{"assets/events": {"asset_events": events}}), seen, START)


def test_a_dag_that_does_not_parse_ends_the_waiting() -> None:
    broken = {"import_errors": [{"filename": "publish.py", "stack_trace": "Traceback\n  File\nNameError: x\n"}]}
    with pytest.raises(Unfit, match=r"publish\.py does not parse: NameError: x"):
        settled(Told(importErrors=broken), [], START)


def test_a_dag_that_is_paused_ends_the_waiting() -> None:
    api = Told()
    api.paused = ["deadlines", "publish"]
    with pytest.raises(Unfit, match="paused: publish;"):
        settled(api, INGESTED, START)


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
    """Refuses the first writes, as Airflow on SQLite may."""

    def __init__(self, refusals: int, status: int = 500) -> None:
        self.refusals, self.status, self.asked = refusals, status, []

    def post(self, path: str, body: dict[str, object]) -> None:
        self.asked.append((path, body["dag_run_id"]))
        if len(self.asked) <= self.refusals:
            raise RestError("Airflow answered 500: database is locked", status=self.status)


@pytest.fixture
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("milestones.airflow.rounds.sleep", lambda _: None)


def test_a_run_is_asked_for_again_where_the_database_was_busy_but_is_the_same_run(no_pause: None) -> None:
    api = Busy(refusals=1)
    trigger(api, "report", START)
    assert len(api.asked) == 2
    assert len(set(api.asked)) == 1


def test_a_run_that_is_there_already_is_what_was_asked_for(no_pause: None) -> None:
    api = Busy(refusals=99, status=409)
    trigger(api, "report", START)
    assert len(api.asked) == 1


def test_a_run_that_is_refused_for_good_is_an_error(no_pause: None) -> None:
    with pytest.raises(RestError, match="locked"):
        trigger(Busy(refusals=99), "report", START)
