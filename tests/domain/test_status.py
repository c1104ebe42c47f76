"""The table of docs/status.md, row by row, then the odd cases."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milestones.domain.commitments import Baseline, Completion, Joined, Nature, Quantity
from milestones.domain.coverage import Coverage
from milestones.domain.dates import Interval, Precision, days_between
from milestones.domain.events import EventType, Kind, State
from milestones.domain.milestones import fold
from milestones.domain.status import (
    LEGCO_AGENDAS,
    LEGCO_BILLS,
    PRESS_RELEASES,
    Basis,
    Status,
    scoreboard,
    sources_needed,
)
from tests.domain.build import (
    BY_END_2024,
    FIRST_READING,
    FROM_EARLY_2025,
    KEY,
    NO_DEADLINE,
    PROMISED_ON,
    UNREAD,
    amending,
    board,
    commitment,
    lifecycle,
    read_from,
    record,
    registry,
    retracting,
    scheduled,
    status,
    target,
    told,
    view,
)

DEADLINE = date(2024, 12, 31)
BEFORE, AFTER = date(2024, 12, 20), date(2025, 2, 1)
CAPACITY = target(
    "capacity", completes=(Completion(kind=Kind.PROGRESS_REPORTED, subject="centre"),), quantity=Quantity(value=300, unit="petaFLOPS", basis="level")
)  # fmt: skip


def capacity_of(value: str, *, unit: str = "petaFLOPS", basis: str = "level", day: date = date(2024, 12, 9), page: str = "capacity"):
    return told(Kind.PROGRESS_REPORTED, day, subject="centre", target="capacity", figures=[(value, unit, basis)], page=page)


# ---- the table, row by row -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "type_",
    [EventType.COMMITMENT_WITHDRAWN, EventType.COMMITMENT_MERGED, EventType.COMMITMENT_SPLIT, EventType.COMMITMENT_SUPERSEDED],
)
def test_a_lifecycle_event_withdraws_even_what_was_met(type_):
    assert status(AFTER, told(), lifecycle(type_)).status is Status.WITHDRAWN


def test_a_commitment_carried_over_goes_on():
    assert status(AFTER, told(), lifecycle(EventType.COMMITMENT_CARRIED_OVER)).status is Status.MET


def test_a_withdrawal_counts_from_its_day_and_for_its_commitment_only():
    withdrawn = lifecycle(EventType.COMMITMENT_WITHDRAWN, date(2025, 1, 10))
    assert status(date(2025, 1, 9), told(), withdrawn).status is Status.MET
    found = status(date(2025, 1, 10), told(), withdrawn)
    assert (found.status, found.occurred_on) == (Status.WITHDRAWN, date(2025, 1, 10))
    assert status(AFTER, told(), lifecycle(EventType.COMMITMENT_WITHDRAWN, commitment="PA2024/DE-05")).status is Status.MET


def test_a_cancelled_target_is_cancelled_though_its_deadline_has_passed():
    found = status(AFTER, told(Kind.CANCELLED, date(2024, 12, 2)))
    assert (found.status, found.occurred_on) == (Status.CANCELLED, date(2024, 12, 2))


def test_a_cancellation_of_another_target_changes_nothing():
    assert status(BEFORE, told(Kind.CANCELLED, target="sandbox")).status is Status.NOT_STARTED


def test_what_was_there_before_without_being_the_promise_decides_nothing():
    stood = Baseline(
        target="bill",
        kind=Kind.POLICY_PUBLISHED,
        occurred_on=date(2024, 2, 8),
        precision=Precision.DAY,
        source="https://example.org/",
        note="A paper.",
        fulfils=False,
    )

    assert board(date(2024, 11, 1), of=commitment(target(), baselines=(stood,))).targets[0].status is Status.NOT_STARTED


def test_what_the_baseline_shows_was_in_place_before():
    stood = Baseline(
        target="bill", kind=Kind.APPLICATIONS_OPENED, occurred_on=date(2024, 10, 7), precision=Precision.DAY, source="https://example.org/", note=""
    )  # fmt: skip
    found = board(AFTER, told(), of=commitment(target(), target("sandbox"), baselines=(stood,)))
    assert [(t.status, t.occurred_on) for t in found.targets] == [(Status.IN_PLACE_BEFORE, date(2024, 10, 7)), (Status.OVERDUE, None)]


@pytest.mark.parametrize("day", [date(2024, 12, 18), DEADLINE])
def test_a_completing_act_on_or_before_the_deadline_meets_it(day):
    found = status(AFTER, told(day=day))
    assert (found.status, found.occurred_on, found.straddles, found.slippage_days) == (Status.MET, day, False, None)
    assert found.decided_by[0].evidence[0].draft.quote == "The Stablecoins Bill received its first reading."


def test_a_completing_act_after_the_deadline_is_late_by_its_days():
    found = status(AFTER, told(day=date(2025, 1, 8)))
    assert (found.status, found.occurred_on, found.slippage_days) == (Status.MET_LATE, date(2025, 1, 8), 8)


def test_the_original_deadline_decides_whatever_delay_was_stated():
    found = status(AFTER, told(Kind.DELAYED, date(2024, 12, 1)), told(day=date(2025, 1, 8)))
    assert (found.status, found.slippage_days) == (Status.MET_LATE, 8)


def test_a_stated_delay_is_overdue_by_the_governments_word_once_the_deadline_has_passed():
    delayed = told(Kind.DELAYED, date(2024, 12, 1))
    assert status(DEADLINE, delayed).status is Status.NOT_STARTED
    found = status(date(2025, 1, 1), delayed, coverage=UNREAD)
    assert (found.status, found.basis, found.slippage_days, found.unread) == (Status.OVERDUE, Basis.STATED_BY_GOVERNMENT, 1, ())


def test_nothing_found_in_what_was_read_is_overdue_from_the_day_after_the_deadline():
    assert status(DEADLINE).status is Status.NOT_STARTED
    found = status(date(2025, 1, 1))
    assert (found.status, found.basis, found.slippage_days, found.decided_by) == (Status.OVERDUE, Basis.NO_COMPLETION_FOUND, 1, ())


def test_a_deadline_passed_over_unread_days_is_unknown_and_names_the_sources():
    one_day_missing = Coverage(
        {
            PRESS_RELEASES: read_from().closed[PRESS_RELEASES] - {date(2024, 11, 5)},
            LEGCO_BILLS: read_from().closed[LEGCO_BILLS],
            LEGCO_AGENDAS: frozenset(),
        }
    )
    found = status(AFTER, coverage=one_day_missing)
    assert (found.status, found.basis, found.unread) == (Status.UNKNOWN, None, (LEGCO_AGENDAS, PRESS_RELEASES))


@pytest.mark.parametrize("day", [PROMISED_ON, DEADLINE])
def test_the_first_and_the_last_day_must_have_been_read(day):
    assert status(AFTER, coverage=Coverage({s: d - {day} for s, d in read_from().closed.items()})).status is Status.UNKNOWN


@pytest.mark.parametrize("day", [PROMISED_ON - timedelta(days=1), DEADLINE + timedelta(days=1)])
def test_days_outside_promise_and_deadline_need_not_have_been_read(day):
    assert status(AFTER, coverage=Coverage({s: d - {day} for s, d in read_from().closed.items()})).status is Status.OVERDUE


def test_a_definite_day_ahead_is_scheduled():
    found = status(date(2024, 12, 12), scheduled(date(2024, 12, 18)))
    assert (found.status, found.occurred_on) == (Status.SCHEDULED, date(2024, 12, 18))


def test_a_step_that_happened_is_progress():
    found = status(BEFORE, told(Kind.BILL_GAZETTED, date(2024, 12, 6)))
    assert (found.status, found.occurred_on) == (Status.IN_PROGRESS, date(2024, 12, 6))


def test_a_concrete_act_keeps_a_continuing_target_active_for_half_a_year():
    sandbox = target("sandbox", nature=Nature.CONTINUING, deadline=NO_DEADLINE, completes=())
    act = told(Kind.TRIAL_STARTED, date(2024, 12, 18), target="sandbox", subject="sandbox")
    last_active = date(2025, 6, 16)  # 180 days
    assert status(last_active, act, of=sandbox).status is Status.ACTIVE
    later = status(last_active + timedelta(days=1), act, of=sandbox)
    assert (later.status, later.decided_by[0].occurred_on) == (Status.QUIET, date(2024, 12, 18))


def test_a_continuing_target_without_an_act_is_quiet():
    sandbox = target("sandbox", nature=Nature.CONTINUING, deadline=NO_DEADLINE, completes=())
    talk = told(Kind.PROGRESS_REPORTED, date(2024, 12, 18), target="sandbox", subject="sandbox")
    assert (status(BEFORE, of=sandbox).status, status(BEFORE, talk, of=sandbox).status) == (Status.QUIET, Status.QUIET)


def test_none_of_these_is_not_started():
    assert status(BEFORE).status is Status.NOT_STARTED


def test_a_withdrawal_outweighs_what_stood_before():
    stood = Baseline(
        target="bill", kind=Kind.BILL_PASSED, occurred_on=date(2024, 10, 7), precision=Precision.DAY, source="https://example.org/", note=""
    )
    found = board(AFTER, lifecycle(EventType.COMMITMENT_WITHDRAWN), of=commitment(target(), baselines=(stood,)))
    assert found.targets[0].status is Status.WITHDRAWN


def test_the_latest_step_is_shown():
    steps = [told(Kind.BILL_GAZETTED, date(2024, 12, 6), page="b"), told(Kind.LEGISLATIVE_PROPOSAL, date(2024, 11, 6), page="a")]
    assert status(BEFORE, *steps).occurred_on == date(2024, 12, 6)


def test_the_latest_act_of_a_continuing_target_is_shown_active_or_quiet():
    sandbox = target("sandbox", nature=Nature.CONTINUING, deadline=NO_DEADLINE, completes=())
    acts = [told(Kind.TRIAL_STARTED, date(2024, 12, d), target="sandbox", subject="sandbox", page=str(d)) for d in (6, 2)]
    assert status(BEFORE, *acts, of=sandbox).occurred_on == date(2024, 12, 6)
    assert status(date(2026, 1, 1), *acts, of=sandbox).decided_by[0].occurred_on == date(2024, 12, 6)


def test_a_completing_day_ahead_outweighs_that_a_continuing_target_is_quiet():
    sandbox = target("sandbox", nature=Nature.CONTINUING, deadline=NO_DEADLINE)
    assert status(date(2024, 12, 12), scheduled(date(2024, 12, 18), target="sandbox"), of=sandbox).status is Status.SCHEDULED


# ---- months and other vague days -----------------------------------------------------------------------------------------


def test_a_month_that_straddles_the_deadline_is_met_and_marked():
    mid_december = target(deadline=BY_END_2024.__class__(kind=BY_END_2024.kind, printed="", interval=Interval(PROMISED_ON, date(2024, 12, 15))))
    found = status(AFTER, told(day=date(2024, 12, 1), precision=Precision.MONTH, published_on=date(2025, 1, 6)), of=mid_december)
    assert (found.status, found.precision, found.straddles) == (Status.MET, Precision.MONTH, True)


def test_a_day_in_time_outweighs_a_month_that_may_not_be():
    both = (Completion(kind=Kind.BILL_GAZETTED, subject="stablecoins-bill"), FIRST_READING)
    mid_december = target(
        completes=both, deadline=BY_END_2024.__class__(kind=BY_END_2024.kind, printed="", interval=Interval(PROMISED_ON, date(2024, 12, 15)))
    )  # fmt: skip
    month = told(Kind.BILL_GAZETTED, date(2024, 12, 1), precision=Precision.MONTH)
    found = status(AFTER, month, told(day=date(2024, 12, 10)), of=mid_december)
    assert (found.status, found.occurred_on, found.straddles) == (Status.MET, date(2024, 12, 10), False)


def test_a_month_wholly_behind_the_deadline_is_late_by_its_first_day():
    found = status(AFTER, told(day=date(2025, 1, 14), precision=Precision.MONTH))
    assert (found.status, found.occurred_on, found.slippage_days) == (Status.MET_LATE, date(2025, 1, 1), 1)


def test_an_act_told_without_a_day_was_taken_by_the_day_of_the_telling():
    undated = told(day=None, published_on=date(2024, 12, 19))
    assert status(date(2024, 12, 18), undated).status is Status.NOT_STARTED
    found = status(date(2024, 12, 19), undated)
    assert (found.status, found.occurred_on, found.precision, found.straddles) == (Status.MET, date(2024, 12, 19), Precision.UNKNOWN, False)


def test_an_act_told_without_a_day_after_the_deadline_may_have_been_in_time():
    found = status(AFTER, told(day=None, published_on=date(2025, 1, 20)))
    assert (found.status, found.straddles, found.slippage_days) == (Status.MET, True, None)


# ---- from, none ----------------------------------------------------------------------------------------------------------


def test_a_from_deadline_is_never_overdue_only_without_a_start():
    trials = target("trials", deadline=FROM_EARLY_2025)
    assert (status(date(2025, 6, 30), of=trials).status, status(date(2025, 6, 30), of=trials).start_not_found) == (Status.NOT_STARTED, False)
    for coverage in (None, UNREAD):
        found = status(date(2025, 7, 1), of=trials, coverage=coverage)
        assert (found.status, found.start_not_found, found.slippage_days) == (Status.NOT_STARTED, True, None)


def test_a_from_deadline_is_met_however_late_it_starts():
    trials = target("bill", deadline=FROM_EARLY_2025)
    found = status(date(2026, 1, 5), told(day=date(2026, 1, 5)), of=trials)
    assert (found.status, found.slippage_days, found.straddles, found.start_not_found) == (Status.MET, None, False, False)


def test_progress_behind_a_from_deadline_still_lacks_its_start():
    found = status(date(2025, 9, 1), told(Kind.FUNDING_APPROVED, date(2025, 8, 1)), of=target(deadline=FROM_EARLY_2025))
    assert (found.status, found.start_not_found) == (Status.IN_PROGRESS, True)


def test_without_a_deadline_nothing_is_late():
    assert status(date(2026, 12, 1), of=target(deadline=NO_DEADLINE), coverage=UNREAD).status is Status.NOT_STARTED
    assert status(date(2026, 12, 1), told(day=date(2026, 11, 1)), of=target(deadline=NO_DEADLINE)).status is Status.MET


# ---- quantities ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", ["300", "300.0", "1300"])
def test_an_official_level_at_or_over_the_number_meets_a_quantity(value):
    assert status(BEFORE, capacity_of(value), of=CAPACITY).status is Status.MET


@pytest.mark.parametrize(
    "figure",
    [
        {"value": "299.99"},
        {"value": "300", "basis": "period"},
        {"value": "300", "basis": "cumulative"},
        {"value": "300", "unit": "teraFLOPS"},
        {"value": "about 300"},
        {"value": "NaN"},
        {"value": "Infinity"},
        {"value": ""},
    ],
)
def test_any_other_figure_is_progress_only(figure):
    assert status(BEFORE, capacity_of(**figure), of=CAPACITY).status is Status.IN_PROGRESS


def test_figures_of_periods_are_never_added_up():
    halves = [capacity_of("150", basis="period", page=p) for p in "ab"] + [capacity_of("150", day=date(2024, 12, d), page=f"l{d}") for d in (1, 2)]
    assert status(BEFORE, *halves, of=CAPACITY).status is Status.IN_PROGRESS


def test_reported_progress_completes_nothing_that_names_no_figure():
    loose = target(completes=(Completion(kind=Kind.PROGRESS_REPORTED, subject="stablecoins-bill"),))
    assert status(BEFORE, told(Kind.PROGRESS_REPORTED, date(2024, 12, 9)), of=loose).status is Status.IN_PROGRESS


def test_the_official_word_that_a_target_is_met_needs_no_figure():
    by_word = target("capacity", completes=(Completion(kind=Kind.TARGET_MET, subject="centre"),), quantity=CAPACITY.quantity)
    assert status(BEFORE, told(Kind.TARGET_MET, date(2024, 12, 9), subject="centre", target="capacity"), of=by_word).status is Status.MET


# ---- what completes ------------------------------------------------------------------------------------------------------

TWO = (FIRST_READING, Completion(kind=Kind.POLICY_PUBLISHED, subject="guideline"))


def published(day: date = date(2024, 12, 20)):
    return told(Kind.POLICY_PUBLISHED, day, subject="guideline", page="guideline")


def test_any_completion_suffices_where_they_are_joined_by_any():
    assert status(AFTER, published(), of=target(completes=TWO)).status is Status.MET


def test_the_earliest_of_several_decides_where_any_suffices():
    found = status(AFTER, published(), told(), of=target(completes=TWO))
    assert (found.occurred_on, len(found.decided_by)) == (date(2024, 12, 18), 1)


def test_the_earliest_of_two_like_acts_decides():
    found = status(AFTER, told(day=date(2025, 1, 8), page="again"), told())
    assert (found.status, found.occurred_on) == (Status.MET, date(2024, 12, 18))


def test_all_completions_are_needed_where_they_are_joined_by_all_and_the_last_decides():
    both = target(completes=TWO, joined=Joined.ALL)
    assert status(date(2024, 12, 30), told(), of=both).status is Status.IN_PROGRESS
    found = status(AFTER, told(), published(date(2025, 1, 3)), of=both)
    assert (found.status, found.occurred_on, found.slippage_days) == (Status.MET_LATE, date(2025, 1, 3), 3)
    assert [m.subject for m in found.decided_by] == ["stablecoins-bill", "guideline"]


@pytest.mark.parametrize(
    "other",
    [
        told(subject="another-bill"),
        told(Kind.BILL_PASSED),
        told(target="context"),
        told(commitment="PA2024/DE-05"),
        told(state=State.SCHEDULED),
    ],
)
def test_another_subject_kind_target_commitment_or_a_plan_completes_nothing(other):
    assert status(AFTER, other).status is Status.OVERDUE


@pytest.mark.parametrize("kind", [Kind.BILL_WITHDRAWN, Kind.BILL_LAPSED, Kind.DELAYED])
def test_a_step_back_is_no_progress(kind):
    assert status(BEFORE, told(kind, date(2024, 12, 9))).status is Status.NOT_STARTED


def test_met_counts_the_targets_that_something_completes():
    sandbox = target("sandbox", nature=Nature.CONTINUING, deadline=NO_DEADLINE, completes=())
    study = target("study", nature=Nature.EXPLORATORY, deadline=NO_DEADLINE)
    found = board(AFTER, told(), told(target="sandbox"), of=commitment(target(), sandbox, study))
    assert (found.met, found.of) == (1, 2)


def test_a_continuing_target_with_a_number_can_be_met():
    students = target(
        "capacity", nature=Nature.CONTINUING, deadline=NO_DEADLINE, completes=CAPACITY.completes, quantity=CAPACITY.quantity
    )  # fmt: skip
    assert status(BEFORE, capacity_of("299"), of=students).status is Status.QUIET
    found = board(BEFORE, capacity_of("300"), of=commitment(students))
    assert (found.targets[0].status, found.met, found.of) == (Status.MET, 1, 1)


# ---- a scheduled day passes ----------------------------------------------------------------------------------------------

WEDNESDAY = date(2024, 12, 11)


@pytest.mark.parametrize(
    ("on", "wanted"),
    [
        (WEDNESDAY, Status.SCHEDULED),
        (date(2024, 12, 12), Status.SCHEDULED),
        (date(2024, 12, 13), Status.SCHEDULED),
        (date(2024, 12, 15), Status.SCHEDULED),
        (date(2024, 12, 16), Status.UNCONFIRMED),
    ],
)
def test_a_scheduled_day_is_unconfirmed_from_the_third_working_day_after_it(on, wanted):
    assert status(on, scheduled(WEDNESDAY)).status is wanted


def test_holidays_put_off_the_doubt():
    by_2025 = target(deadline=NO_DEADLINE)
    christmas_eve = scheduled(date(2024, 12, 24))
    assert status(date(2024, 12, 30), christmas_eve, of=by_2025).status is Status.SCHEDULED
    assert status(date(2024, 12, 31), christmas_eve, of=by_2025).status is Status.UNCONFIRMED


def test_evidence_ends_the_doubt():
    assert status(date(2024, 12, 16), scheduled(WEDNESDAY), told(day=WEDNESDAY)).status is Status.MET


def test_a_later_day_given_takes_the_place_of_the_day_that_passed():
    found = status(date(2024, 12, 20), scheduled(WEDNESDAY), scheduled(date(2025, 1, 8), page="agenda-2", published_on=date(2024, 12, 19)))
    assert (found.status, found.occurred_on) == (Status.SCHEDULED, date(2025, 1, 8))


def test_a_step_of_another_kind_or_a_month_ahead_is_not_scheduled():
    assert status(date(2024, 12, 2), scheduled(WEDNESDAY, kind=Kind.BILL_PASSED)).status is Status.NOT_STARTED
    assert status(date(2024, 12, 2), scheduled(date(2024, 12, 1), precision=Precision.MONTH)).status is Status.NOT_STARTED


def test_overdue_outweighs_a_day_ahead():
    assert status(date(2025, 1, 2), scheduled(date(2025, 1, 8))).status is Status.OVERDUE


# ---- corrections, and looking back ---------------------------------------------------------------------------------------


def test_retracted_evidence_no_longer_counts_and_still_shows_as_then_known():
    reported = record([told()])
    corrected = record([retracting(reported[0])], after=reported)
    assert scoreboard(registry(), view(AFTER, corrected))[0].targets[0].status is Status.OVERDUE
    assert scoreboard(registry(), view(AFTER, corrected[:1]))[0].targets[0].status is Status.MET


def test_a_second_witness_stands_when_the_first_is_retracted():
    reported = record([told(), told(page="P2024121800300")])
    corrected = record([retracting(reported[0])], after=reported)
    found = scoreboard(registry(), view(AFTER, corrected))[0].targets[0]
    assert (found.status, [e.position for e in found.decided_by[0].evidence]) == (Status.MET, [2])


def test_an_amended_day_moves_the_verdict():
    reported = record([told()])
    amended = record([amending(reported[0], occurred_on=date(2025, 1, 8))], after=reported)
    found = scoreboard(registry(), view(AFTER, amended))[0].targets[0]
    assert (found.status, found.slippage_days) == (Status.MET_LATE, 8)


def test_an_earlier_day_shows_what_had_happened_by_then():
    events = record(
        [scheduled(date(2024, 12, 18), published_on=date(2024, 12, 11)), told(Kind.BILL_GAZETTED, date(2024, 12, 6), page="gazette"), told()]
    )
    days = [date(2024, 12, 5), date(2024, 12, 10), date(2024, 12, 12), date(2024, 12, 18)]
    found = [scoreboard(registry(), view(day, events))[0].targets[0].status for day in days]
    assert found == [Status.NOT_STARTED, Status.IN_PROGRESS, Status.SCHEDULED, Status.MET]


def test_an_earlier_position_shows_what_was_known_then():
    events = record([told(Kind.BILL_GAZETTED, date(2024, 12, 6), page="gazette"), scheduled(date(2024, 12, 18)), told()])
    found = [scoreboard(registry(), view(date(2024, 12, 19), events[:n]))[0].targets[0].status for n in range(4)]
    assert found == [Status.NOT_STARTED, Status.IN_PROGRESS, Status.SCHEDULED, Status.MET]


def test_sources_needed_are_legcos_own_for_acts_of_the_legislature():
    assert sources_needed(target()) == (PRESS_RELEASES, LEGCO_BILLS, LEGCO_AGENDAS)
    assert sources_needed(target(completes=(Completion(kind=Kind.POLICY_PUBLISHED, subject="statement"),))) == (PRESS_RELEASES,)


def test_a_source_that_cannot_hold_the_completion_may_stay_unread():
    statement = target(completes=(Completion(kind=Kind.POLICY_PUBLISHED, subject="statement"),))
    assert status(AFTER, of=statement, coverage=read_from(sources=(PRESS_RELEASES,))).status is Status.OVERDUE


def test_the_scoreboard_is_in_document_order_with_every_commitment():
    found = scoreboard(registry(commitment(key="PA2024/ZZ-01"), commitment(key=KEY)), view(AFTER))
    assert [s.commitment.key for s in found] == ["PA2024/ZZ-01", KEY]


# ---- properties ----------------------------------------------------------------------------------------------------------

DAYS = st.dates(date(2024, 10, 16), date(2025, 6, 30))
REPORTS = st.lists(
    st.builds(
        told,
        st.sampled_from([Kind.BILL_GAZETTED, Kind.BILL_FIRST_READING, Kind.PROGRESS_REPORTED, Kind.DELAYED]),
        DAYS,
        state=st.sampled_from(State),
        precision=st.sampled_from(Precision),
        page=st.sampled_from(["a", "b", "c"]),
    ),
    max_size=6,
)


@given(on=DAYS, reports=REPORTS, missing=DAYS)
def test_never_overdue_without_a_stated_delay_or_all_sources_read(on, reports, missing):
    coverage = Coverage({s: d - {missing} for s, d in read_from().closed.items()})
    found = status(on, *reports, coverage=coverage)
    if found.status is Status.OVERDUE:
        unread = missing in days_between(PROMISED_ON, DEADLINE)
        assert on > DEADLINE
        assert found.basis is Basis.STATED_BY_GOVERNMENT or not unread
    assert (found.basis is not None) == (found.status is Status.OVERDUE)
    assert bool(found.unread) == (found.status is Status.UNKNOWN)


@given(on=DAYS, reports=REPORTS)
def test_met_rests_on_evidence_of_a_completing_act_by_that_day(on, reports):
    found = status(on, *reports)
    if found.status in {Status.MET, Status.MET_LATE}:
        (decisive,) = found.decided_by
        assert (decisive.kind, decisive.state) == (Kind.BILL_FIRST_READING, State.HAPPENED)
        assert found.occurred_on <= on
        assert (found.status is Status.MET_LATE) == (found.occurred_on > DEADLINE)


@given(reports=REPORTS, on=DAYS)
def test_the_same_events_give_the_same_scoreboard(reports, on):
    first, second = (scoreboard(registry(), view(on, record(reports))) for _ in range(2))
    assert first == second
    assert fold(record(reports)) == fold(record(reports))


def test_docs_status_names_tests_that_exist_and_every_status():
    text = (Path(__file__).parents[2] / "docs" / "status.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(test_\w+)`", text))
    beside = "".join(page.read_text(encoding="utf-8") for page in Path(__file__).parent.glob("test_*.py"))
    assert named - set(re.findall(r"def (test_\w+)", beside)) == set()
    assert [s for s in Status if f"| `{s}`" not in text] == []
