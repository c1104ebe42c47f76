"""Drafts, documents and candidates to build tests from."""

from datetime import UTC, date, datetime
from typing import Any

from milestones.domain.dates import Precision
from milestones.domain.documents import Candidate, Decision, Document, Form, Item
from milestones.domain.events import Draft, EventType, Kind, State
from milestones.domain.ledger import claim_key, digest

NOW = datetime(2025, 1, 2, 3, 4, 5, 678, tzinfo=UTC)
CAPTURE = "a" * 64
STABLECOINS = claim_key("https://example.org/1", "PA2024/IT-25", "bill", "bill_gazetted", "stablecoins-bill")


def draft(**changed: Any) -> Draft:
    """A reported milestone."""
    return Draft(
        **{
            "stream": "commitment:PA2024/IT-25",
            "type": EventType.MILESTONE_REPORTED,
            "source": "https://example.org/1",
            "claim_key": STABLECOINS,
            "commitment": "PA2024/IT-25",
            "target": "bill",
            "kind": Kind.BILL_GAZETTED,
            "state": State.HAPPENED,
            "subject": "stablecoins-bill",
            "occurred_on": date(2024, 12, 6),
            "occurred_precision": Precision.DAY,
            "published_at": datetime(2024, 12, 6, 3, tzinfo=UTC),
            "confidence": 95,
            "locator": "p1",
            "quote": "The Stablecoins Bill was gazetted today (December 6).",
            "rule": "press.gazetted",
            "rule_version": 1,
            "producer": "test",
            "run_id": "run-1",
            "data": {"figures": [], "reason": "the words say so"},
        }
        | changed
    )


def plain(type_: EventType, claim: str, **changed: Any) -> Draft:
    """An event that is no milestone."""
    no_milestone = {"target": None, "kind": None, "state": None, "subject": None, "occurred_on": None, "occurred_precision": None}
    no_text = {"published_at": None, "confidence": None, "locator": None, "quote": None, "rule": None, "rule_version": None, "data": {}}
    return draft(type=type_, claim_key=claim, **no_milestone | no_text | {"source": "urn:milestones:test"} | changed)


def claim(number: int) -> str:
    """A claim key of its own."""
    return digest("test", str(number))


def document(**changed: Any) -> Document:
    """A press release."""
    return Document(
        **{
            "document_id": "https://example.org/1",
            "url": "https://example.org/1",
            "source": "press-releases",
            "form": Form.PRESS_RELEASE,
            "language": "en",
            "headline": "Stablecoins Bill gazetted",
            "paragraphs": ("The Stablecoins Bill was gazetted today (December 6).", "穩定幣條例草案今日刊憲。"),
            "items": (Item(heading="A", text="b"),),
            "published_at": datetime(2024, 12, 6, 3, tzinfo=UTC),
            "day": date(2024, 12, 6),
            "twin_url": "https://example.org/1c",
            "attachments": ("https://example.org/1.pdf",),
            "photos": ("https://example.org/1.jpg",),
        }
        | changed
    )


def candidate(**changed: Any) -> Candidate:
    """What a reading of `document` claims; as a draft it has the content of `draft`."""
    return Candidate(
        **{
            "commitment": "PA2024/IT-25",
            "target": "bill",
            "kind": Kind.BILL_GAZETTED,
            "state": State.HAPPENED,
            "subject": "stablecoins-bill",
            "occurred_on": date(2024, 12, 6),
            "precision": Precision.DAY,
            "quote": "The Stablecoins Bill was gazetted today (December 6).",
            "locator": "p1",
            "rule": "press.gazetted",
            "rule_version": 1,
            "confidence": 95,
            "decision": Decision.APPEND,
            "reason": "the words say so",
        }
        | changed
    )
