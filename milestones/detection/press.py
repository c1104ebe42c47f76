"""Press releases: sentence by sentence, subject and act must stand together, in a tense that tells, on a day that is given."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from milestones.detection.acts import FAMILIES, GENERAL, LEGISLATIVE, Act, kind_of
from milestones.detection.attach import Attached, Dated, attached, state_of
from milestones.detection.circumstances import by_company, is_elsewhere, is_of_an_event
from milestones.detection.confidence import Signs, confidence, decide, reason
from milestones.detection.figures import figures_of
from milestones.detection.passages import Genre, Page, Passage
from milestones.detection.subjects import Mention
from milestones.detection.tense import Tense, tense
from milestones.detection.text import quotation
from milestones.domain.dates import Precision
from milestones.domain.documents import QUOTE_LIMIT, Candidate, Document
from milestones.domain.events import Kind, State

RULE_VERSION = 1

_NO_DAY = frozenset({Dated.RELEASE, Dated.RUNNING, Dated.ASSUMED})

_CLAUSE_EN = re.compile(r"[;:]|\b(?:that|which|who|whose|where|because|although|while|whereas)\b")


@dataclass(frozen=True, slots=True)
class Claim:
    """A candidate with what is needed to choose between several of one document."""

    candidate: Candidate
    mention: Mention
    act: Act
    place: tuple[str, int]
    broken: bool


def claims(page: Page) -> Iterator[Claim]:
    """Every claim of the release, whatever its confidence; several may say the same."""
    for passage in page.passages:
        if passage.mentions:
            for act in passage.acts:
                yield from _claims_of(page, passage, act)


def _claims_of(page: Page, passage: Passage, act: Act) -> Iterator[Claim]:
    text = passage.sentence.text
    told = tense(passage.masked, act.verb, act.end, headline=passage.sentence.is_headline, language=page.document.language)
    if not told.tells and not (act.family == "delay" and told is Tense.INTENDED):
        return
    for mention in _nearest(passage.mentions, act):
        beside = (text[act.start : mention.start], text[max(0, act.start - 20) : act.end + 60])
        kind = kind_of(act, mention.subject.kinds, mention.name, beside)
        if kind is None or _gives_way(act, passage.acts, mention):
            continue
        day = attached(page, passage, act, told, kind)
        state = state_of(kind, told, day.day, page.release) if day else None
        if day and state:
            yield _claim(page, passage, act, mention, kind, state, told, day)


def _nearest(mentions: Iterable[Mention], act: Act) -> list[Mention]:
    """Of each subject the mention that stands nearest to the act."""
    best: dict[int, Mention] = {}
    for mention in sorted(mentions, key=lambda m: max(m.start - act.end, act.start - m.end, 0)):
        best.setdefault(id(mention.subject), mention)
    return list(best.values())


def _gives_way(act: Act, acts: Sequence[Act], mention: Mention) -> bool:
    """Whether a longer phrase says more exactly what is done: at the same verb, or between the verb and the subject."""
    if act.family not in GENERAL:
        return False
    for other in acts:
        if other.family in GENERAL or not set(FAMILIES[other.family]) & mention.subject.kinds:
            continue
        if other.start <= act.verb < other.end or act.end <= other.start < mention.start:
            return True
    return False


def _claim(page: Page, passage: Passage, act: Act, mention: Mention, kind: Kind, state: State, told: Tense, day: Attached) -> Claim:
    sentence, language = passage.sentence, page.document.language
    low, high = (mention.end, act.start) if mention.end <= act.start else (act.end, mention.start)
    between = re.sub(r"\([^)]*\)", "", sentence.text[low:high]) if low < high else ""
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
        elsewhere=is_elsewhere(sentence.text, act.start, language),
        company=kind not in LEGISLATIVE and by_company(sentence.text, act.verb, act.end, language),
        event=is_of_an_event(sentence.text, mention.start, mention.end, language),
        warning=page.warning,
        speech=page.genre is Genre.SPEECH and kind not in LEGISLATIVE,
        mismatch=told is Tense.PAST and state is State.SCHEDULED,
        grave=kind is Kind.CANCELLED,
        undated_title=_is_title_only(page.document) and day.dated in _NO_DAY,
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
    return Claim(candidate, mention, act, (sentence.place, sentence.start + act.verb), signs.broken)


def _is_title_only(document: Document) -> bool:
    return not document.paragraphs and document.published_at is None


def _breaks_zh(between: str, mention: Mention, act: Act) -> bool:
    """Whether a clause ends in between: a topic stands before its act, and at the head of a sentence it holds for all of it."""
    if mention.start >= act.end:
        return "," in between or ";" in between
    return ";" in between or (mention.start > 6 and between.count(",") > 1)
