"""A round of the DAGs, asked for and watched through the REST API: every source read once, and everything that follows from it done.

Only runs queued since the start count: a home that has been used before holds others. Airflow says itself when nothing is left: each
asset event names the runs it has caused, so an event of an asset that has consumers and has caused none is work still to come.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from time import sleep
from typing import Any

from milestones.airflow.rest import Rest, RestError

ENDED = ("success", "failed")
ATTEMPTS = 5
INGEST = (
    *("ingest_press_releases", "ingest_legco_bills", "ingest_legco_agendas"),
    *("ingest_legco_schedule", "ingest_legco_committees", "ingest_legco_subsidiary", "ingest_legco_votes"),
    *("ingest_hkma", "ingest_gazette", "ingest_press_counts"),
)
CHAIN = (*INGEST, "publish", "project", "check")
PEOPLE = ("review",)
"""DAGs that wait for people, and are waited for by nobody."""
CONSUMED = ("captures/", "milestone-events", "read-tables")
"""How the names of the assets begin that a DAG waits for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One DAG run as Airflow tells it."""

    dag: str
    run_id: str
    state: str
    seconds: float
    queued_at: datetime

    @classmethod
    def of(cls, told: dict[str, Any]) -> "Run":
        """From the API's words."""
        queued_at = datetime.fromisoformat(told["queued_at"] or told["run_after"])
        return cls(dag=told["dag_id"], run_id=told["dag_run_id"], state=told["state"], seconds=told["duration"] or 0.0, queued_at=queued_at)


class Unfit(Exception):
    """The DAGs cannot run at all; says why."""


def runs(rest: Rest, since: datetime) -> list[Run]:
    """The newest runs of all DAGs that were queued since then, oldest first."""
    told = rest.get("dags/~/dagRuns", limit=100, order_by="-id")["dag_runs"]
    return [run for run in map(Run.of, reversed(told)) if run.queued_at >= since]


def begin(rest: Rest, since: datetime) -> bool:
    """Asks for a run of each DAG that reads a source, unless it had one since then or Airflow begins one by itself, or it is paused.

    False, and nothing asked for, while Airflow does not know all of the DAGs yet.
    """
    known = {dag["dag_id"]: dag for dag in rest.get("dags", limit=100)["dags"]}
    if not known.keys() >= set(CHAIN):
        return False
    begun = {run.dag for run in runs(rest, since)}
    for dag in INGEST:
        if dag not in begun and not known[dag]["is_paused"] and not _is_due(known[dag]):
            trigger(rest, dag, since)
    return True


def paused(rest: Rest) -> list[str]:
    """The DAGs of a round that somebody has paused."""
    found = {dag["dag_id"] for dag in rest.get("dags", limit=100, paused=True)["dags"]}
    return [dag for dag in CHAIN if dag in found]


def settled(rest: Rest, seen: Sequence[Run], since: datetime) -> bool:
    """Whether each source was read, no run is under way, and no event waits for its run. Raises Unfit where that will never be."""
    errors = rest.get("importErrors", limit=5)["import_errors"]
    if errors:
        raise Unfit("; ".join(f"{e['filename']} does not parse: {e['stack_trace'].strip().splitlines()[-1]}" for e in errors))
    if idle := paused(rest):
        raise Unfit(f"the round would never end, because these DAGs are paused: {', '.join(idle)}; `make run`, and unpause them in Airflow")
    ended = {run.dag for run in seen if run.state in ENDED}
    if any(run.state not in ENDED and run.dag not in PEOPLE for run in seen) or not ended.issuperset(INGEST):
        return False
    events = rest.get("assets/events", limit=100, order_by="-timestamp", timestamp_gte=since.isoformat())["asset_events"]
    return all(e["created_dagruns"] for e in events if str(e["name"]).startswith(CONSUMED))


def tell_changes(before: Sequence[Run], now: Sequence[Run], say: Callable[[str], None]) -> None:
    """One line for each run that has begun or ended since the last look."""
    known = {(run.dag, run.run_id): run.state for run in before}
    for run in now:
        if known.get((run.dag, run.run_id)) != run.state and run.state != "queued":
            say(f"  {run.dag:<22} {run.state}" + (f" in {run.seconds:.0f} s" if run.state in ENDED else ""))


def trigger(rest: Rest, dag: str, since: datetime) -> None:
    """Asks for the DAG's run of this start; a few times, because on SQLite a write can meet a busy database, but for one run only."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            rest.post(f"dags/{dag}/dagRuns", {"dag_run_id": f"start__{since.isoformat()}", "logical_date": None})
        except RestError as error:
            if error.status == 409:  # an earlier attempt that seemed to fail has made it
                return
            if attempt == ATTEMPTS:
                raise
            sleep(1)
        else:
            return


def failures(rest: Rest, seen: Sequence[Run]) -> list[str]:
    """For each failed task of the runs: its name and the end of its log."""
    told = []
    for run in (r for r in seen if r.state == "failed"):
        for task in tasks(rest, run):
            if task["state"] == "failed":
                lines = tail(log_of(rest, run, task))
                told.append(f"{run.dag}.{task['task_id']} failed:\n" + "\n".join(f"    {line}" for line in lines))
    return told


def tasks(rest: Rest, run: Run) -> list[dict[str, Any]]:
    """The task instances of a run."""
    found: list[dict[str, Any]] = rest.get(f"dags/{run.dag}/dagRuns/{run.run_id}/taskInstances")["task_instances"]
    return found


def log_of(rest: Rest, run: Run, task: dict[str, Any]) -> list[Any]:
    """The entries of the log of a task's last try."""
    where = f"dags/{run.dag}/dagRuns/{run.run_id}/taskInstances/{task['task_id']}/logs/{task['try_number']}"
    content: list[Any] = rest.get(where, map_index=task["map_index"])["content"]
    return content


def tail(content: Sequence[Any], lines: int = 12) -> list[str]:
    """The end of a task's log, errors with their message and without their stack."""
    said = []
    for entry in content:
        if isinstance(entry, dict) and not str(entry.get("event", "")).startswith("::"):
            errors = [f"{e.get('exc_type')}: {e.get('exc_value')}" for e in entry.get("error_detail") or []]
            said.append(" ".join([str(entry.get("event", "")), *errors]))
    return said[-lines:]


def _is_due(dag: dict[str, Any]) -> bool:
    """Whether the scheduler is about to begin a run by itself: at the first start, and where a tick passed while nothing ran."""
    tick = dag["next_dagrun_run_after"]
    return tick is not None and datetime.fromisoformat(tick) <= datetime.now(UTC)
