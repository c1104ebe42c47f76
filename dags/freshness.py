"""Looks every hour whether a source has gone blind, stale or strange."""

from datetime import timedelta

from airflow.sdk import DAG, task

from milestones.airflow.assets import DAG_DEFAULTS, WATCH_DEFAULTS, done_within

with DAG(
    dag_id="freshness",
    schedule="50 * * * *",
    tags=["milestones", "sources", "quality"],
    doc_md="""
Asks of each source whether something new came within its usual time, and looks at what its canaries said after the last readings: pages that
never change, fields or features that are gone, too few documents, counts of others that differ. Weekends, general holidays and recesses of the
Legislative Council count for nothing, and one working day more is allowed: nobody can know of a typhoon beforehand.

* **Green**: every source is as usual. The log says of each when it was read last, its newest document, and what each canary says.
* **Red**: a source is degraded (two failures in a row; the ledger says since when), or a canary failed once. The operators get one mail when an
  incident begins and one when it ends, not one an hour. Statuses, digests and the page name the commitments that cannot be judged meanwhile,
  and nothing is retracted because of that source. A red run turns green by itself once the source reads well again.
* **Late**: not done 20 minutes after it was queued; the operators get a mail, and the run goes on.
* **What to do**: read the reason in the last line of the log, then "When a source goes quiet" in `docs/operations.md`; `milestones sources` says
  the same as the log at any time.
""",
    deadline=done_within(timedelta(minutes=20)),
    **DAG_DEFAULTS,
):

    @task(**WATCH_DEFAULTS)
    def look(run_id: str | None = None) -> int:
        from milestones.airflow.tasks import watch_sources

        return watch_sources(run_id)

    look()
