"""Steps that a subject takes once: the stages of a bill. Whatever documents say of one, it is one step; here is decided on which day.

What is not decided by the order in which we came to read things: only by what documents say and when they were published, so that
reading history late, or a source twice, changes nothing. LegCo's own records carry no time of publication.
"""

from collections.abc import Sequence
from datetime import date

from milestones.domain.dates import Precision, fineness, hk_day, interval_of
from milestones.domain.events import Kind, Recorded, State

ONCE = frozenset(
    {
        Kind.BILL_GAZETTED,
        Kind.BILL_FIRST_READING,
        Kind.BILL_SECOND_READING_RESUMED,
        Kind.BILL_PASSED,
        Kind.BILL_WITHDRAWN,
        Kind.BILL_LAPSED,
        Kind.ORDINANCE_GAZETTED,
    }
)
"""An ordinance may commence in parts, a scheme open in phases, an agreement be followed by another: those are not here."""

Dated = tuple[date | None, Precision]


def day_of_stage(events: Sequence[Recorded]) -> Dated:
    """The day of the one step that these events, all of one stage, tell of.

    Where it happened: the most exact day told; of several, LegCo's record before others, then who told it first, for a report of the day
    itself knows best. A vague day, or none, takes the day announced, if that lies in it. Where it is only announced: the day announced last.
    """
    happened = [e for e in events if e.draft.state is State.HAPPENED]
    announced = _announced([e for e in events if e.draft.state is not State.HAPPENED])
    if not happened:
        return announced
    best = min(happened, key=_rank)
    day, precision = _dated(best)
    if precision is not Precision.DAY and announced[1] is Precision.DAY and announced[0] and _can_be(announced[0], best):
        return announced
    return day, precision


def _rank(event: Recorded) -> tuple[int, date, date]:
    day, precision = _dated(event)
    return fineness(precision), told_on(event), day or date.max


def told_on(event: Recorded) -> date:
    """When a document told of its step; what states no time of publication comes before all, unless it gives no day either."""
    if event.draft.published_at:
        return hk_day(event.draft.published_at)
    return date.min if event.draft.occurred_on else hk_day(event.recorded_at)


def _can_be(day: date, event: Recorded) -> bool:
    """Whether a vague telling may mean this day."""
    told, precision = _dated(event)
    if told is None:
        return day <= told_on(event)
    meant = interval_of(told, precision)
    return meant.first <= day <= meant.last


def _announced(events: Sequence[Recorded]) -> Dated:
    """What the newest announcement says, in the most exact words that fit it; an agenda, which says no time, where it gives a later day.

    Sittings are put off, hardly ever brought forward: an agenda of an earlier day is the older one.
    """
    dated = [e for e in events if e.draft.occurred_on]
    timed = [e for e in dated if e.draft.published_at]
    days = [_dated(e) for e in dated if not e.draft.published_at]
    if timed:
        newest = max(timed, key=lambda e: (told_on(e), -fineness(e.draft.occurred_precision), e.draft.occurred_on or date.min))
        fitting = [e for e in timed if e.draft.occurred_on and _can_be(_dated(e)[0] or date.min, newest)]
        days.append(_dated(min(fitting, key=lambda e: (fineness(e.draft.occurred_precision), -told_on(e).toordinal(), _dated(e)[0]))))
    return max(days, key=lambda dated: (dated[0] or date.min, -fineness(dated[1])), default=(None, Precision.UNKNOWN))


def _dated(event: Recorded) -> Dated:
    day, precision = event.draft.occurred_on, event.draft.occurred_precision or Precision.UNKNOWN
    return (interval_of(day, precision).first, precision) if day else (None, Precision.UNKNOWN)
