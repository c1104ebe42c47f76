"""When the Legislative Council sits, and what that leaves time for.

A bill can only move at a sitting, and one that is not passed by the end of a term lapses with it (Legislative Council Ordinance, Cap. 542
section 9(4)). So a day by which the law is to be there really means the last sitting before it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from milestones.domain.commitments import DeadlineKind, Target
from milestones.domain.dates import Interval
from milestones.domain.documents import Document
from milestones.domain.events import Kind, State

SITTING, TERM, SESSION = "sitting", "term", "session"
"""Headings of the items of a schedule. The text of a sitting is its day, that of a term or session `FIRST/LAST`."""

_AT_A_SITTING = frozenset(
    {
        *(Kind.BILL_FIRST_READING, Kind.BILL_SECOND_READING_RESUMED, Kind.BILL_PASSED, Kind.SUBSIDIARY_LEGISLATION_TABLED),
        *(Kind.ORDINANCE_GAZETTED, Kind.ORDINANCE_COMMENCED),
    }
)
"""What takes place at a sitting, or cannot come without one."""

_BEFORE_COUNCIL = frozenset({Kind.BILL_FIRST_READING, Kind.BILL_SECOND_READING_RESUMED})
_DONE_WITH = frozenset({Kind.BILL_PASSED, Kind.BILL_WITHDRAWN, Kind.BILL_LAPSED, Kind.ORDINANCE_GAZETTED, Kind.ORDINANCE_COMMENCED})

OF_BILLS = _BEFORE_COUNCIL | _DONE_WITH
"""Of what kind a step must be to tell which bills are before the Council."""


class Step(Protocol):
    """As much of a milestone as is asked for here."""

    @property
    def commitment(self) -> str: ...
    @property
    def target(self) -> str: ...
    @property
    def kind(self) -> Kind: ...
    @property
    def subject(self) -> str: ...
    @property
    def state(self) -> State: ...
    @property
    def meant(self) -> Interval: ...


S = TypeVar("S", bound=Step)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The sittings, terms and sessions known, each in the order of time."""

    sittings: tuple[date, ...] = ()
    terms: tuple[Interval, ...] = ()
    sessions: tuple[Interval, ...] = ()

    @property
    def known_until(self) -> date | None:
        """The day up to which no further sitting is to be expected: the end of the session that the last one known belongs to."""
        if not self.sittings:
            return None
        last = self.sittings[-1]
        return max((s.last for s in self.sessions if s.first <= last <= s.last), default=last)

    def term_end(self, day: date) -> date | None:
        """The end of the term that a day belongs to."""
        return next((t.last for t in self.terms if t.first <= day <= t.last), None)


def calendar_of(documents: Iterable[Document]) -> Calendar:
    """From the schedule as it was read."""
    items = [item for document in documents for item in document.items]
    days = sorted({date.fromisoformat(i.text) for i in items if i.heading == SITTING})
    spans = {heading: sorted({_span(i.text) for i in items if i.heading == heading}) for heading in (TERM, SESSION)}
    return Calendar(tuple(days), tuple(spans[TERM]), tuple(spans[SESSION]))


def span_text(interval: Interval) -> str:
    """A term or session as an item's text; the reverse of what `calendar_of` reads."""
    return f"{interval.first.isoformat()}/{interval.last.isoformat()}"


def last_opportunity_on(deadline: date | None, sittings: Sequence[date], term_end: date | None) -> date | None:
    """The last sitting on or before the deadline and the end of the term, whichever comes first; None without either, or without a sitting."""
    ends = [end for end in (deadline, term_end) if end]
    return max((s for s in sittings if s <= min(ends)), default=None) if ends else None


def opportunity(target: Target, milestones: Iterable[Step], calendar: Calendar, on: date) -> date | None:
    """The last sitting before the day that binds this target; None where no sitting can complete it, no day binds it, or none is known.

    `milestones` are those of its commitment. The term binds only what is before the Council by then; the next term can take up the rest. An
    answer is given only for days up to which the sittings are known.
    """
    if not any(c.kind in _AT_A_SITTING for c in target.completes):
        return None
    until = target.deadline.interval.last if target.deadline.interval and target.deadline.kind is DeadlineKind.BY else None
    waiting = any(m.target == target.slug for m in pending(milestones, on))
    term_end = calendar.term_end(on) if waiting else None
    bound, known = min((end for end in (until, term_end) if end), default=None), calendar.known_until
    if bound is None or known is None or bound > known:
        return None
    return last_opportunity_on(until, calendar.sittings, term_end)


def pending(milestones: Iterable[S], on: date) -> list[S]:
    """The bills before the Council on a day, each by the step that brought it there first."""
    happened = sorted((m for m in milestones if m.state is State.HAPPENED and m.meant.first <= on), key=lambda m: m.meant.first)
    done = {(m.commitment, m.subject) for m in happened if m.kind in _DONE_WITH}
    found: dict[tuple[str, str], S] = {}
    for milestone in happened:
        key = (milestone.commitment, milestone.subject)
        if milestone.kind in _BEFORE_COUNCIL and key not in done:
            found.setdefault(key, milestone)
    return list(found.values())


def lapsed(milestones: Iterable[S], calendar: Calendar, on: date) -> list[tuple[S, date]]:
    """Bills that were before the Council when their term ended, without a known end, and the day of that end: a person has to look."""
    ends = [(m, calendar.term_end(m.meant.first)) for m in pending(milestones, on)]
    return [(m, end) for m, end in ends if end and end < on]


def _span(text: str) -> Interval:
    first, _, last = text.partition("/")
    return Interval(date.fromisoformat(first), date.fromisoformat(last))
