"""Counts by data.gov.hk's search whether press releases are missing here, once a day."""

from airflow.sdk import DAG, task

from milestones.airflow.assets import DAG_DEFAULTS, INGEST_DEFAULTS

with DAG(
    dag_id="ingest_press_counts",
    schedule="40 6 * * *",
    tags=["milestones", "ingest", "data.gov.hk"],
    doc_md="""
Asks data.gov.hk's press release search for the last week, office by office, English and Chinese, and counts whether the releases that it names
are known here. It names only those that concern a principal official, so more may be known, but none may be missing: missing ones fail the
canary `completeness` of `press-releases` at its next pass. Nothing that is named is read from here.

* **Green**: all offices were asked, and the counts are kept; `milestones sources` shows them.
* **Red**: the search could not be read three times in a row, or answers in a form that is not known. The releases are read as before.
* **What to do**: look at the answer in the quarantine. The form of the answers was never seen when this was written: the first live run may show
  one that the parser has to be taught.
""",
    **DAG_DEFAULTS,
):

    @task(pool="data_gov_hk", **INGEST_DEFAULTS)
    def read(run_id: str | None = None) -> str:
        from milestones.airflow.tasks import ingest

        return ingest("press-counts", run_id)

    read()
