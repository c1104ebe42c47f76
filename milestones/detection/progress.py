"""Progress: an official figure or state of work on a subject, where a release tells of no step towards it.

The weakest kind: it never completes anything unless it carries the very figure that a target names.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from milestones.detection.circumstances import is_of_an_event
from milestones.detection.confidence import APPEND_FROM, decide
from milestones.detection.days import Role
from milestones.detection.figures import figures_of
from milestones.detection.passages import Genre, Page, Passage
from milestones.detection.places import is_elsewhere
from milestones.detection.subjects import Mention, Strength
from milestones.detection.text import quotation
from milestones.domain.dates import Precision, interval_of
from milestones.domain.documents import QUOTE_LIMIT, Candidate, Decision, Figure
from milestones.domain.events import Kind, State

RULE_VERSION = 1

_STATE = re.compile(
    r"\b(?:ha(?:s|ve|d) (?:\w+ )?(?:been |\w+ed\b|begun|put|taken|brought|set|gone|met)"
    r"|(?:is|are) (?:now |being |currently )?(?:being |\w+ing\b|under way|underway|in progress)|so far|to date|up to now"
    r"|as at|as of|by the end of (?:last|\w+ \d{4})"
    r"|currently|at present|were received|was received|now linked|completed|received|gathers?|gathered|attract\w*)\b"
    r"|\b(?:reached|handled|attended|trained|stands? at|stood at|numbered|rose|grew|increased|gone up|taken part|took part)\b"
    r"|已(?!故)|至今|正(?=在|與|就|推|進|研|籌|積|審|開|全|落)|累計|截至|現時|目前|進度|完成|收到|接獲|共有|吸引|同意|增至|達到|錄得|處理|惠及|接觸|參與"
)
_QUANTITY = re.compile(
    r"(?<![\d(])\d[\d ,.]*(?! ?(?:am|pm|\)))|\b(?:two|three|four|five|six|seven|eight|nine|ten|dozens?|hundreds?)\b"
    r"|(?!一[個項間名家份部輛])[一二三四五六七八九十百千萬兩]{1,8}(?:個|份|項|間|名|宗|款|類|票|次|成|人|家|億|萬|座|部|輛)|百分之"
)
_DATE = re.compile(
    r"\([^)]*\)|\b(?:19|20)\d\d\b"
    r"|\b(?:january|february|march|april|may|june|july|august|september|october|november|december) \d{1,2}\b"
    r"|\d{4}年|[○一二三四五六七八九十]{1,4}[年月日]"
)
_VAGUE = re.compile(
    r"\b(?:will|would|plan(?:s|ned)?|aim(?:s|ed)?|hope|intend(?:s)?|shall|in due course|considering|ready to)\b"
    r"|(?<![社員法機大協學議])會(?![議員見面計場址展])|將|計劃在|目標|擬|希望|爭取|籌備|適時"
)
_TOTAL = re.compile(r"\b(?:total|so far|to date|up to now|as at|by the end of last)\b|至今|至此|累計|合共|總數|截至")
_NONE = re.compile(r"\b(?:no|not|nothing|never|falsely|newspapers?|rumou?rs?)\b|沒有|未有|並無|尚未|訛稱|報章|傳聞")


_NEWS = 8
"""Days."""


@dataclass(frozen=True, slots=True)
class _Signs:
    """What speaks for progress in one sentence; `dated` says that it tells of a past day, and so perhaps of a step."""

    strength: Strength
    state: bool
    counted: bool
    vague: bool
    denied: bool
    figures: tuple[Figure, ...]
    reply: bool
    speech: bool
    in_headline: bool
    aside: bool
    beside: bool
    total: bool
    dated: bool


def progress(page: Page, steps: Sequence[Candidate]) -> Iterator[Candidate]:
    """The surest progress on each target of those commitments on which the release tells no step; `steps` are what it tells."""
    told = frozenset(s.commitment for s in steps if s.decision is not Decision.DROP and _is_news(s, page.release))
    is_of_others = any(s.decision is Decision.APPEND and (s.commitment, s.subject) in page.in_headline for s in steps)
    best: dict[tuple[str, str], Candidate] = {}
    for passage in page.passages:
        if passage.sentence.is_headline or passage.asked:
            continue
        for mention in passage.mentions:
            if mention.strength > Strength.PARAPHRASED and Kind.PROGRESS_REPORTED in mention.subject.kinds and mention.commitment.key not in told:
                candidate = _candidate(page, passage, mention, news_of_others=is_of_others)
                key = (candidate.commitment, candidate.target)
                if key not in best or best[key].confidence < candidate.confidence:
                    best[key] = candidate
    yield from best.values()


def _is_news(step: Candidate, release: date) -> bool:
    """Whether a step is what the release is about, not one of long ago that it tells again."""
    return step.occurred_on is None or (release - interval_of(step.occurred_on, step.precision).last).days <= _NEWS


def _candidate(page: Page, passage: Passage, mention: Mention, *, news_of_others: bool) -> Candidate:
    text = passage.sentence.text
    figures = figures_of(text, mention.commitment, mention.subject.target)
    signs = _Signs(
        strength=mention.strength,
        state=bool(_STATE.search(passage.masked)),
        counted=bool(_QUANTITY.search(_DATE.sub("", passage.masked))),
        vague=bool(_VAGUE.search(passage.masked)),
        denied=bool(_NONE.search(text)),
        figures=figures,
        beside=news_of_others,
        total=bool(_TOTAL.search(text)),
        dated=any(d.role is Role.PLAIN and d.day < page.release for d in passage.days),
        reply=page.genre is Genre.REPLY,
        speech=page.genre is Genre.SPEECH,
        in_headline=mention.subject.slug in {slug for _, slug in page.in_headline},
        aside=page.warning
        or is_elsewhere(text, mention.start, page.document.language)
        or is_of_an_event(text, mention.start, mention.end, page.document.language),
    )
    score = _score(signs)
    quote, locator = quotation(passage.sentence, [(mention.start, mention.end)], QUOTE_LIMIT)
    return Candidate(
        commitment=mention.commitment.key,
        target=mention.subject.target,
        kind=Kind.PROGRESS_REPORTED,
        state=State.HAPPENED,
        subject=mention.subject.slug,
        occurred_on=page.release,
        precision=Precision.DAY,
        quote=quote,
        locator=locator,
        rule="press/progress",
        rule_version=RULE_VERSION,
        confidence=score,
        decision=decide(score),
        reason=_reason(signs),
        figures=figures,
    )


def _score(signs: _Signs) -> int:
    score = 30 + {Strength.NAMED: 15, Strength.DESCRIBED: 12, Strength.REFERRED: 6}.get(signs.strength, 0)
    score += 15 * signs.state + 15 * signs.counted + 10 * bool(signs.figures) + 20 * signs.reply + 8 * signs.total + 5 * signs.in_headline
    if signs.reply and signs.strength is Strength.REFERRED and not (signs.total or signs.in_headline):
        score -= 15  # a reply speaks of many things: "the scheme" of a later part is often another one
    score -= (
        (12 if signs.counted and signs.state else 30) * signs.vague + 25 * signs.denied + 15 * signs.speech + 30 * signs.aside + 15 * signs.beside
    )
    return max(0, min(90 if _is_status(signs) else APPEND_FROM - 1, score))


def _is_status(signs: _Signs) -> bool:
    """Whether a number is given as the state of the subject itself, up to a day or at present; all else is for a person to judge."""
    return signs.counted and signs.state and signs.strength >= Strength.REFERRED and (signs.total or not signs.dated)


def _reason(signs: _Signs) -> str:
    words = [f"subject {'named' if signs.strength >= Strength.DESCRIBED else 'referred to'}; no step told of it"]
    words += [
        text for text, true in (("state of work", signs.state), ("a number", signs.counted), ("in a reply to the Council", signs.reply)) if true
    ]
    words += [text for text, true in (("also what is to come", signs.vague), ("denied", signs.denied), ("an aside", signs.aside)) if true]
    return "; ".join(words)
