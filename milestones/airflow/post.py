"""How mail leaves: by the mail server of Airflow's connection `smtp_default`, or, without that connection, as files in the outbox.

A ledger of facsimiles (`replica`) hands mail to no host but loopback, whatever the connection says.
"""

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from milestones.adapters.mail import Security, outbox, smtp_post
from milestones.domain.errors import DeliveryError, MilestonesError
from milestones.domain.events import Origin
from milestones.services.ports import Clock, Post
from milestones.settings import is_loopback

log = logging.getLogger(__name__)

CONNECTION = "smtp_default"
SENDER = "milestone-monitor@localhost"
HOW_TO = (
    f"to send mail, add the connection {CONNECTION} in Airflow (Admin, Connections: type SMTP, host, port, login, and as extra "
    '{"from_email": "...", "operators": "..."})'
)


def smtp_or_outbox(*, home: Path, origin: Origin, clock: Clock, unsubscribe: str = "") -> Post:
    """The Post of this installation: SMTP where the connection exists, else `home`/outbox. `origin` is the ledger's."""
    connection = mail_connection()
    if connection is None:
        log.info("No mail server is configured, so the mail is written to %s; %s.", home / "outbox", HOW_TO)
        return outbox(home / "outbox", sender=SENDER, clock=clock, unsubscribe=unsubscribe)
    return post_by(connection, origin=origin, clock=clock, unsubscribe=unsubscribe)


def post_by(connection: Any, *, origin: Origin, clock: Clock, unsubscribe: str = "") -> Post:
    """A Post by an Airflow connection. Raises DeliveryError where a ledger of facsimiles would mail to another machine.

    The fields mean what they mean to Airflow's own SMTP hook: TLS unless `disable_ssl`, then STARTTLS unless `disable_tls`.
    """
    host, extra = connection.host or "", connection.extra_dejson
    if not may_mail_to(host, origin):
        raise DeliveryError(f"this ledger holds facsimiles and mails to no host but loopback; {CONNECTION} names {host or 'no host'}")
    security = Security.TLS if not extra.get("disable_ssl") else Security.STARTTLS if not extra.get("disable_tls") else Security.NONE
    return smtp_post(
        host,
        connection.port or (465 if security is Security.TLS else 587),
        sender=extra.get("from_email") or SENDER,
        clock=clock,
        security=security,
        unsubscribe=unsubscribe,
        login=(connection.login, connection.password or "") if connection.login else None,
    )


def may_mail_to(host: str, origin: Origin) -> bool:
    """Whether a ledger of this origin may hand mail to a host."""
    return origin is Origin.LIVE or is_loopback(host)


def mail_connection() -> Any:
    """Airflow's SMTP connection, or None. Can be asked for inside a task only."""
    from airflow.sdk import BaseHook
    from airflow.sdk.exceptions import AirflowNotFoundException

    try:
        return BaseHook.get_connection(CONNECTION)
    except AirflowNotFoundException:
        return None


def mail_operators(heading: str, paragraphs: Sequence[str]) -> int:
    """Mails plain paragraphs to the `operators` of the SMTP connection; without connection or operators, one line in the log. How many were told.

    May be called by tasks and their callbacks, and in threads of the triggerer. Raises what the mail server makes fail.
    """
    connection = mail_connection()
    operators = connection.extra_dejson.get("operators") if connection else None
    if not operators:
        log.info("The operators are not told by mail; %s.", HOW_TO)
        return 0
    if not may_mail_to(connection.host or "", load_origin()):
        log.info("The operators are not told by mail: these are facsimiles, and %s names another machine.", CONNECTION)
        return 0
    from airflow.providers.smtp.notifications.smtp import SmtpNotifier

    addresses = [address.strip() for address in operators.split(",")]
    # the words go in as values: some are those of errors, and of pages, and must not be read as a template
    SmtpNotifier(
        to=addresses,
        from_email=connection.extra_dejson.get("from_email") or SENDER,
        subject="[Milestone Monitor] {{ heading }}",
        html_content="{% for paragraph in paragraphs %}<p>{{ paragraph | e }}</p>\n{% endfor %}",
        smtp_conn_id=CONNECTION,
    )({"heading": heading, "paragraphs": list(paragraphs)})
    return len(addresses)


def load_origin() -> Origin:
    """What this process's settings make a ledger of; where they are wrong, that is what the operators must hear of."""
    from milestones.bootstrap import load_settings

    try:
        return load_settings().origin
    except MilestonesError:
        return Origin.LIVE
