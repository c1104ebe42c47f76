from collections.abc import Sequence
from datetime import date
from types import SimpleNamespace

import pytest

from milestones.domain.dates import Interval
from milestones.domain.errors import DeliveryError
from milestones.domain.events import Draft, EventType
from milestones.services.ports import Appended, Message
from milestones.services.sending import send
from tests.services.fakes import NOON

MESSAGE = Message(message_id="<digest.1@milestone-monitor>", subject="Digest", text="text", html="<p>html</p>")
TOLD = SimpleNamespace(period=Interval(date(2025, 3, 1), date(2025, 3, 5)), position=7, hash="a" * 64, generated_at=NOON, carried=())


class FakeLedger:
    def __init__(self) -> None:
        self.drafts: list[Draft] = []

    def append(self, drafts: Sequence[Draft], *, now: object) -> Appended:
        self.drafts += drafts
        return Appended(events=(), same=0)


def deliver(post, ledger):
    return send(TOLD, MESSAGE, recipients=["a@x.test", "b@x.test"], post=post, ledger=ledger, clock=lambda: NOON, producer="test", run_id="run")


def test_issued_before_it_is_handed_over_and_sent_afterwards():
    ledger = FakeLedger()

    def post(message: Message, recipients: Sequence[str]) -> str:
        assert [d.type for d in ledger.drafts] == [EventType.REPORT_ISSUED]
        return "smtp://mail:25"

    summary = deliver(post, ledger)
    assert [d.type for d in ledger.drafts] == [EventType.REPORT_ISSUED, EventType.REPORT_SENT]
    assert ledger.drafts[1].data == {"kind": "digest", "message_id": MESSAGE.message_id, "recipients": 2, "went_to": "smtp://mail:25"}
    assert summary.line() == "'Digest' to 2 recipients: smtp://mail:25"


@pytest.mark.parametrize(("handed_over", "sent"), [(0, []), (1, [1])])
def test_what_was_handed_over_counts_as_sent_also_when_somebody_was_refused(handed_over, sent):
    ledger = FakeLedger()

    def post(message: Message, recipients: Sequence[str]) -> str:
        raise DeliveryError("one was refused", handed_over=handed_over)

    with pytest.raises(DeliveryError, match="one was refused"):
        deliver(post, ledger)
    assert [d.data["recipients"] for d in ledger.drafts if d.type is EventType.REPORT_SENT] == sent


def test_no_address_gets_into_the_ledger():
    ledger = FakeLedger()
    deliver(lambda _m, _r: "smtp://mail:25", ledger)
    assert "x.test" not in repr(ledger.drafts)
