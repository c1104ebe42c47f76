"""Later official deadlines: shown beside the original, deciding nothing."""

from dataclasses import replace
from datetime import date

import pytest

from milestones.domain.dates import Precision
from milestones.domain.events import Kind, State
from milestones.domain.ledger import content_digest
from milestones.domain.revisions import revision_data
from milestones.domain.status import Status, scoreboard
from tests.domain.build import UNREAD, commitment, record, registry, retracting, target, told, view


def delayed(day=date(2024, 12, 20), until=date(2025, 6, 1), precision=Precision.QUARTER, *, of="bill", target="bill", **more):
    said = told(Kind.DELAYED, day, target=target, **{"page": f"delay-{day}", **more})
    return replace(said, data={**said.data, **revision_data(of, until, precision, "FSTB")})


def bill(on, *drafts, coverage=None):
    return scoreboard(registry(commitment(target())), view(on, record(drafts), coverage=coverage))[0].targets[0]


def test_a_later_deadline_means_the_days_that_its_precision_says():
    later = bill(date(2025, 1, 1), delayed()).revised
    assert (later.day, later.interval.last, later.said_by, later.event.draft.kind) == (date(2025, 4, 1), date(2025, 6, 30), "FSTB", Kind.DELAYED)


@pytest.mark.parametrize("day", [date(2024, 12, 31), date(2025, 1, 1), date(2025, 6, 30), date(2025, 7, 1)])
def test_the_original_deadline_decides_as_if_nothing_later_had_been_said(day):
    with_it, without = bill(day, delayed()), bill(day, told(Kind.DELAYED, date(2024, 12, 20)))
    assert with_it.revised
    assert replace(with_it, revised=None, decided_by=()) == replace(without, decided_by=())


def test_slippage_counts_from_the_original():
    met = bill(date(2025, 7, 1), delayed(), told(day=date(2025, 6, 20)))
    assert (met.status, met.slippage_days) == (Status.MET_LATE, (date(2025, 6, 20) - date(2024, 12, 31)).days)


def test_it_is_shown_beside_every_status_from_the_day_it_was_announced():
    assert bill(date(2024, 12, 19), delayed()).revised is None
    for status in (
        bill(date(2024, 12, 20), delayed()),
        bill(date(2025, 1, 1), delayed(), told()),
        bill(date(2025, 1, 1), delayed(), coverage=UNREAD),
    ):
        assert status.revised
        assert status.revised.said_by == "FSTB"


def test_the_one_announced_last_is_shown_whichever_was_recorded_last():
    newer = delayed(date(2025, 3, 1), date(2025, 12, 31), Precision.DAY)
    for drafts in ((newer, delayed()), (delayed(), newer)):
        assert bill(date(2025, 4, 1), *drafts).revised.day == date(2025, 12, 31)


def test_another_target_a_plan_and_what_was_retracted_count_for_nothing():
    assert bill(date(2025, 1, 1), delayed(of="rules")).revised is None
    assert bill(date(2025, 1, 1), delayed(state=State.SCHEDULED)).revised is None
    assert bill(date(2025, 1, 1), told(Kind.DELAYED, date(2024, 12, 20))).revised is None
    events = record([delayed()])
    events = record([retracting(events[0])], after=events)
    assert scoreboard(registry(commitment(target())), view(date(2025, 1, 1), events))[0].targets[0].revised is None


def test_a_context_release_may_tell_the_later_deadline_of_a_target():
    assert bill(date(2025, 1, 1), delayed(target="context")).revised


def test_another_later_deadline_is_another_claim():
    digests = {content_digest(d) for d in (delayed(), delayed(until=date(2025, 9, 1)), told(Kind.DELAYED, date(2024, 12, 20)))}
    assert len(digests) == 3
