"""Ports by hand: a source of numbered pages, a network that can fail, and captures in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from milestones.domain.coverage import CoverageRow
from milestones.domain.dates import Interval, hk_day
from milestones.domain.documents import Candidate, Document, Form, Outcome
from milestones.domain.errors import Missing, Unreachable, WrongPage
from milestones.domain.watching import Habits, Shape
from milestones.services.asking import GONE
from milestones.services.ports import Answer, Edit, Link, Listed, Listing, Staged, Stored, Validators, Version

NOON = datetime(2025, 3, 5, 4, 0, tzinfo=UTC)


def document(url: str, text: str = "Nothing of note.", **more: Any) -> Document:
    known = {"document_id": url, "source": "fake", "form": Form.PRESS_RELEASE, "language": "en", "headline": "A headline", "published_at": NOON}
    return Document(url=url, paragraphs=(text,), **{**known, **more})


@dataclass
class FakeNetwork:
    """Pages by address; addresses in `broken` do not answer, other unknown ones are missing, everything asked is in `asked`.

    Where it is `tagged`, answers carry a tag of their version, and who knows the newest one (then in `spared`) gets no body.
    """

    pages: dict[str, str]
    broken: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)
    tagged: bool = False
    spared: list[str] = field(default_factory=list)
    now: datetime = NOON

    def __call__(self, url: str, hosts: frozenset[str], *, known: Validators | None = None) -> Answer:
        self.asked.append(url)
        if url in self.broken:
            raise Unreachable(f"{url} does not answer")
        if url not in self.pages:
            raise Missing(f"{url} is not there")
        body = self.pages[url].encode()
        tag = f"{len(body)}-{sum(body)}" if self.tagged else None
        if known and known.etag and known.etag == tag:
            self.spared.append(url)
            return Answer(url=url, status=304, headers={"etag": tag}, body=b"", retrieved_at=self.now, record=b"")
        record = f"record of {url} {self.now}\n{tag or ''}\n".encode() + body
        return Answer(url=url, status=200, headers={"etag": tag} if tag else {}, body=body, retrieved_at=self.now, record=record)


def replayed(record: bytes) -> Answer:
    """The answer that a record of the network holds."""
    head, tag, body = record.split(b"\n", 2)
    return Answer(url=head.split()[2].decode(), status=200, headers={"etag": tag.decode()}, body=body, retrieved_at=NOON, record=record)


@dataclass(frozen=True)
class FakeSource:
    """One index a day, whose lines are addresses; a page whose text is `wrong` is not a page."""

    name: str = "fake"
    feeds: tuple[str, ...] = ("en",)
    hosts: frozenset[str] = frozenset({"example.test"})
    habits: Habits = field(default=Habits(fresh_within=1, empty_day="an index without lines"))

    def listings(self, feed: str, days: Sequence[date], now: datetime) -> list[Listing]:
        return [Listing(url=f"https://example.test/{feed}/{d}", feed=feed, days=Interval(d, d)) for d in days]

    def read_listing(self, listing: Listing, answer: Answer) -> Listed:
        assert listing.days
        if answer.body == b"wrong":
            raise WrongPage("no index")
        return Listed(links=tuple(Link(url=u, feed=listing.feed, day=listing.days.first) for u in answer.body.decode().split()))

    def read_page(self, link: Link, answer: Answer) -> Document:
        if answer.body == b"wrong":
            raise WrongPage("no release")
        return document(link.url, answer.body.decode())

    def read_saved(self, url: str, body: bytes) -> Document:
        return document(url, body.decode())

    def shape(self, answer: Answer) -> Shape:
        return Shape("lines", frozenset())


@dataclass
class FakeArchive:
    records: dict[str, bytes] = field(default_factory=dict)

    def put(self, record: bytes) -> str:
        digest = f"digest-{len(record)}-{hash(record)}"
        self.records[digest] = record
        return digest

    def get(self, digest: str) -> bytes:
        return self.records[digest]

    def __contains__(self, digest: object) -> bool:
        return digest in self.records


@dataclass
class FakeCaptures:
    documents: dict[str, Document] = field(default_factory=dict)
    versions: list[Stored] = field(default_factory=list)
    rows: dict[tuple[str, str, date], CoverageRow] = field(default_factory=dict)
    fetches: list[Mapping[str, Any]] = field(default_factory=list)
    captures: list[str] = field(default_factory=list)
    quarantine_rows: list[Mapping[str, Any]] = field(default_factory=list)

    def add_fetch(self, **row: Any) -> None:
        self.fetches.append(row)

    def add_capture(self, *, digest: str, **_row: Any) -> None:
        self.captures.append(digest)

    def add_document(self, document: Document, *, capture: str, seen_at: datetime, anew: bool = False) -> str:
        assert capture in self.captures, "a document needs its capture first"
        self.documents[document.url] = document
        newest = self.newest(document.url)
        if newest is None or anew or newest.document.text_digest != document.text_digest:
            self.versions.append(Stored(digest=document.text_digest, capture=capture, document=document, seen_at=seen_at))
        return document.text_digest

    def has_document(self, url: str) -> bool:
        return url in self.documents

    def newest(self, url: str) -> Stored | None:
        return next((s for s in reversed(self.versions) if s.document.url == url), None)

    def kept(self, digest: str) -> Stored | None:
        return next((s for s in self.versions if s.digest == digest), None)

    def add_coverage(self, row: CoverageRow, *, checked_at: datetime, run_id: str) -> None:
        self.rows[(row.source, row.feed, row.day)] = row

    def coverage(self) -> list[CoverageRow]:
        return list(self.rows.values())

    def quarantine(self, **row: Any) -> None:
        self.quarantine_rows.append(row)

    def quarantined(self) -> list[Mapping[str, Any]]:
        return self.quarantine_rows

    def last_good_reads(self) -> dict[str, datetime]:
        return {}

    def last_errors(self) -> dict[str, str]:
        return {}


@dataclass
class FakeBacklog:
    """Lists in memory, over the documents, failures and quarantine of `captures`."""

    captures: FakeCaptures
    links: dict[str, Link] = field(default_factory=dict)
    lists: dict[tuple[str, date], int] = field(default_factory=dict)

    def add(self, source: str, links: Sequence[Link], *, listed_at: datetime, run_id: str) -> int:
        new = {link.url: link for link in reversed(links) if link.url not in self.links}
        self.links |= dict(reversed(new.items()))
        return len(new)

    def unread(self, source: str, *, since: date, until: date, limit: int | None = None) -> list[Link]:
        gone = self._gone()
        found = [x for x in self._without_document(since, until) if x.url not in gone]
        return sorted(found, key=lambda x: x.day, reverse=True)[:limit]

    def gone(self, source: str, *, since: date, until: date) -> list[Link]:
        gone = self._gone()
        return [x for x in self._without_document(since, until) if x.url in gone]

    def missing_on(self, url: str) -> frozenset[date]:
        fetches = [f for f in self.captures.fetches if f["url"] == url]
        since = max([n for n, f in enumerate(fetches) if f["error"] is None], default=-1)
        return frozenset(hk_day(f["retrieved_at"]) for f in fetches[since + 1 :] if f["error"].startswith("Missing:"))

    def close_list(self, source: str, feed: str, day: date, *, listed: int, listed_at: datetime, run_id: str) -> None:
        self.lists[feed, day] = listed

    def closed_lists(self, source: str, feed: str) -> Mapping[date, int]:
        return {day: listed for (of, day), listed in self.lists.items() if of == feed}

    def _gone(self) -> set[str]:
        return {row["url"] for row in self.captures.quarantine_rows if row["stage"] == GONE}

    def _without_document(self, since: date, until: date) -> list[Link]:
        return [x for x in self.links.values() if since <= x.day <= until and x.url not in self.captures.documents]


@dataclass
class FakeRevisits:
    """Versions in memory; `waiting` are the pages to read again, `changes` those that no event tells of."""

    noted: dict[str, list[tuple[Validators, str, datetime]]] = field(default_factory=dict)
    waiting: list[Link] = field(default_factory=list)
    changes: list[Edit] = field(default_factory=list)

    def add_validators(self, url: str, validators: Validators, *, capture: str, noted_at: datetime) -> None:
        self.noted.setdefault(url, []).append((validators, capture, noted_at))

    def version(self, url: str) -> Version | None:
        if url not in self.noted:
            return None
        validators, capture, asked_at = self.noted[url][-1]
        same = [c for _, c, _ in self.noted[url] if c == capture]
        return Version(validators=validators, capture=capture, asked_at=asked_at, unchanged=len(same) - 1)

    def due(self, source: str, *, now: datetime, limit: int) -> list[Link]:
        return self.waiting[:limit]

    def edits(self, limit: int) -> list[Edit]:
        return self.changes[:limit]


@dataclass
class FakeChecks:
    """Remembers the shapes of pages."""

    seen: list[tuple[str, str]] = field(default_factory=list)

    def add_shape(self, source: str, shape: Shape, *, url: str, capture: str, seen_at: datetime) -> bool:
        self.seen.append((url, shape.layout))
        return True


@dataclass
class FakeReadings:
    """Documents to read, then candidates with their outcomes."""

    waiting: list[Stored] = field(default_factory=list)
    read: list[Stored] = field(default_factory=list)
    candidates: dict[int, Staged] = field(default_factory=dict)
    outcomes: dict[int, tuple[Outcome, str]] = field(default_factory=dict)

    def unread(self, rules: str | None, limit: int) -> list[Stored]:
        return [s for s in self.waiting if s not in self.read][:limit]

    def newest_documents(self, *, after: int, limit: int) -> list[tuple[int, Stored]]:
        return list(enumerate(self.waiting, 1))[after : after + limit]

    def kept_documents(self) -> int:
        return len(self.waiting)

    def add_reading(self, stored: Stored, *, rules: str, candidates: Sequence[tuple[str, Candidate]], read_at: datetime, run_id: str) -> None:
        self.read.append(stored)
        for key, candidate in candidates:
            number = len(self.candidates) + 1
            self.candidates[number] = Staged(candidate_id=number, claim_key=key, stored=stored, candidate=candidate)

    def staged(self) -> list[Staged]:
        return [s for id_, s in self.candidates.items() if id_ not in self.outcomes]

    def settle(self, outcomes: Mapping[int, tuple[Outcome, str]], *, at: datetime, run_id: str) -> None:
        assert not set(outcomes) & set(self.outcomes), "a candidate has one outcome"
        self.outcomes.update(outcomes)

    def held(self) -> list[Staged]:
        held = [replace(self.candidates[i], held_because=why) for i, (o, why) in sorted(self.outcomes.items()) if o is Outcome.HELD]
        settled = [self.candidates[i] for i, (o, _) in self.outcomes.items() if o in (Outcome.HELD, Outcome.APPENDED)]
        return [h for h in held if not any(s.claim_key == h.claim_key and s.candidate_id > h.candidate_id for s in settled)]


def changed(candidate: Candidate, **fields: Any) -> Candidate:
    return replace(candidate, **fields)
