"""Days and figures in the language of a report."""

from collections.abc import Mapping
from datetime import date

from milestones.domain.dates import Precision
from milestones.domain.documents import Figure
from milestones.domain.vocabulary import Label
from milestones.reports import words
from milestones.reports.wording import say

_QUARTERS = "一二三四"


def day(value: date | None, language: str) -> str:
    """`3 December 2025`, 「2025年12月3日」; says so where there is none."""
    if language == "en":
        return words.day(value)
    return f"{value.year}年{value.month}月{value.day}日" if value else "日期未有說明"


def stated(value: date | None, precision: Precision, language: str) -> str:
    """A day as exactly as it was stated: `third quarter of 2025`, 「2025年第三季」."""
    if language == "en" or value is None:
        return day(value, language) if value is None else words.stated(value, precision)
    match precision:
        case Precision.YEAR:
            return f"{value.year}年"
        case Precision.HALF:
            return f"{value.year}年{'上' if value.month <= 6 else '下'}半年"
        case Precision.QUARTER:
            return f"{value.year}年第{_QUARTERS[(value.month - 1) // 3]}季"
        case Precision.MONTH:
            return f"{value.year}年{value.month}月"
        case _:
            return day(value, language)


def figure(value: Figure, units: Mapping[str, Label], language: str) -> str:
    """`8,500 students (cumulative)`, 「8,500 名學生（累計）」."""
    whole, dot, rest = value.value.partition(".")
    number = f"{int(whole):,}{dot}{rest}" if whole.isascii() and whole.isdigit() else value.value
    unit = units[value.unit].of(language) if value.unit in units else value.unit
    basis = say(f"brief.{value.basis}", language)
    return f"{number} {unit}（{basis}）" if language == "zh" else f"{number} {unit} ({basis})"
