"""Announces on the morning of every working day what waits for a person."""

from datetime import timedelta

from airflow.providers.standard.operators.hitl import HITLOperator
from airflow.sdk import DAG, task

from milestones.airflow.assets import DAG_DEFAULTS
from milestones.airflow.timetable import WorkingDays

with DAG(
    dag_id="review",
    schedule=WorkingDays(hour=9, minute=30),
    tags=["milestones", "review"],
    doc_md="""
Counts what waits in the review queue and announces it as a required action, with the way to the queue. Findings are decided there and nowhere else:
whatever is answered here, and a time-out too, decides nothing and loses nothing. What still waits is announced again on the next working day.

* **Green**: somebody answered, or nobody did within 23 hours; the task `announce` says which.
* **Waiting**: the announcement stands under Required Actions until it is answered.
* **Skipped**: nothing waits for a person.
* **Red**: what waits could not be counted; the last line of the log says why. The queue is not affected.
* **What to do**: open the review queue (Milestones, Review) and decide; `milestones review list` shows the same.
""",
    **DAG_DEFAULTS,
):

    @task
    def waiting() -> str:
        from milestones.airflow.tasks import what_waits

        return what_waits()

    counted = waiting()
    counted >> HITLOperator(
        task_id="announce",
        subject="Findings wait for review",
        body="{{ ti.xcom_pull(task_ids='waiting') }}",
        options=["I have looked", "Later"],
        defaults="Later",
        response_timeout=timedelta(hours=23),
    )
