"""Press releases: sentence by sentence, subject and act must stand together, in a tense that tells, on a day that is given."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from milestones.detection.acts import FAMILIES, GENERAL, LEGISLATIVE, Act, Meaning, meaning_of
from milestones.detection.attach import Attached, Dated, attached, state_of
from milestones.detection.circumstances import by_company, is_of_an_event, is_reminder
from milestones.detection.confidence import Signs, confidence, decide, reason
from milestones.detection.days import Role
from milestones.detection.figures import figures_of
from milestones.detection.passages import Genre, Page, Passage
from milestones.detection.places import is_elsewhere, is_here
from milestones.detection.redated import redated
from milestones.detection.subjects import Mention, Strength
from milestones.detection.tense import Tense, tense
from milestones.detection.tense_en import ASIDE
from milestones.detection.text import quotation
from milestones.domain.commitments import Subject
from milestones.domain.dates import Precision
from milestones.domain.documents import QUOTE_LIMIT, Candidate, Document
from milestones.domain.events import Kind, State

RULE_VERSION = 1

_NO_DAY = frozenset({Dated.RELEASE, Dated.RUNNING, Dated.ASSUMED})
_OTHER_OBJECT = re.compile(r" an? (?:[\w-]+ ){1,5}(?:for|of|on|at|to|in|under|with|about|who|that)\b")
_QUOTED = re.compile(r"[\"“”「」]")
_CLAUSE_EN = re.compile(r";|\b(?:that|which|who|whose|where|because|although|while|whereas)\b")


@dataclass(frozen=True, slots=True)
class Claim:
    """A candidate with what is needed to choose between several of one document; `dated_score` is its confidence once its day is known."""

    candidate: Candidate
    mention: Mention
    act: Act
    place: tuple[str, int]
    broken: bool
    dated: Dated
    dated_score: int


def claims(page: Page) -> Iterator[Claim]:
    """Every claim of the release, whatever its confidence; several may say the same."""
    for passage in page.passages:
        if passage.mentions:
            for act in passage.acts:
                yield from _claims_of(page, passage, act)


def _claims_of(page: Page, passage: Passage, act: Act) -> Iterator[Claim]:
    text = passage.sentence.text
    moved = redated(text, act, passage.acts, passage.days, page.document.language)
    if moved and moved.day is None:
        return
    since = max((d.end for d in passage.days if d.end <= act.verb and d.role is Role.PLAIN and d.day <= page.release), default=0)
    told = tense(passage.masked, act.verb, act.end, headline=passage.sentence.is_headline, language=page.document.language, since=since)
    if moved and moved.day:
        told = Tense.FUTURE if moved.day.day > page.release else Tense.PAST
    if not told.tells and not (act.family == "delay" and told is Tense.INTENDED):
        return
    for mention in _nearest(passage.mentions, act):
        beside = (text[act.start : mention.start] or text[mention.end : act.start], text[max(0, act.start - 20) : act.end + 60], text)
        meaning = meaning_of(act, mention.subject, _completing(mention), mention.name, beside)
        if meaning is None or _is_agent(text, act, mention, page.document.language):
            continue
        kind = meaning.kind
        if kind is Kind.AGREEMENT_SIGNED and page.no_party:
            continue
        if _gives_way(act, passage.acts, mention) or _is_no_act(act, kind, mention, passage):
            continue
        day = Attached(moved.day, Dated.WRITTEN) if moved and moved.day else attached(page, passage, act, told, kind)
        state = state_of(kind, told, day.day, page.release) if day else None
        if day and state and not _is_reminded(page, passage, kind, state, day.day.day):
            yield _claim(page, passage, act, mention, meaning, state, told, day)


def _is_reminded(page: Page, passage: Passage, kind: Kind, state: State, day: date) -> bool:
    """Whether the day is that of a reminder: "reminded the public today that the consultation will end on March 16"."""
    return state is State.HAPPENED and day == page.release and kind not in LEGISLATIVE and is_reminder(passage.sentence.text)


def _completing(mention: Mention) -> frozenset[Kind]:
    """The kinds that, told of the mentioned subject, complete its target."""
    target = next((t for t in mention.commitment.targets if t.slug == mention.subject.target), None)
    return frozenset(c.kind for c in target.completes if c.subject == mention.subject.slug) if target else frozenset()


def _nearest(mentions: Iterable[Mention], act: Act) -> list[Mention]:
    """Of each subject the mention that stands nearest to the act, as strong as the strongest of them."""
    best: dict[int, Mention] = {}
    for mention in sorted(mentions, key=lambda m: max(m.start - act.end, act.start - m.end, 0)):
        known = best.setdefault(id(mention.subject), mention)
        if mention.strength > known.strength:
            best[id(mention.subject)] = replace(known, strength=mention.strength)
    return list(best.values())


_BY_EN = re.compile(r"\bby (?:the |its |an? )?$")
_ACTS_EN = GENERAL | {"form", "meeting", "report", "consult", "invite"}


def _is_agent(text: str, act: Act, mention: Mention, language: str) -> bool:
    """Whether the subject is the one that acts, on something else: "set up by the Institute", 由臨床試驗所成立."""
    if mention.end == 0 or act.family not in _ACTS_EN:
        return False
    if language == "zh":
        return mention.end <= act.start and text[max(0, mention.start - 1) : mention.start] == "由"
    return mention.start >= act.end and bool(_BY_EN.search(text[: mention.start]))


_TOTAL = re.compile(r"\b(?:as of|as at|so far|to date|altogether|cumulative\w*|since (?:its|the) launch)\b|截至|累計|至今|迄今")
_RANGE = re.compile(r" (?:to|until|till|and) (?=[a-z]+ ?\d|[a-z]{3,9}\b)|[至到]")
_ITS_PLAN_ZH = re.compile(r"[^,。;]{1,40}的(?:時間表|路線圖)")
_COUNTED = frozenset({"award", "license", "sign", "invite"})
_EVENTS = re.compile(r"\b(?:forum|summit|conference|expo|fair|show|convention|festival)\b|論壇|峰會|會議|展覽|博覽|年會")
_OCCASIONS = frozenset({Kind.SERVICE_LAUNCHED, Kind.SCHEME_LAUNCHED, Kind.FACILITY_OPENED})


def _is_no_act(act: Act, kind: Kind, mention: Mention, passage: Passage) -> bool:
    """Whether the words count what was done up to a day, tell how long an inquiry took, say what an agreement is for, or open an event."""
    text = passage.sentence.text
    if act.family in _COUNTED and _TOTAL.search(text):
        return True
    if act.family == "commission" and any(d.end >= act.verb and _RANGE.match(text, d.end) for d in passage.days):
        return True
    if act.family != "publish" and _ITS_PLAN_ZH.match(text, act.end):
        return True
    if kind is Kind.AGREEMENT_SIGNED and mention.strength < Strength.DESCRIBED and _is_occasion(mention.subject):
        return True
    if kind in _OCCASIONS and _is_occasion(mention.subject):
        return True
    signed = next((a.end for a in passage.acts if a.family == "sign" and a.end <= act.start), None)
    return signed is not None and act.family != "sign" and not _MORE.search(text[signed : act.start]) and not _day_between(passage, signed, act)


_MORE = re.compile(r"\band(?: \w+ly| also)? $|並|亦|同時|[。;]")


@cache
def _is_occasion(subject: Subject) -> bool:
    """Whether most names of the subject are those of a forum or fair, which opens and closes every year."""
    names = (*subject.names_en, *subject.names_zh)
    return 2 * sum(bool(_EVENTS.search(name.lower())) for name in names) > len(names)


def _day_between(passage: Passage, start: int, act: Act) -> bool:
    return any(start <= d.start <= act.end + 40 for d in passage.days if d.role is Role.PLAIN)


_DIRECTLY = 1
"""Characters, as in "began accepting applications" and 開始接受申請."""


def _gives_way(act: Act, acts: Sequence[Act], mention: Mention) -> bool:
    """Whether a longer phrase says more exactly what is done: at the same verb, or between the verb and the subject."""
    if act.family not in GENERAL:
        return False
    for other in acts:
        if other.family in GENERAL or not set(FAMILIES[other.family]) & mention.subject.kinds:
            continue
        if other.start <= act.verb < other.end or act.end <= other.start < mention.start or 0 <= other.start - act.end <= _DIRECTLY:
            return True
    return False


def _claim(page: Page, passage: Passage, act: Act, mention: Mention, meaning: Meaning, state: State, told: Tense, day: Attached) -> Claim:
    sentence, language, kind = passage.sentence, page.document.language, meaning.kind
    low, high = (mention.end, act.start) if mention.end <= act.start else (act.end, mention.start)
    if mention.end == 0:
        low = high
    between = ASIDE.sub("", sentence.text[low:high]) if low < high else ""
    signs = Signs(
        strength=mention.strength,
        gap=len(between),
        broken=_breaks_zh(between, mention, act) if language == "zh" else bool(_CLAUSE_EN.search(between)),
        tense=told,
        dated=day.dated,
        age=(page.release - day.day.day).days if day.day.precision is Precision.DAY else 0,
        legislative=kind in LEGISLATIVE,
        headline=sentence.is_headline,
        subject_in_headline=(mention.commitment.key, mention.subject.slug) in page.in_headline,
        elsewhere=is_elsewhere(sentence.text, act.start, language) or (passage.elsewhere and not is_here(sentence.text, language)),
        company=kind not in LEGISLATIVE and by_company(sentence.text, act.verb, act.end, language),
        event=is_of_an_event(sentence.text, mention.start, mention.end, language),
        warning=page.warning,
        speech=page.genre is Genre.SPEECH and kind not in LEGISLATIVE,
        mismatch=told is Tense.PAST and state is State.SCHEDULED and not sentence.is_headline,
        grave=kind is Kind.CANCELLED,
        beside=_is_beside(sentence.text, act, mention, between),
        quoted=bool(_QUOTED.search(sentence.printed)),
        general=act.family in GENERAL,
        unsure_kind=not meaning.sure,
        indirect=act.family == "meeting",
        undated_title=_is_title_only(page.document) and day.dated in _NO_DAY,
        unsupported_day=day.dated is Dated.RELEASE and not page.of_today,
        language=language,
    )
    score = confidence(signs)
    quote, locator = quotation(sentence, [(act.start, act.end), (mention.start, mention.end), (day.day.start, day.day.end)], QUOTE_LIMIT)
    candidate = Candidate(
        commitment=mention.commitment.key,
        target=mention.subject.target,
        kind=kind,
        state=state,
        subject=mention.subject.slug,
        occurred_on=day.day.day,
        precision=day.day.precision,
        quote=quote,
        locator=locator,
        rule=f"press/{act.family}",
        rule_version=RULE_VERSION,
        confidence=score,
        decision=decide(score),
        reason=reason(signs, act.family),
        figures=figures_of(sentence.text, mention.commitment, mention.subject.target),
    )
    return Claim(
        candidate,
        mention,
        act,
        (sentence.place, sentence.start + act.verb),
        signs.broken,
        day.dated,
        confidence(replace(signs, unsupported_day=False)),
    )


_UNDER_EN = re.compile(r"\b(?:under|for|in|at|through|via|with|from|within|using) (?:the |its |an? )?$")


def _is_beside(text: str, act: Act, mention: Mention, between: str) -> bool:
    """Whether something else is done under, for or at the subject: "the first trial under the Platform will start"."""
    if act.family not in GENERAL or mention.end == 0:
        return False
    if mention.end <= act.start:
        return bool(_UNDER_EN.search(text[: mention.start])) and between.count(",") != 1
    return mention.strength is Strength.NAMED and bool(_OTHER_OBJECT.match(between))


def _is_title_only(document: Document) -> bool:
    return not document.paragraphs and document.published_at is None


def _breaks_zh(between: str, mention: Mention, act: Act) -> bool:
    """Whether a clause ends in between: a topic stands before its act, and at the head of a sentence it holds for all of it."""
    if mention.start >= act.end:
        return "," in between or ";" in between
    return ";" in between or (mention.start > 6 and between.count(",") > 1)
