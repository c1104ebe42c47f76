"""Acts that are given another day: "has been deferred to December 19", 改期至十二月十九日, "should read June 16 instead of June 6".

Whatever else the sentence says, such an act has not taken place by being put off; it stands on the new day, or on none. Appointments
announced on one day "with effect from" another stand on that other.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from milestones.detection.acts import STATED, Act
from milestones.detection.days import DayMention, Role
from milestones.domain.dates import Precision

_FROM_EN = re.compile(r"\b(?:with effect|effective|taking effect|commencing|starting)(?: (?:from|on))? $")
_FROM_ZH = re.compile(r"起(?:計|生效|上任|履新|出任|[,，]?為期)?|(?:上任|履新|生效|就任)")


@dataclass(frozen=True, slots=True)
class Redated:
    """That an act was given another day; `day` is None where the sentence does not say which."""

    day: DayMention | None


_REACH = 160
"""Characters between the words of an act and those that put it off."""
_BEHIND = 6
"""Characters between the new day and the act that is done on it."""

_TO_EN = re.compile(r"(?: from [^.;,]{3,40})? (?:to|until|till|for)(?: the)? ")
_TO_ZH = re.compile(r"[^,。;]{0,8}[至到於在為]$")
_SHOULD_BE_EN = re.compile(r"\bshould (?:read|be)[ \"']{1,3}$")
_SHOULD_BE_ZH = re.compile(r"(?:應為|應作|更正為|修訂為)(?:[今明]年)?$")


def redated(text: str, act: Act, acts: Sequence[Act], days: Sequence[DayMention], language: str) -> Redated | None:
    """The new day of an act that the sentence puts off, calls off or corrects; None where it leaves the act alone."""
    if act.family in STATED:
        return None
    another = _corrected(text, act, days, language) or (_effective(text, act, days, language) if act.family == "appoint" else None)
    if another:
        return Redated(another)
    near = [a for a in acts if a.family in ("delay", "cancel") and abs(a.start - act.end) < _REACH]
    if not near:
        return None
    new = (d for a in near if a.family == "delay" and (d := _moved_to(text, a, days, language)) and _is_moved(text, act, a, d, acts))
    return Redated(next(new, None))


def _is_moved(text: str, act: Act, delay: Act, day: DayMention, acts: Sequence[Act]) -> bool:
    """Whether it is this act that the delay moves: the last one before it, or the one right behind the new day (延至六月十五日推出)."""
    if 0 <= act.start - day.end <= _BEHIND and not set(",;") & set(text[day.end : act.start]):
        return True
    before = [a for a in acts if a.family not in STATED and a.end <= delay.end]
    return act in before and act.end > max(a.start for a in before)


def _corrected(text: str, act: Act, days: Sequence[DayMention], language: str) -> DayMention | None:
    pattern = _SHOULD_BE_ZH if language == "zh" else _SHOULD_BE_EN
    later = (d for d in days if d.precision is Precision.DAY and 0 <= d.start - act.end < _REACH)
    return next((d for d in later if pattern.search(text[: d.start])), None)


def _effective(text: str, act: Act, days: Sequence[DayMention], language: str) -> DayMention | None:
    later = (d for d in days if d.precision is Precision.DAY and d.start >= act.end)
    if language == "zh":
        return next((d for d in later if text[d.start - 1] in "由於自" and _FROM_ZH.match(text, d.end)), None)
    return next((d for d in later if _FROM_EN.search(text[: d.start])), None)


def _moved_to(text: str, delay: Act, days: Sequence[DayMention], language: str) -> DayMention | None:
    for day in days:
        if day.start < delay.end or day.precision is not Precision.DAY or day.role is Role.VAGUE:
            continue
        if (
            _TO_ZH.match(text[delay.verb : day.start], delay.end - delay.verb - 1)
            if language == "zh"
            else _TO_EN.fullmatch(text, delay.end, day.start)
        ):
            return day
    return None
