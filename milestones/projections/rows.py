"""What all read tables share: a row is plain values (text, whole numbers, booleans, None), with a label in each language beside a word."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from milestones.domain.dates import utc_text
from milestones.domain.vocabulary import Label

Row = dict[str, str | int | bool | None]

W = TypeVar("W", bound=StrEnum)


def labelled(name: str, word: W | None, labels: Mapping[W, Label]) -> Row:
    """The word as column `name`, its labels as `name_en` and `name_zh`; three times None where there is no word."""
    if word is None:
        return {name: None, f"{name}_en": None, f"{name}_zh": None}
    return {name: word.value, f"{name}_en": labels[word].en, f"{name}_zh": labels[word].zh}


def iso(day: date | None) -> str | None:
    """A day as ISO text."""
    return day.isoformat() if day else None


def instant(at: datetime | None) -> str | None:
    """An instant as the ledger writes it."""
    return utc_text(at) if at else None
