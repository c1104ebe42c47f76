"""Whoever operates is told once that a task fails and once that it works again: real tasks, real variables, a real SMTP peer."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.airflow.inbox import Inbox
from tests.airflow.test_pipeline import run

if TYPE_CHECKING:
    from airflow.sdk import DAG


@pytest.fixture
def operators(inbox: tuple[Inbox, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Inbox:
    """The inbox of those whom the connection names; the ledger is an empty one of its own."""
    handler, port = inbox
    monkeypatch.setenv("MILESTONES_HOME", str(tmp_path))
    monkeypatch.setenv(
        "AIRFLOW_CONN_SMTP_DEFAULT",
        f"smtp://127.0.0.1:{port}/?from_email=monitor%40example.org&operators=a%40example.org,%20b%40example.org&disable_ssl=true&disable_tls=true",
    )
    return handler


@pytest.mark.usefixtures("metadata_database")
def test_one_mail_when_a_task_fails_and_one_when_it_works_again(dags: dict[str, "DAG"], operators: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    deadlines = dags["deadlines"]
    assert run(deadlines) == {"passed_and_near": "success"}
    assert operators.mails == []
    with monkeypatch.context() as wrong:
        wrong.setenv("MILESTONES_REQUEST_INTERVAL", "<b>{{ dag }}</b>")
        for _ in range(2):
            assert run(deadlines) == {"passed_and_near": "failed"}
    for _ in range(2):
        assert run(deadlines) == {"passed_and_near": "success"}
    (failed, why), (works, since_when) = operators.told()
    assert failed == "[Milestone Monitor] deadlines: passed_and_near failed"
    assert works == "[Milestone Monitor] deadlines: passed_and_near works again"
    assert "&lt;b&gt;{{ dag }}&lt;/b&gt;" in why, "words of an error are neither markup nor a template"
    assert "What to do: a line that looks wrong leads to" in why
    assert "/dags/deadlines/runs/" in why
    assert "MILESTONES_REQUEST_INTERVAL" in since_when
    assert operators.mails[0].rcpt_tos == ["a@example.org", "b@example.org"]


@pytest.mark.usefixtures("metadata_database")
def test_what_could_not_be_mailed_is_mailed_at_the_next_failure(dags: dict[str, "DAG"], operators: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as wrong:
        wrong.setenv("MILESTONES_REQUEST_INTERVAL", "soon")
        with wrong.context() as nobody:
            nobody.setenv("AIRFLOW_CONN_SMTP_DEFAULT", "smtp://127.0.0.1:1/?from_email=a%40b.org&operators=a%40b.org&disable_ssl=true&retry_limit=1")
            run(dags["deadlines"])
        run(dags["deadlines"])
    run(dags["deadlines"])
    assert [subject.rpartition("near ")[2] for subject, _ in operators.told()] == ["failed", "works again"]


def test_a_source_that_cannot_be_reached_is_left_to_the_one_who_watches(operators: Inbox) -> None:
    from airflow.sdk.exceptions import AirflowException

    from milestones.airflow.notices import tell_of_failure

    context: dict[str, Any] = {"exception": AirflowException("legco-bills could not be read")}
    tell_of_failure(context)
    assert operators.mails == []


def test_a_late_run_is_told_with_its_limit(operators: Inbox) -> None:
    """With as much of a context as Airflow gives the triggerer."""
    import asyncio

    from milestones.airflow.notices import tell_of_lateness

    run = {"dag_id": "publish", "dag_run_id": "manual__1", "queued_at": "2026-06-30T01:00:00Z"}
    asyncio.run(tell_of_lateness({"dag_run": run, "deadline": {"id": "1", "deadline_time": "2026-06-30T01:30:00Z"}}))
    [(subject, text)] = operators.told()
    assert subject == "[Milestone Monitor] publish is late"
    assert "was to end by 2026-06-30T01:30:00Z" in text
