"""Checkpoints that somebody else held: in a file of their own, or in a mail that was saved, wherever in it they stand."""

import html
import re
from email import message_from_bytes, policy
from pathlib import Path

from milestones.domain.errors import SettingsError
from milestones.domain.notes import Note, notes_in

_LARGEST = 30_000_000

_HEADER = re.compile(rb"\A(?:[\x21-\x39\x3b-\x7e]+:[^\n]*\n(?:[ \t][^\n]*\n)*)+\r?\n")
_TAG = re.compile(r"<[^<>]*>")


def notes_of_file(file: Path) -> list[Note]:
    """Every checkpoint in a file, once each. Raises SettingsError where it cannot be read or holds none."""
    try:
        if file.stat().st_size > _LARGEST:
            raise SettingsError(f"{file} has more than {_LARGEST} bytes; save the mail or the checkpoint by itself")
        content = file.read_bytes()
    except OSError as error:
        raise SettingsError(f"{file} cannot be read: {error.strerror}") from None
    notes = list(dict.fromkeys(note for text in _texts(content) for note in notes_in(text)))
    if not notes:
        raise SettingsError(f"{file} holds no checkpoint; one begins with a line hk-milestones/...")
    return notes


def _texts(content: bytes) -> list[str]:
    """The texts of a mail, unpacked; of any other file the one it is."""
    if not _HEADER.match(content):
        return [_shown(content.decode("utf-8", "replace"))]
    parts = [p for p in message_from_bytes(content, policy=policy.default).walk() if p.get_content_maintype() == "text"]
    return [_shown((p.get_payload(decode=True) or b"").decode("utf-8", "replace")) for p in parts]  # type: ignore[union-attr]  # not multipart


def _shown(text: str) -> str:
    """HTML as far as it is needed to find three lines in it; plain text as it is."""
    return html.unescape(_TAG.sub("\n", text)) if "</" in text else text
