"""Tells the operators that a task fails: once until it works again, and then that it does.

What was told is kept as a variable of Airflow's: it holds though the ledger's database is what fails, operators see it under Admin, Variables,
and deleting it makes the next failure be told anew.
"""

import logging
from datetime import datetime
from typing import Any

from airflow.sdk import Variable
from airflow.sdk.exceptions import AirflowException

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
    if mail_operators(f"{_name(context)} failed", lines):
        Variable.set(key, {"since": since, "reason": reason}, description="The operators were told that this fails.", serialize_json=True)


def tell_of_recovery(context: Any) -> None:
    """When a task has succeeded: a mail, if its failure was told."""
    key = _key(context)
    if told := Variable.get(key, default=None, deserialize_json=True):
        mail_operators(f"{_name(context)} works again", [f"It had failed since {told['since']}: {told['reason']}", where_to_look(context)])
        Variable.delete(key)


def what_to_do(context: Any) -> str:
    """What the description of the DAG advises."""
    _, _, advice = (context["dag"].doc_md or "").partition("**What to do**:")
    return " ".join(advice.split()) or "see the log."


def where_to_look(context: Any) -> str:
    """The task's log in the UI."""
    return f"Log: {context['ti'].log_url}"


def _name(context: Any) -> str:
    ti = context["ti"]
    return f"{ti.dag_id}: {ti.task_id}" + (f" {ti.map_index}" if ti.map_index is not None and ti.map_index >= 0 else "")


def _key(context: Any) -> str:
    """The variable: one for each task, and for each part of one that is mapped."""
    return "told_failing " + _name(context)
