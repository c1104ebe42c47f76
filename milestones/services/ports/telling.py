"""Judging rows, and handing messages over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
class Message:
    """A mail ready to send."""

    message_id: str
    subject: str
    text: str
    html: str


class Post(Protocol):
    """Hands a message over to recipients; says where it went (`smtp://host:port` or a file). Raises DeliveryError."""

    def __call__(self, message: Message, recipients: Sequence[str]) -> str: ...
