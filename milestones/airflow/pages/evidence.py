"""The history of a commitment as its page shows it: steps with their evidence, twins side by side, and what people decided.

Pure functions of the events that were read. A document in two languages is one witness with two texts; the reader's language comes first.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from milestones.domain.commitments import Commitment, Subject
from milestones.domain.dates import Precision
from milestones.domain.events import CONTEXT, EventType, Recorded, State
from milestones.domain.milestones import Knowledge, Milestone
from milestones.domain.vocabulary import Vocabulary
from milestones.reports.wording import say

_STATEMENTS = frozenset({EventType.MILESTONE_REPORTED, EventType.MILESTONE_AMENDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One document that tells of a step: the event that stands, what it said before, and what people decided on its claim, oldest first."""

    event: Recorded
    language: str
    before: tuple[Recorded, ...]
    decisions: tuple[Recorded, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """One text in one language or two; `only` is the language it has, where that is not the reader's."""

    tellings: tuple[Telling, ...]
    only: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A milestone: its words, day and witnesses; `target` is a title, empty for what bears on none. `moved_from` are days given before."""

    milestone: Milestone
    kind: str
    about: str
    target: str
    day: str
    moved_from: tuple[date, ...]
    witnesses: tuple[Witness, ...]

    @property
    def is_ahead(self) -> bool:
        """Whether it is announced and nothing says that it took place."""
        return self.milestone.state is State.SCHEDULED


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """What is no step: a retraction, a rejection, a ruling, what became of the commitment as a whole."""

    event: Recorded
    label: str


def steps(commitment: Commitment, knowledge: Knowledge, events: Sequence[Recorded], vocabulary: Vocabulary, language: str) -> list[Step]:
    """The steps of the commitment, the newest first; `events` are those that `knowledge` was folded from."""
    titles = {t.slug: t.title_zh if language == "zh" else t.title_en for t in commitment.targets} | {CONTEXT: ""}
    subjects = {s.slug: s for s in commitment.subjects}
    claims: dict[str, list[Recorded]] = {}
    for event in events:
        claims.setdefault(event.draft.claim_key, []).append(event)
    found = [
        Step(
            milestone=m,
            kind=vocabulary.kinds[m.kind].of(language),
            about=name_of(subjects.get(m.subject), m.subject, language),
            target=titles.get(m.target, m.target),
            day=stated(m.occurred_on, m.precision, language),
            moved_from=tuple(e.draft.occurred_on for e in m.put_off if e.draft.occurred_on),
            witnesses=tuple(_witnesses([_telling(e, claims[e.draft.claim_key]) for e in m.evidence], language)),
        )
        for m in knowledge.milestones
        if m.commitment == commitment.key
    ]
    return sorted(found, key=lambda s: (s.milestone.meant.first, s.milestone.evidence[-1].position), reverse=True)


def asides(events: Iterable[Recorded], shown: Iterable[Step], vocabulary: Vocabulary, language: str) -> list[Aside]:
    """What the history holds beside its steps, the newest first; decisions that stand with a telling are not told twice."""
    told = {d.event_id for s in shown for w in s.witnesses for t in w.tellings for d in t.decisions}
    return [
        Aside(event=e, label=vocabulary.event_types[e.draft.type].of(language))
        for e in sorted(events, key=lambda e: e.position, reverse=True)
        if e.draft.type not in _STATEMENTS and e.event_id not in told
    ]


def name_of(subject: Subject | None, slug: str, language: str) -> str:
    """How texts name a subject; its slug where the registry no longer has it."""
    names = (subject.names_zh if language == "zh" else subject.names_en) if subject else ()
    return names[0] if names else slug


def stated(day: date | None, precision: Precision, language: str) -> str:
    """A day as exactly as it was stated: `2024-12-18`, `2024-12`, `2024, third quarter`."""
    if day is None:
        return say("commitment.no_day", language)
    match precision:
        case Precision.YEAR:
            return f"{day.year}"
        case Precision.HALF:
            return say("commitment.half", language, year=day.year, half=1 + (day.month > 6))
        case Precision.QUARTER:
            return say("commitment.quarter", language, year=day.year, quarter=(day.month + 2) // 3)
        case Precision.MONTH:
            return f"{day:%Y-%m}"
        case _:
            return day.isoformat()


def _telling(event: Recorded, claim: Sequence[Recorded]) -> Telling:
    by_id: Mapping[UUID, Recorded] = {e.event_id: e for e in claim}
    before, earlier = list[Recorded](), event
    while earlier.draft.amends and (found := by_id.get(earlier.draft.amends)):
        before.append(found)
        earlier = found
    return Telling(
        event=event,
        language=str(event.draft.data.get("language") or "en"),
        before=tuple(reversed(before)),
        decisions=tuple(e for e in claim if e.draft.kind is None),
    )


def _witnesses(tellings: Iterable[Telling], language: str) -> Iterable[Witness]:
    groups: list[list[Telling]] = []
    for telling in tellings:
        beside = next((g for g in groups if any(_are_twins(telling.event, t.event) for t in g)), None)
        if beside is None:
            groups.append([telling])
        else:
            beside.append(telling)
    for group in groups:
        ordered = sorted(group, key=lambda t: (t.language != language, t.event.position))
        yield Witness(tellings=tuple(ordered), only=ordered[0].language if ordered[0].language != language else "")


def _are_twins(one: Recorded, other: Recorded) -> bool:
    """Whether one page names the other as its text in the other language, or both are of one page."""
    pages = (one.draft.data.get("twin_url"), other.draft.data.get("twin_url"))
    return other.draft.source == pages[0] or one.draft.source == pages[1] or one.draft.source == other.draft.source
