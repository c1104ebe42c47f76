"""A real SMTP peer that keeps what arrives."""

from email import message_from_bytes, policy
from typing import Any


class Inbox:
    """Keeps what arrives."""

    def __init__(self) -> None:
        self.mails: list[Any] = []

    async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:  # noqa: N802  # aiosmtpd's name
        self.mails.append(envelope)
        return "250 OK"

    def told(self) -> list[tuple[str, str]]:
        """Subject and text of each mail."""
        read = [message_from_bytes(envelope.content, policy=policy.default) for envelope in self.mails]
        return [(str(mail["Subject"]), "".join(part.get_content() for part in mail.walk() if part.get_content_maintype() == "text")) for mail in read]
