"""What reading the archive again would change, as values: each change of the ledger, counted by what it is and where it belongs."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from milestones.domain.dates import Precision
from milestones.domain.events import Draft, EventType, State

ADDED, AMENDED, RETRACTED, HELD, QUARANTINED = WHAT = ("added", "amended", "retracted", "held", "quarantined")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What an event says of a step, as far as a change of it is told."""

    state: State | None
    occurred_on: date | None
    precision: Precision | None
    quote: str | None

    def line(self) -> str:
        """In a few words, without the quotation."""
        vague = f" ({self.precision})" if self.precision not in (None, Precision.DAY, Precision.UNKNOWN) else ""
        return f"{self.state or '-'} {self.occurred_on or 'day not stated'}{vague}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change: `what` is one of WHAT; `before` is what stands now, `after` what would; `reason` why, in words."""

    what: str
    commitment: str
    target: str
    kind: str
    subject: str
    url: str
    before: Said | None
    after: Said | None
    reason: str

    def lines(self) -> list[str]:
        """For people to read."""
        was = f", was {self.before.line()}" if self.before and self.after else ""
        said = self.after or self.before
        head = f"{self.what:<11} {self.commitment} {self.target} {self.kind} {said.line() if said else ''}{was}: {self.reason}"
        words = [f"            “{said.quote}”"] if said and said.quote else []
        return [head, f"            {self.url}", *words]

    def data(self) -> dict[str, Any]:
        """As JSON."""
        about = {name: getattr(self, name) for name in ("what", "commitment", "target", "kind", "subject", "url", "reason")}
        return {**about, "before": _data(self.before), "after": _data(self.after)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """A kept page that today's parsers or rules cannot read; what was read of it stands."""

    source: str
    url: str
    capture: str
    reason: str


@dataclass(slots=True)
class Survey:
    """What reading again would change, counted up on the way.

    `renewed` and `differing` are numbers of documents in the archive: those that are parsed otherwise, and those that the present rules
    have read before, but otherwise. `outdated` documents were last read by other rules.
    """

    documents: int = 0
    outdated: int = 0
    renewed: list[int] = field(default_factory=list)
    differing: list[int] = field(default_factory=list)
    failed: list[Failed] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)

    @property
    def is_due(self) -> bool:
        """Whether there is anything to record, be it only that these rules have read it."""
        return bool(self.outdated or self.renewed or self.differing or self.failed)

    def counts(self) -> dict[str, dict[str, dict[str, int]]]:
        """How many changes of each sort, by kind and by commitment."""
        by: Mapping[str, Counter[tuple[str, str]]] = {
            "kind": Counter((c.kind, c.what) for c in self.changes),
            "commitment": Counter((c.commitment, c.what) for c in self.changes),
        }
        return {name: _nested(counted) for name, counted in by.items()}

    def line(self) -> str:
        """One line for logs and terminals."""
        counted = Counter(c.what for c in self.changes)
        told = [f"{self.documents} documents read again", *(f"{counted[what]} {what}" for what in WHAT)]
        told += [f"{len(self.renewed)} parsed otherwise"] if self.renewed else []
        told += [f"{len(self.failed)} cannot be read any more"] if self.failed else []
        return ", ".join(told)

    def data(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "documents": self.documents,
            "outdated": self.outdated,
            "parsed_otherwise": len(self.renewed),
            "failed": [{"url": f.url, "reason": f.reason} for f in self.failed],
            "counts": {what: sum(c.what == what for c in self.changes) for what in WHAT},
            "by": self.counts(),
            "changes": [c.data() for c in self.changes],
        }


def said_by(draft: Draft) -> Said:
    """What an event says."""
    return Said(state=draft.state, occurred_on=draft.occurred_on, precision=draft.occurred_precision, quote=draft.quote)


def change_of(what: str, draft: Draft, *, reason: str, before: Draft | None = None) -> Change:
    """A change to what `draft` says, or, where it is a retraction, from it."""
    gone = draft.type is EventType.MILESTONE_RETRACTED
    return Change(
        what=what,
        commitment=draft.commitment or "",
        target=draft.target or "",
        kind=draft.kind or "",
        subject=draft.subject or "",
        url=draft.source,
        before=said_by(before) if before else None,
        after=None if gone else said_by(draft),
        reason=reason,
    )


def _nested(counted: Counter[tuple[str, str]]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for (name, what), number in sorted(counted.items()):
        found.setdefault(name, {})[what] = number
    return found


def _data(said: Said | None) -> dict[str, Any] | None:
    if said is None:
        return None
    return {
        "state": said.state,
        "occurred_on": said.occurred_on.isoformat() if said.occurred_on else None,
        "occurred_precision": said.precision,
        "quote": said.quote,
    }
