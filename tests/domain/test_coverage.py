"""Which days were read: a day of a source is closed when it is closed in every feed."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from milestones.domain.coverage import Coverage, CoverageRow
from milestones.domain.dates import Interval, days_between

FIRST, LAST = date(2024, 12, 28), date(2025, 1, 6)
WEEK = Interval(FIRST, LAST)


def row(day: date, *, feed: str = "en", closed: bool = True, source: str = "press-releases") -> CoverageRow:
    return CoverageRow(source=source, feed=feed, day=day, listed=3, read=3 if closed else 2, closed=closed)


def test_a_day_is_closed_only_when_it_is_closed_in_every_feed():
    days = [date(2025, 1, 1), date(2025, 1, 2)]
    rows = [row(days[0]), row(days[0], feed="zh"), row(days[1]), row(days[1], feed="zh", closed=False)]
    assert Coverage.of(rows, {"press-releases": ("en", "zh")}).closed == {"press-releases": frozenset({days[0]})}


def test_a_source_that_was_never_read_has_no_closed_day():
    assert Coverage.of([], {"legco-bills": ("odata",)}).closed == {"legco-bills": frozenset()}


def test_rows_of_feeds_that_are_no_longer_read_count_for_nothing():
    rows = [row(FIRST, feed="rss"), row(FIRST, source="gone")]
    assert Coverage.of(rows, {"press-releases": ("en",)}).closed == {"press-releases": frozenset()}


def test_gaps_are_runs_at_the_begin_in_the_middle_and_at_the_end():
    closed = {FIRST + timedelta(days=n) for n in (2, 3, 6)}
    gaps = Coverage({"s": frozenset(closed)}).gaps("s", WEEK)
    assert gaps == [
        Interval(date(2024, 12, 28), date(2024, 12, 29)),
        Interval(date(2025, 1, 1), date(2025, 1, 2)),
        Interval(date(2025, 1, 4), LAST),
    ]


def test_all_read_has_no_gap_and_an_unknown_source_is_one_gap():
    whole = Coverage({"s": frozenset(days_between(FIRST, LAST))})
    assert (whole.gaps("s", WEEK), whole.gaps("t", WEEK)) == ([], [WEEK])


def test_unread_sources_are_named_once_in_order():
    whole = Coverage({"b": frozenset(days_between(FIRST, LAST)), "c": frozenset()})
    assert whole.unread(["c", "b", "a", "c"], WEEK) == ("a", "c")


@given(st.sets(st.dates(FIRST - timedelta(days=3), LAST + timedelta(days=3))))
def test_gaps_and_closed_days_make_up_the_interval(closed):
    gaps = Coverage({"s": frozenset(closed)}).gaps("s", WEEK)
    open_days = [day for gap in gaps for day in days_between(gap.first, gap.last)]
    assert sorted([*open_days, *(d for d in closed if FIRST <= d <= LAST)]) == days_between(FIRST, LAST)
    assert all(later.first - earlier.last > timedelta(days=1) for earlier, later in pairwise(gaps))
