"""Days as people state them: a first and a last day, with the precision in which they were said.

Hong Kong keeps UTC+8 without daylight saving, so its days need no time zone database.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from functools import lru_cache

HKT = timezone(timedelta(hours=8), "HKT")

IsWorkingDay = Callable[[date], bool]


class Precision(StrEnum):
    """How exactly a day is known."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    UNKNOWN = "unknown"


_FINEST_FIRST = tuple(Precision)

_MONTHS = {Precision.MONTH: 1, Precision.QUARTER: 3, Precision.HALF: 6, Precision.YEAR: 12}


def fineness(precision: Precision | None) -> int:
    """The place of a precision in the order from exact to unknown."""
    return _FINEST_FIRST.index(precision or Precision.UNKNOWN)


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """Days from `first` to `last`, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"interval ends {self.last} before it begins {self.first}")


@lru_cache(maxsize=4_096)  # the same few days are asked for again and again: half of the time of a scoreboard
def interval_of(day: date, precision: Precision) -> Interval:
    """The days that a day stated with `precision` may mean; a quarter holding `day`, say."""
    months = _MONTHS.get(precision)
    if months is None:
        return Interval(day, day)
    first_month = (day.month - 1) // months * months + 1
    first = date(day.year, first_month, 1)
    return Interval(first, add_months(first, months) - timedelta(days=1))


def add_months(first: date, months: int) -> date:
    """The first of the month that lies `months` after the month of `first`."""
    index = first.year * 12 + first.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def hk_day(instant: datetime) -> date:
    """The Hong Kong day of an instant (aware datetimes only)."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return instant.astimezone(HKT).date()


def end_of_hk_day(day: date) -> datetime:
    """The instant at which a Hong Kong day is over."""
    return datetime(day.year, day.month, day.day, tzinfo=HKT) + timedelta(days=1)


def utc_text(instant: datetime) -> str:
    """An instant as it stands in ledger and exports: `2024-12-18T03:00:00.000000Z`, always six decimals."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    # Six times as fast as strftime, and every event has three of them.
    return f"{instant.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


def instant_of(text: str) -> datetime:
    """The reverse of `utc_text`."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


def days_between(first: date, last: date) -> list[date]:
    """Every day from `first` to `last`, both included; empty where `last` is earlier."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def working_days_after(day: date, count: int, is_working_day: IsWorkingDay) -> date:
    """The `count`-th working day after `day`."""
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day
