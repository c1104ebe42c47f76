"""Against a real SMTP peer that takes mail, refuses a recipient, hangs up, or does not answer at all."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from milestones.adapters.mail import Security, outbox, smtp_post
from milestones.adapters.mime import drawn, kept, kept_bytes, mime, standalone
from milestones.domain.errors import Damaged, DeliveryError
from milestones.services.ports import Attachment, Message, Post

SENT_AT = datetime(2025, 12, 8, 1, 0, tzinfo=UTC)
MESSAGE = Message(
    message_id="<digest.20251201-20251208.7.0123456789abcdef@milestone-monitor>",
    subject="Milestone Monitor: 2 milestones 里程碑",
    text="Text, 氫能\n",
    html="<p>HTML, 氫能 <a href='https://www.info.gov.hk/'>page</a></p>\n",
)
SENDER = "Milestone Monitor <monitor@example.test>"


def clock() -> datetime:
    return SENT_AT


def read(raw: bytes) -> EmailMessage:
    parsed = message_from_bytes(raw, policy=default)
    assert isinstance(parsed, EmailMessage)
    return parsed


@dataclass
class Peer:
    """A mail server's judgement: `refused` recipients get 550, `dropped` ones a closed connection, `busy` ones 421."""

    refused: frozenset[str] = frozenset()
    dropped: frozenset[str] = frozenset()
    busy: frozenset[str] = frozenset()
    taken: list[tuple[list[str], EmailMessage]] = field(default_factory=list)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:  # noqa: N802  # aiosmtpd's name
        if address in self.refused:
            return f"550 5.1.1 {address} is unknown here"
        if address in self.dropped:
            server.transport.close()
        if address in self.busy:
            return "421 4.3.2 come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802  # aiosmtpd's name
        self.taken.append((envelope.rcpt_tos, read(envelope.content)))
        return "250 OK"


@contextmanager
def served(peer: Peer, **more: Any) -> Iterator[tuple[str, Post]]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(peer, hostname="127.0.0.1", port=port, **more)
    controller.start()
    try:
        post = smtp_post("127.0.0.1", port, sender=SENDER, clock=clock, security=Security.NONE, unsubscribe="stop@example.test", timeout=5)
        yield f"smtp://127.0.0.1:{port}", post
    finally:
        controller.stop()


def self_signed(folder: Path) -> Path:
    """Key and certificate of `localhost` in one PEM file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain_key = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = folder / "server.pem"
    path.write_bytes(plain_key + certificate.public_bytes(serialization.Encoding.PEM))
    return path


class TestMime:
    def test_both_parts_and_every_header(self) -> None:
        mail = read(mime(MESSAGE, sender=SENDER, recipients=["a@example.test"], sent_at=SENT_AT, unsubscribe="stop@example.test").as_bytes())
        assert mail.get_content_type() == "multipart/alternative"
        assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
        assert [part.get_content().replace("\r\n", "\n") for part in mail.iter_parts()] == [MESSAGE.text, MESSAGE.html]
        assert {name: mail[name] for name in ("Message-ID", "Date", "From", "To", "Subject", "Auto-Submitted", "List-Unsubscribe")} == {
            "Message-ID": MESSAGE.message_id,
            "Date": "Mon, 08 Dec 2025 09:00:00 +0800",
            "From": SENDER,
            "To": "a@example.test",
            "Subject": MESSAGE.subject,
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": "<mailto:stop@example.test?subject=unsubscribe>",
        }

    def test_the_same_mail_has_the_same_bytes(self) -> None:
        made = {mime(MESSAGE, sender=SENDER, recipients=["a@example.test"], sent_at=SENT_AT).as_bytes() for _ in range(2)}
        assert len(made) == 1

    def test_no_unsubscribe_header_without_an_address(self) -> None:
        assert mime(MESSAGE, sender=SENDER, recipients=["a@example.test"], sent_at=SENT_AT)["List-Unsubscribe"] is None

    @pytest.mark.parametrize("end", ["\r\nBcc: x@example.test", "\nX: y", "\x00", "\u2028Bcc: x@example.test", "\u202e"])
    def test_control_characters_in_a_header_are_refused(self, end: str) -> None:
        with pytest.raises(DeliveryError, match="Subject"):
            mime(replace(MESSAGE, subject="Hello" + end), sender=SENDER, recipients=[], sent_at=SENT_AT)
        with pytest.raises(DeliveryError, match="Message-ID"):
            mime(replace(MESSAGE, message_id="<x@y>" + end), sender=SENDER, recipients=[], sent_at=SENT_AT)
        for sender, recipient in ((SENDER + end, "a@example.test"), (SENDER, "a@example.test" + end)):
            with pytest.raises(DeliveryError, match="address"):
                mime(MESSAGE, sender=sender, recipients=[recipient], sent_at=SENT_AT)

    @pytest.mark.parametrize(
        "address", ["", "nobody", "a@b@c", "a@example.test, b@example.test", "A <a@example.test>, b@example.test", "a b@example.test"]
    )
    def test_what_is_no_single_address_is_refused_without_being_repeated(self, address: str) -> None:
        with pytest.raises(DeliveryError) as refused:
            mime(MESSAGE, sender=SENDER, recipients=[address], sent_at=SENT_AT)
        assert not address or address not in str(refused.value)


FULL = replace(
    MESSAGE,
    list_id="desk",
    html="<p>氫能 <img src='cid:course-en@milestone-monitor' alt='Chart'></p>\n",
    attachments=(
        Attachment(name="course.png", content_type="image/png", content=b"\x89PNG\r\n\x1a\n\x00\xff", cid="course-en@milestone-monitor"),
        Attachment(name="milestones.ics", content_type="text/calendar; method=PUBLISH", content=b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"),
    ),
)


class TestWithPicturesAndFiles:
    def test_the_picture_stands_with_the_html_and_the_calendar_beside_both(self) -> None:
        mail = read(mime(FULL, sender=SENDER, recipients=["a@example.test"], sent_at=SENT_AT).as_bytes())
        assert mail.get_content_type() == "multipart/mixed"
        assert [p.get_content_type() for p in mail.walk() if not p.is_multipart()] == ["text/plain", "text/html", "image/png", "text/calendar"]
        calendar = list(mail.walk())[-1]
        assert (calendar.get_param("method"), calendar.get_filename()) == ("PUBLISH", "milestones.ics")
        assert [p["Content-ID"] for p in mail.walk() if p["Content-ID"]] == ["<course-en@milestone-monitor>"]

    def test_a_mail_of_a_list_names_it_and_where_to_leave_it(self) -> None:
        mail = read(mime(FULL, sender=SENDER, recipients=["a@example.test"], sent_at=SENT_AT).as_bytes())
        assert mail["List-Id"] == "Milestone Monitor <desk.milestone-monitor>"
        assert mail["List-Unsubscribe"] == "<mailto:monitor@example.test?subject=unsubscribe%20desk>"

    def test_the_same_mail_has_the_same_bytes_with_files_too(self) -> None:
        assert len({mime(FULL, sender=SENDER, recipients=["a@example.test"], sent_at=SENT_AT).as_bytes() for _ in range(2)}) == 1

    @pytest.mark.parametrize("message", [MESSAGE, FULL, replace(FULL, message_id=f"<{'x' * 90}@milestone-monitor>")], ids=["plain", "full", "long"])
    def test_what_is_kept_is_the_mail_without_anybodys_address(self, message: Message) -> None:
        record = kept(message, SENT_AT)
        assert drawn(record) == message
        assert record == kept(message, SENT_AT)
        assert b"example.test" not in kept_bytes(record)

    def test_a_record_that_is_no_mail_is_said_to_be_damaged(self) -> None:
        with pytest.raises(Damaged):
            kept_bytes(b"nothing of the kind")

    def test_alone_the_html_carries_its_picture(self) -> None:
        assert "src='data:image/png;base64,iVBORw0KGgoA/w=='" in standalone(FULL)

    def test_control_characters_in_the_name_of_a_list_are_refused(self) -> None:
        with pytest.raises(DeliveryError, match="List-Id"):
            mime(replace(FULL, list_id="desk\r\nBcc: x"), sender=SENDER, recipients=[], sent_at=SENT_AT, unsubscribe="a@example.test")


class TestSmtp:
    def test_each_recipient_gets_a_message_of_their_own(self) -> None:
        peer = Peer()
        with served(peer) as (way, post):
            assert post(MESSAGE, ["a@example.test", "B <b@example.test>"]) == way
        assert [to for to, _ in peer.taken] == [["a@example.test"], ["b@example.test"]]
        assert [mail["To"] for _, mail in peer.taken] == ["a@example.test", "B <b@example.test>"]
        assert {mail["Message-ID"] for _, mail in peer.taken} == {MESSAGE.message_id}

    @pytest.mark.parametrize(
        ("peer", "reason"),
        [
            (Peer(refused=frozenset({"b@example.test"})), "refused with 550"),
            (Peer(busy=frozenset({"b@example.test"})), "refused with 421"),
            (Peer(dropped=frozenset({"b@example.test"})), "SMTPServerDisconnected"),
        ],
        ids=["refused", "busy", "dropped"],
    )
    def test_one_recipient_that_is_not_taken_holds_up_nobody(self, peer: Peer, reason: str) -> None:
        with served(peer) as (way, post), pytest.raises(DeliveryError) as failed:
            post(MESSAGE, ["a@example.test", "b@example.test", "c@example.test"])
        assert [to for to, _ in peer.taken] == [["a@example.test"], ["c@example.test"]]
        assert str(failed.value).startswith(f"{way} did not take the mail for 1 of 3 recipients ({reason})")
        assert "@" not in str(failed.value)
        assert failed.value.handed_over == (0, 2)

    def test_a_server_that_is_not_there_is_asked_once(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        post = smtp_post("127.0.0.1", port, sender=SENDER, clock=clock, security=Security.NONE, timeout=2)
        with pytest.raises(DeliveryError, match="no connection: Connection refused") as failed:
            post(MESSAGE, ["a@example.test", "b@example.test"])
        assert "for 2 of 2 recipients" in str(failed.value)
        assert failed.value.handed_over == ()

    def test_a_server_that_never_speaks_is_given_up(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as silent:
            post = smtp_post("127.0.0.1", silent.getsockname()[1], sender=SENDER, clock=clock, security=Security.NONE, timeout=0.2)
            with pytest.raises(DeliveryError, match="for 3 of 3 recipients"):
                post(MESSAGE, [f"{name}@example.test" for name in "abc"])

    def test_a_server_without_tls_gets_no_mail_where_tls_is_wanted(self) -> None:
        peer = Peer()
        with served(peer) as (way, _):
            post = smtp_post("127.0.0.1", int(way.rpartition(":")[2]), sender=SENDER, clock=clock, login=("user", "secret"), timeout=5)
            with pytest.raises(DeliveryError) as failed:
                post(MESSAGE, ["a@example.test"])
        assert peer.taken == []
        assert "secret" not in str(failed.value)

    @pytest.mark.parametrize("vouched", [True, False])
    def test_the_certificate_of_the_server_is_checked(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, vouched: bool) -> None:
        certificate = self_signed(tmp_path)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        if vouched:
            monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        peer = Peer()
        with served(peer, tls_context=context) as (way, _):
            post = smtp_post("localhost", int(way.rpartition(":")[2]), sender=SENDER, clock=clock, security=Security.STARTTLS, timeout=5)
            if vouched:
                post(MESSAGE, ["a@example.test"])
            else:
                with pytest.raises(DeliveryError, match="no connection"):
                    post(MESSAGE, ["a@example.test"])
        assert len(peer.taken) == vouched

    @pytest.mark.parametrize("password", ["right", "wrong"])
    def test_tls_from_the_start_and_a_login(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, password: str) -> None:
        certificate = self_signed(tmp_path)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)

        def known(server: Any, session: Any, envelope: Any, mechanism: str, given: Any) -> AuthResult:
            return AuthResult(success=given.password == b"right", handled=False)

        peer = Peer()
        with served(peer, ssl_context=context, authenticator=known, auth_require_tls=False) as (way, _):
            port = int(way.rpartition(":")[2])
            post = smtp_post("localhost", port, sender=SENDER, clock=clock, security=Security.TLS, login=("user", password), timeout=5)
            if password == "right":
                post(MESSAGE, ["a@example.test"])
            else:
                with pytest.raises(DeliveryError, match="refused with 535"):
                    post(MESSAGE, ["a@example.test"])
        assert len(peer.taken) == (password == "right")

    def test_nobody_to_send_to_is_an_error(self) -> None:
        with pytest.raises(DeliveryError, match="nobody"):
            smtp_post("127.0.0.1", 1, sender=SENDER, clock=clock)(MESSAGE, [])


class TestOutbox:
    def test_leaves_the_mail_and_the_very_html(self, tmp_path: Path) -> None:
        folder = tmp_path / "new" / "outbox"
        path = Path(outbox(folder, sender=SENDER, clock=clock)(MESSAGE, ["a@example.test"]))
        assert path == folder / "digest.20251201-20251208.7.0123456789abcdef@milestone-monitor.eml"
        assert read(path.read_bytes())["Subject"] == MESSAGE.subject
        assert path.with_name(path.name[: -len(".eml")] + ".html").read_bytes() == MESSAGE.html.encode()
        assert len(list(folder.iterdir())) == 2

    def test_a_second_time_replaces_the_first(self, tmp_path: Path) -> None:
        post = outbox(tmp_path, sender=SENDER, clock=clock)
        post(MESSAGE, [])
        post(replace(MESSAGE, html="<p>again</p>"), [])
        assert [p.read_text() for p in tmp_path.glob("*.html")] == ["<p>again</p>"]

    @pytest.mark.parametrize("message_id", ["<../../etc/passwd@x>", "</tmp/x@y>", "<..>", "<" + "x" * 400 + "@y>"])
    def test_no_message_id_leads_out_of_the_folder(self, tmp_path: Path, message_id: str) -> None:
        folder = tmp_path / "outbox"
        path = Path(outbox(folder, sender=SENDER, clock=clock)(replace(MESSAGE, message_id=message_id), []))
        assert path.resolve().parent == folder.resolve()
        assert path.exists()

    def test_a_folder_that_cannot_be_written_is_one_clear_line(self, tmp_path: Path) -> None:
        (tmp_path / "outbox").write_text("a file")
        with pytest.raises(DeliveryError, match="make the folder writable"):
            outbox(tmp_path / "outbox", sender=SENDER, clock=clock)(MESSAGE, [])
