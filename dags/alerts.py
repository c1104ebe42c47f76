"""Sends corrections and alerts, every five minutes."""

from airflow.sdk import DAG, task

from milestones.airflow.assets import DAG_DEFAULTS

with DAG(
    dag_id="alerts",
    schedule="*/5 * * * *",
    tags=["milestones", "reports"],
    doc_md="""
Mails within minutes what cannot wait for a digest: first corrections, to exactly those who got a line that was amended or retracted since; then,
to each subscription, new steps of the kinds that it asks for, and verdicts (met, date passed, cancelled) that a person has confirmed. What a
backfill, a replay or a new policy document finds in older pages is left to the digest.

* **Green**: something was mailed; the log has a line for each mail.
* **Skipped**: nothing was owed or due; the log says so. This is how most runs end.
* **Red**: somebody did not get a mail, or the file of subscriptions is wrong. All others got theirs; the next runs try the very same mail again,
  for three days.
* **What to do**: mend what the last line of the log names. Verdicts wait in the review queue until somebody decides: time alone reminds (in the
  mail of `operators`) and never sends. `milestones report alert` does the same as this DAG, into the outbox.
""",
    **DAG_DEFAULTS,
):

    @task
    def mail(run_id: str | None = None) -> list[str]:
        from milestones.airflow.mailing import send_alerts

        return send_alerts(run_id)

    mail()
