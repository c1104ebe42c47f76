"""Checks that a log is what it says: gapless, chained, in order, and an extension of every checkpoint held of it.

Pure, one event at a time, so that memory stays flat however long the log is. What it finds it names; it never stops at the first. It looks at
rows as they stand and hashes them without making events of them first: less can hide, and it is three times as fast.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from milestones.domain.events import EventType, Kind, State
from milestones.domain.ledger import GENESIS_HASH, LEAF_FIELDS, LEAF_VERSION, chain_hash, leaf_hash_of_texts
from milestones.domain.merkle import Growing

Value = str | int | None

_STREAM, _VERSION, _RECORDED_AT, _LEAF_VERSION = map(LEAF_FIELDS.index, ("stream", "stream_version", "recorded_at", "leaf_version"))
_TYPE, _KIND, _STATE = map(LEAF_FIELDS.index, ("type", "kind", "state"))
_KINDS, _STATES = frozenset([None, *Kind]), frozenset([None, *State])
_TYPES = frozenset(EventType)


@dataclass(frozen=True, slots=True)
class Damage:
    """One thing that does not verify: the check that found it, where (None for the log as a whole), and what is wrong."""

    check: str
    position: int | None
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """How many events stand in a ledger, their Merkle root, and what is wrong, in the order of the checks."""

    size: int
    root: str
    damages: tuple[Damage, ...]


@dataclass(slots=True)
class LogCheck:
    """Reads rows in order; `damages` is what was wrong with them, `tree` is over the leaves as computed anew.

    `sizes` are those of checkpoints: the roots at them are kept in `roots`.
    """

    sizes: Collection[int] = ()
    damages: list[Damage] = field(default_factory=list)
    tree: Growing = field(default_factory=Growing)
    roots: dict[int, str] = field(default_factory=dict)
    position: int = 0
    hash: str = GENESIS_HASH
    _recorded_at: str = ""
    _versions: dict[str, int] = field(default_factory=dict)

    def see(self, position: int, leaf: str, prev_hash: str, hash_: str, fields: Sequence[Value]) -> None:
        """Checks the next row: its place in the chain, and the values of LEAF_FIELDS as text and numbers."""
        if self.tree.size in self.sizes:
            self.roots[self.tree.size] = self.tree.root
        for check, fault in self._faults(position, leaf, prev_hash, hash_, fields):
            self.damages.append(Damage(check, position, fault))
        self.position, self.hash, self._recorded_at = position, hash_, str(fields[_RECORDED_AT])
        self._versions[str(fields[_STREAM])] = int(fields[_VERSION] or 0)

    def end(self, head: tuple[int, str], checkpoints: Mapping[str, Sequence[tuple[int, str]]]) -> None:
        """Checks the head, and by name of where they are from the (size, root) of checkpoints; each size must be one of `sizes`."""
        self.roots[self.tree.size] = self.tree.root
        if head != (self.position, self.hash):
            self.damages.append(Damage("head", None, f"stands at {head[0]} {head[1]}, the newest event at {self.position} {self.hash}"))
        for check, known in checkpoints.items():
            for size, tree_root in known:
                if size > self.tree.size:
                    self.damages.append(Damage(check, None, f"one of {size} events, but there are {self.tree.size}"))
                elif self.roots[size] != tree_root:
                    self.damages.append(Damage(check, None, f"the one of {size} events has another root: what stood in them was changed"))

    def _faults(self, position: int, leaf: str, prev_hash: str, hash_: str, fields: Sequence[Value]) -> list[tuple[str, str]]:
        wrong = []
        if position != self.position + 1:
            wrong.append(("position", f"follows {self.position}"))
        if fields[_TYPE] not in _TYPES or fields[_KIND] not in _KINDS or fields[_STATE] not in _STATES:
            wrong.append(("row", f"is of no type, kind and state that there are: {fields[_TYPE]}, {fields[_KIND]}, {fields[_STATE]}"))
        computed = leaf_hash_of_texts(fields)
        self.tree.add(computed)
        if computed != leaf or fields[_LEAF_VERSION] != LEAF_VERSION:
            wrong.append(("leaf", "its fields do not hash to its leaf_hash"))
        if prev_hash != self.hash:
            wrong.append(("chain", "prev_hash is not the hash of the event before it"))
        elif hash_ != chain_hash(prev_hash, leaf):
            wrong.append(("chain", "hash is not the hash of prev_hash and leaf_hash"))
        if fields[_VERSION] != (version := self._versions.get(str(fields[_STREAM]), 0) + 1):
            wrong.append(("stream", f"{fields[_STREAM]} has version {fields[_VERSION]}, not {version}"))
        if str(fields[_RECORDED_AT]) < self._recorded_at:
            wrong.append(("recorded_at", "is before that of the event before it"))
        return wrong
