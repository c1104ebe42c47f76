"""What a running Airflow tells its user of the sources: one line when a source was read for the first time, and one whenever that turns.

Everything else stands in Airflow's pages; but whoever has only the terminal must learn there that the sites cannot be reached.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from milestones.airflow.rest import Rest, RestError
from milestones.airflow.rounds import ENDED, INGEST, Run, log_of, tasks

UNREACHABLE = (
    "open the address in a browser: if it is down, wait, the days stay open and the next run reads them; "
    "if it opens there but not here, look at proxy and firewall"
)
OTHERWISE = "see the description of the DAG in Airflow"


def tell_sources(rest: Rest, told: Mapping[str, str], since: datetime, say: Callable[[str], None]) -> dict[str, str]:
    """Says a line for each DAG of a source whose newest ended run, queued since then, is the first or ended otherwise than what was told.

    Returns per DAG the state told by now. What Airflow is too busy to tell comes at the next look.
    """
    now = dict(told)
    for dag in INGEST:
        with suppress(RestError):
            newest = rest.get(f"dags/{dag}/dagRuns", limit=1, order_by="-id", state=ENDED)["dag_runs"]
            run = Run.of(newest[0]) if newest else None
            if run and run.queued_at >= since and run.state != told.get(dag):
                say(f"  {dag:<22} {_line(rest, run, first=dag not in told)}")
                now[dag] = run.state
    return now


def reason(content: list[Any]) -> tuple[str, str]:
    """Kind and message of the error at the end of a task's log; the message is one line."""
    for entry in reversed(content):
        if isinstance(entry, dict) and entry.get("level") in ("error", "critical"):
            detail = (entry.get("error_detail") or [{}])[0]
            kind, message = str(detail.get("exc_type") or ""), str(detail.get("exc_value") or "")
            return kind, " ".join((message or kind or str(entry.get("event"))).split())
    return "", "its log names no error"


def _line(rest: Rest, run: Run, *, first: bool) -> str:
    task = tasks(rest, run)[-1]
    if run.state == "failed":
        kind, message = reason(log_of(rest, run, task))
        return f"red: {message}; what to do: {UNREACHABLE if kind == 'AirflowException' else OTHERWISE}"
    if task["state"] == "skipped":
        return "left out, as MILESTONES_SOURCES says"
    summary = rest.get(f"dags/{run.dag}/dagRuns/{run.run_id}/taskInstances/{task['task_id']}/xcomEntries/return_value")["value"]
    return f"{'read well' if first else 'green again'}: {summary}"
