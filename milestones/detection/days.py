"""Days as texts state them: "today (May 21)", "next Wednesday (May 3)", "the first of last month", 今日（五月二十一日）, 二○二五年.

The year comes from the release day where none is written: a month-day more than half a year away belongs to the year beside it.
A day that only closes something (by, until, 或之前) is marked as a limit, and a time without a day ("a year ago", 早前) as vague: neither
is the day of an act. The ways of each language stand in `days_en` and `days_zh`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum, auto

from milestones.detection import days_en, days_zh
from milestones.detection.calendar_words import made
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
            role = Role.REPLACED if reader.is_replaced(text, start, end) else Role.LIMIT if reader.is_limit(text, start, end) else Role.PLAIN
            mentions.append(DayMention(start, end, day, precision, role))
    for m in reader.VAGUE.finditer(text):
        if not reader.in_title(text, m.start()) and _is_free(m.start(), m.end(), mentions):
            mentions.append(DayMention(m.start(), m.end(), release, Precision.UNKNOWN, Role.VAGUE))
    return _resolved(text, sorted(mentions, key=lambda m: m.start), reader.years_from)


_YEAR = re.compile(r"(?:19|20)\d\d")


def _resolved(text: str, mentions: list[DayMention], years_from: Callable[[str, int, int], int | None]) -> list[DayMention]:
    """With the years that are told from the day before ("in May the same year"); vague where the sentence names none."""
    found: list[DayMention] = []
    for mention in mentions:
        years = None if mention.role is Role.VAGUE else years_from(text, mention.start, mention.end)
        if years is not None:
            before = next((y for m in reversed(found) if (y := _year_of(text, m))), None)
            day = made(before + years, mention.day.month, mention.day.day) if before else None
            found.append(replace(mention, day=day) if day else replace(mention, role=Role.VAGUE))
        else:
            found.append(mention)
    return found


def _year_of(text: str, mention: DayMention) -> int | None:
    if mention.role is not Role.VAGUE:
        return mention.day.year
    written = _YEAR.search(text, mention.start, mention.end)
    return int(written[0]) if written else None


def _is_free(start: int, end: int, mentions: list[DayMention]) -> bool:
    return all(end <= m.start or start >= m.end for m in mentions)
