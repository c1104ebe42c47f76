"""What is told of a source, from the fetch log and the readings of a real store."""

from datetime import UTC, datetime

from milestones.domain.coverage import SourceFacts
from milestones.services.source_facts import source_facts
from milestones.store.captures import SqlCaptures
from milestones.store.engine import open_engine
from milestones.store.readings import SqlReadings
from milestones.store.seen import SqlSeen
from tests.services.fakes import document

AT = datetime(2025, 1, 31, 22, tzinfo=UTC)
CAPTURE = "a" * 64


def test_facts_are_those_of_each_source_whether_or_not_it_was_ever_read(sqlite_url):
    engine = open_engine(sqlite_url)
    captures, readings = SqlCaptures(engine), SqlReadings(engine)
    pages = [document(f"https://www.info.gov.hk/{n}.htm", text=f"Text {n}.") for n in range(3)]
    captures.add_capture(digest=CAPTURE, url=pages[0].url, body_sha256="b" * 64, retrieved_at=AT)
    for page in pages:
        captures.add_document(page, capture=CAPTURE, seen_at=AT)
    captures.add_fetch(source="hkma", url="https://www.hkma.gov.hk/", status=None, error="timed out", capture=None, retrieved_at=AT, run_id="r")
    captures.add_fetch(source=pages[0].source, url=pages[0].url, status=200, error=None, capture=CAPTURE, retrieved_at=AT, run_id="r")
    (first, *_) = readings.unread(None, 10)
    readings.add_reading(first, rules="rules-1", candidates=[], read_at=AT, run_id="r")

    found = source_facts({"hkma": ("en",), pages[0].source: ("en", "zh"), "legco-bills": ("odata",)}, captures, readings, SqlSeen(engine), now=AT)
    engine.dispose()

    assert found == [
        SourceFacts(source="hkma", feeds=("en",), last_error="timed out"),
        SourceFacts(source=pages[0].source, feeds=("en", "zh"), last_good_read_at=AT, backlog=2),
        SourceFacts(source="legco-bills", feeds=("odata",)),
    ]
