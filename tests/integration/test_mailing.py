"""Alerts, corrections and the operators' mail over a real ledger and a real mail server that refuses and drops."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from milestones.bootstrap import Deciding, Monitor, load_settings, open_monitor
from milestones.bootstrap.mailing import Mailing
from milestones.bootstrap.verdicts import Verdicts
from milestones.domain.dates import HKT
from milestones.domain.events import EventType
from milestones.services.issued import all_issued
from milestones.services.ports import Message
from tests.adapters.test_mail import Peer, served
from tests.domain.build import amending, scheduled, told

NOW = datetime(2024, 12, 20, 20, tzinfo=HKT)
FILE = """
[[subscription]]
id = "desk"
to = ["desk@x.test", "second@x.test"]
period = "none"
language = "both"
alerts = ["bill_first_reading"]
verdicts = true

[[subscription]]
id = "others"
to = ["others@x.test"]
period = "none"
bureaux = ["TLB"]
alerts = ["bill_first_reading"]
verdicts = true
"""


@pytest.fixture
def monitor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Monitor]:
    for name, value in {"HOME": str(tmp_path), "MIRROR": "http://127.0.0.1:9", "NOW": NOW.isoformat()}.items():
        monkeypatch.setenv(f"MILESTONES_{name}", value)
    (tmp_path / "subscriptions.toml").write_text(FILE, encoding="utf-8")
    with open_monitor(load_settings()) as found:
        yield found


def send(monitor: Monitor, peer: Peer) -> list[str]:
    with served(peer) as (_, post):
        return [d.line for d in Mailing(monitor).send(post, run_id="run")]


def subjects(peer: Peer) -> list[tuple[str, str]]:
    return [(to[0], str(mail["subject"])) for to, mail in peer.taken]


def test_a_step_is_told_once_and_its_correction_goes_to_those_who_got_it(monitor):
    (step,) = monitor.ledger.append([told()], now=NOW).events
    peer = Peer(refused=frozenset({"second@x.test"}))
    assert "did not take the mail for 1 of 2 recipients" in send(monitor, peer)[0]
    assert [to for to, _ in subjects(peer)] == ["desk@x.test"]
    monitor.ledger.append([amending(step, occurred_on=step.draft.occurred_on.replace(day=17))], now=NOW)
    again = Peer(refused=frozenset({"second@x.test"}))
    send(monitor, again)
    assert [to for to, _ in subjects(again)] == ["desk@x.test"]
    (_, correction) = again.taken[0]
    assert "更正 / Correction: DE-04" in str(correction["subject"])
    text = correction.get_body(("plain",)).get_content()
    assert "Old: Bill introduced (First Reading), 18 December 2024" in text
    assert "New: Bill introduced (First Reading), 17 December 2024" in text
    assert "更正：條例草案首讀" in text
    quiet = Peer(refused=frozenset({"second@x.test"}))
    send(monitor, quiet)
    assert quiet.taken == []
    assert "x.test" not in repr(monitor.ledger.read())


def test_after_a_crash_the_very_same_bytes_go_out_under_the_same_id(monitor):
    monitor.ledger.append([told()], now=NOW)

    def dies(_message: Message, _recipients: object) -> str:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Mailing(monitor).send(dies, run_id="run")
    (begun,) = all_issued(monitor.ledger.read())
    monitor.ledger.append([scheduled(NOW.date().replace(day=23), page="later", published_on=NOW.date())], now=NOW)
    peer = Peer()
    send(monitor, peer)
    assert [mail["message-id"] for _, mail in peer.taken] == [begun.message_id] * 2
    send(monitor, peer)
    assert len(peer.taken) == 2


def test_a_verdict_is_mailed_only_once_a_person_confirmed_it(monitor):
    monitor.ledger.append([told()], now=NOW)
    first = Peer()
    send(monitor, first)
    assert [v.name for v in Verdicts(monitor).waiting()] == ["PA2024/DE-04/bill"]
    (event,) = Deciding(monitor).accept("DE-04/bill", by="Ann", reason="read it", run_id="run")
    assert event.draft.type is EventType.RULING_MADE
    second = Peer()
    send(monitor, second)
    assert [(to, s.partition("] ")[2]) for to, s in subjects(second)] == [
        ("desk@x.test", "DE-04: Met / DE-04：已達成"),
        ("second@x.test", "DE-04: Met / DE-04：已達成"),
    ]
    send(monitor, second)
    assert len(second.taken) == 2


def test_a_declined_verdict_is_never_mailed(monitor):
    monitor.ledger.append([told()], now=NOW)
    send(monitor, Peer())
    Deciding(monitor).reject("DE-04/bill", by="Ann", reason="not the bill", run_id="run")
    peer = Peer()
    send(monitor, peer)
    assert peer.taken == []
    assert Verdicts(monitor).waiting() == []


def test_the_operators_get_one_mail_a_day_with_what_waits_and_the_worksheet(monitor):
    monitor.ledger.append([told()], now=NOW)
    peer = Peer()
    with served(peer) as (_, post):
        assert Mailing(monitor).send_operators(post, ["ops@x.test"], run_id="run").sent
        assert "sent already" in Mailing(monitor).send_operators(post, ["ops@x.test"], run_id="run").line
    ((to, mail),) = peer.taken
    text = mail.get_body(("plain",)).get_content()
    assert to == ["ops@x.test"]
    assert "PA2024/DE-04/bill" in text
    assert "milestones review accept|reject PA2024/DE-04/bill --reason WHY" in text
    assert "31 December 2024, in 11 days" in text
