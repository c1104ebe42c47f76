"""The Merkle tree of RFC 6962 over the ledger's leaf hashes: its root, proofs that a leaf is in it, proofs that one tree extends another.

Pure functions over hex digests of leaves in order. Verifiers take what a stranger hands over and say whether it proves anything; they never
raise for it. `https://www.rfc-editor.org/rfc/rfc6962#section-2.1`.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

EMPTY_ROOT = hashlib.sha256(b"").hexdigest()


@dataclass(slots=True)
class Growing:
    """A tree that grows leaf by leaf and knows its root at every size; it keeps a digest for each power of two in its size, no more."""

    size: int = 0
    _peaks: list[bytes] = field(default_factory=list)

    def add(self, leaf: str) -> None:
        """Takes the next leaf hash."""
        node, below = bytes.fromhex(leaf), self.size
        while below & 1:  # a subtree of the same height stands to the left
            node = _parent(self._peaks.pop(), node)
            below >>= 1
        self._peaks.append(node)
        self.size += 1

    @property
    def root(self) -> str:
        """The root over the leaves so far."""
        if not self._peaks:
            return EMPTY_ROOT
        *left, node = self._peaks
        for peak in reversed(left):
            node = _parent(peak, node)
        return node.hex()


def root(leaves: Sequence[str]) -> str:
    """The root over leaf hashes."""
    return _tree(_raw(leaves)).hex() if leaves else EMPTY_ROOT


def inclusion_proof(leaves: Sequence[str], index: int) -> list[str]:
    """What shows that the leaf at `index` (from 0) is in the tree; RFC 6962 section 2.1.1. Raises ValueError for an index outside."""
    if not 0 <= index < len(leaves):
        raise ValueError(f"no leaf {index} among {len(leaves)}")
    nodes, path = _raw(leaves), list[bytes]()
    while len(nodes) > 1:
        split = _split(len(nodes))
        left, right = nodes[:split], nodes[split:]
        path.append(_tree(right) if index < split else _tree(left))
        nodes, index = (left, index) if index < split else (right, index - split)
    return [node.hex() for node in reversed(path)]


def consistency_proof(leaves: Sequence[str], old_size: int) -> list[str]:
    """What shows that the tree over all leaves extends the one over the first `old_size`; RFC 6962 section 2.1.2."""
    if not 0 < old_size <= len(leaves):
        raise ValueError(f"no tree of {old_size} in one of {len(leaves)}")
    nodes, size, path, whole = _raw(leaves), old_size, list[bytes](), True
    while size != len(nodes):
        split = _split(len(nodes))
        left, right = nodes[:split], nodes[split:]
        if size <= split:
            path.append(_tree(right))
            nodes = left
        else:
            path.append(_tree(left))
            nodes, size, whole = right, size - split, False
    # The verifier knows the old root already where the old tree is a whole subtree of the new one.
    return [node.hex() for node in reversed(path if whole else [*path, _tree(nodes)])]


def verify_inclusion(leaf: str, index: int, size: int, proof: Sequence[str], tree_root: str) -> bool:
    """Whether the proof shows `leaf` at `index` (from 0) of the tree of `size` with this root; RFC 9162 section 2.1.3.2."""
    nodes = _read([leaf, tree_root, *proof])
    if nodes is None or not 0 <= index < size:
        return False
    (node, wanted, *path), position, last = nodes, index, size - 1
    for sibling in path:
        if last == 0:
            return False
        if position % 2 or position == last:
            node = _parent(sibling, node)
            while position % 2 == 0 and position:
                position, last = position >> 1, last >> 1
        else:
            node = _parent(node, sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and node == wanted


def verify_consistency(old_size: int, old_root: str, new_size: int, new_root: str, proof: Sequence[str]) -> bool:
    """Whether the proof shows that the new tree extends the old one; RFC 9162 section 2.1.4.2. The empty tree shows nothing: False."""
    nodes = _read([old_root, new_root, *proof])
    if nodes is None or not 0 < old_size <= new_size:
        return False
    old, new, *path = nodes
    if old_size == new_size:
        return not path and old == new
    if old_size & (old_size - 1) == 0:
        path = [old, *path]
    return bool(path) and _leads_to(old_size, old, new_size, new, path)


def _leads_to(old_size: int, old: bytes, new_size: int, new: bytes, path: Sequence[bytes]) -> bool:
    position, last = old_size - 1, new_size - 1
    while position % 2:
        position, last = position >> 1, last >> 1
    from_old = from_new = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if position % 2 or position == last:
            from_old, from_new = _parent(sibling, from_old), _parent(sibling, from_new)
            while position % 2 == 0 and position:
                position, last = position >> 1, last >> 1
        else:
            from_new = _parent(from_new, sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and from_old == old and from_new == new


def _tree(nodes: Sequence[bytes]) -> bytes:
    """Level by level: a last node without a sibling moves up as it is, which gives the tree of the RFC without recursion."""
    while len(nodes) > 1:
        above = [_parent(nodes[i], nodes[i + 1]) for i in range(0, len(nodes) - 1, 2)]
        nodes = [*above, nodes[-1]] if len(nodes) % 2 else above
    return nodes[0]


def _parent(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def _split(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << (size - 1).bit_length() - 1


def _raw(leaves: Sequence[str]) -> list[bytes]:
    return [bytes.fromhex(leaf) for leaf in leaves]


def _read(texts: Sequence[str]) -> list[bytes] | None:
    """The digests of what a stranger handed over; None unless each is one, written in the one way we write it."""
    try:
        nodes = _raw(texts)
    except (TypeError, ValueError):
        return None
    return nodes if all(len(n) == 32 and n.hex() == t for n, t in zip(nodes, texts, strict=True)) else None
