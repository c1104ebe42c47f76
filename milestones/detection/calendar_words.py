"""What both languages share in telling days: the year of a bare month-day, and weekdays as people say them."""

from datetime import date, timedelta

from milestones.domain.dates import Precision

Found = tuple[int, int, date, Precision]
"""Start and end in the text, the first day meant, and how exactly."""

_HALF_YEAR = 183


def made(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def near(month: int, day: int, release: date) -> date | None:
    """The month-day within half a year of the release; None where there is no such day."""
    for year in (release.year, release.year + 1, release.year - 1):
        found = made(year, month, day)
        if found and -_HALF_YEAR <= (found - release).days <= _HALF_YEAR:
            return found
    return made(release.year, month, day)


def weekday(index: int, release: date, weeks: int | None) -> date:
    """The weekday (Monday is 0) in the week that is `weeks` from the release's; with None the next one to come, today included."""
    if weeks is None:
        return release + timedelta(days=(index - release.weekday()) % 7)
    return release - timedelta(days=release.weekday()) + timedelta(days=7 * weeks + index)
