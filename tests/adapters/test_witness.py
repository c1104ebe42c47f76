"""Checkpoints found in what people keep: files, mails, forwarded mails."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from milestones.adapters.witness import notes_of_file
from milestones.domain.errors import SettingsError
from milestones.domain.notes import Checkpoint, Note, Signature

NOTE = Note(
    checkpoint=Checkpoint(origin="hk-milestones/0123456789abcdef", size=81, root="0ac52c61" * 8),
    signatures=(Signature(name="hk-milestones/0123456789abcdef", key_id="033de0ae", value=b"s" * 64),),
)
FOOT = f"Weekly digest, 每周摘要\n\nWhat happened.\n\n-- \n{NOTE}\nNot affiliated with the Government.\n"


def mail(encoding: str, *, html: bool) -> bytes:
    message = EmailMessage()
    message["Subject"] = "Digest"
    message["From"] = "monitor@example.org"
    message.set_content(FOOT, cte=encoding)
    if html:
        message.add_alternative(f"<p>Digest</p><pre>{NOTE}</pre><p>&copy;</p>", subtype="html", cte=encoding)
    return bytes(message)


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable", "8bit"])
@pytest.mark.parametrize("html", [True, False])
def test_one_in_a_saved_mail_is_found_once(tmp_path: Path, encoding: str, html: bool) -> None:
    file = tmp_path / "digest.eml"
    file.write_bytes(mail(encoding, html=html))
    assert notes_of_file(file) == [NOTE]


@pytest.mark.parametrize("content", [str(NOTE), FOOT, FOOT.replace("\n", "\n> "), f"<pre>{NOTE}</pre>", FOOT.replace("\n", "\r\n")])
def test_one_in_a_text_is_found(tmp_path: Path, content: str) -> None:
    file = tmp_path / "held"
    file.write_text(content, encoding="utf-8", newline="")
    assert notes_of_file(file) == [NOTE]


def test_a_file_without_one_is_refused(tmp_path: Path) -> None:
    for content in (b"", b"nothing", b"\xff\xfe\x00", b"Subject: x\n\nnothing"):
        (tmp_path / "held").write_bytes(content)
        with pytest.raises(SettingsError, match="holds no checkpoint"):
            notes_of_file(tmp_path / "held")
    with pytest.raises(SettingsError, match="cannot be read"):
        notes_of_file(tmp_path / "absent")
