"""The archive read again: what is shown beforehand is what is recorded, and nothing is lost by what cannot be read any more."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine

from milestones.domain.claims import READ_AGAIN
from milestones.domain.documents import Candidate, Decision, Document
from milestones.domain.errors import AuditError, WrongPage
from milestones.domain.events import EventType
from milestones.services import replaying
from milestones.services.ports import Answer, Finding
from milestones.services.publish import append_passed, audit_staged, retract_withdrawn
from milestones.services.reading import read_documents
from milestones.services.replayed import Survey
from milestones.services.review import reject
from milestones.services.signature import Signature
from milestones.store.captures import SqlCaptures
from milestones.store.ledger import SqlLedger
from milestones.store.readings import SqlReadings
from tests.services.fakes import FakeArchive, document, replayed
from tests.store.examples import candidate

NOW = datetime(2025, 3, 5, 4, tzinfo=UTC)
PAGES = [f"https://example.test/{n}" for n in range(4)]
SAYS = candidate(quote="Nothing of note.")
Detection = Callable[[Document], Sequence[Candidate]]


def first_rules(read: Document) -> list[Candidate]:
    """Every page but the last tells of a step."""
    return [] if read.url == PAGES[3] else [SAYS]


def other_rules(read: Document) -> list[Candidate]:
    """The first as before, the second on another day, the third no more, the fourth at last, and doubtful a second claim of the first."""
    doubt = replace(SAYS, subject="another-bill", decision=Decision.REVIEW)
    later = replace(SAYS, occurred_on=date(2024, 12, 13))
    return {PAGES[0]: [SAYS, doubt], PAGES[1]: [later], PAGES[2]: [], PAGES[3]: [SAYS]}[read.url]


def plain(_known: Document, answer: Answer) -> list[Document]:
    """A page is its body."""
    return [document(answer.url, answer.body.decode())]


@dataclass
class World:
    engine: Engine
    archive: FakeArchive = field(default_factory=FakeArchive)
    clock: datetime = NOW
    findings: list[Finding] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.captures, self.readings, self.ledger = SqlCaptures(self.engine), SqlReadings(self.engine), SqlLedger(self.engine)
        for url in PAGES:
            digest = f"{PAGES.index(url):064x}"
            self.archive.records[digest] = f"record of {url} {NOW}\n\nNothing of note.".encode()
            self.captures.add_capture(digest=digest, url=url, body_sha256="b" * 64, retrieved_at=NOW)
            self.captures.add_document(document(url), capture=digest, seen_at=NOW)
        self.publish(first_rules, "1", run="first")

    def desk(self, detect: Detection, rules: str = "2", parse=plain, sound: Sequence[str] = ("fake",)) -> replaying.Desk:
        return replaying.Desk(
            readings=self.readings,
            captures=self.captures,
            ledger=self.ledger,
            archive=self.archive,
            replay=replayed,
            parse=parse,
            detect=detect,
            audit=lambda _suite, _rows: self.findings,
            rules=rules,
            sound=sound,
            clock=lambda: self.clock,
            progress=lambda *_: None,
        )

    def publish(self, detect: Detection, rules: str, *, run: str, again: bool = False, sound: Sequence[str] = ("fake",)) -> None:
        self.clock += timedelta(hours=1)
        at = {"clock": lambda: self.clock, "run_id": run}
        read_documents(self.readings, self.captures, detect, rules=rules, progress=lambda *_: None, again=again, **at)
        passed = audit_staged(self.readings, lambda _suite, _rows: self.findings, **at).passed
        done = append_passed(self.readings, self.ledger, passed, producer="tests", **at)
        retract_withdrawn(self.ledger, done, sound=sound, producer="tests", **at)

    def record(self, desk: replaying.Desk, found: Survey, *, run: str = "replay") -> list[tuple[str, str]]:
        """Carries a survey out; what was appended, as (what, page)."""
        before = self.ledger.head()[0]
        replaying.read_anew(desk, found, run_id=run)
        self.publish(desk.detect, desk.rules, run=run, again=True, sound=desk.sound)
        names = {EventType.MILESTONE_REPORTED: "added", EventType.MILESTONE_AMENDED: "amended", EventType.MILESTONE_RETRACTED: "retracted"}
        return [(names[e.draft.type], e.draft.source) for e in self.ledger.read(after=before)]


@pytest.fixture
def world(engine):
    return World(engine)


def shown(found: Survey) -> list[tuple[str, str]]:
    return sorted((c.what, c.url) for c in found.changes)


def test_the_same_rules_and_parsers_change_nothing(world):
    found = replaying.survey(world.desk(first_rules, "1"))
    assert (found.documents, found.changes, found.is_due) == (4, [], False)


def test_what_is_shown_is_what_is_recorded_and_then_nothing_is_left(world):
    desk, head = world.desk(other_rules), world.ledger.head()
    found = replaying.survey(desk)
    assert world.ledger.head() == head
    assert shown(found) == [("added", PAGES[3]), ("amended", PAGES[1]), ("held", PAGES[0]), ("retracted", PAGES[2])]
    assert sorted(world.record(desk, found)) == [c for c in shown(found) if c[0] != "held"]
    assert [s.stored.document.url for s in world.readings.held()] == [PAGES[0]]
    again = replaying.survey(desk)
    assert (again.changes, again.is_due) == ([], False)


def test_the_change_tells_what_stands_now_and_what_would(world):
    (amended,) = [c for c in replaying.survey(world.desk(other_rules)).changes if c.what == "amended"]
    assert (str(amended.before.occurred_on), str(amended.after.occurred_on), amended.reason) == ("2024-12-06", "2024-12-13", amended.reason)
    assert amended.lines()[0].startswith("amended     PA2024/IT-25 bill bill_gazetted happened 2024-12-13, was happened 2024-12-06: ")
    counts = replaying.survey(world.desk(other_rules)).counts()
    assert counts["commitment"] == {"PA2024/IT-25": {"added": 1, "amended": 1, "held": 1, "retracted": 1}}


def test_what_was_recorded_says_that_it_comes_from_reading_again(world):
    desk = world.desk(other_rules)
    world.record(desk, replaying.survey(desk))
    added, amended, retracted = sorted(
        world.ledger.read(after=3), key=lambda e: ["reported", "amended", "retracted"].index(e.draft.type.split(".")[1])
    )
    assert (added.draft.data[READ_AGAIN], amended.draft.data[READ_AGAIN]) == (True, True)
    assert (amended.draft.data["amended_because"], retracted.draft.data["reason"]) == ("rules_changed", "rules_changed")


def test_rules_that_kept_their_name_are_recorded_all_the_same(world):
    desk = world.desk(other_rules, rules="1")
    found = replaying.survey(desk)
    assert len(world.record(desk, found)) == 3
    assert replaying.survey(desk).is_due is False


def test_new_rules_that_read_the_same_are_noted_and_record_nothing(world):
    desk = world.desk(first_rules)
    found = replaying.survey(desk)
    assert (found.changes, found.outdated, world.readings.outdated("2")) == ([], 4, 4)
    assert world.record(desk, found) == []
    assert (world.readings.outdated("2"), replaying.survey(desk).is_due) == (0, False)


def test_live_reading_leaves_old_pages_to_a_replay(world):
    world.publish(other_rules, "2", run="live")
    assert world.ledger.head()[0] == 3


def test_a_page_that_is_parsed_otherwise_gets_a_new_version_and_is_no_change_of_the_source(world):
    def better(_known: Document, answer: Answer) -> list[Document]:
        return [document(answer.url, "Nothing of note. It said more.")]

    desk = world.desk(lambda _read: [replace(SAYS, quote="It said more.")], parse=better)
    found = replaying.survey(desk)
    assert (len(found.renewed), [c.what for c in found.changes]) == (4, ["amended", "amended", "amended", "added"])
    world.record(desk, found)
    newest = world.captures.newest(PAGES[0])
    assert newest.document.paragraphs == ("Nothing of note. It said more.",)
    assert {e.draft.data.get("amended_because", "rules_changed") for e in world.ledger.read(after=3)} == {"rules_changed"}
    assert replaying.survey(desk).is_due is False


def test_another_time_of_publication_is_a_new_version_too(world):
    def later(_known: Document, answer: Answer) -> list[Document]:
        return [document(answer.url, published_at=NOW + timedelta(hours=2))]

    desk = world.desk(first_rules, "1", parse=later)
    world.record(desk, replaying.survey(desk))
    assert world.captures.newest(PAGES[0]).document.published_at == NOW + timedelta(hours=2)
    assert replaying.survey(desk).is_due is False


def test_a_page_that_cannot_be_parsed_any_more_is_quarantined_and_keeps_what_was_read(world):
    def broken(known: Document, answer: Answer) -> list[Document]:
        if known.url == PAGES[0]:
            raise WrongPage("the foot is missing")
        if known.url == PAGES[1]:
            raise RecursionError("too deep")
        return plain(known, answer)

    desk = world.desk(first_rules, parse=broken)
    found = replaying.survey(desk)
    assert [(f.url, f.reason) for f in found.failed] == [(PAGES[0], "the foot is missing"), (PAGES[1], "RecursionError: too deep")]
    assert (found.changes, world.record(desk, found)) == ([], [])
    assert [(q["url"], q["stage"]) for q in world.captures.quarantined()] == [(PAGES[0], "replay"), (PAGES[1], "replay")]


def test_detection_that_breaks_retracts_nothing(world):
    def breaking(read: Document) -> list[Candidate]:
        if read.url == PAGES[0]:
            raise ValueError("no day")
        return first_rules(read)

    desk = world.desk(breaking)
    found = replaying.survey(desk)
    assert ([f.reason for f in found.failed], found.changes) == (["ValueError: no day"], [])
    assert world.record(desk, found) == []


def test_of_a_source_that_is_not_sound_nothing_is_retracted(world):
    desk = world.desk(lambda _read: [], sound=())
    found = replaying.survey(desk)
    assert (found.changes, world.record(desk, found)) == ([], [])


def test_what_waits_and_is_no_longer_read_so_waits_no_more(world):
    desk = world.desk(other_rules)
    world.record(desk, replaying.survey(desk))
    assert len(world.readings.held()) == 1
    without = world.desk(lambda read: other_rules(read)[:1], "3")
    world.record(without, replaying.survey(without), run="third")
    assert world.readings.held() == []


def test_what_a_person_decided_stays_decided(world):
    doubtful = world.desk(other_rules)
    world.record(doubtful, replaying.survey(doubtful))
    (waiting,) = world.readings.held()
    signature = Signature(person="p-1", reason="no milestone", producer="tests", run_id="r")
    reject(world.readings, world.ledger, waiting.candidate_id, signature=signature, now=world.clock)

    def surer(read: Document) -> list[Candidate]:
        return [replace(c, decision=Decision.APPEND, confidence=99) for c in other_rules(read)]

    assert replaying.survey(world.desk(surer, "3")).changes == []


def test_what_fails_the_audit_is_shown_as_quarantined(world):
    world.findings = [Finding(expectation="quote_found", detail="the words do not stand there", row_ids=("0",))]
    (change, *_) = replaying.survey(
        world.desk(lambda read: [replace(SAYS, quote="other words")] if read.url == PAGES[0] else first_rules(read))
    ).changes
    assert (change.what, change.reason) == ("quarantined", "quote_found: the words do not stand there")
    world.findings = [Finding(expectation="row_count", detail="too many")]
    with pytest.raises(AuditError, match="would stop a batch: row_count: too many"):
        replaying.survey(world.desk(other_rules))


def test_dying_on_the_way_and_running_again_ends_the_same(world):
    desk = world.desk(other_rules)
    replaying.read_anew(desk, replaying.survey(desk), run_id="dies")
    at = {"clock": lambda: world.clock, "run_id": "dies"}
    read_documents(world.readings, world.captures, other_rules, rules="2", progress=lambda *_: None, again=True, **at)
    # The next live round publishes what was staged, and it is marked all the same.
    world.publish(other_rules, "2", run="live")
    assert all(e.draft.data.get(READ_AGAIN) or e.draft.type is EventType.MILESTONE_RETRACTED for e in world.ledger.read(after=3))
    assert world.ledger.head()[0] == 6
    assert replaying.survey(desk).is_due is False
