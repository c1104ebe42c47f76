"""What belongs in a calendar: names that stay, numbers that rise, and what is taken back."""

from datetime import date

from milestones.domain.events import Draft, Kind, Recorded, State
from milestones.domain.status import View
from milestones.services.dates_ahead import Entry, entries
from tests.reports.sample import LAST_TIME, REGISTRY, TODAY, ledger, opened, reported, view

READING = date(2025, 12, 10)


def reading(day: date = READING, document: str = "agenda") -> Draft:
    return reported("IT-25", "bill", Kind.BILL_FIRST_READING, day, state=State.SCHEDULED, document=document)


def calendar(before: list[Recorded] | None, after: list[Recorded]) -> dict[str, Entry]:
    """The entries by what they are about."""
    touched = {(e.draft.commitment or "", e.draft.target or ""): e.position for e in after if e.draft.target}
    since: View | None = view(LAST_TIME, before) if before is not None else None
    found = entries(REGISTRY, since, view(TODAY, after), touched, {})
    return {_name(e): e for e in found}


def _name(entry: Entry) -> str:
    target = next(t.slug for c in REGISTRY.commitments() for t in c.targets if t.title_en == entry.place.target_en)
    return f"{entry.place.short}/{entry.kind or f'{target} deadline'}{' off' if entry.cancelled else ''}"


def test_deadlines_of_open_targets_and_announced_days_by_day() -> None:
    found = calendar(None, ledger(opened(), reading()))
    assert list(found) == ["IT-25/bill_first_reading", "IT-25/bill deadline", "IP-08/students deadline", "IT-25/certification deadline"]


def test_a_sitting_that_is_put_off_keeps_its_name_and_rises() -> None:
    first = calendar(None, ledger(opened(), reading()))["IT-25/bill_first_reading"]
    later = ledger(opened(), reading(), reading(date(2025, 12, 17), "next agenda"))
    moved = calendar(ledger(opened(), reading()), later)["IT-25/bill_first_reading"]
    assert (moved.uid, moved.day, moved.cancelled) == (first.uid, date(2025, 12, 17), False)
    assert moved.sequence > first.sequence


def test_what_is_unchanged_keeps_its_number() -> None:
    events = ledger(opened(), reading())
    assert calendar(None, events) == calendar(events, events)


def test_the_deadline_of_a_target_that_was_met_is_taken_back() -> None:
    before = ledger(opened())
    met = reported("IT-25", "bill", Kind.BILL_FIRST_READING, date(2025, 12, 3))
    found = calendar(before, ledger(opened(), met))
    gone = found["IT-25/bill deadline off"]
    assert (gone.day, gone.sequence) == (date(2025, 12, 31), 2)
    assert "IT-25/bill deadline off" not in calendar(None, ledger(opened(), met))


def test_a_day_that_is_over_is_not_taken_back() -> None:
    held = date(2025, 12, 3)
    before = ledger(opened(), reading(held))
    after = ledger(opened(), reading(held), reported("IT-25", "bill", Kind.BILL_FIRST_READING, held, document="record"))
    assert not [name for name in calendar(before, after) if name == "IT-25/bill_first_reading off"]


def test_the_last_sitting_stands_with_its_deadline() -> None:
    events = ledger(opened())
    found = entries(REGISTRY, None, view(TODAY, events), {}, {("PA2024/IT-25", "bill"): READING})
    assert [e.last_sitting for e in found if e.day == date(2025, 12, 31)] == [READING]
