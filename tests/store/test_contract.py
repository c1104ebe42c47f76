"""What every ledger promises, whatever it is made of."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from milestones.domain.errors import LedgerError
from milestones.domain.events import EventType, State
from milestones.domain.ledger import GENESIS_HASH, chain_hash, leaf_fields, leaf_hash
from milestones.services.ports import Ledger
from tests.store.examples import NOW, claim, draft, plain


def test_an_empty_ledger_has_the_genesis_head(ledger: Ledger) -> None:
    assert ledger.head() == (0, GENESIS_HASH)
    assert ledger.read() == []
    assert ledger.append([], now=NOW).events == ()


def test_positions_are_one_to_n_and_the_chain_holds(ledger: Ledger) -> None:
    for batch in range(3):
        ledger.append([draft(claim_key=claim(10 * batch + n), stream=f"commitment:{n % 2}") for n in range(5)], now=NOW)
    events = ledger.read()
    assert [e.position for e in events] == list(range(1, 16))
    assert ledger.head() == (15, events[-1].hash)
    before = GENESIS_HASH
    for event in events:
        assert (event.prev_hash, event.hash) == (before, chain_hash(before, event.leaf_hash))
        before = event.hash
    for stream in ("commitment:0", "commitment:1"):
        versions = [e.stream_version for e in events if e.draft.stream == stream]
        assert versions == list(range(1, len(versions) + 1))


def test_what_is_read_is_what_was_appended_and_hashes_to_the_same_leaf(ledger: Ledger) -> None:
    decomposed = draft(quote="Cafe\u0301 穩定幣", data={"figures": [{"value": "5000", "unit": "人"}], "b": [1, None, True]}, caused_by=UUID(int=7))
    appended = ledger.append([decomposed, draft(claim_key=claim(2), occurred_on=None, published_at=None)], now=NOW).events
    assert ledger.read() == list(appended)
    assert ledger.find(appended[1].event_id) == appended[1]
    assert ledger.find(UUID(int=0)) is None
    assert appended[0].draft.quote == "Caf\u00e9 穩定幣"
    assert all(leaf_hash(leaf_fields(e)) == e.leaf_hash for e in ledger.read())


def test_pages_of_events(ledger: Ledger) -> None:
    ledger.append([draft(claim_key=claim(n)) for n in range(7)], now=NOW)
    assert [e.position for e in ledger.read(after=2, limit=3)] == [3, 4, 5]
    assert [e.position for e in ledger.read(after=5)] == [6, 7]


def test_the_same_again_records_nothing(ledger: Ledger) -> None:
    batch = [draft(), draft(claim_key=claim(2)), plain(EventType.LEDGER_OPENED, "ledger", data={"origin": "live"})]
    assert len(ledger.append(batch, now=NOW).events) == 3
    again = ledger.append(batch, now=NOW + timedelta(days=1))
    assert (again.events, again.same, again.held) == ((), 3, 0)


def test_the_same_twice_in_one_batch_is_recorded_once(ledger: Ledger) -> None:
    receipt = ledger.append([draft(), draft()], now=NOW)
    assert (len(receipt.events), receipt.same) == (1, 1)


def test_other_confidence_or_rule_is_no_other_content(ledger: Ledger) -> None:
    ledger.append([draft()], now=NOW)
    assert ledger.append([draft(confidence=60, rule="press.better", rule_version=9)], now=NOW).same == 1


def test_other_content_is_an_amendment_of_what_stands(ledger: Ledger) -> None:
    first = ledger.append([draft(state=State.SCHEDULED)], now=NOW).events[0]
    (second,) = ledger.append([draft()], now=NOW).events
    assert (second.draft.type, second.draft.amends) == (EventType.MILESTONE_AMENDED, first.event_id)
    assert second.draft.data["amended_because"] == "source_changed"
    assert ledger.append([draft()], now=NOW).same == 1


def test_a_b_a_b_keeps_every_change(ledger: Ledger) -> None:
    a, b = draft(occurred_on=date(2024, 12, 6)), draft(occurred_on=date(2024, 12, 7))
    events = [ledger.append([d], now=NOW).events[0] for d in (a, b, a, b)]
    assert len({e.event_id for e in events}) == 4
    assert [e.draft.amends for e in events[1:]] == [e.event_id for e in events[:-1]]


def test_a_registration_with_other_content_is_a_rewording(ledger: Ledger) -> None:
    first = plain(EventType.COMMITMENT_REGISTERED, "registered:IT-25", data={"title": "a"})
    second = plain(EventType.COMMITMENT_REGISTERED, "registered:IT-25", data={"title": "b"})
    ledger.append([first, plain(EventType.COMMITMENT_WITHDRAWN, "registered:IT-25", data={"cited": "c"})], now=NOW)
    (event,) = ledger.append([second], now=NOW).events
    assert (event.draft.type, event.draft.amends) == (EventType.COMMITMENT_REWORDED, None)
    assert ledger.append([second], now=NOW).same == 1


def test_events_can_be_asked_for_by_type(ledger: Ledger) -> None:
    ledger.append([draft(), plain(EventType.COMMITMENT_REGISTERED, "registered:IT-25"), plain(EventType.SOURCE_DEGRADED, "source:hkma")], now=NOW)
    ledger.append([plain(EventType.COMMITMENT_REGISTERED, "registered:IT-25", data={"title": "b"})], now=NOW)

    found = ledger.of_types([EventType.COMMITMENT_REGISTERED, EventType.COMMITMENT_REWORDED])

    assert [(e.position, e.draft.type) for e in found] == [(2, EventType.COMMITMENT_REGISTERED), (4, EventType.COMMITMENT_REWORDED)]
    assert found == [e for e in ledger.read() if e.position in (2, 4)]
    assert ledger.of_types([]) == []


def test_a_source_may_fail_and_recover_for_ever(ledger: Ledger) -> None:
    down = plain(EventType.SOURCE_DEGRADED, "source:hkma")
    up = plain(EventType.SOURCE_RECOVERED, "source:hkma")
    for step in (down, up, down, up):
        assert len(ledger.append([step], now=NOW).events) == 1
        assert ledger.append([step], now=NOW).same == 1


def test_a_batch_is_recorded_wholly_or_not_at_all(ledger: Ledger) -> None:
    ledger.append([draft()], now=NOW)
    head = ledger.head()
    for impossible in (draft(claim_key=claim(3), quote="\x00"), draft(claim_key=claim(3), data={"ratio": 0.5}), draft(quote="\ud800")):
        with pytest.raises(LedgerError):
            ledger.append([draft(claim_key=claim(2)), impossible], now=NOW)
    assert ledger.head() == head


def test_recorded_at_never_runs_backwards_and_a_jump_ahead_stops_nothing(ledger: Ledger) -> None:
    for n, moment in enumerate((NOW, NOW + timedelta(days=400), NOW - timedelta(days=3))):
        ledger.append([draft(claim_key=claim(n))], now=moment)
    assert [e.recorded_at for e in ledger.read()] == [NOW, NOW + timedelta(days=400), NOW + timedelta(days=400)]


# ---- people -------------------------------------------------------------------------------------------------------------


def test_the_machine_does_not_undo_what_a_person_amended(ledger: Ledger) -> None:
    machine = ledger.append([draft()], now=NOW).events[0]
    corrected = draft(
        type=EventType.MILESTONE_AMENDED, amends=machine.event_id, occurred_on=date(2024, 12, 5), data={"person": "p-1", "reason": "misread"}
    )
    assert len(ledger.append([corrected], now=NOW).events) == 1
    assert ledger.append([corrected], now=NOW).same == 1
    assert ledger.append([draft()], now=NOW).same == 1
    other = ledger.append([draft(occurred_on=date(2024, 12, 9))], now=NOW)
    assert (other.events, other.same, other.held) == ((), 0, 1)


def test_the_machine_does_not_report_again_what_a_person_retracted(ledger: Ledger) -> None:
    machine = ledger.append([draft()], now=NOW).events[0]
    ledger.append([draft(type=EventType.MILESTONE_RETRACTED, amends=machine.event_id, data={"person": "p-1", "reason": "other bill"})], now=NOW)
    assert ledger.append([draft()], now=NOW).same == 1
    assert ledger.append([draft(quote="Another text")], now=NOW).held == 1


def test_a_rejected_candidate_stays_rejected(ledger: Ledger) -> None:
    ledger.append([plain(EventType.CANDIDATE_REJECTED, draft().claim_key, data={"person": "p-1", "reason": "a plan only"})], now=NOW)
    assert ledger.append([draft()], now=NOW).held == 1


def test_a_person_may_report_what_was_retracted(ledger: Ledger) -> None:
    machine = ledger.append([draft()], now=NOW).events[0]
    ledger.append([draft(type=EventType.MILESTONE_RETRACTED, amends=machine.event_id, data={"person": "p-1", "reason": "error"})], now=NOW)
    (again,) = ledger.append([draft(data={"person": "p-2", "reason": "it was right"})], now=NOW).events
    assert (again.draft.type, again.draft.amends) == (EventType.MILESTONE_REPORTED, None)
    assert again.event_id != machine.event_id


def test_what_the_machine_retracted_it_reports_anew(ledger: Ledger) -> None:
    first = ledger.append([draft()], now=NOW).events[0]
    ledger.append([draft(type=EventType.MILESTONE_RETRACTED, amends=first.event_id, data={"reason": "withdrawn_by_source"})], now=NOW)
    (again,) = ledger.append([draft()], now=NOW).events
    assert again.draft.type is EventType.MILESTONE_REPORTED
    assert again.event_id != first.event_id


# ---- the same bytes everywhere ------------------------------------------------------------------------------------------


def test_the_same_inputs_and_clock_give_the_same_hash_on_every_ledger_for_ever(ledger: Ledger) -> None:
    ledger.append([plain(EventType.LEDGER_OPENED, "ledger", data={"origin": "live"})], now=NOW)
    ledger.append([draft(claim_key=claim(n), stream=f"commitment:{n % 3}", quote=f"第{n}項") for n in range(10)], now=NOW)
    ledger.append([draft(claim_key=claim(n), quote=f"第{n % 4}項") for n in range(10)], now=NOW + timedelta(hours=1))
    # Measured once and never to change: a log written today must verify with tomorrow's code.
    assert ledger.head() == (17, "b07cf3b2bdf023a1b3e1f4ee56b9614a2fbcd89db917bd253bc53843ae40d9a5")
