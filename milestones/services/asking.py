"""Asks one address of a source, archives the answer before anything reads it, and keeps what became of it.

Shared by all that ask the network: reading what is new, filling the past, reading again.
"""

import hashlib
from dataclasses import dataclass, field

from milestones.domain.documents import Document
from milestones.domain.errors import Missing, SourceError, Unreachable, WrongPage
from milestones.services.ports import Answer, Archive, Captures, Clock, Fetch, Progress, Source

PATIENCE = 3
"""A source that does not answer so many times in a row is left alone until the next pass; each attempt has its own retries already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Where a source is read: the ports, the clock, and the run that all that is kept will name."""

    fetch: Fetch
    archive: Archive
    captures: Captures
    clock: Clock
    run_id: str
    progress: Progress


@dataclass(slots=True)
class IngestSummary:
    """What one pass over a source did, counted up on the way.

    `left` days were not begun because the slice of requests was used up, or because the source stopped answering (`silent` times in a row).
    """

    source: str
    requests: int = 0
    documents: int = 0
    days_closed: int = 0
    left: int = 0
    silent: int = 0
    errors: list[str] = field(default_factory=list)

    @property
    def blind(self) -> bool:
        """Whether nothing of what was asked for could be read."""
        return bool(self.requests) and self.failed >= self.requests

    @property
    def failed(self) -> int:
        """How many addresses must be tried again."""
        return len(self.errors)

    def line(self) -> str:
        """One line for logs and terminals."""
        told = f"{self.source}: {self.requests} requests, {self.documents} new documents, {self.days_closed} days closed"
        return told + (f", {self.left} days left for later runs" if self.left else "") + (f", {self.failed} to try again" if self.errors else "")


def get(source: Source, url: str, desk: Desk, summary: IngestSummary, *, announced: bool = False) -> tuple[Answer, str] | None:
    """The answer and its capture, or None with the error in the summary. A page only `announced` may still be missing."""
    if summary.silent >= PATIENCE:
        return None
    summary.requests += 1
    try:
        answer = desk.fetch(url, source.hosts)
    except SourceError as error:
        summary.silent = summary.silent + 1 if isinstance(error, Unreachable) else 0
        desk.captures.add_fetch(
            source=source.name,
            url=url,
            status=None,
            error=f"{type(error).__name__}: {error}",
            capture=None,
            retrieved_at=desk.clock(),
            run_id=desk.run_id,
        )
        if not (announced and isinstance(error, Missing)):
            summary.errors.append(f"{url}: {error}")
        return None
    summary.silent = 0
    capture = desk.archive.put(answer.record)
    desk.captures.add_capture(digest=capture, url=url, body_sha256=hashlib.sha256(answer.body).hexdigest(), retrieved_at=answer.retrieved_at)
    desk.captures.add_fetch(
        source=source.name, url=url, status=answer.status, error=None, capture=capture, retrieved_at=answer.retrieved_at, run_id=desk.run_id
    )
    return answer, capture


def keep(document: Document, capture: str, desk: Desk) -> bool:
    """Keeps a document; whether its page was never read before."""
    known = desk.captures.has_document(document.url)
    desk.captures.add_document(document, capture=capture, seen_at=desk.clock())
    return not known


def quarantine(source: Source, url: str, capture: str, stage: str, error: WrongPage, desk: Desk, summary: IngestSummary) -> None:
    """Keeps why an answer is not the page it should be."""
    desk.captures.quarantine(source=source.name, url=url, capture=capture, stage=stage, reason=str(error), at=desk.clock(), run_id=desk.run_id)
    summary.errors.append(f"{url}: {error}")
