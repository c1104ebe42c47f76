"""Tells the operators every working day what waits, what does not work and what to check."""

from airflow.sdk import DAG, task

from milestones.airflow.assets import DAG_DEFAULTS
from milestones.airflow.timetable import WorkingDays

with DAG(
    dag_id="operators",
    schedule=WorkingDays(hour=8),
    tags=["milestones", "reports"],
    doc_md="""
One mail a working day to the `operators` of the connection `smtp_default`, apart from all content: verdicts to be confirmed, findings to review,
announced days without word, sources that cannot be relied on, checks that do not pass, documents not read yet, pages set aside, and the worksheet
of dates within thirty days with what no document tells of them yet. Without the connection it is written to the outbox folder.

* **Green**: the mail was handed over, or written.
* **Skipped**: nothing is to be done, today's was sent already, or the connection names no operators; the log says which.
* **Red**: the mail could not be handed over. `milestones report operators` shows it all the same.
* **What to do**: what the mail says; each part names its command.
""",
    **DAG_DEFAULTS,
):

    @task
    def mail(run_id: str | None = None) -> list[str]:
        from milestones.airflow.mailing import send_operators

        return send_operators(run_id)

    mail()
