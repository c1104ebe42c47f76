"""What the sources said, append-only: captures, documents, coverage, readings, candidates."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from milestones.domain.coverage import CoverageRow
from milestones.domain.documents import Candidate, Document, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A document as kept: `digest` names this version of it, `capture` its bytes in the archive, `seen_at` when it was read first."""

    digest: str
    capture: str
    document: Document
    seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """A candidate waiting for its outcome, or, `held_because` of a reason, for a person.

    `again`: the very same bytes had been read before, so what is new in it comes from our rules, not from its publisher.
    """

    candidate_id: int
    claim_key: str
    stored: Stored
    candidate: Candidate
    held_because: str | None = None
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LastClaims:
    """What the newest reading of a version of a document claims, by claim key, and whether the present rules have read it already."""

    candidates: tuple[tuple[str, Candidate], ...]
    is_current: bool


class Captures(Protocol):
    """Fetch log, captures, documents, coverage, quarantine: what the sources said, append-only."""

    def add_fetch(
        self, *, source: str, url: str, status: int | None, error: str | None, capture: str | None, retrieved_at: datetime, run_id: str
    ) -> None: ...
    def add_capture(self, *, digest: str, url: str, body_sha256: str, retrieved_at: datetime) -> None: ...
    def add_document(self, document: Document, *, capture: str, seen_at: datetime, anew: bool = False) -> str:
        """Keeps a version of a document unless its text is the newest one kept already (`anew`: even then); the version's digest."""
        ...

    def retrieved(self) -> list[tuple[str, datetime]]:
        """Digest of each capture and when it was retrieved, in the order of retrieval."""
        ...

    def has_document(self, url: str) -> bool:
        """Whether a page of this address was read from its publisher, whatever version."""
        ...

    def newest(self, url: str) -> Stored | None:
        """The newest version of the page of this address."""
        ...

    def kept(self, digest: str) -> Stored | None:
        """The version of a document that this digest names."""
        ...

    def add_coverage(self, row: CoverageRow, *, checked_at: datetime, run_id: str) -> None: ...
    def coverage(self) -> list[CoverageRow]:
        """The newest row of each (source, feed, day)."""
        ...

    def quarantine(self, *, source: str, url: str, capture: str | None, stage: str, reason: str, at: datetime, run_id: str) -> None: ...
    def quarantined(self) -> list[Mapping[str, Any]]: ...
    def last_good_reads(self) -> dict[str, datetime]:
        """Per source, when an answer was last read to the end."""
        ...

    def last_errors(self) -> dict[str, str]:
        """Per source, the error of its newest fetch; sources whose newest fetch went well are absent."""
        ...


class Readings(Protocol):
    """Readings and candidates."""

    def unread(self, rules: str | None, limit: int) -> list[Stored]:
        """Newest versions of documents without a reading by this version of the rules (None: by any), oldest first."""
        ...

    def outdated(self, rules: str) -> int:
        """How many newest versions were read, but not by this version of the rules."""
        ...

    def claims(self, digests: Collection[str], rules: str) -> Mapping[str, LastClaims]:
        """What the newest reading of each of these versions claims; those never read are absent. `rules` is the present version."""
        ...

    def newest_documents(self, *, after: int, limit: int) -> list[tuple[int, Stored]]:
        """Newest versions of documents, oldest first, each with its number in the archive; only those behind `after`."""
        ...

    def kept_documents(self) -> int:
        """How many documents there are, versions apart."""
        ...

    def add_reading(self, stored: Stored, *, rules: str, candidates: Sequence[tuple[str, Candidate]], read_at: datetime, run_id: str) -> None:
        """Records that a document was read, with (claim key, candidate) of each claim; a second time is no error and no second reading."""
        ...

    def staged(self) -> list[Staged]:
        """Candidates without an outcome, oldest first."""
        ...

    def settle(self, outcomes: Mapping[int, tuple[Outcome, str]], *, at: datetime, run_id: str) -> None:
        """The outcome and reason of each candidate id, outside an append."""
        ...

    def held(self) -> list[Staged]:
        """Candidates held for review."""
        ...
