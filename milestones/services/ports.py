"""What the use cases need of the outside world. Each port is implemented once for real and once by hand in the tests."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from milestones.domain.coverage import CoverageRow
from milestones.domain.dates import Interval
from milestones.domain.documents import Candidate, Document, Outcome
from milestones.domain.events import Draft, Recorded
from milestones.services.standings import Failure, Moved, Standing

Clock = Callable[[], datetime]
"""The present instant, with time zone."""

Progress = Callable[[str, int, int], None]
"""Told what is being done, how many are done, and how many there are."""


# ---- reading the sources ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One HTTP answer. `url` is the publisher's address, also behind a mirror; `record` the WARC response record, gzipped."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    retrieved_at: datetime
    record: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A page that lists documents. `days` are those it is the truth for; None where it proves nothing about any day (a feed)."""

    url: str
    feed: str
    days: Interval | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A document to read, as a listing names it."""

    url: str
    feed: str
    day: date | None
    headline: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What a listing holds: documents still to fetch, documents that are whole in the listing itself, and its next page.

    `total` is the number that the publisher says there are, where it says so.
    """

    links: tuple[Link, ...] = ()
    documents: tuple[Document, ...] = ()
    following: Listing | None = None
    total: int | None = None


class Source(Protocol):
    """A place that is read. Parsers are pure functions of an answer and raise WrongPage where it is not what it should be."""

    @property
    def name(self) -> str: ...
    @property
    def feeds(self) -> tuple[str, ...]: ...
    @property
    def hosts(self) -> frozenset[str]: ...
    def listings(self, feed: str, days: Sequence[date], now: datetime) -> Iterable[Listing]:
        """What to read so that these days of the feed are known; days in order."""
        ...

    def read_listing(self, listing: Listing, answer: Answer) -> Listed: ...
    def read_page(self, link: Link, answer: Answer) -> Document: ...
    def read_saved(self, url: str, body: bytes) -> Document:
        """A page saved by somebody, with its address if known."""
        ...


class Fetch(Protocol):
    """Politely gets one address. Raises Unreachable, Refused or Missing."""

    def __call__(self, url: str, hosts: frozenset[str]) -> Answer: ...


class Archive(Protocol):
    """Captures under the digest of their record. `put` is atomic and may be repeated."""

    def put(self, record: bytes) -> str: ...
    def get(self, digest: str) -> bytes: ...
    def __contains__(self, digest: object) -> bool: ...


# ---- what is kept -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A document as kept: `digest` names this version of it, `capture` its bytes in the archive, `seen_at` when it was read first."""

    digest: str
    capture: str
    document: Document
    seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """A candidate waiting for its outcome, or, `held_because` of a reason, for a person."""

    candidate_id: int
    claim_key: str
    stored: Stored
    candidate: Candidate
    held_because: str | None = None


class Captures(Protocol):
    """Fetch log, captures, documents, coverage, quarantine: what the sources said, append-only."""

    def add_fetch(
        self, *, source: str, url: str, status: int | None, error: str | None, capture: str | None, retrieved_at: datetime, run_id: str
    ) -> None: ...
    def add_capture(self, *, digest: str, url: str, body_sha256: str, retrieved_at: datetime) -> None: ...
    def add_document(self, document: Document, *, capture: str, seen_at: datetime) -> str:
        """Keeps a version of a document unless its text is the newest one kept already; the version's digest."""
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

    def unread(self, rules: str, limit: int) -> list[Stored]:
        """Newest versions of documents without a reading by this version of the rules, oldest first."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Appended:
    """What an append did: events recorded, how many drafts were known already, and how many wait for a person."""

    events: tuple[Recorded, ...]
    same: int
    held: int = 0


class Ledger(Protocol):
    """The event store."""

    def append(self, drafts: Sequence[Draft], *, now: datetime) -> Appended:
        """Records what is new, in order, wholly or not at all; a draft whose claim stands with the same content is known already."""
        ...

    def append_staged(self, staged: Sequence[tuple[Staged, Draft]], *, now: datetime, run_id: str) -> Appended:
        """`append`, and the outcome of each candidate, in one transaction.

        A candidate that detection would have reviewed is never appended: it is held, unless the same is known, or waits or was decided on already.
        """
        ...

    def retract_absent(self, sources: Collection[str], *, producer: str, now: datetime, run_id: str) -> Appended:
        """Retracts what stands here and no longer in the newest reading of its document, unless a person decided on it.

        `sources` are those whose pages are known to be read rightly: nothing may be retracted because a source changed its layout.
        """
        ...

    def unsaid(self) -> list[Recorded]:
        """What stands by a person's decision though its document, changed since, no longer says it: nobody but a person may settle that."""
        ...

    def decide(
        self,
        drafts: Sequence[Draft],
        *,
        settles: Mapping[int, tuple[Outcome, str]],
        expected: Mapping[str, int],
        now: datetime,
        run_id: str,
    ) -> Appended:
        """What a person decided: `append`, and the outcomes of held candidates, in one transaction.

        Raises Conflict where a stream does not stand at its `expected` version (0 before its first event), or a candidate is not held any more.
        """
        ...

    def read(self, *, after: int = 0, limit: int | None = None) -> list[Recorded]:
        """Events behind position `after`, in order."""
        ...

    def head(self) -> tuple[int, str]:
        """Position and hash of the newest event; (0, GENESIS_HASH) of an empty ledger."""
        ...

    def find(self, event_id: UUID) -> Recorded | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who is behind a pseudonym; `name` and `address` are None once they are erased."""

    person_id: str
    name: str | None
    address: str | None


class People(Protocol):
    """Names behind the pseudonyms of the ledger: outside it, changeable, erasable."""

    def add(self, name: str, *, address: str | None = None) -> Person:
        """The person of this name, with a new pseudonym if there is none yet; a given address takes the place of the one known."""
        ...

    def find(self, name: str) -> Person | None:
        """By name or pseudonym."""
        ...

    def all(self) -> list[Person]: ...
    def erase(self, person_id: str) -> None:
        """Forgets name and address; the pseudonym stays and is given to nobody else."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldNote:
    """A checkpoint as it was made: of how many events, their Merkle root, and the note as published."""

    size: int
    root: str
    note: str
    made_at: datetime


class Checkpoints(Protocol):
    """Checkpoints made of this ledger, append-only."""

    def first_hash(self) -> str | None:
        """The hash of the first event, by which the log is named; None while it is empty."""
        ...

    def leaves(self, size: int | None = None) -> list[str]:
        """Leaf hashes of the first `size` events, in order; of all there are by default."""
        ...

    def add(self, size: int, root: str, note: str, *, at: datetime) -> HeldNote:
        """Keeps the checkpoint of this size unless there is one; the one that stands. Raises Damaged where it has another root."""
        ...

    def all(self) -> list[HeldNote]: ...


class TakesTables(Protocol):
    """Where the rows of the read tables go."""

    def replace(
        self,
        tables: Mapping[str, Sequence[Mapping[str, Any]]],
        *,
        position: int,
        as_of: datetime,
        expected: Standing | None = None,
        failure: Failure | None = None,
        anew: bool = False,
    ) -> Moved:
        """Puts the rows of each table in the place of the old ones and moves the projection's position, in one transaction.

        Nothing is written unless the tables still stand at `expected`, or, where that is None, anywhere before `position`.
        """
        ...


class ReadTables(TakesTables, Protocol):
    """The read tables that pages, mails and BI tools use."""

    def position(self) -> int: ...
    def rows(self, table: str) -> list[dict[str, Any]]: ...


class TakesIntervals(Protocol):
    """Where the rows of the status history go."""

    def grow(
        self,
        *,
        again_from: str | None,
        ended: Sequence[Mapping[str, Any]],
        rows: Sequence[Mapping[str, Any]],
        expected: Standing,
        to: Standing,
        as_of: datetime,
        failure: Failure | None,
    ) -> Moved:
        """From `expected` to `to`: undoes what became known at `again_from` or later (None: all), ends the `ended` rows, adds `rows`."""
        ...


class StatusIntervals(TakesIntervals, Protocol):
    """The status of every target on every day, as known at every instant."""

    def as_of(self, *, on: date, known_at: datetime) -> list[dict[str, Any]]:
        """Each target on a day, as known at an instant."""
        ...


class Standings(Protocol):
    """How far each read model has come."""

    def of(self, name: str) -> Standing: ...
    def fail(self, name: str, failure: Failure, *, at: datetime) -> None:
        """Marks a read model as stopped; what it has stays."""
        ...


# ---- judging and telling ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One expectation that failed: its name, what it wanted, and the ids of the rows (empty for a whole-table expectation)."""

    expectation: str
    detail: str
    row_ids: tuple[str, ...] = ()


class Audit(Protocol):
    """Runs a data quality suite over rows (each with an `id`) and says what failed."""

    def __call__(self, suite: str, rows: Sequence[Mapping[str, Any]]) -> list[Finding]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A mail ready to send."""

    message_id: str
    subject: str
    text: str
    html: str


class Post(Protocol):
    """Hands a message over to recipients; says where it went (`smtp://host:port` or a file). Raises DeliveryError."""

    def __call__(self, message: Message, recipients: Sequence[str]) -> str: ...


Lock = Callable[[], AbstractContextManager[None]]
