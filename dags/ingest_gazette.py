"""Reads which bills and subsidiary legislation the Gazette lists, twice a day."""

from airflow.sdk import DAG, task

from milestones.airflow.assets import DAG_DEFAULTS, GAZETTE, INGEST_DEFAULTS

with DAG(
    dag_id="ingest_gazette",
    schedule="25 13,19 * * *",
    tags=["milestones", "ingest", "gld.gov.hk"],
    doc_md="""
Reads two lists of each ordinary issue of the e-Gazette, English and Chinese: Legal Supplement No. 3 (bills) and No. 2 (subsidiary legislation).
Issues come out on Fridays. A witness: bills stand in the Council's database, instruments in its yearly table. Extraordinary issues are not read.

* **Green**: the lists of the issues that are out were archived and parsed.
* **Red**: no list could be read three times in a row, or the lists are not what was expected of them. No status rests on this source alone.
* **What to do**: open the address in the log's last line in a browser. If the site shows its terms, it wants a session, which this program does
  not open: a person decides. If the list looks different from what the quarantine expected, the parser needs a person.
""",
    **DAG_DEFAULTS,
):

    @task(pool="gld_gov_hk", outlets=[GAZETTE], **INGEST_DEFAULTS)
    def read(run_id: str | None = None) -> str:
        from milestones.airflow.tasks import ingest

        return ingest("gazette", run_id)

    read()
