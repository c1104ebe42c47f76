"""Sending under every accident: what is recorded before, what after, and what a run does that finds a mail half sent."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import pytest

from milestones.domain.errors import DeliveryError
from milestones.domain.events import Draft, EventType
from milestones.services.issued import Issued, issued_to, report_issued
from milestones.services.ports import Message, Person
from milestones.services.sending import PostRoom, SendSummary, resume, send, unfinished
from tests.services.fakes import NOON, FakeArchive
from tests.store.memory import MemoryLedger

MESSAGE = Message(message_id="<digest.1@milestone-monitor>", subject="Digest", text="text", html="<p>html</p>")
TODAY = date(2025, 3, 5)
ADDRESSES = ("a@x.test", "b@x.test")


@dataclass
class FakePeople:
    known: dict[str, Person] = field(default_factory=dict)

    def add(self, name: str, *, address: str | None = None) -> Person:
        return self.known.setdefault(name, Person(person_id=f"person:{len(self.known) + 1}", name=name, address=address))

    def find(self, name: str) -> Person | None:
        return next((p for p in self.known.values() if name in (p.name, p.person_id)), None)

    def all(self) -> list[Person]:
        return list(self.known.values())

    def erase(self, person_id: str) -> None:
        self.known = {name: p for name, p in self.known.items() if p.person_id != person_id}


@dataclass
class World:
    """A mail server that takes mail for everybody but `refuses`, or dies; and all that sending takes."""

    refuses: set[str] = field(default_factory=set)
    dies: bool = False
    taken: list[tuple[str, Message]] = field(default_factory=list)
    ledger: MemoryLedger = field(default_factory=MemoryLedger)
    archive: FakeArchive = field(default_factory=FakeArchive)
    people: FakePeople = field(default_factory=FakePeople)

    def post(self, message: Message, recipients: Sequence[str]) -> str:
        if self.dies:
            raise KeyboardInterrupt
        reached = tuple(n for n, r in enumerate(recipients) if r not in self.refuses)
        self.taken += [(recipients[n], message) for n in reached]
        if len(reached) < len(recipients):
            raise DeliveryError("one was refused", handed_over=reached)
        return "smtp://mail:25"

    @property
    def room(self) -> PostRoom:
        return PostRoom(
            post=self.post, ledger=self.ledger, archive=self.archive, people=self.people, keep=kept, draw=drawn, clock=lambda: NOON,
            producer="test", run_id="run",
        )  # fmt: skip

    def send(self) -> SendSummary:
        return send(MESSAGE, issue, self.room, kind="digest", subscription="desk", addresses=ADDRESSES)

    @property
    def mails(self) -> list[Issued]:
        return issued_to(self.ledger.read(), "desk")


def kept(message: Message, at: datetime) -> bytes:
    return f"{message.message_id}|{message.subject}|{message.text}|{message.html}".encode()


def drawn(record: bytes) -> Message:
    message_id, subject, text, html = record.decode().split("|")
    return Message(message_id=message_id, subject=subject, text=text, html=html)


def issue(mail: str, readers: Sequence[str]) -> Draft:
    return report_issued(
        "digest", MESSAGE, subscription="desk", first_day=TODAY - timedelta(days=7), last_day=TODAY, position=1, generated_at=NOON, events=(),
        mail=mail, readers=readers, producer="test", run_id="run",
    )  # fmt: skip


def test_issued_before_it_is_handed_over_and_sent_afterwards():
    world = World()
    summary = world.send()
    assert [e.draft.type for e in world.ledger.read()] == [EventType.REPORT_ISSUED, EventType.REPORT_SENT]
    (mail,) = world.mails
    assert (mail.readers, mail.reached, mail.remaining) == (("person:1", "person:2"), {"person:1", "person:2"}, ())
    assert drawn(world.archive.get(mail.mail)) == MESSAGE
    assert summary.line() == "desk: 'Digest' to 2 recipients: smtp://mail:25"
    assert unfinished(world.mails, "digest", TODAY) is None


def test_a_crash_before_anything_was_handed_over_loses_nothing():
    world = World(dies=True)
    with pytest.raises(KeyboardInterrupt):
        world.send()
    pending = unfinished(world.mails, "digest", TODAY)
    assert pending
    world.dies = False
    resume(pending, world.room, addresses=ADDRESSES)
    assert world.taken == [("a@x.test", MESSAGE), ("b@x.test", MESSAGE)]
    assert unfinished(world.mails, "digest", TODAY) is None


def test_a_digest_that_nobody_got_is_given_up_on_the_next_day():
    world = World(dies=True)
    with pytest.raises(KeyboardInterrupt):
        world.send()
    assert unfinished(world.mails, "digest", TODAY + timedelta(days=1)) is None


def test_who_was_refused_gets_the_very_same_mail_later_and_the_others_nothing():
    world = World(refuses={"b@x.test"})
    with pytest.raises(DeliveryError, match="one was refused"):
        world.send()
    assert [(m.reached, m.remaining) for m in world.mails] == [({"person:1"}, ("person:2",))]
    tomorrow = unfinished(world.mails, "digest", TODAY + timedelta(days=1))
    assert tomorrow
    with pytest.raises(DeliveryError):
        resume(tomorrow, world.room, addresses=ADDRESSES)
    world.refuses = set()
    done = resume(tomorrow, world.room, addresses=ADDRESSES)
    assert done
    assert done.recipients == 1
    assert world.taken == [("a@x.test", MESSAGE), ("b@x.test", MESSAGE)]
    assert unfinished(world.mails, "digest", TODAY + timedelta(days=1)) is None


def test_a_refusal_is_tried_for_three_days():
    world = World(refuses={"b@x.test"})
    with pytest.raises(DeliveryError):
        world.send()
    assert unfinished(world.mails, "digest", TODAY + timedelta(days=3))
    assert unfinished(world.mails, "digest", TODAY + timedelta(days=4)) is None


def test_who_has_left_meanwhile_or_was_erased_gets_nothing_more():
    for leave in (lambda world: world.people.erase("person:2"), lambda _: None):
        world = World(refuses={"b@x.test"})
        with pytest.raises(DeliveryError):
            world.send()
        world.refuses = set()
        leave(world)
        pending = unfinished(world.mails, "digest", TODAY)
        assert pending
        assert resume(pending, world.room, addresses=("a@x.test",)) is None
        assert [to for to, _ in world.taken] == ["a@x.test"]


def test_no_address_gets_into_the_ledger():
    world = World(refuses={"b@x.test"})
    with pytest.raises(DeliveryError):
        world.send()
    assert "x.test" not in repr(world.ledger.read())
