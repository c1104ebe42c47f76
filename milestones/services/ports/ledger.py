"""The event store and what stands beside it: people behind pseudonyms, checkpoints."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from milestones.domain.claims import Verdict
from milestones.domain.documents import Outcome
from milestones.domain.events import Draft, EventType, Recorded
from milestones.services.ports.keeping import Staged, Stored


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

    def weigh(self, staged: Sequence[tuple[Staged, Draft]]) -> list[Verdict]:
        """What `append_staged` would make of each, in order, as far as the ledger stands now; records nothing."""
        ...

    def weigh_absent(self, said: Sequence[tuple[Stored, Collection[str]]]) -> list[Verdict]:
        """What `retract_absent` would do if each document made these claims only; records nothing."""
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

    def of_types(self, types: Collection[EventType]) -> list[Recorded]:
        """All events of these types, in order."""
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
