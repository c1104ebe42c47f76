"""Days on a line, in per cent of its length, for drawings that the server makes: an axis with its ticks, bars and marks.

Per cent and not pixels, so that a drawing fits every width while its words and marks keep their size. Pure.
"""

from dataclasses import dataclass
from datetime import date, timedelta

MOST_MONTHS, MOST_YEARS = 5, 8
"""Labels that a telephone of 320 pixels has room for."""

_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 240)


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of a line, from `x` on, `width` long."""

    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Tick:
    """The first day of a month, with its label."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Axis:
    """The days from `first` to `last`, of which `last` is the later."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days lie between its ends."""
        return (self.last - self.first).days

    def holds(self, day: date) -> bool:
        """Whether the day lies on it."""
        return self.first <= day <= self.last

    def at(self, day: date) -> float:
        """Where a day lies; one beyond an end lies on that end."""
        return round(100 * min(max((day - self.first).days, 0), self.days) / self.days, 2)

    def bar(self, first: date, last: date) -> Bar | None:
        """What of a stretch of days lies on it; None where nothing does."""
        if last < self.first or first > self.last:
            return None
        return Bar(self.at(first), round(self.at(last) - self.at(first), 2))

    def ticks(self) -> list[Tick]:
        """Firsts of months or of years, so many as there is room for."""
        most = ((step, MOST_MONTHS if step < 12 else MOST_YEARS) for step in _MONTHS)
        return next(ticks for step, room in most if len(ticks := self._ticks(step)) <= room or step == _MONTHS[-1])

    def moved(self, part: float) -> "Axis":
        """As long, further on by a part of its length; back where that is negative."""
        by = timedelta(days=round(self.days * part))
        return Axis(self.first + by, self.last + by)

    def scaled(self, factor: float) -> "Axis":
        """About the same middle, `factor` times as long, at least a week."""
        half = max(round(self.days * factor), 7) // 2
        middle = self.first + timedelta(days=self.days // 2)
        return Axis(middle - timedelta(days=half), middle + timedelta(days=half + 1))

    def _ticks(self, step: int) -> list[Tick]:
        months = range(self.first.year * 12 + self.first.month - 1, self.last.year * 12 + self.last.month)
        starts = [date(m // 12, m % 12 + 1, 1) for m in months if m % step == 0]
        return [Tick(self.at(day), f"{day.year}" if step >= 12 else f"{day:%Y-%m}") for day in starts if self.holds(day)]
