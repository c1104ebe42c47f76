"""Council agendas: what is listed stands on the paper for the sitting, so it is scheduled and never happened.

The heading says the stage; a bill listed under First Reading and again under Second Reading on the same day is one claim.
"""

import re
from collections.abc import Iterator
from datetime import date

from milestones.detection.phrases import Phrases
from milestones.detection.subjects import Mention, named_in
from milestones.detection.text import Sentence, fold, quotation
from milestones.domain.dates import Precision
from milestones.domain.documents import QUOTE_LIMIT, Candidate, Decision, Document
from milestones.domain.events import Kind, State

RULE_VERSION = 1

_STAGES = (
    (Kind.BILL_SECOND_READING_RESUMED, re.compile(r"debates? to (?:be )?resum|resumption of|second reading\W+(?:debate )?resum|恢復")),
    (Kind.BILL_FIRST_READING, re.compile(r"first reading|debates? to be adjourned|首讀|中止待續")),
    (Kind.SUBSIDIARY_LEGISLATION_TABLED, re.compile(r"subsidiary legislation|laying of papers|tabling of papers|附屬法例|提交文件")),
)


def stage_of(heading: str) -> Kind | None:
    """What is listed under a heading path; None for questions, motions and other papers."""
    text = fold(heading, "en").text
    for kind, pattern in _STAGES:
        if pattern.search(text):
            return kind
    return None


def agenda_candidates(document: Document, day: date, phrases: Phrases, present: frozenset[tuple[str, str]]) -> Iterator[Candidate]:
    """What the agenda puts on the paper for `day`."""
    seen: set[tuple[str, str, Kind]] = set()
    for index, item in enumerate(document.items):
        kind = stage_of(item.heading)
        if kind is None:
            continue
        sentence = Sentence(f"i{index}", 0, len(item.text), item.text, fold(item.text, document.language))
        for mention in named_in(sentence, phrases, present):
            key = (mention.commitment.key, mention.subject.slug, kind)
            if kind in mention.subject.kinds and key not in seen:
                seen.add(key)
                yield _candidate(sentence, mention, kind, day)


def _candidate(sentence: Sentence, mention: Mention, kind: Kind, day: date) -> Candidate:
    quote, locator = quotation(sentence, [(mention.start, mention.end)], QUOTE_LIMIT)
    return Candidate(
        commitment=mention.commitment.key,
        target=mention.subject.target,
        kind=kind,
        state=State.SCHEDULED,
        subject=mention.subject.slug,
        occurred_on=day,
        precision=Precision.DAY,
        quote=quote,
        locator=locator,
        rule="agenda/listing",
        rule_version=RULE_VERSION,
        confidence=97,
        decision=Decision.APPEND,
        reason="listed by its title under this stage on the agenda of the sitting",
    )
