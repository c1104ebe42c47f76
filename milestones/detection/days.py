"""Days as texts state them: "today (May 21)", "next Wednesday (May 3)", "the first of last month", 今日（五月二十一日）, 二○二五年.

The year comes from the release day where none is written: a month-day more than half a year away belongs to the year beside it.
A day that only closes something (by, until, 或之前) is marked as a limit, and a time without a day ("a year ago", 早前) as vague: neither
is the day of an act. The ways of each language stand in `days_en` and `days_zh`.
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from milestones.detection import days_en, days_zh
from milestones.domain.dates import Precision


class Role(Enum):
    """What a day is in its sentence."""

    PLAIN = auto()
    LIMIT = auto()
    REPLACED = auto()
    VAGUE = auto()


@dataclass(frozen=True, slots=True)
class DayMention:
    """A day in a folded sentence. `day` is the first of what `precision` means."""

    start: int
    end: int
    day: date
    precision: Precision
    role: Role


def day_mentions(text: str, language: str, release: date) -> list[DayMention]:
    """The days that a folded sentence names, in order of their place; of two that overlap the longer one."""
    reader = days_zh if language == "zh" else days_en
    if not reader.CUE.search(text):
        return []
    mentions: list[DayMention] = []
    for start, end, day, precision in sorted(reader.days(text, release), key=lambda f: (f[0] - f[1], f[0])):
        if _is_free(start, end, mentions):
            role = Role.REPLACED if reader.is_replaced(text, start) else Role.LIMIT if reader.is_limit(text, start, end) else Role.PLAIN
            mentions.append(DayMention(start, end, day, precision, role))
    for m in reader.VAGUE.finditer(text):
        if not reader.in_title(text, m.start()) and _is_free(m.start(), m.end(), mentions):
            mentions.append(DayMention(m.start(), m.end(), release, Precision.UNKNOWN, Role.VAGUE))
    return sorted(mentions, key=lambda m: m.start)


def _is_free(start: int, end: int, mentions: list[DayMention]) -> bool:
    return all(end <= m.start or start >= m.end for m in mentions)
