"""What a person decides stays decided: end to end from a document's text to the ledger, in memory, on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from milestones.domain.commitments import Subject
from milestones.domain.documents import Candidate, Decision
from milestones.domain.errors import Conflict, LedgerError
from milestones.domain.events import EventType, Kind, Recorded
from milestones.services import publish
from milestones.services.corrections import Change, Code, amend, retract, standing
from milestones.services.ports import Captures, Ledger, Readings
from milestones.services.reading import read_documents
from milestones.services.review import accept, held, keep, reject, rule
from milestones.services.signature import Signature
from milestones.store.captures import SqlCaptures
from milestones.store.engine import open_engine
from milestones.store.ledger import SqlLedger
from milestones.store.readings import SqlReadings
from tests.domain.build import KEY, commitment, registry
from tests.services.fakes import FakeCaptures, FakeReadings, document
from tests.services.test_publish import CLAIM
from tests.store.memory import MemoryLedger

NOW = datetime(2025, 7, 1, 3, tzinfo=UTC)
URL = "https://www.info.gov.hk/gia/general/202412/06/P1.htm"
BY = Signature(person="person:1", reason="the text speaks of a plan", producer="tests", run_id="by-hand")
BILL = Subject(slug="stablecoins-bill", target="bill", kinds=frozenset({Kind.BILL_GAZETTED, Kind.BILL_FIRST_READING}))
REGISTRY = registry(replace(commitment(), subjects=(BILL,)))
DOUBTFUL = replace(CLAIM, decision=Decision.REVIEW, confidence=60)


@dataclass
class World:
    """A page that changes, and what is made of it."""

    captures: Captures
    readings: Readings
    ledger: Ledger
    runs: list[str] = field(default_factory=list)

    def publish(self, text: str, *candidates: Candidate, rules: str = "1") -> publish.AppendSummary:
        """The page has this text now; rules read these candidates in it."""
        page = document(URL, text, document_id=URL, source="press-releases")
        self.captures.add_capture(digest="c" * 64, url=URL, body_sha256="b" * 64, retrieved_at=NOW)
        digest = self.captures.add_document(page, capture="c" * 64, seen_at=NOW)
        if isinstance(self.readings, FakeReadings) and isinstance(self.ledger, MemoryLedger):
            stored = self.captures.kept(digest)
            assert stored
            self.ledger.texts[digest] = page.text_digest
            self.readings.waiting, self.readings.read = [stored], []
        self.runs.append(f"run-{len(self.runs)}")
        run = {"clock": lambda: NOW, "run_id": self.runs[-1]}
        read_documents(self.readings, self.captures, lambda _d: candidates, rules=rules, again=True, progress=lambda *_: None, **run)
        return publish.append_passed(self.readings, self.ledger, [s.candidate_id for s in self.readings.staged()], producer="tests", **run)

    def waiting(self) -> list[int]:
        return [s.candidate_id for s in self.readings.held()]

    def types(self) -> list[str]:
        return [e.draft.type.value for e in self.ledger.read()]

    def current(self) -> Recorded:
        return self.ledger.read()[-1]


@pytest.fixture(params=["memory", "sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    if request.param == "memory":
        ledger = MemoryLedger()
        yield World(FakeCaptures(), FakeReadings(outcomes=ledger.outcomes), ledger)
        return
    engine = open_engine(request.getfixturevalue(f"{request.param}_url"))
    yield World(SqlCaptures(engine), SqlReadings(engine), SqlLedger(engine))
    engine.dispose()


def test_a_doubtful_candidate_waits_with_its_reason_and_is_accepted_in_one_step(world: World):
    assert world.publish("a", DOUBTFUL).held == 1
    (number,) = world.waiting()
    assert held(world.readings, number).held_because == "doubtful"
    done = accept(world.readings, world.ledger, number, signature=BY, now=NOW)
    assert [e.draft.type for e in done.events] == [EventType.CANDIDATE_ACCEPTED, EventType.MILESTONE_REPORTED]
    decision, milestone = (e.draft for e in done.events)
    assert decision.data["candidate"] == number
    assert decision.data["claim"]["kind"] == "bill_gazetted"
    assert (milestone.data["person"], milestone.data["reason"], milestone.quote) == ("person:1", BY.reason, CLAIM.quote)
    assert decision.claim_key == milestone.claim_key
    assert world.waiting() == []


def test_a_rejected_candidate_leaves_no_milestone_and_is_not_asked_again(world: World):
    world.publish("a", DOUBTFUL)
    (number,) = world.waiting()
    reject(world.readings, world.ledger, number, signature=BY, now=NOW)
    assert world.types() == ["candidate.rejected"]
    assert world.publish("a", replace(CLAIM, confidence=99), rules="2").new == 0
    assert world.publish("a", replace(CLAIM, occurred_on=date(2024, 12, 5)), rules="3").held == 0
    assert (world.waiting(), world.types()) == ([], ["candidate.rejected"])


def test_what_was_decided_once_cannot_be_decided_again(world: World):
    world.publish("a", DOUBTFUL)
    (number,) = world.waiting()
    accept(world.readings, world.ledger, number, signature=BY, now=NOW)
    for again in (accept, reject):
        with pytest.raises(LedgerError, match=f"no candidate {number} waits for review"):
            again(world.readings, world.ledger, number, signature=BY, now=NOW)


def test_two_who_decide_at_once_do_not_both_win(world: World):
    world.publish("a", DOUBTFUL)
    (number,) = world.waiting()
    seen_before = world.readings.held()
    reject(world.readings, world.ledger, number, signature=BY, now=NOW)

    class Slow:
        """A reader who looked before the other decided."""

        def held(self):
            return seen_before

    with pytest.raises(Conflict):
        accept(Slow(), world.ledger, number, signature=BY, now=NOW)
    assert world.types() == ["candidate.rejected"]


DECISIONS = ["accepted", "rejected", "amended", "retracted", "ruled"]


def decided(world: World, how: str) -> int:
    """The claim, decided on in this way; how many events that took."""
    world.publish("first text", DOUBTFUL if how in ("accepted", "rejected", "ruled") else CLAIM)
    match how:
        case "accepted":
            accept(world.readings, world.ledger, world.waiting()[0], signature=BY, now=NOW)
        case "rejected":
            reject(world.readings, world.ledger, world.waiting()[0], signature=BY, now=NOW)
        case "ruled":
            ruled(world)
        case "amended":
            stands = standing(world.ledger.read(), "1")
            amend(world.ledger, world.captures, REGISTRY, stands, Change(occurred_on=date(2024, 12, 5)), signature=BY, now=NOW)
        case "retracted":
            retract(world.ledger, standing(world.ledger.read(), "1"), code=Code.WRONG, signature=BY, now=NOW)
    assert world.waiting() == []
    return world.ledger.head()[0]


def ruled(world: World, url: str = URL) -> Recorded:
    return rule(
        url,
        commitment=KEY,
        target="bill",
        kind=CLAIM.kind,
        subject=None,
        readings=world.readings,
        captures=world.captures,
        ledger=world.ledger,
        registry=REGISTRY,
        signature=BY,
        now=NOW,
    )


@pytest.mark.parametrize("how", DECISIONS)
def test_the_same_text_read_by_other_rules_changes_nothing(world: World, how: str):
    events = decided(world, how)
    for number, other in enumerate((CLAIM, DOUBTFUL, replace(CLAIM, occurred_on=date(2024, 12, 4)), replace(DOUBTFUL, quote="gazetted"))):
        summary = world.publish("first text", other, rules=f"rules {number}")
        assert (summary.new, summary.same, summary.held) == (0, 1, 0)
    assert (world.ledger.head()[0], world.waiting()) == (events, [])


@pytest.mark.parametrize("how", DECISIONS)
def test_a_changed_text_that_claims_otherwise_is_held_and_says_why(world: World, how: str):
    events = decided(world, how)
    summary = world.publish("second text", replace(CLAIM, occurred_on=date(2024, 12, 9)))
    assert (summary.new, summary.held) == (0, 1)
    assert world.ledger.head()[0] == events
    (waiting,) = world.readings.held()
    assert waiting.held_because == "a person has decided on this claim, and the text has changed since"
    done = accept(world.readings, world.ledger, waiting.candidate_id, signature=BY, now=NOW + timedelta(days=1))
    assert done.events[-1].draft.occurred_on == date(2024, 12, 9)
    assert done.events[-1].draft.type is (EventType.MILESTONE_AMENDED if how in ("accepted", "amended") else EventType.MILESTONE_REPORTED)


def test_a_ruling_names_document_and_claim_and_settles_what_waits(world: World):
    world.publish("a", DOUBTFUL)
    (number,) = world.waiting()
    event = ruled(world)
    assert (event.draft.type, event.draft.source, event.draft.kind) == (EventType.RULING_MADE, URL, None)
    assert event.draft.data["claim"] == {"target": "bill", "kind": "bill_gazetted", "subject": "stablecoins-bill"}
    with pytest.raises(LedgerError, match=f"no candidate {number} waits"):
        held(world.readings, number)


def test_a_ruling_before_any_reading_keeps_the_machine_from_recording(world: World):
    world.publish("a")
    ruled(world)
    assert world.publish("a", CLAIM, rules="2").same == 1
    assert world.types() == ["ruling.made"]


def test_a_ruling_on_what_stands_or_on_an_unread_page_is_refused(world: World):
    world.publish("a", CLAIM)
    with pytest.raises(LedgerError, match="position 1 says this and stands; retract it"):
        ruled(world)
    with pytest.raises(LedgerError, match="no document 'https://www"):
        ruled(world, "https://www.info.gov.hk/gia/general/202412/06/P2.htm")


def test_the_same_ruling_is_made_once(world: World):
    world.publish("a")
    ruled(world)
    with pytest.raises(LedgerError, match="ruled already"):
        ruled(world)


def test_other_claims_of_a_decided_document_go_their_own_way(world: World):
    decided(world, "retracted")
    other = replace(CLAIM, kind=Kind.BILL_FIRST_READING, occurred_on=date(2024, 12, 18))
    assert world.publish("second text", other).new == 1


# ---- what a document no longer says -------------------------------------------------------------------------------------

on_databases = pytest.mark.parametrize("world", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)


def withdrawn(world: World) -> int:
    """The machine looks for what documents no longer say; how many it retracts."""
    return len(world.ledger.retract_absent(("press-releases",), producer="tests", now=NOW, run_id="r").events)


@on_databases
@pytest.mark.parametrize("how", ["accepted", "amended"])
def test_what_a_person_decided_and_a_changed_text_no_longer_says_waits_for_a_person(world: World, how: str):
    events = decided(world, how)
    world.publish("first text", rules="2")
    assert (withdrawn(world), world.ledger.unsaid()) == (0, []), "the text is the one that the person saw"
    world.publish("second text")
    assert withdrawn(world) == 0
    assert [e.position for e in world.ledger.unsaid()] == [events]
    keep(world.ledger, world.captures, events, signature=BY, now=NOW)
    assert (withdrawn(world), world.ledger.unsaid()) == (0, [])
    with pytest.raises(LedgerError, match="does not wait for review"):
        keep(world.ledger, world.captures, events, signature=BY, now=NOW)
    world.publish("third text")
    stands = standing(world.ledger.read(), str(world.ledger.unsaid()[0].position))
    retract(world.ledger, stands, code=Code.WITHDRAWN_BY_SOURCE, signature=BY, now=NOW)
    assert world.ledger.unsaid() == []


@on_databases
def test_what_only_the_machine_said_is_retracted_without_asking(world: World):
    world.publish("first text", CLAIM)
    world.publish("second text")
    assert world.ledger.unsaid() == []
    assert withdrawn(world) == 1
