import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pytest_httpserver import HTTPServer

from milestones.domain.errors import Refused, Unreachable
from milestones.services.ports import Fetch
from scrapers.bodies import Limits
from scrapers.http import polite_fetch
from scrapers.peers import require_public

HOST = "www.info.gov.hk"
PAGE = f"https://{HOST}/gia/general/today.htm"


def fetch(folder: Path, mirror: str | None) -> Fetch:
    return polite_fetch(
        contact="team@example.org",
        clock=lambda: datetime(2025, 3, 20, 4, 0, tzinfo=UTC),
        pace=lambda _host, at_least=0.0: None,
        robots=folder,
        mirror=mirror,
        limits=Limits(attempts=1, connect=2.0, read=2.0),
        sleep=lambda _seconds: None,
    )


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "::1", "fe80::1%eth0", "fd00::1", "0.0.0.0"]
)
def test_private_addresses_are_refused(address: str) -> None:
    with pytest.raises(Refused, match="no public address"):
        require_public(address)


@pytest.mark.parametrize("address", ["223.197.1.1", "2400:cb00::1"])
def test_public_addresses_are_not(address: str) -> None:
    require_public(address)


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(5.0)
        yield server


def test_a_publishers_name_that_leads_home_is_refused_before_anything_is_sent(
    listening: socket.socket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_more: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", listening.getsockname())])
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(Refused, match=r"127\.0\.0\.1"):
        fetch(tmp_path, None)(PAGE, frozenset({HOST}))
    connected, _ = listening.accept()
    with connected:
        assert connected.recv(100) == b""


def test_a_name_that_does_not_resolve_is_unreachable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_args: object, **_more: object) -> list[object]:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(Unreachable, match="gives no answer"):
        fetch(tmp_path, None)(PAGE, frozenset({HOST}))


@pytest.fixture
def self_signed(tmp_path: Path) -> Iterator[HTTPServer]:
    """A server whose certificate nobody has reason to trust."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    today = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "server.pem"
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(secret + certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    with HTTPServer(ssl_context=context) as server:
        server.expect_request(f"/{HOST}/robots.txt").respond_with_data("")
        yield server


def test_a_certificate_of_nobodys_is_not_believed(self_signed: HTTPServer, tmp_path: Path) -> None:
    with pytest.raises(Unreachable, match="SSLError"):
        fetch(tmp_path, self_signed.url_for("/"))(PAGE, frozenset({HOST}))
