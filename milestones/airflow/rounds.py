"""Watches a round of the DAGs through the REST API: every source read once, and everything that follows from it done.

Airflow says itself when nothing is left: each asset event names the runs it has caused, so an event of an asset that has
consumers and has caused none is work still to come.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import sleep
from typing import Any

from milestones.airflow.rest import Rest, RestError

ENDED = ("success", "failed")
ATTEMPTS = 5
CHAIN = ("ingest_press_releases", "ingest_legco_bills", "ingest_legco_agendas", "publish", "project", "check")
CONSUMED = ("captures/", "milestone-events", "read-tables")
"""How the names of the assets begin that a DAG waits for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One DAG run as Airflow tells it."""

    dag: str
    run_id: str
    state: str
    seconds: float

    @classmethod
    def of(cls, told: dict[str, Any]) -> "Run":
        """From the API's words."""
        return cls(dag=told["dag_id"], run_id=told["dag_run_id"], state=told["state"], seconds=told["duration"] or 0.0)


class Unfit(Exception):
    """The DAGs cannot run at all; says why."""


def runs(rest: Rest) -> list[Run]:
    """The newest runs of all DAGs, oldest first."""
    told = rest.get("dags/~/dagRuns", limit=100, order_by="-id")["dag_runs"]
    return [Run.of(one) for one in reversed(told)]


def settled(rest: Rest, seen: Sequence[Run]) -> bool:
    """Whether each source was read, no run is under way, and no event waits for its run. Raises Unfit where a DAG file does not parse."""
    errors = rest.get("importErrors", limit=5)["import_errors"]
    if errors:
        raise Unfit("; ".join(f"{e['filename']} does not parse: {e['stack_trace'].strip().splitlines()[-1]}" for e in errors))
    ended = {run.dag for run in seen if run.state in ENDED}
    if any(run.state not in ENDED for run in seen) or not ended.issuperset(d for d in CHAIN if d.startswith("ingest_")):
        return False
    events = rest.get("assets/events", limit=100, order_by="-timestamp")["asset_events"]
    return all(e["created_dagruns"] for e in events if str(e["name"]).startswith(CONSUMED))


def tell_changes(before: Sequence[Run], now: Sequence[Run], say: Callable[[str], None]) -> None:
    """One line for each run that has begun or ended since the last look."""
    known = {(run.dag, run.run_id): run.state for run in before}
    for run in now:
        if known.get((run.dag, run.run_id)) != run.state and run.state != "queued":
            say(f"  {run.dag:<22} {run.state}" + (f" in {run.seconds:.0f} s" if run.state in ENDED else ""))


def trigger(rest: Rest, dag: str) -> None:
    """Asks for a run of the DAG now; a few times, because on SQLite a write can meet a busy database."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            rest.post(f"dags/{dag}/dagRuns", {"logical_date": None})
        except RestError:
            if attempt == ATTEMPTS:
                raise
            sleep(1)
        else:
            return


def failures(rest: Rest, seen: Sequence[Run]) -> list[str]:
    """For each failed task of the runs: its name and the end of its log."""
    told = []
    for run in (r for r in seen if r.state == "failed"):
        where = f"dags/{run.dag}/dagRuns/{run.run_id}/taskInstances"
        for task in rest.get(where)["task_instances"]:
            if task["state"] == "failed":
                log = rest.get(f"{where}/{task['task_id']}/logs/{task['try_number']}", map_index=task["map_index"])
                told.append(f"{run.dag}.{task['task_id']} failed:\n" + "\n".join(f"    {line}" for line in tail(log["content"])))
    return told


def tail(content: Sequence[Any], lines: int = 12) -> list[str]:
    """The end of a task's log, errors with their message and without their stack."""
    said = []
    for entry in content:
        if isinstance(entry, dict) and not str(entry.get("event", "")).startswith("::"):
            errors = [f"{e.get('exc_type')}: {e.get('exc_value')}" for e in entry.get("error_detail") or []]
            said.append(" ".join([str(entry.get("event", "")), *errors]))
    return said[-lines:]
