"""Mail leaves by SMTP, or as files in a folder.

Every recipient gets a message of their own, so that none reads another's address and one that is refused holds up nobody. Errors
name the way and the number of recipients, never an address.
"""

import re
import smtplib
import ssl
from collections.abc import Callable, Sequence
from email.message import EmailMessage
from enum import StrEnum
from os import fsync
from pathlib import Path

from milestones.adapters.mime import mime, standalone
from milestones.domain.errors import DeliveryError
from milestones.services.ports import Clock, Message, Post

TIMEOUT_SECONDS = 30.0


class Security(StrEnum):
    """How the connection to the mail server is protected."""

    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


def outbox(folder: Path, *, sender: str, clock: Clock, unsubscribe: str = "") -> Post:
    """A Post that leaves each message as `<message id>.eml` and `.html` in a folder. A message left before is replaced."""

    def post(message: Message, recipients: Sequence[str]) -> str:
        mail = mime(message, sender=sender, recipients=recipients, sent_at=clock(), unsubscribe=unsubscribe)
        path = folder / f"{_file_name(message.message_id)}.eml"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _write(path.with_suffix(".html"), standalone(message).encode())
            _write(path, mail.as_bytes())
        except OSError as error:
            raise DeliveryError(f"cannot write the mail to {folder}: {error.strerror}; make the folder writable") from error
        return str(path)

    return post


def smtp_post(
    host: str,
    port: int,
    *,
    sender: str,
    clock: Clock,
    security: Security = Security.STARTTLS,
    login: tuple[str, str] | None = None,
    unsubscribe: str = "",
    timeout: float = TIMEOUT_SECONDS,
) -> Post:
    """A Post by SMTP. `login` is user and password; the server's certificate is checked. Raises DeliveryError after all were tried."""

    def connected() -> smtplib.SMTP:
        context = ssl.create_default_context()
        if security is Security.TLS:
            client: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=timeout, context=context)
        else:
            client = smtplib.SMTP(host, port, timeout=timeout)
        try:
            if security is Security.STARTTLS:
                client.starttls(context=context)
            if login:
                client.login(*login)
        except BaseException:
            client.close()
            raise
        return client

    def post(message: Message, recipients: Sequence[str]) -> str:
        way, sent_at = f"smtp://{host}:{port}", clock()
        if not recipients:
            raise DeliveryError(f"nobody to send the mail to over {way}; name a recipient")
        mails = [mime(message, sender=sender, recipients=[r], sent_at=sent_at, unsubscribe=unsubscribe) for r in recipients]
        send_each(mails, connected, way=way)
        return way

    return post


def send_each(mails: Sequence[EmailMessage], connect: Callable[[], smtplib.SMTP], *, way: str) -> None:
    """Sends each mail, after a refusal over a new connection. Raises DeliveryError after all were tried.

    Where no connection can be made, the rest is given up at once: waiting for each would take as many time-outs.
    """
    refused: list[str] = []
    reached: list[int] = []
    client: smtplib.SMTP | None = None
    for n, mail in enumerate(mails):
        try:
            client = client or connect()
        except (OSError, smtplib.SMTPException) as error:
            refused += [_reason(error)] * (len(mails) - n)
            break
        try:
            client.send_message(mail)
        except (OSError, smtplib.SMTPException) as error:
            refused.append(_reason(error))
            _close(client)
            client = None
        else:
            reached.append(n)
    _close(client)
    if refused:
        reasons = ", ".join(dict.fromkeys(refused))
        raise DeliveryError(
            f"{way} did not take the mail for {len(refused)} of {len(mails)} recipients ({reasons}); look at their addresses, or send again",
            handed_over=tuple(reached),
        )


def _reason(error: Exception) -> str:
    """What happened, without the server's words: they often repeat the address."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "refused with " + "/".join(sorted({str(code) for code, _ in error.recipients.values()}))
    if isinstance(error, smtplib.SMTPResponseException):
        return f"refused with {error.smtp_code}"
    if isinstance(error, smtplib.SMTPException):
        return type(error).__name__
    return f"no connection: {getattr(error, 'strerror', None) or type(error).__name__}"


def _close(client: smtplib.SMTP | None) -> None:
    if client:
        try:
            client.quit()
        except (OSError, smtplib.SMTPException):
            client.close()


def _file_name(message_id: str) -> str:
    return re.sub(r"[^A-Za-z0-9@_-]+", ".", message_id).strip(".")[:150] or "message"


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all, also when the machine stops meanwhile."""
    partial = path.with_name(f".{path.name}.partial")
    with partial.open("wb") as file:
        file.write(content)
        file.flush()
        fsync(file.fileno())
    partial.replace(path)
