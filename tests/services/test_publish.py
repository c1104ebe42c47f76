from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from milestones.domain.dates import Precision
from milestones.domain.documents import Candidate, Decision, Outcome
from milestones.domain.errors import AuditError
from milestones.domain.events import Draft, EventType, Kind, State
from milestones.services.ports import Appended, Finding, Stored
from milestones.services.publish import AppendSummary, append_passed, audit_staged, retract_withdrawn
from milestones.services.reading import read_documents
from tests.services.fakes import NOON, FakeCaptures, FakeReadings, document

CLAIM = Candidate(
    commitment="PA2024/DE-04",
    target="bill",
    kind=Kind.BILL_GAZETTED,
    state=State.HAPPENED,
    subject="stablecoins-bill",
    occurred_on=date(2024, 12, 6),
    precision=Precision.DAY,
    quote="gazetted today",
    locator="p0:0-14",
    rule="press.act",
    rule_version=1,
    confidence=95,
    decision=Decision.APPEND,
    reason="bill name and 'gazetted' in one sentence",
)


class FakeLedger:
    def __init__(self) -> None:
        self.asked: list[Draft] = []

    def append_staged(self, staged: Sequence[tuple[Any, Draft]], *, now: Any, run_id: str) -> Appended:
        self.asked = [draft for _, draft in staged]
        return Appended(events=(), same=0, held=sum(s.candidate.decision is Decision.REVIEW for s, _ in staged))

    def retract_absent(self, sources: Collection[str], **_run: Any) -> Appended:
        return Appended(events=(object(),) * len(sources), same=0)


def nothing_wrong(_suite: str, _rows: Sequence[Mapping[str, Any]]) -> list[Finding]:
    return []


def staged(*candidates: Candidate, text: str = "It was gazetted today (December 6).") -> FakeReadings:
    stored = Stored(digest="d" * 64, capture="c" * 64, document=document("https://example.test/a", text), seen_at=NOON)
    readings = FakeReadings(waiting=[stored])
    summary = read_documents(readings, FakeCaptures(), lambda _d: candidates, rules="1", clock=lambda: NOON, run_id="run", progress=lambda *_: None)
    assert (summary.documents, summary.candidates) == (1, len(candidates))
    return readings


def test_every_candidate_gets_one_outcome_by_its_decision():
    readings = staged(
        CLAIM, replace(CLAIM, kind=Kind.BILL_PASSED, decision=Decision.REVIEW), replace(CLAIM, kind=Kind.DELAYED, decision=Decision.DROP)
    )
    ledger = FakeLedger()
    passed = audit_staged(readings, nothing_wrong, clock=lambda: NOON, run_id="run").passed
    summary = append_passed(readings, ledger, passed, producer="test", clock=lambda: NOON, run_id="run")
    assert [d.kind for d in ledger.asked] == [Kind.BILL_GAZETTED, Kind.BILL_PASSED], "the ledger judges the doubtful one too"
    assert {i: o for i, (o, _) in readings.outcomes.items()} == {3: Outcome.DROPPED}
    assert (summary.held, summary.dropped) == (1, 1)


def test_failing_rows_are_quarantined_with_the_reason_and_the_rest_passes():
    readings = staged(CLAIM, replace(CLAIM, kind=Kind.BILL_PASSED))

    def audit(suite: str, rows: Sequence[Mapping[str, Any]]) -> list[Finding]:
        assert suite == "staged_candidates"
        return [Finding(expectation="quote stands in the document", detail="found in 0 of 1", row_ids=("2",))]

    summary = audit_staged(readings, audit, clock=lambda: NOON, run_id="run")
    assert summary.passed == (1,)
    assert readings.outcomes == {2: (Outcome.QUARANTINED, "quote stands in the document: found in 0 of 1")}


def test_a_batch_that_fails_as_a_whole_stops_everything():
    readings = staged(CLAIM)
    with pytest.raises(AuditError, match="staged_candidates stopped the batch: columns: url is missing"):
        audit_staged(readings, lambda _s, _r: [Finding(expectation="columns", detail="url is missing")], clock=lambda: NOON, run_id="run")
    assert readings.outcomes == {}


@pytest.mark.parametrize(("quote", "found"), [("gazetted today", True), ("gazetted yesterday", False), ("A headline", True)])
def test_the_audit_is_told_whether_the_words_stand_in_the_document(quote, found):
    rows: list[Mapping[str, Any]] = []
    audit_staged(staged(replace(CLAIM, quote=quote)), lambda _s, r: rows.extend(r) or [], clock=lambda: NOON, run_id="run")
    assert [r["quote_found"] for r in rows] == [found]


def test_the_audit_is_told_how_far_the_day_lies_from_publication():
    rows: list[Mapping[str, Any]] = []
    audit_staged(staged(CLAIM), lambda _s, r: rows.extend(r) or [], clock=lambda: NOON, run_id="run")
    assert rows[0]["days_from_publication"] == (date(2024, 12, 6) - date(2025, 3, 5)).days


def test_the_event_leads_to_document_place_words_and_rule():
    readings, ledger = staged(CLAIM), FakeLedger()
    append_passed(readings, ledger, [1], producer="milestones 0", clock=lambda: NOON, run_id="run")
    [draft] = ledger.asked
    assert (draft.type, draft.stream, draft.source) == (EventType.MILESTONE_REPORTED, "commitment:PA2024/DE-04", "https://example.test/a")
    assert (draft.document_digest, draft.locator, draft.quote, draft.rule) == ("d" * 64, "p0:0-14", "gazetted today", "press.act")
    assert draft.data["headline"] == "A headline"


def test_a_document_that_breaks_detection_is_quarantined_and_counts_as_read():
    stored = [Stored(digest=n * 64, capture="c" * 64, document=document(f"https://example.test/{n}"), seen_at=NOON) for n in "ab"]
    readings, captures = FakeReadings(waiting=stored), FakeCaptures()

    def detect(doc: Any) -> list[Candidate]:
        if doc.url.endswith("a"):
            raise RecursionError("too deep")
        return [CLAIM]

    summary = read_documents(readings, captures, detect, rules="1", clock=lambda: NOON, run_id="run", progress=lambda *_: None)
    assert (summary.documents, summary.candidates, summary.quarantined) == (2, 1, 1)
    assert [(q["stage"], q["reason"]) for q in captures.quarantine_rows] == [("detect", "RecursionError: too deep")]


def test_what_documents_no_longer_say_is_counted_for_sound_sources_only():
    done = AppendSummary(new=1, same=2, held=0, dropped=0)
    summary = retract_withdrawn(FakeLedger(), done, sound={"press-releases"}, producer="test", clock=lambda: NOON, run_id="run")
    assert summary.line() == "1 events recorded, 2 known already, 0 held for review, 0 dropped, 1 retracted"
