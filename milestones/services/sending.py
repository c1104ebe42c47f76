"""Sends a digest: issued in the ledger first, then handed over, then recorded as sent.

A crash between the two loses nothing and repeats at most one mail under the same Message-ID.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from milestones.domain.errors import DeliveryError
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
    """Raises DeliveryError where somebody did not get it. If others did, it counts as sent to those: they do not get it again next time."""
    ledger.append([issued_draft(told, message, producer=producer, run_id=run_id)], now=clock())

    def record(number: int, went_to: str) -> SendSummary:
        ledger.append([sent_draft(message, recipients=number, went_to=went_to, producer=producer, run_id=run_id)], now=clock())
        return SendSummary(subject=message.subject, recipients=number, went_to=went_to)

    try:
        went_to = post(message, recipients)
    except DeliveryError as error:
        if error.handed_over:
            record(error.handed_over, "in part")
        raise
    return record(len(recipients), went_to)
