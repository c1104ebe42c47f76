"""Receives the body of an answer under caps: bytes on the wire, bytes unpacked, seconds in all. A cut body is noticed.

The server may send gzip or nothing; no other coding is asked for, and none is unpacked.
"""

import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

from milestones.domain.errors import Refused, Unreachable

_PIECE = 65_536


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Caps of one request. Sizes in bytes, times in seconds."""

    size: int = 20_000_000
    connect: float = 10.0
    read: float = 30.0
    total: float = 120.0
    redirects: int = 3
    attempts: int = 4
    longest_wait: float = 120.0


def received(raw: BaseHTTPResponse, limits: Limits, *, began: float, seconds: Callable[[], float] = time.monotonic) -> bytes:
    """The bytes on the wire, chunks joined, coding kept. Unreachable where the body is cut or slow, Refused past the cap."""
    pieces, size = [], 0
    try:
        # read1 answers with what is there: a sender of one byte a minute would hold read() past any cap on the whole time.
        while piece := raw.read1(_PIECE, decode_content=False):
            size += len(piece)
            if size > limits.size:
                raise Refused(f"the answer is longer than {limits.size} bytes")
            if seconds() - began > limits.total:
                raise Unreachable(f"the answer took longer than {limits.total:.0f} seconds")
            pieces.append(piece)
    except HTTPError as error:
        raise Unreachable(f"the answer was cut after {size} bytes ({type(error).__name__})") from error
    return b"".join(pieces)


def unpacked(payload: bytes, coding: str, limits: Limits) -> bytes:
    """The body that readers see. Refused where it grows past the cap or uses a coding that was not asked for."""
    if coding.strip().lower() in {"", "identity"} or not payload:
        return payload
    if coding.strip().lower() not in {"gzip", "x-gzip"}:
        raise Refused(f"the answer is packed as {coding[:40]!r}, which was not asked for")
    stream = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        body = stream.decompress(payload, limits.size + 1)
    except zlib.error as error:
        raise Unreachable(f"the answer cannot be unpacked: {error}") from error
    if len(body) > limits.size:
        raise Refused(f"the answer unpacks to more than {limits.size} bytes")
    if not stream.eof:
        raise Unreachable("the packed answer was cut")
    return body
