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
    REPORTED = auto()
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
    plain = [d for d in passage.days if d.role is Role.PLAIN and _fits(d, act, tense, page.release) and _reaches(d, act, passage, tense, page)]
    if plain:
        return _nearest(plain, page, passage, act)
    ahead = tense in (Tense.FUTURE, Tense.PLANNED)
    if ahead and kind in SITTINGS and page.sitting:
        return Attached(_here(act, page.sitting), Dated.SITTING)
    if ahead or (passage.days and not passage.sentence.is_headline):
        return None
    return _carried(page, passage, act, tense)


def _nearest(plain: list[DayMention], page: Page, passage: Passage, act: Act) -> Attached | None:
    """The nearest of the days that can be meant; None where a vague one ("a year ago") stands nearer."""
    language, text = page.document.language, passage.sentence.text
    plain = [d for d in plain if not _is_of_report(d, act, passage, language)] or plain
    vague = [d for d in passage.days if d.role is Role.VAGUE]
    day = min([*plain, *vague], key=lambda d: _distance(d, act, passage, language))
    if day.role is Role.VAGUE:
        return None
    if _is_of_report(day, act, passage, language):
        earlier = language != "zh" and _HAD_EN.search(text[: act.verb])
        return Attached(day, Dated.ASSUMED if earlier else Dated.REPORTED)
    written = any(c in text[day.start : day.end] for c in "0123456789月")
    return Attached(day, Dated.MONTH if day.precision is not Precision.DAY else Dated.WRITTEN if written else Dated.IN_WORDS)


_SAID = r"(?:said|says|announced|announces|stated|noted|told|reported|revealed|added|disclosed|remarked|warned|reminded|confirmed|pointed out)"
_SAID_BEFORE_EN = re.compile(rf"\b{_SAID}\b(?: (?!that)\w+){{0,3}}\s$")
_HAD_EN = re.compile(r"\bhad (?:\w+ )?(?:been )?(?:\w+ly )?$")
_THAT_EN = re.compile(r"\)?,?\sthat\b")
_SAID_AFTER_EN = re.compile(rf"\)?,?(?: \w+){{0,2}} {_SAID}\b")
_SAID_AFTER_ZH = re.compile(r"\)?[^,。;]{0,6}(?:宣布|公布|公佈|表示|說|指出|透露|稱|回應)")


def _is_of_report(day: DayMention, act: Act, passage: Passage, language: str) -> bool:
    """Whether the day is that of the saying, and the act is something that was said: "said today that the drug had been approved"."""
    text = passage.sentence.text
    if language == "zh":
        said = _SAID_AFTER_ZH.match(text, day.end)
        return bool(said and act.verb >= said.end() + 3)
    said = _SAID_AFTER_EN.match(text, day.end)
    if said:
        return act.verb >= said.end() or act.end <= day.start
    before = _SAID_BEFORE_EN.search(text[: day.start])
    return bool(before and not before.start() <= act.verb < before.end() and _THAT_EN.match(text, day.end))


def _carried(page: Page, passage: Passage, act: Act, tense: Tense) -> Attached | None:
    """The day of an act whose sentence names none."""
    if tense is not Tense.PAST or page.genre is not Genre.NEWS or page.correction:
        return None
    if passage.sentence.is_headline:
        return None if passage.days else Attached(_here(act, page.release), Dated.RELEASE)
    if passage.running is None:
        return None
    cue = _ALSO.search(passage.sentence.text) or (passage.sentence.place == "p0" and passage.running == page.release)
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


def _reaches(day: DayMention, act: Act, passage: Passage, tense: Tense, page: Page) -> bool:
    """Whether a day before the act still holds for it: another act between takes it, unless the two are joined by "and"."""
    if day.end > act.start:
        return page.document.language != "zh" or tense is not Tense.UNSURE or not _of_next_clause(day, act, passage)
    text, language, release = passage.sentence.text, page.document.language, page.release
    if tense is Tense.UNSURE and language != "zh" and act.verb - day.end > 30:
        return False
    topics = [m.span() for m in _TOPIC_ZH.finditer(text)] if language == "zh" else []
    if language == "zh" and (release - day.day).days > _LONG_AGO and _CLAUSE_OF_ZH.search(text[day.end : act.verb]):
        return False  # "the study commissioned last August has been completed": 去年八月委託顧問進行的研究已經完成
    if language == "zh" and tense in (Tense.UNSURE, Tense.PAST) and day.day <= release and not _TAKEN_ZH.search(text[day.end : act.verb]):
        return True  # a day at the head of a sentence holds for all the clauses that follow
    between = [a for a in passage.acts if a.verb != act.verb and a.verb >= day.end and a.end <= act.start and not _within(a.verb, topics)]
    return not between or bool(_AND.search(text[: act.verb]))


def _of_next_clause(day: DayMention, act: Act, passage: Passage) -> bool:
    """Whether a Chinese day behind the act stands in a later clause that has an act of its own: 由局方成立,去年十一月開幕."""
    between = passage.sentence.text[act.end : day.start]
    return any(c in between for c in ",;") and any(0 <= a.start - day.end <= 8 for a in passage.acts if a.verb > act.verb)


_WORD = re.compile(r"[a-z]+")
_LINK = re.compile(r"(?: (?:on|in|from|since|by|with effect from))? $")


def _owns(act: Act, day: DayMention, text: str) -> bool:
    """Whether the day stands right behind the act's verb: "launched on December 17"."""
    word = _WORD.match(text, act.verb)
    return bool(word and word.end() <= day.start and _LINK.fullmatch(text, word.end(), day.start))


_LONG_AGO = 14
_CLAUSE_OF_ZH = re.compile(r"^[^,。;]{2,24}(?:進行|推出|展開|開展|成立|公布|發表|提出|委託|發出|訂立|簽署|委任|宣布)[^,。;]{0,6}的")
_TAKEN_ZH = re.compile(r"[。;]|其後|之後|後來|隨後|再|將|計劃|預計|曾")


def _within(position: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= position < end for start, end in spans)


def _distance(day: DayMention, act: Act, passage: Passage, language: str) -> int:
    """Characters between day and act; more on the side where the language does not put days, and where another act or clause is between."""
    text = passage.sentence.text
    within = act.start <= day.start < act.end  # "consultation launched on December 17 came to an end": the verb counts
    if day.end <= (act.verb if within else act.start):
        low, high, side = day.end, act.verb if within else act.start, 0 if language == "zh" else 15
    elif day.start >= (act.verb if within else act.end):
        low, high, side = act.verb if within else act.end, day.start, 25 if language == "zh" else 0
    else:
        return 0
    others = [a for a in passage.acts if a.verb != act.verb]
    crossed = sum(1 for a in others if low <= a.verb < high)
    taken = any(_owns(a, day, text) for a in others)
    ended = bool(_CLAUSE_EN.search(text[low:high]))
    return high - low + side + 40 * (crossed + taken + ended + _is_of_report(day, act, passage, language))


_WORD = re.compile(r"[a-z]+")
_LINK = re.compile(r"(?: (?:on|in|from|since|by|with effect from))? $")
