"""Rebuilds the read tables from the ledger after each append."""

from airflow.sdk import DAG, task

from milestones.airflow.assets import DAG_DEFAULTS, MILESTONE_EVENTS, READ_TABLES

with DAG(
    dag_id="project",
    schedule=[MILESTONE_EVENTS],
    tags=["milestones", "read tables"],
    doc_md="""
Folds the events and the coverage into the read tables that pages, mails and BI tools use: status of each target, timeline, source health,
quarantine. All tables change in one transaction; nobody sees half of it.

* **Green**: the read tables stand at the position the log names.
* **Red**: they stand where they stood before, and say so by their position. The ledger is not affected.
* **What to do**: read the last line of the log; run `milestones rebuild` once its cause is gone.
""",
    **DAG_DEFAULTS,
):

    @task(outlets=[READ_TABLES])
    def fold() -> int:
        from milestones.airflow.tasks import open_plainly

        with open_plainly() as monitor:
            return monitor.project()

    fold()
