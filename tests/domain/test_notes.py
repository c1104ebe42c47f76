"""Checkpoints in the form of the C2SP specifications, found in whatever carries them."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milestones.domain.notes import UNSIGNED, Checkpoint, Note, Signature, notes_in, origin_of_log

CHECKPOINT = Checkpoint(origin=origin_of_log("ab" * 32), size=2_085_163, root="0ac52c61" * 8)
SIGNED = Note(checkpoint=CHECKPOINT, signatures=(Signature(name=CHECKPOINT.origin, key_id="033de0ae", value=b"s" * 64),))


def test_a_note_is_three_lines_a_blank_one_and_signatures() -> None:
    lines = str(SIGNED).split("\n")
    assert lines[:4] == ["hk-milestones/abababababababab", "2085163", base64.b64encode(bytes.fromhex(CHECKPOINT.root)).decode(), ""]
    assert lines[4] == f"— {CHECKPOINT.origin} {base64.b64encode(bytes.fromhex('033de0ae') + b's' * 64).decode()}"
    assert lines[5:] == [""]


def test_an_unsigned_one_says_so() -> None:
    assert UNSIGNED in str(Note(checkpoint=CHECKPOINT))
    assert notes_in(str(Note(checkpoint=CHECKPOINT))) == [Note(checkpoint=CHECKPOINT)]


@given(st.integers(0, 10**15), st.binary(min_size=32, max_size=32), st.lists(st.binary(min_size=1, max_size=80), max_size=3))
def test_what_is_written_is_read(size: int, root: bytes, values: list[bytes]) -> None:
    checkpoint = Checkpoint(origin="hk-milestones/x", size=size, root=root.hex())
    note = Note(checkpoint=checkpoint, signatures=tuple(Signature(name="k/1", key_id="01020304", value=v) for v in values))
    assert notes_in(str(note)) == [note]


@pytest.mark.parametrize("mark", ["", "> ", ">> ", "    ", "| "])
def test_it_is_found_in_the_foot_of_a_quoted_mail(mark: str) -> None:
    mail = f"Dear all,\n\nas promised.\n\n-- \n{SIGNED}\nUnsubscribe: never\n{SIGNED}".replace("\n", f"\r\n{mark}")
    assert notes_in(mail) == [SIGNED, SIGNED]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda t: t.replace("2085163", "02085163"),
        lambda t: t.replace("2085163", "-1"),
        lambda t: t.replace("2085163", "2085163 "[:3] + "x"),
        lambda t: t.replace("hk-milestones/", "other/"),
        lambda t: t.replace("hk-milestones/abab", "hk-milestones/a bab"),
        lambda t: t.replace("hk-milestones/abab", "hk-milestones/a+bab"),
        lambda t: "\n".join([*t.split("\n")[:2], t.split("\n")[2][:-5], *t.split("\n")[3:]]),
        lambda t: t.split("\n")[0],
    ],
)
def test_what_is_no_checkpoint_is_none(spoil) -> None:
    assert notes_in(spoil(str(SIGNED))) == []


def test_base64_has_one_way_to_be_written() -> None:
    """The last character before the padding has spare bits; other ones would be another text of the same root."""
    line = CHECKPOINT.text.split("\n")[2]
    other = line[:-2] + chr(ord(line[-2]) + 1) + "="
    assert base64.b64decode(other) == base64.b64decode(line)
    assert notes_in(CHECKPOINT.text.replace(line, other)) == []


def test_a_line_that_is_no_signature_ends_them() -> None:
    text = str(SIGNED) + "not a signature\n" + SIGNED.signatures[0].line
    assert notes_in(text) == [SIGNED]
