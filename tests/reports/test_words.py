from datetime import date

import pytest

from milestones.domain.dates import Interval, Precision
from milestones.domain.documents import Figure
from milestones.domain.vocabulary import Label
from milestones.reports import words

DAY = date(2025, 7, 1)


@pytest.mark.parametrize(
    ("precision", "expected"),
    [
        (Precision.DAY, "1 July 2025"),
        (Precision.MONTH, "July 2025"),
        (Precision.QUARTER, "third quarter of 2025"),
        (Precision.HALF, "second half of 2025"),
        (Precision.YEAR, "2025"),
        (Precision.UNKNOWN, "1 July 2025"),
    ],
)
def test_a_day_is_written_as_exactly_as_it_was_stated(precision: Precision, expected: str) -> None:
    assert words.stated(DAY, precision) == expected


def test_no_day_is_said_to_be_none() -> None:
    assert words.stated(None, Precision.MONTH) == words.day(None) == "day not stated"


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2025, 12, 1), date(2025, 12, 8), "1 to 8 December 2025"),
        (date(2025, 11, 24), date(2025, 12, 1), "24 November to 1 December 2025"),
        (date(2025, 12, 29), date(2026, 1, 5), "29 December 2025 to 5 January 2026"),
        (DAY, DAY, "1 July 2025"),
    ],
)
def test_a_period_repeats_nothing(first: date, last: date, expected: str) -> None:
    assert words.period(Interval(first, last)) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [("5000", "5,000 students (period)"), ("1234.50", "1,234.50 students (period)"), ("-1", "-1 students (period)")]
)
def test_a_figure(value: str, expected: str) -> None:
    assert words.figure(Figure(value=value, unit="pupils", basis="period"), {"pupils": Label("students", "名學生")}) == expected


def test_a_unit_without_a_label_stays_as_it_is() -> None:
    assert words.figure(Figure(value="3", unit="barrels", basis="level"), {}) == "3 barrels (level)"


def test_plain_keeps_words_and_drops_what_hides_or_reorders_them() -> None:
    assert words.plain(" a\tb\r\nc\u2028d\x00\x1b[31m\u202e氫能\u200f\ufeff ") == "a b c d[31m氫能"


def test_plain_cuts_what_is_too_long() -> None:
    assert words.plain("x" * 1000) == "x" * (words.LONGEST - 1) + "…"
