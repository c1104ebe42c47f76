"""Ed25519 keys for checkpoints, written as Go's `note` package writes them, so that other tools can check what we sign.

A private key is a secret: nothing here prints it or puts it into an error. https://c2sp.org/signed-note (signature type 0x01)
"""

import base64
import binascii
import hashlib
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from milestones.domain.errors import SettingsError
from milestones.domain.notes import Signature

_ED25519 = b"\x01"
_PRIVATE = "PRIVATE+KEY+"
_NO_KEY = "is no Ed25519 key; make one with `milestones key new FILE`"
_NO_VERIFIER = "is no verifier key; `milestones key show FILE` prints the one of a signing key"


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key and its name."""

    name: str
    public: bytes

    @property
    def key_id(self) -> str:
        """Eight hex digits that go with each signature of this key."""
        return hashlib.sha256(self.name.encode() + b"\n" + _ED25519 + self.public).digest()[:4].hex()

    @property
    def line(self) -> str:
        """The key as it is handed to others."""
        return f"{self.name}+{self.key_id}+{base64.b64encode(_ED25519 + self.public).decode()}"

    def accepts(self, text: str, signature: Signature) -> bool | None:
        """Whether this key signed the text; None where another key claims to have."""
        if (signature.name, signature.key_id) != (self.name, self.key_id):
            return None
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature.value, text.encode())
        except InvalidSignature:
            return False
        return True


class Signer:
    """A private key and its name; it never shows itself."""

    __slots__ = ("_key", "verifier")

    def __init__(self, name: str, key: Ed25519PrivateKey) -> None:
        self._key = key
        self.verifier = Verifier(name, key.public_key().public_bytes_raw())

    def __call__(self, text: str) -> Signature:
        return Signature(name=self.verifier.name, key_id=self.verifier.key_id, value=self._key.sign(text.encode()))


def signer_of(given: str, name: str) -> Signer:
    """The key that a setting gives: a file, or the key itself, in our form or as PEM. `name` is for PEM, which names none. Raises SettingsError."""
    text = _read(given, "MILESTONES_SIGNING_KEY")
    try:
        if "-----BEGIN" in text:
            key = load_pem_private_key(text.encode(), password=None)
            if isinstance(key, Ed25519PrivateKey):
                return Signer(name, key)
        elif text.startswith(_PRIVATE):
            named, key_id, raw = _parts(text.removeprefix(_PRIVATE))
            signer = Signer(named, Ed25519PrivateKey.from_private_bytes(raw))
            if signer.verifier.key_id == key_id:
                return signer
    except (ValueError, TypeError):  # whatever these errors quote may be the key
        pass
    raise SettingsError(f"MILESTONES_SIGNING_KEY {_NO_KEY}")


def verifiers_of(given: str) -> list[Verifier]:
    """The public keys of a setting: a file, or the keys themselves, separated by blanks or commas. Raises SettingsError."""
    return [_verifier(line) for line in re.split(r"[\s,]+", _read(given, "MILESTONES_VERIFIER_KEYS")) if line]


def write_new_key(file: Path, name: str) -> Verifier:
    """Makes a key pair; the private one goes into a new file that only its owner can read. Raises SettingsError where there is a file."""
    key = Ed25519PrivateKey.generate()
    signer = Signer(name, key)
    secret = base64.b64encode(_ED25519 + key.private_bytes_raw()).decode()
    try:
        handle = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except OSError as error:
        raise SettingsError(f"{file} cannot be made: {error.strerror}; a key is never written over") from None
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(f"{_PRIVATE}{name}+{signer.verifier.key_id}+{secret}\n")
    return signer.verifier


def judged(text: str, signatures: Iterable[Signature], verifiers: Iterable[Verifier]) -> list[bool]:
    """For each signature of a known key whether it holds; those of unknown keys are left out, as the specification says."""
    known = list(verifiers)
    return [verdict for s in signatures for v in known if (verdict := v.accepts(text, s)) is not None]


def _verifier(line: str) -> Verifier:
    try:
        name, key_id, raw = _parts(line)
        Ed25519PublicKey.from_public_bytes(raw)
    except ValueError:
        raise SettingsError(f"{line[:60]!r} {_NO_VERIFIER}") from None
    verifier = Verifier(name, raw)
    if verifier.key_id != key_id:
        raise SettingsError(f"{line[:60]!r} {_NO_VERIFIER}")
    return verifier


def _parts(key: str) -> tuple[str, str, bytes]:
    """Name, key id and 32 bytes of a key in Go's form. The name may hold no plus, but base64 may."""
    name, key_id, encoded = key.strip().split("+", 2)
    try:
        raw = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        raise ValueError("no base64") from None
    if not name or raw[:1] != _ED25519 or len(raw) != 33:
        raise ValueError("no Ed25519 key")
    return name, key_id, raw[1:]


def _read(given: str, setting: str) -> str:
    try:
        text = Path(given).read_text(encoding="utf-8") if os.path.isfile(given) else given  # noqa: PTH113  # Path raises for what is no path
    except (OSError, UnicodeDecodeError):
        raise SettingsError(f"the file of {setting} cannot be read") from None
    if "+" not in text and "-----BEGIN" not in text:
        raise SettingsError(f"{setting} is neither a key nor a file with one")
    return text.strip()
