"""Sends a mail: its bytes archived, issued in the ledger, handed over, then recorded as sent to those who got it.

A crash between the two loses nothing: the next run hands over the very same bytes, under the same Message-ID, to those not recorded as
having got them. A reader who was refused holds up nobody, and is tried again for three days.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from milestones.domain.errors import DeliveryError
from milestones.domain.events import Draft
from milestones.services.issued import Issued, sent_draft
from milestones.services.ports import Archive, Clock, Ledger, Message, People, Post

RETRY_DAYS = 3

Keep = Callable[[Message, datetime], bytes]
"""A mail as a record of the archive: all that its readers get, without their addresses."""

Draw = Callable[[bytes], Message]
"""The mail of such a record."""

Issue = Callable[[str, Sequence[str]], Draft]
"""The event that says a mail was made, of the digest of its record and its readers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostRoom:
    """What sending takes: the way out, the ledger, the archive of bytes, and the table of people behind pseudonyms."""

    post: Post
    ledger: Ledger
    archive: Archive
    people: People
    keep: Keep
    draw: Draw
    clock: Clock
    producer: str
    run_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SendSummary:
    """Where a report went."""

    subscription: str
    subject: str
    recipients: int
    went_to: str

    def line(self) -> str:
        """One line for logs and terminals."""
        return f"{self.subscription}: {self.subject!r} to {self.recipients} recipients: {self.went_to}"


def send(message: Message, issue: Issue, room: PostRoom, *, kind: str, subscription: str, addresses: Sequence[str]) -> SendSummary:
    """Makes it known and hands it over. Raises DeliveryError where somebody did not get it; it counts as sent to the others."""
    mail = room.archive.put(room.keep(message, room.clock()))
    readers = {room.people.add(address, address=address).person_id: address for address in addresses}
    room.ledger.append([issue(mail, list(readers))], now=room.clock())
    return _hand_over(message, readers, room, kind=kind, subscription=subscription)


def unfinished(mails: Sequence[Issued], kind: str, today: date) -> Issued | None:
    """The newest mail of a kind if some of its readers are still to get it.

    One that nobody got is finished on its own day only: on a later one the next mail tells its period.
    """
    newest = next((m for m in reversed(mails) if m.kind == kind and m.mail), None)
    if newest is None or (newest.sent and not newest.remaining):
        return None
    last = newest.last_day + timedelta(days=RETRY_DAYS if newest.sent else 0)
    return newest if today <= last else None


def resume(mail: Issued, room: PostRoom, *, addresses: Sequence[str]) -> SendSummary | None:
    """Hands the bytes that were archived to those who did not get them and still are subscribed at `addresses`; None where nobody is left."""
    known = [p for r in mail.remaining if (p := room.people.find(r))]
    readers = {p.person_id: p.address for p in known if p.address and p.address in addresses}
    if mail.readers and not readers:
        return None
    return _hand_over(room.draw(room.archive.get(mail.mail)), readers, room, kind=mail.kind, subscription=mail.subscription)


def _hand_over(message: Message, readers: Mapping[str, str], room: PostRoom, *, kind: str, subscription: str) -> SendSummary:
    people = list(readers)

    def record(reached: Sequence[str], went_to: str) -> SendSummary:
        draft = sent_draft(kind, message.message_id, readers=reached, went_to=went_to, producer=room.producer, run_id=room.run_id)
        room.ledger.append([draft], now=room.clock())
        return SendSummary(subscription=subscription, subject=message.subject, recipients=len(reached), went_to=went_to)

    try:
        went_to = room.post(message, [readers[p] for p in people])
    except DeliveryError as error:
        if error.handed_over:
            record([people[n] for n in error.handed_over], "in part")
        raise
    return record(people, went_to)
