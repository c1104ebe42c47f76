"""Sends the digests that are due, on the morning of every working day."""

from datetime import timedelta

from airflow.sdk import DAG, task

from milestones.airflow.assets import DAG_DEFAULTS, REPORTS, done_within
from milestones.airflow.timetable import WorkingDays

with DAG(
    dag_id="report",
    schedule=WorkingDays(hour=9),
    tags=["milestones", "reports"],
    doc_md="""
Builds the digest of each subscription whose day has come (daily, weekly or monthly; see `subscriptions.toml`) and sends it through the connection
`smtp_default`. Without that connection it is written to the outbox folder, and the log says where. A day that was missed, and a
holiday, is made up for on the next working day.

* **Green**: every digest that was due was handed over; the log has a line for each subscription.
* **Skipped**: no subscription was due, or nothing new was found for those that were, or nothing has been read yet; the log says which.
* **Red**: somebody did not get a digest: the file of subscriptions is wrong, or the mail server refused a recipient or did not answer. The log
  names the subscription and the reason, never an address. All others got theirs.
* **Late**: not done 30 minutes after it was queued; the operators get a mail, and the run goes on.
* **What to do**: mend what the last line of the log names, then clear the task: those who did not get it get the very same mail, the others nothing.
  `milestones report subscriptions check` looks at the file, `milestones report digest --dry-run` says what each would get.
""",
    deadline=done_within(timedelta(minutes=30)),
    **DAG_DEFAULTS,
):

    @task(outlets=[REPORTS])
    def digest(run_id: str | None = None, prev_start_date_success: object = None) -> list[str]:
        from milestones.airflow.tasks import open_plainly, send_digests

        with open_plainly() as monitor:
            return send_digests(monitor, run_id, prev_start_date_success)

    digest()
