"""What the ledger says of mails: which were made for a subscription, on what they rest, who was to get them, and who did.

Readers are pseudonyms; their addresses stand in a table outside the ledger and can be erased. `report.issued` is recorded before anything is
handed over, `report.sent` after it, once for each time that some readers got it.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from milestones.domain.dates import utc_text
from milestones.domain.events import Draft, EventType, Recorded
from milestones.domain.ledger import digest as digest_of
from milestones.services.digest import Digest
from milestones.services.ports import Message
from milestones.services.subscriptions import DEFAULT

DIGEST = "digest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """One mail: `readers` were to get it, `reached` did. `mail` names the bytes in the archive. `sent`: it went out, be it to a folder alone."""

    kind: str
    subscription: str
    message_id: str
    last_day: date
    position: int
    mail: str
    events: tuple[UUID, ...]
    unread: tuple[str, ...]
    readers: tuple[str, ...]
    reached: frozenset[str]
    sent: bool

    @property
    def remaining(self) -> tuple[str, ...]:
        """Readers who did not get it yet."""
        return tuple(r for r in self.readers if r not in self.reached)


def issued_to(events: Sequence[Recorded], subscription: str) -> list[Issued]:
    """The mails that were made for a subscription, oldest first. `events` are all of the ledger, or its reports."""
    return [mail for mail in all_issued(events) if mail.subscription == subscription]


def all_issued(events: Sequence[Recorded]) -> list[Issued]:
    """Every mail, oldest first."""
    reached: dict[str, set[str]] = {}
    for event in events:
        if event.draft.type is EventType.REPORT_SENT:
            reached.setdefault(event.draft.data["message_id"], set()).update(event.draft.data.get("to", ()))
    return [_issued(e, reached) for e in events if e.draft.type is EventType.REPORT_ISSUED]


def message_id(told: Digest) -> str:
    """The same for the same (subscription, day, position) of the same ledger, so that a mail sent twice is one mail to its reader.

    Short enough for one line of a header: some mail programs lose an id that is folded.
    """
    return f"<digest.{told.subscription.id}.{told.period.last:%Y%m%d}.{told.position}.{told.hash[:8]}@milestone-monitor>"


def issued_draft(told: Digest, message: Message, *, mail: str, readers: Sequence[str], producer: str, run_id: str) -> Draft:
    """`report.issued` of a digest, to be recorded before anything is sent: its bytes' names, the events it carries, its readers."""
    return report_issued(
        DIGEST,
        message,
        subscription=told.subscription.id,
        first_day=told.period.first,
        last_day=told.period.last,
        position=told.position,
        generated_at=told.generated_at,
        events=told.carried,
        unread=[s.source for s in told.unread],
        mail=mail,
        readers=readers,
        producer=producer,
        run_id=run_id,
    )


def report_issued(
    kind: str,
    message: Message,
    *,
    subscription: str,
    first_day: date,
    last_day: date,
    position: int,
    generated_at: datetime,
    events: Sequence[UUID],
    unread: Sequence[str] = (),
    mail: str,
    readers: Sequence[str],
    producer: str,
    run_id: str,
) -> Draft:
    """`report.issued` of any kind of mail to a subscription."""
    return Draft(
        stream=f"report:{kind}",
        type=EventType.REPORT_ISSUED,
        source=f"urn:milestones:report:{kind}",
        claim_key=digest_of(EventType.REPORT_ISSUED, message.message_id),
        data={
            "kind": kind,
            "subscription": subscription,
            "first_day": first_day.isoformat(),
            "last_day": last_day.isoformat(),
            "position": position,
            "generated_at": utc_text(generated_at),
            "message_id": message.message_id,
            "mail": mail,
            "text_sha256": hashlib.sha256(message.text.encode()).hexdigest(),
            "html_sha256": hashlib.sha256(message.html.encode()).hexdigest(),
            "events": [str(event) for event in events],
            "unread": list(unread),
            "to": list(readers),
        },
        producer=producer,
        run_id=run_id,
    )


def sent_draft(kind: str, message_id: str, *, readers: Sequence[str], went_to: str, producer: str, run_id: str) -> Draft:
    """`report.sent`: to which readers and by which way (`smtp://host:port` or a file)."""
    return Draft(
        stream=f"report:{kind}",
        type=EventType.REPORT_SENT,
        source=f"urn:milestones:report:{kind}",
        claim_key=digest_of(EventType.REPORT_SENT, message_id, *readers),
        data={"kind": kind, "message_id": message_id, "recipients": len(readers), "to": list(readers), "went_to": went_to},
        producer=producer,
        run_id=run_id,
    )


def _issued(event: Recorded, reached: dict[str, set[str]]) -> Issued:
    data = event.draft.data
    return Issued(
        kind=data["kind"],
        subscription=data.get("subscription", DEFAULT),
        message_id=data["message_id"],
        last_day=date.fromisoformat(data["last_day"]),
        position=data["position"],
        mail=data.get("mail", ""),
        events=tuple(UUID(e) for e in data.get("events", ())),
        unread=tuple(data.get("unread", ())),
        readers=tuple(data.get("to", ())),
        reached=frozenset(reached.get(data["message_id"], ())),
        sent=data["message_id"] in reached,
    )
