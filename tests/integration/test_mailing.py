"""Digests from a real ledger to a real mail server: who gets what on which day, and what happens when the server does not play along."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from milestones.adapters.mime import kept_bytes
from milestones.bootstrap import Monitor, Reporting, open_monitor
from milestones.domain.errors import SettingsError
from milestones.domain.events import Draft, EventType, Kind
from milestones.services.issued import all_issued
from milestones.services.ports import Post
from milestones.settings import settings_from
from scrapers import SOURCES
from tests.adapters.test_mail import Peer, served
from tests.domain.build import told
from tests.replica.replica import HKT

MONDAY = datetime(2025, 12, 8, 9, tzinfo=HKT)
FILE = """
contact = "desk@example.test"

[[subscription]]
id = "bills"
to = ["a@example.test", "b@example.test"]
period = "weekly"
commitments = ["DE-04"]
language = "both"

[[subscription]]
id = "all"
to = ["c@example.test"]
period = "daily"
language = "zh"
"""

At = Callable[[datetime], AbstractContextManager[Monitor]]


@pytest.fixture
def at(tmp_path: Path) -> At:
    """A monitor over a fresh home, at an instant."""
    (tmp_path / "subscriptions.toml").write_text(FILE)

    @contextmanager
    def opened(now: datetime) -> Iterator[Monitor]:
        environ = {"HOME": str(tmp_path), "MIRROR": "http://127.0.0.1:9", "NOW": now.isoformat(), "ARCHIVE_URL": (tmp_path / "archive").as_uri()}
        with open_monitor(settings_from({f"MILESTONES_{k}": v for k, v in environ.items()}, tuple(SOURCES))) as monitor:
            yield monitor

    return opened


def passed(day: date, page: str = "passed") -> Draft:
    return told(Kind.BILL_PASSED, day, commitment="PA2024/DE-04", page=page, quote="The Stablecoins Bill was passed.")


def fund(day: date) -> Draft:
    return told(Kind.FUNDING_APPROVED, day, commitment="PA2024/IT-01", target="context", subject="fund", page="fund", quote="It was approved.")


def send(at: At, now: datetime, post: Post, *drafts: Draft, looked_on: date | None = None) -> list[str]:
    """What a morning's run says, after something was recorded."""
    with at(now) as monitor:
        monitor.ledger.append(drafts, now=now)
        return [d.line for d in Reporting(monitor).send_due(post, run_id="run", looked_on=looked_on)]


def test_each_subscription_has_its_days_its_scope_and_its_language(at: At) -> None:
    peer, tuesday = Peer(), MONDAY + timedelta(days=1)
    with served(peer) as (_, post):
        assert len(send(at, MONDAY, post, passed(date(2025, 12, 4)))) == 2
        quiet = send(at, tuesday, post, looked_on=MONDAY.date())
        assert quiet == ["all: no mail, because nothing new was found since 2025-12-08"]
        send(at, tuesday + timedelta(days=1), post, fund(date(2025, 12, 9)), looked_on=tuesday.date())
        send(at, MONDAY + timedelta(days=7), post, passed(date(2025, 12, 11), "again"), looked_on=tuesday.date())
    assert [(to[0][0], mail["List-Id"].partition("<")[2]) for to, mail in peer.taken] == [
        ("a", "bills.milestone-monitor>"),
        ("b", "bills.milestone-monitor>"),
        ("c", "all.milestone-monitor>"),
        ("c", "all.milestone-monitor>"),
        ("a", "bills.milestone-monitor>"),
        ("b", "bills.milestone-monitor>"),
        ("c", "all.milestone-monitor>"),
    ]
    bills, everything = peer.taken[0][1], peer.taken[2][1]
    assert "DE-04" in bills["Subject"] + str(bills.get_body(("plain",)))
    assert "施政承諾里程碑監察" in everything["Subject"]
    assert bills["List-Unsubscribe"] == "<mailto:stop@example.test?subject=unsubscribe%20bills>"
    assert {part.get_content_type() for part in everything.walk()} >= {"image/png", "text/plain", "text/html", "text/calendar"}


def test_who_is_refused_gets_the_very_same_mail_the_next_day_and_nobody_gets_it_twice(at: At) -> None:
    refusing, taking = Peer(refused=frozenset({"b@example.test"})), Peer()
    with served(refusing) as (_, post):
        lines = send(at, MONDAY, post, passed(date(2025, 12, 4)))
    assert "did not take the mail for 1 of 2 recipients (refused with 550)" in lines[0]
    assert "@" not in "".join(lines)
    with served(taking) as (_, post):
        send(at, MONDAY + timedelta(days=1), post)
    assert [to for to, _ in refusing.taken] == [["a@example.test"], ["c@example.test"]]
    assert [to for to, _ in taken_of(taking, "bills")] == [["b@example.test"]]
    first, later = refusing.taken[0][1], taken_of(taking, "bills")[0][1]
    assert first["Message-ID"] == later["Message-ID"]
    assert [p.get_payload() for p in first.walk() if not p.is_multipart()] == [p.get_payload() for p in later.walk() if not p.is_multipart()]


def taken_of(peer: Peer, subscription: str) -> list[tuple[list[str], object]]:
    return [(to, mail) for to, mail in peer.taken if mail["List-Id"].endswith(f"<{subscription}.milestone-monitor>")]


def test_a_death_between_issuing_and_sending_is_made_good_by_the_next_run(at: At) -> None:
    def dies(_message: object, _recipients: object) -> str:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        send(at, MONDAY, dies, passed(date(2025, 12, 4)))
    peer = Peer()
    with served(peer) as (_, post):
        send(at, MONDAY + timedelta(minutes=5), post)
        send(at, MONDAY + timedelta(minutes=10), post)
    assert [to for to, _ in peer.taken] == [["a@example.test"], ["b@example.test"], ["c@example.test"]]
    with at(MONDAY) as monitor:
        mails = all_issued(monitor.ledger.read())
        assert [(m.subscription, len(m.readers), m.remaining) for m in mails] == [("bills", 2, ()), ("all", 1, ())]
        assert b"Subject:" in kept_bytes(monitor.archive.get(mails[0].mail))


def test_neither_ledger_nor_archived_bytes_hold_an_address(at: At) -> None:
    with served(Peer()) as (_, post):
        send(at, MONDAY, post, passed(date(2025, 12, 4)))
    with at(MONDAY) as monitor:
        events = monitor.ledger.read()
        assert "example.test" not in repr(events)
        for mail in all_issued(events):
            assert b"example.test" not in kept_bytes(monitor.archive.get(mail.mail))
        assert monitor.inspect([], lambda *_: None).damages == ()


def test_what_was_mailed_and_retracted_is_corrected_in_the_next_digest(at: At) -> None:
    peer = Peer()
    with served(peer) as (_, post):
        send(at, MONDAY, post, passed(date(2025, 12, 4)))
        with at(MONDAY) as monitor:
            event = next(e for e in monitor.ledger.read() if e.draft.kind is Kind.BILL_PASSED)
            taken_back = passed(date(2025, 12, 4))
            data = {**taken_back.data, "reason": "rules_changed"}
            retraction = replace(taken_back, type=EventType.MILESTONE_RETRACTED, amends=event.event_id, data=data)
        send(at, MONDAY + timedelta(days=7), post, retraction)
    later = taken_of(peer, "bills")[-1][1]
    assert "1 correction" in later["Subject"]


def test_a_wrong_file_stops_before_anything_is_sent(at: At, tmp_path: Path) -> None:
    (tmp_path / "subscriptions.toml").write_text(FILE.replace('"weekly"', '"weakly"'))
    peer = Peer()
    with served(peer) as (_, post), pytest.raises(SettingsError, match=r"subscription 1 \(bills\), period: weakly is none of"):
        send(at, MONDAY, post)
    assert peer.taken == []


def test_a_plan_records_nothing(at: At) -> None:
    with at(MONDAY) as monitor:
        before = monitor.ledger.head()
        lines = Reporting(monitor).planned()
        assert [line.partition(";")[0] for line in lines] == ["bills: due", "all: due"]
        assert monitor.ledger.head() == before
        assert "@" not in "".join(lines)
