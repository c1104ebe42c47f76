"""Checkpoints as text that others can keep: three lines and signatures, in the form of C2SP signed-note and tlog-checkpoint.

Pure: says what is signed and how it is written; keys are the affair of an adapter. What strangers hand over is searched for checkpoints, so
that a mail which carries one in its foot will do. https://c2sp.org/signed-note, https://c2sp.org/tlog-checkpoint
"""

import base64
import binascii
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

PREFIX = "hk-milestones/"
"""How the origin of each of our ledgers begins."""

UNSIGNED = "(not signed: this installation has no signing key)"

_NAME = re.compile(r"[^\s+]+")
_SIZE = re.compile(r"0|[1-9][0-9]{0,17}")
_QUOTED = re.compile(r"^[>|\s]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """Size and Merkle root (lower-case hex) of the log that `origin` names."""

    origin: str
    size: int
    root: str

    @property
    def text(self) -> str:
        """The three lines that are signed, each with its newline."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(bytes.fromhex(self.root)).decode()}\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who signed (key name and key id, eight hex digits) and the signature's bytes."""

    name: str
    key_id: str
    value: bytes

    @property
    def line(self) -> str:
        """As it stands below a note, without the newline."""
        return f"— {self.name} {base64.b64encode(bytes.fromhex(self.key_id) + self.value).decode()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A checkpoint with whatever signatures it carries."""

    checkpoint: Checkpoint
    signatures: tuple[Signature, ...] = ()

    def __str__(self) -> str:
        foot = [s.line for s in self.signatures] or [UNSIGNED]
        return "\n".join([self.checkpoint.text, *foot, ""])


def origin_of_log(first_hash: str) -> str:
    """The name of the log that begins with the event of this hash: nobody has to choose one, and no two logs share one."""
    return f"{PREFIX}{first_hash[:16]}"


def notes_in(text: str) -> list[Note]:
    """Every checkpoint in a text, in order, also where it is quoted or indented as mail programs do."""
    lines = [_QUOTED.sub("", line).rstrip() for line in text.splitlines()]
    starts = (n for n, line in enumerate(lines) if line.startswith(PREFIX))
    return [note for n in starts if (note := _note(lines[n:])) is not None]


def _note(lines: Sequence[str]) -> Note | None:
    if len(lines) < 3 or not _NAME.fullmatch(lines[0]) or not _SIZE.fullmatch(lines[1]):
        return None
    root = _bytes(lines[2])
    if root is None or len(root) != 32:
        return None
    checkpoint = Checkpoint(origin=lines[0], size=int(lines[1]), root=root.hex())
    return Note(checkpoint=checkpoint, signatures=tuple(_signatures(lines[3:])))


def _signatures(lines: Iterable[str]) -> Iterable[Signature]:
    """Those of the lines below a text, up to the first line that is neither empty nor a signature."""
    for line in filter(None, lines):
        dash, _, rest = line.partition(" ")
        name, _, encoded = rest.partition(" ")
        value = _bytes(encoded)
        if dash != "—" or not _NAME.fullmatch(name) or value is None or len(value) < 5:
            return
        yield Signature(name=name, key_id=value[:4].hex(), value=value[4:])


def _bytes(encoded: str) -> bytes | None:
    try:
        value = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        return None
    # Only the one way to write it: other spare bits would make other texts of the same checkpoint.
    return value if base64.b64encode(value).decode() == encoded else None
