"""Which of the days in a sentence is the day of an act, and whether the act then happened or is scheduled."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from milestones.detection.acts import STATED, Act
from milestones.detection.days import DayMention, Role
from milestones.detection.passages import Genre, Page, Passage
from milestones.detection.tense import Tense
from milestones.domain.dates import Precision
from milestones.domain.events import Kind, State


class Dated(Enum):
    """How the day of an act is known."""

    WRITTEN = auto()
    IN_WORDS = auto()
    SITTING = auto()
    RUNNING = auto()
    MONTH = auto()
    RELEASE = auto()
    ASSUMED = auto()


@dataclass(frozen=True, slots=True)
class Attached:
    """The day of an act."""

    day: DayMention
    dated: Dated


SITTINGS = frozenset({Kind.BILL_FIRST_READING, Kind.BILL_SECOND_READING_RESUMED, Kind.SUBSIDIARY_LEGISLATION_TABLED})
"""What is done at a meeting of the Council: on the day of a notice still to come."""

_ALSO = re.compile(
    r"\b(?:at|during|in) the (?:ceremony|meeting|event|opening|reception|conference|forum|occasion|session)\b|^(?:before|after|prior to) the \w+"
    r"|\balso\b|\bmeanwhile\b|\bin addition\b|\bat the same time\b|會上|儀式上|典禮上|期間|席間|另外|同時|亦|此外|儀式前|會議前|並"
)
_CLAUSE_EN = re.compile(r";|, (?:and|but|while|whereas) ")
_TOPIC_ZH = re.compile(r"(?:就|有關|關於)[^,。]{2,80}")
_AND = re.compile(r"\b(?:and|and (?:also|then|jointly)|as well as)\s(?:\w+ly\s)?$|(?:並|及|和|亦|同時|又)[^,。]{0,4}$")


def attached(page: Page, passage: Passage, act: Act, tense: Tense, kind: Kind) -> Attached | None:
    """The day of the act: in its sentence, or the sitting, the day the text is telling of, or the release; None where it has none."""
    if act.family in STATED:
        return Attached(_here(act, page.release), Dated.IN_WORDS)
    ahead = tense in (Tense.FUTURE, Tense.PLANNED)
    plain = [d for d in passage.days if d.role is Role.PLAIN]
    language = page.document.language
    fitting = [d for d in plain if _fits(d, act, tense, page.release) and _reaches(d, act, passage, tense, language)]
    if fitting:
        vague = [d for d in passage.days if d.role is Role.VAGUE]
        day = min([*fitting, *vague], key=lambda d: _distance(d, act, passage, language))
        if day.role is Role.VAGUE:
            return None
        written = any(c in passage.sentence.text[day.start : day.end] for c in "0123456789月")
        return Attached(day, Dated.MONTH if day.precision is not Precision.DAY else Dated.WRITTEN if written else Dated.IN_WORDS)
    if ahead and kind in SITTINGS and page.sitting:
        return Attached(_here(act, page.sitting), Dated.SITTING)
    if ahead or (passage.days and not passage.sentence.is_headline):
        return None
    return _carried(page, passage, act, tense)


def _carried(page: Page, passage: Passage, act: Act, tense: Tense) -> Attached | None:
    """The day of an act whose sentence names none."""
    if tense is not Tense.PAST or page.genre is not Genre.NEWS:
        return None
    if passage.sentence.is_headline:
        return None if passage.days else Attached(_here(act, page.release), Dated.RELEASE)
    if passage.running is None:
        return None
    cue = _ALSO.search(passage.sentence.text)
    return Attached(_here(act, passage.running), Dated.RUNNING if cue else Dated.ASSUMED)


def state_of(kind: Kind, tense: Tense, day: DayMention, release: date) -> State | None:
    """Happened or scheduled, by the day; None where tense and day contradict each other, or what is to come has no definite day."""
    if day.precision is not Precision.DAY:
        return State.HAPPENED if tense in (Tense.PAST, Tense.UNSURE) and day.day <= release else None
    ahead = tense in (Tense.FUTURE, Tense.PLANNED)
    if day.day > release:
        return State.SCHEDULED
    if day.day == release and ahead:
        return State.SCHEDULED if kind in SITTINGS else State.HAPPENED
    return None if ahead else State.HAPPENED


def _here(act: Act, day: date) -> DayMention:
    return DayMention(act.start, act.end, day, Precision.DAY, Role.PLAIN)


def _fits(day: DayMention, act: Act, tense: Tense, release: date) -> bool:
    if tense is Tense.UNSURE or 0 <= act.start - day.end <= 3 or 0 <= day.start - act.end <= 3:
        return True
    return (day.day > release) == (tense in (Tense.FUTURE, Tense.PLANNED))


def _reaches(day: DayMention, act: Act, passage: Passage, tense: Tense, language: str) -> bool:
    """Whether a day before the act still holds for it: another act between takes it, unless the two are joined by "and"."""
    if day.end > act.start:
        return True
    text = passage.sentence.text
    if tense is Tense.UNSURE and language != "zh" and act.verb - day.end > 30:
        return False
    topics = [m.span() for m in _TOPIC_ZH.finditer(text)] if language == "zh" else []
    between = [a for a in passage.acts if a.verb != act.verb and a.verb >= day.end and a.end <= act.start and not _within(a.verb, topics)]
    return not between or bool(_AND.search(text[: act.verb]))


def _within(position: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= position < end for start, end in spans)


def _distance(day: DayMention, act: Act, passage: Passage, language: str) -> int:
    """Characters between day and act; more on the side where the language does not put days, and where another act or clause is between."""
    if day.end <= act.start:
        low, high, side = day.end, act.start, 0 if language == "zh" else 15
    elif day.start >= act.end:
        low, high, side = act.end, day.start, 25 if language == "zh" else 0
    else:
        return 0
    crossed = sum(1 for a in passage.acts if a.verb != act.verb and low <= a.verb < high)
    ended = bool(_CLAUSE_EN.search(passage.sentence.text[low:high]))
    return high - low + side + 40 * (crossed + ended)
