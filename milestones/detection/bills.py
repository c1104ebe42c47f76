"""Bill records of the Legislative Council: each dated field is a stage that took place."""

from collections.abc import Iterator
from datetime import date

from milestones.detection.phrases import Phrases
from milestones.detection.subjects import Mention, named_in
from milestones.detection.text import Sentence, fold
from milestones.domain.dates import Precision
from milestones.domain.documents import QUOTE_LIMIT, Candidate, Decision, Document
from milestones.domain.events import Kind, State

RULE_VERSION = 1

_STAGES = {
    "bill_gazette_date": Kind.BILL_GAZETTED,
    "first_reading_date": Kind.BILL_FIRST_READING,
    "third_reading_date": Kind.BILL_PASSED,
    "ordinance_gazette_date": Kind.ORDINANCE_GAZETTED,
}
_RESUMED = "second_reading_date"
"""`second_reading_date`, `second_reading_date_2` ...: the sittings of the resumed debate; the first of them counts."""


def bill_candidates(document: Document, english: Phrases, chinese: Phrases, present: frozenset[tuple[str, str]]) -> Iterator[Candidate]:
    """The stages of the bill that the record is about, for every subject whose name is its title."""
    subjects = {(m.commitment.key, m.subject.slug): m for m in titled(document, english, chinese, present)}
    for mention in subjects.values():
        for kind, index in _stages(document).items():
            if kind in mention.subject.kinds:
                yield _candidate(document, mention, kind, index)


def titled(document: Document, english: Phrases, chinese: Phrases, present: frozenset[tuple[str, str]]) -> Iterator[Mention]:
    """The subjects whose name is the title of the bill, and nothing less."""
    titles = [("h", document.headline, "en", english), *(("p0", p, "zh", chinese) for p in document.paragraphs[:1])]
    for place, title, language, phrases in titles:
        bare = title.strip().strip("《》")
        sentence = Sentence(place, 0, len(bare), bare, fold(bare, language))
        yield from (m for m in named_in(sentence, phrases, present) if m.start == 0 and m.end == len(sentence.text))


def _stages(document: Document) -> dict[Kind, int]:
    """Which item holds the day of each stage."""
    found = {_STAGES[item.heading]: i for i, item in enumerate(document.items) if item.heading in _STAGES and _day(item.text)}
    resumed = [(_day(item.text), i) for i, item in enumerate(document.items) if item.heading.startswith(_RESUMED) and _day(item.text)]
    if resumed:
        found[Kind.BILL_SECOND_READING_RESUMED] = min(resumed, key=lambda r: (r[0] or date.max, r[1]))[1]
    return found


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _candidate(document: Document, mention: Mention, kind: Kind, index: int) -> Candidate:
    item = document.items[index]
    return Candidate(
        commitment=mention.commitment.key,
        target=mention.subject.target,
        kind=kind,
        state=State.HAPPENED,
        subject=mention.subject.slug,
        occurred_on=_day(item.text),
        precision=Precision.DAY,
        quote=item.text[:QUOTE_LIMIT],
        locator=f"i{index}:0-{min(len(item.text), QUOTE_LIMIT)}",
        rule="bill/stage",
        rule_version=RULE_VERSION,
        confidence=99,
        decision=Decision.APPEND,
        reason=f"the record of this bill gives a day for {item.heading}",
    )
