"""Versions of pages, when they are due again, and whose text changed, on both databases."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import Engine

from milestones.domain.dates import HKT
from milestones.domain.documents import HANDED_IN, Form
from milestones.services.asking import GONE
from milestones.services.changes import record_changes
from milestones.services.ports import Link, Validators
from milestones.store.backlog import SqlBacklog
from milestones.store.captures import SqlCaptures
from milestones.store.ledger import SqlLedger
from milestones.store.revisits import SqlRevisits
from tests.store.examples import document

DAY = date(2025, 3, 5)
PUBLISHED = datetime(2025, 3, 5, 10, tzinfo=HKT)
HOUR = timedelta(hours=1)
TAGGED = Validators(etag='"1"')


def capture(letter: str) -> str:
    return letter * 64


@pytest.fixture
def revisits(engine: Engine) -> SqlRevisits:
    for letter in "abc":
        SqlCaptures(engine).add_capture(digest=capture(letter), url="https://example.org/1", body_sha256="b" * 64, retrieved_at=PUBLISHED)
    return SqlRevisits(engine)


def read(engine: Engine, number: int, at: datetime, **more: object) -> Link:
    """Lists, reads and notes a page."""
    link = Link(url=f"https://example.org/{number}", feed="en", day=DAY, headline="A headline")
    SqlBacklog(engine).add("s", [link], listed_at=at, run_id="r")
    SqlCaptures(engine).add_document(
        document(**{"url": link.url, "document_id": link.url, "published_at": PUBLISHED, **more}), capture=capture("a"), seen_at=at
    )
    SqlRevisits(engine).add_validators(link.url, Validators(), capture=capture("a"), noted_at=at)
    return link


def test_the_newest_version_and_how_often_it_was_found_unchanged(revisits: SqlRevisits) -> None:
    assert revisits.version("u") is None
    revisits.add_validators("u", Validators(), capture=capture("a"), noted_at=PUBLISHED)
    for hours in (1, 2, 3):
        revisits.add_validators("u", TAGGED, capture=capture("b"), noted_at=PUBLISHED + hours * HOUR)
    found = revisits.version("u")
    assert found
    assert (found.validators, found.capture, found.asked_at, found.unchanged) == (TAGGED, capture("b"), PUBLISHED + 3 * HOUR, 2)


def test_pages_are_due_by_their_steps_longest_first(revisits: SqlRevisits, engine: Engine) -> None:
    early, late = read(engine, 1, PUBLISHED + HOUR / 2), read(engine, 2, PUBLISHED + HOUR / 4, published_at=PUBLISHED - HOUR / 2)
    assert revisits.due("s", now=PUBLISHED + HOUR / 3, limit=9) == []
    assert revisits.due("s", now=PUBLISHED + HOUR, limit=9) == [late, early]
    assert revisits.due("s", now=PUBLISHED + HOUR, limit=1) == [late]
    assert revisits.due("other", now=PUBLISHED + HOUR, limit=9) == []
    revisits.add_validators(late.url, TAGGED, capture=capture("a"), noted_at=PUBLISHED + HOUR)
    assert revisits.due("s", now=PUBLISHED + 2 * HOUR, limit=9) == [early]


def test_a_page_without_a_time_is_published_when_its_day_begins(revisits: SqlRevisits, engine: Engine) -> None:
    link = read(engine, 1, PUBLISHED, published_at=None)
    midnight = datetime(2025, 3, 6, tzinfo=HKT)
    assert revisits.due("s", now=midnight - HOUR, limit=9) == []
    assert revisits.due("s", now=midnight, limit=9) == [link]


def test_what_is_gone_unread_or_long_past_is_not_due(revisits: SqlRevisits, engine: Engine) -> None:
    link = read(engine, 1, PUBLISHED)
    SqlBacklog(engine).add("s", [Link(url="https://example.org/unread", feed="en", day=DAY)], listed_at=PUBLISHED, run_id="r")
    assert revisits.due("s", now=PUBLISHED + timedelta(days=59), limit=9) == [link]
    assert revisits.due("s", now=PUBLISHED + timedelta(days=70), limit=9) == []
    SqlCaptures(engine).quarantine(source="s", url=link.url, capture=None, stage=GONE, reason="no such page", at=PUBLISHED, run_id="r")
    assert revisits.due("s", now=PUBLISHED + HOUR, limit=9) == []


# ---- changed texts ----------------------------------------------------------------------------------------------------------


def keep(engine: Engine, words: str, letter: str, **more: object) -> None:
    known = {"url": "https://example.org/1", "document_id": "https://example.org/1", "paragraphs": (words,), "published_at": PUBLISHED}
    SqlCaptures(engine).add_document(document(**{**known, **more}), capture=capture(letter), seen_at=PUBLISHED)


def record(engine: Engine) -> int:
    return record_changes(SqlRevisits(engine), SqlLedger(engine), producer="p", clock=lambda: PUBLISHED, run_id="r")


def test_each_change_is_recorded_once_with_what_differs(revisits: SqlRevisits, engine: Engine) -> None:
    keep(engine, "5,000 firms on 18 December 2024.", "a")
    assert record(engine) == 0
    keep(engine, "6,000 firms on 18 December 2024.", "b")
    keep(engine, "6,000 firms on 19 December 2024.", "c")
    assert [record(engine), record(engine)] == [2, 0]
    first, second = (event.draft for event in SqlLedger(engine).read())
    assert first.type.value == "document.changed"
    assert (first.stream, first.source, first.data["version"], second.data["version"]) == (
        "document:https://example.org/1",
        "https://example.org/1",
        2,
        3,
    )
    assert first.data["differences"] == [{"what": "figure", "before": "5,000", "now": "6,000"}]
    assert second.data["differences"] == [{"what": "date", "before": "18 December 2024", "now": "19 December 2024"}]
    assert second.data["before"] == first.document_digest
    assert (first.data["paragraphs_changed"], first.data["more"]) == (1, 0)


def test_a_text_that_goes_back_is_a_third_version(revisits: SqlRevisits, engine: Engine) -> None:
    for words, letter in (("5,000", "a"), ("6,000", "b"), ("5,000", "c")):
        keep(engine, words, letter)
    assert record(engine) == 2


def test_growing_bills_pages_brought_by_hand_and_our_own_new_reading_are_no_changes(revisits: SqlRevisits, engine: Engine) -> None:
    for words, letter in (("1", "a"), ("2", "b")):
        keep(engine, words, letter, form=Form.BILL_RECORD, document_id="bill")
        keep(engine, words, letter, document_id="by hand", source=HANDED_IN if letter == "a" else "s")
        keep(engine, words, "a", document_id="same capture")
    assert record(engine) == 0
