"""Fills the past, a day a run, for `airflow backfill`; its own run each morning reads the day before once more."""

from datetime import datetime

from airflow.sdk import DAG, CronDataIntervalTimetable, task

from milestones.airflow.assets import DAG_DEFAULTS, GAZETTE, HISTORY_DEFAULTS, HKMA, LEGCO_BILLS, PRESS_RELEASES

LEGCO = ["legco-bills", "legco-agendas", "legco-schedule", "legco-committees", "legco-subsidiary", "legco-votes"]
"""In the order in which they answer soonest; a task each, so that live reading can go in between."""

with DAG(
    dag_id="ingest_history",
    # Eight in Hong Kong is midnight UTC: a backfill from one bare date to another begins with the first, whichever zone they are taken in.
    schedule=CronDataIntervalTimetable("0 8 * * *", timezone="Asia/Hong_Kong"),
    tags=["milestones", "ingest", "history"],
    doc_md="""
Reads one past day in each run: the day on which its data interval begins. To fill the past: `airflow backfill create --dag-id ingest_history
--from-date 2024-10-16 --to-date 2025-10-15 --max-active-runs 1 --run-backwards`. LegCo's sources are read first, from that day until now,
because their lists tell of many days at once; then the press releases of the day, headlines that name a commitment first. The Monetary
Authority's titles and the Gazette's lists are read beside them, from their own hosts. A day that is read whole already costs nothing, so a
backfill may be repeated or stopped. Tasks share the pools of the live DAGs and have a lower priority: live reading waits for one of them at
most: some four minutes for a day of press releases, ten for a source of LegCo.

* **Green**: what could be read of the day was archived and parsed. A warning in the log names what will be asked again by the live DAGs.
* **Red**: nothing of a site could be read, three times in a row.
* **What to do**: open the address in the log's last line in a browser. If it is down, clear the run later; nothing is lost.
""",
    **DAG_DEFAULTS,
):

    @task(pool="legco_gov_hk", outlets=[LEGCO_BILLS], **HISTORY_DEFAULTS)
    def legco(source: str, run_id: str | None = None, data_interval_start: datetime | None = None) -> str:
        from milestones.airflow.tasks import ingest_history

        return ingest_history(source, data_interval_start, run_id, until_now=True)

    @task(pool="info_gov_hk", outlets=[PRESS_RELEASES], trigger_rule="all_done", **HISTORY_DEFAULTS)
    def press_releases(run_id: str | None = None, data_interval_start: datetime | None = None) -> str:
        from milestones.airflow.tasks import ingest_history

        return ingest_history("press-releases", data_interval_start, run_id)

    @task(pool="hkma_gov_hk", outlets=[HKMA], **HISTORY_DEFAULTS)
    def hkma(run_id: str | None = None, data_interval_start: datetime | None = None) -> str:
        from milestones.airflow.tasks import ingest_history

        return ingest_history("hkma", data_interval_start, run_id)

    @task(pool="gld_gov_hk", outlets=[GAZETTE], **HISTORY_DEFAULTS)
    def gazette(run_id: str | None = None, data_interval_start: datetime | None = None) -> str:
        from milestones.airflow.tasks import ingest_history

        return ingest_history("gazette", data_interval_start, run_id)

    legco.expand(source=LEGCO) >> press_releases()
    hkma()
    gazette()
