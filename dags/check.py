"""Checks ledger and read tables with Great Expectations after each projection."""

from airflow.sdk import DAG, task

from milestones.airflow.assets import DAG_DEFAULTS, READ_TABLES

with DAG(
    dag_id="check",
    schedule=[READ_TABLES],
    tags=["milestones", "quality"],
    doc_md="""
Runs the Great Expectations suites over the ledger and the read tables: positions without a gap, kinds only where they belong, one row per
target, counts that agree. It changes nothing.

* **Green**: every expectation holds.
* **Red**: something stands in the ledger or the read tables that should not. The log names expectation and rows,
  and links to the Data Docs, which show samples of them.
* **What to do**: read tables wrong, ledger right: `milestones rebuild`. Ledger wrong: stop publishing (pause the DAG `publish`), run
  `milestones verify`, and correct by `milestones amend` or `retract`; never by hand in the database.
""",
    **DAG_DEFAULTS,
):

    @task
    def expectations() -> None:
        from milestones.airflow.tasks import fail_with, in_words, open_plainly

        with open_plainly() as monitor:
            fail_with("Ledger or read tables are not as expected", in_words(monitor.check()), docs="check")

    expectations()
