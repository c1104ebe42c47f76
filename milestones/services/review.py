"""The review queue: what waits for a person, and the decisions that settle it for good.

A decision pins its claim: the same text is not asked again, and the machine records nothing of it until the document's text changes.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from milestones.domain.commitments import Registry
from milestones.domain.documents import Outcome
from milestones.domain.errors import LedgerError
from milestones.domain.events import Draft, EventType, Kind, Recorded
from milestones.domain.ledger import claim_key
from milestones.services.ports import Appended, Captures, Ledger, Readings, Staged
from milestones.services.publish import draft_of
from milestones.services.signature import Signature
from milestones.services.steps import subject_of

_STATEMENTS = frozenset({EventType.MILESTONE_REPORTED, EventType.MILESTONE_AMENDED})


def accept(readings: Readings, ledger: Ledger, number: int, *, signature: Signature, now: datetime) -> Appended:
    """Records the decision and then the milestone, and settles the candidate, in one transaction.

    Raises LedgerError where no such candidate waits, Conflict where somebody decided first.
    """
    staged = held(readings, number)
    said = draft_of(staged, producer=signature.producer, run_id=signature.run_id)
    milestone = replace(said, data={**said.data, **signature.data})
    drafts = [_decision(EventType.CANDIDATE_ACCEPTED, staged, signature), milestone]
    settles = {number: (Outcome.APPENDED, f"accepted: {signature.reason}")}
    return ledger.decide(drafts, settles=settles, expected={}, now=now, run_id=signature.run_id)


def reject(readings: Readings, ledger: Ledger, number: int, *, signature: Signature, now: datetime) -> Appended:
    """Records that it is no milestone, and settles the candidate. Raises as `accept` does."""
    drafts = [_decision(EventType.CANDIDATE_REJECTED, held(readings, number), signature)]
    settles = {number: (Outcome.DROPPED, f"rejected: {signature.reason}")}
    return ledger.decide(drafts, settles=settles, expected={}, now=now, run_id=signature.run_id)


def correct(readings: Readings, ledger: Ledger, number: int, said: Draft, *, signature: Signature, now: datetime) -> Appended:
    """Rejects the candidate as it stands and records what a person says instead (`recording.drafted`), in one transaction.

    Raises as `accept` does.
    """
    drafts = [_decision(EventType.CANDIDATE_REJECTED, held(readings, number), signature), said]
    settles = {number: (Outcome.DROPPED, f"corrected: {signature.reason}")}
    return ledger.decide(drafts, settles=settles, expected={}, now=now, run_id=signature.run_id)


def rule(
    url: str,
    *,
    commitment: str,
    target: str,
    kind: Kind,
    subject: str | None,
    readings: Readings,
    captures: Captures,
    ledger: Ledger,
    registry: Registry,
    signature: Signature,
    now: datetime,
) -> Recorded:
    """A standing decision: this document does not tell this step of this target. What waits of that claim is settled by it.

    Raises LedgerError where the document is unknown, or where the claim stands in the ledger and is to be retracted instead.
    """
    found = registry.find(commitment)
    about = subject_of(found, target, kind, subject)
    stored = captures.newest(url)
    if stored is None:
        raise LedgerError(f"no document {url[:200]!r} was read; a ruling is about one that was")
    key = claim_key(stored.document.document_id, found.key, target, kind, about)
    events = ledger.read()
    standing = _standing(events, key)
    if standing:
        raise LedgerError(f"position {standing.position} says this and stands; retract it, which decides the same")
    draft = Draft(
        stream=f"commitment:{found.key}",
        type=EventType.RULING_MADE,
        source=stored.document.url,
        claim_key=key,
        data={**signature.data, "claim": {"target": target, "kind": kind.value, "subject": about}},
        commitment=found.key,
        target=target,
        subject=about,
        published_at=stored.document.published_at,
        document_digest=stored.digest,
        producer=signature.producer,
        run_id=signature.run_id,
    )
    settles = {s.candidate_id: (Outcome.DROPPED, f"ruled: {signature.reason}") for s in readings.held() if s.claim_key == key}
    version = max((e.stream_version for e in events if e.draft.stream == draft.stream), default=0)
    done = ledger.decide([draft], settles=settles, expected={draft.stream: version}, now=now, run_id=signature.run_id)
    if not done.events:
        raise LedgerError("this was ruled already, with the same reason")
    return done.events[0]


def keep(ledger: Ledger, captures: Captures, position: int, *, signature: Signature, now: datetime) -> Recorded:
    """What its document no longer says stands all the same; until the document changes again. Raises LedgerError where that is not asked."""
    event = unsaid(ledger, position)
    was = event.draft
    newest = captures.newest(was.source)
    draft = Draft(
        stream=was.stream,
        type=EventType.RULING_MADE,
        source=was.source,
        claim_key=was.claim_key,
        data={**signature.data, "keeps": str(event.event_id)},
        commitment=was.commitment,
        target=was.target,
        subject=was.subject,
        published_at=newest.document.published_at if newest else None,
        document_digest=newest.digest if newest else None,
        producer=signature.producer,
        run_id=signature.run_id,
    )
    done = ledger.decide([draft], settles={}, expected={}, now=now, run_id=signature.run_id)
    if not done.events:
        raise LedgerError("this was decided already, with the same reason")
    return done.events[0]


def unsaid(ledger: Ledger, position: int) -> Recorded:
    """The event of this position, if its document no longer says it and a person decided on it. Raises LedgerError otherwise."""
    found = next((e for e in ledger.unsaid() if e.position == position), None)
    if found is None:
        raise LedgerError(f"position {position} does not wait for review; `milestones review list` shows what does")
    return found


def held(readings: Readings, number: int) -> Staged:
    """The candidate of this number, if it waits for a person. Raises LedgerError otherwise."""
    found = next((s for s in readings.held() if s.candidate_id == number), None)
    if found is None:
        raise LedgerError(f"no candidate {number} waits for review; `milestones review list` shows those that do")
    return found


def _standing(events: Sequence[Recorded], key: str) -> Recorded | None:
    told = [e for e in events if e.draft.claim_key == key and e.draft.kind is not None]
    return told[-1] if told and told[-1].draft.type in _STATEMENTS else None


def _decision(type_: EventType, staged: Staged, signature: Signature) -> Draft:
    candidate, document = staged.candidate, staged.stored.document
    claim: dict[str, Any] = {
        "target": candidate.target,
        "kind": candidate.kind.value,
        "state": candidate.state.value,
        "subject": candidate.subject,
        "occurred_on": candidate.occurred_on.isoformat() if candidate.occurred_on else None,
        "occurred_precision": candidate.precision.value,
    }
    return Draft(
        stream=f"commitment:{candidate.commitment}",
        type=type_,
        source=document.url,
        claim_key=staged.claim_key,
        data={**signature.data, "candidate": staged.candidate_id, "held_because": staged.held_because, "claim": claim},
        commitment=candidate.commitment,
        target=candidate.target,
        subject=candidate.subject,
        published_at=document.published_at,
        confidence=candidate.confidence,
        document_digest=staged.stored.digest,
        locator=candidate.locator,
        quote=candidate.quote,
        rule=candidate.rule,
        rule_version=candidate.rule_version,
        producer=signature.producer,
        run_id=signature.run_id,
    )
