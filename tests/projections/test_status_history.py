"""The rectangles of day and knowledge say what the fold says, in every corner, however they came to be."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from milestones.domain.coverage import Coverage
from milestones.domain.dates import Precision, utc_text
from milestones.domain.events import Draft, Kind, Recorded
from milestones.domain.milestones import fold
from milestones.domain.status import View, scoreboard
from milestones.projections.days import Rules, state_of
from milestones.projections.status_history import Growth, Known, StatusHistory, StatusInterval, basis
from tests.domain.build import PROMISED_ON, UNREAD, is_working_day, read_from, scheduled, told
from tests.projections.histories import OTHER, REGISTRY, STARTED_AT, following, histories

ALL_READ = Rules(coverage=read_from(), is_working_day=is_working_day)
NONE_READ = Rules(coverage=UNREAD, is_working_day=is_working_day)
DAYS = [
    PROMISED_ON + timedelta(days=n)
    for n in (-400, 0, 19, 50, 63, 64, 67, 69, 76, 77, 84, 85, 90, 166, 167, 229, 235, 257, 258, 265, 411, 414, 600, 900)
]
INSTANTS = [STARTED_AT + timedelta(hours=n) for n in (-1, 0, 29, 30, 60, 800, 830, 860, 1600, 2400, 20000)]


@dataclass
class Kept:
    """The rows as a database would keep them."""

    rows: list[StatusInterval]

    def grow(self, growth: Growth) -> None:
        if growth.again_from is None:
            self.rows = []
        again = growth.again_from or ""
        stay = [r for r in self.rows if r.known_from.at < again]
        stay = [replace(r, known_to=None) if r.known_to and r.known_to.at >= again else r for r in stay]
        for target, segment, known in growth.ended:
            (row,) = [r for r in stay if (r.target, r.segment.first, r.known_to) == (target, segment.first, None)]
            assert row.segment == segment
            stay[stay.index(row)] = replace(row, known_to=known)
        self.rows = [*stay, *growth.intervals]

    def at(self, on: date, instant: str) -> dict[tuple[str, str], object]:
        found = [
            r
            for r in self.rows
            if r.segment.first <= on
            and (r.segment.until is None or on < r.segment.until)
            and r.known_from.at <= instant
            and (r.known_to is None or instant < r.known_to.at)
        ]
        assert len({r.target for r in found}) == len(found), "rectangles overlap"
        return {r.target: r.segment.state for r in found}


def made(events: Sequence[Recorded], *, steps: Sequence[int] = (), rules: Rules = ALL_READ) -> Kept:
    """The rows after bringing them up to each of these positions in turn, and to the end."""
    kept, position = Kept([]), 0
    for upto in [s for s in steps if s < len(events)] + [len(events)]:
        if upto > position or not kept.rows:
            kept.grow(StatusHistory(REGISTRY, rules).grow(events[:upto], after=position))
            position = upto
    return kept


def by_the_fold(events: Sequence[Recorded], on: date, instant: str, rules: Rules) -> dict[tuple[str, str], object]:
    knowledge = fold([e for e in events if utc_text(e.recorded_at) <= instant])
    board = scoreboard(REGISTRY, View(on=on, knowledge=knowledge, coverage=rules.coverage, is_working_day=rules.is_working_day))
    return {(s.commitment.key, t.target.slug): state_of(t) for s in board for t in s.targets}


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(events=histories(), rules=st.sampled_from([ALL_READ, NONE_READ]))
def test_every_day_and_instant_is_what_the_fold_says(events, rules):
    kept = made(events, rules=rules)
    for on in DAYS:
        for at in INSTANTS:
            assert kept.at(on, utc_text(at)) == by_the_fold(events, on, utc_text(at), rules)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(events=histories(), steps=st.lists(st.integers(1, 14), max_size=4, unique=True).map(sorted))
def test_growing_in_steps_gives_the_rows_that_are_made_at_once(events, steps):
    def order(row: StatusInterval) -> tuple[object, ...]:
        return (row.target, row.known_from.position, row.segment.first)

    assert sorted(made(events, steps=steps).rows, key=order) == sorted(made(events).rows, key=order)


def test_an_empty_ledger_knows_every_day_since_ever():
    assert {r.known_from for r in made([]).rows} == {Known(0, "0001-01-01T00:00:00.000000Z")}


def test_rows_are_made_anew_where_what_they_rest_on_is_another_one():
    names = {
        basis(REGISTRY, ALL_READ),
        basis(REGISTRY, NONE_READ),
        basis(REGISTRY, Rules(coverage=read_from(), is_working_day=lambda day: day.weekday() < 6)),
        basis(replace(REGISTRY, documents=(replace(REGISTRY.documents[0], delivered_on=date(2024, 10, 15)),)), ALL_READ),
        basis(REGISTRY, Rules(coverage=Coverage({"press-releases": frozenset()}), is_working_day=is_working_day)),
    }
    assert len(names) == 4, "only what no deadline needs may stay the same: here two in which nothing was read"


def assert_agreed(*drafts: Draft) -> None:
    events: list[Recorded] = []
    for draft in drafts:
        events = following(events, draft, STARTED_AT)
    kept, instant = made(events), utc_text(STARTED_AT)
    for on in DAYS:
        assert kept.at(on, instant) == by_the_fold(events, on, instant, ALL_READ)


def test_of_two_cancellations_the_one_told_first_decides_once_both_are_past():
    assert_agreed(told(Kind.CANCELLED, date(2025, 6, 2), subject="a"), told(Kind.CANCELLED, date(2024, 12, 5), subject="b"))


def test_a_plan_counts_from_the_page_that_announced_it_first_whenever_that_was_read():
    day = date(2025, 1, 8)
    assert_agreed(scheduled(day, published_on=date(2025, 1, 6)), scheduled(day, page="earlier", published_on=date(2024, 11, 4)))


def test_a_step_without_a_day_counts_from_who_told_it_first_whenever_that_was_read():
    assert_agreed(told(day=None, published_on=date(2025, 1, 8)), told(day=None, page="earlier", published_on=date(2024, 12, 18)))


def test_a_step_in_a_month_over_the_deadline_does_not_hide_one_in_time():
    both = {"commitment": OTHER, "target": "bill"}
    assert_agreed(told(day=date(2024, 12, 18)), told(day=date(2024, 11, 4), precision=Precision.QUARTER, page="vague"), told(**both))
    assert_agreed(told(day=date(2024, 10, 16), precision=Precision.YEAR), told(day=date(2025, 2, 1), precision=Precision.QUARTER, page="late"))
    straddling = told(Kind.BILL_PASSED, date(2025, 3, 20), precision=Precision.HALF, target="both")
    assert_agreed(told(target="both"), straddling, told(Kind.BILL_PASSED, date(2025, 3, 25), target="both", page="exact"))
