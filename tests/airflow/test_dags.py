"""What every DAG owes its operators, and the seams between the DAGs."""

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from airflow.sdk import DAG

FOLDER = Path(__file__).resolve().parents[2] / "dags"
NAMES = sorted(path.stem for path in FOLDER.glob("*.py"))
LEGCO = ("bills", "agendas", "schedule", "committees", "subsidiary", "votes")
HOSTS = {
    "ingest_press_releases": "info_gov_hk",
    **{f"ingest_legco_{name}": "legco_gov_hk" for name in LEGCO},
    "ingest_hkma": "hkma_gov_hk",
    "ingest_gazette": "gld_gov_hk",
    "ingest_press_counts": "data_gov_hk",
}

HISTORY = "ingest_history"


def test_each_file_holds_the_dag_of_its_name(dags: dict[str, "DAG"]) -> None:
    assert sorted(dags) == NAMES
    assert len(NAMES) == 20


@pytest.mark.parametrize("name", NAMES)
def test_operators_are_told_what_the_colours_mean(dags: dict[str, "DAG"], name: str) -> None:
    dag = dags[name]
    assert "milestones" in dag.tags
    assert dag.owner == "monitoring-team"
    assert all(word in (dag.doc_md or "") for word in ("**Green**", "**Red", "**What to do**"))


@pytest.mark.parametrize("name", NAMES)
def test_dags_run_at_once_and_one_at_a_time(dags: dict[str, "DAG"], name: str) -> None:
    dag = dags[name]
    assert dag.start_date is not None
    assert dag.start_date.year == 2024
    assert dag.catchup is False
    assert dag.max_active_runs == 1


@pytest.mark.parametrize("name", NAMES)
def test_tasks_end_and_tell(dags: dict[str, "DAG"], name: str) -> None:
    for task in dags[name].tasks:
        assert task.execution_timeout is not None
        assert task.on_failure_callback
        reads = name in HOSTS or name == HISTORY
        assert task.pool in ({"info_gov_hk", "legco_gov_hk", "hkma_gov_hk", "gld_gov_hk"} if name == HISTORY else {HOSTS.get(name, "default_pool")})
        assert task.retries == (2 if reads else 0), "only reading a site is worth repeating"
        assert task.priority_weight == (10 if name in HOSTS else 1), "the past waits for what is live"


def test_each_dag_waits_for_what_another_makes(dags: dict[str, "DAG"]) -> None:
    from milestones.airflow import assets
    from milestones.airflow.assets import GAZETTE, HKMA, MILESTONE_EVENTS, PRESS_RELEASES, READ_TABLES, REPORTS

    captures = {name: {getattr(assets, f"LEGCO_{name.upper()}")} for name in LEGCO}

    made = {name: {asset for task in dag.tasks for asset in task.outlets} for name, dag in dags.items()}
    assert made["ingest_press_releases"] == {PRESS_RELEASES}
    assert {name: made[f"ingest_legco_{name}"] for name in LEGCO} == captures
    assert (made["ingest_hkma"], made["ingest_gazette"]) == ({HKMA}, {GAZETTE})
    assert made["ingest_press_counts"] == set(), "counts give nothing to publish"
    assert made["publish"] == {MILESTONE_EVENTS}
    assert made["project"] == {READ_TABLES}
    assert made["report"] == {REPORTS}
    awaited = {name: set(dags[name].timetable.asset_condition.objects) for name in ("publish", "project", "check")}
    assert awaited == {
        "publish": {PRESS_RELEASES, HKMA, GAZETTE, *set().union(*captures.values())},
        "project": {MILESTONE_EVENTS},
        "check": {READ_TABLES},
    }


def test_the_ledger_is_told_before_the_verdict(dags: dict[str, "DAG"]) -> None:
    publish = dags["publish"]
    assert publish.get_task("append").downstream_task_ids == {"verdict"}
    assert publish.get_task("audit").downstream_task_ids == {"append", "verdict"}
    assert publish.get_task("detect").downstream_task_ids == {"audit"}


@pytest.mark.parametrize("name", NAMES)
def test_nothing_heavy_or_private_is_imported_while_parsing(name: str) -> None:
    tree = ast.parse((FOLDER / f"{name}.py").read_text("utf-8"))
    modules = {n.module or "" for n in tree.body if isinstance(n, ast.ImportFrom)} | {
        a.name for n in tree.body if isinstance(n, ast.Import) for a in n.names
    }
    assert modules <= {
        "airflow.sdk",
        "milestones.airflow.assets",
        "milestones.airflow.timetable",
        "datetime",
        "typing",
        "airflow.providers.standard.operators.hitl",
    }
    inside = {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    assert not {m for m in inside if m.startswith("airflow") and m != "airflow.sdk" and not m.startswith("airflow.providers")}


def test_a_backfill_from_one_day_to_another_makes_a_run_for_each(dags: dict[str, "DAG"]) -> None:
    """Also where bare dates are taken in UTC, as Airflow does unless it is told of another zone."""
    from datetime import UTC, date, datetime

    from airflow.serialization.serialized_objects import DagSerialization

    from milestones.domain.dates import hk_day

    dag = DagSerialization.from_dict(DagSerialization.to_dict(dags[HISTORY]))
    infos = dag.iter_dagrun_infos_between(datetime(2024, 10, 16, tzinfo=UTC), datetime(2024, 10, 19, tzinfo=UTC))
    assert [hk_day(info.data_interval.start) for info in infos] == [date(2024, 10, day) for day in (16, 17, 18, 19)]


def test_the_operators_hear_of_what_is_late_where_others_wait_for_it(dags: dict[str, "DAG"]) -> None:
    late = {name: dag.deadline[0].callback.path for name, dag in dags.items() if dag.deadline}
    assert late == dict.fromkeys(("publish", "project", "freshness", "report"), "milestones.airflow.notices.tell_of_lateness")
