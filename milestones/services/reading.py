"""Detection over every document that was not read yet; what it claims is staged, not recorded.

What earlier rules have read is left to `replaying`, which shows the difference first. A document that breaks detection is quarantined with
the error and counts as read by these rules: newer rules try it again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from milestones.domain.documents import Candidate, Document
from milestones.domain.ledger import claim_key
from milestones.services.ports import Captures, Clock, Progress, Readings, Stored

Detect = Callable[[Document], Sequence[Candidate]]

_BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectSummary:
    """How many documents were read and how many candidates they gave."""

    documents: int
    candidates: int
    quarantined: int

    def line(self) -> str:
        """One line for logs and terminals."""
        return f"{self.documents} documents read, {self.candidates} candidates" + (f", {self.quarantined} quarantined" if self.quarantined else "")


def read_documents(
    readings: Readings,
    captures: Captures,
    detect: Detect,
    *,
    rules: str,
    clock: Clock,
    run_id: str,
    progress: Progress,
    again: bool = False,
    most: int | None = None,
) -> DetectSummary:
    """Gives every unread document its reading by `rules`; `again`: those as well that other rules have read. At `most` about so many."""
    documents = candidates = quarantined = 0
    while (most is None or documents < most) and (batch := readings.unread(rules if again else None, _BATCH)):
        for stored in batch:
            try:
                found = list(detect(stored.document))
            except Exception as error:  # noqa: BLE001 - scraped text is hostile: whatever it breaks, one document never stops the rest
                _quarantine(captures, stored, error, clock, run_id)
                found, quarantined = [], quarantined + 1
            claims = [(_claim(stored.document, c), c) for c in found]
            readings.add_reading(stored, rules=rules, candidates=claims, read_at=clock(), run_id=run_id)
            documents, candidates = documents + 1, candidates + len(claims)
        progress("documents read", documents, documents)
    return DetectSummary(documents=documents, candidates=candidates, quarantined=quarantined)


def _claim(document: Document, candidate: Candidate) -> str:
    return claim_key(document.document_id, candidate.commitment, candidate.target, candidate.kind, candidate.subject)


def _quarantine(captures: Captures, stored: Stored, error: Exception, clock: Clock, run_id: str) -> None:
    reason = f"{type(error).__name__}: {error}"
    captures.quarantine(
        source=stored.document.source, url=stored.document.url, capture=stored.capture, stage="detect", reason=reason, at=clock(), run_id=run_id
    )
