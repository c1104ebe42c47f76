"""Every Hong Kong working day at a time of day: what would fall on a weekend or a general holiday comes on the next working day.

The working days are those of `milestones.adapters.calendar`. A day that was missed, because nothing ran, is made up for once, by its last tick.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pendulum
from airflow.timetables.base import DagRunInfo, DataInterval, TimeRestriction, Timetable

from milestones.adapters.calendar import is_working_day
from milestones.domain.dates import HKT

DAY = timedelta(days=1)


class WorkingDays(Timetable):  # type: ignore[misc]  # Airflow has no types that mypy reads
    """A tick on each working day at `hour`:`minute` of Hong Kong. Airflow finds it by the plugin, and wants a class derived from its own."""

    def __init__(self, *, hour: int, minute: int = 0) -> None:
        self.hour, self.minute = hour, minute
        self.description = f"At {hour:02}:{minute:02} on every Hong Kong working day"

    @property
    def summary(self) -> str:
        """What the list of DAGs shows."""
        return f"working days {self.hour:02}:{self.minute:02}"

    def serialize(self) -> dict[str, Any]:
        """As JSON data."""
        return {"hour": self.hour, "minute": self.minute}

    @classmethod
    def deserialize(cls, data: dict[str, Any]) -> "WorkingDays":
        """From what `serialize` gave."""
        return cls(**data)

    def infer_manual_data_interval(self, *, run_after: pendulum.DateTime) -> DataInterval:
        """A run asked for by hand is of that instant."""
        return DataInterval.exact(run_after)

    def next_dagrun_info(self, *, last_automated_data_interval: DataInterval | None, restriction: TimeRestriction) -> DagRunInfo | None:
        """The run after the last one; without catchup no earlier than the last tick before now."""
        ticks = [] if restriction.catchup else [self.last_tick(datetime.now(UTC))]
        if last_automated_data_interval is not None:
            ticks.append(self.first_tick(last_automated_data_interval.end + timedelta(microseconds=1)))
        if restriction.earliest is not None:
            ticks.append(self.first_tick(restriction.earliest))
        tick = max(ticks, default=None)
        if tick is None or (restriction.latest is not None and tick > restriction.latest):
            return None
        return DagRunInfo.exact(pendulum.instance(tick))

    def first_tick(self, instant: datetime) -> datetime:
        """The first tick at an instant or behind it."""
        return self._seek(instant.astimezone(HKT).date(), DAY, lambda tick: tick >= instant)

    def last_tick(self, instant: datetime) -> datetime:
        """The last tick at an instant or before it."""
        return self._seek(instant.astimezone(HKT).date(), -DAY, lambda tick: tick <= instant)

    def _seek(self, day: date, step: timedelta, fits: Callable[[datetime], bool]) -> datetime:
        while not (is_working_day(day) and fits(tick := datetime(day.year, day.month, day.day, self.hour, self.minute, tzinfo=HKT))):
            day += step
        return tick.astimezone(UTC)
