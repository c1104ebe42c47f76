"""Whatever is appended in whatever order, a database ledger does exactly what the ledger in memory does."""

import shutil
import tempfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from milestones.domain.errors import LedgerError
from milestones.domain.events import Draft, EventType
from milestones.domain.ledger import GENESIS_HASH, chain_hash
from milestones.store.engine import open_engine
from milestones.store.ledger import SqlLedger
from tests.store.examples import NOW, claim, draft, plain
from tests.store.memory import MemoryLedger

numbers = st.integers(0, 3)
days = st.integers(1, 3).map(lambda n: date(2024, 12, n))


@st.composite
def readings(pick: st.DrawFn) -> Draft:
    """What a machine reads: one of a few claims with one of a few contents, so that all of them meet."""
    return draft(claim_key=claim(pick(numbers)), occurred_on=pick(days), stream=f"commitment:{pick(numbers)}")


@st.composite
def statements(pick: st.DrawFn) -> Draft:
    """What is no milestone."""
    type_ = pick(st.sampled_from([EventType.COMMITMENT_REGISTERED, EventType.SOURCE_DEGRADED, EventType.SOURCE_RECOVERED, EventType.RULING_MADE]))
    return plain(type_, claim(10 + pick(numbers)), data={"n": pick(numbers)})


class LedgersAgree(RuleBasedStateMachine):
    """The model is the ledger in memory; every step is done to both."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="milestones-"))
        shutil.copy(self.template, self.folder / "ledger.db")
        self.model = MemoryLedger()
        self.now = NOW
        self.open()

    def open(self) -> None:
        self.engine = open_engine(f"sqlite:///{self.folder}/ledger.db")
        self.ledger = SqlLedger(self.engine)

    def teardown(self) -> None:
        self.engine.dispose()
        shutil.rmtree(self.folder)

    def both(self, drafts: list[Draft]) -> None:
        assert self.ledger.append(drafts, now=self.now) == self.model.append(drafts, now=self.now)

    @rule(drafts=st.lists(st.one_of(readings(), statements()), max_size=4))
    def append(self, drafts: list[Draft]) -> None:
        self.both(drafts)

    @rule(drafts=st.lists(readings(), min_size=1, max_size=3))
    def append_twice(self, drafts: list[Draft]) -> None:
        self.both(drafts)
        if len({d.claim_key for d in drafts}) == len(drafts):
            assert self.ledger.append(drafts, now=self.now).events == ()

    @rule(drafts=st.lists(readings(), max_size=2))
    def append_what_cannot_be_kept(self, drafts: list[Draft]) -> None:
        with pytest.raises(LedgerError):
            self.ledger.append([*drafts, draft(quote="\x00")], now=self.now)

    @precondition(lambda self: any(e.draft.kind for e in self.model.events))
    @rule(pick=st.integers(0, 99), day=days, type_=st.sampled_from([EventType.MILESTONE_AMENDED, EventType.MILESTONE_RETRACTED]))
    def decide(self, pick: int, day: date, type_: EventType) -> None:
        milestones = [e for e in self.model.events if e.draft.kind]
        event = milestones[pick % len(milestones)]
        data = {"person": "p-1", "reason": "read it"}
        self.both([draft(type=type_, claim_key=event.draft.claim_key, amends=event.event_id, occurred_on=day, data=data)])

    @rule(hours=st.integers(-48, 48))
    def change_the_clock(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule()
    def close_and_open_again(self) -> None:
        self.engine.dispose()
        self.open()

    @invariant()
    def the_ledgers_are_the_same_chain(self) -> None:
        events = self.ledger.read()
        assert events == self.model.events
        before, versions = GENESIS_HASH, dict[str, int]()
        for position, event in enumerate(events, start=1):
            assert (event.position, event.prev_hash, event.hash) == (position, before, chain_hash(before, event.leaf_hash))
            versions[event.draft.stream] = versions.get(event.draft.stream, 0) + 1
            assert event.stream_version == versions[event.draft.stream]
            before = event.hash
        assert [e.recorded_at for e in events] == sorted(e.recorded_at for e in events)


def test_a_sqlite_ledger_and_one_in_memory_never_differ(sqlite_template: Path) -> None:
    LedgersAgree.template = sqlite_template
    run_state_machine_as_test(
        LedgersAgree,
        settings=settings(max_examples=25, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)),
    )
