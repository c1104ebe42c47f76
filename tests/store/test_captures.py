"""What the sources said, kept alike by both databases."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from milestones.domain.coverage import CoverageRow
from milestones.domain.errors import LedgerError
from milestones.store.captures import SqlCaptures
from milestones.store.readings import SqlReadings
from tests.store.examples import CAPTURE, NOW, document


@pytest.fixture
def captures(engine: Engine) -> SqlCaptures:
    captures = SqlCaptures(engine)
    captures.add_capture(digest=CAPTURE, url="https://example.org/1", body_sha256="b" * 64, retrieved_at=NOW)
    return captures


def test_a_capture_may_be_added_twice(captures: SqlCaptures) -> None:
    captures.add_capture(digest=CAPTURE, url="https://example.org/1", body_sha256="b" * 64, retrieved_at=NOW + timedelta(days=1))
    assert len(list(captures.retrieved())) == 1


def test_a_document_has_a_new_version_only_when_its_text_changed(captures: SqlCaptures, engine: Engine) -> None:
    first = captures.add_document(document(), capture=CAPTURE, seen_at=NOW)
    assert captures.add_document(document(twin_url=None), capture=CAPTURE, seen_at=NOW) == first
    changed = document(paragraphs=("The Bill was withdrawn.",))
    second = captures.add_document(changed, capture=CAPTURE, seen_at=NOW)
    back = captures.add_document(document(), capture=CAPTURE, seen_at=NOW)
    assert len({first, second, back}) == 3
    (newest,) = SqlReadings(engine).unread("1", 9)
    assert (newest.digest, newest.document, newest.capture, newest.seen_at) == (back, document(), CAPTURE, NOW)


def test_documents_are_found_by_address(captures: SqlCaptures) -> None:
    assert not captures.has_document("https://example.org/1")
    captures.add_document(document(), capture=CAPTURE, seen_at=NOW)
    assert captures.has_document("https://example.org/1")


def test_a_document_without_its_capture_or_with_unkeepable_text_is_refused(captures: SqlCaptures) -> None:
    with pytest.raises(LedgerError):
        captures.add_document(document(), capture="c" * 64, seen_at=NOW)
    for text in ("a\x00b", "\ud800"):
        with pytest.raises(LedgerError):
            captures.add_document(document(paragraphs=(text,)), capture=CAPTURE, seen_at=NOW)
        with pytest.raises(LedgerError):
            captures.add_document(document(headline=text), capture=CAPTURE, seen_at=NOW)


def test_the_newest_row_of_a_day_is_what_is_covered(captures: SqlCaptures) -> None:
    open_day = CoverageRow(source="s", feed="en", day=date(2025, 1, 1), listed=3, read=2, closed=False)
    closed_day = CoverageRow(source="s", feed="en", day=date(2025, 1, 1), listed=3, read=3, closed=True)
    other = CoverageRow(source="s", feed="zh", day=date(2025, 1, 1), listed=0, read=0, closed=True)
    for row in (open_day, other, closed_day):
        captures.add_coverage(row, checked_at=NOW, run_id="r")
    assert captures.coverage() == [closed_day, other]


def test_the_newest_fetch_tells_whether_a_source_is_well(captures: SqlCaptures) -> None:
    def fetched(source: str, error: str | None, hours: int) -> None:
        moment = NOW + timedelta(hours=hours)
        captures.add_fetch(source=source, url="u", status=None, error=error, capture=None, retrieved_at=moment, run_id="r")

    fetched("a", None, 1)
    fetched("a", "Unreachable: timeout", 2)
    fetched("b", "Unreachable: timeout", 1)
    fetched("b", None, 2)
    fetched("c", "Refused: robots", 1)
    assert captures.last_errors() == {"a": "Unreachable: timeout", "c": "Refused: robots"}
    assert captures.last_good_reads() == {"a": NOW + timedelta(hours=1), "b": NOW + timedelta(hours=2)}


def test_a_quarantined_page_is_released_by_a_later_reading_of_it(captures: SqlCaptures) -> None:
    for reason in ("no headline", "no footer"):
        captures.quarantine(source="s", url="https://example.org/1", capture=CAPTURE, stage="parse", reason=reason, at=NOW, run_id="r")
    captures.quarantine(source="s", url="https://example.org/2", capture=None, stage="parse", reason="cut", at=NOW, run_id="r")
    assert [(q["url"], q["reason"]) for q in captures.quarantined()] == [("https://example.org/1", "no footer"), ("https://example.org/2", "cut")]
    assert captures.quarantined()[0]["at"] == "2025-01-02T03:04:05.000678Z"
    captures.add_document(document(), capture=CAPTURE, seen_at=NOW + timedelta(minutes=1))
    assert [q["url"] for q in captures.quarantined()] == ["https://example.org/2"]
