"""Short texts in the wording of Hong Kong releases, written for these tests (`wordings.jsonl`), with the events that they tell.

They are about other commitments and other turns of phrase than the facsimiles, so that the rules are held to what they generalise to;
an empty list of events is a trap.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from milestones.domain.documents import Document, Form

Event = tuple[str, str, str, str]
"""Commitment, kind, state, day."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A release in short, and what it tells."""

    name: str
    document: Document
    events: frozenset[Event]


def _wording(line: str) -> Wording:
    row = json.loads(line)
    document = Document(
        document_id=row["name"],
        url=f"https://www.info.gov.hk/{row['name']}",
        source="press-releases",
        form=Form.PRESS_RELEASE,
        language=row["lang"],
        headline=row["headline"],
        paragraphs=tuple(row["paragraphs"]),
        published_at=datetime.fromisoformat(f"{row['released']}T12:00:00+08:00"),
    )
    return Wording(row["name"], document, frozenset((e["commitment"], e["event"], e["state"], e["occurred_on"]) for e in row["expected"]))


WORDINGS = tuple(_wording(line) for line in (Path(__file__).parent / "wordings.jsonl").read_text("utf-8").splitlines())
