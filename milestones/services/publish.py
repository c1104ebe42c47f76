"""Write, audit, publish: staged candidates pass the data quality suite or go to quarantine; only what passed is appended.

Every candidate ends in exactly one outcome. Running it again, or dying anywhere in it, records nothing twice.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from milestones.domain.claims import READ_AGAIN
from milestones.domain.dates import hk_day
from milestones.domain.documents import Decision, Outcome
from milestones.domain.errors import AuditError
from milestones.domain.events import Draft, EventType
from milestones.services.applied import Applied
from milestones.services.ports import Audit, Clock, Finding, Ledger, Readings, Staged

SUITE = "staged_candidates"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditSummary:
    """The candidates that passed, by id, and what failed."""

    passed: tuple[int, ...]
    findings: tuple[Finding, ...]

    def line(self) -> str:
        """One line for logs and terminals."""
        failed = {row for f in self.findings for row in f.row_ids}
        return f"{len(self.passed)} candidates passed the audit, {len(failed)} quarantined"


@dataclass(frozen=True, slots=True, kw_only=True)
class AppendSummary:
    """What became of the candidates that passed."""

    new: int
    same: int
    held: int
    dropped: int
    retracted: int = 0

    def line(self) -> str:
        """One line for logs and terminals."""
        return (
            f"{self.new} events recorded, {self.same} known already, {self.held} held for review, {self.dropped} dropped, {self.retracted} retracted"
        )


def audit_staged(readings: Readings, audit: Audit, *, clock: Clock, run_id: str) -> AuditSummary:
    """Audits all staged candidates and quarantines the rows that fail. Raises AuditError where the batch as a whole fails: then nothing passes."""
    staged = readings.staged()
    findings = audit(SUITE, [audit_row(s) for s in staged])
    whole = [f for f in findings if not f.row_ids]
    if whole:
        raise AuditError(f"suite {SUITE} stopped the batch: " + "; ".join(f"{f.expectation}: {f.detail}" for f in whole))
    failed = reasons(findings)
    readings.settle({id_: (Outcome.QUARANTINED, reason) for id_, reason in failed.items()}, at=clock(), run_id=run_id)
    return AuditSummary(passed=tuple(s.candidate_id for s in staged if s.candidate_id not in failed), findings=tuple(findings))


def append_passed(
    readings: Readings, ledger: Ledger, passed: Iterable[int], *, applied: Applied = MappingProxyType({}), producer: str, clock: Clock, run_id: str
) -> AppendSummary:
    """Appends what the audit passed, holds for a person what is doubtful or was decided otherwise, drops the rest.

    What documents that were kept already tell of an `applied` commitment is recorded as caused by its registration: it is no news.
    """
    wanted = set(passed)
    staged = [s for s in readings.staged() if s.candidate_id in wanted]
    dropped = {s.candidate_id: (Outcome.DROPPED, s.candidate.reason) for s in staged if s.candidate.decision is Decision.DROP}
    readings.settle(dropped, at=clock(), run_id=run_id)
    pairs = [(s, _caused(draft_of(s, producer=producer, run_id=run_id), s, applied)) for s in staged if s.candidate_id not in dropped]
    done = ledger.append_staged(pairs, now=clock(), run_id=run_id)
    return AppendSummary(new=len(done.events), same=done.same, held=done.held, dropped=len(dropped))


def retract_withdrawn(ledger: Ledger, summary: AppendSummary, *, sound: Collection[str], producer: str, clock: Clock, run_id: str) -> AppendSummary:
    """Retracts what documents no longer say; the summary with how many. Only of the `sound` sources, whose newest fetch went well."""
    gone = ledger.retract_absent(sound, producer=producer, now=clock(), run_id=run_id)
    return replace(summary, retracted=len(gone.events))


def draft_of(staged: Staged, *, producer: str, run_id: str) -> Draft:
    """The event that a candidate asks for."""
    candidate, document = staged.candidate, staged.stored.document
    beside: dict[str, Any] = {READ_AGAIN: True} if staged.again else {}
    beside |= {"twin_url": document.twin_url} if document.twin_url else {}
    return Draft(
        stream=f"commitment:{candidate.commitment}",
        type=EventType.MILESTONE_REPORTED,
        source=document.url,
        claim_key=staged.claim_key,
        data={**candidate.data, **beside, "document_id": document.document_id, "language": document.language, "headline": document.headline},
        commitment=candidate.commitment,
        target=candidate.target,
        kind=candidate.kind,
        state=candidate.state,
        subject=candidate.subject,
        occurred_on=candidate.occurred_on,
        occurred_precision=candidate.precision,
        published_at=document.published_at,
        confidence=candidate.confidence,
        document_digest=staged.stored.digest,
        locator=candidate.locator,
        quote=candidate.quote,
        rule=candidate.rule,
        rule_version=candidate.rule_version,
        producer=producer,
        run_id=run_id,
    )


def audit_row(staged: Staged) -> Mapping[str, Any]:
    """A candidate as the suite judges it."""
    candidate, document = staged.candidate, staged.stored.document
    published = hk_day(document.published_at) if document.published_at else None
    texts = [document.headline, *document.paragraphs, *(i.text for i in document.items)]
    return {
        "id": str(staged.candidate_id),
        "commitment": candidate.commitment,
        "target": candidate.target,
        "kind": str(candidate.kind),
        "state": str(candidate.state),
        "subject": candidate.subject,
        "occurred_on": candidate.occurred_on.isoformat() if candidate.occurred_on else None,
        "precision": str(candidate.precision),
        "quote": candidate.quote,
        "quote_found": any(candidate.quote in text for text in texts),
        "confidence": candidate.confidence,
        "decision": str(candidate.decision),
        "document_digest": staged.stored.digest,
        "published_on": published.isoformat() if published else None,
        "retrieved_on": hk_day(staged.stored.seen_at).isoformat(),
        "days_from_publication": (candidate.occurred_on - published).days if candidate.occurred_on and published else None,
        "claim_key": staged.claim_key,
        "url": document.url,
    }


def reasons(findings: Sequence[Finding]) -> dict[int, str]:
    """Why each candidate, by id, fails."""
    told: dict[int, list[str]] = {}
    for finding in findings:
        for row in finding.row_ids:
            told.setdefault(int(row), []).append(f"{finding.expectation}: {finding.detail}")
    return {id_: "; ".join(each) for id_, each in told.items()}


def _caused(draft: Draft, staged: Staged, applied: Applied) -> Draft:
    registered = applied.get(staged.candidate.commitment)
    return replace(draft, caused_by=registered.event_id) if registered and staged.stored.seen_at <= registered.recorded_at else draft
