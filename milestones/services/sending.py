"""Sends a digest: issued in the ledger first, then handed over, then recorded as sent.

A crash between the two loses nothing and repeats at most one mail under the same Message-ID.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from milestones.services.digest import Digest
from milestones.services.ports import Clock, Ledger, Message, Post
from milestones.services.report import issued_draft, sent_draft


@dataclass(frozen=True, slots=True, kw_only=True)
class SendSummary:
    """Where a report went."""

    subject: str
    recipients: int
    went_to: str

    def line(self) -> str:
        """One line for logs and terminals."""
        return f"{self.subject!r} to {self.recipients} recipients: {self.went_to}"


def send(
    told: Digest, message: Message, *, recipients: Sequence[str], post: Post, ledger: Ledger, clock: Clock, producer: str, run_id: str
) -> SendSummary:
    """Raises DeliveryError where the message could not be handed over; it then counts as issued and not as sent."""
    ledger.append([issued_draft(told, message, producer=producer, run_id=run_id)], now=clock())
    went_to = post(message, recipients)
    sent = sent_draft(message, recipients=len(recipients), went_to=went_to, producer=producer, run_id=run_id)
    ledger.append([sent], now=clock())
    return SendSummary(subject=message.subject, recipients=len(recipients), went_to=went_to)
