"""Which steps are told at once: new ones of the kinds asked for, once, and never what reading older pages brings up."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from milestones.domain.claims import READ_AGAIN
from milestones.domain.events import Draft, Kind, Recorded
from milestones.domain.milestones import Milestone, fold
from milestones.services.alerts import steps_due
from milestones.services.issued import Issued
from milestones.services.subscriptions import Scope, Subscription
from tests.domain.build import amending, record, registry, scheduled, told

TODAY = date(2024, 12, 20)
DESK = Subscription(id="desk", to=("desk@x.test",), alerts=frozenset({Kind.BILL_FIRST_READING}))


def carrying(*events: UUID) -> Issued:
    return Issued(
        kind="alert", subscription="desk", message_id="<1>", last_day=TODAY, position=1, mail="", events=events,
        unread=(), readers=("person:1",), reached=frozenset({"person:1"}), sent=True,
    )  # fmt: skip


def due(events: list[Recorded], *mails: Issued, of: Subscription = DESK, on: date = TODAY) -> list[Milestone]:
    return steps_due(of, fold(events).milestones, events, mails, registry(), on=on)


def test_a_new_step_of_a_kind_asked_for_is_told_once():
    events = record([told(), told(Kind.BILL_GAZETTED, page="other")])
    (step,) = due(events)
    assert step.kind is Kind.BILL_FIRST_READING
    assert due(events, carrying(events[0].event_id)) == []


def test_another_document_of_a_told_step_is_no_alert():
    first = record([told()])
    assert due(record([told(page="twin")], after=first), carrying(first[0].event_id)) == []


def test_a_day_announced_is_told_and_told_again_when_it_is_put_off_or_comes():
    first = record([scheduled(date(2025, 1, 8), published_on=date(2024, 12, 19))])
    assert due(first)
    put_off = record([scheduled(date(2025, 1, 15), page="later", published_on=date(2024, 12, 20))], after=first)
    assert [m.occurred_on for m in due(put_off, carrying(first[0].event_id))] == [date(2025, 1, 15)]
    held = record([told()], after=record([scheduled(date(2024, 12, 18), published_on=date(2024, 12, 17))]))
    assert due(held, carrying(held[0].event_id))


@pytest.mark.parametrize(
    "draft",
    [
        replace(told(), data={"figures": [], READ_AGAIN: True}),
        told(published_on=date(2024, 12, 16)),
        told(day=date(2024, 12, 1), published_on=date(2024, 12, 19)),
        scheduled(date(2024, 12, 19), published_on=date(2024, 12, 18)),
    ],
    ids=["read again", "an older page", "of an earlier day", "announced for a day gone by"],
)
def test_what_is_no_news_is_left_to_the_digest(draft: Draft):
    assert due(record([draft])) == []


def test_a_record_without_a_date_of_its_own_is_as_old_as_the_page_that_tells_the_same():
    undated = replace(told(), published_at=None)
    assert due(record([undated]))
    assert due(record([undated, told(page="older", published_on=date(2024, 12, 16))])) == []


def test_what_was_recorded_days_ago_is_not_told_to_a_new_subscription():
    assert due(record([told()], at=datetime(2024, 12, 16, 3, tzinfo=UTC))) == []


def test_a_told_line_that_is_amended_is_a_correction_and_no_alert():
    events = record([told()])
    amended = record([amending(events[0], occurred_on=date(2024, 12, 17))], after=events)
    assert due(amended, carrying(events[0].event_id)) == []
    assert due(amended), "amended before anybody was told"


def test_the_scope_decides():
    events = record([told()])
    assert due(events, of=replace(DESK, scope=Scope(bureaux=("FSTB",))))
    assert due(events, of=replace(DESK, scope=Scope(bureaux=("TLB",)))) == []
    assert due(events, of=replace(DESK, alerts=frozenset())) == []
