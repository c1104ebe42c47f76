"""Reads LegCo's yearly table of subsidiary legislation, twice a day."""

from airflow.sdk import DAG, task

from milestones.airflow.assets import DAG_DEFAULTS, INGEST_DEFAULTS, LEGCO_SUBSIDIARY

with DAG(
    dag_id="ingest_legco_subsidiary",
    schedule="40 7,19 * * *",
    tags=["milestones", "ingest", "legco.gov.hk"],
    doc_md="""
Reads the table of the negative vetting procedure, English and Chinese: when each instrument was gazetted and when it was tabled. A day that
cannot be (tabled before it was gazetted) is a misprint: it is kept as printed and claims nothing.

* **Green**: the tables of the years wanted were archived and parsed.
* **Red**: a table could not be read three times in a row. Nothing is recorded; no status rests on this source alone.
* **What to do**: open the address in the log's last line in a browser. A table with other columns waits in quarantine: the parser needs a person.
  Early in January the new year's table may not be there yet: wait.
""",
    **DAG_DEFAULTS,
):

    @task(pool="legco_gov_hk", outlets=[LEGCO_SUBSIDIARY], **INGEST_DEFAULTS)
    def read(run_id: str | None = None) -> str:
        from milestones.airflow.tasks import ingest

        return ingest("legco-subsidiary", run_id)

    read()
