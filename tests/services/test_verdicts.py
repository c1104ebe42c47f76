"""Verdicts wait for a person, after a grace where a date has passed; what history brings up is none."""

from datetime import UTC, date, datetime

import pytest

from milestones.domain.errors import LedgerError
from milestones.domain.events import Draft, Kind
from milestones.domain.status import Basis, Status, scoreboard
from milestones.services.signature import Signature
from milestones.services.verdicts import Verdict, decide, decided, named, verdicts, waiting
from tests.domain.build import is_working_day, record, registry, told, view
from tests.store.memory import MemoryLedger

SIGNED = Signature(person="person:1", reason="looked at the page", producer="tests", run_id="run")
NOW = datetime(2025, 1, 10, tzinfo=UTC)


def found(on: date, *drafts: Draft, opened_on: date = date(2024, 10, 16), grace: int = 5, at: datetime = datetime(2024, 12, 18, 8, tzinfo=UTC)):
    seen = view(on, record(drafts, at=at))
    return verdicts(scoreboard(registry(), seen), on=on, opened_on=opened_on, is_working_day=is_working_day, grace=grace)


def test_a_step_that_completes_is_a_verdict_from_the_day_on_which_it_was_recorded():
    (verdict,) = found(date(2024, 12, 20), told())
    assert (verdict.status.status, verdict.day, verdict.since) == (Status.MET, date(2024, 12, 18), date(2024, 12, 18))
    assert (verdict.name, len(verdict.events)) == ("PA2024/DE-04/bill", 1)


def test_a_passed_date_waits_for_the_grace_in_working_days():
    assert found(date(2025, 1, 7)) == []  # 1 January is a holiday, 4 and 5 a weekend
    (verdict,) = found(date(2025, 1, 8))
    assert (verdict.status.status, verdict.status.basis, verdict.day) == (Status.OVERDUE, Basis.NO_COMPLETION_FOUND, date(2024, 12, 31))
    assert found(date(2025, 1, 2), grace=0)


def test_history_is_no_news():
    assert found(date(2025, 3, 1), told(), at=datetime(2025, 2, 20, tzinfo=UTC)) == []
    assert found(date(2025, 3, 1), opened_on=date(2025, 2, 1)) == []


def test_an_open_target_has_none():
    assert found(date(2024, 12, 20), told(Kind.BILL_GAZETTED)) == []


@pytest.mark.parametrize("confirmed", [True, False])
def test_a_decision_settles_it_and_says_whether_it_may_be_mailed(confirmed):
    (verdict,) = found(date(2024, 12, 20), told())
    ledger = MemoryLedger()
    assert waiting([verdict], ledger.events) == [verdict]
    event = decide(verdict, ledger, confirmed=confirmed, signature=SIGNED, now=NOW)
    assert event.draft.data["verdict"] == {"status": "met", "basis": None, "day": "2024-12-18"}
    assert waiting([verdict], ledger.events) == []
    assert decided(ledger.events) == {verdict.key: confirmed}


def test_another_day_or_status_asks_anew():
    ledger = MemoryLedger()
    (verdict,) = found(date(2024, 12, 20), told())
    decide(verdict, ledger, confirmed=True, signature=SIGNED, now=NOW)
    (other,) = found(date(2024, 12, 20), told(day=date(2024, 12, 17)))
    assert waiting([other], ledger.events) == [other]


def test_it_is_named_by_its_target():
    (verdict,) = found(date(2024, 12, 20), told())
    assert isinstance(named([verdict], "de-04/bill"), Verdict)
    with pytest.raises(LedgerError, match="no verdict"):
        named([verdict], "DE-04/other")
