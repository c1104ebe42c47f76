"""A stage of a bill is one step, whatever documents say of its day; which day that is depends on what they say, not on when they were read."""

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from milestones.domain.dates import Precision
from milestones.domain.events import Draft, Kind, State
from milestones.domain.milestones import Milestone, fold
from milestones.domain.stages import ONCE
from milestones.domain.status import Status
from tests.domain.build import record, scheduled, status, told

STORM, NEXT = date(2025, 9, 24), date(2025, 9, 25)


def only(*drafts: Draft) -> Milestone:
    """The one milestone of these events, which must be the same in whatever order they come."""
    found = {_told_as(fold(record(order)).milestones) for order in permutations(drafts)}
    assert len(found) == 1, f"the order of arrival matters: {found}"
    (step,) = fold(record(drafts)).milestones
    return step


def _told_as(milestones: tuple[Milestone, ...]) -> tuple[object, ...]:
    return tuple((m.occurred_on, m.precision, m.state, frozenset(e.draft.source for e in m.evidence)) for m in milestones)


def notice(day: date, on: date, page: str) -> Draft:
    """A notice, published on a day, that a sitting will be held."""
    return scheduled(day, published_on=on, page=page)


def agenda(day: date) -> Draft:
    """An agenda: it states no time of publication."""
    return replace(scheduled(day, page=f"cm{day:%Y%m%d}"), published_at=None)


def test_a_sitting_put_off_is_the_same_milestone_on_its_new_day_with_its_history():
    step = only(notice(STORM, date(2025, 9, 22), "first"), notice(NEXT, date(2025, 9, 23), "second"))
    assert (step.occurred_on, step.state, len(step.evidence)) == (NEXT, State.SCHEDULED, 2)
    assert [e.draft.occurred_on for e in step.put_off] == [STORM]


def test_the_typhoon_of_september_2025():
    step = only(agenda(STORM), notice(STORM, date(2025, 9, 22), "notice"), agenda(NEXT))
    assert (step.occurred_on, step.state) == (NEXT, State.SCHEDULED)
    step = only(agenda(STORM), notice(STORM, date(2025, 9, 22), "notice"), agenda(NEXT), told(day=NEXT, page="speech"))
    assert (step.occurred_on, step.state, len(step.evidence)) == (NEXT, State.HAPPENED, 4)


def test_held_on_another_day_than_announced_it_is_one_milestone_on_the_day_it_was_held():
    step = only(agenda(STORM), told(day=NEXT, page="speech"))
    assert (step.occurred_on, step.state) == (NEXT, State.HAPPENED)
    assert [e.draft.occurred_on for e in step.put_off] == [STORM]


def test_an_old_agenda_read_late_puts_nothing_back():
    step = only(notice(NEXT, date(2025, 9, 23), "notice"), agenda(STORM))
    assert step.occurred_on == NEXT


def test_the_notice_published_last_counts_also_where_it_brings_a_sitting_forward():
    step = only(notice(NEXT, date(2025, 9, 15), "first"), notice(STORM, date(2025, 9, 17), "second"))
    assert step.occurred_on == STORM
    assert [e.draft.occurred_on for e in step.put_off] == [NEXT]


def test_put_off_to_some_time_in_a_month_the_month_counts_until_a_day_of_it_is_told():
    vague = replace(notice(date(2025, 10, 1), date(2025, 9, 23), "vague"), occurred_precision=Precision.MONTH)
    first = notice(STORM, date(2025, 9, 22), "first")
    step = only(first, vague)
    assert (step.occurred_on, step.precision) == (date(2025, 10, 1), Precision.MONTH)
    step = only(first, vague, notice(date(2025, 10, 8), date(2025, 9, 23), "exact"))
    assert (step.occurred_on, step.precision) == (date(2025, 10, 8), Precision.DAY)


def test_of_two_days_on_which_it_happened_who_told_it_first_is_believed():
    on_the_day = told(day=NEXT, page="welcome", published_on=NEXT)
    later = told(day=STORM, page="background", published_on=date(2025, 11, 3))
    assert only(on_the_day, later).occurred_on == NEXT


def test_legcos_own_record_goes_before_all_others():
    record_of_bill = replace(told(day=STORM, page="bills"), published_at=None)
    assert only(record_of_bill, told(day=NEXT, page="welcome", published_on=NEXT)).occurred_on == STORM


def test_an_exact_day_goes_before_a_vague_one_and_a_vague_one_before_none():
    month = told(day=date(2025, 10, 1), precision=Precision.MONTH, page="month", published_on=date(2025, 9, 1))
    none = told(day=None, page="none", published_on=date(2025, 8, 1))
    assert only(month, told(day=NEXT, page="day", published_on=date(2025, 12, 1)), none).occurred_on == NEXT
    assert only(month, none).precision is Precision.MONTH


@pytest.mark.parametrize(
    ("telling", "day"),
    [
        (told(day=date(2025, 9, 1), precision=Precision.MONTH, page="in September", published_on=date(2025, 10, 2)), NEXT),
        (told(day=date(2025, 10, 1), precision=Precision.MONTH, page="in October", published_on=date(2025, 10, 31)), date(2025, 10, 1)),
        (told(day=None, page="no day", published_on=date(2025, 9, 26)), NEXT),
        (told(day=None, page="told before", published_on=date(2025, 9, 2)), None),
    ],
)
def test_a_vague_telling_of_the_act_means_the_day_announced_where_it_can(telling, day):
    step = only(agenda(NEXT), telling)
    assert (step.occurred_on, step.state) == (day, State.HAPPENED)


def test_only_evidence_turns_what_was_announced_into_what_happened():
    assert status(NEXT, agenda(date(2024, 12, 18))).status is not Status.MET
    before = status(date(2024, 12, 20), agenda(date(2024, 12, 18)))
    assert (before.status, before.occurred_on) == (Status.SCHEDULED, date(2024, 12, 18))
    assert status(date(2024, 12, 20), agenda(date(2024, 12, 18)), told()).status is Status.MET


def test_the_doubt_about_a_sitting_begins_anew_with_its_new_day():
    first, second = notice(date(2024, 12, 11), date(2024, 12, 9), "a"), notice(date(2024, 12, 16), date(2024, 12, 10), "b")
    assert status(date(2024, 12, 16), first).status is Status.UNCONFIRMED
    assert status(date(2024, 12, 16), first, second).status is Status.SCHEDULED


def test_what_can_happen_more_than_once_is_never_joined_over_days():
    assert Kind.AGREEMENT_SIGNED not in ONCE
    opened = [scheduled(STORM, page="a", kind=Kind.APPLICATIONS_OPENED), scheduled(NEXT, page="b", kind=Kind.APPLICATIONS_OPENED)]
    assert len(fold(record(opened)).milestones) == 2


_days = st.sampled_from([date(2025, 9, 1), date(2025, 9, 24), date(2025, 9, 25), date(2025, 10, 8)])


@st.composite
def tellings(pick: st.DrawFn) -> list[Draft]:
    found = []
    for number in range(pick(st.integers(1, 6))):
        draft = told(
            pick(st.sampled_from([Kind.BILL_PASSED, Kind.AGREEMENT_SIGNED])),
            pick(st.one_of(st.none(), _days)),
            state=pick(st.sampled_from(State)),
            precision=pick(st.sampled_from([Precision.DAY, Precision.MONTH, Precision.QUARTER])),
            page=f"page-{number}",
            published_on=pick(_days),
        )
        found.append(replace(draft, published_at=None) if draft.occurred_on and pick(st.booleans()) else draft)
    return found


@settings(deadline=None)
@given(drafts=tellings(), shuffle=st.randoms(use_true_random=False))
def test_the_order_of_arrival_decides_nothing(drafts, shuffle):
    before = sorted(_told_as(fold(record(drafts)).milestones), key=repr)
    shuffle.shuffle(drafts)
    assert sorted(_told_as(fold(record(drafts)).milestones), key=repr) == before


@settings(deadline=None)
@given(drafts=tellings())
def test_a_stage_is_one_milestone_and_no_evidence_is_lost(drafts):
    milestones = fold(record(drafts)).milestones
    assert sum(m.kind is Kind.BILL_PASSED for m in milestones) <= 1
    assert sorted(e.position for m in milestones for e in m.evidence) == list(range(1, len(drafts) + 1))
