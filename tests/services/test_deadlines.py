from datetime import date

from milestones.domain.dates import Interval
from milestones.domain.milestones import fold
from milestones.domain.sittings import Calendar
from milestones.services.deadlines import deadline_lines, lapse_lines, opportunities
from tests.domain.build import KEY, board, record, told

CALENDAR = Calendar(
    (date(2024, 12, 11), date(2024, 12, 18)), (Interval(date(2022, 1, 1), date(2025, 12, 31)),), (Interval(date(2024, 1, 1), date(2024, 12, 31)),)
)


def lines(on: date) -> list[str]:
    statuses = [board(on)]
    return deadline_lines(statuses, on, opportunities(statuses, (), CALENDAR, on))


def test_the_last_sitting_is_warned_of_thirty_days_ahead() -> None:
    assert lines(date(2024, 11, 17)) == []
    assert lines(date(2024, 11, 18)) == [f"{KEY}/bill: last sitting before its deadline or the end of the term 2024-12-18 in 30 days"]
    assert lines(date(2024, 12, 18)) == [
        f"{KEY}/bill: due 2024-12-31 in 13 days; not_started",
        f"{KEY}/bill: last sitting before its deadline or the end of the term 2024-12-18 in 0 days",
    ]
    assert lines(date(2024, 12, 19)) == [f"{KEY}/bill: due 2024-12-31 in 12 days; not_started"]


def test_what_is_met_waits_for_no_sitting() -> None:
    on = date(2024, 12, 12)
    introduced = told(day=date(2024, 12, 11))
    statuses = [board(on, introduced)]
    assert opportunities(statuses, fold(record([introduced])).milestones, CALENDAR, on) == {}


def test_a_bill_that_its_term_left_behind_is_for_a_person_to_judge() -> None:
    steps = fold(record([told()])).milestones
    assert lapse_lines(steps, CALENDAR, date(2025, 12, 31)) == []
    (line,) = lapse_lines(steps, CALENDAR, date(2026, 1, 1))
    assert line.startswith(f"{KEY}/bill: stablecoins-bill was before the Council when its term ended on 2025-12-31, and no passage is known")
