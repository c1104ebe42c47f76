"""Judging rows, and handing messages over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One expectation that failed: its name, what it wanted, and the ids of the rows (empty for a whole-table expectation)."""

    expectation: str
    detail: str
    row_ids: tuple[str, ...] = ()


class Audit(Protocol):
    """Runs a data quality suite over rows (each with an `id`) and says what failed."""

    def __call__(self, suite: str, rows: Sequence[Mapping[str, Any]]) -> list[Finding]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """Something that goes with a mail; a picture that the HTML shows is named there by its `cid`, everything else has none."""

    name: str
    content_type: str
    content: bytes = field(repr=False)
    cid: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A mail ready to send. `list_id` is the subscription that it comes by; without one it is no mail of a list."""

    message_id: str
    subject: str
    text: str
    html: str
    list_id: str = ""
    attachments: tuple[Attachment, ...] = ()


class Post(Protocol):
    """Hands a message over to recipients; says where it went (`smtp://host:port` or a file). Raises DeliveryError."""

    def __call__(self, message: Message, recipients: Sequence[str]) -> str: ...
