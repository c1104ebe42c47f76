"""The status of any day as known at any instant, out of SQL, on both databases."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text

from milestones.domain.coverage import Coverage
from milestones.domain.events import Draft, EventType, Recorded
from milestones.domain.milestones import fold
from milestones.domain.status import Status, View, scoreboard
from milestones.projections.days import Rules, state_of
from milestones.projections.models import status_history
from milestones.projections.rows import iso
from milestones.services.projecting import bring_up
from milestones.services.standings import Moved, Standing
from milestones.store.ledger import SqlLedger
from milestones.store.projections import SqlStandings
from milestones.store.status_history import SqlStatusHistory
from tests.domain.build import KEY, PROMISED_ON, UNREAD, amending, is_working_day, read_from, retracting, scheduled, told
from tests.projections.histories import OTHER, REGISTRY, ending, revoking

STARTED_AT = datetime(2024, 11, 1, 3, tzinfo=UTC)
DAYS = [PROMISED_ON + timedelta(days=n) for n in range(-20, 600, 13)]
INSTANTS = [STARTED_AT + timedelta(days=n, seconds=s) for n in (-1, 0, 1, 2, 3, 4, 5, 30) for s in (-1, 0)]


def batches(ledger: SqlLedger) -> Iterator[list[Draft]]:
    """What is recorded day by day: reports, a plan, an amendment, a retraction and what follows it, an end and its revocation."""
    yield [told(published_on=date(2024, 12, 18)), told(commitment=OTHER, target="sandbox", page="two", subject="guideline")]
    yield [scheduled(date(2025, 3, 5), target="both"), told(page="three")]
    yield [retracting(ledger.read()[0]), amending(ledger.read()[3], occurred_on=date(2025, 1, 8), data={"person": "p-1"})]
    yield [told(published_on=date(2024, 12, 18)), ending(OTHER, date(2025, 2, 1))]
    (ended,) = [e for e in ledger.read() if e.draft.type is EventType.COMMITMENT_WITHDRAWN]
    yield [revoking(ended), told(commitment=OTHER, page="four")]


def brought(engine: Engine, *, coverage: Coverage | None = None, anew: bool = False) -> Moved | None:
    model = status_history(
        SqlStatusHistory(engine),
        ledger=SqlLedger(engine),
        registry=REGISTRY,
        rules=Rules(coverage=read_from() if coverage is None else coverage, is_working_day=is_working_day),
        clock=lambda: STARTED_AT,
        progress=lambda *_: None,
    )
    done = bring_up(model, ledger=SqlLedger(engine), standings=SqlStandings(engine), clock=lambda: STARTED_AT, anew=anew)
    assert (done.failure, done.position) == (None, SqlLedger(engine).head()[0])
    return done.moved


def rows(engine: Engine) -> list[Any]:
    with engine.connect() as connection:
        return list(connection.execute(text("SELECT * FROM read_target_interval ORDER BY commitment, target, known_from, valid_from")))


def by_the_fold(events: Sequence[Recorded], on: date, known_at: datetime, coverage: Coverage) -> list[dict[str, Any]]:
    """What `milestones status --on --known-at` works out."""
    view = View(on=on, knowledge=fold(e for e in events if e.recorded_at <= known_at), coverage=coverage, is_working_day=is_working_day)
    states = sorted((s.commitment.key, t.target.slug, state_of(t)) for s in scoreboard(REGISTRY, view) for t in s.targets)
    return [
        {
            "commitment": of,
            "target": slug,
            "status": state.status.value,
            "basis": state.basis.value if state.basis else None,
            "occurred_on": iso(state.occurred_on),
            "occurred_precision": state.precision.value if state.precision else None,
            "straddles": state.straddles,
            "start_not_found": state.start_not_found,
            "slippage_days": state.slippage_days,
            "unread_sources": ", ".join(state.unread) or None,
        }
        for of, slug, state in states
    ]


def test_sql_says_what_the_fold_says_on_any_day_as_known_at_any_instant(engine: Engine) -> None:
    ledger, kept = SqlLedger(engine), SqlStatusHistory(engine)
    for day, drafts in enumerate(batches(ledger)):
        ledger.append(drafts, now=STARTED_AT + timedelta(days=day))
        assert brought(engine) is Moved.ADVANCED
    events = ledger.read()
    found = {(on, at): kept.as_of(on=on, known_at=at) for on in DAYS for at in INSTANTS}
    assert found == {(on, at): by_the_fold(events, on, at, read_from()) for on in DAYS for at in INSTANTS}
    assert len({r["status"] for told_then in found.values() for r in told_then}) > 6
    grown = rows(engine)
    assert brought(engine, anew=True) is Moved.ADVANCED
    assert rows(engine) == grown


def test_what_was_said_in_june_and_retracted_in_july_can_both_be_asked_for(engine: Engine) -> None:
    ledger, kept, on = SqlLedger(engine), SqlStatusHistory(engine), date(2025, 8, 1)
    said = ledger.append([told()], now=datetime(2025, 6, 10, tzinfo=UTC)).events[0]
    ledger.append([retracting(said)], now=datetime(2025, 7, 5, tzinfo=UTC))
    brought(engine)
    statuses = [
        next(
            r["status"] for r in kept.as_of(on=on, known_at=datetime(2025, month, 20, tzinfo=UTC)) if (r["commitment"], r["target"]) == (KEY, "bill")
        )
        for month in (5, 6, 7)
    ]
    assert statuses == [Status.OVERDUE, Status.MET, Status.OVERDUE]


def test_other_events_at_the_same_instant_become_known_together(engine: Engine) -> None:
    ledger, kept = SqlLedger(engine), SqlStatusHistory(engine)
    said = ledger.append([told()], now=STARTED_AT).events[0]
    brought(engine)
    ledger.append([retracting(said)], now=STARTED_AT)
    brought(engine)
    assert kept.as_of(on=DAYS[9], known_at=STARTED_AT) == by_the_fold(ledger.read(), DAYS[9], STARTED_AT, read_from())
    grown = rows(engine)
    brought(engine, anew=True)
    assert rows(engine) == grown
    assert {row.known_to for row in grown} == {None}


def test_the_rows_are_made_anew_when_more_was_read(engine: Engine) -> None:
    SqlLedger(engine).append([told(target="both")], now=STARTED_AT)
    assert brought(engine, coverage=UNREAD) is Moved.ADVANCED
    assert brought(engine, coverage=UNREAD) is Moved.SAME
    assert brought(engine) is Moved.ADVANCED
    (found,) = [
        r for r in SqlStatusHistory(engine).as_of(on=date(2025, 2, 1), known_at=STARTED_AT) if (r["commitment"], r["target"]) == (KEY, "bill")
    ]
    assert (found["status"], found["unread_sources"]) == ("overdue", None)


@pytest.mark.parametrize(
    ("found", "expected", "to", "moved"),
    [
        (0, 0, 5, Moved.ADVANCED),
        (3, 3, 5, Moved.ADVANCED),
        (5, 3, 5, Moved.SAME),
        (2, 3, 5, Moved.BEHIND),
        (4, 3, 5, Moved.BEHIND),
        (6, 3, 5, Moved.AHEAD),
    ],
)
def test_rows_are_written_only_from_where_they_were_prepared_for(engine: Engine, found: int, expected: int, to: int, moved: Moved) -> None:
    kept = SqlStatusHistory(engine)

    def grow(from_: int, upto: int) -> Moved:
        return kept.grow(
            again_from=f"2025-01-0{upto}T00:00:00.000000Z" if from_ else None,
            ended=[],
            rows=[],
            expected=at(from_),
            to=at(upto),
            as_of=STARTED_AT,
            failure=None,
        )

    if found:
        assert grow(0, found) is Moved.ADVANCED
    assert grow(expected, to) is moved
    assert SqlStandings(engine).of("status-history").position == (to if moved is Moved.ADVANCED else found)


def at(position: int) -> Standing:
    return Standing(name="status-history", version=1, position=position, digest="a" * 64) if position else Standing(name="status-history")
