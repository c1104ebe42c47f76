"""The tree against the RFC's own definition and published vectors; the verifiers against every proof of small trees and their corruptions."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milestones.domain.merkle import EMPTY_ROOT, Growing, consistency_proof, inclusion_proof, root, verify_consistency, verify_inclusion

SIZES = 40


def leaf(data: bytes) -> str:
    return hashlib.sha256(b"\x00" + data).hexdigest()


LEAVES = [leaf(str(n).encode()) for n in range(SIZES)]


def by_definition(leaves: list[str]) -> str:
    """MTH of RFC 6962 section 2.1, as it stands there."""
    if not leaves:
        return hashlib.sha256(b"").hexdigest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    left, right = by_definition(leaves[:k]), by_definition(leaves[k:])
    return hashlib.sha256(b"\x01" + bytes.fromhex(left) + bytes.fromhex(right)).hexdigest()


def test_published_vectors() -> None:
    """The eight leaves and the roots of the certificate-transparency reference implementation."""
    data = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
    leaves = [leaf(bytes.fromhex(d)) for d in data]
    assert EMPTY_ROOT == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert root(leaves[:1]) == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert root(leaves[:2]) == "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"
    assert root(leaves[:3]) == "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"
    assert root(leaves) == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


@pytest.mark.parametrize("size", range(SIZES))
def test_the_root_is_the_one_defined(size: int) -> None:
    assert root(LEAVES[:size]) == by_definition(LEAVES[:size])


def test_a_growing_tree_has_the_same_root_at_every_size() -> None:
    tree = Growing()
    for size in range(SIZES):
        assert (tree.size, tree.root) == (size, by_definition(LEAVES[:size]))
        tree.add(LEAVES[size])


@pytest.mark.parametrize("size", range(1, SIZES))
def test_every_leaf_of_every_small_tree_is_proved_and_no_other(size: int) -> None:
    leaves = LEAVES[:size]
    top = root(leaves)
    for index in range(size):
        proof = inclusion_proof(leaves, index)
        assert verify_inclusion(leaves[index], index, size, proof, top)
        assert not verify_inclusion(leaf(b"other"), index, size, proof, top)
        assert not verify_inclusion(leaves[index], index, size, [*proof, top], top)
        assert not verify_inclusion(leaves[index], index, size, proof, leaf(b"other"))
        for wrong in {index - 1, index + 1, size, -1} - {index}:
            assert not verify_inclusion(leaves[index], wrong, size, proof, top)
        if proof:
            assert not verify_inclusion(leaves[index], index, size, proof[1:], top)
            assert not verify_inclusion(leaves[index], index, size, proof[:-1], top)


@pytest.mark.parametrize("size", range(1, SIZES))
def test_every_small_tree_extends_every_smaller_one_and_no_other(size: int) -> None:
    new = root(LEAVES[:size])
    for old_size in range(1, size + 1):
        old, proof = root(LEAVES[:old_size]), consistency_proof(LEAVES[:size], old_size)
        assert verify_consistency(old_size, old, size, new, proof)
        assert not verify_consistency(old_size, leaf(b"other"), size, new, proof)
        assert not verify_consistency(old_size, old, size, leaf(b"other"), proof)
        assert not verify_consistency(old_size, old, size, new, [*proof, new])
        assert not verify_consistency(0, old, size, new, proof)
        assert not verify_consistency(size + 1, old, size, new, proof)
        if proof:
            assert not verify_consistency(old_size, old, size, new, proof[:-1])
            assert not verify_consistency(old_size, old, size, new, proof[1:])


@given(st.data())
def test_a_changed_proof_proves_nothing(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, SIZES))
    index = data.draw(st.integers(0, size - 1))
    leaves = LEAVES[:size]
    proof = inclusion_proof(leaves, index)
    place = data.draw(st.integers(0, len(proof) - 1))
    flipped = bytearray(bytes.fromhex(proof[place]))
    flipped[data.draw(st.integers(0, 31))] ^= 1 << data.draw(st.integers(0, 7))
    for bad in (flipped.hex(), proof[place].upper() + " ", proof[place][:-2], proof[place] + "00", "zz" * 32, ""):
        assert not verify_inclusion(leaves[index], index, size, [*proof[:place], bad, *proof[place + 1 :]], root(leaves))


def test_a_rewritten_history_is_no_extension() -> None:
    """The case that a chain alone does not show: all links made anew, consistently."""
    rewritten = [leaf(b"rewritten"), *LEAVES[1:20]]
    for old_size in range(1, 20):
        assert not verify_consistency(old_size, root(LEAVES[:old_size]), 20, root(rewritten), consistency_proof(rewritten, old_size))


@pytest.mark.parametrize("index", [-1, 5])
def test_there_is_no_proof_outside_the_tree(index: int) -> None:
    with pytest.raises(ValueError, match="no leaf"):
        inclusion_proof(LEAVES[:5], index)
    with pytest.raises(ValueError, match="no tree"):
        consistency_proof(LEAVES[:5], index + 1 if index < 0 else 6)
