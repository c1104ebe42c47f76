"""Mail by Airflow's connection: to a real SMTP peer, in the way the connection says, and never from facsimiles to another machine."""

from datetime import UTC, datetime
from email import message_from_bytes
from typing import Any

import pytest

from milestones.airflow.post import post_by
from milestones.domain.errors import DeliveryError
from milestones.domain.events import Origin
from milestones.services.ports import Message
from tests.airflow.inbox import Inbox

MESSAGE = Message(message_id="digest@milestone-monitor", subject="What happened", text="plain words", html="<p>plain words</p>")


class Connection:
    """The fields of an Airflow connection that count here."""

    def __init__(self, host: str, port: int | None, **extra: Any) -> None:
        self.host, self.port, self.login, self.password, self.extra_dejson = host, port, None, None, extra


def clock() -> datetime:
    return datetime(2026, 6, 30, tzinfo=UTC)


@pytest.mark.parametrize("origin", list(Origin))
def test_each_reader_gets_a_mail_of_their_own(inbox: tuple[Inbox, int], origin: Origin) -> None:
    handler, port = inbox
    post = post_by(Connection("127.0.0.1", port, from_email="monitor@example.org", disable_ssl=True, disable_tls=True), origin=origin, clock=clock)
    assert post(MESSAGE, ["a@example.org", "b@example.org"]) == f"smtp://127.0.0.1:{port}"
    assert [envelope.rcpt_tos for envelope in handler.mails] == [["a@example.org"], ["b@example.org"]]
    mail = message_from_bytes(handler.mails[0].content)
    assert mail["From"] == "monitor@example.org"
    assert [part.get_content_type() for part in mail.walk()] == ["multipart/alternative", "text/plain", "text/html"]


@pytest.mark.parametrize("host", ["mail.example.org", "192.0.2.1", "", "localhost.example.org"])
def test_facsimiles_are_mailed_to_no_other_machine(host: str) -> None:
    with pytest.raises(DeliveryError, match="facsimiles"):
        post_by(Connection(host, 25), origin=Origin.REPLICA, clock=clock)


def test_a_server_without_encryption_is_not_used_unless_the_connection_says_so(inbox: tuple[Inbox, int]) -> None:
    handler, port = inbox
    post = post_by(Connection("127.0.0.1", port, disable_ssl=True), origin=Origin.LIVE, clock=clock)
    with pytest.raises(DeliveryError):
        post(MESSAGE, ["a@example.org"])
    assert handler.mails == []
