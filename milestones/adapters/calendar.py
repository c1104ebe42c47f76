"""Hong Kong's working days: Monday to Friday but for general holidays, as the `holidays` package lists them."""

from datetime import date
from functools import cache

import holidays


@cache
def _general_holidays(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("HK", years=year)


def is_working_day(day: date) -> bool:
    """Whether Government offices work on this day."""
    return day.weekday() < 5 and day not in _general_holidays(day.year)
