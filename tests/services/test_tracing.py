"""Traces against hand-made documents: where the words must stand, and what is told when they do not."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from milestones.domain.documents import Document, Item
from milestones.domain.errors import Damaged, WrongPage
from milestones.domain.events import EventType, Recorded
from milestones.services.ports import Answer, Stored
from milestones.services.tracing import Trace, trace
from tests.domain.build import record
from tests.services.fakes import document
from tests.store.examples import draft, plain

URL = "https://example.test/1"
TEXT = "Earlier. Cafe\u0301 穩定幣條例草案今日刊憲。 Later."
PAGE = replace(document(URL, TEXT), headline="A headline", items=(Item(heading="a", text="An item"),))
AT = datetime(2025, 3, 5, 4, tzinfo=UTC)


class Captures:
    def kept(self, digest: str) -> Stored | None:
        return Stored(digest=digest, capture="c" * 64, document=PAGE, seen_at=AT) if digest == "d" * 64 else None


class Archive(dict[str, bytes]):
    def get(self, digest: str) -> bytes:  # type: ignore[override]
        if digest not in self:
            raise Damaged(f"capture {digest} is missing")
        return self[digest]


def replay(record: bytes) -> Answer:
    if record != b"record":
        raise Damaged("a capture is no WARC response record")
    return Answer(url=URL, status=200, headers={}, body=b"body", retrieved_at=AT, record=record)


def follow(event: Recorded, *pages: Document, archive: dict[str, bytes] | None = None) -> Trace:
    kept: Any = Archive({"c" * 64: b"record"} if archive is None else archive)
    captures: Any = Captures()
    return trace(event, captures, kept, replay=replay, read=lambda url, _body: pages if url == URL else ())


def event(**changed: Any) -> Recorded:
    (recorded,) = record([draft(**{"document_digest": "d" * 64, "locator": "p0:9-25", "quote": "Caf\u00e9 穩定幣條例草案今日刊憲"} | changed)])
    return recorded


def test_words_are_found_in_their_place_and_shown_in_their_paragraph() -> None:
    told = follow(event(), PAGE)
    assert told.faults == ()
    assert any(line.endswith("Earlier. [[Caf\u00e9 穩定幣條例草案今日刊憲]]。 Later.") for line in told.lines())
    assert {f"page: {URL}", f"capture: {'c' * 64}", "retrieved: 2025-03-05T04:00:00.000000Z"} <= set(told.lines())
    assert follow(event(locator="h:2-10", quote="headline"), PAGE).faults == ()
    assert follow(event(locator="i0:0-7", quote="An item"), PAGE).faults == ()


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"locator": "p0:8-24"}, "stand elsewhere"),
        ({"locator": "p0:9-999"}, "stand elsewhere"),
        ({"quote": "what nobody printed"}, "do not stand in it"),
        ({"locator": "p1:9-25"}, "no place p1:9-25"),
        ({"locator": "h0:9-25"}, "no place h0:9-25"),
        ({"locator": "p:9-25"}, "no place p:9-25"),
        ({"locator": "somewhere"}, "no place somewhere"),
        ({"document_digest": "e" * 64}, "is missing"),
    ],
)
def test_what_does_not_match_is_told(changed: dict[str, Any], fault: str) -> None:
    (told,) = follow(event(**changed), PAGE).faults
    assert fault in told


def test_other_pages_and_bytes_are_told() -> None:
    assert "no such document" in follow(event(), replace(PAGE, document_id="https://example.test/2")).faults[0]
    assert "no such document" in follow(event()).faults[0]
    assert "missing" in follow(event(), PAGE, archive={}).faults[0]
    assert "no WARC" in follow(event(), PAGE, archive={"c" * 64: b"other"}).faults[0]


def test_a_page_that_no_parser_takes_is_told() -> None:
    def read(_url: str, _body: bytes) -> list[Document]:
        raise WrongPage("no release")

    kept: Any = Archive({"c" * 64: b"record"})
    captures: Any = Captures()
    assert trace(event(), captures, kept, replay=replay, read=read).faults == ("no release",)


def test_an_event_that_is_not_what_was_hashed_is_told() -> None:
    forged = replace(event(), draft=replace(event().draft, confidence=1))
    assert follow(forged, PAGE).faults == ("the event is not what was hashed when it was recorded",)


def test_what_rests_on_no_document_says_so() -> None:
    (opened,) = record([plain(EventType.LEDGER_OPENED, "ledger", data={"origin": "live"})])
    told = follow(opened)
    assert told.faults == ()
    assert "rests on no document: urn:milestones:test" in told.lines()


def test_a_persons_reason_is_shown() -> None:
    told = follow(event(data={"person": "p-1", "reason": "misread"}), PAGE)
    assert "person: p-1; misread" in told.lines()
