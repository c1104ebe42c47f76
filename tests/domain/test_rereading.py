from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from milestones.domain.rereading import STEPS, due_at, is_asked_whole

PUBLISHED = datetime(2025, 3, 5, 4, tzinfo=UTC)
HOUR, DAY, WEEK, MONTH = STEPS


def asked_after(delay: timedelta) -> timedelta | None:
    due = due_at(PUBLISHED, PUBLISHED + delay)
    return due - PUBLISHED if due else None


def test_ever_more_rarely_and_then_no_more():
    assert asked_after(timedelta(minutes=10)) == HOUR
    assert asked_after(HOUR) == DAY
    assert asked_after(timedelta(hours=30)) == WEEK
    assert asked_after(WEEK) == MONTH
    assert asked_after(MONTH) is None


def test_what_was_missed_is_made_up_for_by_one_reading():
    assert asked_after(timedelta(minutes=50)) == HOUR, "due since then, whenever it is read"
    assert asked_after(timedelta(days=8)) == MONTH


def test_history_read_late_is_not_read_again():
    assert asked_after(timedelta(days=400)) is None


@given(
    st.timedeltas(min_value=timedelta(minutes=1), max_value=timedelta(days=60)), st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=9))
)
def test_a_page_is_read_again_at_most_once_a_step(first, late):
    """However late each reading is: as many readings as steps, and each moves on."""
    readings, asked = 0, PUBLISHED + first
    while due := due_at(PUBLISHED, asked):
        assert due > asked
        readings, asked = readings + 1, due + late
    assert readings <= len(STEPS)


def test_every_fourth_time_whole():
    assert [is_asked_whole(n) for n in range(8)] == [False, False, False, True] * 2
