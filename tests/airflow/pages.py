"""What tests of pages share."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

HOSTILE = "<script>alert(1)</script>\u202egnp.exe"
"""A text that a publisher's page might hold; shown right, it is harmless."""


class Spoil(Protocol):
    """Makes a ledger, and changes what its read tables say: in every row of a table, or by rows more."""

    def __call__(self, changes: Mapping[str, Mapping[str, Any]], added: Mapping[str, Sequence[Mapping[str, Any]]] | None = None) -> None: ...


def obeyed(page: str) -> bool:
    """Whether a hostile text came through as it was."""
    return "<script>" in page or "\u202e" in page
