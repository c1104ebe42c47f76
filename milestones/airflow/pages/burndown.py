"""The burn-down of dated targets: how many were not yet met on each day, beside how many had their deadline still ahead.

Of dated targets only, and counts, never a share of them. A target leaves the first line on the last day on which it may have been met.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from milestones.domain.dates import Precision, interval_of
from milestones.domain.status import SETTLED

WIDTH, HEIGHT = 640, 230
_LEFT, _RIGHT, _TOP, _BOTTOM = 30, 12, 12, 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """At the end of a day: targets not yet met (None ahead of the day that is known), and those whose deadline had not passed."""

    on: date
    remaining: int | None
    ahead: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """The drawing: paths in a box of WIDTH by HEIGHT, and where years and counts are marked."""

    points: Sequence[Point]
    remaining: str
    ahead: str
    now: float
    years: Sequence[tuple[float, str]]
    counts: Sequence[tuple[float, str]]


def burndown(targets: Iterable[Mapping[str, Any]], promised_on: Mapping[str, str], as_of: date) -> Chart | None:
    """From the rows of dated targets; `promised_on`: by commitment. None without any."""
    rows = [(date.fromisoformat(promised_on[t["commitment"]]), date.fromisoformat(t["deadline_last_on"]), _left_on(t, as_of)) for t in targets]
    if not rows:
        return None
    days = sorted({as_of, *(promised for promised, _, _ in rows), *(due for _, due, _ in rows), *(left for *_, left in rows if left)})
    points = [
        Point(
            on=day,
            remaining=sum(promised <= day and not (left and left <= day) for promised, _, left in rows) if day <= as_of else None,
            ahead=sum(promised <= day < due for promised, due, _ in rows),
        )
        for day in days
    ]
    return _drawn(points, as_of, len(rows))


def _left_on(target: Mapping[str, Any], as_of: date) -> date | None:
    if target["status"] not in SETTLED:
        return None
    if not target["occurred_on"]:
        return as_of
    return min(interval_of(date.fromisoformat(target["occurred_on"]), Precision(target["occurred_precision"])).last, as_of)


def _drawn(points: Sequence[Point], as_of: date, most: int) -> Chart:
    first, last = points[0].on, max(points[-1].on, points[0].on + timedelta(days=1))

    def x(day: date) -> float:
        return round(_LEFT + (WIDTH - _LEFT - _RIGHT) * (day - first).days / (last - first).days, 1)

    def y(count: int) -> float:
        return round(_TOP + (HEIGHT - _TOP - _BOTTOM) * (1 - count / most), 1)

    def stairs(steps: Sequence[tuple[date, int]]) -> str:
        return f"M{x(steps[0][0])} {y(steps[0][1])}" + "".join(f"H{x(day)}V{y(count)}" for day, count in steps[1:])

    between = max(1, -(-most // 5))
    return Chart(
        points=points,
        remaining=stairs([(p.on, p.remaining) for p in points if p.remaining is not None]),
        ahead=stairs([(p.on, p.ahead) for p in points]),
        now=x(as_of),
        years=[(x(day), str(day.year)) for day in (date(year, 1, 1) for year in range(first.year + 1, last.year + 1))],
        counts=[(y(count), str(count)) for count in range(0, most + 1, between)],
    )
