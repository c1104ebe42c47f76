"""Later official deadlines: what a `delayed` milestone says of the day that takes the place of the printed one.

They are shown beside the original and decide nothing: the original alone says late or not, and slippage counts from it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from milestones.domain.dates import Interval, Precision, interval_of
from milestones.domain.events import Kind, Recorded, State
from milestones.domain.milestones import Milestone

KEY = "revised_deadline"
"""Where an event's data carry it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revised:
    """A later deadline of a target: the first day of what `precision` means, who said so, and the event that tells."""

    day: date
    precision: Precision
    said_by: str
    event: Recorded

    @property
    def interval(self) -> Interval:
        """The days that it means; its last day is the new deadline."""
        return interval_of(self.day, self.precision)


def revision_data(target: str, day: date, precision: Precision, said_by: str) -> dict[str, Any]:
    """A later deadline as an event carries it."""
    return {KEY: {"target": target, "day": interval_of(day, precision).first.isoformat(), "precision": precision.value, "said_by": said_by}}


def revised(milestones: Iterable[Milestone], target: str, on: date) -> Revised | None:
    """The newest later deadline of the target that had been announced by the day; `milestones` are those of its commitment."""
    told = [
        (m.meant.first, e.position, found)
        for m in milestones
        if m.kind is Kind.DELAYED and m.state is State.HAPPENED and m.meant.first <= on
        for e in m.evidence
        if (found := _revised(e, target))
    ]
    return max(told, key=lambda t: t[:2])[2] if told else None


def _revised(event: Recorded, target: str) -> Revised | None:
    data = event.draft.data.get(KEY)
    if not isinstance(data, Mapping) or data.get("target") != target:
        return None
    return Revised(day=date.fromisoformat(data["day"]), precision=Precision(data["precision"]), said_by=data["said_by"], event=event)
