"""Rebuilds the read tables from the ledger after each append."""

from datetime import timedelta

from airflow.sdk import DAG, task

from milestones.airflow.assets import DAG_DEFAULTS, MILESTONE_EVENTS, READ_TABLES, done_within

with DAG(
    dag_id="project",
    schedule=[MILESTONE_EVENTS],
    tags=["milestones", "read tables"],
    doc_md="""
Folds the events and the coverage into the read tables that pages, mails and BI tools use: status of each target, timeline, source health,
quarantine. All tables change in one transaction; nobody sees half of it.

* **Green**: the read tables stand at the position the log names.
* **Red**: they stand where they stood before, and say so by their position. The ledger is not affected.
* **Late**: not done 20 minutes after it was queued; the operators get a mail, and the run goes on.
* **What to do**: read the last line of the log; run `milestones rebuild` once its cause is gone.
""",
    deadline=done_within(timedelta(minutes=20)),
    **DAG_DEFAULTS,
):

    @task(outlets=[READ_TABLES])
    def fold() -> int:
        from milestones.airflow.tasks import open_plainly

        with open_plainly() as monitor:
            return monitor.project()

    fold()
