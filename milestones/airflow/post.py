"""How mail leaves: through Airflow's SMTP connection, or, without one, as files in the outbox.

A ledger of facsimiles (`replica`) hands mail to no host but loopback, whatever the connection says. Every recipient gets a message of their own.
"""

import logging
import re
import smtplib
from collections.abc import Sequence
from email.message import EmailMessage
from email.utils import formatdate
from pathlib import Path
from typing import Any

from milestones.domain.errors import DeliveryError
from milestones.domain.events import Origin
from milestones.services.ports import Message, Post
from milestones.settings import is_loopback

log = logging.getLogger(__name__)

CONNECTION = "smtp_default"
HOW_TO = (
    f"to send it, add the connection {CONNECTION} in Airflow (Admin, Connections: type SMTP, host, port, login, and in the extra field "
    '{"from_email": "...", "operators": "..."})'
)


def smtp_or_outbox(*, home: Path, origin: Origin) -> Post:
    """The Post of this installation: SMTP where the connection exists, else `home`/outbox. `origin` is the ledger's."""
    connection = mail_connection()
    if connection is None:
        log.info("No mail server is configured, so mail is written to %s; %s.", home / "outbox", HOW_TO)
        return to_outbox(home / "outbox")
    if origin is not Origin.LIVE and not is_loopback(connection.host or ""):
        raise DeliveryError(f"this ledger holds facsimiles: it mails to no host but loopback, and {CONNECTION} names {connection.host}")
    return by_smtp


def mail_connection() -> Any:
    """Airflow's SMTP connection, or None. Readable inside a task only."""
    from airflow.sdk import BaseHook
    from airflow.sdk.exceptions import AirflowNotFoundException

    try:
        return BaseHook.get_connection(CONNECTION)
    except AirflowNotFoundException:
        return None


def to_outbox(folder: Path) -> Post:
    """A Post that leaves each message as `<message id>.eml` and `.html` in a folder."""

    def post(message: Message, recipients: Sequence[str]) -> str:
        folder.mkdir(parents=True, exist_ok=True)
        name = re.sub(r"[^A-Za-z0-9@._-]", "_", message.message_id.strip("<>"))[:150].lstrip(".")
        eml = folder / f"{name}.eml"
        eml.write_bytes(compose(message, sender="milestone-monitor@localhost", to=", ".join(recipients)).as_bytes())
        (folder / f"{name}.html").write_text(message.html, encoding="utf-8")
        return str(eml)

    return post


def by_smtp(message: Message, recipients: Sequence[str]) -> str:
    """A Post through Airflow's SMTP connection."""
    from airflow.providers.smtp.hooks.smtp import SmtpHook
    from airflow.sdk.exceptions import AirflowException

    if not recipients:
        raise DeliveryError(f"the mail server of {CONNECTION} is configured, but nobody to send to")
    try:
        with SmtpHook(smtp_conn_id=CONNECTION) as hook:
            client = hook._smtp_client  # noqa: SLF001  # the hook has no public way to send a message with a text part
            for recipient in recipients:
                client.send_message(compose(message, sender=hook.from_email or "milestone-monitor@localhost", to=recipient))
            return f"smtp://{hook.host}:{hook.port}"
    except (AirflowException, OSError, smtplib.SMTPException) as error:
        raise DeliveryError(f"the mail server of {CONNECTION} did not take the mail: {error}") from error


def compose(message: Message, *, sender: str, to: str) -> EmailMessage:
    """The mail as bytes go: text first, HTML as its alternative."""
    mail = EmailMessage()
    mail["Message-ID"] = f"<{message.message_id.strip('<>')}>"
    mail["Date"] = formatdate()
    mail["From"] = sender
    if to:
        mail["To"] = to
    mail["Subject"] = " ".join(message.subject.split())
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.text)
    mail.add_alternative(message.html, subtype="html")
    return mail


def tell_operators(context: Any) -> None:
    """On failure of a task: a mail to the `operators` of the SMTP connection; without connection or operators, one line in the log."""
    connection = mail_connection()
    operators = connection.extra_dejson.get("operators") if connection else None
    if not operators:
        log.info("Nobody is told by mail: %s.", HOW_TO)
        return
    from airflow.providers.smtp.notifications.smtp import SmtpNotifier

    SmtpNotifier(
        to=[address.strip() for address in operators.split(",")],
        subject="[Milestone Monitor] {{ dag.dag_id }}: {{ ti.task_id }} failed",
        html_content="<p>{{ exception | string | e }}</p><p>Run {{ run_id | e }}. The description of the DAG in Airflow says what to do.</p>",
        smtp_conn_id=CONNECTION,
    )(context)
