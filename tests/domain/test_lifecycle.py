"""What becomes of commitments as a whole, from which day, and that a mistake can be revoked without a trace being lost."""

from dataclasses import replace
from datetime import date

import pytest

from milestones.domain.events import EventType
from milestones.domain.lifecycle import ENDING, LIFECYCLE
from milestones.domain.milestones import fold
from milestones.domain.status import Status, scoreboard
from tests.domain.build import KEY, commitment, lifecycle, record, registry, target, told, view

DAY = date(2025, 5, 1)
OTHER = "PA2024/DE-05"
REGISTRY = registry(commitment(target(), target("rules")), commitment(key=OTHER))


def revoking(event, **changed):
    return replace(lifecycle(EventType.RULING_MADE), claim_key="revocation", data={"revokes": str(event.event_id)}, **changed)


def on(day, events):
    return scoreboard(REGISTRY, view(day, events))


@pytest.mark.parametrize("type_", sorted(ENDING))
def test_an_ended_commitment_is_withdrawn_from_its_effective_day_on(type_):
    events = record([told(), lifecycle(type_, DAY)])
    before, after = on(date(2025, 4, 30), events), on(DAY, events)
    assert (before[0].targets[0].status, before[0].met, before[0].lifecycle) == (Status.MET, 1, ())
    assert {t.status for t in after[0].targets} == {Status.WITHDRAWN}
    assert (after[0].met, after[0].of) == (0, 2)
    assert [e.draft.type for e in after[0].lifecycle] == [type_]
    assert Status.WITHDRAWN not in {t.status for t in after[1].targets}


def test_counts_are_as_of_a_day():
    events = record([told(), told(commitment=OTHER, page="other"), lifecycle(EventType.COMMITMENT_MERGED, DAY)])
    assert [sum(s.met for s in on(day, events)) for day in (date(2025, 4, 30), DAY)] == [2, 1]


def test_a_commitment_carried_over_goes_on():
    events = record([told(), lifecycle(EventType.COMMITMENT_CARRIED_OVER, DAY)])
    status = on(DAY, events)[0]
    assert (status.targets[0].status, [e.draft.type for e in status.lifecycle]) == (Status.MET, [EventType.COMMITMENT_CARRIED_OVER])


def test_the_first_end_to_take_effect_decides_whichever_was_recorded_first():
    later, earlier = lifecycle(EventType.COMMITMENT_MERGED, date(2025, 6, 1)), lifecycle(EventType.COMMITMENT_WITHDRAWN, DAY)
    status = on(date(2025, 7, 1), record([later, earlier]))[0]
    assert status.targets[0].occurred_on == DAY
    assert [e.draft.occurred_on for e in status.lifecycle] == [DAY, date(2025, 6, 1)]


def test_what_is_revoked_is_as_if_it_had_not_been_recorded_and_the_past_still_shows_it():
    events = record([told(), lifecycle(EventType.COMMITMENT_WITHDRAWN, DAY)])
    events = record([revoking(events[1])], after=events)
    assert on(DAY, events)[0].targets[0].status is Status.MET
    assert on(DAY, events[:2])[0].targets[0].status is Status.WITHDRAWN
    assert events[1].event_id in fold(events).replaced


def test_a_ruling_on_something_else_revokes_nothing():
    events = record([lifecycle(EventType.COMMITMENT_WITHDRAWN, DAY)])
    ruling = replace(lifecycle(EventType.RULING_MADE), claim_key="c", data={"claim": {"target": "bill"}, "reason": "r"})
    assert len(fold(record([ruling], after=events)).lifecycle) == 1


def test_only_lifecycle_events_are_kept_as_such():
    events = record([lifecycle(t, DAY, commitment=KEY) for t in (EventType.COMMITMENT_REGISTERED, EventType.COMMITMENT_REWORDED, *sorted(LIFECYCLE))])
    assert {e.draft.type for e in fold(events).lifecycle} == LIFECYCLE
