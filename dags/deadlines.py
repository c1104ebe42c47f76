"""Says on the morning of every working day which deadlines have passed and which are near."""

from airflow.sdk import DAG, task

from milestones.airflow.assets import DAG_DEFAULTS
from milestones.airflow.timetable import WorkingDays

with DAG(
    dag_id="deadlines",
    schedule=WorkingDays(hour=7, minute=30),
    tags=["milestones", "deadlines"],
    doc_md="""
Lists the deadlines that have passed and those due within thirty days, one line each, on what basis. A deadline whose time was not read is
`unknown`, never overdue.

* **Green**: the lines are in the log. A passed deadline is news, not a failure.
* **Red**: the read tables could not be read; the last line of the log says why.
* **What to do**: a line that looks wrong leads to `milestones status ID`, which shows the evidence and what was searched.
""",
    **DAG_DEFAULTS,
):

    @task
    def passed_and_near() -> int:
        from milestones.airflow.tasks import open_plainly, write_lines

        with open_plainly() as monitor:
            return write_lines(monitor.deadlines())

    passed_and_near()
