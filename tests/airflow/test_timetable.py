"""Ticks on working days alone: against days of real calendars, and through Airflow's own serialisation."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pendulum
import pytest

from milestones.domain.dates import HKT

if TYPE_CHECKING:
    from airflow.sdk import DAG

    from milestones.airflow.timetable import WorkingDays


@pytest.fixture
def nine() -> "WorkingDays":
    from milestones.airflow.timetable import WorkingDays

    return WorkingDays(hour=9)


def ticks(timetable: "WorkingDays", first: datetime, count: int) -> list[str]:
    """The days of the runs that Airflow would make from an instant on, if it is to make up for all of them."""
    from airflow.timetables.base import TimeRestriction

    made, last = [], None
    while len(made) < count:
        info = timetable.next_dagrun_info(
            last_automated_data_interval=last, restriction=TimeRestriction(earliest=pendulum.instance(first), latest=None, catchup=True)
        )
        assert info is not None
        last = info.data_interval
        made.append(f"{info.run_after.astimezone(HKT):%Y-%m-%d %H:%M}")
    return made


def test_a_holiday_comes_on_the_next_working_day(nine: "WorkingDays") -> None:
    """Lunar New Year 2025: 29 to 31 January, Wednesday to Friday; Easter Monday 21 April."""
    assert ticks(nine, datetime(2025, 1, 28, 9, tzinfo=HKT), 2) == ["2025-01-28 09:00", "2025-02-03 09:00"]
    assert ticks(nine, datetime(2025, 4, 17, 9, 1, tzinfo=HKT), 1) == ["2025-04-22 09:00"]


def test_a_year_has_each_working_day_once(nine: "WorkingDays") -> None:
    """2025 has 261 weekdays, on which fifteen general holidays fall."""
    made = ticks(nine, datetime(2025, 1, 1, tzinfo=HKT), 246)
    assert len(set(made)) == 246
    assert made[0] == "2025-01-02 09:00"
    assert made[-1] == "2025-12-31 09:00"


def test_without_catchup_the_last_tick_is_made_up_for_and_no_other(nine: "WorkingDays") -> None:
    from airflow.timetables.base import DataInterval, TimeRestriction

    long_ago, now = pendulum.datetime(2024, 10, 16), datetime.now(UTC)
    restriction = TimeRestriction(earliest=long_ago, latest=None, catchup=False)
    first = nine.next_dagrun_info(last_automated_data_interval=None, restriction=restriction)
    assert first is not None
    assert first.run_after <= now < nine.first_tick(first.run_after + timedelta(seconds=1))
    following = nine.next_dagrun_info(last_automated_data_interval=DataInterval.exact(first.run_after), restriction=restriction)
    assert following is not None
    assert following.run_after > now
    ended = TimeRestriction(earliest=long_ago, latest=pendulum.datetime(2024, 12, 1), catchup=False)
    assert nine.next_dagrun_info(last_automated_data_interval=None, restriction=ended) is None


def test_airflow_finds_it_by_the_plugin_and_keeps_what_it_is_set_to(dags: dict[str, "DAG"]) -> None:
    from airflow.serialization.serialized_objects import DagSerialization

    kept = DagSerialization.from_dict(DagSerialization.to_dict(dags["deadlines"])).timetable
    assert kept.serialize() == {"hour": 7, "minute": 30}
    assert kept.summary == "working days 07:30"
