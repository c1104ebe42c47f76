"""Checks that a log is what it says: gapless, chained, in order, and an extension of every checkpoint held of it.

Pure, one event at a time, so that memory stays flat but for 32 bytes a leaf. What it finds it names; it never stops at the first.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from milestones.domain.batches import TEXTS
from milestones.domain.events import Recorded
from milestones.domain.ledger import GENESIS_HASH, chain_hash, leaf_fields, leaf_hash
from milestones.domain.merkle import root


@dataclass(frozen=True, slots=True)
class Damage:
    """One thing that does not verify: the check that found it, where (None for the log as a whole), and what is wrong."""

    check: str
    position: int | None
    detail: str


@dataclass(slots=True)
class LogCheck:
    """Reads events in order; `damages` is what was wrong with them, `leaves` their hashes as computed anew."""

    damages: list[Damage] = field(default_factory=list)
    leaves: list[str] = field(default_factory=list)
    position: int = 0
    hash: str = GENESIS_HASH
    _recorded_at: datetime | None = None
    _versions: dict[str, int] = field(default_factory=dict)
    _seen: set[UUID] = field(default_factory=set)

    def see(self, event: Recorded) -> None:
        """Checks the next event."""
        leaf = leaf_hash(leaf_fields(event))
        wrong = {
            "position": event.position != self.position + 1 and f"follows {self.position}",
            "leaf": (leaf != event.leaf_hash or not _is_normal(event)) and "its fields do not hash to its leaf_hash",
            "chain": _chain_fault(event, self.hash),
            "stream": self._stream_fault(event),
            "recorded_at": self._recorded_at is not None and event.recorded_at < self._recorded_at and "is before that of the event before it",
            "amends": event.draft.amends is not None and event.draft.amends not in self._seen and "is no earlier event",
        }
        self.damages += [Damage(check, event.position, fault) for check, fault in wrong.items() if fault]
        self.leaves.append(leaf)
        self.position, self.hash, self._recorded_at = event.position, event.hash, event.recorded_at
        self._versions[event.draft.stream] = event.stream_version
        self._seen.add(event.event_id)

    def unreadable(self, position: int, why: str) -> None:
        """The next row is no event at all."""
        self.damages.append(Damage("row", position, why))
        self.position = position

    def end(self, head: tuple[int, str], checkpoints: Mapping[str, Sequence[tuple[int, str]]]) -> None:
        """Checks the head, and by name of where they are from the (size, root) of checkpoints."""
        if head != (self.position, self.hash):
            self.damages.append(Damage("head", None, f"stands at {head[0]} {head[1]}, the newest event at {self.position} {self.hash}"))
        for check, known in checkpoints.items():
            for size, tree_root in known:
                if size > len(self.leaves):
                    self.damages.append(Damage(check, None, f"is of {size} events, but there are {len(self.leaves)}"))
                elif root(self.leaves[:size]) != tree_root:
                    self.damages.append(Damage(check, None, f"of {size} events has another root: what stood in them was changed"))

    def _stream_fault(self, event: Recorded) -> str | None:
        wanted = self._versions.get(event.draft.stream, 0) + 1
        return None if event.stream_version == wanted else f"{event.draft.stream} has version {event.stream_version}, not {wanted}"


def _is_normal(event: Recorded) -> bool:
    """Hashing normalises text, so text that is not in its normal form was changed after it was hashed."""
    texts = (getattr(event.draft, name) for name in TEXTS)
    return all(text is None or unicodedata.is_normalized("NFC", text) for text in texts)


def _chain_fault(event: Recorded, before: str) -> str | None:
    if event.prev_hash != before:
        return "prev_hash is not the hash of the event before it"
    return None if event.hash == chain_hash(event.prev_hash, event.leaf_hash) else "hash is not the hash of prev_hash and leaf_hash"
