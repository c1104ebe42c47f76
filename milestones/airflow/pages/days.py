"""The days of a source as a calendar: which were read to the end since the promise, a strip a year, with a table of months as its twin."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from milestones.domain.coverage import CoverageRow
from milestones.domain.dates import days_between

CELL = 12
"""Side of one day in the drawing, its gap included."""

LEFT, TOP = 4, 16
"""Room for the outline of the first day, and for the names of months."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day and where it is drawn. `state` is `read` (in all lists of the source), `partly` or `unread`."""

    on: date
    state: str
    x: int
    y: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """A month as a line of the twin: days read to the end of all its days since the promise, and the others as runs."""

    name: str
    read: int
    of: int
    missing: Sequence[tuple[date, date]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """One strip: weeks are columns, Sunday is on top. `marks` are the months with where they begin."""

    year: int
    read: int
    days: Sequence[Day]
    marks: Sequence[tuple[int, int]]
    width: int
    height: int = TOP + 7 * CELL + 2


def years(rows: Iterable[CoverageRow], feeds: Sequence[str], first: date, last: date) -> list[Year]:
    """The strips, newest year first; a day counts as read where every feed of the source was read to the end."""
    states = _states(rows, feeds)
    strips = []
    for year, days in groupby(days_between(first, last), key=lambda d: d.year):
        drawn = [_day(day, states.get(day, "unread")) for day in days]
        marks = [(d.on.month, d.x) for d in drawn if d.on.day == 1 or d.on == drawn[0].on]
        told = [m for m, after in zip(marks, [*marks[1:], None], strict=True) if after is None or after[1] - m[1] > 2 * CELL]
        strips.append(Year(year=year, read=sum(d.state == "read" for d in drawn), days=drawn, marks=told, width=LEFT + 54 * CELL))
    return strips[::-1]


def months(strips: Iterable[Year]) -> list[Month]:
    """The same as lines of a table, newest first."""
    found = []
    for strip in strips:
        by_month = [(name, list(days)) for name, days in groupby(strip.days, key=lambda d: f"{d.on:%Y-%m}")]
        for name, days in reversed(by_month):
            read = sum(d.state == "read" for d in days)
            found.append(Month(name=name, read=read, of=len(days), missing=_runs([d.on for d in days if d.state != "read"])))
    return found


def _states(rows: Iterable[CoverageRow], feeds: Sequence[str]) -> dict[date, str]:
    closed: dict[date, set[str]] = {}
    for row in rows:
        if row.closed and row.feed in feeds:
            closed.setdefault(row.day, set()).add(row.feed)
    return {day: "read" if len(names) == len(feeds) else "partly" for day, names in closed.items()}


def _day(on: date, state: str) -> Day:
    first = date(on.year, 1, 1)
    lead = first.isoweekday() % 7
    week, weekday = divmod((on - first).days + lead, 7)
    return Day(on, state, LEFT + week * CELL, TOP + weekday * CELL)


def _runs(days: Sequence[date]) -> list[tuple[date, date]]:
    runs: list[tuple[date, date]] = []
    for day in days:
        if runs and runs[-1][1] == day - timedelta(days=1):
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return runs
