"""Keys and signatures: the specification's own example, what is refused, and that a private key shows itself nowhere."""

import base64
import stat
import traceback
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from milestones.adapters.signing import Signer, judged, signer_of, verifiers_of, write_new_key
from milestones.domain.errors import SettingsError
from milestones.domain.notes import Signature

NAME = "hk-milestones/0123456789abcdef"
GO_VERIFIER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
GO_SIGNATURE = "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
SECRET = base64.b64encode(b"\x01" + b"\x07" * 32).decode()


def own(text: str) -> Signature:
    return Signer(NAME, ed25519.Ed25519PrivateKey.from_private_bytes(b"\x07" * 32))(text)


def test_a_note_signed_by_the_go_tools_verifies() -> None:
    """The example of golang.org/x/mod/sumdb/note."""
    raw = base64.b64decode(GO_SIGNATURE)
    signature = Signature(name="PeterNeumann", key_id=raw[:4].hex(), value=raw[4:])
    assert judged(GO_TEXT, [signature], verifiers_of(GO_VERIFIER)) == [True]
    assert judged(GO_TEXT + "\n", [signature], verifiers_of(GO_VERIFIER)) == [False]


def test_a_key_file_is_for_its_owner_alone_and_signs_what_its_public_line_verifies(tmp_path: Path) -> None:
    file = tmp_path / "signing.key"
    verifier = write_new_key(file, NAME)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    for given in (str(file), file.read_text("utf-8")):
        signer = signer_of(given, "another name")
        assert signer.verifier == verifier
        assert judged("text\n", [signer("text\n")], verifiers_of(verifier.line)) == [True]
        assert judged("other\n", [signer("text\n")], verifiers_of(verifier.line)) == [False]


def test_a_key_is_never_written_over(tmp_path: Path) -> None:
    file = tmp_path / "signing.key"
    write_new_key(file, NAME)
    before = file.read_bytes()
    with pytest.raises(SettingsError, match="never written over"):
        write_new_key(file, NAME)
    assert file.read_bytes() == before


def test_a_key_of_openssl_takes_the_ledgers_name(tmp_path: Path) -> None:
    pem = ed25519.Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (tmp_path / "key.pem").write_bytes(pem)
    assert signer_of(str(tmp_path / "key.pem"), NAME).verifier.name == signer_of(pem.decode(), NAME)("x").name == NAME


def test_after_a_rotation_signatures_of_old_keys_still_count(tmp_path: Path) -> None:
    old, new = write_new_key(tmp_path / "old", NAME), write_new_key(tmp_path / "new", NAME)
    (tmp_path / "keys").write_text(f"{old.line}\n{new.line}\n")
    signatures = [signer_of(str(tmp_path / name), NAME)("text\n") for name in ("old", "new")]
    assert judged("text\n", signatures, verifiers_of(str(tmp_path / "keys"))) == [True, True]
    assert judged("text\n", signatures, verifiers_of(f"{old.line},{new.line}")) == [True, True]
    assert judged("text\n", signatures, [new]) == [True], "one of an unknown key is ignored"


def _rsa() -> str:
    return rsa.generate_private_key(65537, 2048).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


@pytest.mark.parametrize(
    "given",
    [
        f"PRIVATE+KEY+{NAME}+00000000+{SECRET}",
        f"PRIVATE+KEY+{NAME}+{SECRET}",
        f"PRIVATE+KEY+{NAME}+3d1a4d94+{SECRET[:-8]}",
        f"PRIVATE+KEY++3d1a4d94+{SECRET}",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
        f"{SECRET}+",
        f"no-plus-{'0' * 40}",
        "/nowhere/key",
        "\x00",
        "x" * 5000,
        pytest.param(None, id="rsa"),
    ],
)
def test_what_is_no_key_is_refused_without_showing_it(given: str | None) -> None:
    given = given or _rsa()
    with pytest.raises(SettingsError) as caught:
        signer_of(given, NAME)
    told = "".join(traceback.format_exception(caught.value))
    assert "MILESTONES_SIGNING_KEY" in told
    assert SECRET[:-8] not in told
    assert given not in told or given == "\x00"


def test_a_signer_does_not_show_its_key() -> None:
    signer = Signer(NAME, ed25519.Ed25519PrivateKey.from_private_bytes(b"\x07" * 32))
    assert SECRET not in repr(signer) + str(signer)
    assert "0707" not in repr(signer)


@pytest.mark.parametrize("line", ["no key", GO_VERIFIER.replace("c74f20a3", "c74f20a4"), GO_VERIFIER[:-4], "a+b", "a+b+c"])
def test_what_is_no_verifier_key_is_refused(line: str) -> None:
    with pytest.raises(SettingsError):
        verifiers_of(line)


def test_changed_signatures_do_not_verify() -> None:
    (verifier,) = verifiers_of(Signer(NAME, ed25519.Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)).verifier.line)
    good = own("text\n")
    for value in (good.value[:-1], b"", good.value + b"x", bytes([good.value[0] ^ 1]) + good.value[1:]):
        assert judged("text\n", [Signature(name=good.name, key_id=good.key_id, value=value)], [verifier]) == [False]
