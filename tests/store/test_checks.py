"""What watching keeps and asks, alike on both databases."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine

from milestones.domain.coverage import CoverageRow
from milestones.domain.incidents import Trouble, degraded_draft, recovered_draft
from milestones.domain.watching import Canary, Check, Count, Pass, Shape
from milestones.store.backlog import SqlBacklog
from milestones.store.captures import SqlCaptures
from milestones.store.checks import SqlChecks
from milestones.store.ledger import SqlLedger
from milestones.store.seen import SqlSeen
from tests.store.examples import CAPTURE, NOW, document

URL = "https://example.org/1"
LATER = NOW + timedelta(hours=1)
OTHER = "c" * 64


@pytest.fixture
def captures(engine: Engine) -> SqlCaptures:
    captures = SqlCaptures(engine)
    captures.add_capture(digest=CAPTURE, url=URL, body_sha256="b" * 64, retrieved_at=NOW)
    captures.add_capture(digest=OTHER, url=URL, body_sha256="d" * 64, retrieved_at=LATER)
    return captures


def asked(captures: SqlCaptures, run: str, *, at: datetime = NOW, capture: str | None = CAPTURE, error: str | None = None, status: int = 200) -> None:
    known = {"url": URL, "status": None if error else status, "error": error, "capture": None if error else capture}
    captures.add_fetch(source="press", retrieved_at=at, run_id=run, **known)


def check(passed: bool, minutes: int, canary: Canary = Canary.FROZEN) -> Check:
    return Check(source="press", canary=canary, passed=passed, detail=f"頁 {minutes}", checked_at=NOW + timedelta(minutes=minutes))


def test_of_each_canary_the_last_check_of_each_run_comes_newest_first(engine: Engine) -> None:
    checks = SqlChecks(engine)
    checks.add([check(False, 1), check(True, 1, Canary.VOLUME)], run_id="1")
    checks.add([check(False, 2)], run_id="2")
    checks.add([check(True, 3)], run_id="2")
    checks.add([check(False, 4)], run_id="3")
    assert checks.newest("press", 2) == [check(False, 4), check(True, 3), check(True, 1, Canary.VOLUME)]
    assert checks.newest("bills", 2) == []


def test_a_shape_is_kept_once_and_not_known_before_it_was_seen(engine: Engine, captures: SqlCaptures) -> None:
    checks, shape = SqlChecks(engine), Shape("release", frozenset({"div > div#a", "div > div#b"}))
    assert checks.add_shape("press", shape, url=URL, capture=CAPTURE, seen_at=NOW)
    assert not checks.add_shape("press", shape, url=URL, capture=OTHER, seen_at=LATER)
    assert checks.add_shape("press", replace(shape, layout="list"), url=URL, capture=CAPTURE, seen_at=LATER)
    assert checks.shapes("press", before=LATER) == {"release": [shape]}
    assert checks.shapes("press", before=NOW) == {}


def test_a_page_that_could_not_be_read_teaches_no_shape(engine: Engine, captures: SqlCaptures) -> None:
    checks = SqlChecks(engine)
    checks.add_shape("press", Shape("release", frozenset({"body > div#maintenance"})), url=URL, capture=CAPTURE, seen_at=NOW)
    captures.quarantine(source="press", url=URL, capture=CAPTURE, stage="page", reason="no release", at=NOW, run_id="1")
    assert checks.shapes("press", before=LATER) == {}


def test_the_newest_count_of_a_day_stands(engine: Engine) -> None:
    checks = SqlChecks(engine)
    first = Count(source="press", feed="en", day=date(2025, 1, 2), counted_by="the feed", theirs=3, ours=2)
    for count in (first, replace(first, ours=3), replace(first, day=date(2024, 12, 1)), replace(first, source="bills")):
        checks.add_count(count, checked_at=NOW, run_id="1")
    assert checks.counts("press", date(2025, 1, 1)) == [replace(first, ours=3)]


def test_passes_are_told_apart_by_their_runs(engine: Engine, captures: SqlCaptures) -> None:
    asked(captures, "1")
    asked(captures, "2", error="Missing: gone")
    asked(captures, "2", at=LATER, error="Unreachable: timed out")
    asked(captures, "3", at=LATER, capture=OTHER)
    captures.quarantine(source="press", url=URL, capture=OTHER, stage="page", reason="no release", at=LATER, run_id="3")
    wrong, silent, good = SqlSeen(engine).passes("press", 9)
    assert wrong == Pass(asked=1, readable=0, ended_at=LATER)
    assert silent == Pass(asked=2, readable=0, missing=1, ended_at=LATER, error="Unreachable: timed out")
    assert good == Pass(asked=1, readable=1, ended_at=NOW)
    assert [p.blind for p in (wrong, silent, good)] == [True, True, False]
    assert SqlSeen(engine).unreadable("press", 9) == 1
    assert SqlSeen(engine).answers("press", 9) == [(OTHER, LATER), (CAPTURE, NOW)]
    assert SqlSeen(engine).read_between("press") == (NOW, LATER)
    assert SqlSeen(engine).read_between("bills") is None


def test_an_answer_that_is_not_modified_is_the_same(engine: Engine, captures: SqlCaptures) -> None:
    asked(captures, "0", at=NOW - timedelta(days=1), capture=OTHER)
    asked(captures, "1")
    asked(captures, "2", at=LATER, capture=None, status=304)
    assert SqlSeen(engine).same_since(URL) == (NOW, LATER)
    asked(captures, "3", at=LATER, capture=OTHER)
    assert SqlSeen(engine).same_since(URL) == (LATER, LATER)
    assert SqlSeen(engine).same_since("https://example.org/2") is None


def test_the_newest_document_is_that_of_its_publisher_not_of_the_future(engine: Engine, captures: SqlCaptures) -> None:
    seen, source = SqlSeen(engine), document().source
    captures.add_document(document(published_at=NOW), capture=CAPTURE, seen_at=LATER)
    assert seen.newest_at(source, until=LATER) == NOW
    captures.add_document(document(document_id="2", url=f"{URL}2", published_at=datetime(2099, 1, 1, tzinfo=UTC)), capture=CAPTURE, seen_at=LATER)
    assert seen.newest_at(source, until=LATER) == NOW
    captures.add_document(document(document_id="3", url=f"{URL}3", published_at=None), capture=CAPTURE, seen_at=LATER)
    assert seen.newest_at(source, until=LATER) == LATER
    assert [d.document_id for d in seen.documents(source, 2)] == ["3", "2"]


def test_how_many_documents_a_day_lists_comes_from_its_final_list_or_its_coverage(engine: Engine, captures: SqlCaptures) -> None:
    for day, closed in ((1, True), (2, False), (3, True)):
        row = CoverageRow(source="press", feed="en", day=date(2025, 1, day), listed=30 + day, read=30 + day, closed=closed)
        captures.add_coverage(row, checked_at=NOW, run_id="1")
    SqlBacklog(engine).close_list("press", "en", date(2025, 1, 3), listed=40, listed_at=NOW, run_id="1")
    assert SqlSeen(engine).listed("press", "en", since=date(2025, 1, 1)) == {date(2025, 1, 1): 31, date(2025, 1, 3): 40}


def test_an_incident_lasts_until_the_source_has_recovered(engine: Engine) -> None:
    ledger, seen = SqlLedger(engine), SqlSeen(engine)
    assert seen.incident("press") == (None, 0)
    found = Trouble(Canary.FROZEN, "the same bytes")
    ledger.append([degraded_draft("press", found, at=NOW, producer="test", run_id="1")], now=NOW)
    incident, version = seen.incident("press")
    assert incident
    assert (incident.source, incident.canary, incident.reason, incident.since, version) == ("press", Canary.FROZEN, "the same bytes", NOW, 1)
    ledger.append([recovered_draft("press", incident, at=LATER, producer="test", run_id="2")], now=LATER)
    assert seen.incident("press") == (None, 2)
    ledger.append([degraded_draft("press", found, at=LATER + timedelta(hours=1), producer="test", run_id="3")], now=LATER)
    assert seen.incident("press")[1] == 3
