"""What stands by a person's word though its page no longer says it, on both databases; also what was decided after it was asked for first."""

from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import Engine

from milestones.domain.documents import Document, Form
from milestones.services.ports import Stored
from milestones.store.captures import SqlCaptures
from milestones.store.ledger import SqlLedger
from milestones.store.readings import SqlReadings
from tests.domain.build import told

NOW = datetime(2025, 1, 20, 3, tzinfo=UTC)


def version(engine: Engine, number: int) -> Stored:
    captures, digest = SqlCaptures(engine), f"{number:064d}"
    captures.add_capture(digest=digest, url="https://x.example/1", body_sha256=digest, retrieved_at=NOW)
    page = Document(
        document_id="p", url="https://x.example/1", source="press-releases", form=Form.PRESS_RELEASE, language="en", headline="H",
        paragraphs=(f"Version {number}.",),
    )  # fmt: skip
    stored = captures.kept(captures.add_document(page, capture=digest, seen_at=NOW))
    assert stored
    return stored


def test_what_a_person_recorded_is_asked_about_once_its_page_changes(engine: Engine) -> None:
    ledger, first = SqlLedger(engine), version(engine, 1)
    by_rules = replace(told(page="other"), document_digest=first.digest)
    ledger.append([by_rules], now=NOW)
    assert ledger.unsaid() == []
    said = replace(told(), document_digest=first.digest, data={"figures": [], "person": "p-1", "reason": "missed"})
    ledger.append([said], now=NOW)
    assert ledger.unsaid() == []
    SqlReadings(engine).add_reading(version(engine, 2), rules="1", candidates=[], read_at=NOW, run_id="r")
    assert [e.draft for e in ledger.unsaid()] == [said], "what no person decided on is retracted by the rules, and asked of nobody"
    assert [e.draft for e in SqlLedger(engine).unsaid()] == [said]
