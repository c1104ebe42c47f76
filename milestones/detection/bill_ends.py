"""That a bill was withdrawn or has lapsed: the bills database has no field for it, only remarks in words.

No such remark was ever seen, so what is found waits for a person.
"""

import re
from collections.abc import Iterator
from datetime import date

from milestones.detection.bills import titled
from milestones.detection.days import Role, day_mentions
from milestones.detection.phrases import Phrases
from milestones.detection.text import fold, sentences
from milestones.domain.dates import Precision
from milestones.domain.documents import QUOTE_LIMIT, Candidate, Decision, Document
from milestones.domain.events import Kind, State

RULE_VERSION = 1

_ENDS = (
    (Kind.BILL_WITHDRAWN, re.compile(r"\bwithdrawn\b|\bwithdrew\b|\bwithdrawal\b|撤回")),
    (Kind.BILL_LAPSED, re.compile(r"\blapsed?\b|\bnot proceeded with\b|\bnegatived\b|失效|不再處理|否決")),
)
_LANGUAGES = {"remarks_eng": "en", "remarks_chi": "zh"}


def end_candidates(document: Document, english: Phrases, chinese: Phrases, present: frozenset[tuple[str, str]]) -> Iterator[Candidate]:
    """What the remarks of a bill record say of its end; the English remark before the Chinese one, which says the same."""
    mentions = {(m.commitment.key, m.subject.slug): m for m in titled(document, english, chinese, present)}
    seen: set[tuple[str, str, Kind]] = set()
    for index, item in enumerate(document.items):
        for sentence in sentences([(f"i{index}", item.text)], _LANGUAGES[item.heading]) if item.heading in _LANGUAGES else ():
            for kind in (k for k, pattern in _ENDS if pattern.search(sentence.text)):
                for (commitment, subject), mention in mentions.items():
                    if kind not in mention.subject.kinds or (commitment, subject, kind) in seen:
                        continue
                    seen.add((commitment, subject, kind))
                    day = _day(sentence.text, _LANGUAGES[item.heading], document)
                    words = sentence.printed[:QUOTE_LIMIT]
                    yield Candidate(
                        commitment=commitment,
                        target=mention.subject.target,
                        kind=kind,
                        state=State.HAPPENED,
                        subject=subject,
                        occurred_on=day,
                        precision=Precision.DAY if day else Precision.UNKNOWN,
                        quote=words,
                        locator=f"i{index}:{sentence.start}-{sentence.start + len(words)}",
                        rule="bill/remark",
                        rule_version=RULE_VERSION,
                        confidence=70,
                        decision=Decision.REVIEW,
                        reason=f"a remark on this bill says {kind.value.replace('_', ' ')}",
                    )


def _day(text: str, language: str, document: Document) -> date | None:
    """The only day that the remark names, with its year."""
    named = {m.day for m in day_mentions(text, language, document.day or date.min) if m.precision is Precision.DAY and m.role is Role.PLAIN}
    return named.pop() if len(named) == 1 and re.search(r"\d{4}", fold(text, language).text) else None
