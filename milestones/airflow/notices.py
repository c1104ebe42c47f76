"""Tells the operators that a task fails: once until it works again, and then that it does; and that a run is late.

What was told is kept as a variable of Airflow's: it holds though the ledger's database is what fails, operators see it under Admin, Variables,
and deleting it makes the next failure be told anew.
"""

import logging
from datetime import datetime
from typing import Any

from airflow.sdk import Variable
from airflow.sdk.exceptions import AirflowException
from asgiref.sync import sync_to_async

from milestones.airflow.post import mail_operators
from milestones.domain.dates import HKT

log = logging.getLogger(__name__)

LONGEST = 1000
"""Characters of an error that a mail carries; the log has all."""


def tell_of_failure(context: Any) -> None:
    """When a task has failed for good: a mail, unless it failed before and has not worked since.

    A source that cannot be reached is left to the DAG `freshness`, which tells of it if it stays so, and of what rests on it.
    """
    error = context.get("exception")
    if type(error) is AirflowException:  # of ours, only Unreachable comes so (see tasks.open_plainly)
        log.info("A source that cannot be reached: if it stays so, the DAG freshness tells the operators.")
        return
    key, reason = _key(context), str(error)[:LONGEST]
    if told := Variable.get(key, default=None, deserialize_json=True):
        log.info("The operators were told at %s that this fails; they are told again when it works.", told["since"])
        return
    since = f"{datetime.now(HKT):%Y-%m-%d %H:%M} HKT"
    lines = [
        reason,
        f"What to do: {what_to_do(context)}",
        where_to_look(context),
        "No further mail is sent until this works again; then one tells so.",
    ]
    _keep(key, {"since": since, "reason": reason})  # before the mail, which takes seconds, in which the next run may end
    reached = 0
    try:
        reached = mail_operators(f"{_name(context)} failed", lines)
    finally:
        if not reached:
            Variable.delete(key)


def tell_of_recovery(context: Any) -> None:
    """When a task has succeeded: a mail, if its failure was told."""
    key = _key(context)
    told = Variable.get(key, default=None, deserialize_json=True)
    if not told:
        return
    Variable.delete(key)
    reached = 0
    try:
        lines = [f"It had failed since {told['since']}: {told['reason']}", where_to_look(context)]
        reached = mail_operators(f"{_name(context)} works again", lines)
    finally:
        if not reached:
            _keep(key, told)


async def tell_of_lateness(context: Any) -> None:
    """When a run is not done by its deadline: a mail, once for the run. Airflow calls this in the triggerer, with as much of a context as it has."""
    run, limit = context["dag_run"], context["deadline"]["deadline_time"]
    lines = [
        f"The run {run['dag_run_id']}, queued at {run['queued_at']}, was to end by {limit} and has not.",
        "What to do: look at its tasks in Airflow. One waits: its pool is taken, or workers stand still. One runs: see its log.",
    ]
    await sync_to_async(mail_operators)(f"{run['dag_id']} is late", lines)


def what_to_do(context: Any) -> str:
    """What the description of the DAG advises."""
    _, _, advice = (context["dag"].doc_md or "").partition("**What to do**:")
    return " ".join(advice.split()) or "see the log."


def where_to_look(context: Any) -> str:
    """The task's log in the UI."""
    return f"Log: {context['ti'].log_url}"


def _keep(key: str, told: dict[str, str]) -> None:
    Variable.set(key, told, description="The operators were told that this fails.", serialize_json=True)


def _name(context: Any) -> str:
    ti = context["ti"]
    return f"{ti.dag_id}: {ti.task_id}" + (f" {ti.map_index}" if ti.map_index is not None and ti.map_index >= 0 else "")


def _key(context: Any) -> str:
    """The variable: one for each task, and for each part of one that is mapped."""
    return "told_failing " + _name(context)
