"""Readings, candidates, and what became of them: each is settled once, and people have the last word."""

import hashlib
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from milestones.domain.documents import Candidate, Decision, Figure, Outcome
from milestones.domain.errors import LedgerError
from milestones.domain.events import Draft, EventType
from milestones.services.ports import Appended, Staged, Stored
from milestones.store.captures import SqlCaptures
from milestones.store.ledger import SqlLedger
from milestones.store.readings import SqlReadings
from tests.store.examples import CAPTURE, NOW, STABLECOINS, candidate, claim, document, draft


class Desk:
    """Reads pages and appends what they claim, as the services do."""

    def __init__(self, engine: Engine) -> None:
        self.captures, self.readings, self.ledger = SqlCaptures(engine), SqlReadings(engine), SqlLedger(engine)
        self.captures.add_capture(digest=CAPTURE, url="https://example.org/1", body_sha256="b" * 64, retrieved_at=NOW)

    def read(self, text: str, *candidates: Candidate, rules: str = "1") -> list[Staged]:
        """A version of the page, read with some rules."""
        capture = hashlib.sha256(text.encode()).hexdigest()
        self.captures.add_capture(digest=capture, url="https://example.org/1", body_sha256="b" * 64, retrieved_at=NOW)
        self.captures.add_document(document(paragraphs=(text,)), capture=capture, seen_at=NOW)
        for stored in self.readings.unread(rules, 9):
            self.readings.add_reading(stored, rules=rules, candidates=[(STABLECOINS, c) for c in candidates], read_at=NOW, run_id="r")
        return self.readings.staged()

    def append(self, staged: list[Staged]) -> Appended:
        return self.ledger.append_staged([(s, as_draft(s)) for s in staged], now=NOW, run_id="r")

    def outcome(self, staged: Staged) -> str:
        """`waiting`, `held` or `settled`."""
        if staged.candidate_id in {s.candidate_id for s in self.readings.staged()}:
            return "waiting"
        return "held" if staged.candidate_id in {s.candidate_id for s in self.readings.held()} else "settled"


def as_draft(staged: Staged, **changed: Any) -> Draft:
    c = staged.candidate
    about = {"claim_key": staged.claim_key, "document_digest": staged.stored.digest, "state": c.state, "data": c.data}
    return draft(**about | {"occurred_on": c.occurred_on, "occurred_precision": c.precision, "quote": c.quote} | changed)


@pytest.fixture
def desk(engine: Engine) -> Desk:
    return Desk(engine)


def test_a_document_is_read_once_with_each_version_of_the_rules(desk: Desk) -> None:
    figures = (Figure(value="1.5", unit="HKD", basis="level"),)
    full = candidate(figures=figures, occurred_on=None, quote="穩定幣")
    (staged,) = desk.read("text", full)
    assert staged.candidate == full
    assert staged.stored.document == document(paragraphs=("text",))
    assert desk.readings.unread("1", 9) == []
    desk.readings.add_reading(staged.stored, rules="1", candidates=[(STABLECOINS, candidate())], read_at=NOW, run_id="again")
    assert [s.candidate for s in desk.readings.staged()] == [full]
    assert [s.digest for s in desk.readings.unread("2", 9)] == [staged.stored.digest]


def test_only_the_newest_version_of_a_document_is_unread_and_the_oldest_come_first(desk: Desk) -> None:
    for n in (2, 1, 3):
        desk.captures.add_document(document(document_id=f"https://example.org/{n}"), capture=CAPTURE, seen_at=NOW)
    desk.captures.add_document(document(document_id="https://example.org/2", headline="changed"), capture=CAPTURE, seen_at=NOW)
    found: list[Stored] = desk.readings.unread("1", 2)
    assert [s.document.document_id[-1] for s in found] == ["1", "3"]


def test_the_newest_versions_of_all_documents_are_given_in_slices(desk: Desk) -> None:
    for n in (2, 1, 3):
        desk.captures.add_document(document(document_id=f"https://example.org/{n}"), capture=CAPTURE, seen_at=NOW)
    desk.captures.add_document(document(document_id="https://example.org/2", headline="changed"), capture=CAPTURE, seen_at=NOW)

    first = desk.readings.newest_documents(after=0, limit=2)
    rest = desk.readings.newest_documents(after=first[-1][0], limit=2)

    assert [s.document.document_id[-1] for _, s in (*first, *rest)] == ["1", "3", "2"]
    assert rest[0][1].document.headline == "changed"
    assert desk.readings.newest_documents(after=rest[-1][0], limit=2) == []
    assert desk.readings.kept_documents() == 3


def test_a_staged_candidate_is_appended_once(desk: Desk) -> None:
    staged = desk.read("text", candidate())
    assert len(desk.append(staged).events) == 1
    assert desk.outcome(staged[0]) == "settled"
    again = desk.append(staged)
    assert (again.events, again.same) == ((), 1)
    assert desk.ledger.head()[0] == 1


def test_events_and_outcomes_are_recorded_together_or_not_at_all(desk: Desk) -> None:
    staged = desk.read("text", candidate(), candidate(quote="other"))
    impossible = draft(claim_key=claim(2), document_digest="d" * 64)
    with pytest.raises(LedgerError):
        desk.ledger.append_staged([(staged[0], as_draft(staged[0])), (staged[1], impossible)], now=NOW, run_id="r")
    assert desk.readings.staged() == staged
    assert desk.ledger.head()[0] == 0


def test_a_reading_by_other_rules_amends_and_says_why(desk: Desk) -> None:
    desk.append(desk.read("text", candidate()))
    (event,) = desk.append(desk.read("text", candidate(occurred_on=date(2024, 12, 5)), rules="2")).events
    assert (event.draft.type, event.draft.data["amended_because"]) == (EventType.MILESTONE_AMENDED, "rules_changed")
    (event,) = desk.append(desk.read("new text", candidate(occurred_on=date(2024, 12, 4)), rules="2")).events
    assert event.draft.data["amended_because"] == "source_changed"


def test_one_reading_that_claims_the_same_twice_amends_nothing(desk: Desk) -> None:
    receipt = desk.append(desk.read("text", candidate(), candidate(occurred_on=date(2024, 12, 5))))
    assert (len(receipt.events), receipt.held) == (1, 1)


def test_a_candidate_held_for_low_confidence_is_appended_once_the_rules_are_sure(desk: Desk) -> None:
    (doubtful,) = desk.read("text", candidate(confidence=50, decision=Decision.REVIEW))
    desk.readings.settle({doubtful.candidate_id: (Outcome.HELD, "doubtful")}, at=NOW, run_id="r")
    assert desk.outcome(doubtful) == "held"
    assert len(desk.append(desk.read("text", candidate(), rules="2")).events) == 1
    assert desk.readings.held() == []  # what was doubtful has been settled by a later reading


def decide(desk: Desk, type_: EventType = EventType.CANDIDATE_REJECTED, **changed: Any) -> None:
    no_milestone = {"target": None, "kind": None, "state": None, "subject": None}
    desk.ledger.append([draft(type=type_, data={"person": "p-1", "reason": "r"}, **no_milestone | changed)], now=NOW)


def test_a_decided_claim_stays_until_the_text_changes_then_goes_to_review(desk: Desk) -> None:
    (first,) = desk.read("text", candidate())
    desk.append([first])
    decide(desk, document_digest=first.stored.digest)
    (same_text,) = desk.read("text", candidate(occurred_on=date(2024, 12, 5)), rules="2")
    assert desk.append([same_text]).same == 1
    (same_claim,) = desk.read("other text", candidate(occurred_on=date(2024, 12, 5)), rules="2")
    assert desk.append([same_claim]).same == 1
    (other_claim,) = desk.read("third text", candidate(occurred_on=date(2024, 12, 4)), rules="2")
    assert desk.append([other_claim]).held == 1
    assert [s.candidate_id for s in desk.readings.held()] == [other_claim.candidate_id]


def test_what_a_person_made_of_a_held_candidate_is_its_outcome(desk: Desk) -> None:
    (staged,) = desk.read("text", candidate(decision=Decision.REVIEW))
    desk.readings.settle({staged.candidate_id: (Outcome.HELD, "doubtful")}, at=NOW, run_id="r")
    desk.readings.settle({staged.candidate_id: (Outcome.DROPPED, "p-1: a plan only")}, at=NOW, run_id="r")
    assert desk.outcome(staged) == "settled"
    desk.readings.settle({staged.candidate_id: (Outcome.HELD, "late")}, at=NOW, run_id="r")
    assert desk.outcome(staged) == "settled"


def test_what_a_person_rejected_is_not_asked_again(desk: Desk) -> None:
    (staged,) = desk.read("text", candidate(decision=Decision.REVIEW))
    desk.readings.settle({staged.candidate_id: (Outcome.HELD, "doubtful")}, at=NOW, run_id="r")
    decide(desk, document_digest=staged.stored.digest)
    desk.readings.settle({staged.candidate_id: (Outcome.DROPPED, "rejected")}, at=NOW, run_id="r")
    (again,) = desk.read("other text", candidate(confidence=99))
    assert desk.append([again]).same == 1


def test_a_doubtful_candidate_is_asked_about_once(desk: Desk) -> None:
    (doubtful,) = desk.read("text", candidate(decision=Decision.REVIEW, confidence=50))
    first = desk.append([doubtful])
    assert (first.events, first.held) == ((), 1)
    (again,) = desk.read("text", candidate(decision=Decision.REVIEW, confidence=55), rules="2")
    assert desk.append([again]).same == 1
    assert [s.candidate_id for s in desk.readings.held()] == [doubtful.candidate_id]
    decide(desk, document_digest=doubtful.stored.digest)
    desk.readings.settle({doubtful.candidate_id: (Outcome.DROPPED, "rejected")}, at=NOW, run_id="r")
    (after,) = desk.read("text", candidate(decision=Decision.REVIEW, quote="other words of it"), rules="3")
    assert desk.append([after]).same == 1
    (changed,) = desk.read("changed text", candidate(decision=Decision.REVIEW, quote="new words of it"), rules="3")
    assert desk.append([changed]).held == 1


def test_a_doubtful_candidate_that_is_recorded_already_is_no_question(desk: Desk) -> None:
    desk.append(desk.read("text", candidate()))
    (doubtful,) = desk.read("text", candidate(decision=Decision.REVIEW), rules="2")
    assert desk.append([doubtful]).same == 1
    assert desk.readings.held() == []


# ---- what a document no longer says -------------------------------------------------------------------------------------


def retract(desk: Desk, *sources: str) -> Appended:
    return desk.ledger.retract_absent(sources or ("press-releases",), producer="test", now=NOW, run_id="r")


def test_a_claim_that_its_page_no_longer_makes_is_retracted_once(desk: Desk) -> None:
    (reported,) = desk.append(desk.read("text", candidate())).events
    assert retract(desk).events == ()
    desk.append(desk.read("corrected text"))
    assert retract(desk, "other-source").events == ()
    (event,) = retract(desk).events
    assert (event.draft.type, event.draft.amends) == (EventType.MILESTONE_RETRACTED, reported.event_id)
    assert (event.draft.data["reason"], event.draft.quote) == ("withdrawn_by_source", None)
    assert event.draft.document_digest != reported.draft.document_digest
    assert retract(desk).events == ()
    (again,) = desk.append(desk.read("text", candidate())).events
    assert again.draft.type is EventType.MILESTONE_REPORTED


def test_a_claim_that_better_rules_do_not_find_is_retracted_and_says_so(desk: Desk) -> None:
    desk.append(desk.read("text", candidate()))
    desk.append(desk.read("text", candidate(decision=Decision.DROP), rules="2"))
    (event,) = retract(desk).events
    assert event.draft.data["reason"] == "rules_changed"


def test_a_claim_in_doubt_is_not_retracted(desk: Desk) -> None:
    desk.append(desk.read("text", candidate()))
    desk.read("text", candidate(decision=Decision.REVIEW, occurred_on=None), rules="2")
    assert retract(desk).events == ()


def test_the_machine_retracts_nothing_that_a_person_decided_on(desk: Desk) -> None:
    (staged,) = desk.read("text", candidate())
    desk.append([staged])
    decide(desk, EventType.CANDIDATE_ACCEPTED, document_digest=staged.stored.digest)
    desk.append(desk.read("corrected text"))
    assert retract(desk).events == ()


def test_the_machine_retracts_nothing_that_a_person_recorded(desk: Desk) -> None:
    (staged,) = desk.read("text", candidate())
    said_by_person = as_draft(staged, data={"figures": [], "person": "p-1", "reason": "it says so"})
    desk.ledger.append_staged([(staged, said_by_person)], now=NOW, run_id="r")
    desk.append(desk.read("corrected text"))
    assert (retract(desk).events, retract(desk).held) == ((), 1)
