"""An answer as a WARC/1.1 response record in a gzip member of its own: what is archived, and all that a replay needs.

The payload is what came over the wire, compressed where the server compressed it. The same answer at the same instant gives the same bytes.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from uuid import NAMESPACE_URL, uuid5

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from milestones.domain.dates import utc_text


def response_record(url: str, *, status: str, headers: Sequence[tuple[str, str]], payload: bytes, retrieved_at: datetime) -> bytes:
    """The record of one answer; `status` is the status line without the protocol (`200 OK`)."""
    moment = utc_text(retrieved_at)
    name = uuid5(NAMESPACE_URL, f"{url} {moment} {hashlib.sha256(payload).hexdigest()}")
    out = BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="WARC/1.1")
    record = writer.create_warc_record(
        url,
        "response",
        payload=BytesIO(payload),
        length=len(payload),
        http_headers=StatusAndHeaders(status, [_honest(h) for h in headers], protocol="HTTP/1.1"),
        warc_headers_dict={"WARC-Record-ID": f"<urn:uuid:{name}>", "WARC-Date": moment},
    )
    writer.write_record(record)
    return out.getvalue()


def _honest(header: tuple[str, str]) -> tuple[str, str]:
    """Chunks are joined when a body is received, so the header that announces them would be untrue of the record."""
    name, value = header
    return (f"X-Archive-Orig-{name}" if name.lower() == "transfer-encoding" else name, value)
