"""A release as detection sees it: its sentences with the subjects, acts and days in each, and what holds for the whole of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum, auto

from milestones.detection.acts import Act, acts_in
from milestones.detection.circumstances import asked, is_correction, is_no_party, is_warning
from milestones.detection.days import DayMention, Role, day_mentions
from milestones.detection.paraphrase import Paraphrases
from milestones.detection.phrases import Phrases
from milestones.detection.places import is_about_elsewhere
from milestones.detection.references import References
from milestones.detection.subjects import Mention, Strength, described_in, named_in
from milestones.detection.text import Sentence, sentences
from milestones.domain.dates import Precision
from milestones.domain.documents import Document


class Genre(Enum):
    """News tells what was done on the day; a reply and a speech tell of many days, and their headlines only name a topic."""

    NEWS = auto()
    REPLY = auto()
    SPEECH = auto()


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence with all that was read in it.

    `elsewhere` says that headline or paragraph speak of another place; `running` is the day that the text before was telling of, if it
    is the release's own; `asked` says that it belongs to a question; `masked` is the folded text without the words of names, which say
    nothing about tense.
    """

    sentence: Sentence
    mentions: tuple[Mention, ...]
    acts: tuple[Act, ...]
    days: tuple[DayMention, ...]
    running: date | None
    asked: bool
    elsewhere: bool
    masked: str


@dataclass(frozen=True, slots=True)
class Page:
    """A release. `sitting` is the day of the Council meeting that it announces; `in_headline` the subjects named there.

    `correction` says that it corrects another release, `no_party` that it calls an agreement that of others, `of_today` that it begins by telling
    of its own day and of no other just past.
    """

    document: Document
    release: date
    genre: Genre
    passages: tuple[Passage, ...]
    in_headline: frozenset[tuple[str, str]]
    sitting: date | None
    warning: bool
    correction: bool
    no_party: bool
    of_today: bool


_REPLY = re.compile(r"^lcq|^立法會[一二三四五六七八九十]+題|^following (?:is|are) (?:a |the )?questions?\b|^以下是[^。]*(?:提問|問題)")
_SPEECH = re.compile(
    r"\bspeech(?:es)?\b|\bremarks\b|\btranscript\b|\bblog\b|\bresponse to media\b|responds? to media"
    r"|致辭|談話|發言|演辭|講話|網誌|回應傳媒"
)
_SITTING = re.compile(
    r"\b(?:legislative council|legco|council)\b[^.]{0,60}\b(?:hold|meet|resume|continue)\b|\bcouncil meeting\b"
    r"|立法會[^。]{0,40}(?:舉行|召開|續會)[^。]{0,4}會議?"
)
_HEAD_EN = re.compile(r"(?:\S+ )?\S+?(?= (?:on|of|for|under|in|with|to) |$)")
_WORDS = re.compile(r"\w")
_LAST_ZH = re.compile(r".{1,4}$")
_MOVED = re.compile(r"\b(?:instead|rescheduled|postponed|moved|put off) (?:to|until|till)\b|改(?:於|期|在|為)|押後|順延|延至")
_SAME_DAY = re.compile(r"\b(?:on|from|at) the same (?:day|time|occasion)\b|同日|同時")


def page_of(document: Document, release: date, phrases: Phrases, present: frozenset[tuple[str, str]], paraphrases: Paraphrases) -> Page:
    """The release as the passages that name or refer to a subject; questions tell nothing, but what they name may be referred to in the answer."""
    language = document.language
    parts = sentences([("h", document.headline), *((f"p{i}", p) for i, p in enumerate(document.paragraphs))], language)
    named = [named_in(s, phrases, present) for s in parts]
    if named and not named[0] and parts[0].is_headline:
        named[0] = described_in(parts[0], paraphrases)
    questions = asked(parts, language)
    references = References(parts, named, language)
    days = _Days(parts, language, release)
    genre = _genre(parts)
    passages: list[Passage] = []
    for index, sentence in enumerate(parts):
        ours = {id(m.subject) for m in named[index]}
        referred = [] if questions[index] else [m for m in references.of(index) if id(m.subject) not in ours]
        mentions = (*named[index], *referred)
        acts = [] if questions[index] else _acts(sentence, named[index], language)
        if acts and not mentions and not sentence.is_headline:
            described = described_in(sentence, paraphrases)
            mentions = _about(references.topics(index, headline=genre is Genre.NEWS), described)
            references.add(index, described)
        if mentions:
            here, running = days.of(index) if acts else ((), None)
            away = bool(acts) and _is_away(parts, index, language)
            passages.append(Passage(sentence, mentions, tuple(acts), here, running, questions[index], away, _masked(sentence.text, named[index])))
    headline = parts[0] if parts and parts[0].is_headline else None
    return Page(
        document=document,
        release=release,
        genre=genre,
        passages=tuple(passages),
        in_headline=frozenset((m.commitment.key, m.subject.slug) for m in named[0] if m.strength >= Strength.DESCRIBED) if headline else frozenset(),
        sitting=_sitting(parts, language, release) if passages else None,
        warning=bool(headline and is_warning(headline.text)),
        correction=bool(headline and is_correction(headline.text)),
        no_party=bool(passages) and any(is_no_party(s.text) for s in parts),
        of_today=bool(passages) and _is_of_today(parts, language, release),
    )


_FRESH = 8
"""Days after which a day that was only told again is no longer meant by "the same day"."""


class _Days:
    """The days of one document, read where they are asked for, from the first sentence to the last: most tell of nothing that is watched."""

    def __init__(self, parts: Sequence[Sentence], language: str, release: date) -> None:
        self._parts, self._language, self._release = parts, language, release
        self._last: DayMention | None = None
        self._told: DayMention | None = None
        self._read_to = 0

    def of(self, index: int) -> tuple[tuple[DayMention, ...], date | None]:
        """The days of a sentence, and the day that the text before was telling of, if that is the release's own or the one before."""
        text = self._parts[index].text
        days = day_mentions(text, self._language, self._release)
        same = _SAME_DAY.search(text)
        if days and not same and not self._parts[index].is_headline:
            return tuple(days), None
        last = self._before(index)
        running = last.day if last and 0 <= (self._release - last.day).days <= 1 else None
        if same:
            meant = next((d for d in reversed(days) if d.end <= same.start() and d.precision is Precision.DAY), self._told)
            if meant and running is None and meant is self._told and (self._release - meant.day).days > _FRESH:
                meant = replace(meant, day=self._release)
            if meant:
                days = sorted([*days, replace(meant, start=same.start(), end=same.end(), role=Role.PLAIN)], key=lambda d: d.start)
        return tuple(days), running

    def _before(self, index: int) -> DayMention | None:
        for part in reversed(self._parts[self._read_to : index]):
            plain = [d for d in day_mentions(part.text, self._language, self._release) if _is_day(d)]
            if plain:
                self._last = plain[-1]
                self._told = next((d for d in reversed(plain) if d.day != self._release), plain[-1])
                break
        self._read_to = index
        return self._last


_LATELY = 14


def _is_of_today(parts: Sequence[Sentence], language: str, release: date) -> bool:
    told = {d.day for s in parts if s.place == "p0" for d in day_mentions(s.text, language, release) if _is_day(d)}
    return release in told and not any(0 < (release - day).days <= _LATELY for day in told)


def _is_day(mention: DayMention) -> bool:
    return mention.role is Role.PLAIN and mention.precision is Precision.DAY


def _about(topics: Sequence[Mention], described: Sequence[Mention]) -> tuple[Mention, ...]:
    """What a sentence without a name is about: what the text around names, what its own words describe; more surely where the two agree."""
    for mention in described:
        agreed = any(t.subject is mention.subject and t.strength is Strength.TOPIC for t in topics)
        return (replace(mention, strength=Strength.PRONOUN) if agreed else mention,)
    return tuple(topics)


def _is_away(parts: Sequence[Sentence], index: int, language: str) -> bool:
    """Whether the headline, or the sentence before in the same paragraph, speaks of another place only."""
    before = parts[index - 1] if index and parts[index - 1].place == parts[index].place else parts[0]
    return any(is_about_elsewhere(s.text, language) for s in {parts[0].text: parts[0], before.text: before}.values())


def _masked(text: str, mentions: Sequence[Mention]) -> str:
    for mention in mentions:
        text = text[: mention.start] + "x" * (mention.end - mention.start) + text[mention.end :]
    return text


def _acts(sentence: Sentence, mentions: Sequence[Mention], language: str) -> list[Act]:
    """The acts of a sentence; the words of a name, but for its last, tell none: the Trial Collaboration Platform tries nothing."""
    text = sentence.text
    for m in mentions:
        name = text[m.start : m.end]
        kept = _LAST_ZH.search(name) if language == "zh" else _HEAD_EN.search(name)
        low, high = kept.span() if kept else (0, 0)
        text = text[: m.start] + _WORDS.sub("x", name[:low]) + name[low:high] + _WORDS.sub("x", name[high:]) + text[m.end :]
    return [a for a in acts_in(text, language) if not any(m.start < a.verb < m.end for m in mentions)]


def _genre(parts: Sequence[Sentence]) -> Genre:
    opening = [s.text for s in parts[:2]]
    if any(_REPLY.search(text) for text in opening):
        return Genre.REPLY
    return Genre.SPEECH if any(_SPEECH.search(text) for text in opening[:1]) else Genre.NEWS


def _sitting(parts: Sequence[Sentence], language: str, release: date) -> date | None:
    for sentence in parts[:6]:
        if _SITTING.search(sentence.text):
            days = [m.day for m in day_mentions(sentence.text, language, release) if _is_day(m)]
            if days:
                return days[-1 if _MOVED.search(sentence.text) else 0]
    return None
