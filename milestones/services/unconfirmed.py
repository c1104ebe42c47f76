"""Completing steps whose announced day has passed without evidence: a person is asked to look, and told what for and where.

Nothing is kept of the question: it stands while the record is as it is, and goes when a person or a page says more. So there is one question
for each step, however many days pass.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from milestones.domain.dates import IsWorkingDay, Precision, working_days_after
from milestones.domain.events import Kind, State
from milestones.domain.milestones import Milestone
from milestones.domain.status import GRACE_WORKING_DAYS, SETTLED, CommitmentStatus, Status
from milestones.domain.vocabulary import Vocabulary

ExpectedPages = Callable[[Kind, date], Sequence[str]]
"""Where the evidence of a step of this kind on this day would stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unconfirmed:
    """A step that was announced for a day, in doubt since another one; `status` is that of its target."""

    milestone: Milestone
    day: date
    since: date
    status: Status
    pages: tuple[str, ...]

    def question(self, vocabulary: Vocabulary) -> str:
        """What to look for, in a sentence."""
        step = self.milestone
        what = f"{vocabulary.kinds[step.kind].en} of {step.subject}"
        return (
            f"{what} was announced for {self.day}, and nothing read since says that it took place; look for a page that says so, or gives another day"
        )

    def ways(self) -> list[str]:
        """The commands that settle it."""
        step = self.milestone
        announced = [str(e.position) for e in step.evidence if e.draft.occurred_on == self.day]
        about = f"--commitment {step.commitment} --target {step.target} --kind {step.kind} --subject {step.subject}"
        return [
            f"it took place: milestones record URL {about} --occurred-on {self.day} --quote WORDS --reason WHY",
            f"it has another day: milestones amend {announced[-1]} --occurred-on DAY --reason WHY",
            f"it was called off, or never meant: milestones retract EVENT --reason WHY, of position {', '.join(announced)}",
        ]

    def data(self, vocabulary: Vocabulary) -> dict[str, Any]:
        """As a line of the review queue: it has no number, for nothing of it can be accepted or rejected."""
        step = self.milestone
        announced = step.evidence[-1]
        return {
            "number": None,
            "position": None,
            "commitment": step.commitment,
            "target": step.target,
            "kind": step.kind.value,
            "state": step.state.value,
            "subject": step.subject,
            "occurred_on": self.day.isoformat(),
            "occurred_precision": step.precision.value,
            "confidence": None,
            "url": announced.draft.source,
            "quote": announced.draft.quote,
            "held_because": f"unconfirmed since {self.since}",
            "reason": self.question(vocabulary),
            "pages": list(self.pages),
            "ways": self.ways(),
        }


def unconfirmed(
    statuses: Iterable[CommitmentStatus], milestones: Iterable[Milestone], *, on: date, is_working_day: IsWorkingDay, pages: ExpectedPages
) -> list[Unconfirmed]:
    """The questions of a day, in document order; those of settled targets are not asked."""
    steps: dict[tuple[str, str], list[Milestone]] = {}
    for milestone in milestones:
        steps.setdefault((milestone.commitment, milestone.target), []).append(milestone)
    return [
        Unconfirmed(
            milestone=step,
            day=day,
            since=since,
            status=target.status,
            pages=tuple(dict.fromkeys([*(e.draft.source for e in step.evidence), *pages(step.kind, day)])),
        )
        for commitment in statuses
        for target in commitment.targets
        if target.status not in SETTLED
        for step, day in _announced_last(steps.get((commitment.commitment.key, target.target.slug), []))
        if (step.kind, step.subject) in {(c.kind, c.subject) for c in target.target.completes}
        if (since := working_days_after(day, GRACE_WORKING_DAYS, is_working_day)) <= on
    ]


def _announced_last(steps: Sequence[Milestone]) -> Iterator[tuple[Milestone, date]]:
    """Of each kind and subject the last definite day announced, unless it happened on that day or later."""
    last: dict[tuple[Kind, str], tuple[date, Milestone]] = {}
    for step in steps:
        day = step.occurred_on if step.precision is Precision.DAY else step.meant.last if step.state is State.HAPPENED else None
        if day and (day, step.state is State.HAPPENED) >= _key(last.get((step.kind, step.subject))):
            last[step.kind, step.subject] = (day, step)
    yield from ((step, day) for day, step in last.values() if step.state is State.SCHEDULED)


def _key(found: tuple[date, Milestone] | None) -> tuple[date, bool]:
    return (found[0], found[1].state is State.HAPPENED) if found else (date.min, False)
