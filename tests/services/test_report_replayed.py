"""What a digest tells of pages that were read again, of sittings put off, and of documents that do not agree."""

from dataclasses import replace
from datetime import UTC, date, datetime

from milestones.domain.claims import READ_AGAIN
from milestones.domain.events import Draft, EventType, Kind, Recorded, State
from milestones.domain.findings import Disagreement
from milestones.domain.status import Status
from milestones.reports.digest import render
from milestones.services.digest import Cause, Digest
from milestones.services.since import compared
from tests.reports.sample import DEFAULT, LAST_TIME, NOTE, TODAY, ledger, opened, read_until, reported, sent, view, vocabulary, weekly

HELD = reported("IT-25", "bill", Kind.BILL_FIRST_READING, date(2025, 12, 3), document="record")


def again(draft: Draft, published_on: date) -> Draft:
    """A claim that only another reading of the same bytes makes."""
    published = datetime(published_on.year, published_on.month, published_on.day, 3, tzinfo=UTC)
    return replace(draft, data={**draft.data, READ_AGAIN: True}, published_at=published)


def digest_after(before: list[Recorded], *later: Draft) -> Digest:
    """The digest of today, where the last one told of `before`."""
    last = weekly([], before, now=view(LAST_TIME, before), since=view(LAST_TIME, []))
    events = ledger(*(e.draft for e in before), *sent(last), *later)
    views = compared(events, read_until(TODAY), lambda day: day.weekday() < 5, subscription=DEFAULT, today=TODAY)
    return weekly(before, events, since=views.since, now=views.now, reread=views.reread, head=views.head)


def test_what_a_replay_finds_in_old_pages_is_no_news():
    old = again(reported("IT-22", "buses", Kind.TRIAL_STARTED, date(2025, 11, 4)), date(2025, 11, 4))
    told = digest_after(ledger(opened()), old)
    assert (told.happened, told.updates, told.earlier, told.corrections) == ((), (), (), ())


def test_what_it_finds_in_pages_of_the_period_is():
    new = again(reported("IT-22", "buses", Kind.TRIAL_STARTED, date(2025, 12, 4)), date(2025, 12, 4))
    assert len(digest_after(ledger(opened()), new).happened) == 1


def test_a_status_that_it_changes_is_told_with_that_cause():
    told = digest_after(ledger(opened()), again(reported("IT-25", "bill", Kind.BILL_FIRST_READING, date(2025, 3, 5)), date(2025, 3, 5)))
    assert [(c.cause, c.after) for c in told.changed if c.place.short == "IT-25"] == [(Cause.RULES, Status.MET)]
    assert "as pages were read again by other rules" in render(told, vocabulary(), note=NOTE).html


def test_what_was_told_and_is_read_otherwise_is_a_correction_and_no_news():
    before = ledger(opened(), replace(HELD, state=State.SCHEDULED, published_at=datetime(2025, 11, 20, tzinfo=UTC)))
    amended = replace(again(HELD, date(2025, 11, 20)), type=EventType.MILESTONE_AMENDED, amends=before[1].event_id)
    told = digest_after(before, amended)
    (correction,) = told.corrections
    assert (correction.before.state, correction.after.state) == (State.SCHEDULED, State.HAPPENED)
    assert told.happened == ()


def test_a_sitting_that_is_put_off_is_a_correction():
    agenda = reported("IT-25", "bill", Kind.BILL_FIRST_READING, date(2025, 12, 10), state=State.SCHEDULED, document="agenda")
    other = reported("IT-25", "bill", Kind.BILL_FIRST_READING, date(2025, 12, 17), state=State.SCHEDULED, document="other agenda")
    told = weekly(ledger(opened(), agenda), ledger(opened(), agenda, other))
    (correction,) = told.corrections
    assert (correction.before.occurred_on, correction.after.occurred_on) == (date(2025, 12, 10), date(2025, 12, 17))
    assert [(s.occurred_on, s.fresh) for s in told.scheduled] == [(date(2025, 12, 17), False)]


def test_a_sitting_held_on_another_day_is_news_and_no_correction():
    agenda = reported("IT-25", "bill", Kind.BILL_FIRST_READING, date(2025, 12, 2), state=State.SCHEDULED, document="agenda")
    told = weekly(ledger(opened(), agenda), ledger(opened(), agenda, HELD))
    assert (len(told.happened), told.corrections) == (1, ())


def test_documents_that_do_not_agree_are_told_once():
    release = reported("IT-25", "bill", Kind.BILL_FIRST_READING, date(2025, 12, 4), document="release")
    one, both = ledger(opened(), HELD), ledger(opened(), HELD, release)
    told = weekly(one, both)
    (doubt,) = told.doubts
    assert (doubt.about, doubt.kind, doubt.place.short) == (Disagreement.DAYS, Kind.BILL_FIRST_READING, "IT-25")
    assert not told.quiet
    assert set(doubt.events) <= set(told.carried)
    message = render(told, vocabulary(), note=NOTE)
    assert "2025-12-03" in message.text
    assert "Documents that do not agree" in message.html
    again_told = weekly(both, both)
    assert again_told.doubts == ()
    assert "do not agree" not in render(again_told, vocabulary(), note=NOTE).html
