"""Corrections are owed to exactly those who got a line that does not hold any more, once."""

from dataclasses import replace
from datetime import date

from milestones.domain.events import Recorded
from milestones.services.corrections_mail import Owed, owed
from milestones.services.issued import Issued
from tests.domain.build import amending, record, registry, retracting, told

TODAY = date(2024, 12, 20)


def mail(*events: Recorded, to: str = "person:1", position: int = 1, kind: str = "digest", reached: bool = True) -> Issued:
    return Issued(
        kind=kind, subscription="desk", message_id=f"<{to}{position}{kind}>", last_day=TODAY, position=position, mail="",
        events=tuple(e.event_id for e in events), unread=(), readers=(to,), reached=frozenset({to} if reached else ()), sent=reached,
    )  # fmt: skip


def asked(events: list[Recorded], *mails: Issued) -> list[Owed]:
    return owed(events, mails, registry(), on=TODAY)


def test_an_amended_line_is_told_to_those_who_got_it_old_and_new():
    events = record([told()])
    amended = record([amending(events[0], occurred_on=date(2024, 12, 17))], after=events)
    (due,) = asked(amended, mail(events[0]), mail(to="person:2"), mail(events[0], to="person:3", reached=False))
    assert due.readers == ("person:1",)
    (line,) = due.lines
    assert line.line.after is not None
    assert (line.line.before.occurred_on, line.line.after.occurred_on) == (date(2024, 12, 18), date(2024, 12, 17))
    assert set(due.events) == {e.event_id for e in amended}


def test_a_retracted_line_has_no_new_one_unless_another_document_still_tells_it():
    events = record([told()])
    (due,) = asked(record([retracting(events[0])], after=events), mail(events[0]))
    assert due.lines[0].line.after is None
    two = record([told(), told(page="twin")])
    assert asked(record([retracting(two[0])], after=two), mail(two[0], position=2)) == []


def test_it_is_owed_once_and_again_when_what_was_corrected_changes():
    events = record([told()])
    second = record([amending(events[0], occurred_on=date(2024, 12, 17))], after=events)
    sent = mail(*second, kind="correction", position=2)
    assert asked(second, mail(events[0]), sent) == []
    begun = mail(*second, kind="correction", position=2, reached=False)
    assert asked(second, mail(events[0]), begun) == [], "what was begun is finished, not made anew"
    third = record([amending(second[1], occurred_on=date(2024, 12, 16))], after=second)
    (due,) = asked(third, mail(events[0]), sent)
    assert [line.line.before.occurred_on for line in due.lines] == [date(2024, 12, 17)], "the line that they were told last"
    assert third[2].event_id in due.events


def test_a_digest_that_told_the_correction_is_enough():
    events = record([told()])
    amended = record([amending(events[0], occurred_on=date(2024, 12, 17))], after=events)
    assert asked(amended, mail(events[0]), mail(*amended, position=2)) == []


def test_other_words_of_the_same_step_are_no_correction():
    events = record([told()])
    assert asked(record([amending(events[0], quote="Other words.")], after=events), mail(events[0])) == []


def test_readers_of_the_same_lines_get_the_same_mail():
    events = record([told()])
    amended = record([retracting(events[0])], after=events)
    both = replace(mail(events[0]), readers=("person:1", "person:2"), reached=frozenset({"person:1", "person:2"}))
    (due,) = asked(amended, both)
    assert sorted(due.readers) == ["person:1", "person:2"]
    assert [o.readers for o in asked(amended, replace(both, readers=(), reached=frozenset()))] == [()], "where it went to a folder alone"
