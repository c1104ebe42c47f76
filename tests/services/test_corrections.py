"""Amending and retracting by a person: what is refused, what is recorded, and that the past stays as it was told."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from milestones.domain.dates import Precision
from milestones.domain.errors import Conflict, LedgerError, RegistryError
from milestones.domain.events import EventType, Kind, Recorded, State
from milestones.domain.milestones import fold
from milestones.domain.status import Status, scoreboard
from milestones.services.corrections import Change, Code, Mail, amend, retract, standing
from milestones.services.event_lines import event_lines
from milestones.services.issued import sent_draft
from milestones.services.lifecycle import become
from milestones.services.signature import Signature
from tests.domain.build import KEY, commitment, registry, scheduled, target, told, view
from tests.services.fakes import FakeCaptures, document
from tests.store.examples import plain
from tests.store.memory import MemoryLedger

NOW = datetime(2025, 7, 1, 3, tzinfo=UTC)
REGISTRY = registry(commitment(target(), target("rules")))
BY = Signature(person="person:1", reason="another bill is meant", producer="tests", run_id="run-9")


def ledger_of(*drafts) -> MemoryLedger:
    ledger = MemoryLedger()
    ledger.append(drafts, now=NOW - timedelta(days=10))
    return ledger


def amended(ledger: MemoryLedger, name: str = "1", captures: FakeCaptures | None = None, **change) -> Recorded:
    stands = standing(ledger.read(), name)
    return amend(ledger, captures or FakeCaptures(), REGISTRY, stands, Change(**change), signature=BY, now=NOW)


def retracted(ledger: MemoryLedger, name: str = "1", code: Code = Code.WRONG) -> Recorded:
    return retract(ledger, standing(ledger.read(), name), code=code, signature=BY, now=NOW)


def bill_on(ledger: MemoryLedger, day: date = date(2025, 7, 1), *, position: int | None = None) -> Status:
    events = ledger.read(limit=position)
    return scoreboard(REGISTRY, view(day, events))[0].targets[0].status


def test_an_amendment_says_who_why_and_what_it_amends():
    ledger = ledger_of(told())
    event = amended(ledger, occurred_on=date(2024, 12, 11))
    assert (event.draft.type, event.draft.amends) == (EventType.MILESTONE_AMENDED, ledger.events[0].event_id)
    assert (event.draft.occurred_on, event.draft.occurred_precision, event.draft.kind) == (date(2024, 12, 11), Precision.DAY, Kind.BILL_FIRST_READING)
    assert event.draft.data["person"] == "person:1"
    assert event.draft.data["reason"] == "another bill is meant"
    assert (event.draft.confidence, event.draft.rule) == (None, "person.amended")


def test_an_amended_day_moves_the_verdict_and_the_old_one_can_still_be_asked_for():
    ledger = ledger_of(told())
    amended(ledger, occurred_on=date(2025, 1, 8))
    assert (bill_on(ledger), bill_on(ledger, position=1)) == (Status.MET_LATE, Status.MET)


def test_a_month_is_kept_by_its_first_day():
    event = amended(ledger_of(told()), occurred_on=date(2025, 1, 8), precision=Precision.MONTH)
    assert event.draft.occurred_on == date(2025, 1, 1)


def test_what_was_put_under_the_wrong_target_is_moved_though_nothing_else_changes():
    ledger = ledger_of(told())
    with pytest.raises(RegistryError, match="has no target sandbox; there are: bill, rules, context"):
        amended(ledger, target="sandbox")
    with pytest.raises(RegistryError, match="has no subject basel"):
        amended(ledger, target="rules", subject="basel")
    moved = amended(ledger, target="rules")
    assert (moved.draft.target, moved.draft.subject) == ("rules", "stablecoins-bill")
    assert [s.status for s in scoreboard(REGISTRY, view(date(2025, 7, 1), ledger.read()))[0].targets] == [Status.OVERDUE, Status.MET]


def test_other_words_must_stand_in_the_document():
    captures = FakeCaptures()
    captures.add_capture(digest="c")
    page = document("https://example.test/a", "The Bill was read  the\u00a0first time on December 18.")
    digest = captures.add_document(page, capture="c", seen_at=NOW)
    ledger = ledger_of(replace(told(), document_digest=digest))
    event = amended(ledger, captures=captures, quote="read the first time")
    assert (event.draft.quote, event.draft.locator) == ("read  the\u00a0first time", "p0:13-33")
    with pytest.raises(LedgerError, match=r"do not stand in one paragraph of https://example\.test/a"):
        amended(ledger, "2", captures=captures, quote="read the second time")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({}, "says so already"),
        ({"occurred_on": date(2024, 12, 18)}, "says so already"),
        ({"occurred_on": date(2025, 8, 1)}, "has not come yet"),
        ({"occurred_on": date(2023, 1, 1)}, "lies before the promise of 2024-10-16"),
        ({"state": State.SCHEDULED, "precision": Precision.MONTH}, "has a definite day"),
        ({"precision": Precision.UNKNOWN}, "a day has a precision"),
        ({"quote": "anything"}, "is not kept"),
    ],
)
def test_an_amendment_that_cannot_be_is_refused_in_one_line(change, message):
    ledger = ledger_of(told())
    with pytest.raises(LedgerError, match=message) as refused:
        amended(ledger, **change)
    assert "\n" not in str(refused.value)
    assert len(ledger.events) == 1


def test_a_retraction_takes_the_evidence_away_and_says_why():
    ledger = ledger_of(told())
    event = retracted(ledger, code=Code.WITHDRAWN_BY_SOURCE)
    assert (event.draft.type, event.draft.data["code"]) == (EventType.MILESTONE_RETRACTED, "withdrawn_by_source")
    assert (bill_on(ledger), bill_on(ledger, position=1)) == (Status.OVERDUE, Status.MET)
    assert [line["current"] for line in event_lines(ledger.read())] == [False, False]


def test_what_was_retracted_can_be_reported_anew():
    ledger = ledger_of(told())
    first = ledger.events[0]
    retracted(ledger)
    (again,) = ledger.append([replace(told(), data={**told().data, **BY.data})], now=NOW).events
    assert (again.draft.type, again.event_id != first.event_id) == (EventType.MILESTONE_REPORTED, True)
    assert bill_on(ledger) is Status.MET


def test_an_event_is_named_by_its_position_or_the_beginning_of_its_id():
    ledger = ledger_of(told(), told(Kind.BILL_GAZETTED, date(2024, 12, 6), page="gazette"))
    event = ledger.events[1]
    for name in ("2", str(event.event_id), str(event.event_id)[:8].upper()):
        assert standing(ledger.read(), name).event == event


@pytest.mark.parametrize("name", ["0", "3", "99999999999999999999", "-1", "abc", "", "00000000-ffff", "²"])
def test_a_name_of_no_event_is_refused(name):
    with pytest.raises(LedgerError, match="no event"):
        standing(ledger_of(told(), told(page="second")).read(), name)


def test_what_does_not_stand_any_more_is_refused():
    ledger = ledger_of(told(), told(page="second"))
    amended(ledger, "1", occurred_on=date(2024, 12, 11))
    retracted(ledger, "2")
    for name, message in (
        ("1", "was amended at position 3"),
        ("2", "was retracted at position 4"),
        ("4", "is a retraction; what it took back can be reported again"),
    ):
        with pytest.raises(LedgerError, match=message):
            standing(ledger.read(), name)
    assert standing(ledger.read(), "3").event.draft.type is EventType.MILESTONE_AMENDED


def test_what_is_no_milestone_is_refused():
    with pytest.raises(LedgerError, match=r"position 1 is source\.degraded, no milestone"):
        standing(ledger_of(plain(EventType.SOURCE_DEGRADED, "source")).read(), "1")


def test_a_correction_of_what_others_have_changed_meanwhile_is_a_conflict():
    ledger = ledger_of(told())
    stale = standing(ledger.read(), "1")
    ledger.append([told(Kind.BILL_GAZETTED, date(2024, 12, 6), page="gazette")], now=NOW)
    with pytest.raises(Conflict):
        retract(ledger, stale, code=Code.WRONG, signature=BY, now=NOW)
    assert len(ledger.events) == 2


def test_the_mails_that_carried_an_event_are_told_with_their_readers():
    ledger = ledger_of(told(), told(page="second"))
    carried = [str(e.event_id) for e in ledger.events]
    issued = plain(
        EventType.REPORT_ISSUED,
        "report",
        stream="report:digest",
        data={"kind": "digest", "last_day": "2025-06-30", "position": 2, "message_id": "<1>", "events": carried[:1]},
    )
    ledger.append([issued], now=NOW)
    assert standing(ledger.read(), "1").mails == (
        Mail(kind="digest", subscription="default", last_day="2025-06-30", message_id="<1>", recipients=None),
    )
    for readers in (["person:1", "person:2"], ["person:3"]):
        ledger.append([sent_draft("digest", "<1>", readers=readers, went_to="smtp://localhost:25", producer="t", run_id="r")], now=NOW)
    assert [m.recipients for m in standing(ledger.read(), "1").mails] == [3]
    assert standing(ledger.read(), "2").mails == ()


def test_a_decision_needs_a_reason_of_sensible_length():
    for reason in ("", " \n", "x" * 1001):
        with pytest.raises(LedgerError, match="reason"):
            replace(BY, reason=reason)


def test_what_became_of_a_commitment_by_mistake_is_revoked_and_can_be_recorded_again():
    ledger = ledger_of(told())
    withdraw = {"effective_on": date(2025, 5, 1), "citation": "https://www.policyaddress.gov.hk/2025/", "into": (), "signature": BY, "now": NOW}
    become(ledger, REGISTRY, KEY, EventType.COMMITMENT_WITHDRAWN, **withdraw)
    assert bill_on(ledger) is Status.WITHDRAWN
    stands = standing(ledger.read(), "2")
    with pytest.raises(LedgerError, match="retract it and record it anew"):
        amend(ledger, FakeCaptures(), REGISTRY, stands, Change(state=State.HAPPENED), signature=BY, now=NOW)
    ruling = retract(ledger, stands, code=Code.WRONG, signature=BY, now=NOW)
    assert (ruling.draft.type, ruling.draft.data["revokes"]) == (EventType.RULING_MADE, str(stands.event.event_id))
    assert (bill_on(ledger), bill_on(ledger, position=2)) == (Status.MET, Status.WITHDRAWN)
    assert [line["current"] for line in event_lines(ledger.read())] == [True, False, True]
    with pytest.raises(LedgerError, match="was revoked at position 3"):
        standing(ledger.read(), "2")
    become(ledger, REGISTRY, KEY, EventType.COMMITMENT_WITHDRAWN, **withdraw)
    assert bill_on(ledger) is Status.WITHDRAWN


def test_a_schedule_can_be_amended_to_what_happened():
    ledger = ledger_of(scheduled(date(2024, 12, 18)))
    amended(ledger, state=State.HAPPENED)
    assert fold(ledger.read()).milestones[0].state is State.HAPPENED
