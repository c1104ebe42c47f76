"""The course of the dated targets as a picture: how many dates had come by each day, and how many targets were met.

Drawn on white whatever the reader's mail program shows, with nothing but shape and label to tell the lines apart. The same course gives the
same bytes on one machine; Chinese words are drawn only where a font for them is found.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

import altair as alt
import vl_convert

log = logging.getLogger(__name__)

FEWEST = 3
"""Targets below which a list says it better."""

_FONTS = (
    ("NotoSansCJK*", "Noto Sans CJK HK"),
    ("NotoSansHK*", "Noto Sans HK"),
    ("NotoSansTC*", "Noto Sans TC"),
    ("SourceHanSans*", "Source Han Sans HK"),
    ("PingFang*", "PingFang HK"),
    ("msjh*", "Microsoft JhengHei"),
    ("wqy-*", "WenQuanYi Zen Hei"),
)
_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "C:/Windows/Fonts",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What a picture shows: `total` targets, of which the date of `due` had come by the day and `met` were met."""

    total: int
    due: int
    met: int
    last: date


def course_of(targets: Sequence[tuple[date, date | None]], on: date) -> Course:
    """The figures of the picture, for those who do not see it; `targets` are each one's date, and the day it was met."""
    return Course(
        total=len(targets),
        due=sum(due <= on for due, _ in targets),
        met=sum(met is not None and met <= on for _, met in targets),
        last=max(due for due, _ in targets),
    )


@cache
def chinese_font() -> str | None:
    """A font of this machine that has Chinese characters; None, and a line in the log, where there is none."""
    for folder in map(Path, _FOLDERS):
        for pattern, family in _FONTS:
            if next(folder.expanduser().rglob(pattern), None):
                return family
    log.warning("No font with Chinese characters was found, so charts in Chinese mails have English words; install fonts-noto-cjk.")
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """The words of a picture."""

    due: str
    met: str
    targets: str


@lru_cache(maxsize=32)
def course_png(targets: tuple[tuple[date, date | None], ...], *, promised_on: date, on: date, labels: Labels) -> bytes:
    """Two lines of steps as a PNG of twice 592 by 200 pixels. Subscriptions of the same scope share it."""
    last = max(on, *(due for due, _ in targets))
    rows = _steps(labels.due, [due for due, _ in targets], promised_on, last)
    rows += _steps(labels.met, [met for _, met in targets if met and met <= on], promised_on, on)
    domain = [labels.due, labels.met]
    base = alt.Chart(alt.InlineData(values=rows))
    lines = base.mark_line(interpolate="step-after", strokeWidth=2.5).encode(
        x=alt.X("day:T", title=None, axis=alt.Axis(format="%Y-%m", labelAngle=0, tickCount=6, grid=False)),
        y=alt.Y("count:Q", title=labels.targets, axis=alt.Axis(tickMinStep=1, gridColor="#e3e8ed")),
        color=alt.Color("line:N", scale=alt.Scale(domain=domain, range=["#5b6b7a", "#14559b"]), legend=alt.Legend(title=None, orient="top")),
        strokeDash=alt.StrokeDash("line:N", scale=alt.Scale(domain=domain, range=[[6, 3], [1, 0]]), legend=None),
    )
    today = alt.Chart(alt.InlineData(values=[{"day": on.isoformat()}])).mark_rule(color="#a15c00", strokeWidth=1.5).encode(x="day:T")
    font = chinese_font() or "sans-serif"
    chart = (lines + today).properties(width=520, height=150, background="#ffffff", padding=8).configure(font=font).configure_view(stroke=None)
    return bytes(vl_convert.vegalite_to_png(chart.to_json(validate=False), scale=2))


def _steps(line: str, days: Sequence[date], first: date, last: date) -> list[dict[str, object]]:
    known = sorted(days)
    counted = {max(day, first): n for n, day in enumerate(known, start=1)}
    end = len([d for d in known if d <= last])
    return [{"line": line, "day": day.isoformat(), "count": n} for day, n in {first: 0, **counted, last: end}.items()]
