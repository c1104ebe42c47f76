"""Who decides something, and why: part of every event that a person makes."""

from dataclasses import dataclass
from typing import Any

from milestones.domain.errors import LedgerError

LONGEST_REASON = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A person's pseudonym (never the name), the reason in their words, and the run in which it is recorded."""

    person: str
    reason: str
    producer: str
    run_id: str

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise LedgerError("a decision needs a reason")
        if len(self.reason) > LONGEST_REASON:
            raise LedgerError(f"a reason has at most {LONGEST_REASON} characters, this one {len(self.reason)}")

    @property
    def data(self) -> dict[str, Any]:
        """As an event carries it."""
        return {"person": self.person, "reason": self.reason.strip()}
