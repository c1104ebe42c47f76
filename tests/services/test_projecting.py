"""Bringing read models up: one that stops stops alone, before the event that it cannot take, and tries again when others were in between."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from milestones.domain.errors import Conflict, LedgerError
from milestones.services.projecting import Brought, Projection, Save, bring_up, paged
from milestones.services.standings import Category, Failure, Moved, Standing
from tests.store.examples import NOW, claim, draft
from tests.store.memory import MemoryLedger


@dataclass
class Model:
    """A read model that is the list of positions it has seen, and its own record of where it stands."""

    ledger: MemoryLedger
    breaks: Callable[[int], bool] = lambda _position: False
    position: int = 0
    failure: Failure | None = None
    meets: list[Moved] = field(default_factory=list)

    def of(self, name: str) -> Standing:
        return Standing(name=name, position=self.position, failure=self.failure)

    def fail(self, name: str, failure: Failure, *, at: datetime) -> None:
        self.failure = failure

    def prepare(self, standing: Standing, upto: int, _anew: bool) -> Save:
        for event in paged(self.ledger, upto=upto, progress=lambda *_: None, what=""):
            if self.breaks(event.position):
                raise KeyError(event.position)

        def save(failure: Failure | None) -> Moved:
            if self.meets:
                return self.meets.pop(0)
            self.position, self.failure = upto, failure
            return Moved.ADVANCED

        return save

    def bring_up(self, *, anew: bool = False) -> Brought:
        return bring_up(Projection("model", self.prepare), ledger=self.ledger, standings=self, clock=lambda: datetime.now(UTC), anew=anew)


@pytest.fixture
def ledger() -> MemoryLedger:
    made = MemoryLedger()
    made.append([draft(claim_key=claim(n)) for n in range(20)], now=NOW)
    return made


def test_it_comes_up_to_the_head(ledger: MemoryLedger) -> None:
    done = Model(ledger).bring_up()
    assert (done.position, done.moved, done.failure, done.line()) == (20, Moved.ADVANCED, None, "model at position 20")


@pytest.mark.parametrize("position", [2, 7, 13, 20])
def test_it_stops_before_what_it_cannot_take_and_says_so(ledger: MemoryLedger, position: int) -> None:
    done = Model(ledger, lambda p: p == position).bring_up()
    assert (done.position, done.moved) == (position - 1, Moved.ADVANCED)
    assert done.failure == Failure(category=Category.POISON, position=position, detail=f"KeyError: {position}")


def test_one_that_stops_before_everything_keeps_what_it_has(ledger: MemoryLedger) -> None:
    model = Model(ledger, lambda p: p == 4, position=9)
    done = model.bring_up()
    assert (done.position, done.moved, model.position) == (9, None, 9)
    assert done.failure == model.failure


def test_it_goes_on_once_the_cause_is_gone(ledger: MemoryLedger) -> None:
    model = Model(ledger, lambda p: p == 4)
    assert model.bring_up().position == 3
    model.breaks = lambda _position: False
    assert (model.bring_up().position, model.failure) == (20, None)


def test_an_event_that_is_none_is_unreadable(ledger: MemoryLedger) -> None:
    class Broken(MemoryLedger):
        def read(self, *, after: int = 0, limit: int | None = None) -> list:  # type: ignore[type-arg]
            found = super().read(after=after, limit=limit)
            if any(e.position == 11 for e in found):
                raise ValueError("'nonsense' is not a valid Kind")
            return found

    broken = Broken()
    broken.events = ledger.events
    done = Model(broken).bring_up()
    assert done.failure
    assert (done.position, done.failure.position, done.failure.category) == (10, 11, Category.UNREADABLE)


@pytest.mark.parametrize(("meets", "position"), [([Moved.BEHIND], 20), ([Moved.SAME], 0), ([Moved.AHEAD], 0)])
def test_others_who_were_faster_are_met_as_they_are(ledger: MemoryLedger, meets: list[Moved], position: int) -> None:
    assert Model(ledger, meets=meets).bring_up().position == position


def test_it_gives_up_where_others_begin_anew_all_the_time(ledger: MemoryLedger) -> None:
    with pytest.raises(Conflict):
        Model(ledger, meets=[Moved.BEHIND] * 3).bring_up()


def test_rows_that_the_database_refuses_are_told_of(ledger: MemoryLedger) -> None:
    model = Model(ledger)
    prepare = model.prepare

    def refusing(standing: Standing, upto: int, anew: bool) -> Save:
        prepare(standing, upto, anew)

        def save(_failure: Failure | None) -> Moved:
            raise LedgerError("the database refused: CHECK")

        return save

    model.prepare = refusing  # type: ignore[method-assign]
    done = model.bring_up()
    assert done.failure
    assert (done.position, done.moved, done.failure.category) == (0, None, Category.REFUSED)
