"""A message as bytes: as it travels, and as it is kept in the archive.

The same message gives the same bytes. No header can be slipped in by a subject, an id or an address: what holds control characters is refused.
"""

import re
from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from hashlib import sha256
from io import BytesIO
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.warcwriter import WARCWriter

from milestones.domain.dates import HKT, utc_text
from milestones.domain.errors import Damaged, DeliveryError
from milestones.services.ports import Attachment, Message

_SPEC = r"[^\s@<>,;:\"()\[\]\\]+@[A-Za-z0-9.-]+"
_MAILBOX = re.compile(rf"{_SPEC}|[^@<>,;:\"()\[\]\\]+ <{_SPEC}>")


def mime(message: Message, *, sender: str, recipients: Sequence[str], sent_at: datetime, unsubscribe: str = "") -> EmailMessage:
    """The mail as it travels: text first, HTML with its pictures as its alternative, then files; the same arguments give the same bytes.

    `unsubscribe` is the address to write to; `sender` takes its place where a mail of a list has none. Raises DeliveryError for an address that is
    none and for control characters in a header.
    """
    mail = EmailMessage(policy=SMTP)
    for name, value in _headers(message, sender=sender, recipients=recipients, sent_at=sent_at, unsubscribe=unsubscribe).items():
        if any(not c.isprintable() for c in value):
            raise DeliveryError(f"the header {name} of the mail holds control characters; nothing was sent")
        if value:
            mail[name] = value
    mail.set_content(message.text)
    mail.add_alternative(message.html, subtype="html")
    _, html = mail.iter_parts()
    for picture in (a for a in message.attachments if a.cid):
        main, _, sub = picture.content_type.partition("/")
        html.add_related(picture.content, maintype=main, subtype=sub, cid=f"<{picture.cid}>", filename=picture.name, disposition="inline")
    for file in (a for a in message.attachments if not a.cid):
        _attach(mail, file)
    _set_boundaries(mail, sha256("\n".join([message.message_id, message.text, message.html]).encode()).hexdigest())
    return mail


def standalone(message: Message) -> str:
    """The HTML with its pictures inside, for a browser."""
    html = message.html
    for picture in (a for a in message.attachments if a.cid):
        html = html.replace(f"cid:{picture.cid}", f"data:{picture.content_type};base64,{b64encode(picture.content).decode()}")
    return html


def kept(message: Message, made_at: datetime) -> bytes:
    """The mail as a WARC record to archive: all that its readers get, without sender and recipients."""
    content = mime(message, sender="", recipients=[], sent_at=made_at).as_bytes()
    address, moment, out = f"urn:milestones:mail:{quote(message.message_id.strip('<>'))}", utc_text(made_at), BytesIO()
    headers = {"WARC-Record-ID": f"<urn:uuid:{uuid5(NAMESPACE_URL, f'{address} {moment} {sha256(content).hexdigest()}')}>", "WARC-Date": moment}
    writer = WARCWriter(out, gzip=True, warc_version="WARC/1.1")
    writer.write_record(
        writer.create_warc_record(
            address, "resource", payload=BytesIO(content), length=len(content), warc_content_type="message/rfc822", warc_headers_dict=headers
        )
    )
    return out.getvalue()


def kept_bytes(record: bytes) -> bytes:
    """The mail in a record that `kept` made. Raises Damaged where it holds none."""
    try:
        found = [r.content_stream().read() for r in ArchiveIterator(BytesIO(record)) if r.rec_type == "resource"]
    except ArchiveLoadFailed as error:
        raise Damaged(f"a kept mail is no WARC record ({type(error).__name__})") from error
    if len(found) != 1:
        raise Damaged(f"a kept mail holds {len(found)} records, not one")
    return bytes(found[0])


def drawn(record: bytes) -> Message:
    """The message in a record that `kept` made."""
    content = kept_bytes(record)
    mail = message_from_bytes(content, policy=SMTP)
    parts = [part for part in mail.walk() if not part.is_multipart()]
    text, html = ((_text(parts, kind)) for kind in ("text/plain", "text/html"))
    files = [p for p in parts if p.get_filename()]
    return Message(
        message_id=str(message_from_bytes(content)["Message-ID"]).strip(),  # the modern parser trips over one that is folded
        subject=str(mail["Subject"]),
        text=text,
        html=html,
        list_id=str(mail["List-Id"] or "").partition("<")[2].partition(".")[0],
        attachments=tuple(_attachment(p) for p in files),
    )


def _headers(message: Message, *, sender: str, recipients: Sequence[str], sent_at: datetime, unsubscribe: str) -> dict[str, str]:
    to = unsubscribe or (parseaddr(sender)[1] if message.list_id else "")
    return {
        "Message-ID": f"<{message.message_id.strip('<>')}>",
        "Date": format_datetime(sent_at.astimezone(HKT)),
        "From": _address(sender) if sender else "",
        "To": ", ".join(_address(r) for r in recipients),
        "Subject": message.subject,
        "Auto-Submitted": "auto-generated",
        "List-Id": f"Milestone Monitor <{message.list_id}.milestone-monitor>" if message.list_id else "",
        "List-Unsubscribe": f"<mailto:{quote(_address(to), safe='@')}?subject={quote(f'unsubscribe {message.list_id}'.strip())}>" if to else "",
    }


def _attach(mail: EmailMessage, file: Attachment) -> None:
    """A file; of a calendar its method stands in the content type too, where mail programs look for it."""
    main, _, sub = file.content_type.partition("; ")[0].partition("/")
    mail.add_attachment(file.content, maintype=main, subtype=sub, filename=file.name)
    part = list(mail.iter_attachments())[-1]
    for parameter in file.content_type.split("; ")[1:]:
        name, _, value = parameter.partition("=")
        part.set_param(name, value)


def _set_boundaries(mail: EmailMessage, name: str) -> None:
    for n, part in enumerate(p for p in mail.walk() if p.is_multipart()):
        part.set_boundary(f"{name}-{n}")


def _text(parts: Sequence[EmailMessage], kind: str) -> str:
    return str(next(p for p in parts if p.get_content_type() == kind and not p.get_filename()).get_content()).replace("\r\n", "\n")


def _attachment(part: EmailMessage) -> Attachment:
    content = part.get_payload(decode=True)
    parameters = "".join(f"; {name}={value}" for name in ("method",) if (value := part.get_param(name)))
    return Attachment(
        name=part.get_filename() or "",
        content_type=part.get_content_type() + parameters,
        content=content if isinstance(content, bytes) else b"",
        cid=str(part["Content-ID"] or "").strip("<>"),
    )


def _address(text: str) -> str:
    """One address, with or without a name, as it was given. Raises DeliveryError without repeating it."""
    if not _MAILBOX.fullmatch(text) or not text.isprintable():
        raise DeliveryError("an address of the mail is none; write name@host")
    return text
