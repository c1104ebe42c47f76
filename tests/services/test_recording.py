"""What a person records: the page is kept first, the words must stand in it, and the day must be one that can be."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from milestones.domain.commitments import Subject
from milestones.domain.dates import Precision
from milestones.domain.documents import HANDED_IN, Item
from milestones.domain.errors import LedgerError, RegistryError, WrongPage
from milestones.domain.events import EventType, Kind, State
from milestones.domain.revisions import revised
from milestones.domain.status import Basis, Status, scoreboard
from milestones.services.ports import Answer, Appended
from milestones.services.recording import Page, Told, record
from milestones.services.signature import Signature
from milestones.services.status import status_data
from milestones.services.words import quoted
from tests.domain.build import commitment, read_from, registry, view
from tests.services.fakes import FakeArchive, FakeCaptures, document
from tests.store.memory import MemoryLedger

NOW = datetime(2025, 7, 1, 3, tzinfo=UTC)
URL = "https://www.info.gov.hk/gia/general/202412/18/P1.htm"
TEXT = "Members will recall that the Stablecoins Bill received its first reading on December 18, 2024."
BY = Signature(person="person:1", reason="told in passing", producer="tests", run_id="by-hand")
BILL = Subject(slug="stablecoins-bill", target="bill", kinds=frozenset(Kind))
REGISTRY = registry(replace(commitment(), subjects=(BILL, replace(BILL, slug="rules"))))
TOLD = Told(
    commitment="DE-04",
    target="bill",
    kind=Kind.BILL_FIRST_READING,
    state=State.HAPPENED,
    occurred_on=date(2024, 12, 18),
    precision=Precision.DAY,
    quote="the Stablecoins Bill received its first reading",
)
DELAYED = replace(TOLD, kind=Kind.DELAYED, subject="stablecoins-bill", occurred_on=date(2024, 12, 18))


@dataclass
class World:
    archive: FakeArchive = field(default_factory=FakeArchive)
    captures: FakeCaptures = field(default_factory=FakeCaptures)
    ledger: MemoryLedger = field(default_factory=MemoryLedger)
    page: str = TEXT
    published_at: datetime = datetime(2025, 3, 5, 4, tzinfo=UTC)

    def record(self, told: Told = TOLD, *, handed_in: bool = False, now: datetime = NOW) -> Appended:
        body = self.page.encode()
        answer = Answer(url=URL, status=200, headers={}, body=body, retrieved_at=now, record=b"record of " + body)
        return record(
            Page(answer=answer, handed_in=handed_in),
            told,
            read=lambda url, got: [document(url, got.decode(), published_at=self.published_at)],
            archive=self.archive,
            captures=self.captures,
            ledger=self.ledger,
            registry=REGISTRY,
            signature=BY,
            clock=lambda: now,
        )

    def target(self, on: date = date(2025, 7, 1)) -> Any:
        return scoreboard(REGISTRY, view(on, self.ledger.read(), coverage=read_from()))[0].targets[0]


def test_the_event_leads_to_page_words_and_person():
    world = World()
    (event,) = world.record().events
    draft = event.draft
    assert (draft.type, draft.rule, draft.confidence, draft.source) == (EventType.MILESTONE_REPORTED, "person.recorded", None, URL)
    assert (draft.quote, draft.locator) == (TOLD.quote, "p0:25-72")
    assert (draft.data["person"], draft.data["reason"]) == ("person:1", "told in passing")
    assert draft.document_digest == world.captures.documents[URL].text_digest
    assert len(world.archive.records) == len(world.captures.captures) == len(world.captures.fetches) == 1
    assert world.target().status is Status.MET


def test_the_same_again_is_no_second_event_and_another_day_amends():
    world = World()
    world.record()
    assert (world.record().same, len(world.ledger.events)) == (1, 1)
    (event,) = world.record(replace(TOLD, occurred_on=date(2024, 12, 11))).events
    assert (event.draft.type, event.draft.data["amended_because"]) == (EventType.MILESTONE_AMENDED, "person_decided")


def test_the_page_is_kept_though_its_words_are_others():
    world = World()
    with pytest.raises(LedgerError, match="the words do not stand in one paragraph of https"):
        world.record(replace(TOLD, quote="the Bill was passed"))
    assert (len(world.archive.records), world.ledger.events) == (1, [])


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"commitment": "XX-99"}, "no commitment XX-99"),
        ({"target": "sandbox"}, "has no target sandbox; there are: bill, context"),
        ({"subject": "basel"}, "has no subject basel; there are: stablecoins-bill, rules"),
        ({"kind": Kind.APPOINTMENT}, "name what the appointment of PA2024/DE-04/bill is about with --subject: rules, stablecoins-bill"),
        ({"target": "context"}, "name what the bill_first_reading of PA2024/DE-04/context is about"),
        ({"occurred_on": date(2025, 7, 2)}, "has not come yet"),
        ({"occurred_on": date(2024, 9, 1)}, "lies before the promise"),
        ({"state": State.SCHEDULED, "precision": Precision.QUARTER}, "has a definite day"),
        ({"precision": Precision.UNKNOWN}, "has a precision"),
        ({"quote": " \n"}, "no words are given"),
        ({"revised_on": date(2025, 6, 30)}, "told by --kind delayed"),
        ({"kind": Kind.DELAYED, "subject": "rules", "revised_on": date(2025, 6, 30), "revised_precision": Precision.UNKNOWN}, "has a precision"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(changed, message):
    world = World()
    with pytest.raises((LedgerError, RegistryError), match=message) as refused:
        world.record(replace(TOLD, **changed))
    assert "\n" not in str(refused.value)
    assert world.ledger.events == []


def test_a_page_of_tomorrow_is_refused():
    with pytest.raises(WrongPage, match="has not come yet"):
        World(published_at=NOW + timedelta(days=1)).record()


def test_a_file_may_add_a_page_and_never_take_the_place_of_one():
    world = World()
    world.record(handed_in=True)
    assert (world.captures.documents[URL].source, world.captures.fetches) == (HANDED_IN, [])
    world.page = f"{TEXT} And the moon is of cheese."
    with pytest.raises(WrongPage, match="with another text than this file"):
        world.record(replace(TOLD, quote="the moon is of cheese"), handed_in=True)
    assert world.record(replace(TOLD, quote="the moon is of cheese")).events  # its publisher may change it


# ---- words --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words", "quote", "locator"),
    [
        ("The  Bill\u00a0was read.", "The Bill was", "The  Bill\u00a0was", "p0:0-13"),
        ("條例草案（第12號）今日首讀。", "草案(第12號)今日", "草案（第12號）今日", "p0:2-12"),
        ("The Bill was read.", "  Bill was\nread.  ", "Bill was read.", "p0:4-18"),
        ("㈱ read ﬁrst", "first", "ﬁrst", "p0:7-11"),
    ],
)
def test_words_are_found_whatever_their_blanks_and_widths_and_quoted_as_printed(text, words, quote, locator):
    page = document(URL, text)
    assert quoted(page, words) == (quote, locator)
    first, last = (int(n) for n in locator[3:].split("-"))
    assert text[first:last] == quote


def test_words_of_headline_and_items_are_found_by_their_place():
    page = document(URL, "Nothing.", headline="A bill is read", items=(Item(heading="First Reading", text="Stablecoins Bill"),))
    assert quoted(page, "bill is")[1] == "h:2-9"
    assert quoted(page, "Stablecoins Bill")[1] == "i0:0-16"


def test_too_many_words_are_refused():
    with pytest.raises(LedgerError, match="quote at most 300"):
        quoted(document(URL, "x" * 400), "x" * 301)


# ---- later deadlines ----------------------------------------------------------------------------------------------------


def later(world: World, **changed: Any) -> Appended:
    known = {"revised_on": date(2025, 6, 15), "revised_precision": Precision.QUARTER, "said_by": "FSTB"}
    return world.record(replace(DELAYED, **{**known, **changed}))


def test_a_later_deadline_is_shown_beside_the_original_which_alone_decides():
    world = World()
    later(world)
    before, after = world.target(date(2024, 12, 31)), world.target(date(2025, 2, 1))
    assert (before.status is Status.OVERDUE, after.status, after.basis) == (False, Status.OVERDUE, Basis.STATED_BY_GOVERNMENT)
    assert after.slippage_days == 32, "counted from the end of 2024"
    assert after.revised.interval.last == date(2025, 6, 30)
    world.record(replace(TOLD, occurred_on=date(2025, 6, 20)))
    done = world.target()
    assert (done.status, done.slippage_days, done.revised.day) == (Status.MET_LATE, 171, date(2025, 4, 1))


def test_a_later_deadline_counts_from_the_day_it_was_announced():
    world = World()
    later(world)
    assert (world.target(date(2024, 12, 17)).revised, world.target(date(2024, 12, 18)).revised is None) == (None, False)


def test_the_newest_of_several_later_deadlines_is_shown():
    world = World()
    later(world)
    later(world, occurred_on=date(2025, 3, 1), revised_on=date(2025, 12, 1), revised_precision=Precision.YEAR, quote="Members will recall")
    assert world.target().revised.interval.last == date(2025, 12, 31)
    assert revised(view(date(2025, 7, 1), world.ledger.read()).knowledge.milestones, "another-target", date(2025, 7, 1)) is None


def test_another_later_deadline_from_the_same_page_amends():
    world = World()
    later(world)
    assert (later(world).same, later(world, revised_on=date(2025, 9, 1)).events[0].draft.type) == (1, EventType.MILESTONE_AMENDED)


def test_who_issued_the_page_announced_the_later_deadline_where_nobody_else_is_named():
    world = World()
    later(world, said_by=None)
    assert world.target().revised.said_by == "www.info.gov.hk"


def test_status_as_data_tells_the_later_deadline_and_who_said_so():
    world = World()
    later(world)
    seen = view(date(2025, 2, 1), world.ledger.read())
    found = status_data(scoreboard(REGISTRY, seen), as_of_position=1)["commitments"][0]["targets"][0]
    assert found["deadline"] == "2024-12-31"
    assert found["revised_deadline"] == {
        "day": "2025-04-01",
        "last_day": "2025-06-30",
        "precision": "quarter",
        "said_by": "FSTB",
        "url": URL,
        "quote": TOLD.quote,
        "event_id": str(world.ledger.events[0].event_id),
    }
