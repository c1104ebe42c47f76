"""What the tasks of the DAGs `alerts` and `operators` do: mail through the connection of the installation, or into the outbox."""

from milestones.airflow.post import mail_connection, smtp_or_outbox
from milestones.airflow.tasks import open_plainly, skip, write_lines
from milestones.bootstrap import Monitor, Reporting
from milestones.bootstrap.mailing import Mailing
from milestones.bootstrap.reporting import Delivery
from milestones.domain.errors import DeliveryError
from milestones.services.ports import Post


def send_alerts(run_id: str) -> list[str]:
    """Sends what is owed and due; skips the task where nothing is."""
    with open_plainly() as monitor:
        return _told(Mailing(monitor).send(_post(monitor), run_id=run_id), nothing="no correction is owed and no alert is due")


def send_operators(run_id: str) -> list[str]:
    """Mails what is to be done to the `operators` of the connection; skips the task where nothing is, or where it was sent today."""
    connection = mail_connection()
    named = (connection.extra_dejson.get("operators") or "") if connection else ""
    addresses = [a.strip() for a in named.split(",") if a.strip()]
    if connection and not addresses:
        skip("the connection names no operators")
    with open_plainly() as monitor:
        done = Mailing(monitor).send_operators(_post(monitor), addresses, run_id=run_id)
        return _told([done], nothing="nothing is to be done")


def _post(monitor: Monitor) -> Post:
    contact = Reporting(monitor).subscriptions.contact
    return smtp_or_outbox(home=monitor.settings.home, origin=monitor.origin, clock=monitor.clock, unsubscribe=contact)


def _told(done: list[Delivery], *, nothing: str) -> list[str]:
    lines = [d.line for d in done]
    write_lines(lines)
    if failed := [d.line for d in done if d.failed]:
        raise DeliveryError("; ".join(failed))
    if not any(d.sent for d in done):
        skip("; ".join(lines) or nothing)
    return lines
