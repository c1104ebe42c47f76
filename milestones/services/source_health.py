"""How each source is doing, and what rests on it: what `milestones sources` prints, and what stands beside statuses, digests and pages.

A source is in trouble where it is degraded or its newest answer could not be read. What its open targets wait for cannot be judged meanwhile.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from milestones.domain.coverage import CoverageRow, SourceFacts
from milestones.domain.dates import HKT, days_between, utc_text
from milestones.domain.status import CommitmentStatus, open_commitments_on
from milestones.domain.watching import Check, Count, Incident

DAYS = 30
"""Over how many days the coverage of a source is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InTrouble:
    """A source that cannot be relied on now: why in one line, since when where that is an incident, and which open commitments rest on it."""

    source: str
    reason: str
    since: datetime | None
    commitments: tuple[str, ...]

    @property
    def degraded(self) -> bool:
        """Whether it is an incident, not only its newest answer."""
        return self.since is not None

    def line(self) -> str:
        """One line for people, with the short keys of the commitments."""
        begun = f"degraded since {_hk(self.since)}: " if self.since else ""
        short = ", ".join(key.rpartition("/")[2] for key in self.commitments)
        return begun + self.reason + (f"; what may have happened since cannot be judged for {short}" if short else "")

    def data(self) -> dict[str, Any]:
        """As JSON data."""
        return {
            "source": self.source,
            "degraded": self.degraded,
            "since": utc_text(self.since) if self.since else None,
            "reason": self.reason,
            "commitments": list(self.commitments),
        }


def in_trouble(incidents: Iterable[Incident], errors: Mapping[str, str], statuses: Sequence[CommitmentStatus]) -> list[InTrouble]:
    """The sources in trouble, degraded ones first; `errors`: per source whose newest answer could not be read, why."""
    found: dict[str, tuple[str, datetime | None]] = {i.source: (i.reason, i.since) for i in incidents}
    found |= {source: (error, None) for source, error in errors.items() if source not in found}
    return [
        InTrouble(source=source, reason=reason, since=since, commitments=open_commitments_on(statuses, source))
        for source, (reason, since) in found.items()
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """One source: its facts, days of its feeds read to the end, the newest check of each canary, what others count, and its trouble if any."""

    facts: SourceFacts
    days_read: Mapping[str, int]
    checks: tuple[Check, ...]
    counts: tuple[Count, ...]
    trouble: InTrouble | None

    @property
    def alarming(self) -> bool:
        """Whether a person should look: an incident, or a canary that failed."""
        return bool(self.trouble and self.trouble.degraded) or not all(c.passed for c in self.checks)

    @property
    def state(self) -> str:
        """How it is, in a word or two."""
        if self.trouble and self.trouble.degraded:
            return "DEGRADED"
        if self.alarming or self.trouble:
            return "not as usual"
        return "well" if self.facts.last_good_read_at else "never read"

    def alarm(self) -> str:
        """Why a person should look, in one line."""
        failed = [f"{c.canary.value}: {c.detail}" for c in self.checks if not c.passed]
        return f"{self.facts.source}: " + (self.trouble.line() if self.trouble and self.trouble.degraded else "; ".join(failed))

    def lines(self) -> list[str]:
        """For people: how it is, then a line for each thing known of it."""
        error = "" if self.trouble or not self.facts.last_error else f": {self.facts.last_error}"
        covered = ", ".join(f"{feed} {days} of {DAYS}" for feed, days in self.days_read.items()) or "none yet"
        return [
            f"{self.facts.source}: {self.state}" + (f": {self.trouble.line()}" if self.trouble else error),
            f"    last good read {_hk(self.facts.last_good_read_at)}, newest document {_hk(self.facts.newest_at)}, {self.facts.backlog} to be read",
            f"    days read to the end: {covered}",
            *(f"    {c.canary.value:<13}{'well' if c.passed else 'FAILED'}: {c.detail} ({_hk(c.checked_at)})" for c in self.checks),
            *(f"    counted by {c.counted_by}, {c.feed} {c.day}: {c.theirs}, known here {c.ours}" for c in self.counts),
        ]

    def data(self) -> dict[str, Any]:
        """As JSON data."""
        read_at = self.facts.last_good_read_at
        return {
            "source": self.facts.source,
            "state": self.state.lower(),
            "alarming": self.alarming,
            "trouble": self.trouble.data() if self.trouble else None,
            "last_good_read_at": utc_text(read_at) if read_at else None,
            "newest_document_at": utc_text(self.facts.newest_at) if self.facts.newest_at else None,
            "backlog": self.facts.backlog,
            "days_read": {feed: {"read": days, "of": DAYS} for feed, days in self.days_read.items()},
            "canaries": {c.canary.value: {"passed": c.passed, "detail": c.detail, "checked_at": utc_text(c.checked_at)} for c in self.checks},
            "counts": [
                {"feed": c.feed, "day": c.day.isoformat(), "counted_by": c.counted_by, "theirs": c.theirs, "ours": c.ours} for c in self.counts
            ],
        }


def days_read(facts: SourceFacts, coverage: Iterable[CoverageRow], today: date) -> dict[str, int]:
    """By feed, how many of the last days before today were read to the end."""
    over = set(days_between(today - timedelta(days=DAYS), today - timedelta(days=1)))
    closed = [r.feed for r in coverage if r.source == facts.source and r.closed and r.day in over]
    return {feed: closed.count(feed) for feed in facts.feeds}


def _hk(instant: datetime | None) -> str:
    return f"{instant.astimezone(HKT):%Y-%m-%d %H:%M}" if instant else "never"
