"""Sends the weekly digest on Monday morning."""

from airflow.sdk import DAG, task

from milestones.airflow.assets import DAG_DEFAULTS, REPORTS

with DAG(
    dag_id="report",
    schedule="0 9 * * 1",
    tags=["milestones", "reports"],
    doc_md="""
Builds the weekly digest (what happened, what is due, which deadlines have passed, which sources could not be read) and sends it through the
connection `smtp_default`. Without that connection it is written to the outbox folder, and the log says where.

* **Green**: the digest was handed over; the log says where to.
* **Skipped**: nothing has been read yet, so there is nothing to say. The next Monday brings the first digest, or trigger this DAG by hand.
* **Red**: the digest could not be built or handed over. Nobody got it.
* **What to do**: mend what the last line of the log names, then clear the task: the same week's digest is sent once.
""",
    **DAG_DEFAULTS,
):

    @task(outlets=[REPORTS])
    def digest(run_id: str | None = None) -> str:
        from milestones.airflow.tasks import open_plainly, send_digest

        with open_plainly() as monitor:
            return send_digest(monitor, run_id)

    digest()
