"""Reads the agendas of the House Committee, of Bills Committees and panels, every three hours."""

from airflow.sdk import DAG, task

from milestones.airflow.assets import DAG_DEFAULTS, INGEST_DEFAULTS, LEGCO_COMMITTEES

with DAG(
    dag_id="ingest_legco_committees",
    schedule="25 */3 * * *",
    tags=["milestones", "ingest", "legco.gov.hk"],
    doc_md="""
Finds their meetings through the schedule (ScheduleDB, OData) and reads the agendas, English and Chinese. The House Committee's names the bills
for the coming sittings of the Council: scheduled days, an early sign. The others are kept to be searched.

* **Green**: the agendas that exist were archived and parsed. One laid out as none before waits in quarantine with the reason; the log names it.
* **Red**: the schedule could not be read three times in a row. Nothing is recorded; no status rests on this source alone.
* **What to do**: open the address in the log's last line in a browser. If it is down, wait for the next run. An agenda in quarantine shows what
  the parser did not know: it needs a person.
""",
    **DAG_DEFAULTS,
):

    @task(pool="legco_gov_hk", outlets=[LEGCO_COMMITTEES], **INGEST_DEFAULTS)
    def read(run_id: str | None = None) -> str:
        from milestones.airflow.tasks import ingest

        return ingest("legco-committees", run_id)

    read()
