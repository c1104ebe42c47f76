"""What would become of a target: the same as what does become of it once the event is recorded."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from milestones.domain.events import Draft, Kind, State
from milestones.domain.status import Status, target_status
from milestones.services.foresight import Foresight, foreseen
from tests.domain.build import PROMISED_ON, amending, is_working_day, read_from, record, registry, retracting, scheduled, told, view

NOW = datetime(2025, 1, 20, 3, tzinfo=UTC)


def foresee(draft: Draft, *known: Draft) -> Foresight | None:
    return foreseen(draft, record(known), registry(), now=NOW, coverage=read_from(), is_working_day=is_working_day)


@pytest.mark.parametrize(
    ("known", "draft"),
    [
        ([], told()),
        ([], told(Kind.PROGRESS_REPORTED)),
        ([], told(day=date(2025, 1, 8))),
        ([told(day=date(2025, 1, 8))], told(day=date(2024, 12, 18))),
        ([told()], told(day=date(2025, 2, 5), state=State.SCHEDULED, published_on=date(2024, 12, 18))),
        ([], scheduled(date(2025, 2, 5))),
        ([told(state=State.SCHEDULED, day=date(2025, 2, 5))], told(Kind.CANCELLED, page="other")),
    ],
)
def test_what_is_foreseen_is_what_comes(known: list[Draft], draft: Draft) -> None:
    found = foresee(draft, *known)
    assert found
    before = record(known)
    claims = {e.draft.claim_key: e for e in before}
    standing = claims.get(draft.claim_key)
    after = record([amending(standing, occurred_on=draft.occurred_on, state=draft.state) if standing else draft], after=before)
    commitment = next(iter(registry().commitments()))
    for events, status in ((before, found.before), (after, found.after)):
        world = view(date(2025, 1, 20), events)
        real = target_status(commitment, commitment.targets[0], world.knowledge.milestones, PROMISED_ON, world)
        assert (real.status, real.occurred_on, real.slippage_days) == (status.status, status.occurred_on, status.slippage_days)
    assert found.amends == standing


def test_a_retraction_is_foreseen() -> None:
    (event,) = record([told()])
    found = foreseen(retracting(event), [event], registry(), now=NOW, coverage=read_from(), is_working_day=is_working_day)
    assert found
    assert (found.before.status, found.after.status) == (Status.MET, Status.OVERDUE)


def test_what_bears_on_no_target_changes_none() -> None:
    assert foresee(told(target="context")) is None
    assert foresee(replace(told(), commitment="PA2030/XX-01")) is None
