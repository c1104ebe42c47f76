"""Where documents do not agree: about the day of one step, about a figure, or so nearly about the day that two steps may be one.

A pure function of what is known. A finding says what holds and what else is said, and never which is right: a person may look. A day that
was put off is no disagreement, and a vaguer telling agrees with every day inside it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from itertools import pairwise

from milestones.domain.dates import Interval, Precision, interval_of
from milestones.domain.events import Kind, Recorded, State
from milestones.domain.ledger import digest
from milestones.domain.milestones import Milestone
from milestones.domain.stages import ONCE, told_on

Place = tuple[str, str, Kind, str]


class Disagreement(StrEnum):
    """What documents do not agree about.

    `days`: of one step they give days that cannot both be. `near_days`: two steps of one subject lie a day apart, or are told by the two
    languages of one text. `figures`: of one step they give different numbers of the same unit and basis.
    """

    DAYS = "days"
    NEAR_DAYS = "near_days"
    FIGURES = "figures"


@dataclass(frozen=True, slots=True)
class Saying:
    """A value as told, and the events that tell it, in ledger order."""

    value: str
    events: tuple[Recorded, ...]

    def line(self) -> str:
        """The value, by how many documents and in which languages."""
        languages = sorted({str(e.draft.data["language"]) for e in self.events if e.draft.data.get("language")})
        number = len({e.draft.source for e in self.events})
        told = f"{number} document" + ("s" if number != 1 else "")
        return f"{self.value} ({told}{', ' + ' and '.join(languages) if languages else ''})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One disagreement about a step of a target; `sayings` are two or more, the one that holds first."""

    about: Disagreement
    commitment: str
    target: str
    kind: Kind
    subject: str
    sayings: tuple[Saying, ...]

    @property
    def finding_id(self) -> str:
        """Names it by what is told, so that another witness of the same makes no new finding. 32 hex digits."""
        values = sorted(s.value for s in self.sayings)
        return digest("finding", self.about, self.commitment, self.target, self.kind, self.subject, *values)[:32]

    @property
    def events(self) -> tuple[Recorded, ...]:
        """All events that it rests on."""
        return tuple(e for s in self.sayings for e in s.events)

    @property
    def position(self) -> int:
        """The position at which it became known: when the last of its sayings was first told."""
        return max(min(e.position for e in s.events) for s in self.sayings)

    def line(self) -> str:
        """What is said, in one line."""
        return " against ".join(s.line() for s in self.sayings)


def findings(milestones: Iterable[Milestone]) -> list[Finding]:
    """All disagreements, each once, in the order in which they became known."""
    groups: dict[Place, list[Milestone]] = {}
    for milestone in milestones:
        groups.setdefault((milestone.commitment, milestone.target, milestone.kind, milestone.subject), []).append(milestone)
    found: dict[str, Finding] = {}
    for place, steps in groups.items():
        for finding in _of(place, steps):
            found.setdefault(finding.finding_id, finding)
    return sorted(found.values(), key=lambda f: (f.position, f.finding_id))


def _of(place: Place, steps: Sequence[Milestone]) -> Iterator[Finding]:
    for step in steps:
        if sayings := _days_of(step):
            yield _finding(Disagreement.DAYS, place, sayings)
        for sayings in _figures_of(step):
            yield _finding(Disagreement.FIGURES, place, sayings)
    dated = sorted((s for s in steps if s.precision is Precision.DAY and s.occurred_on), key=_first)
    for one, other in pairwise(dated):
        if _may_be_one(one, other):
            yield _finding(Disagreement.NEAR_DAYS, place, [Saying(_day(None, s), s.evidence) for s in (one, other)])


def _days_of(step: Milestone) -> Sequence[Saying]:
    """The day that holds, and others that cannot be meant by it."""
    holds = step.interval
    if holds is None:
        return ()
    others: dict[str, list[Recorded]] = {}
    agreeing: list[Recorded] = []
    for event in step.evidence:
        meant = _meant(event)
        if meant is None or (meant.first <= holds.last and holds.first <= meant.last):
            agreeing.append(event)
        elif event.draft.state is State.HAPPENED or _is_no_earlier_plan(event, step):
            others.setdefault(_day(event, step), []).append(event)
    if not others or not agreeing:
        return ()
    return [Saying(_day(None, step), tuple(agreeing)), *(Saying(day, tuple(events)) for day, events in sorted(others.items()))]


def _is_no_earlier_plan(event: Recorded, step: Milestone) -> bool:
    """Whether a plan of another day was told after the act, or by the other language of a text that gives the day that holds."""
    if step.state is State.HAPPENED and step.interval and event.draft.published_at and told_on(event) > step.interval.last:
        return True
    return any(_are_twins(event, e) and _meant(e) == step.interval for e in step.evidence)


def _may_be_one(one: Milestone, other: Milestone) -> bool:
    if one.kind in ONCE or one.kind is Kind.PROGRESS_REPORTED:
        return False
    near = _first(other) - _first(one) <= timedelta(days=1)
    happened = one.state is State.HAPPENED and other.state is State.HAPPENED
    return (near and happened) or any(_are_twins(a, b) for a in one.evidence for b in other.evidence)


def _figures_of(step: Milestone) -> Iterator[Sequence[Saying]]:
    """Of each unit and basis, numbers of different documents that have none in common."""
    by_measure: dict[tuple[str, str], dict[frozenset[Decimal], list[Recorded]]] = {}
    for event in step.evidence:
        told: dict[tuple[str, str], set[Decimal]] = {}
        for figure in event.draft.data.get("figures", ()):
            if (number := _number(figure["value"])) is not None:
                told.setdefault((figure["unit"], figure["basis"]), set()).add(number)
        for measure, values in told.items():
            by_measure.setdefault(measure, {}).setdefault(frozenset(values), []).append(event)
    for (unit, basis), sets in by_measure.items():
        apart = {values: events for values, events in sets.items() if all(values == other or not values & other for other in sets)}
        if len(apart) > 1:
            yield [Saying(f"{', '.join(f'{v:f}' for v in sorted(values))} {unit} ({basis})", tuple(events)) for values, events in apart.items()]


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _finding(about: Disagreement, place: Place, sayings: Sequence[Saying]) -> Finding:
    commitment, target, kind, subject = place
    return Finding(about=about, commitment=commitment, target=target, kind=kind, subject=subject, sayings=tuple(sayings))


def _are_twins(one: Recorded, other: Recorded) -> bool:
    return one.draft.data.get("twin_url") == other.draft.source or other.draft.data.get("twin_url") == one.draft.source


def _meant(event: Recorded) -> Interval | None:
    draft = event.draft
    return interval_of(draft.occurred_on, draft.occurred_precision or Precision.UNKNOWN) if draft.occurred_on else None


def _day(event: Recorded | None, step: Milestone) -> str:
    """A day as it is told: by the event, or, without one, as it holds."""
    day, precision = (event.draft.occurred_on, event.draft.occurred_precision) if event else (step.occurred_on, step.precision)
    vague = f" ({precision})" if precision not in (None, Precision.DAY, Precision.UNKNOWN) else ""
    return f"{day}{vague}"


def _first(step: Milestone) -> date:
    return step.meant.first
