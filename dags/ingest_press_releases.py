"""Reads the press releases of info.gov.hk, in English and Chinese, every quarter of an hour."""

from airflow.sdk import DAG, task

from milestones.airflow.assets import DAG_DEFAULTS, INGEST_DEFAULTS, PRESS_RELEASES

with DAG(
    dag_id="ingest_press_releases",
    schedule="*/15 * * * *",
    tags=["milestones", "ingest", "info.gov.hk"],
    doc_md="""
Reads the press releases of www.info.gov.hk (feeds, daily indexes, release pages), English and Chinese. Which days are read comes from the
coverage table, not from the date of the run: after an outage the next run reads what is missing, and reading a day again records nothing twice.

* **Green**: whatever could be read was archived and parsed. A warning in the log names addresses that failed and will be asked again.
* **Red**: nothing of the site could be read, three times in a row, or a setting is wrong. The days stay open and show as unread; nothing is lost.
* **What to do**: open the address in the log's last line in a browser. If the site is down, wait: the next run makes up for it. If it opens
  there but not here, look at proxy and firewall. If pages "are not what they should be", the layout changed: see `milestones status` for the
  source, and the quarantine for the page.
""",
    **DAG_DEFAULTS,
):

    @task(pool="info_gov_hk", outlets=[PRESS_RELEASES], **INGEST_DEFAULTS)
    def read(run_id: str | None = None) -> str:
        from milestones.airflow.tasks import ingest

        return ingest("press-releases", run_id)

    read()
