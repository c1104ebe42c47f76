"""Reads when the Legislative Council sits, every morning."""

from airflow.sdk import DAG, task

from milestones.airflow.assets import DAG_DEFAULTS, INGEST_DEFAULTS, LEGCO_SCHEDULE

with DAG(
    dag_id="ingest_legco_schedule",
    schedule="20 6 * * *",
    tags=["milestones", "ingest", "legco.gov.hk"],
    doc_md="""
Reads the schedule of meetings (ScheduleDB, OData) of the years wanted and the year ahead, with terms and sessions. From it comes the last
sitting before each deadline, which the DAG `deadlines` warns of thirty days ahead. It gives no milestone.

* **Green**: the calendar is up to date. A year ahead that is not planned yet is no failure.
* **Red**: the schedule could not be read three times in a row. Last sittings stay as they were read last.
* **What to do**: open the address in the log's last line in a browser. If it is down, wait for tomorrow's run. If it answers something else than
  rows with days, the parser needs a person.
""",
    **DAG_DEFAULTS,
):

    @task(pool="legco_gov_hk", outlets=[LEGCO_SCHEDULE], **INGEST_DEFAULTS)
    def read(run_id: str | None = None) -> str:
        from milestones.airflow.tasks import ingest

        return ingest("legco-schedule", run_id)

    read()
