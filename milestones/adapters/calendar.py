"""Hong Kong's working days, and the days on which the Legislative Council does not meet.

Working days are Monday to Friday but for general holidays, as the `holidays` package lists them (its category "optional": "public" holds the
statutory ones alone, without Easter).
"""

from datetime import date, timedelta
from functools import cache

import holidays

_AROUND = timedelta(days=9)
_TERM_CHANGES = ((date(2025, 10, 23), date(2026, 1, 13)),)
"""Between the last sitting of one term and the first of the next; https://www.legco.gov.hk/ announces them."""


@cache
def _general_holidays(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("HK", years=year, categories=("optional", "public"))


def is_working_day(day: date) -> bool:
    """Whether Government offices work on this day."""
    return day.weekday() < 5 and day not in _general_holidays(day.year)


@cache
def in_recess(day: date) -> bool:
    """Whether the Council hardly ever meets: summer, Christmas, a change of term, the days around Lunar New Year, Ching Ming and Easter."""
    if (7, 10) <= (day.month, day.day) <= (10, 14) or (day.month, day.day) >= (12, 18) or (day.month, day.day) <= (1, 10):
        return True
    if any(first <= day <= last for first, last in _TERM_CHANGES):
        return True
    spring = [h for h in _general_holidays(day.year) if date(day.year, 1, 20) <= h <= date(day.year, 4, 30)]
    return any(abs(day - holiday) <= _AROUND for holiday in spring)
