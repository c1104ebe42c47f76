"""Press releases: sentence by sentence, subject and act must stand together, in a tense that tells, on a day that is given."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from milestones.detection.acts import FAMILIES, GENERAL, LEGISLATIVE, STATED, Act, acts_in, kind_of
from milestones.detection.circumstances import asked, by_company, is_elsewhere, is_warning
from milestones.detection.confidence import Signs, confidence, decide, reason
from milestones.detection.days import DayMention, Role, day_mentions
from milestones.detection.phrases import Phrases
from milestones.detection.subjects import Mention, named_in, referred_in
from milestones.detection.tense import Tense, tense_en, tense_zh
from milestones.detection.text import Sentence, quotation, sentences
from milestones.domain.dates import Precision
from milestones.domain.documents import QUOTE_LIMIT, Candidate, Document
from milestones.domain.events import Kind, State

RULE_VERSION = 1

_SITTING = frozenset({Kind.BILL_FIRST_READING, Kind.BILL_SECOND_READING_RESUMED, Kind.SUBSIDIARY_LEGISLATION_TABLED})
_SAME_DAY = re.compile(r"\b(?:on|from|at) the same (?:day|time|occasion)\b|同日|同時")
_CLAUSE_EN = re.compile(r"[;:]|\b(?:that|which|who|whose|where|because|although|while|whereas)\b")
_CLAUSE_ZH = re.compile(r"[;:]|,[^,]*,")


@dataclass(frozen=True, slots=True)
class Claim:
    """A candidate with what is needed to choose between several of one document."""

    candidate: Candidate
    mention: Mention
    place: tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence with all that was read in it. `before` is the last plain day of the sentences before."""

    sentence: Sentence
    mentions: tuple[Mention, ...]
    acts: tuple[Act, ...]
    days: tuple[DayMention, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A release as detection sees it."""

    document: Document
    release: date
    passages: tuple[Passage, ...]
    in_headline: frozenset[str]
    warning: bool


def page_of(document: Document, release: date, phrases: Phrases, present: frozenset[tuple[str, str]]) -> Page:
    """The release cut into passages; questions are left out, but what they name may be referred to in the answer."""
    language = document.language
    parts = sentences([("h", document.headline), *((f"p{i}", p) for i, p in enumerate(document.paragraphs))], language)
    named = [named_in(s, phrases, present) for s in parts]
    questions = asked(parts, language)
    passages, last_day = [], None
    for index, sentence in enumerate(parts):
        days = _with_same_day(sentence, day_mentions(sentence.text, language, release), last_day)
        last_day = next((d for d in reversed(days) if d.role is Role.PLAIN and d.precision is Precision.DAY), last_day)
        acts = () if questions[index] else _acts(sentence, language)
        mentions = named[index]
        if acts:
            ours = {id(m.subject) for m in mentions}
            mentions = [*mentions, *(m for m in referred_in(parts, index, named, language) if id(m.subject) not in ours)]
        passages.append(Passage(sentence, tuple(mentions), tuple(acts), tuple(days)))
    headline = frozenset(m.subject.slug for m in named[0]) if parts and parts[0].is_headline else frozenset()
    return Page(document, release, tuple(passages), headline, is_warning(parts[0].text) if parts else False)


def _acts(sentence: Sentence, language: str) -> tuple[Act, ...]:
    return tuple(acts_in(sentence.text, language))


def _with_same_day(sentence: Sentence, days: list[DayMention], last: DayMention | None) -> list[DayMention]:
    """The day mentions, and "the same day" as one where a day was named before."""
    match = _SAME_DAY.search(sentence.text)
    before = next((d for d in reversed(days) if match and d.end <= match.start() and d.precision is Precision.DAY), last)
    if not match or before is None:
        return days
    return sorted([*days, replace(before, start=match.start(), end=match.end(), role=Role.PLAIN)], key=lambda d: d.start)


def claims(page: Page) -> Iterator[Claim]:
    """Every claim of the release, whatever its confidence; several may say the same."""
    for passage in page.passages:
        for act in passage.acts:
            yield from _claims_of(page, passage, act)


def _claims_of(page: Page, passage: Passage, act: Act) -> Iterator[Claim]:
    language, text = page.document.language, passage.sentence.text
    tense_of = tense_zh if language == "zh" else tense_en
    tense = tense_of(text, act.verb, act.end, headline=passage.sentence.is_headline)
    if not tense.tells and act.family not in STATED:
        return
    if tense in (Tense.DENIED, Tense.CONDITIONAL):
        return
    for mention in passage.mentions:
        around = text[max(0, act.start - 20) : act.end + 60]
        kind = kind_of(act, mention.subject.kinds, mention.name, around)
        if kind is None or _gives_way(act, passage.acts, mention):
            continue
        claim = _claim(page, passage, act, mention, kind, tense)
        if claim:
            yield claim


def _gives_way(act: Act, acts: Sequence[Act], mention: Mention) -> bool:
    """Whether a longer phrase at the same verb says more exactly what is done with this subject."""
    if act.family not in GENERAL:
        return False
    special = (a for a in acts if a.family not in GENERAL and a.start <= act.verb < a.end and (a.start == act.start or a.verb == act.verb))
    return any(set(FAMILIES[a.family]) & mention.subject.kinds for a in special)


def _claim(page: Page, passage: Passage, act: Act, mention: Mention, kind: Kind, tense: Tense) -> Claim | None:
    sentence, language, release = passage.sentence, page.document.language, page.release
    day, dated = _day_of(page, passage, act, tense)
    if day is None:
        return None
    state = _state(kind, tense, day, release)
    if state is None:
        return None
    low, high = (mention.end, act.start) if mention.end <= act.start else (act.end, mention.start)
    between = re.sub(r"\([^)]*\)", "", sentence.text[low:high]) if low < high else ""
    signs = Signs(
        strength=mention.strength,
        gap=len(between),
        broken=bool((_CLAUSE_ZH if language == "zh" else _CLAUSE_EN).search(between)),
        tense=tense,
        dated=dated,
        age=(release - day.day).days if day.precision is Precision.DAY else 0,
        legislative=kind in LEGISLATIVE,
        headline=sentence.is_headline,
        subject_in_headline=mention.subject.slug in page.in_headline,
        elsewhere=is_elsewhere(sentence.text, act.start, language),
        company=kind not in LEGISLATIVE and by_company(sentence.text, act.verb, language),
        warning=page.warning,
        mismatch=tense is Tense.PAST and state is State.SCHEDULED,
        language=language,
    )
    score = confidence(signs)
    quote, locator = quotation(sentence, [(act.start, act.end), (mention.start, mention.end), (day.start, day.end)], QUOTE_LIMIT)
    candidate = Candidate(
        commitment=mention.commitment.key,
        target=mention.subject.target,
        kind=kind,
        state=state,
        subject=mention.subject.slug,
        occurred_on=day.day,
        precision=day.precision,
        quote=quote,
        locator=locator,
        rule=f"press/{act.family}",
        rule_version=RULE_VERSION,
        confidence=score,
        decision=decide(score),
        reason=reason(signs, act.family),
    )
    return Claim(candidate, mention, (sentence.place, sentence.start + act.start, sentence.start + act.end))


def _state(kind: Kind, tense: Tense, day: DayMention, release: date) -> State | None:
    """Happened or scheduled, by the day; None where tense and day contradict each other or the coming day is no definite day."""
    if day.precision is not Precision.DAY:
        return State.HAPPENED if tense in (Tense.PAST, Tense.UNSURE) and day.day <= release else None
    ahead = tense in (Tense.FUTURE, Tense.PLANNED)
    if day.day > release:
        return State.SCHEDULED
    if day.day == release and ahead:
        return State.SCHEDULED if kind in _SITTING else State.HAPPENED
    return None if ahead else State.HAPPENED


def _day_of(page: Page, passage: Passage, act: Act, tense: Tense) -> tuple[DayMention | None, str]:
    """The day that belongs to the act, and how it was given."""
    release, text = page.release, passage.sentence.text
    if act.family in STATED:
        return DayMention(act.start, act.end, release, Precision.DAY, Role.PLAIN), "words"
    ahead = tense in (Tense.FUTURE, Tense.PLANNED)
    plain = [d for d in passage.days if d.role is Role.PLAIN]
    fitting = [d for d in plain if (d.day > release) == ahead or _adjoins(d, act)] if tense is not Tense.UNSURE else plain
    if fitting:
        day = min(fitting, key=lambda d: _distance(d, act, passage.acts, page.document.language))
        written = day.precision is Precision.DAY and any(c in text[day.start : day.end] for c in "0123456789(月")
        return day, "brackets" if written else "words" if day.precision is Precision.DAY else "month"
    if passage.sentence.is_headline and tense is Tense.PAST and not plain:
        return DayMention(act.start, act.end, release, Precision.DAY, Role.PLAIN), "release"
    return None, "none"


def _adjoins(day: DayMention, act: Act) -> bool:
    return 0 <= act.start - day.end <= 3 or 0 <= day.start - act.end <= 3


def _distance(day: DayMention, act: Act, acts: Iterable[Act], language: str) -> int:
    """Characters between day and act; more on the side where the language does not put days, and where another act stands between."""
    if day.end <= act.start:
        low, high, side = day.end, act.start, 0 if language == "zh" else 15
    elif day.start >= act.end:
        low, high, side = act.end, day.start, 25 if language == "zh" else 0
    else:
        return 0
    crossed = sum(1 for a in acts if a.verb != act.verb and low <= a.verb < high)
    return high - low + side + 40 * crossed


def earliest(release: date) -> date:
    """The first day that counts as news rather than background."""
    return release - timedelta(days=8)
