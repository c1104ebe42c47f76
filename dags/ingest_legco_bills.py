"""Reads the bills of the Legislative Council from its open data, every hour."""

from airflow.sdk import DAG, task

from milestones.airflow.assets import DAG_DEFAULTS, INGEST_DEFAULTS, LEGCO_BILLS

with DAG(
    dag_id="ingest_legco_bills",
    schedule="5 * * * *",
    tags=["milestones", "ingest", "legco.gov.hk"],
    doc_md="""
Reads the bills database of the Legislative Council (BillsDB, OData): gazettal, readings and passage of each bill. An empty answer counts only
where the same question, asked wider, brings a bill that is known.

* **Green**: the rows were archived and parsed.
* **Red**: the service did not answer three times in a row, or answered something else than bills. Nothing is recorded; the source shows as unread.
* **What to do**: open the address in the log's last line in a browser. If it is down, wait for the next run. If it answers something new, the
  format changed: the parser needs a person.
""",
    **DAG_DEFAULTS,
):

    @task(pool="legco_gov_hk", outlets=[LEGCO_BILLS], **INGEST_DEFAULTS)
    def read(run_id: str | None = None) -> str:
        from milestones.airflow.tasks import ingest

        return ingest("legco-bills", run_id)

    read()
