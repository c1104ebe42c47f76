"""Rows of official tables: bills and subsidiary legislation with their days, and votes by division.

A row is about what its title names. Where the title is the name and nothing else, the day of the row is a fact; where the name stands in a
longer title, the row may be about something near it, and a person decides.
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

_STEPS = {
    "bill_gazetted": (Kind.BILL_GAZETTED, State.HAPPENED),
    "gazetted": (Kind.SUBSIDIARY_LEGISLATION_GAZETTED, State.HAPPENED),
    "tabled": (Kind.SUBSIDIARY_LEGISLATION_TABLED, State.HAPPENED),
    "to_be_gazetted": (Kind.SUBSIDIARY_LEGISLATION_GAZETTED, State.SCHEDULED),
    "to_be_tabled": (Kind.SUBSIDIARY_LEGISLATION_TABLED, State.SCHEDULED),
}
_THIRD_READING = re.compile(r"\bthird reading\b|\bread the third time\b|三讀")
_BESIDE = re.compile(r"\b(?:the|of|for|on|that|be|motion|do pass|and)\b|議案|[\W_]+")
_OUTCOMES = {"passed": Kind.BILL_PASSED, "negatived": Kind.BILL_LAPSED}
_WHOLE_TITLE, _IN_A_TITLE = 97, 75


def instrument_candidates(document: Document, phrases: Phrases, present: frozenset[tuple[str, str]]) -> Iterator[Candidate]:
    """Gazettal and tabling of what the row is about."""
    for mention, whole in _titled(document, phrases, present, beside=None):
        for index, item in enumerate(document.items):
            kind, state = _STEPS.get(item.heading, (None, State.HAPPENED))
            if kind and kind in mention.subject.kinds:
                quoted = (item.text, f"i{index}:0-{len(item.text)}")
                reason = f"the row of this title gives the day as {item.heading}"
                yield _candidate(mention, kind, state, date.fromisoformat(item.text), quoted, "instrument/row", whole, reason)


def vote_candidates(document: Document, phrases: Phrases, present: frozenset[tuple[str, str]]) -> Iterator[Candidate]:
    """The passage of a bill whose third reading was voted on; that one was negatived ends it, which a person has to put into words."""
    told = {item.heading: item.text for item in document.items}
    kind = _OUTCOMES.get(told.get("result", "").casefold())
    if kind is None or document.day is None or not _THIRD_READING.search(fold(document.headline, document.language).text):
        return
    for mention, whole in _titled(document, phrases, present, beside=_THIRD_READING):
        if kind in mention.subject.kinds:
            quoted = quotation(_headline(document), [(mention.start, mention.end)], QUOTE_LIMIT)
            reason = f"the third reading was put to the vote and {told['result'].casefold()}"
            sure = whole and kind is Kind.BILL_PASSED
            yield _candidate(mention, kind, State.HAPPENED, document.day, quoted, "vote/third-reading", sure, reason)


def _headline(document: Document) -> Sentence:
    return Sentence("h", 0, len(document.headline), document.headline, fold(document.headline, document.language))


def _titled(
    document: Document, phrases: Phrases, present: frozenset[tuple[str, str]], *, beside: re.Pattern[str] | None
) -> Iterator[tuple[Mention, bool]]:
    """Each subject that the title names, and whether it names nothing else, save for quotation marks, small words and what is `beside` it."""
    sentence, seen = _headline(document), set[tuple[str, str]]()
    named = {(id(hit.phrase.subject), hit.start, hit.end) for hit in phrases.find(sentence.text)}
    for mention in named_in(sentence, phrases, present):
        key = (mention.commitment.key, mention.subject.slug)
        if key not in seen:
            seen.add(key)
            rest = f"{sentence.text[: mention.start]} {sentence.text[mention.end :]}"
            alone = not _BESIDE.sub("", beside.sub(" ", rest) if beside else rest)
            # A mention runs on to the end of its title: one that is longer than the name is another instrument.
            yield mention, alone and (id(mention.subject), mention.start, mention.end) in named


def _candidate(mention: Mention, kind: Kind, state: State, day: date, quoted: tuple[str, str], rule: str, sure: bool, reason: str) -> Candidate:
    quote, locator = quoted
    return Candidate(
        commitment=mention.commitment.key,
        target=mention.subject.target,
        kind=kind,
        state=state,
        subject=mention.subject.slug,
        occurred_on=day,
        precision=Precision.DAY,
        quote=quote,
        locator=locator,
        rule=rule,
        rule_version=RULE_VERSION,
        confidence=_WHOLE_TITLE if sure else _IN_A_TITLE,
        decision=Decision.APPEND if sure else Decision.REVIEW,
        reason=reason,
    )
