"""What the ledger may hold: kinds and states of milestones, types of events, and the event itself.

A `Draft` is an event that somebody wants recorded; a `Recorded` is the same event with its place in the chain.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from milestones.domain.dates import Precision

CONTEXT = "context"
"""The target of what bears on a commitment without bearing on one of its targets."""


class Kind(StrEnum):
    """What sort of step a milestone is."""

    LEGISLATIVE_PROPOSAL = "legislative_proposal"
    BILL_GAZETTED = "bill_gazetted"
    BILL_FIRST_READING = "bill_first_reading"
    BILL_SECOND_READING_RESUMED = "bill_second_reading_resumed"
    BILL_PASSED = "bill_passed"
    BILL_WITHDRAWN = "bill_withdrawn"
    BILL_LAPSED = "bill_lapsed"
    ORDINANCE_GAZETTED = "ordinance_gazetted"
    ORDINANCE_COMMENCED = "ordinance_commenced"
    SUBSIDIARY_LEGISLATION_GAZETTED = "subsidiary_legislation_gazetted"
    SUBSIDIARY_LEGISLATION_TABLED = "subsidiary_legislation_tabled"
    CONSULTATION_LAUNCHED = "consultation_launched"
    CONSULTATION_CONCLUDED = "consultation_concluded"
    POLICY_PUBLISHED = "policy_published"
    FUNDING_APPROVED = "funding_approved"
    SCHEME_LAUNCHED = "scheme_launched"
    APPLICATIONS_OPENED = "applications_opened"
    FUNDING_AWARDED = "funding_awarded"
    BODY_ESTABLISHED = "body_established"
    APPOINTMENT = "appointment"
    FACILITY_OPENED = "facility_opened"
    SERVICE_LAUNCHED = "service_launched"
    AGREEMENT_SIGNED = "agreement_signed"
    TRIAL_STARTED = "trial_started"
    STUDY_COMMISSIONED = "study_commissioned"
    STUDY_COMPLETED = "study_completed"
    LICENCE_GRANTED = "licence_granted"
    TARGET_MET = "target_met"
    PROGRESS_REPORTED = "progress_reported"
    DELAYED = "delayed"
    CANCELLED = "cancelled"


class State(StrEnum):
    """Whether a milestone has a definite day ahead, or has taken place."""

    SCHEDULED = "scheduled"
    HAPPENED = "happened"


class EventType(StrEnum):
    """What happened to our knowledge."""

    LEDGER_OPENED = "ledger.opened"
    COMMITMENT_REGISTERED = "commitment.registered"
    COMMITMENT_REWORDED = "commitment.reworded"
    COMMITMENT_WITHDRAWN = "commitment.withdrawn"
    COMMITMENT_MERGED = "commitment.merged"
    COMMITMENT_SPLIT = "commitment.split"
    COMMITMENT_SUPERSEDED = "commitment.superseded"
    COMMITMENT_CARRIED_OVER = "commitment.carried_over"
    MILESTONE_REPORTED = "milestone.reported"
    MILESTONE_AMENDED = "milestone.amended"
    MILESTONE_RETRACTED = "milestone.retracted"
    CANDIDATE_ACCEPTED = "candidate.accepted"
    CANDIDATE_REJECTED = "candidate.rejected"
    RULING_MADE = "ruling.made"
    DOCUMENT_CHANGED = "document.changed"
    SOURCE_DEGRADED = "source.degraded"
    SOURCE_RECOVERED = "source.recovered"
    REPORT_ISSUED = "report.issued"
    REPORT_SENT = "report.sent"


class Origin(StrEnum):
    """What a ledger is made from; written in its first event and never changed."""

    LIVE = "live"
    REPLICA = "replica"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An event as its maker states it. Fields that do not apply are None.

    `source` is the absolute address of the publisher's page, or a `urn:milestones:` name for our own acts; `claim_key`
    names what is claimed whatever its content (see `ledger.claim_key`); `commitment` is a full key such as
    `PA2024/IT-25`; `subject` the slug of what a milestone is about; `data` holds what has no column, JSON without floats.
    `quote` is at most 300 characters of the document, `locator` says where in it they stand.
    """

    stream: str
    type: EventType
    source: str
    claim_key: str
    data: Mapping[str, Any] = field(default_factory=dict)
    commitment: str | None = None
    target: str | None = None
    kind: Kind | None = None
    state: State | None = None
    subject: str | None = None
    occurred_on: date | None = None
    occurred_precision: Precision | None = None
    published_at: datetime | None = None
    confidence: int | None = None
    document_digest: str | None = None
    locator: str | None = None
    quote: str | None = None
    rule: str | None = None
    rule_version: int | None = None
    producer: str
    run_id: str
    caused_by: UUID | None = None
    amends: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A draft with its place in the ledger. `position` counts from 1 without gaps; hashes are lower-case hex of SHA-256."""

    draft: Draft
    position: int
    event_id: UUID
    stream_version: int
    schema_version: int
    leaf_version: int
    recorded_at: datetime
    content_digest: str
    leaf_hash: str
    prev_hash: str
    hash: str
