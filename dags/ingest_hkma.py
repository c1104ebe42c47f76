"""Reads the titles of the Hong Kong Monetary Authority's press releases, every hour."""

from airflow.sdk import DAG, task

from milestones.airflow.assets import DAG_DEFAULTS, HKMA, INGEST_DEFAULTS

with DAG(
    dag_id="ingest_hkma",
    schedule="20 * * * *",
    tags=["milestones", "ingest", "hkma.gov.hk"],
    doc_md="""
Reads titles and days of the Authority's press releases from its open interface, English and Chinese. A witness: nearly all of them are issued
at info.gov.hk too, with their text. What a bare title seems to tell waits for a person, unless it names the day itself.

* **Green**: the releases of the open days were archived and kept. Where the interface failed, a warning in the log says so, and the English feed
  gave the newest releases instead.
* **Red**: nothing of the Authority could be read three times in a row. No status rests on this source alone.
* **What to do**: open the address in the log's last line in a browser. If it is down, wait for the next run. If it answers something new, the
  interface changed: the parser needs a person.
""",
    **DAG_DEFAULTS,
):

    @task(pool="hkma_gov_hk", outlets=[HKMA], **INGEST_DEFAULTS)
    def read(run_id: str | None = None) -> str:
        from milestones.airflow.tasks import ingest

        return ingest("hkma", run_id)

    read()
