"""What is read (documents) and what a reading claims (candidates)."""

import hashlib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from milestones.domain.dates import Precision
from milestones.domain.events import Kind, State

QUOTE_LIMIT = 300
"""Characters of a publisher's text that an event may carry: enough to find the place, too few to republish it."""


HANDED_IN = "handed-in"
"""The source of a document that a person brought as a file: it is kept, but its publisher is still to be asked."""


class Form(StrEnum):
    """What sort of text a document is; detection reads each in its own way."""

    PRESS_RELEASE = "press_release"
    COUNCIL_AGENDA = "council_agenda"
    BILL_RECORD = "bill_record"
    COUNCIL_SCHEDULE = "council_schedule"
    COMMITTEE_AGENDA = "committee_agenda"
    INSTRUMENT_RECORD = "instrument_record"
    VOTE_RECORD = "vote_record"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One entry of a structured document.

    Of an agenda: `heading` is the part of business as printed (`Government Bills / First Reading ...`), `text` the title listed.
    Of a committee agenda: the same, and a heading of business for a sitting of the Council begins with its day (`2024-05-29 / ...`).
    Of a record (bill, instrument, vote) or a schedule: `heading` is the field (`first_reading_date`), `text` its value.
    """

    heading: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A capture parsed. `document_id` is the publisher's own identity of it, stable over edits and mirrors (its canonical address).

    `paragraphs` is the body in order without headline and foot; `items` is filled for agendas, records and schedules only.
    `published_at` is None where the publisher states no time; `day` is then the day the document is about.
    `on_behalf_of` is the line that names the real issuer; `twin_url` the same text in the other language. `attachments` are files beside the
    text, `photos` its photographs.
    """

    document_id: str
    url: str
    source: str
    form: Form
    language: str
    headline: str
    paragraphs: tuple[str, ...]
    items: tuple[Item, ...] = ()
    published_at: datetime | None = None
    day: date | None = None
    on_behalf_of: str | None = None
    twin_url: str | None = None
    attachments: tuple[str, ...] = ()
    photos: tuple[str, ...] = ()

    @property
    def text_digest(self) -> str:
        """SHA-256 over the text that readers see, so that changed page chrome is no change. Lower-case hex."""
        parts = [self.headline, self.on_behalf_of or "", *self.paragraphs, *(f"{i.heading}\t{i.text}" for i in self.items)]
        whole = "\n".join(unicodedata.normalize("NFC", p) for p in parts)
        return hashlib.sha256(whole.encode()).hexdigest()


class Decision(StrEnum):
    """What is to be done with a candidate."""

    APPEND = "append"
    REVIEW = "review"
    DROP = "drop"


class Outcome(StrEnum):
    """What was done with a candidate. Every candidate has exactly one in the end."""

    APPENDED = "appended"
    SAME = "same"
    HELD = "held"
    DROPPED = "dropped"
    QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A quantity as stated. `value` is a decimal in text (`"5000"`, `"1.5"`); `basis` is cumulative, period or level."""

    value: str
    unit: str
    basis: str

    def as_data(self) -> Mapping[str, str]:
        """The figure as JSON data."""
        return {"value": self.value, "unit": self.unit, "basis": self.basis}


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What one reading of a document claims.

    `commitment` is a full key, `target` a slug of it or `context`, `subject` a slug of the registry. `occurred_on` is the first day
    of what `precision` means; None where the text gives none. `quote` stands in the document word for word at `locator`.
    `confidence` is 0 to 100; `reason` says in words why.
    """

    commitment: str
    target: str
    kind: Kind
    state: State
    subject: str
    occurred_on: date | None
    precision: Precision
    quote: str
    locator: str
    rule: str
    rule_version: int
    confidence: int
    decision: Decision
    reason: str
    figures: tuple[Figure, ...] = field(default=())

    @property
    def data(self) -> dict[str, Any]:
        """What has no column of its own in the ledger."""
        return {"figures": [dict(f.as_data()) for f in self.figures], "reason": self.reason}
