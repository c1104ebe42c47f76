"""The stand-alone script: run as a stranger runs it, and attacked with every corruption that a proof can have."""

import base64
import importlib.util
import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from milestones.adapters.signing import Signer
from milestones.domain.events import Recorded
from milestones.domain.ledger import leaf_fields
from milestones.domain.merkle import inclusion_proof, root
from milestones.domain.notes import Checkpoint, Note, origin_of_log
from tests.domain.build import record, told

SCRIPT = Path(__file__).parents[2] / "bin" / "verify-proof.py"
EVENTS = record([told(page=f"page-{n}", quote=f"「{n}」\u2028 was said") for n in range(11)])
SIGNER = Signer("hk-milestones/test", Ed25519PrivateKey.from_private_bytes(b"\x07" * 32))
VERIFIER = SIGNER.verifier.line


def proof(event: Recorded, size: int = len(EVENTS)) -> dict[str, Any]:
    leaves = [e.leaf_hash for e in EVENTS[:size]]
    checkpoint = Checkpoint(origin=origin_of_log(EVENTS[0].hash), size=size, root=root(leaves))
    note = Note(checkpoint=checkpoint, signatures=(SIGNER(checkpoint.text),))
    index = event.position - 1
    return {"leaf": leaf_fields(event), "index": index, "proof": inclusion_proof(leaves, index), "checkpoint": str(note), "document": None}


def run(file: Path, *key: str) -> subprocess.CompletedProcess[str]:
    """As a stranger has it: an interpreter that sees neither our code nor our packages nor our environment."""
    return subprocess.run([sys.executable, "-I", "-S", "-O", str(SCRIPT), str(file), *key], capture_output=True, text=True, env={}, check=False)


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("verify_proof", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def script() -> ModuleType:
    return load()


def test_it_is_short_enough_to_be_read() -> None:
    assert len(SCRIPT.read_text("utf-8").splitlines()) < 60


def test_it_proves_with_a_key_and_says_so_without_one(tmp_path: Path) -> None:
    file = tmp_path / "proof.json"
    file.write_text(json.dumps(proof(EVENTS[6])), encoding="utf-8")
    with_key, without = run(file, VERIFIER), run(file)
    assert (with_key.returncode, without.returncode) == (0, 0), with_key.stderr
    assert with_key.stdout.endswith("signed by this key\n")
    assert "SIGNATURE NOT CHECKED" in without.stdout
    assert "event 7" in with_key.stdout


def test_a_refusal_is_one_line_and_exit_code_1(tmp_path: Path) -> None:
    file = tmp_path / "proof.json"
    for content in (json.dumps(proof(EVENTS[6]) | {"index": 5}), "{}", "no json", "", "[" * 100_000):
        file.write_text(content, encoding="utf-8")
        ran = run(file)
        assert (ran.returncode, ran.stdout, len(ran.stderr.splitlines())) == (1, "", 1)
        assert ran.stderr.startswith("NOT PROVED: ")
    assert run(tmp_path / "absent.json").returncode == 1


@pytest.mark.parametrize("size", range(1, 12))
def test_every_event_of_every_small_log_is_proved(script: ModuleType, size: int) -> None:
    for event in EVENTS[:size]:
        assert script.check(proof(event, size))
        for other in set(range(-1, size + 2)) - {event.position - 1}:
            with pytest.raises(Exception, match=r"\w"):
                script.check(proof(event, size) | {"index": other})


def _other_root(p: dict[str, Any]) -> None:
    lines = p["checkpoint"].split("\n")
    p["checkpoint"] = "\n".join([*lines[:2], base64.b64encode(b"r" * 32).decode(), *lines[3:]])


def _other_size(p: dict[str, Any]) -> None:
    p["checkpoint"] = p["checkpoint"].replace("\n11\n", "\n7\n", 1)


CORRUPTIONS: dict[str, Callable[[dict[str, Any]], object]] = {
    "truncated": lambda p: p["proof"].pop(),
    "its head cut off": lambda p: p["proof"].pop(0),
    "empty": lambda p: p["proof"].clear(),
    "longer": lambda p: p["proof"].append("ab" * 32),
    "a short node": lambda p: p["proof"].__setitem__(0, "ab" * 31),
    "no hex": lambda p: p["proof"].__setitem__(0, "x" * 64),
    "turned round": lambda p: p["proof"].reverse(),
    "other words": lambda p: p["leaf"].__setitem__("quote", "other words"),
    "a field more": lambda p: p["leaf"].__setitem__("more", None),
    "a field less": lambda p: p["leaf"].pop("amends"),
    "other data": lambda p: p["leaf"]["data"].__setitem__("more", 1),
    "another root": _other_root,
    "another size": _other_size,
    "no checkpoint": lambda p: p.__setitem__("checkpoint", ""),
}


@pytest.mark.parametrize("name", CORRUPTIONS)
def test_each_corruption_is_refused(script: ModuleType, name: str) -> None:
    spoiled = deepcopy(proof(EVENTS[6]))
    CORRUPTIONS[name](spoiled)
    with pytest.raises(Exception, match=r"\w|^$"):
        script.check(spoiled)


@settings(deadline=None, max_examples=60)
@given(node=st.integers(0, 3), bit=st.integers(0, 255))
def test_every_flipped_bit_of_a_proof_is_refused(node: int, bit: int) -> None:
    checker = load()
    spoiled = proof(EVENTS[6])
    spoiled["proof"][node] = (int(spoiled["proof"][node], 16) ^ (1 << bit)).to_bytes(32, "big").hex()
    with pytest.raises(ValueError, match="not in the tree"):
        checker.check(spoiled)


@settings(deadline=None, max_examples=15)
@given(seed=st.binary(min_size=32, max_size=32), text=st.binary(max_size=99), bit=st.integers(0, 511))
def test_signatures_are_judged_as_by_the_library(seed: bytes, text: bytes, bit: int) -> None:
    checker = load()
    key = Ed25519PrivateKey.from_private_bytes(seed)
    raw, public = key.sign(text), key.public_key().public_bytes_raw()
    assert checker.signed(text, raw, public)
    assert not checker.signed(text + b".", raw, public)
    flipped = (int.from_bytes(raw, "big") ^ (1 << bit)).to_bytes(64, "big")
    with suppress(StopIteration):  # where the first half is no point of the curve; `check` refuses that as well
        assert not checker.signed(text, flipped, public)


def test_a_signature_of_another_key_or_none_is_refused(script: ModuleType) -> None:
    other = Signer("hk-milestones/test", Ed25519PrivateKey.from_private_bytes(b"\x08" * 32)).verifier.line
    good = proof(EVENTS[6])
    assert script.check(good, VERIFIER)
    unsigned = good | {"checkpoint": good["checkpoint"].partition("\n\n")[0] + "\n\n(not signed)\n"}
    # A tree of ten has the same way from this leaf to its root, so only the signature holds the size.
    resized = good | {"checkpoint": good["checkpoint"].replace("\n11\n", "\n10\n", 1)}
    for bundle, key in ((good, other), (unsigned, VERIFIER), (resized, VERIFIER), (good, VERIFIER.replace("/test", "/other"))):
        with pytest.raises(ValueError, match="not signed by this key"):
            script.check(bundle, key)
