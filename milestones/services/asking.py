"""Asks one address of a source, archives the answer before anything reads it, and keeps what became of it.

Shared by all that ask the network: reading what is new, filling the past, reading again.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from milestones.domain.documents import Document
from milestones.domain.errors import Damaged, Missing, SourceError, Unreachable, WrongPage
from milestones.domain.rereading import is_asked_whole
from milestones.services.ports import Answer, Archive, Backlog, Captures, Checks, Clock, Fetch, Progress, Revisits, Source, Validators, Version

PATIENCE = 3
"""A source that does not answer so many times in a row is left alone until the next pass; each attempt has its own retries already."""

GONE = "gone"
"""The stage at which a page is quarantined that was listed and that its publisher no longer has."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Where a source is read: the ports, the clock, and the run that all that is kept will name.

    `replay` turns an archived record into the answer that it holds.
    """

    fetch: Fetch
    archive: Archive
    replay: Callable[[bytes], Answer]
    captures: Captures
    backlog: Backlog
    revisits: Revisits
    checks: Checks
    clock: Clock
    run_id: str
    progress: Progress


@dataclass(slots=True)
class IngestSummary:
    """What one pass over a source did, counted up on the way.

    `left` days were not finished because the slice of requests was used up, or because the source stopped answering (`silent` times in a
    row). `reread` pages were read again, `changed` of them had another text; `gone` ones are listed but no longer there; `absent` lists
    are of a source that need not have them.
    """

    source: str
    requests: int = 0
    documents: int = 0
    days_closed: int = 0
    left: int = 0
    silent: int = 0
    reread: int = 0
    changed: int = 0
    gone: int = 0
    absent: list[str] = field(default_factory=list)
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
        told = [f"{self.requests} requests", f"{self.documents} new documents", f"{self.days_closed} days closed"]
        told += [f"{self.reread} read again ({self.changed} changed)"] if self.reread else []
        told += [f"{self.gone} gone from the site"] if self.gone else []
        told += [f"no such list: {self.absent[0]}" + (f" and {len(self.absent) - 1} more" if len(self.absent) > 1 else "")] if self.absent else []
        told += [f"{self.left} days left for later runs"] if self.left else []
        told += [f"{self.failed} to try again"] if self.errors else []
        return f"{self.source}: {', '.join(told)}"

    def after(self, earlier: "IngestSummary") -> "IngestSummary":
        """Both passes as one, this one being the later: what was done adds up, what is left or failed is as it is now."""
        return IngestSummary(
            self.source,
            requests=earlier.requests + self.requests,
            documents=earlier.documents + self.documents,
            days_closed=earlier.days_closed + self.days_closed,
            reread=earlier.reread + self.reread,
            changed=earlier.changed + self.changed,
            gone=earlier.gone + self.gone,
            left=self.left,
            silent=self.silent,
            absent=self.absent,
            errors=self.errors,
        )


@dataclass(frozen=True, slots=True)
class Got:
    """An answer with its capture; `fresh` unless the server said that the version which we have still stands."""

    answer: Answer
    capture: str
    fresh: bool = True


def get(source: Source, url: str, desk: Desk, summary: IngestSummary, *, conditional: bool = False) -> Got | SourceError | None:
    """The answer, the error that came instead, or None where the source is left alone until the next pass.

    A `conditional` request asks only for what changed since the last time, as far as the server knows how to tell.
    """
    if summary.silent >= PATIENCE:
        return None
    known = _known(url, desk) if conditional else None
    summary.requests += 1
    try:
        answer = desk.fetch(url, source.hosts, known=known[0].validators if known else None)
    except SourceError as error:
        summary.silent = summary.silent + 1 if isinstance(error, Unreachable) else 0
        told = f"{type(error).__name__}: {error}"
        _log(source, url, desk, status=None, error=told, capture=None, at=desk.clock())
        return error
    summary.silent = 0
    if answer.unchanged and known:
        version, earlier = known
        _log(source, url, desk, status=answer.status, error=None, capture=version.capture, at=answer.retrieved_at)
        desk.revisits.add_validators(url, version.validators, capture=version.capture, noted_at=answer.retrieved_at)
        return Got(earlier, version.capture, fresh=False)
    capture = desk.archive.put(answer.record)
    desk.captures.add_capture(digest=capture, url=url, body_sha256=hashlib.sha256(answer.body).hexdigest(), retrieved_at=answer.retrieved_at)
    _log(source, url, desk, status=answer.status, error=None, capture=capture, at=answer.retrieved_at)
    return Got(answer, capture)


def opened(source: Source, url: str, stage: str, got: Got, read: Callable[[Answer], T], desk: Desk, summary: IngestSummary) -> T | None:
    """What the source makes of an answer, or None where it is not what it should be: then it is quarantined, and the error is in the summary.

    How the answer is built is kept in either case; what its server says of its version only where it was read well.
    """
    try:
        if got.fresh:
            desk.checks.add_shape(source.name, source.shape(got.answer), url=url, capture=got.capture, seen_at=got.answer.retrieved_at)
        found = read(got.answer)
    except WrongPage as error:
        _quarantine(source, url, got.capture, stage, str(error), desk, summary)
        return None
    except Exception as error:  # noqa: BLE001 - scraped text is hostile: whatever it breaks, one page never stops the rest
        _quarantine(source, url, got.capture, stage, f"{type(error).__name__}: {error}", desk, summary)
        return None
    if got.fresh:
        desk.revisits.add_validators(url, got.answer.validators, capture=got.capture, noted_at=got.answer.retrieved_at)
    return found


def keep(document: Document, capture: str, desk: Desk) -> bool:
    """Keeps a document; whether its page was never read before."""
    known = desk.captures.has_document(document.url)
    desk.captures.add_document(document, capture=capture, seen_at=desk.clock())
    return not known


def give_up_if_gone(source: Source, url: str, error: SourceError, desk: Desk, summary: IngestSummary) -> None:
    """Counts a failure; but a page that the publisher says does not exist, on two days, is quarantined as gone and no longer asked for."""
    days = desk.backlog.missing_on(url) if isinstance(error, Missing) else frozenset()
    if len(days) < 2:
        summary.errors.append(f"{url}: {error}")
        return
    reason = f"listed, but on {min(days)} and on {max(days)} the publisher said that there is no such page"
    desk.captures.quarantine(source=source.name, url=url, capture=None, stage=GONE, reason=reason, at=desk.clock(), run_id=desk.run_id)
    summary.gone += 1


def _known(url: str, desk: Desk) -> tuple[Version, Answer] | None:
    """The version that a server may be asked about, and the answer that it was read from; None where the page is to be asked for whole."""
    version = desk.revisits.version(url)
    if version is None or version.validators == Validators() or is_asked_whole(version.unchanged):
        return None
    try:
        return version, desk.replay(desk.archive.get(version.capture))
    except Damaged:  # asking for the page whole mends what can be mended; `milestones verify` tells of the rest
        return None


def _log(source: Source, url: str, desk: Desk, *, status: int | None, error: str | None, capture: str | None, at: datetime) -> None:
    desk.captures.add_fetch(source=source.name, url=url, status=status, error=error, capture=capture, retrieved_at=at, run_id=desk.run_id)


def _quarantine(source: Source, url: str, capture: str, stage: str, reason: str, desk: Desk, summary: IngestSummary) -> None:
    desk.captures.quarantine(source=source.name, url=url, capture=capture, stage=stage, reason=reason, at=desk.clock(), run_id=desk.run_id)
    summary.errors.append(f"{url}: {reason}")
