"""Reads the agendas of the Legislative Council's meetings, every hour."""

from airflow.sdk import DAG, task

from milestones.airflow.assets import DAG_DEFAULTS, INGEST_DEFAULTS, LEGCO_AGENDAS

with DAG(
    dag_id="ingest_legco_agendas",
    schedule="10 * * * *",
    tags=["milestones", "ingest", "legco.gov.hk"],
    doc_md="""
Finds the Council's meetings through the schedule (ScheduleDB, OData) and reads their agendas, English and Chinese. An agenda says what is to
happen: it gives scheduled days, never the act itself.

* **Green**: the schedule and the agendas that exist were archived and parsed. An agenda not yet published is no failure.
* **Red**: schedule or agendas could not be read three times in a row. Nothing is recorded; the source shows as unread.
* **What to do**: open the address in the log's last line in a browser. If it is down, wait for the next run. If the page looks different from
  before, the parser needs a person.
""",
    **DAG_DEFAULTS,
):

    @task(pool="legco_gov_hk", outlets=[LEGCO_AGENDAS], **INGEST_DEFAULTS)
    def read(run_id: str | None = None) -> str:
        from milestones.airflow.tasks import ingest

        return ingest("legco-agendas", run_id)

    read()
