from datetime import date

import pytest

from milestones.domain.commitments import Completion, Deadline, DeadlineKind
from milestones.domain.dates import Interval
from milestones.domain.documents import Document, Form, Item
from milestones.domain.events import Draft, Kind
from milestones.domain.milestones import Milestone, fold
from milestones.domain.sittings import Calendar, calendar_of, lapsed, last_opportunity_on, opportunity
from tests.domain.build import FIRST_READING, NO_DEADLINE, record, scheduled, target, told

TERM = Interval(date(2022, 1, 1), date(2025, 12, 31))
SESSION = Interval(date(2025, 1, 1), date(2025, 12, 31))
SITTINGS = (date(2025, 9, 25), date(2025, 10, 15), date(2025, 10, 22))
CALENDAR = Calendar(SITTINGS, (TERM,), (SESSION,))
TODAY = date(2025, 9, 1)
PASSED = Completion(kind=Kind.BILL_PASSED, subject="stablecoins-bill")
BY_END_2025 = Deadline(kind=DeadlineKind.BY, printed="within 2025", interval=Interval(date(2025, 1, 1), date(2025, 12, 31)))
BY_2027 = Deadline(kind=DeadlineKind.BY, printed="by 2027", interval=Interval(date(2025, 1, 1), date(2027, 12, 31)))


def steps(*drafts: Draft) -> tuple[Milestone, ...]:
    return fold(record(drafts)).milestones


INTRODUCED = steps(told(day=date(2025, 4, 2)))


@pytest.mark.parametrize(
    ("deadline", "term_end", "last"),
    [
        (date(2025, 10, 22), None, date(2025, 10, 22)),
        (date(2025, 10, 21), None, date(2025, 10, 15)),
        (date(2025, 12, 31), date(2025, 9, 30), date(2025, 9, 25)),
        (None, date(2025, 12, 31), date(2025, 10, 22)),
        (date(2025, 9, 24), None, None),
        (None, None, None),
    ],
)
def test_the_last_opportunity_is_the_last_sitting_by_the_deadline_and_by_the_end_of_the_term(
    deadline: date | None, term_end: date | None, last: date | None
) -> None:
    assert last_opportunity_on(deadline, SITTINGS, term_end) == last


def test_a_target_that_waits_for_a_law_has_until_the_last_sitting_before_its_deadline() -> None:
    assert opportunity(target(deadline=BY_END_2025, completes=(FIRST_READING,)), (), CALENDAR, TODAY) == date(2025, 10, 22)
    for kind in (Kind.FACILITY_OPENED, Kind.BILL_GAZETTED, Kind.SUBSIDIARY_LEGISLATION_GAZETTED):
        alone = Completion(kind=kind, subject="pier")
        assert opportunity(target(deadline=BY_END_2025, completes=(alone,)), (), CALENDAR, TODAY) is None, "it needs no sitting"


def test_the_end_of_the_term_binds_what_is_before_the_council_and_nothing_else() -> None:
    for deadline in (NO_DEADLINE, BY_2027):
        waiting = target(deadline=deadline, completes=(PASSED,))
        assert opportunity(waiting, (), CALENDAR, TODAY) is None
        assert opportunity(waiting, INTRODUCED, CALENDAR, TODAY) == date(2025, 10, 22)
        assert opportunity(waiting, steps(scheduled(date(2025, 10, 15))), CALENDAR, TODAY) is None, "a plan brings nothing before the Council"


def test_nothing_is_said_of_days_for_which_no_sittings_are_known_yet() -> None:
    waiting = target(deadline=BY_END_2025)
    assert Calendar(SITTINGS, (TERM,)).known_until == date(2025, 10, 22)
    assert opportunity(waiting, (), Calendar(SITTINGS, (TERM,)), TODAY) is None
    assert opportunity(waiting, (), Calendar((), (TERM,), (SESSION,)), TODAY) is None


def test_a_bill_before_the_council_at_the_end_of_its_term_without_a_known_end_is_pointed_out() -> None:
    after = date(2026, 1, 5)
    assert lapsed(INTRODUCED, CALENDAR, TODAY) == []
    assert [(m.subject, end) for m, end in lapsed(INTRODUCED, CALENDAR, after)] == [("stablecoins-bill", date(2025, 12, 31))]
    for kind in (Kind.BILL_PASSED, Kind.BILL_WITHDRAWN, Kind.BILL_LAPSED, Kind.ORDINANCE_GAZETTED):
        assert lapsed(steps(told(day=date(2025, 4, 2)), told(kind, date(2025, 7, 9))), CALENDAR, after) == []
    assert lapsed(steps(told(day=date(2026, 1, 2))), CALENDAR, after) == [], "a bill of a term that is not known"


def test_the_calendar_is_put_together_from_several_documents() -> None:
    def schedule(*items: tuple[str, str]) -> Document:
        entries = tuple(Item(heading=h, text=t) for h, t in items)
        return Document(
            document_id="s", url="s", source="legco-schedule", form=Form.COUNCIL_SCHEDULE, language="en", headline="", paragraphs=(), items=entries
        )

    found = calendar_of(
        [
            schedule(("sitting", "2025-10-22"), ("sitting", "2025-09-25")),
            schedule(("sitting", "2025-10-15"), ("sitting", "2025-10-22")),
            schedule(("term", "2022-01-01/2025-12-31")),
            schedule(("session", "2025-01-01/2025-12-31")),
        ]
    )
    assert found == CALENDAR
