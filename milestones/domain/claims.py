"""What a draft is to the ledger: new, known already, an amendment of what stands, or something that only a person may settle.

The machine never undoes a person. Where nobody has decided on a claim, a reading is compared with what the machine recorded; where somebody
has, with the last thing the machine read, and whatever is new goes to review. Pure: what is known comes in, what is to be done goes out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from milestones.domain.documents import Outcome
from milestones.domain.events import Draft, EventType
from milestones.domain.ledger import content_digest

READ_AGAIN = "read_again"
"""The key of an event's data that says: the very same bytes had been read before, so what is new comes from our rules."""

_DECISIONS = frozenset({EventType.CANDIDATE_ACCEPTED, EventType.CANDIDATE_REJECTED, EventType.RULING_MADE})

_MILESTONES = frozenset({EventType.MILESTONE_REPORTED, EventType.MILESTONE_AMENDED, EventType.MILESTONE_RETRACTED})

_STRANDS = (
    _MILESTONES,
    frozenset({EventType.COMMITMENT_REGISTERED, EventType.COMMITMENT_REWORDED}),
    frozenset({EventType.SOURCE_DEGRADED, EventType.SOURCE_RECOVERED}),
)
"""Types that follow one another about one claim; every other type is compared with its own kind only."""

_CHANGED = {EventType.MILESTONE_REPORTED: EventType.MILESTONE_AMENDED, EventType.COMMITMENT_REGISTERED: EventType.COMMITMENT_REWORDED}
"""What a first statement becomes when its claim stands with other content."""

_FIRST = {changed: first for first, changed in _CHANGED.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """An earlier event of a claim, as far as judging needs it. `text_digest` is that of the document it rests on."""

    event_id: UUID
    type: EventType
    position: int
    content_digest: str
    text_digest: str | None
    by_person: bool


@dataclass(frozen=True, slots=True)
class LastReading:
    """What the machine read of a claim last, whatever became of it; `position` is the newest event at that time."""

    reading: int
    content_digest: str
    position: int


@dataclass(frozen=True, slots=True)
class History:
    """All that is known of one claim; events oldest first."""

    events: tuple[Earlier, ...] = ()
    last_reading: LastReading | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be done with a draft: `draft` is what to append, None unless the outcome is `appended`."""

    outcome: Outcome
    reason: str
    draft: Draft | None = None


def by_person(type_: EventType, data: Mapping[str, Any]) -> bool:
    """Whether a person made this event: a decision always is one; others name the person's pseudonym in `data["person"]`."""
    return type_ in _DECISIONS or bool(data.get("person"))


def judge(draft: Draft, history: History, *, text_digest: str | None = None, reading: int | None = None, doubtful: bool = False) -> Verdict:
    """What to do with a draft. `text_digest` is that of its document, `reading` the number of the reading that claims it, where it has them.

    A `doubtful` one is never appended: it waits for a person, unless the same is known, or waits or was decided on already.
    """
    verdict = _judge(draft, history, text_digest, reading)
    if not doubtful or verdict.outcome is not Outcome.APPENDED:
        return verdict
    last = history.last_reading
    if last and last.content_digest == content_digest(draft):
        return Verdict(Outcome.SAME, "the machine read the same before, and it was held then")
    return Verdict(Outcome.HELD, "doubtful")


def _judge(draft: Draft, history: History, text_digest: str | None, reading: int | None) -> Verdict:
    content = content_digest(draft)
    strand = next((s for s in _STRANDS if draft.type in s), frozenset({draft.type}))
    before = [e for e in history.events if e.type in strand]
    if draft.type in _MILESTONES and not by_person(draft.type, draft.data):
        refused = _refuse_reading(content, before, history, text_digest, reading)
        if refused:
            return refused
    elif before and before[-1].event_id != draft.amends and _first(before[-1].type) is _first(draft.type) and before[-1].content_digest == content:
        return Verdict(Outcome.SAME, "recorded already")
    if draft.type not in _CHANGED or not before or before[-1].type is EventType.MILESTONE_RETRACTED:
        return Verdict(Outcome.APPENDED, "new", draft)
    return _changed(draft, before[-1], text_digest)


def _refuse_reading(content: str, before: Sequence[Earlier], history: History, text: str | None, reading: int | None) -> Verdict | None:
    last = history.last_reading
    if last and last.reading == reading and last.content_digest != content:
        return Verdict(Outcome.HELD, "the same reading claims this twice, with other content")
    machine = next((e for e in reversed(before) if not e.by_person), None)
    known = machine.content_digest if machine and machine.type is not EventType.MILESTONE_RETRACTED else None
    decision = next((e for e in reversed(history.events) if e.by_person), None)
    if decision and last and last.position >= (machine.position if machine else 0):
        known = last.content_digest
    if known == content:
        return Verdict(Outcome.SAME, "the machine read the same before")
    if decision is None:
        return None
    decided_text = next((e.text_digest for e in reversed(history.events) if e.text_digest and e.position <= decision.position), None)
    if text is not None and text == decided_text:
        return Verdict(Outcome.SAME, "a person has decided on this text")
    return Verdict(Outcome.HELD, "a person has decided on this claim, and the text has changed since")


def _changed(draft: Draft, current: Earlier, text_digest: str | None) -> Verdict:
    changed = _CHANGED[draft.type]
    if changed is not EventType.MILESTONE_AMENDED:
        # A rewording is a later fact; it does not say that the earlier wording was wrong, so it amends nothing.
        return Verdict(Outcome.APPENDED, "reworded", replace(draft, type=changed))
    same_text = text_digest is not None and text_digest == current.text_digest
    because = "rules_changed" if same_text or draft.data.get(READ_AGAIN) else "source_changed"
    if by_person(draft.type, draft.data):
        because = "person_decided"
    amended = replace(draft, type=changed, amends=current.event_id, data={**draft.data, "amended_because": because})
    return Verdict(Outcome.APPENDED, because, amended)


def _first(type_: EventType) -> EventType:
    return _FIRST.get(type_, type_)
