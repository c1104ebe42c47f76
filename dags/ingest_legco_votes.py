"""Reads the results of votes in the Legislative Council, twice a day."""

from airflow.sdk import DAG, task

from milestones.airflow.assets import DAG_DEFAULTS, INGEST_DEFAULTS, LEGCO_VOTES

with DAG(
    dag_id="ingest_legco_votes",
    schedule="50 8,20 * * *",
    tags=["milestones", "ingest", "legco.gov.hk"],
    doc_md="""
Reads the votes by division (vote results, OData). A third reading that passed is evidence for the passage of a bill; one that was negatived
goes to a person. Most bills pass without a division, so no vote says nothing.

* **Green**: the votes were archived and parsed. No votes in recess is borne out by older ones.
* **Red**: the service could not be read three times in a row. Nothing is recorded; no status rests on this source alone.
* **What to do**: open the address in the log's last line in a browser. If it is down, wait for the next run. If it answers something new, the
  format changed: the parser needs a person.
""",
    **DAG_DEFAULTS,
):

    @task(pool="legco_gov_hk", outlets=[LEGCO_VOTES], **INGEST_DEFAULTS)
    def read(run_id: str | None = None) -> str:
        from milestones.airflow.tasks import ingest

        return ingest("legco-votes", run_id)

    read()
