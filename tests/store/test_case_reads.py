"""Reads about one case, target, source or stretch of the log, on both databases."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Engine

from milestones.domain.coverage import CoverageRow
from milestones.domain.dates import Precision
from milestones.domain.documents import Candidate, Decision, Document, Form, Outcome
from milestones.domain.events import EventType, Kind, State
from milestones.services.publish import draft_of
from milestones.store.captures import SqlCaptures
from milestones.store.case_reads import SqlCaseReads
from milestones.store.ledger import SqlLedger
from milestones.store.readings import SqlReadings
from tests.domain.build import KEY, lifecycle, told

NOW = datetime(2025, 1, 20, 3, tzinfo=UTC)


def read(engine: Engine, version: int = 1) -> int:
    """A doubtful finding of a version of a page, held; its number."""
    captures, readings = SqlCaptures(engine), SqlReadings(engine)
    digest = f"{version:064d}"
    captures.add_capture(digest=digest, url="https://x.example/1", body_sha256=digest, retrieved_at=NOW)
    page = Document(
        document_id="p", url="https://x.example/1", source="press-releases", form=Form.PRESS_RELEASE, language="en", headline="H",
        paragraphs=(f"Version {version}.",),
    )  # fmt: skip
    stored = captures.kept(captures.add_document(page, capture=digest, seen_at=NOW))
    assert stored
    claim = Candidate(
        commitment=KEY, target="bill", kind=Kind.BILL_PASSED, state=State.HAPPENED, subject="s", occurred_on=date(2025, 1, version),
        precision=Precision.DAY, quote="Version", locator="p0:0-7", rule="r", rule_version=1, confidence=60, decision=Decision.REVIEW, reason="?",
    )  # fmt: skip
    readings.add_reading(stored, rules="1", candidates=[("claim", claim)], read_at=NOW, run_id="r")
    staged = readings.staged()
    SqlLedger(engine).append_staged([(s, draft_of(s, producer="t", run_id="r")) for s in staged], now=NOW, run_id="r")
    return staged[-1].candidate_id


def test_a_case_waits_until_it_is_settled_or_a_later_reading_takes_its_place(engine: Engine) -> None:
    reads, first = SqlCaseReads(engine), read(engine)
    case = reads.case(first)
    assert case
    assert (case.waits, case.outcome, case.because, case.at) == (True, Outcome.HELD, "doubtful", NOW)
    assert case.staged == SqlReadings(engine).held()[0]
    second = read(engine, 2)
    assert [found.waits for n in (first, second) if (found := reads.case(n))] == [False, True]
    SqlReadings(engine).settle({second: (Outcome.DROPPED, "rejected: no")}, at=NOW, run_id="r")
    case = reads.case(second)
    assert case
    assert (case.waits, case.outcome, case.because) == (False, Outcome.DROPPED, "rejected: no")
    assert reads.case(99) is None


def test_a_target_is_told_by_its_own_steps_and_by_what_became_of_its_commitment(engine: Engine) -> None:
    ended = lifecycle(EventType.COMMITMENT_WITHDRAWN, date(2025, 1, 3))
    own = [told(), told(Kind.BILL_PASSED), ended]
    SqlLedger(engine).append([*own, told(target="other"), told(commitment="PA2024/IT-25")], now=NOW)
    found = SqlCaseReads(engine).told_of(KEY, "bill", 3)
    assert [e.draft for e in found or ()] == own
    assert SqlCaseReads(engine).told_of(KEY, "bill", 2) is None, "more than can be folded in time"
    assert SqlCaseReads(engine).told_of("PA2030/XX-01", "bill", 3) == []


def test_the_newest_coverage_of_each_day_of_a_source(engine: Engine) -> None:
    captures, day = SqlCaptures(engine), date(2025, 1, 6)
    rows = [CoverageRow(source="a", feed=feed, day=day, listed=2, read=n, closed=n == 2) for n in (1, 2) for feed in ("en", "zh")]
    rows += [CoverageRow(source="a", feed="en", day=day + timedelta(days=1), listed=0, read=0, closed=True)]
    for row in [*rows, CoverageRow(source="b", feed="en", day=day, listed=0, read=0, closed=True)]:
        captures.add_coverage(row, checked_at=NOW, run_id="r")
    assert SqlCaseReads(engine).coverage_of("a") == rows[2:]


def test_events_newest_first_below_a_position_of_a_type(engine: Engine) -> None:
    SqlLedger(engine).append([told(page=f"P{n}") for n in range(4)] + [lifecycle(EventType.COMMITMENT_WITHDRAWN)], now=NOW)
    reads = SqlCaseReads(engine)
    assert [e.position for e in reads.newest_events(2)] == [5, 4]
    assert [e.position for e in reads.newest_events(9, before=3)] == [2, 1]
    assert [e.position for e in reads.newest_events(2, of_type=EventType.MILESTONE_REPORTED)] == [4, 3]
    assert reads.newest_events(2, before=5, of_type=EventType.COMMITMENT_WITHDRAWN) == []
