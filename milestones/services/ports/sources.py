"""How sources are asked and what they answer: fetch, archive, parse."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from milestones.domain.dates import Interval
from milestones.domain.documents import Document
from milestones.domain.watching import Habits, Shape

Clock = Callable[[], datetime]
"""The present instant, with time zone."""

Progress = Callable[[str, int, int], None]
"""Told what is being done, how many are done, and how many there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a server says of the version of a page, for asking "only if it changed" (RFC 9110 section 13)."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One HTTP answer. `url` is the publisher's address, also behind a mirror; `record` the WARC response record, gzipped.

    Status 304 (`unchanged`) comes only where validators were sent: its body is empty, and what is known still stands.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    retrieved_at: datetime
    record: bytes

    @property
    def unchanged(self) -> bool:
        """Whether the server says that nothing changed since the version named."""
        return self.status == 304

    @property
    def validators(self) -> Validators:
        """What the server says of this version."""
        return Validators(etag=self.headers.get("etag"), last_modified=self.headers.get("last-modified"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A page that lists documents. `days` are those it is the truth for; None where it proves nothing about any day (a feed).

    `instead` is what to read where this one cannot be read.
    """

    url: str
    feed: str
    days: Interval | None
    instead: "Listing | None" = None


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

    `total` is the number that the publisher says there are, where it says so. `named` are documents of another source, which are counted and
    not asked for; the address of one is empty where the list gives none.
    """

    links: tuple[Link, ...] = ()
    documents: tuple[Document, ...] = ()
    following: Listing | None = None
    total: int | None = None
    named: tuple[Link, ...] = ()


class Source(Protocol):
    """A place that is read. Parsers are pure functions of an answer and raise WrongPage where it is not what it should be."""

    @property
    def name(self) -> str: ...
    @property
    def feeds(self) -> tuple[str, ...]: ...
    @property
    def hosts(self) -> frozenset[str]: ...
    @property
    def habits(self) -> Habits: ...
    def listings(self, feed: str, days: Sequence[date], now: datetime) -> Iterable[Listing]:
        """What to read so that these days of the feed are known; days in order."""
        ...

    def read_listing(self, listing: Listing, answer: Answer) -> Listed: ...
    def read_page(self, link: Link, answer: Answer) -> Document: ...
    def read_saved(self, url: str, body: bytes) -> Document:
        """A page saved by somebody, with its address if known."""
        ...

    def shape(self, answer: Answer) -> Shape:
        """How the answer is built, whether it can be read or not."""
        ...


class Fetch(Protocol):
    """Politely gets one address; with `known`, only if it changed. Raises Unreachable, Refused, Missing or WrongPage."""

    def __call__(self, url: str, hosts: frozenset[str], *, known: Validators | None = None) -> Answer: ...


class Archive(Protocol):
    """Captures under the digest of their record. `put` is atomic and may be repeated."""

    def put(self, record: bytes) -> str: ...
    def get(self, digest: str) -> bytes: ...
    def __contains__(self, digest: object) -> bool: ...
