"""The fold: which events are current, and which of them tell of one step."""

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from milestones.domain.dates import Interval, Precision
from milestones.domain.documents import Figure
from milestones.domain.events import Draft, EventType, Kind, Origin, State
from milestones.domain.milestones import fold
from tests.domain.build import amending, lifecycle, record, retracting, scheduled, told

DAY = date(2024, 12, 18)
SIGNED = Kind.AGREEMENT_SIGNED


def steps(*drafts):
    return fold(record(drafts)).milestones


def test_nothing_is_known_of_an_empty_ledger():
    empty = fold([])
    assert (empty.position, empty.origin, empty.milestones, empty.lifecycle, empty.replaced) == (0, None, (), (), frozenset())


def test_two_documents_about_one_step_are_one_milestone_with_two_witnesses():
    (step,) = steps(told(page="P2024121800262"), told(page="P2024121800263"))
    assert [e.position for e in step.evidence] == [1, 2]
    assert (step.commitment, step.target, step.kind, step.subject, step.occurred_on, step.precision, step.state) == (
        "PA2024/DE-04", "bill", Kind.BILL_FIRST_READING, "stablecoins-bill", DAY, Precision.DAY, State.HAPPENED,
    )  # fmt: skip


def test_another_day_kind_subject_target_or_commitment_is_another_milestone():
    others = [
        told(SIGNED),
        told(SIGNED, date(2025, 1, 8)),
        told(Kind.BILL_PASSED),
        told(subject="another-bill"),
        told(target="context"),
        told(commitment="PA2024/DE-05"),
    ]
    assert len(steps(*others)) == len(others)


def test_a_sitting_that_was_scheduled_and_then_held_is_one_milestone_that_happened():
    (step,) = steps(scheduled(DAY), told())
    assert (step.state, len(step.evidence)) == (State.HAPPENED, 2)


def test_a_plan_told_after_the_act_does_not_undo_it():
    (step,) = steps(told(), scheduled(DAY))
    assert step.state is State.HAPPENED


def test_a_month_joins_the_one_day_known_in_it_whichever_was_told_first():
    month = told(day=date(2024, 12, 1), precision=Precision.MONTH, page="month")
    for drafts in ([month, told()], [told(), month]):
        (step,) = steps(*drafts)
        assert (step.occurred_on, step.precision, [e.position for e in step.evidence]) == (DAY, Precision.DAY, [1, 2])


def test_a_month_with_two_days_known_in_it_or_none_stands_alone():
    month = told(SIGNED, date(2024, 12, 14), precision=Precision.MONTH, page="month")
    assert len(steps(told(SIGNED), told(SIGNED, date(2024, 12, 4), page="other"), month)) == 3
    lone = steps(month, told(SIGNED, date(2025, 1, 1), page="other"))
    assert {(s.occurred_on, s.precision) for s in lone} == {(date(2024, 12, 1), Precision.MONTH), (date(2025, 1, 1), Precision.DAY)}


def test_the_vaguer_joins_the_only_more_exact_telling_inside_it():
    tellings = [(date(2024, 12, 14), Precision.MONTH), (date(2024, 10, 1), Precision.QUARTER), (date(2024, 1, 1), Precision.YEAR)]
    vague = [told(SIGNED, day, precision=precision, page=precision) for day, precision in tellings]
    (step,) = steps(*reversed(vague))
    assert (step.occurred_on, step.precision, len(step.evidence)) == (date(2024, 12, 1), Precision.MONTH, 3)
    (step,) = steps(*reversed(vague), told(SIGNED))
    assert (step.occurred_on, step.precision, len(step.evidence)) == (DAY, Precision.DAY, 4)


def test_two_ways_to_name_one_month_are_one_milestone():
    (step,) = steps(
        told(day=date(2024, 12, 1), precision=Precision.MONTH, page="a"), told(day=date(2024, 12, 31), precision=Precision.MONTH, page="b")
    )
    assert step.interval == Interval(date(2024, 12, 1), date(2024, 12, 31))


def test_a_step_without_a_day_is_meant_for_the_day_it_was_first_told():
    (step,) = steps(
        told(day=None, page="b", published_on=date(2025, 1, 5)),
        told(day=None, page="a", published_on=date(2025, 1, 3)),
    )
    assert (step.interval, step.precision, step.meant) == (None, Precision.UNKNOWN, Interval(date(2025, 1, 3), date(2025, 1, 3)))


def test_without_a_day_there_is_no_precision_to_tell_steps_apart_by():
    (step,) = steps(told(day=None), replace(told(day=None, page="b"), occurred_precision=Precision.MONTH))
    assert (step.precision, len(step.evidence)) == (Precision.UNKNOWN, 2)


def test_an_announcement_is_no_telling_of_the_act():
    (step,) = steps(
        replace(told(day=None, page="a", published_on=date(2025, 1, 3)), state=State.SCHEDULED), told(day=None, published_on=date(2025, 1, 9))
    )
    assert step.meant.first == date(2025, 1, 9)


def test_without_a_time_of_publication_the_recording_dates_a_telling_in_hong_kong():
    (step,) = fold(record([told(day=None)], at=datetime(2025, 1, 3, 17, tzinfo=UTC))).milestones
    assert step.meant.first == date(2025, 1, 4)


def test_an_amended_event_is_replaced_by_its_amendment():
    reported = record([told()])
    known = fold(record([amending(reported[0], occurred_on=date(2025, 1, 8))], after=reported))
    assert [(m.occurred_on, m.evidence[0].position) for m in known.milestones] == [(date(2025, 1, 8), 2)]
    assert known.replaced == {reported[0].event_id}


def test_a_retraction_leaves_nothing_also_of_an_amendment():
    reported = record([told()])
    amended = record([amending(reported[0], occurred_on=date(2025, 1, 8))], after=reported)
    known = fold(record([retracting(amended[1])], after=amended))
    assert (known.milestones, known.replaced) == ((), {e.event_id for e in amended})


def test_a_new_report_after_a_retraction_stands_and_has_an_id_of_its_own():
    reported = record([told()])
    retracted = record([retracting(reported[0])], after=reported)
    again = record([told()], after=retracted)
    assert [m.evidence[0].position for m in fold(again).milestones] == [3]
    assert again[2].event_id != again[0].event_id


def test_figures_of_all_witnesses_are_kept_in_ledger_order():
    (step,) = steps(told(figures=[("300", "petaFLOPS", "level")]), told(page="b", figures=[("1.5", "times", "period")]))
    assert step.figures == (
        Figure(value="300", unit="petaFLOPS", basis="level"),
        Figure(value="1.5", unit="times", basis="period"),
    )


def test_origin_lifecycle_and_position_come_from_their_events():
    opened = Draft(
        stream="ledger", type=EventType.LEDGER_OPENED, source="urn:milestones:ledger", claim_key="opened", data={"origin": "replica"},
        producer="tests", run_id="run-1",
    )  # fmt: skip
    known = fold(record([opened, lifecycle(EventType.COMMITMENT_REGISTERED), lifecycle(EventType.COMMITMENT_WITHDRAWN)]))
    assert (known.position, known.origin, [e.draft.type for e in known.lifecycle]) == (3, Origin.REPLICA, [EventType.COMMITMENT_WITHDRAWN])


DRAFTS = st.lists(
    st.builds(
        told,
        st.sampled_from([Kind.BILL_GAZETTED, Kind.BILL_FIRST_READING]),
        st.dates(date(2024, 12, 1), date(2025, 1, 31)),
        precision=st.sampled_from([Precision.DAY, Precision.MONTH, Precision.QUARTER]),
        state=st.sampled_from(State),
        page=st.sampled_from("abcd"),
    ),
    max_size=8,
)


@given(DRAFTS, st.data())
def test_every_current_event_is_evidence_of_exactly_one_milestone(drafts, data):
    events = record(drafts)
    retracted = data.draw(st.sets(st.sampled_from([e.position for e in events]))) if events else set()
    events = record([retracting(e) for e in events if e.position in retracted], after=events)
    known = fold(events)
    witnesses = sorted(e.position for m in known.milestones for e in m.evidence)
    assert witnesses == [e.position for e in events if e.draft.type is EventType.MILESTONE_REPORTED and e.position not in retracted]
    assert all(m.meant.first <= m.meant.last for m in known.milestones)


@given(DRAFTS, DRAFTS)
def test_later_events_change_nothing_of_what_was_known_before(earlier, later):
    events = record(earlier)
    assert fold(record(later, after=events)[: len(events)]) == fold(events)
