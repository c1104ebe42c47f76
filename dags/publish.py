"""Turns what was read into events: detect, audit, append. Write, audit, publish."""

from datetime import timedelta
from typing import Any

from airflow.sdk import DAG, task

from milestones.airflow.assets import (
    DAG_DEFAULTS,
    GAZETTE,
    HKMA,
    LEGCO_AGENDAS,
    LEGCO_BILLS,
    LEGCO_COMMITTEES,
    LEGCO_SCHEDULE,
    LEGCO_SUBSIDIARY,
    LEGCO_VOTES,
    MILESTONE_EVENTS,
    PRESS_RELEASES,
    done_within,
)

with DAG(
    dag_id="publish",
    schedule=(PRESS_RELEASES | LEGCO_BILLS | LEGCO_AGENDAS | LEGCO_SCHEDULE | LEGCO_COMMITTEES | LEGCO_SUBSIDIARY | LEGCO_VOTES | HKMA | GAZETTE),
    tags=["milestones", "ledger"],
    doc_md="""
Runs after every reading of a source. `detect` looks for steps towards the commitments in documents not yet read with today's rules; `audit`
lets Great Expectations check the staged candidates and puts failing rows in quarantine; `append` records the good ones in the ledger, in one
transaction; `verdict` is red if the audit had findings. With nothing new this takes seconds and still passes on the word, because a day that
goes by can change a status too.

* **Green**: everything detected was recorded, held for review or dropped with a reason.
* **Red at `verdict`**: some candidates failed the audit. The good ones **are** recorded; the bad ones wait in quarantine. The log names
  expectation and rows, and links to the Data Docs of this batch.
* **Red elsewhere**: nothing of this batch was recorded; the next run takes it up again.
* **Late**: not done 30 minutes after it was queued; the operators get a mail, and the run goes on.
* **What to do**: read the named rows in the quarantine. A wrong rule: mend it and raise `RULES` in `milestones/detection/detector.py`; with a new
  version the next run reads every document again. A wrong expectation: mend the suite.
""",
    deadline=done_within(timedelta(minutes=30)),
    **DAG_DEFAULTS,
):

    @task
    def detect(run_id: str | None = None) -> str:
        from milestones.airflow.tasks import open_plainly

        with open_plainly() as monitor:
            return monitor.detect(run_id=run_id).line()

    @task
    def audit(run_id: str | None = None) -> dict[str, Any]:
        from milestones.airflow.tasks import in_words, open_plainly

        with open_plainly() as monitor:
            summary = monitor.audit(run_id=run_id)
            return {"passed": list(summary.passed), "findings": in_words(summary.findings)}

    @task(outlets=[MILESTONE_EVENTS])
    def append(audited: dict[str, Any], run_id: str | None = None) -> str:
        from milestones.airflow.tasks import open_plainly

        with open_plainly() as monitor:
            return monitor.append(audited["passed"], run_id=run_id).line()

    @task
    def verdict(audited: dict[str, Any]) -> None:
        from milestones.airflow.tasks import fail_with

        fail_with("The audit put candidates in quarantine", audited["findings"], docs="publish")

    audited = audit()
    detect() >> audited
    append(audited) >> verdict(audited)
