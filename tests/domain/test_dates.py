"""Days as people state them."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milestones.domain.dates import (
    HKT,
    Interval,
    Precision,
    add_months,
    days_between,
    end_of_hk_day,
    hk_day,
    instant_of,
    interval_of,
    utc_text,
    working_days_after,
)
from tests.domain.build import is_working_day

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
INSTANTS = st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1), timezones=st.sampled_from([UTC, HKT, timezone(timedelta(hours=-11))]))  # noqa: DTZ001  # hypothesis wants naive bounds


@pytest.mark.parametrize(
    ("precision", "first", "last"),
    [
        (Precision.DAY, date(2024, 2, 29), date(2024, 2, 29)),
        (Precision.MONTH, date(2024, 2, 1), date(2024, 2, 29)),
        (Precision.QUARTER, date(2024, 1, 1), date(2024, 3, 31)),
        (Precision.HALF, date(2024, 1, 1), date(2024, 6, 30)),
        (Precision.YEAR, date(2024, 1, 1), date(2024, 12, 31)),
        (Precision.UNKNOWN, date(2024, 2, 29), date(2024, 2, 29)),
    ],
)
def test_a_day_means_the_whole_period_it_was_stated_for(precision, first, last):
    assert interval_of(date(2024, 2, 29), precision) == Interval(first, last)


@pytest.mark.parametrize(("month", "first", "last"), [(3, 1, 3), (4, 4, 6), (9, 7, 9), (12, 10, 12)])
def test_quarters_begin_in_january_april_july_and_october(month, first, last):
    meant = interval_of(date(2025, month, 15), Precision.QUARTER)
    assert (meant.first.month, meant.last.month) == (first, last)


def test_the_second_half_runs_to_the_end_of_december():
    assert interval_of(date(2025, 7, 1), Precision.HALF) == Interval(date(2025, 7, 1), date(2025, 12, 31))


@given(DAYS, st.sampled_from(Precision))
def test_an_interval_contains_its_day_and_means_itself(day, precision):
    meant = interval_of(day, precision)
    assert meant.first <= day <= meant.last
    assert interval_of(meant.first, precision).last == meant.last or precision in {Precision.DAY, Precision.UNKNOWN}


def test_an_interval_cannot_end_before_it_begins():
    with pytest.raises(ValueError, match="ends 2024-12-30 before it begins 2024-12-31"):
        Interval(date(2024, 12, 31), date(2024, 12, 30))


@pytest.mark.parametrize(
    ("months", "wanted"), [(0, date(2024, 11, 1)), (1, date(2024, 12, 1)), (2, date(2025, 1, 1)), (14, date(2026, 1, 1)), (-11, date(2023, 12, 1))]
)
def test_months_carry_over_years(months, wanted):
    assert add_months(date(2024, 11, 30), months) == wanted


def test_a_hong_kong_day_begins_at_four_in_the_afternoon_utc():
    assert hk_day(datetime(2024, 12, 17, 15, 59, 59, 999999, tzinfo=UTC)) == date(2024, 12, 17)
    assert hk_day(datetime(2024, 12, 17, 16, tzinfo=UTC)) == date(2024, 12, 18)


@given(DAYS)
def test_a_day_is_over_at_the_first_instant_of_the_next(day):
    over = end_of_hk_day(day)
    assert (hk_day(over), hk_day(over - timedelta(microseconds=1))) == (day + timedelta(days=1), day)


def test_instants_are_text_in_utc_with_six_decimals():
    assert utc_text(datetime(2024, 12, 18, 11, 0, tzinfo=HKT)) == "2024-12-18T03:00:00.000000Z"


@given(INSTANTS)
def test_instants_survive_as_text_and_sort_as_text(instant):
    assert instant_of(utc_text(instant)) == instant
    assert utc_text(instant) < utc_text(instant + timedelta(microseconds=1))


@pytest.mark.parametrize("reading", [hk_day, utc_text])
def test_an_instant_without_a_zone_is_refused(reading):
    with pytest.raises(ValueError, match="needs a time zone"):
        reading(datetime(2024, 12, 18, 11, 0))  # noqa: DTZ001  # the very thing under test


def test_days_between_hold_both_ends_and_nothing_backwards():
    assert days_between(date(2024, 12, 31), date(2025, 1, 2)) == [date(2024, 12, 31), date(2025, 1, 1), date(2025, 1, 2)]
    assert days_between(date(2025, 1, 2), date(2025, 1, 2)) == [date(2025, 1, 2)]
    assert days_between(date(2025, 1, 2), date(2025, 1, 1)) == []


@pytest.mark.parametrize(
    ("day", "count", "wanted"),
    [
        (date(2024, 12, 18), 0, date(2024, 12, 18)),
        (date(2024, 12, 18), 1, date(2024, 12, 19)),
        (date(2024, 12, 18), 3, date(2024, 12, 23)),
        (date(2024, 12, 21), 1, date(2024, 12, 23)),
        (date(2024, 12, 24), 1, date(2024, 12, 27)),
        (date(2024, 12, 24), 3, date(2024, 12, 31)),
        (date(2024, 12, 31), 1, date(2025, 1, 2)),
    ],
)
def test_working_days_skip_weekends_and_holidays(day, count, wanted):
    assert working_days_after(day, count, is_working_day) == wanted
