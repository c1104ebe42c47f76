"""What is said to change a status does change it, by the status's own rules."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from milestones.domain.commitments import Commitment, Completion, Joined, Nature, Quantity, Subject, Target
from milestones.domain.coverage import Coverage
from milestones.domain.events import Draft, EventType, Kind, Recorded, State
from milestones.domain.flips import Flip, flips
from milestones.domain.milestones import fold
from milestones.domain.status import SETTLED, Basis, Status, TargetStatus, target_status
from tests.domain.build import BY_END_2024, NO_DEADLINE, PROMISED_ON, UNREAD, commitment, lifecycle, read_from, record, target, told, view
from tests.projections.histories import BILL, PASSED, READ, REGISTRY, following, histories

BEFORE, AFTER = date(2024, 12, 20), date(2025, 2, 1)
KINDS = frozenset({Kind.BILL_FIRST_READING, Kind.BILL_PASSED, Kind.POLICY_PUBLISHED, Kind.PROGRESS_REPORTED, Kind.DELAYED, Kind.CANCELLED})
QUANTITY = Quantity(value=300, unit="petaFLOPS", basis="level")
PROGRESS = Completion(kind=Kind.PROGRESS_REPORTED, subject=BILL)


def known(of: Target) -> Commitment:
    return replace(commitment(of), subjects=(Subject(slug=BILL, target=of.slug, kinds=KINDS),))


def stands(of: Commitment, slug: str, on: date, events: Sequence[Recorded], coverage: Coverage) -> TargetStatus:
    seen = view(on, events, coverage=coverage)
    own = next(t for t in of.targets if t.slug == slug)
    return target_status(of, own, [m for m in seen.knowledge.milestones if m.commitment == of.key], PROMISED_ON, seen)


def flips_of(of: Commitment, on: date, events: Sequence[Recorded] = (), coverage: Coverage | None = None) -> tuple[TargetStatus, tuple[Flip, ...]]:
    now = stands(of, of.targets[0].slug, on, events, read_from() if coverage is None else coverage)
    return now, flips(of, of.targets[0], now.status, fold(events).milestones, on, basis=now.basis)


def brings(step: Completion, flip: Flip, slug: str, key: str, on: date) -> Draft:
    figures: Any = ((str(flip.quantity.value), flip.quantity.unit, flip.quantity.basis),) if flip.quantity else ()
    return told(step.kind, on, subject=step.subject, target=slug, commitment=key, page=f"new-{step.kind}-{step.subject}", figures=figures)


def to(found: Sequence[Flip]) -> list[Status]:
    return [f.to for f in found]


def test_a_bill_introduced_would_complete_it_and_after_the_deadline_late() -> None:
    of = known(target())
    assert flips_of(of, BEFORE)[1][0] == Flip(to=Status.MET, steps=(READ,))
    late = flips_of(of, AFTER)[1][0]
    assert (late.to, late.in_time_until) == (Status.MET_LATE, date(2024, 12, 31))


def test_where_all_are_needed_only_what_is_missing_is_named() -> None:
    of = known(target(completes=(READ, PASSED), joined=Joined.ALL))
    assert flips_of(of, BEFORE)[1][0].steps == (READ, PASSED)
    assert flips_of(of, BEFORE, record([told()]))[1][0] == Flip(to=Status.MET, steps=(PASSED,), joined=Joined.ALL)


def test_a_figure_to_reach_is_told_and_progress_without_one_is_a_first_step() -> None:
    of = known(target(completes=(PROGRESS,), quantity=QUANTITY))
    completing, moving, *_ = flips_of(of, BEFORE)[1]
    assert completing == Flip(to=Status.MET, steps=(PROGRESS,), quantity=QUANTITY)
    assert PROGRESS in moving.steps


def test_progress_without_a_figure_completes_nothing() -> None:
    assert Status.MET not in to(flips_of(known(target(completes=(PROGRESS,))), BEFORE)[1])


def test_what_goes_on_is_active_by_an_act_and_not_by_a_report() -> None:
    now, found = flips_of(known(target(nature=Nature.CONTINUING, deadline=NO_DEADLINE, completes=())), BEFORE)
    assert now.status is Status.QUIET
    assert to(found) == [Status.ACTIVE, Status.CANCELLED]
    assert PROGRESS not in found[0].steps


def test_a_stage_of_a_bill_that_was_reached_is_no_new_act() -> None:
    of = known(target(nature=Nature.CONTINUING, deadline=NO_DEADLINE, completes=()))
    now, (acts, *_) = flips_of(of, date(2026, 1, 1), record([told()]))
    assert now.status is Status.QUIET
    assert READ not in acts.steps
    assert PASSED in acts.steps


@pytest.mark.parametrize(("coverage", "stood"), [(None, Status.OVERDUE), (UNREAD, Status.UNKNOWN)])
def test_past_its_deadline_the_government_may_say_so(coverage: Coverage | None, stood: Status) -> None:
    now, found = flips_of(known(target()), AFTER, coverage=coverage)
    assert now.status is stood
    assert (found[1].to, found[1].basis) == (Status.OVERDUE, Basis.STATED_BY_GOVERNMENT)
    said = record([told(Kind.DELAYED, BEFORE)])
    assert to(flips_of(known(target()), AFTER, said, coverage)[1]) == [Status.MET_LATE, Status.CANCELLED]


@pytest.mark.parametrize("draft", [told(), told(Kind.CANCELLED), lifecycle(EventType.COMMITMENT_WITHDRAWN, date(2024, 12, 1))])
def test_what_is_settled_nothing_changes(draft: Draft) -> None:
    now, found = flips_of(known(target()), BEFORE, record([draft]))
    assert now.status in SETTLED
    assert found == ()


@settings(max_examples=150, deadline=None)
@given(histories(), st.sampled_from([date(2025, 12, 2), date(2026, 3, 1)]), st.booleans())
def test_every_flip_named_flips_it(events: list[Recorded], on: date, is_read: bool) -> None:
    coverage = read_from() if is_read else UNREAD
    for of in REGISTRY.commitments():
        of = replace(of, subjects=tuple(Subject(slug=BILL, target=t.slug, kinds=KINDS) for t in of.targets))  # noqa: PLW2901 - with subjects
        for one in of.targets:
            own = [m for m in fold(events).milestones if m.commitment == of.key]
            now = stands(of, one.slug, on, events, coverage)
            for flip in flips(of, one, now.status, own, on, basis=now.basis):
                for steps in [flip.steps] if flip.joined is Joined.ALL else [(s,) for s in flip.steps]:
                    after = list(events)
                    for step in steps:
                        at = after[-1].recorded_at + timedelta(days=1) if after else _AT
                        after = following(after, brings(step, flip, one.slug, of.key, on), at)
                    then = stands(of, one.slug, on, after, coverage)
                    assert (then.status, then.basis) == (flip.to, flip.basis)
                    assert (then.status, then.basis) != (now.status, now.basis)


@given(st.sampled_from(sorted(KINDS)), st.sampled_from([BEFORE, AFTER]), st.sampled_from([Nature.OUTCOME, Nature.CONTINUING]))
def test_what_is_not_named_flips_nothing(kind: Kind, on: date, nature: Nature) -> None:
    of = known(target(nature=nature, deadline=BY_END_2024 if nature is Nature.OUTCOME else NO_DEADLINE, completes=(READ,)))
    now, found = flips_of(of, on)
    step = Completion(kind=kind, subject=BILL)
    then = stands(of, "bill", on, record([told(kind, on, state=State.HAPPENED)]), read_from())
    assert ((then.status, then.basis) != (now.status, now.basis)) is any(step in f.steps for f in found)


_AT = record([told()])[0].recorded_at
